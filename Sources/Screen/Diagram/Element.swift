public import Topology

/// Something on the diagram that can be selected.
public enum Element: Hashable, Sendable {
  /// An interface: a bridge's box, a port's label on its wire, an uplink's box, or a row `eth0` in a namespace's box.
  case link(LinkRef)
  /// A namespace's box, by its title.
  case namespace(NamespaceID)

  /// The namespace that it is, or is in.
  public var namespace: NamespaceID {
    switch self {
    case .link(let ref): ref.namespace
    case .namespace(let id): id
    }
  }
}

/// A direction of the arrow keys.
public enum Direction: Sendable, CaseIterable { case up, down, left, right }

/// The lit path of a ping.
public struct Trail: Sendable, Hashable {
  /// The links in order: eth0, veth, docker0, veth, eth0.
  public var hops: [LinkRef]
  /// Where the head is, from 0 (at the source) to 1 (at the destination); nil when nothing runs.
  public var head: Double?
  /// Whether the head runs back with the reply.
  public var isReply: Bool
  /// The hop at which the echo was seen last, where one was lost: the path is lit up to here and ends in a cross.
  public var stop: Int?

  /// Makes a path; as it is, nothing runs along it.
  public init(hops: [LinkRef], head: Double? = nil, isReply: Bool = false, stop: Int? = nil) {
    self.hops = hops
    self.head = head
    self.isReply = isReply
    self.stop = stop
  }
}

/// What is laid over the picture, and changes without moving anything.
public struct Decor: Sendable {
  /// What is selected; nil: nothing.
  public var selection: Element?
  /// The container that is the source of a ping to be sent.
  public var source: Element?
  /// Where a search is under way: what matches; everything else is dimmed.
  public var matches: Set<Element>?
  /// The path of the ping on the screen; nil: there is none.
  public var trail: Trail?
  /// The rates of the links: bars and numbers are drawn from them.
  public var traffic: Traffic

  /// Makes what is laid over a picture; as it is, nothing.
  public init(
    selection: Element? = nil, source: Element? = nil, matches: Set<Element>? = nil, trail: Trail? = nil,
    traffic: Traffic = Traffic()
  ) {
    self.selection = selection
    self.source = source
    self.matches = matches
    self.trail = trail
    self.traffic = traffic
  }
}
