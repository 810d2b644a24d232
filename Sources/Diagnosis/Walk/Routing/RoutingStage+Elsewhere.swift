internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
package import Topology

/// The kernel has a way, and it does not lead to where the destination lies.
extension RoutingStage {
  /// The route that the kernel took, among those that the tables list.
  mutating func entry(of decision: RouteDecision, to destination: IPAddress) -> RouteEntry? {
    walk.tables(here)?.routes.filter { route in
      route.isIPv6 == destination.isIPv6 && route.table == decision.table && route.type == decision.type
        && route.holds(destination)
        && route.hops.contains { $0.link == decision.outLink && $0.gateway == decision.gateway }
    }.max { ($0.prefixLength, $1.metric ?? 0) < ($1.prefixLength, $0.metric ?? 0) }
  }

  /// Accuses the route, or the rule of the policy, that takes the packet elsewhere than by `right`, where the goal is.
  /// Returns whether there is one: else a route by `right` is missing.
  mutating func accuseOtherWay(_ decision: RouteDecision, _ query: RouteQuery, by right: Link) -> Bool {
    guard let route = entry(of: decision, to: query.destination),
      let out = decision.outLink.flatMap({ walk.snapshot.link($0) })
    else { return false }
    let known = walk.tables(here)
    // What leads to the goal where nothing else is asked first.
    let main = known?.routes.filter {
      $0.isIPv6 == query.destination.isIPv6 && $0.table == RoutingTable.main.rawValue && $0.type == "unicast"
        && $0.holds(query.destination) && $0.hops.contains { $0.link == right.id }
    }.max { ($0.prefixLength, $1.metric ?? 0) < ($1.prefixLength, $0.metric ?? 0) }
    var evidence = [Explanation.Evidence(walk.text(of: route), source: "RTM_GETROUTE dump")]
    if let main { evidence.append(Explanation.Evidence(walk.text(of: main), source: "RTM_GETROUTE dump")) }
    let whose = walk.name(here)
    if let rule = walk.rule(leadingTo: route, in: here) {
      evidence.append(Explanation.Evidence(rule.text, source: "RTM_GETRULE"))
      let ip = query.destination.isIPv6 ? "ip -6" : "ip"
      let remedy = main.flatMap { main in
        rule.priority > 0 && main.prefixLength > 0
          ? "\(ip) rule add to \(main.destinationText) lookup main priority \(rule.priority - 1)" : nil
      }
      walk.accuse(
        walk.finding(
          .otherWay, out,
          Say.Routing.otherTable(
            whose, "\(query.destination)", by: out.name, behind: right.name, rule: "\(rule.priority)",
            table: route.tableName),
          evidence, remedy: remedy), .certain, check: Say.Walking.route)
      return true
    }
    guard let main else { return false }
    let isOverlap = route.hops.allSatisfy { $0.gateway == nil } && main.hops.allSatisfy { $0.gateway == nil }
    walk.accuse(
      walk.finding(
        isOverlap ? .subnetOverlap : .otherWay, out,
        isOverlap
          ? Say.Routing.overlap(whose, "\(query.destination)", taken: out.name, right: right.name)
          : Say.Routing.otherWay(
            whose, "\(query.destination)", by: out.name, route: walk.text(of: route), behind: right.name),
        evidence), .certain, check: Say.Walking.route)
    return true
  }
}

extension PacketWalk {
  /// A route as `ip route` prints it.
  package func text(of route: RouteEntry) -> String {
    var words: [String] = route.type == "unicast" ? [] : [route.type]
    words.append(route.destinationText)
    for hop in route.hops {
      if let gateway = hop.gateway { words.append("via \(gateway)") }
      if let link = hop.link { words.append("dev \(snapshot.link(link)?.name ?? "if\(link.index)")") }
    }
    if let source = route.preferredSource { words.append("src \(source)") }
    if let metric = route.metric, metric != 0 { words.append("metric \(metric)") }
    if route.table != RoutingTable.main.rawValue { words.append("table \(route.tableName)") }
    return words.joined(separator: " ")
  }

  /// The rule of the policy that leads to a route's table, where it is none that every namespace has.
  package mutating func rule(leadingTo route: RouteEntry, in namespace: NamespaceID) -> RoutingRule? {
    guard RoutingTable(rawValue: route.table) == nil else { return nil }
    return tables(namespace)?.rules.filter { $0.isIPv6 == route.isIPv6 && $0.table == route.tableName }
      .min { $0.priority < $1.priority }
  }
}
