public import Topology

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
