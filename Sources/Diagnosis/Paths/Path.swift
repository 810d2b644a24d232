public import Topology

/// One step of the way between two interfaces.
public struct Hop: Hashable, Sendable {
  /// What the link is on the way, in the words of `explain`'s JSON.
  public enum Role: String, Hashable, Sendable {
    /// The interface that the packet starts from.
    case source
    /// An end of a cable that is in no bridge.
    case veth
    /// A link whose master is a bridge (`IFLA_MASTER`).
    case bridgePort = "bridge-port"
    case bridge
    /// A link that a namespace's routing leads by, and any other that is none of these.
    case route
    /// The interface that the packet ends at.
    case destination
  }

  /// The link that the packet comes to.
  public var link: LinkRef
  /// What that link is on the way.
  public var role: Role

  /// Makes a step.
  public init(_ link: LinkRef, _ role: Role) {
    self.link = link
    self.role = role
  }
}

/// The way that a packet takes between two interfaces, as far as links and their namespaces tell it: what lights up.
///
/// VLANs and what a kind passes on are not looked at here; `Segments` does that, for the diagnosis.
public enum Path {
  /// The cheapest way: along cables and bridges first, through a namespace's routing only where there is no other.
  ///
  /// Nil where nothing connects the two. Complexity: O(V²) in the links that are reached.
  public static func find(in snapshot: Snapshot, from source: LinkRef, to destination: LinkRef) -> [Hop]? {
    guard snapshot.link(source) != nil, snapshot.link(destination) != nil else { return nil }
    var cost: [LinkRef: Int] = [source: 0]
    var previous: [LinkRef: LinkRef] = [:]
    var frontier: [(cost: Int, ref: LinkRef)] = [(0, source)]
    let ports = membersAndUppers(snapshot)
    while let next = frontier.min(by: { ($0.cost, $0.ref) < ($1.cost, $1.ref) }) {
      frontier.removeAll { $0.ref == next.ref }
      if next.ref == destination { break }
      for edge in edges(from: next.ref, snapshot, ports, isSource: next.ref == source) {
        let total = next.cost + edge.cost
        if total < cost[edge.to] ?? .max {
          cost[edge.to] = total
          previous[edge.to] = next.ref
          frontier.append((total, edge.to))
        }
      }
    }
    guard cost[destination] != nil else { return nil }
    var links = [destination]
    while let last = links.last, last != source, let before = previous[last] { links.append(before) }
    return roles(links.reversed(), snapshot)
  }

  private static func membersAndUppers(_ snapshot: Snapshot) -> [LinkRef: [LinkRef]] {
    var ports: [LinkRef: [LinkRef]] = [:]
    for namespace in snapshot.namespaces.values {
      for link in namespace.links {
        if let master = link.master { ports[master, default: []].append(link.id) }
        if let lower = link.lower { ports[lower, default: []].append(link.id) }
      }
    }
    return ports
  }

  /// A frame goes along a cable and between a bridge and its ports; a packet also from one link of a namespace to
  /// another, but not into a port: that belongs to its bridge.
  private static func edges(
    from ref: LinkRef, _ snapshot: Snapshot, _ ports: [LinkRef: [LinkRef]], isSource: Bool
  ) -> [(to: LinkRef, cost: Int)] {
    guard let link = snapshot.link(ref) else { return [] }
    var edges: [(LinkRef, Int)] = []
    if let peer = link.peerLink { edges.append((peer, 1)) }
    if let master = link.master { edges.append((master, 1)) }
    if let lower = link.lower { edges.append((lower, 1)) }
    for port in ports[ref] ?? [] { edges.append((port, 1)) }
    if link.master == nil, let namespace = snapshot.namespaces[ref.namespace] {
      // Another container forwards for nobody, as a rule; the host does.
      let cost = ref.namespace == .host ? 100 : isSource ? 50 : 1000
      for other in namespace.links where other.id != ref && other.master == nil && !other.isLoopback {
        edges.append((other.id, cost))
      }
    }
    return edges
  }

  private static func roles(_ links: [LinkRef], _ snapshot: Snapshot) -> [Hop] {
    links.enumerated().map { position, ref in
      if position == 0 { return Hop(ref, .source) }
      if position == links.count - 1 { return Hop(ref, .destination) }
      guard let link = snapshot.link(ref) else { return Hop(ref, .route) }
      if link.isBridge { return Hop(ref, .bridge) }
      if link.master.flatMap({ snapshot.link($0) })?.isBridge == true { return Hop(ref, .bridgePort) }
      return Hop(ref, link.isPair ? .veth : .route)
    }
  }
}
