internal import Netfilter
internal import Paths
internal import Topology

extension PacketWalk {
  /// Where a namespace sends a packet: what the kernel says, else what its tables and addresses say.
  ///
  /// Where the kernel refuses, that is a finding, and the answer is the way that the packet would have to take.
  mutating func route(_ packet: Packet, in here: NamespaceID, by incoming: Link?, to goal: LinkRef?)
    -> ForwardingDecision?
  {
    guard let destination = packet.destination else {
      check(.unknown, "route", "the destination is not known after translation")
      return expectedWay(to: nil, in: here, goal)
    }
    if destination.isIPv6, destination.isLinkLocal, let incoming, incoming.has(destination) {
      // The kernel would have to be told the interface, and then says nothing of local addresses.
      check(.ok, "route", "\(destination) is its own address")
      return ForwardingDecision(out: nil, nextHop: nil, isLocal: true)
    }
    var query = RouteQuery(namespace: here, destination: destination)
    query.protocolNumber = packet.transport?.number
    if case .tcp(_, let port, _)? = packet.transport { query.destinationPort = port }
    query.mark = packet.mark ?? 0
    if incoming != nil || ownsSource(packet, here) { query.source = packet.source }
    query.inLink = incoming?.id
    if destination.isLinkLocal, destination.isIPv6, incoming == nil {
      query.outLink = isReply ? arrival?.link : subject.source.link
    }
    switch ask(.route(query)) {
    case .route(.route(let decision))?: return accept(decision, query, packet, goal)
    case .route(.refused(let errno, let message))?:
      return refuse(errno, message, query, packet, incoming, goal)
    default: return guess(destination, in: here, goal)
    }
  }

  private func ownsSource(_ packet: Packet, _ here: NamespaceID) -> Bool {
    guard let source = packet.source, let namespace = snapshot.namespaces[here] else { return false }
    return namespace.links.contains { $0.has(source) }
  }

  // MARK: The kernel has a route

  private mutating func accept(
    _ decision: RouteDecision, _ query: RouteQuery, _ packet: Packet, _ goal: LinkRef?
  ) -> ForwardingDecision? {
    let here = query.namespace
    switch decision.type {
    case "local":
      if let goal, goal.namespace != here, !isTranslated(query.destination) {
        accuseDoubleAddress(query.destination, here, goal)
        return expectedWay(to: query.destination, in: here, goal)
      }
      check(.ok, "route", "\(query.destination) is its own address")
      return ForwardingDecision(out: nil, nextHop: nil, isLocal: true)
    case "blackhole", "unreachable", "prohibit", "throw":
      accuseRejection(decision.type, query)
      return expectedWay(to: query.destination, in: here, goal)
    default: break
    }
    guard let out = decision.outLink.flatMap({ snapshot.link($0) }) else {
      check(.unknown, "route", "by a link that is not in the picture")
      return expectedWay(to: query.destination, in: here, goal)
    }
    let way = ForwardingDecision(out: out, nextHop: decision.gateway ?? query.destination, mtu: decision.mtu)
    if let better = wayIfForeign(way, decision.gateway, query, goal) { return better }
    if let better = wayIfAstray(way, decision.gateway, query, goal) { return better }
    if incoming(query) != nil, query.destination.isIPv6 { lookAtForwardingOfIPv6(here) }
    check(.ok, "route", "\(query.destination) by \(out.name)" + (decision.gateway.map { " via \($0)" } ?? ""))
    return way
  }

  private func incoming(_ query: RouteQuery) -> Link? { query.inLink.flatMap { snapshot.link($0) } }

  private func isTranslated(_ address: IPAddress) -> Bool { address != subject.destination.address }

  private mutating func accuseDoubleAddress(_ address: IPAddress, _ here: NamespaceID, _ goal: LinkRef) {
    let owner = snapshot.namespaces[here]?.links.first { $0.has(address) }
    let other = snapshot.link(goal).map(place) ?? name(goal.namespace)
    accuse(
      finding(
        .duplicateAddress, owner, in: here, "\(address) is an address of \(name(here)), too, not only of \(other)",
        [
          Explanation.Evidence("\(name(here)) takes packets to \(address) as its own", source: "RTM_GETROUTE"),
          Explanation.Evidence("\(other) has \(address), too", source: "IFA_LOCAL"),
        ],
        remedy: owner.map { "ip address del \(address) dev \(PacketWalk.quoted($0.name))" }), .certain,
      check: "route")
  }

  /// A route that leads out of the picture, while the goal is on another link of this namespace.
  mutating func wayIfAstray(
    _ way: ForwardingDecision, _ gateway: IPAddress?, _ query: RouteQuery, _ goal: LinkRef?
  ) -> ForwardingDecision? {
    guard let goal, let out = way.out, let destination = query.destination as IPAddress?,
      goal.namespace != out.id.namespace
    else { return nil }
    let reached = domain(of: out.id)
    if reached.contains(goal) { return nil }
    // Through a gateway that we know it may well get there.
    if let gateway, reached.links.contains(where: { snapshot.link($0)?.has(gateway) == true && $0 != out.id }) {
      return nil
    }
    guard let expected = expectedWay(to: destination, in: query.namespace, goal), let right = expected.out,
      right.id != out.id, domain(of: right.id).contains(goal)
    else { return nil }
    let sent = Explanation.Evidence(
      "\(destination) goes by \(out.name)" + (gateway.map { " via \($0)" } ?? ""), source: "RTM_GETROUTE")
    accuseMissingRoute(to: destination, by: right, goal, query, sent)
    return expected
  }

  /// The kernel sends by a gateway what is on the same segment: the sender has a wrong subnet, unless the gateway has
  /// an address in the destination's subnet.
  private mutating func wayIfForeign(
    _ way: ForwardingDecision, _ gateway: IPAddress?, _ query: RouteQuery, _ goal: LinkRef?
  ) -> ForwardingDecision? {
    guard let gateway, let goal, let out = way.out, goal.namespace != out.id.namespace,
      let far = snapshot.link(goal), far.has(query.destination)
    else { return nil }
    let reached = domain(of: out.id)
    guard reached.contains(goal) else { return nil }
    let router = reached.links.compactMap { snapshot.link($0) }.first { $0.has(gateway) && $0.id != out.id }
    let knows =
      router.flatMap { snapshot.namespaces[$0.id.namespace] }?.links.contains { link in
        link.addresses.contains { $0.local.shares(prefix: Int($0.prefixLength), with: query.destination) }
      } ?? true
    if knows { return nil }
    accuseMissingRoute(
      to: query.destination, by: out, goal, query,
      Explanation.Evidence("\(query.destination) goes by \(out.name) via \(gateway)", source: "RTM_GETROUTE"))
    return ForwardingDecision(out: out, nextHop: query.destination, mtu: way.mtu)
  }

  /// Accuses the lack of a route by a link that leads to the goal: it lacks an address, a prefix, or the route itself.
  mutating func accuseMissingRoute(
    to destination: IPAddress, by right: Link, _ goal: LinkRef, _ query: RouteQuery, _ sent: Explanation.Evidence
  ) {
    let here = query.namespace
    if right.state == .down {
      let step = current
      look(at: right, as: right.isBridge ? .bridge : .route)
      current = step
      check(.bad, "route", "none: \(right.name) is down, and its routes with it")
      return
    }
    let own = right.addresses.filter { $0.local.isIPv6 == destination.isIPv6 }
    let far = snapshot.link(goal)?.addresses.first { $0.local == destination }
    if own.allSatisfy({ $0.local.isLinkLocal }), !destination.isLinkLocal {
      let subnet = far.map { "the subnet of \($0.text)" } ?? "\(destination)"
      let code: CauseCode = right.isBridge && here != subject.source.namespace ? .bridgeDown : .noAddress
      let gateway = far.flatMap { gatewayAddress($0, of: goal) }
      accuse(
        finding(
          code, right, "\(place(right)) has no address in \(subnet)\(right.isBridge ? ": the bridge has lost it" : "")",
          [
            Explanation.Evidence(
              "\(right.name) has no \(destination.isIPv6 ? "IPv6" : "IPv4") address", source: "IFA_LOCAL"),
            sent,
          ],
          remedy: "ip address add \(gateway ?? "ADDRESS/PREFIX") dev \(PacketWalk.quoted(right.name))"),
        .certain, check: "route")
      return
    }
    let prefixes = own.filter { !$0.local.isLinkLocal }.map(\.text).joined(separator: ", ")
    if !own.contains(where: { $0.local.shares(prefix: Int($0.prefixLength), with: destination) }) {
      accuse(
        finding(
          .wrongSubnet, right,
          "\(destination) is not in the subnet of \(place(right)) (\(prefixes)), though both are on one segment",
          [Explanation.Evidence("\(right.name) has \(prefixes)", source: "IFA_LOCAL"), sent]
            + (far.map { [Explanation.Evidence("the other end has \($0.text)", source: "IFA_LOCAL")] } ?? []),
          remedy: remedyForPrefix(right, own, destination, far)), .certain, check: "route")
      return
    }
    accuse(
      finding(
        .noRoute, right, "\(name(here)) has no route to \(destination) by \(right.name), where it is",
        [Explanation.Evidence("\(right.name) has \(prefixes)", source: "IFA_LOCAL"), sent],
        remedy: "ip route add \(destination) dev \(PacketWalk.quoted(right.name))"), .certain, check: "route")
  }

  /// The prefix that would make both ends neighbours, if the other end has one that does.
  private func remedyForPrefix(
    _ link: Link, _ own: [InterfaceAddress], _ destination: IPAddress, _ far: InterfaceAddress?
  ) -> String {
    let device = PacketWalk.quoted(link.name)
    if let mine = own.first(where: { !$0.local.isLinkLocal }), let far,
      far.local.shares(prefix: Int(far.prefixLength), with: mine.local)
    {
      return "ip address add \(mine.local)/\(far.prefixLength) dev \(device)"
    }
    return "ip route add \(destination) dev \(device)"
  }

  /// The address and prefix that the goal's own routes expect its gateway to have, in the subnet of `address`.
  private mutating func gatewayAddress(_ address: InterfaceAddress, of goal: LinkRef) -> String? {
    let gateways = tables(goal.namespace)?.routes.flatMap(\.hops).compactMap(\.gateway) ?? []
    let gateway = gateways.first { address.local.shares(prefix: Int(address.prefixLength), with: $0) }
    return gateway.map { "\($0)/\(address.prefixLength)" }
  }

  // MARK: Without the kernel

  /// Where the kernel can't be asked, the addresses of the namespace say what is on its links.
  private mutating func guess(_ destination: IPAddress, in here: NamespaceID, _ goal: LinkRef?) -> ForwardingDecision? {
    let links = snapshot.namespaces[here]?.links ?? []
    if links.contains(where: { $0.has(destination) }) {
      check(.ok, "route", "\(destination) is its own address")
      return ForwardingDecision(out: nil, nextHop: nil, isLocal: true)
    }
    for link in links where link.state != .down && link.master == nil && !link.isLoopback {
      if link.addresses.contains(where: { $0.local.shares(prefix: Int($0.prefixLength), with: destination) }) {
        check(.ok, "route", "\(destination) is in the subnet of \(link.name)")
        return ForwardingDecision(out: link, nextHop: destination)
      }
    }
    check(.unknown, "route", "the kernel could not be asked")
    return expectedWay(to: destination, in: here, goal)
  }

  /// The way that the cables suggest: on the link that leads to the goal, else to a neighbour that routes.
  mutating func expectedWay(to destination: IPAddress?, in here: NamespaceID, _ goal: LinkRef?) -> ForwardingDecision? {
    guard let goal else { return nil }
    let preferred = [subject.source.link, subject.destination.link].compactMap { $0 }
    let links = (snapshot.namespaces[here]?.links ?? []).filter {
      !$0.isLoopback && !$0.isFallbackTunnel && ($0.master.flatMap { snapshot.link($0) }?.carriesFrames != true)
    }.sorted { a, b in (preferred.contains(a.id) ? 0 : 1, a.id) < (preferred.contains(b.id) ? 0 : 1, b.id) }
    let far = destination ?? (isReply ? subject.source.address : subject.destination.address)
    for link in links where goal.namespace != here && domain(of: link.id).contains(goal) {
      return ForwardingDecision(out: link, nextHop: far)
    }
    for link in links {
      let own = link.addresses.filter { $0.local.isIPv6 == far?.isIPv6 }
      let neighbors = domain(of: link.id).links.filter { $0.namespace != here }
      for neighbor in neighbors.compactMap({ snapshot.link($0) }) where neighbor.master == nil {
        for address in neighbor.addresses
        where own.contains(where: { $0.local.shares(prefix: Int($0.prefixLength), with: address.local) })
          && (neighbor.id.namespace == .host || neighbor.isBridge)
        {
          return ForwardingDecision(out: link, nextHop: address.local)
        }
      }
    }
    return nil
  }
}

extension RoutingRule {
  /// `blackhole`, `unreachable`, `prohibit`, of a rule that refuses.
  var action: String? {
    for field in fields where field.key == "action" {
      if case .text(let action) = field.value, action != "nop" { return action }
    }
    return nil
  }
}
