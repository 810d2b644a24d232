internal import HeapModule
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
public enum Path {
  /// The cheapest way: along cables and bridges first, through a namespace's routing only where there is no other.
  ///
  /// Nil where nothing connects the two. Complexity: O(n log n) in the links of the snapshot.
  public static func find(in snapshot: Snapshot, from source: LinkRef, to destination: LinkRef) -> [Hop]? {
    guard snapshot.link(source) != nil, snapshot.link(destination) != nil else { return nil }
    let graph = LinkGraph(snapshot)
    let start = Stop.link(LinkGraph.Place(link: source, tag: .none))
    var cost = [start: 0]
    var previous: [Stop: Stop] = [:]
    var frontier = Heap([Step(cost: 0, stop: start)])
    while let step = frontier.popMin() {
      // A cheaper way to it was found meanwhile.
      guard step.cost == cost[step.stop] else { continue }
      if case .link(let place) = step.stop, place.link == destination, place.tag.mayBeUntagged {
        return roles(links(to: step.stop, previous), snapshot)
      }
      for (next, extra) in graph.steps(from: step.stop, of: source) where step.cost + extra < cost[next] ?? .max {
        cost[next] = step.cost + extra
        previous[next] = step.stop
        frontier.insert(Step(cost: step.cost + extra, stop: next))
      }
    }
    return nil
  }

  /// Where the search is: at a link, or in a namespace's routing.
  fileprivate enum Stop: Hashable, Comparable {
    case link(LinkGraph.Place)
    case routing(NamespaceID)
  }

  /// One entry of the frontier; of equal costs the lower link comes first, so that a picture does not flicker.
  private struct Step: Comparable {
    var cost: Int
    var stop: Stop

    static func < (a: Step, b: Step) -> Bool { (a.cost, a.stop) < (b.cost, b.stop) }
  }

  private static func links(to end: Stop, _ previous: [Stop: Stop]) -> [LinkRef] {
    var links: [LinkRef] = []
    var stop: Stop? = end
    while let here = stop {
      if case .link(let place) = here { links.append(place.link) }
      stop = previous[here]
    }
    return links.reversed()
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

extension LinkGraph {
  /// A frame goes along a cable and between a bridge and its ports; a packet also from one link of a namespace to another,
  /// but not into a port: that belongs to its bridge.
  fileprivate func steps(from stop: Path.Stop, of source: LinkRef) -> [(to: Path.Stop, cost: Int)] {
    switch stop {
    case .routing(let id):
      let links = snapshot.namespaces[id]?.links ?? []
      return links.filter { $0.master == nil && !$0.isLoopback }
        .map { (.link(Place(link: $0.id, tag: .none)), 0) }
    case .link(let place):
      guard let link = snapshot.link(place.link) else { return [] }
      var steps: [(Path.Stop, Int)] = frames(from: place).map { (.link($0), 1) }
      guard place.tag.mayBeUntagged else { return steps }
      steps += attachments(of: link).map { (.link(Place(link: $0, tag: .none)), 1) }
      if link.master == nil {
        // Another container forwards for nobody, as a rule; the host does.
        let cost = place.link.namespace == .host ? 100 : place.link == source ? 50 : 1000
        steps.append((.routing(place.link.namespace), cost))
      }
      return steps
    }
  }
}
