public import Diagram
public import Topology

/// One interface, as lists, filter and sort know it: a cable is one row, with both of its ends.
public struct RosterRow: Sendable, Hashable {
  /// Whose it is.
  public let namespace: NamespaceID
  /// The interface; of a cable the end in the container. Nil: a namespace without interfaces.
  public let link: LinkRef?
  /// The other end of the cable, where that is a port or the host's.
  public let near: LinkRef?
  /// What it hangs on: its bridge, its bond.
  public let bridge: LinkRef?
  /// The worse of both ends; nil without any.
  public let state: LinkState?
  /// What stands for it on the screen: the namespace, where that has one interface only.
  public let element: Element

  /// Both ends, as far as there are any.
  public var ends: [LinkRef] { [link, near].compactMap(\.self) }
}

/// All interfaces that people look for, in the order of the ports: bridge by bridge, then what is on none.
public struct Roster: Sendable {
  /// In the order of the ports.
  public private(set) var rows: [RosterRow] = []

  /// Makes an empty one.
  public init() {}

  /// Reads a snapshot. Complexity: O(n log n) in its links.
  public init(_ snapshot: Snapshot) {
    var ranked: [(rank: (Int, UInt32, UInt32, UInt64), row: RosterRow)] = []
    for namespace in snapshot.namespaces.values {
      let links = namespace.shownLinks
      if links.isEmpty, namespace.id != .host {
        let row = RosterRow(
          namespace: namespace.id, link: nil, near: nil, bridge: nil, state: nil, element: .namespace(namespace.id))
        ranked.append(((3, namespace.id.serial, 0, 0), row))
      }
      for link in links {
        guard case .speaks(let near) = Roster.part(of: link, in: snapshot) else { continue }
        let port = near ?? link
        let bridge = port.master.flatMap { snapshot.link($0) }?.id
        let state = near.map { $0.state.badness > link.state.badness ? $0.state : link.state } ?? link.state
        let isAlone = namespace.id != .host && links.count == 1
        let row = RosterRow(
          namespace: namespace.id, link: link.id, near: near?.id, bridge: bridge, state: state,
          element: isAlone ? .namespace(namespace.id) : .link(link.id))
        ranked.append((Roster.rank(link, port, bridge), row))
      }
    }
    ranked.sort { $0.rank < $1.rank }
    rows = ranked.map(\.row)
  }

  private static func rank(_ link: Link, _ port: Link, _ bridge: LinkRef?) -> (Int, UInt32, UInt32, UInt64) {
    if link.isBridge { return (0, link.id.namespace.serial, link.id.index, 0) }
    if let bridge { return (0, bridge.namespace.serial, bridge.index, 1 + UInt64(port.id.index)) }
    return (link.id.namespace == .host ? 1 : 2, port.id.namespace.serial, port.id.index, UInt64(link.id.index))
  }

  /// What a link is to the rows.
  enum Part {
    /// It has a row; `near` is the other end of its cable, where that has none.
    case speaks(near: Link?)
    /// The other end's row speaks for it.
    case isSpokenFor
  }

  static func part(of link: Link, in snapshot: Snapshot) -> Part {
    let peer = snapshot.peer(of: link)
    if let peer, isNear(link, peer) { return .isSpokenFor }
    return .speaks(near: peer.flatMap { isNear($0, link) ? $0 : nil })
  }

  /// Whether a link is the end of a cable that its other end's row speaks for: a port, the host's end, or, between two
  /// containers, the one that was found first.
  private static func isNear(_ link: Link, _ peer: Link) -> Bool {
    guard peer.id.namespace != link.id.namespace, peer.id.namespace != .host else { return false }
    if link.master != nil || peer.master != nil { return link.master != nil && peer.master == nil }
    return link.id.namespace == .host || link.id.namespace < peer.id.namespace
  }
}

extension Snapshot {
  /// What is wrong with a row; nil where nothing is.
  public func trouble(of row: RosterRow) -> Trouble? {
    row.link.flatMap { link($0) }.flatMap { trouble(of: $0, near: row.near.flatMap { link($0) }) }
  }

  /// What is wrong with an interface; `near` is the other end of its cable. That no port of a bridge forwards that is
  /// switched off is the bridge's trouble, and told of it alone.
  func trouble(of link: Link, near: Link?) -> Trouble? {
    let trouble = Trouble(link, near: near)
    if case .port = trouble, (near ?? link).master.flatMap({ self.link($0) })?.state == .down { return nil }
    return trouble
  }
}
