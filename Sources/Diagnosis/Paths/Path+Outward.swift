public import Topology

extension Path {
  /// Where a namespace's routing sends a packet.
  public struct NextHop: Hashable, Sendable {
    /// The link that it leaves by.
    public var link: LinkRef
    /// The router that it is handed to; nil: the destination itself is behind the link.
    public var gateway: IPAddress?
    /// The address that a packet from here carries; nil: not told.
    public var source: IPAddress?

    /// Makes a next hop.
    public init(link: LinkRef, gateway: IPAddress? = nil, source: IPAddress? = nil) {
      self.link = link
      self.gateway = gateway
      self.source = source
    }
  }

  /// More namespaces on the way are a loop.
  private static let routerLimit = 16

  /// The way to an address that the picture does not place: from router to router, as far as the next one is somebody in
  /// the picture. `decide` says where a namespace sends the packet that came in by a link, from that address; nil of both:
  /// its own. Where it can't be said, the way ends.
  public static func outward(
    in snapshot: Snapshot, from source: Endpoint, to address: IPAddress,
    decide: (NamespaceID, LinkRef?, IPAddress?) -> NextHop?
  ) -> (source: IPAddress?, hops: [Hop]) {
    let graph = LinkGraph(snapshot)
    var links: [LinkRef] = []
    var (here, arrival, from) = (source.namespace, LinkRef?.none, source.address)
    for _ in 0..<routerLimit {
      guard let next = decide(here, arrival, from) else { break }
      if arrival == nil { from = from ?? next.source }
      if links.last != next.link { links.append(next.link) }
      let router = next.gateway ?? address
      let ways = graph.domain(of: next.link).ways
      let owners = ways.filter { link, _ in
        link != next.link && snapshot.link(link)?.addresses.contains { $0.local == router } == true
      }
      guard let way = owners.min(by: { ($0.value.count, $0.key) < ($1.value.count, $1.key) }) else { break }
      // Who has been passed already would pass it on for ever.
      if links.contains(way.key) { break }
      links += way.value.dropFirst()
      (here, arrival) = (way.key.namespace, way.key)
    }
    return (from, hops(links, snapshot, hasEnd: false))
  }
}
