internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// What it means that no route leads to where the destination is.
extension RoutingStage {
  /// Accuses the lack of a route by a link that leads to the goal: it lacks an address, a prefix, or the route itself.
  mutating func accuseMissingRoute(
    to destination: IPAddress, by right: Link, _ goal: LinkRef, _ sent: Explanation.Evidence
  ) {
    if right.state == .down {
      let step = walk.current
      walk.look(at: right, as: right.isBridge ? .bridge : .route)
      walk.current = step
      walk.check(.bad, Say.Walking.route, Say.Routing.routesDown(with: right.name))
      return
    }
    if walk.accuseSource(destination, [sent]) { return walk.check(.bad, Say.Walking.route, sent.fact) }
    let own = right.addresses.filter { $0.local.isIPv6 == destination.isIPv6 }
    let far = walk.snapshot.link(goal)?.addresses.first { $0.local == destination }
    if own.allSatisfy({ $0.local.isLinkLocal }), !destination.isLinkLocal {
      return accuseMissingAddress(of: right, destination, far, sent)
    }
    let prefixes = own.filter { !$0.local.isLinkLocal }.map(\.text)
    let evidence = [Explanation.Evidence(Say.Walking.has(right.name, prefixes), source: "IFA_LOCAL"), sent]
    if !own.contains(where: { $0.local.shares(prefix: Int($0.prefixLength), with: destination) }) {
      walk.accuse(
        walk.finding(
          .wrongSubnet, right,
          Say.Routing.wrongSubnet("\(destination)", walk.place(right), prefixes),
          evidence + (far.map { [Explanation.Evidence(Say.Routing.otherEndHas($0.text), source: "IFA_LOCAL")] } ?? []),
          remedy: remedyForPrefix(right, own, destination, far)), .certain, check: Say.Walking.route)
      return
    }
    walk.accuse(
      walk.finding(
        .noRoute, right, Say.Routing.noRoute(walk.name(here), to: "\(destination)", by: right.name), evidence,
        remedy: "ip route add \(destination) dev \(PacketWalk.quoted(right.name))"), .certain, check: Say.Walking.route)
  }

  /// A link without an address of the family can't have a route to what is on it.
  private mutating func accuseMissingAddress(
    of right: Link, _ destination: IPAddress, _ far: InterfaceAddress?, _ sent: Explanation.Evidence
  ) {
    let place = walk.place(right)
    let claim =
      if let far {
        Say.Routing.noAddress(place, inSubnetOf: far.text, isBridge: right.isBridge)
      } else {
        Say.Routing.noAddress(place, in: "\(destination)", isBridge: right.isBridge)
      }
    let code: CauseCode = right.isBridge && here != walk.subject.source.namespace ? .bridgeDown : .noAddress
    let gateway = far.flatMap { address in goal.flatMap { gatewayAddress(address, of: $0) } }
    let family = destination.isIPv6 ? "IPv6" : "IPv4"
    walk.accuse(
      walk.finding(
        code, right, claim,
        [Explanation.Evidence(Say.Ends.noAddress(right.name, family: family), source: "IFA_LOCAL"), sent],
        remedy: gateway.map { "ip address add \($0) dev \(PacketWalk.quoted(right.name))" }),
      .certain, check: Say.Walking.route)
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
    let gateways = walk.tables(goal.namespace)?.routes.flatMap(\.hops).compactMap(\.gateway) ?? []
    let gateway = gateways.first { address.local.shares(prefix: Int(address.prefixLength), with: $0) }
    return gateway.map { "\($0)/\(address.prefixLength)" }
  }
}
