internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
package import Topology

/// Where a namespace sends a packet.
package struct ForwardingDecision: Sendable {
  package var out: Link?
  /// Whom the frame is for: the gateway, or the destination itself.
  package var nextHop: IPAddress?
  package var isLocal = false
  /// Bytes, of the route.
  package var mtu: UInt32?
  /// The route that was taken, where the tables list it.
  package var route: RouteEntry?
}

/// A namespace's routing decision: what the kernel says, else what its tables and addresses say.
///
/// Where the kernel refuses, that is a finding, and the answer is the way that the packet would have to take.
struct RoutingStage: WalkStage {
  var walk: PacketWalk
  let packet: Packet
  let here: NamespaceID
  /// The link that it came in by; nil: the namespace itself sends it.
  let incoming: Link?
  let goal: LinkRef?

  mutating func run() -> ForwardingDecision? {
    guard let destination = packet.destination else {
      walk.check(.unknown, Say.Walking.route, Say.Routing.destinationUnknown)
      return expectedWay(to: nil)
    }
    if destination.isIPv6, destination.isLinkLocal, let incoming, incoming.has(destination) {
      // The kernel would have to be told the interface, and then says nothing of local addresses.
      walk.check(.ok, Say.Walking.route, Say.Routing.isOwn("\(destination)"))
      return ForwardingDecision(out: nil, nextHop: nil, isLocal: true)
    }
    var query = RouteQuery(namespace: here, destination: destination)
    // Of others the kernel does not want to hear (`rtm_getroute_parse_ip_proto`).
    query.protocolNumber = packet.transport.flatMap { [1, 6, 17, 58].contains($0.number) ? $0.number : nil }
    query.destinationPort = packet.transport?.port
    query.mark = packet.mark ?? 0
    if incoming != nil || (ownsSource && !isSourceOpen) { query.source = packet.source }
    query.inLink = incoming?.id
    if destination.isLinkLocal, destination.isIPv6, incoming == nil {
      query.outLink = walk.isReply ? walk.arrival?.link : walk.subject.source.link
    }
    if incoming == nil, let device = walk.device(of: walk.tunnels.last, in: here) { query.outLink = device }
    switch walk.ask(.route(query)) {
    case .route(.route(let decision))?: return accept(decision, query)
    case .route(.refused(let errno, let message))?:
      return refuse(errno, message, query)
    default: return guess(destination)
    }
  }

  /// The kernel chooses the source only after the route: of an echo, where nobody named one.
  private var isSourceOpen: Bool {
    walk.subject.leavesSource && !walk.isReply && packet.transport?.port == nil
  }

  private var ownsSource: Bool {
    guard let source = packet.source, let namespace = walk.snapshot.namespaces[here] else { return false }
    return namespace.links.contains { $0.has(source) }
  }

  // MARK: The kernel has a route

  private mutating func accept(_ decision: RouteDecision, _ query: RouteQuery) -> ForwardingDecision? {
    switch decision.type {
    case "local":
      if let goal, goal.namespace != here, !isTranslated(query.destination) {
        if !walk.isJoined(here, goal.namespace) {
          takeForOther(query.destination, goal)
          return ForwardingDecision(out: nil, nextHop: nil, isLocal: true)
        }
        accuseDoubleAddress(query.destination, goal)
        return expectedWay(to: query.destination)
      }
      walk.check(.ok, Say.Walking.route, Say.Routing.isOwn("\(query.destination)"))
      return ForwardingDecision(out: nil, nextHop: nil, isLocal: true)
    case "blackhole", "unreachable", "prohibit", "throw":
      accuseRejection(decision.type, query)
      return expectedWay(to: query.destination)
    default: break
    }
    guard let out = decision.outLink.flatMap({ walk.snapshot.link($0) }) else {
      walk.check(.unknown, Say.Walking.route, Say.Routing.linkUnseen)
      return expectedWay(to: query.destination)
    }
    var way = ForwardingDecision(out: out, nextHop: decision.gateway ?? query.destination, mtu: decision.mtu)
    way.route = entry(of: decision, to: query.destination)
    if let better = wayIfForeign(way, decision.gateway, query) { return better }
    if let better = wayIfAstray(way, decision, query) { return better }
    if incoming != nil, query.destination.isIPv6 { lookAtForwardingOfIPv6() }
    let text =
      if let gateway = decision.gateway {
        Say.Routing.by("\(query.destination)", out.name, gateway: "\(gateway)")
      } else {
        Say.Routing.by("\(query.destination)", out.name)
      }
    walk.check(.ok, Say.Walking.route, text)
    return way
  }

  private func isTranslated(_ address: IPAddress) -> Bool { address != walk.subject.destination.address }

  private mutating func accuseDoubleAddress(_ address: IPAddress, _ goal: LinkRef) {
    let owner = walk.snapshot.namespaces[here]?.links.first { $0.has(address) }
    let other = walk.snapshot.link(goal).map(walk.place) ?? walk.name(goal.namespace)
    walk.accuse(
      walk.finding(
        .duplicateAddress, owner, in: here,
        Say.Routing.isAddressToo("\(address)", of: walk.name(here), and: other),
        [
          Explanation.Evidence(Say.Routing.takesAsOwn(walk.name(here), "\(address)"), source: "RTM_GETROUTE"),
          Explanation.Evidence(Say.Routing.hasToo(other, "\(address)"), source: "IFA_LOCAL"),
        ],
        remedy: owner.map { "ip address del \(address) dev \(PacketWalk.quoted($0.name))" }), .certain,
      check: Say.Walking.route)
  }

  /// The address is this namespace's by right, and the other one that has it lies in a world of its own, as the containers of
  /// another engine do: nothing is wrong with either, and what is sent from here comes here.
  private mutating func takeForOther(_ address: IPAddress, _ goal: LinkRef) {
    let owner = walk.snapshot.namespaces[here]?.links.first { $0.has(address) }
    let other = walk.snapshot.link(goal).map(walk.place) ?? walk.name(goal.namespace)
    let finding = walk.finding(
      .differentBridges, owner, in: here,
      Say.Routing.isAddressHere("\(address)", of: walk.name(here), apartFrom: other),
      [
        Explanation.Evidence(Say.Routing.takesAsOwn(walk.name(here), "\(address)"), source: "RTM_GETROUTE"),
        Explanation.Evidence(Say.Routing.hasToo(other, "\(address)"), source: "IFA_LOCAL"),
      ])
    if !walk.isReply { walk.impostor = finding }
    walk.accuse(finding, .certain, check: Say.Walking.route)
  }

  /// A route that leads out of the picture, while the goal is on another link of this namespace.
  mutating func wayIfAstray(
    _ way: ForwardingDecision, _ decision: RouteDecision, _ query: RouteQuery
  ) -> ForwardingDecision? {
    let destination = query.destination
    guard let goal, let out = way.out, goal.namespace != out.id.namespace else { return nil }
    let reached = walk.domain(of: out.id)
    if reached.contains(goal) || walk.isKeptApartByTags(out, goal) { return nil }
    // Through a gateway that we know it may well get there.
    if let gateway = decision.gateway,
      reached.links.contains(where: { walk.snapshot.link($0)?.has(gateway) == true && $0 != out.id })
    {
      return nil
    }
    guard let expected = expectedWay(to: destination), let right = expected.out,
      right.id != out.id, walk.domain(of: right.id).contains(goal)
    else { return nil }
    if accuseOtherWay(decision, query, by: right) { return expected }
    let going =
      if let gateway = decision.gateway {
        Say.Routing.goes("\(destination)", by: out.name, gateway: "\(gateway)")
      } else {
        Say.Routing.goes("\(destination)", by: out.name)
      }
    let sent = Explanation.Evidence(going, source: "RTM_GETROUTE")
    accuseMissingRoute(to: destination, by: right, goal, sent)
    return expected
  }

  /// The kernel sends by a gateway what is on the same segment: the sender has a wrong subnet, unless the gateway has
  /// an address in the destination's subnet.
  private mutating func wayIfForeign(
    _ way: ForwardingDecision, _ gateway: IPAddress?, _ query: RouteQuery
  ) -> ForwardingDecision? {
    guard let gateway, let goal, let out = way.out, goal.namespace != out.id.namespace,
      let far = walk.snapshot.link(goal), far.has(query.destination)
    else { return nil }
    let reached = walk.domain(of: out.id)
    guard reached.contains(goal) else { return nil }
    let router = reached.links.compactMap { walk.snapshot.link($0) }.first { $0.has(gateway) && $0.id != out.id }
    let knows =
      router.flatMap { walk.snapshot.namespaces[$0.id.namespace] }?.links.contains { link in
        link.addresses.contains { $0.local.shares(prefix: Int($0.prefixLength), with: query.destination) }
      } ?? true
    if knows { return nil }
    accuseMissingRoute(
      to: query.destination, by: out, goal,
      Explanation.Evidence(
        Say.Routing.goes("\(query.destination)", by: out.name, gateway: "\(gateway)"), source: "RTM_GETROUTE"))
    return ForwardingDecision(out: out, nextHop: query.destination, mtu: way.mtu)
  }

  // MARK: Without the kernel

  /// Where the kernel can't be asked, the addresses of the namespace say what is on its links.
  private mutating func guess(_ destination: IPAddress) -> ForwardingDecision? {
    let links = walk.snapshot.namespaces[here]?.links ?? []
    if links.contains(where: { $0.has(destination) }) {
      walk.check(.ok, Say.Walking.route, Say.Routing.isOwn("\(destination)"))
      return ForwardingDecision(out: nil, nextHop: nil, isLocal: true)
    }
    for link in links where link.state != .down && link.master == nil && !link.isLoopback {
      if link.addresses.contains(where: { $0.local.shares(prefix: Int($0.prefixLength), with: destination) }) {
        walk.check(.ok, Say.Walking.route, Say.Routing.isInSubnet("\(destination)", of: link.name))
        return ForwardingDecision(out: link, nextHop: destination)
      }
    }
    walk.check(.unknown, Say.Walking.route, Say.Routing.kernelNotAsked)
    return expectedWay(to: destination)
  }

  /// The way that the cables suggest: on the link that leads to the goal, else to a neighbour that routes.
  mutating func expectedWay(to destination: IPAddress?) -> ForwardingDecision? {
    guard let goal else { return nil }
    let preferred = [walk.sourceLink, walk.subject.destination.link].compactMap { $0 }
    let links = (walk.snapshot.namespaces[here]?.links ?? []).filter {
      !$0.isLoopback && !$0.isFallbackTunnel && ($0.master.flatMap { walk.snapshot.link($0) }?.carriesFrames != true)
    }.sorted { a, b in (preferred.contains(a.id) ? 0 : 1, a.id) < (preferred.contains(b.id) ? 0 : 1, b.id) }
    let far = destination ?? (walk.isReply ? walk.subject.source.address : walk.subject.destination.address)
    for link in links where goal.namespace != here && walk.domain(of: link.id).contains(goal) {
      return ForwardingDecision(out: link, nextHop: far)
    }
    for link in links {
      let own = link.addresses.filter { $0.local.isIPv6 == far?.isIPv6 }
      let neighbors = walk.domain(of: link.id).links.filter { $0.namespace != here }
      for neighbor in neighbors.compactMap({ walk.snapshot.link($0) }) where neighbor.master == nil {
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
