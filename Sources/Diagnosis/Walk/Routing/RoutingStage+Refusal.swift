internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology

/// What it means that the kernel has no way for a packet.
extension RoutingStage {
  mutating func refuse(
    _ errno: Int32, _ message: String, _ query: RouteQuery
  ) -> ForwardingDecision? {
    let words =
      message.isEmpty ? ErrorNumber.name(of: errno) : "\(ErrorNumber.name(of: errno)): \(SafeText.clean(message))"
    let fact =
      if let incoming {
        Say.Routing.answer("\(query.destination)", inBy: incoming.name, words)
      } else {
        Say.Routing.answer("\(query.destination)", words)
      }
    let answer = Explanation.Evidence(fact, source: "RTM_GETROUTE")
    guard let incoming else {
      if let way = wayOfLoopback(errno, query, answer) { return way }
      accuseRefusal(errno, query, answer)
      return expectedWay(to: query.destination)
    }
    // Asked again as a packet of the namespace's own: this tells a missing route from a refusal of the way in.
    var own = query
    own.inLink = nil
    own.source = nil
    own.outLink = vrfOfIncoming?.id
    switch walk.ask(.route(own)) {
    case .route(.route(let decision))?:
      accuseEntry(errno, query, incoming, answer)
      if decision.type == "local" { return ForwardingDecision(out: nil, nextHop: nil, isLocal: true) }
      guard let out = decision.outLink.flatMap({ walk.snapshot.link($0) }) else { break }
      let way = ForwardingDecision(out: out, nextHop: decision.gateway ?? query.destination, mtu: decision.mtu)
      return wayIfAstray(way, decision, query) ?? way
    case .route(.refused(let second, _))?:
      if errno == ErrorNumber.noRouteToHost, second != errno { lookAtForwarding(incoming, answer) }
      accuseRefusal(second, query, answer)
    default: walk.check(.unknown, Say.Walking.route, words)
    }
    return expectedWay(to: query.destination)
  }

  /// A packet of 127.0.0.0/8 that was translated: the kernel sends it by no other link, unless `route_localnet` says so
  /// (`__mkroute_output`).
  private mutating func wayOfLoopback(
    _ errno: Int32, _ query: RouteQuery, _ answer: Explanation.Evidence
  ) -> ForwardingDecision? {
    guard errno == ErrorNumber.invalidArgument, let source = query.source, source.isLoopback, !source.isIPv6,
      !query.destination.isLoopback
    else { return nil }
    var own = query
    own.source = nil
    guard case .route(.route(let way))? = walk.ask(.route(own)),
      let out = way.outLink.flatMap({ walk.snapshot.link($0) })
    else { return nil }
    let key = "net.ipv4.conf.\(out.name).route_localnet"
    let rule = walk.destinationTranslatedBy[here]
    var finding = walk.finding(
      .loopbackNotRouted, out, in: here,
      Say.Routing.loopbackNotRouted(
        walk.name(here), "\(walk.subject.destination.address ?? source)", to: "\(query.destination)",
        from: "\(source)", by: out.name),
      (rule.map { [Explanation.Evidence($0.text, source: Say.Walking.rulesOfFilter)] } ?? [])
        + [Explanation.Evidence("\(key) = 0", source: "/proc/sys, ip-sysctl"), answer],
      remedy: "sysctl -w \(PacketWalk.quoted(key))=1")
    finding.rule = rule
    walk.accuse(finding, .certain, check: Say.Walking.route)
    return ForwardingDecision(out: out, nextHop: way.gateway ?? query.destination, mtu: way.mtu)
  }

  /// There is a route, but not for a packet that came in there: forwarding is off, or the source is not believed.
  private mutating func accuseEntry(
    _ errno: Int32, _ query: RouteQuery, _ incoming: Link, _ answer: Explanation.Evidence
  ) {
    if errno == ErrorNumber.noRouteToHost || errno == ErrorNumber.networkUnreachable {
      // It forwards: then a rule of the policy says no to what comes from there.
      if forwards(incoming), let type = rejection(errno, isIPv6: query.destination.isIPv6) {
        return accuseRejection(type, query, answer)
      }
      return lookAtForwarding(incoming, answer)
    }
    guard errno == ErrorNumber.invalidArgument || errno == ErrorNumber.improperLink else {
      walk.accuse(
        walk.finding(.routeRejects, nil, in: here, Say.Routing.refusesToForward(walk.name(here)), [answer]),
        .certain, check: Say.Walking.route)
      return
    }
    lookAtReversePath(incoming, answer)
  }

  /// Whether its settings are known to say so.
  private mutating func forwards(_ incoming: Link) -> Bool {
    ["net.ipv4.conf.\(incoming.name).forwarding", "net.ipv4.ip_forward"].allSatisfy { walk.sysctl($0, in: here) == "1" }
  }

  private mutating func lookAtForwarding(_ incoming: Link, _ answer: Explanation.Evidence) {
    let keys = ["net.ipv4.conf.\(incoming.name).forwarding", "net.ipv4.ip_forward"]
    var evidence = [answer]
    for key in keys {
      if let value = walk.sysctl(key, in: here) {
        evidence.append(Explanation.Evidence("\(key) = \(value)", source: procPath(key, incoming)))
      }
    }
    let isGlobal = walk.sysctl("net.ipv4.ip_forward", in: here) != "1"
    let key = isGlobal ? "net.ipv4.ip_forward" : keys[0]
    walk.accuse(
      walk.finding(
        .forwardingOff, incoming, in: here,
        Say.Routing.forwardsNothing(walk.name(here), from: incoming.name), evidence,
        remedy: "sysctl -w \(PacketWalk.quoted(key))=1"), .certain, check: Say.Walking.forwarding)
  }

  mutating func lookAtForwardingOfIPv6() {
    let key = "net.ipv6.conf.all.forwarding"
    guard let value = walk.sysctl(key, in: here), value == "0" else { return }
    walk.accuse(
      walk.finding(
        .forwardingOff, nil, in: here, Say.Routing.forwardsNoIPv6(walk.name(here)),
        [Explanation.Evidence("\(key) = 0", source: "/proc/sys/net/ipv6/conf/all/forwarding")],
        remedy: "sysctl -w \(key)=1"), .certain, check: Say.Walking.forwarding)
  }

  /// The namespace itself has a route, but the kernel says EINVAL or EXDEV of a packet that came in there: it does not
  /// believe the source address.
  private mutating func lookAtReversePath(
    _ incoming: Link, _ answer: Explanation.Evidence
  ) {
    if let source = packet.source, let owner = walk.snapshot.namespaces[here]?.links.first(where: { $0.has(source) }) {
      walk.accuse(
        walk.finding(
          .duplicateAddress, owner, Say.Routing.senderIsTwin("\(source)", of: walk.place(owner)),
          [answer, Explanation.Evidence(Say.Walking.has(owner.name, ["\(source)"]), source: "IFA_LOCAL")],
          remedy: "ip address del \(source) dev \(PacketWalk.quoted(owner.name))"), .certain, check: Say.Walking.route)
      return
    }
    let keys = ["net.ipv4.conf.all.rp_filter", "net.ipv4.conf.\(incoming.name).rp_filter"]
    let values = keys.map { walk.sysctl($0, in: here) }
    var evidence = [answer]
    for (key, value) in zip(keys, values) {
      if let value { evidence.append(Explanation.Evidence("\(key) = \(value)", source: procPath(key, incoming))) }
    }
    var wayBack: (words: String, isOpen: Bool)?
    if let source = packet.source { wayBack = self.wayBack(to: source) }
    if let wayBack { evidence.append(Explanation.Evidence(wayBack.words, source: "RTM_GETROUTE")) }
    let isFiltering = values.contains { $0 == "1" || $0 == "2" } || values.allSatisfy { $0 == nil }
    let source = packet.source.map(\.description) ?? Say.Routing.there
    let claim =
      isFiltering
      ? Say.Routing.filtersReversePath(walk.name(here), from: source, inBy: incoming.name)
      : Say.Routing.martians(walk.name(here), from: source)
    // Loose mode asks only for some way back, and what is set for the link wins where it is more than for all.
    // It helps a reply; what is dropped on its way there has its own answer sent the wrong way all the same.
    let isStrict = !values.contains("2") && wayBack?.isOpen == true && walk.isReply
    walk.accuse(
      walk.finding(
        .reversePathFilter, incoming, claim, evidence,
        remedy: isStrict ? "sysctl -w \(PacketWalk.quoted(keys[1]))=2" : nil),
      .certain,
      check: "rp_filter")
  }

  /// What the kernel says of the route to a sender, and whether it is one; nil: it was not asked yet.
  private mutating func wayBack(to source: IPAddress) -> (words: String, isOpen: Bool)? {
    switch walk.ask(.route(RouteQuery(namespace: here, destination: source))) {
    case .route(.route(let back))?:
      let out = back.outLink.flatMap { walk.snapshot.link($0)?.name }
      let words =
        out.map { Say.Routing.wayBack(to: "\(source)", by: $0) } ?? Say.Routing.wayBackByNoLink(to: "\(source)")
      return (words, back.type == "unicast")
    case .route(.refused(let errno, _))?:
      return (Say.Routing.wayBack(to: "\(source)", error: ErrorNumber.name(of: errno)), false)
    default: return nil
    }
  }

  private func procPath(_ key: String, _ link: Link) -> String {
    // A dot of the interface's name is none of the key's.
    let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard key.contains(".conf.\(link.name)."), let last = parts.last else {
      return "/proc/sys/" + parts.joined(separator: "/")
    }
    return "/proc/sys/net/ipv4/conf/\(link.name)/\(last)"
  }

  mutating func accuseRejection(_ type: String, _ query: RouteQuery) {
    accuseRejection(
      type, query, Explanation.Evidence(Say.Routing.answer("\(query.destination)", type), source: "RTM_GETROUTE"))
  }

  /// A route or a rule of the policy that refuses: the tables tell which.
  mutating func accuseRejection(_ type: String, _ query: RouteQuery, _ answer: Explanation.Evidence) {
    var evidence = [answer]
    var remedy: String?
    var claim = Say.Routing.refuses(walk.name(here), "\(query.destination)")
    if let known = walk.tables(here) {
      let ipVersion = query.destination.isIPv6 ? "ip -6" : "ip"
      let routes = known.routes.filter {
        $0.isIPv6 == query.destination.isIPv6 && $0.hops.allSatisfy { $0.link == nil }
          && ["blackhole", "unreachable", "prohibit", "throw"].contains($0.type)
          && ($0.destination.map { [length = Int($0.prefixLength)] in $0.shares(prefix: length, with: query.destination)
          } ?? true)
      }
      if let route = routes.first(where: { $0.type == type }) ?? routes.max(by: { $0.prefixLength < $1.prefixLength }) {
        claim = Say.Routing.routeRefuses(walk.name(here), route.type, route.destinationText)
        evidence.append(
          Explanation.Evidence(
            Say.Routing.route(route.type, route.destinationText, in: route.tableName), source: "RTM_GETROUTE dump"))
        let table = route.table == RoutingTable.main.rawValue ? "" : " table \(route.table)"
        let others = known.routes.contains { other in
          other != route && other.type == "unicast" && other.isIPv6 == query.destination.isIPv6
            && (other.destination?.shares(prefix: Int(other.prefixLength), with: query.destination) ?? true)
        }
        // Without another route it would only be refused in other words.
        if others { remedy = "\(ipVersion) route del \(route.type) \(route.destinationText)\(table)" }
      } else if let rule = known.rules.first(where: { $0.isIPv6 == query.destination.isIPv6 && $0.action != nil }),
        let action = rule.action
      {
        claim = Say.Routing.ruleRefuses(walk.name(here), action)
        evidence.append(
          Explanation.Evidence(Say.Routing.rule("\(rule.priority)", action), source: "RTM_GETRULE"))
        remedy = "\(ipVersion) rule del priority \(rule.priority)"
      }
    }
    walk.accuse(
      walk.finding(.routeRejects, nil, in: here, claim, evidence, remedy: remedy), .certain, check: Say.Walking.route)
  }

  /// No route at all, or one that says no.
  private mutating func accuseRefusal(
    _ errno: Int32, _ query: RouteQuery, _ answer: Explanation.Evidence
  ) {
    if !isRejectedInVRF(query.destination), accuseMissingLeak(query, answer) { return }
    if let type = rejection(errno, isIPv6: query.destination.isIPv6) { return accuseRejection(type, query, answer) }
    if walk.accuseSource(query.destination, [answer]) { return walk.check(.bad, Say.Walking.route, answer.fact) }
    guard let expected = expectedWay(to: query.destination), let right = expected.out else {
      return accuseNoRoute(to: query.destination, answer)
    }
    if let goal, walk.domain(of: right.id).contains(goal) {
      return accuseMissingRoute(to: query.destination, by: right, goal, answer)
    }
    if right.state == .down {
      walk.check(.bad, Say.Walking.route, Say.Routing.routesDown(with: right.name))
      if !walk.isAccused(right.id) { walk.look(at: right, as: .source) }
      return
    }
    if accuseInternalNetwork(right, answer) { return }
    let gateway = expected.nextHop == query.destination ? nil : expected.nextHop
    let via = gateway.map { "via \($0)" } ?? ""
    walk.accuse(
      walk.finding(
        .noRoute, right, Say.Routing.noRoute(walk.name(here), to: "\(query.destination)"),
        [answer] + deafness(of: right, to: query.destination),
        // On somebody else's router a default route of ours would cut off others.
        remedy: here == walk.subject.source.namespace && !walk.isReply && gateway != nil
          ? "\(query.destination.isIPv6 ? "ip -6" : "ip") route add default \(via) dev \(PacketWalk.quoted(right.name))"
          : nil),
      .certain, check: Say.Walking.route)
  }

  /// The type of the route, or the action of the rule, that the kernel's refusal stands for; nil: it has no route.
  private mutating func rejection(_ errno: Int32, isIPv6: Bool) -> String? {
    switch errno {
    case ErrorNumber.noRouteToHost: return "unreachable"
    case ErrorNumber.permissionDenied: return "prohibit"
    case ErrorNumber.invalidArgument: return "blackhole"
    case ErrorNumber.networkUnreachable:
      let rules = walk.tables(here)?.rules ?? []
      return rules.contains { $0.isIPv6 == isIPv6 && $0.action == "unreachable" } ? "unreachable" : nil
    default: return nil
    }
  }

  /// No link leads to where it is to go.
  private mutating func accuseNoRoute(to destination: IPAddress, _ answer: Explanation.Evidence) {
    let links = walk.snapshot.namespaces[here]?.shownLinks ?? []
    // A cable of the namespace's own may have had the route; a port of a bridge never has one.
    if let down = links.first(where: { $0.state == .down && $0.isPair && $0.master == nil }) {
      return walk.look(at: down, as: .source)
    }
    let evidence = [answer] + (links.count == 1 ? deafness(of: links[0], to: destination) : [])
    walk.accuse(
      walk.finding(.noRoute, nil, in: here, Say.Routing.noRoute(walk.name(here), to: "\(destination)"), evidence),
      .certain,
      check: Say.Walking.route)
  }

  /// That a link takes no default route from router advertisements, where that is so: who forwards ignores them unless
  /// `accept_ra` is 2 (ip-sysctl).
  private mutating func deafness(of link: Link, to destination: IPAddress) -> [Explanation.Evidence] {
    let prefix = "net.ipv6.conf.\(link.name)"
    guard destination.isIPv6, let accepts = walk.sysctl(prefix + ".accept_ra", in: here), accepts != "2" else {
      return []
    }
    let forwards = walk.sysctl(prefix + ".forwarding", in: here) == "1"
    guard forwards || accepts == "0" else { return [] }
    let setting = "\(prefix).accept_ra = \(accepts)"
    let fact =
      accepts == "0"
      ? Say.Routing.advertisementsUnheard(setting)
      : Say.Routing.advertisementsUnheard(setting, forwarding: link.name)
    return [Explanation.Evidence(fact, source: "/proc/sys, ip-sysctl")]
  }

  /// A container whose only network has no way out, by the engine's wish.
  private mutating func accuseInternalNetwork(_ right: Link, _ answer: Explanation.Evidence) -> Bool {
    guard let here = walk.snapshot.namespaces[right.id.namespace], !here.containers.isEmpty,
      let network = walk.network(of: right.id), let known = walk.tables(here.id),
      !known.routes.contains(where: { $0.prefixLength == 0 && $0.isIPv6 == walk.subject.isIPv6 && $0.type == "unicast" }
      )
    else { return false }
    var finding = walk.finding(
      .networkIsolation, right,
      Say.Routing.isInternal(here.name, network: network.name),
      [answer, Explanation.Evidence(Say.Routing.noDefault(in: here.name), source: "RTM_GETROUTE dump")])
    if let other = walk.differentNetworks?.destination, let container = here.containers.first {
      finding.remedy = walk.connectCommand(other, container)
    }
    walk.accuse(finding, .certain, check: Say.Walking.route)
    return true
  }
}
