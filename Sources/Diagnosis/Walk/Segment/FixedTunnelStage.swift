internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// A packet's way through a tunnel whose far end is set once and for all: GRE (RFC 2784, 2890), IP in IP (RFC 2003, 4213,
/// 2473), ERSPAN, GENEVE (RFC 8926).
struct FixedTunnelStage: WalkStage {
  var walk: PacketWalk
  /// The tunnel's near end.
  let tunnel: Link

  mutating func run() -> TunnelOutcome {
    walk.look(at: tunnel, as: .route)
    guard walk.canEnter(tunnel) else { return .lost }
    // One that takes its far end from each packet, or from a route, is led by what can't be seen here.
    guard let remote = tunnel.address("remote", "remote6"), !remote.isMulticast else { return .beyond }
    let packet = Packet(
      family: remote.isIPv6 ? .ipv6 : .ipv4, source: tunnel.address("local", "local6"), destination: remote,
      transport: tunnel.carrier)
    let known = walk.accusations.count
    guard let arrival = walk.follow(packet, of: tunnel, from: walk.underlay(of: tunnel)) else {
      if !walk.isOwned(remote), walk.isOnlyAbsence(since: known) {
        walk.accusations.removeSubrange(known...)
        accuse(Say.Tunnel.farEndOfNobody(walk.place(tunnel), "\(remote)"), [])
      }
      return .lost
    }
    if arrival.isBeyond || walk.isBeyondView(arrival.namespace) { return .beyond }
    return leave(at: arrival, remote)
  }

  private mutating func leave(at arrival: PacketWalk.Arrival, _ remote: IPAddress) -> TunnelOutcome {
    let sender = arrival.packet.source
    let ends = walk.snapshot.namespaces.values.flatMap(\.links).filter { [walk] link in
      link.kind == tunnel.kind && link.id != tunnel.id && !link.isFallbackTunnel
        && walk.underlay(of: link) == arrival.namespace && link.address("local", "local6").map { $0 == remote } ?? true
    }
    let meant = ends.first { $0.takes(sender) && $0.agrees(with: tunnel) } ?? ends.first { $0.takes(sender) }
    // One that takes all numbers hands them on to whom can't be seen.
    if meant?.agrees(with: tunnel) != true, ends.contains(where: \.isExternal) { return .beyond }
    guard let near = meant ?? ends.first else {
      accuse(
        Say.Tunnel.noTunnel(of: tunnel.kind, at: walk.name(arrival.namespace), with: "\(remote)"),
        [Explanation.Evidence(Say.Tunnel.noLink(of: tunnel.kind, local: "\(remote)"), source: "IFLA_INFO_KIND")])
      return .lost
    }
    guard near.agrees(with: tunnel) else {
      let (name, mine, other) = tunnel.numbers(against: near)
      accuse(
        Say.Tunnel.otherNumber(walk.place(tunnel), name, mine, walk.place(near), other),
        [
          Explanation.Evidence("\(walk.place(tunnel)): \(name) \(mine)", source: "IFLA_INFO_DATA"),
          Explanation.Evidence("\(walk.place(near)): \(name) \(other)", source: "IFLA_INFO_DATA"),
        ])
      return .lost
    }
    if let sender, !near.takes(sender), let wanted = near.address("remote", "remote6") {
      accuse(
        Say.Tunnel.otherSender(walk.place(near), wants: "\(wanted)", walk.place(tunnel), from: "\(sender)"),
        [Explanation.Evidence("\(near.name): remote \(wanted)", source: "IFLA_INFO_DATA")])
      return .lost
    }
    walk.look(at: near, as: .route)
    walk.check(.ok, Say.Tunnel.title, Say.Tunnel.passes(kind: tunnel.kind, to: "\(remote)"))
    return .far(near)
  }

  private mutating func accuse(_ claim: String, _ evidence: [Explanation.Evidence]) {
    let remote = tunnel.address("remote", "remote6").map {
      Explanation.Evidence("\(tunnel.name): remote \($0)", source: "IFLA_INFO_DATA")
    }
    walk.accuse(
      walk.finding(.tunnelMismatch, tunnel, claim, [remote].compactMap(\.self) + evidence), .certain,
      check: Say.Tunnel.title)
  }
}
