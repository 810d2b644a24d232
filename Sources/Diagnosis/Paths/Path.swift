internal import DequeModule
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
  /// Of ways that cost the same it is the one that comes first in the snapshot's order. Nil where nothing connects the
  /// two. Complexity: O(links).
  public static func find(in snapshot: Snapshot, from source: LinkRef, to destination: LinkRef) -> [Hop]? {
    guard snapshot.link(source) != nil, snapshot.link(destination) != nil else { return nil }
    let graph = LinkGraph(snapshot)
    var search = Search(from: .link(LinkGraph.Place(link: source)), capacity: graph.count)
    while search.count < graph.placeLimit, let (stop, cost) = search.next() {
      if case .link(let place) = stop, place.link == destination, place.tags.mayBeNone {
        return hops(search.links(to: stop), snapshot)
      }
      graph.forEachStep(from: stop, of: source) { search.reach($0, from: stop, cost: cost + $1) }
    }
    return nil
  }

  /// Dijkstra's search. There are few different costs, so that a queue for each takes the place of a heap.
  private struct Search {
    private var reached: [Stop: (cost: Int, previous: Stop?)] = [:]
    /// Stops by cost, in the order in which they were reached, and the costs that have some, ascending.
    private var queues: [Int: Deque<Stop>] = [:]
    private var costs: [Int] = []
    /// How many stops were reached.
    var count: Int { reached.count }

    init(from start: Stop, capacity: Int) {
      reached.reserveCapacity(capacity)
      reached[start] = (0, nil)
      queues[0] = [start]
      costs = [0]
    }

    /// The next stop, each once, with the least cost to it.
    mutating func next() -> (Stop, Int)? {
      while let cost = costs.first {
        // A cheaper way to it may have been found meanwhile.
        while let stop = queues[cost]?.popFirst() { if reached[stop]?.cost == cost { return (stop, cost) } }
        queues[cost] = nil
        costs.removeFirst()
      }
      return nil
    }

    mutating func reach(_ stop: Stop, from previous: Stop, cost: Int) {
      if let known = reached[stop], known.cost <= cost { return }
      reached[stop] = (cost, previous)
      if queues[cost] == nil { costs.insert(cost, at: costs.firstIndex { $0 > cost } ?? costs.count) }
      queues[cost, default: []].append(stop)
    }

    /// The links on the way to a stop.
    func links(to end: Stop) -> [LinkRef] {
      var links: [LinkRef] = []
      var stop: Stop? = end
      while let here = stop {
        if case .link(let place) = here { links.append(place.link) }
        stop = reached[here]?.previous
      }
      return links.reversed()
    }
  }

  /// Where the search is: at a link, or in a namespace's routing.
  fileprivate enum Stop: Hashable {
    case link(LinkGraph.Place)
    case routing(NamespaceID)
  }

  /// The links with what each is on the way; of one that ends at the border the last is none of a destination's.
  static func hops(_ links: [LinkRef], _ snapshot: Snapshot, hasEnd: Bool = true) -> [Hop] {
    links.enumerated().map { position, ref in
      if position == 0 { return Hop(ref, .source) }
      if hasEnd, position == links.count - 1 { return Hop(ref, .destination) }
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
  fileprivate func forEachStep(from stop: Path.Stop, of source: LinkRef, _ body: (Path.Stop, Int) -> Void) {
    switch stop {
    case .routing(let id):
      for link in snapshot.namespaces[id]?.links ?? [] where link.master == nil && !link.isLoopback {
        body(.link(Place(link: link.id)), 0)
      }
    case .link(let place):
      guard let link = snapshot.link(place.link) else { return }
      for next in frames(from: place) { body(.link(next), 1) }
      guard place.tags.mayBeNone else { return }
      for next in attachments(of: link) { body(.link(Place(link: next)), 1) }
      // More than a cable, and less than anybody's routing.
      for next in farEnds(of: link) { body(.link(Place(link: next)), 10) }
      if link.master == nil {
        // Another container forwards for nobody, as a rule; the host does.
        let cost = place.link.namespace == .host ? 100 : place.link == source ? 50 : 1000
        body(.routing(place.link.namespace), cost)
      }
    }
  }
}
