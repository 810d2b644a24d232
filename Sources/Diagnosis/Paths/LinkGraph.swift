public import Topology

/// How the links of a snapshot hang together: cables, bridges and bonds, VLANs, tunnels. The one graph of the house: what
/// lights up (`Path`) and what is explained (`BroadcastDomain`) go along it.
public struct LinkGraph: Sendable {
  let snapshot: Snapshot
  /// The links whose master, or whose lower link, is the key.
  private var members: [LinkRef: [LinkRef]] = [:]
  private var uppers: [LinkRef: [LinkRef]] = [:]
  /// The ends of tunnels (VXLAN) by what they carry, in as many namespaces as there are ends.
  private var tunnels: [Tunnel: [LinkRef]] = [:]

  /// What the ends of a tunnel have in common.
  private struct Tunnel: Hashable {
    let id: UInt64
    let port: UInt64
  }

  /// How many links there are.
  let count: Int

  /// Indexes the links of a snapshot. O(links).
  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    count = snapshot.namespaces.values.reduce(0) { $0 + $1.links.count }
    for namespace in snapshot.namespaces.values {
      for link in namespace.links {
        if let master = link.master { members[master, default: []].append(link.id) }
        if let lower = link.lower { uppers[lower, default: []].append(link.id) }
        if let tunnel = Self.tunnel(link) { tunnels[tunnel, default: []].append(link.id) }
      }
    }
  }

  private static func tunnel(_ link: Link) -> Tunnel? {
    guard link.kind == "vxlan", case .number(let id)? = link.fact("id"), case .number(let port)? = link.fact("port")
    else { return nil }
    return Tunnel(id: id, port: port)
  }

  /// The other ends of a tunnel that is bound to no link below it: those of an engine's overlay network are made so.
  func farEnds(of link: Link) -> [LinkRef] {
    // Of such a one the kernel tells the namespace that its packets are sent in, and no link.
    guard link.lower.flatMap({ snapshot.link($0) }) == nil, let tunnel = Self.tunnel(link) else { return [] }
    return (tunnels[tunnel] ?? []).filter { $0.namespace != link.id.namespace }
  }

  /// A tag that a frame carries on its way through links; a bridge that filters by VLAN may put on or take off any.
  enum Tag: Hashable {
    case none
    case vlan(UInt64)
    case any

    func admits(_ id: UInt64) -> Bool { self == .any || self == .vlan(id) }
    var mayBeUntagged: Bool { self == .any || self == .none }
  }

  /// A frame at a link.
  struct Place: Hashable {
    var link: LinkRef
    var tag: Tag
  }

  /// Every link that a frame sent by `start` could come to if all cables and ports worked, with the shortest way there.
  public func domain(of start: LinkRef) -> BroadcastDomain {
    var queue = [Place(link: start, tag: .none)]
    var previous: [Place: Place] = [:]
    var seen: Set<Place> = [queue[0]]
    var first: [LinkRef: Place] = [start: queue[0]]
    var position = 0
    while position < queue.count {
      let here = queue[position]
      position += 1
      for next in frames(from: here) where seen.insert(next).inserted {
        previous[next] = here
        // A frame that still has its tag is none of the link's own.
        if next.tag.mayBeUntagged, first[next.link] == nil { first[next.link] = next }
        queue.append(next)
      }
    }
    var ways: [LinkRef: [LinkRef]] = [:]
    for (link, end) in first {
      var way = [end]
      while let last = way.last, let before = previous[last] { way.append(before) }
      ways[link] = way.reversed().map(\.link)
    }
    return BroadcastDomain(ways: ways)
  }

  /// Where a frame can go next.
  func frames(from place: Place) -> [Place] {
    guard let link = snapshot.link(place.link) else { return [] }
    var next: [Place] = []
    if let peer = link.peerLink { next.append(Place(link: peer, tag: place.tag)) }
    if let master = link.master.flatMap({ snapshot.link($0) }), master.carriesFrames {
      next.append(Place(link: master.id, tag: master.bridge?.vlanFiltering == true ? .any : place.tag))
    }
    if link.carriesFrames {
      let tag = link.bridge?.vlanFiltering == true ? Tag.any : place.tag
      for port in members[link.id] ?? [] { next.append(Place(link: port, tag: tag)) }
    }
    if let lower = link.lower, link.isOnItsLower {
      switch link.vlanID {
      case let id? where place.tag == .none: next.append(Place(link: lower, tag: .vlan(id)))
      case nil: next.append(Place(link: lower, tag: place.tag))
      default: break
      }
    }
    for upper in (uppers[link.id] ?? []).compactMap({ snapshot.link($0) }) where upper.isOnItsLower {
      if let id = upper.vlanID {
        if place.tag.admits(id) { next.append(Place(link: upper.id, tag: .none)) }
      } else if place.tag.mayBeUntagged {
        next.append(Place(link: upper.id, tag: .none))
      }
    }
    return next
  }

  /// Where a link hangs on another one without handing its frames on: a tunnel on its underlay, a link on its VRF; both
  /// ways.
  func attachments(of link: Link) -> [LinkRef] {
    var next: [LinkRef] = []
    if let master = link.master.flatMap({ snapshot.link($0) }), !master.carriesFrames { next.append(master.id) }
    if !link.carriesFrames { next += members[link.id] ?? [] }
    if let lower = link.lower, !link.isOnItsLower { next.append(lower) }
    next += (uppers[link.id] ?? []).filter { snapshot.link($0).map { !$0.isOnItsLower } ?? false }
    return next
  }
}
