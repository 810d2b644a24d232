public import Topology

/// The links that one link's frames can come to, each with the way there.
public struct BroadcastDomain: Sendable {
  /// From the sender to the key, both included.
  public let ways: [LinkRef: [LinkRef]]

  /// Whether frames can come to that link.
  public func contains(_ link: LinkRef) -> Bool { ways[link] != nil }
  /// The links, in the order of namespaces and ifindexes.
  public var links: [LinkRef] { ways.keys.sorted() }
}
