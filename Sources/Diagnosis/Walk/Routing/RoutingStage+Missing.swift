internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
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
      walk.check(.bad, "route", "none: \(right.name) is down, and its routes with it")
      return
    }
    if walk.accuseSource(destination, [sent]) { return walk.check(.bad, "route", sent.fact) }
    let own = right.addresses.filter { $0.local.isIPv6 == destination.isIPv6 }
    let far = walk.snapshot.link(goal)?.addresses.first { $0.local == destination }
    if own.allSatisfy({ $0.local.isLinkLocal }), !destination.isLinkLocal {
      return accuseMissingAddress(of: right, destination, far, sent)
    }
    let prefixes = own.filter { !$0.local.isLinkLocal }.map(\.text).joined(separator: ", ")
    let evidence = [Explanation.Evidence("\(right.name) has \(prefixes)", source: "IFA_LOCAL"), sent]
    if !own.contains(where: { $0.local.shares(prefix: Int($0.prefixLength), with: destination) }) {
      walk.accuse(
        walk.finding(
          .wrongSubnet, right,
          "\(destination) is not in the subnet of \(walk.place(right)) (\(prefixes)), though both are on one segment",
          evidence + (far.map { [Explanation.Evidence("the other end has \($0.text)", source: "IFA_LOCAL")] } ?? []),
          remedy: remedyForPrefix(right, own, destination, far)), .certain, check: "route")
      return
    }
    walk.accuse(
      walk.finding(
        .noRoute, right, "\(walk.name(here)) has no route to \(destination) by \(right.name), where it is", evidence,
        remedy: "ip route add \(destination) dev \(PacketWalk.quoted(right.name))"), .certain, check: "route")
  }

  /// A link without an address of the family can't have a route to what is on it.
  private mutating func accuseMissingAddress(
    of right: Link, _ destination: IPAddress, _ far: InterfaceAddress?, _ sent: Explanation.Evidence
  ) {
    let subnet = far.map { "the subnet of \($0.text)" } ?? "\(destination)"
    let code: CauseCode = right.isBridge && here != walk.subject.source.namespace ? .bridgeDown : .noAddress
    let gateway = far.flatMap { address in goal.flatMap { gatewayAddress(address, of: $0) } }
    let family = destination.isIPv6 ? "IPv6" : "IPv4"
    walk.accuse(
      walk.finding(
        code, right,
        "\(walk.place(right)) has no address in \(subnet)\(right.isBridge ? ": the bridge has lost it" : "")",
        [Explanation.Evidence("\(right.name) has no \(family) address", source: "IFA_LOCAL"), sent],
        remedy: gateway.map { "ip address add \($0) dev \(PacketWalk.quoted(right.name))" }),
      .certain, check: "route")
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
