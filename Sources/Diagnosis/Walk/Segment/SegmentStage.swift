internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// Where a frame comes out.
enum SegmentExit: Sendable {
  /// In by that link; by that port of it, where it is a bridge; and whether the hook prerouting of IP has been called
  /// for it on the bridge already.
  case link(Link, port: Link?, didPrerouting: Bool)
  /// By that link out of the picture.
  case outside(Link)
  case lost
}

/// A frame's way from a link to whoever has the next hop's address: along cables and through bridges.
///
/// What is wrong on the way is written down, and the way is followed to its end all the same.
struct SegmentStage: WalkStage {
  var walk: PacketWalk
  let out: Link
  let nextHop: IPAddress
  var packet: Packet
  /// Of the route; nil: it has none.
  let mtu: UInt32?
  /// The route that was taken, where it is known.
  let route: RouteEntry?
  let goal: LinkRef?
  /// Whether the link is where the packet begins its way.
  let isFirst: Bool
  /// The bridge's port that a packet came in by whose destination was translated on the bridge: it is never routed, and
  /// a bridge sends nothing back by the port that it came in by (`br_nf_pre_routing_finish`).
  var bridgedFrom: LinkRef?
  /// The destination's address that the frame carries.
  var hardware: [UInt8] = []
  /// The tags that it had at the end of the last way.
  var carried: FrameTags?

  /// Returns where the frame comes out, and what it carries there.
  mutating func run() -> (exit: SegmentExit, packet: Packet) {
    let exit = cross()
    return (exit, packet)
  }

  private mutating func cross() -> SegmentExit {
    walk.look(at: out, as: isFirst ? .source : out.isBridge ? .bridge : .route)
    if let exit = leaveByItself() { return exit }
    let reached = walk.domain(of: out.id)
    let sender = packet.source
    let recipient = walk.run { [packet, nextHop, out, goal] in
      NeighborStage(
        walk: $0, address: nextHop, out: out, sender: packet.source, isGateway: nextHop != packet.destination,
        goal: goal, reached: reached)
    }
    guard let recipient else { return leave(reached) }
    if !out.isPointToPoint { packet.sourceMAC = out.hardwareAddress }
    let way = (reached.ways[recipient.link.id] ?? []).compactMap { walk.snapshot.link($0) }
    hardware = recipient.hardware
    lookAtHairpin(way)
    lookAtSiblings(way)
    let asking = walk.current
    let exit = follow(way)
    if recipient.mustAsk, let station = recipient.station {
      // What stops the packet itself stops the question, too, and is what is to be said.
      let last = walk.current
      walk.current = asking
      walk.run { [packet, nextHop, out] in
        QuestionStage(
          walk: $0, address: nextHop, out: out, sender: sender ?? packet.source, station: station,
          entry: recipient.entry, way: way)
      }
      walk.current = last
    }
    lookAtSizes(way)
    return exit
  }

  /// Nobody in the segment has the address.
  private mutating func leave(_ reached: BroadcastDomain) -> SegmentExit {
    if let exit = leaveByTunnel(reached) { return exit }
    if let goal, let far = walk.snapshot.link(goal), far.has(nextHop), !reached.contains(goal), out.isNeighbor(of: far)
    {
      if let exit = followWithOtherTags(to: far) { return exit }
      accuseSeparation(from: far)
      walk.look(at: far, as: .destination)
      return .link(far, port: nil, didPrerouting: false)
    }
    if let uplink = reached.links.compactMap({ walk.snapshot.link($0) }).first(where: { $0.isUplink }) {
      for link in (reached.ways[uplink.id] ?? []).dropFirst().compactMap({ walk.snapshot.link($0) }) {
        walk.look(at: link, as: role(of: link))
      }
      return .outside(uplink)
    }
    accuseAbsence()
    return .lost
  }

  /// Where the link is a tunnel of packets, which has no segment; nil: it is none.
  private mutating func leaveByItself() -> SegmentExit? {
    let outcome: TunnelOutcome
    if out.kind == "wireguard" {
      outcome = walk.run { [packet, out] in WireGuardStage(walk: $0, tunnel: out, packet: packet) }
    } else if out.isFixedTunnelOfPackets {
      outcome = walk.run { [out] in FixedTunnelStage(walk: $0, tunnel: out) }
    } else {
      return nil
    }
    switch outcome {
    case .far(let far): return .link(far, port: nil, didPrerouting: false)
    case .beyond: return .outside(out)
    case .lost: return .lost
    }
  }

  /// Through a tunnel of the segment, to whoever is behind its far end; nil: the segment has none.
  private mutating func leaveByTunnel(_ reached: BroadcastDomain) -> SegmentExit? {
    // The address that the frame is for: what the sender knows, else that of the one who is meant.
    let entry = walk.tables(out.id.namespace)?.neighbors.first {
      $0.address == nextHop && $0.link == out.id && $0.isUsable
    }
    let owner = goal.flatMap { walk.snapshot.link($0) }.flatMap { $0.has(nextHop) ? $0 : nil }
    hardware = entry?.hardwareAddress ?? owner?.hardwareAddress ?? []
    guard let tunnel = tunnel(of: reached) else { return nil }
    _ = follow((reached.ways[tunnel.id] ?? []).compactMap { walk.snapshot.link($0) })
    let outcome =
      tunnel.isFixedTunnel
      ? walk.run { FixedTunnelStage(walk: $0, tunnel: tunnel) }
      : walk.run { [hardware, nextHop] in
        TunnelStage(walk: $0, tunnel: tunnel, hardware: hardware, nextHop: nextHop)
      }
    switch outcome {
    case .beyond: return .outside(tunnel)
    case .lost: return .lost
    case .far(let far):
      if far.master == nil { return .link(far, port: nil, didPrerouting: false) }
      let beyond = walk.domain(of: far.id)
      let takers = beyond.links.compactMap { walk.snapshot.link($0) }.filter { $0.has(nextHop) }
      guard let taker = takers.first(where: { $0.id == goal }) ?? takers.first else { return .lost }
      return follow((beyond.ways[taker.id] ?? []).compactMap { walk.snapshot.link($0) }, tags: carried)
    }
  }

  /// The tunnel of the segment that the frame goes by: the one behind which the bridge has heard the address, else one with
  /// an end of its number beside the goal. Nil: there is none.
  private mutating func tunnel(of reached: BroadcastDomain) -> Link? {
    let tunnels = reached.links.compactMap { walk.snapshot.link($0) }.filter {
      $0.kind == "vxlan" || $0.isFixedTunnelOfFrames
    }
    if tunnels.count < 2 { return tunnels.first }
    for tunnel in tunnels {
      let rows = walk.tables(tunnel.id.namespace)?.fdb ?? []
      if rows.contains(where: { $0.link == tunnel.id && $0.master != nil && $0.hardwareAddress == hardware }) {
        return tunnel
      }
    }
    guard let goal else { return tunnels.first }
    let ends = walk.domain(of: goal).links.compactMap { walk.snapshot.link($0) }
    return tunnels.first { tunnel in
      ends.contains { $0.id != tunnel.id && $0.kind == tunnel.kind && $0.number("id") == tunnel.number("id") }
    } ?? tunnels.first
  }

  /// Nobody on the segment has the next hop: where the destination lies elsewhere, the route is what is wrong.
  private mutating func accuseAbsence() {
    if walk.isReply, nextHop == packet.destination,
      walk.accuseSource(
        nextHop,
        [Explanation.Evidence(Say.Segment.nobodyBehind(walk.place(out), has: "\(nextHop)"), source: "IFA_LOCAL")])
    {
      return walk.check(.bad, Say.Walking.neighbour, Say.Segment.nobodyThere(has: "\(nextHop)"))
    }
    var evidence = [Explanation.Evidence(Say.Segment.noLink(has: "\(nextHop)"), source: "IFA_LOCAL")]
    if let route { evidence.append(Explanation.Evidence(walk.text(of: route), source: "RTM_GETROUTE dump")) }
    if let route, route.destination == nil || route.prefixLength == 0, nextHop == packet.destination {
      walk.accuse(
        walk.finding(
          .otherWay, out,
          Say.Segment.falseNeighbor(
            "\(nextHop)", of: walk.name(out.id.namespace), on: out.name, by: walk.text(of: route)),
          evidence), .certain, check: Say.Walking.neighbour)
      return
    }
    walk.accuse(
      walk.finding(
        .neighborFailed, out, Say.Segment.absent("\(nextHop)", behind: walk.place(out)), evidence), .certain,
      check: Say.Walking.neighbour)
  }

  /// The two are in one subnet, and no cable or bridge joins them.
  private mutating func accuseSeparation(from far: Link) {
    let ports = [lastLink(of: out), lastLink(of: far)]
    for (port, owner) in zip(ports, [out, far])
    where port.master == nil && !port.isBridge
      && port.addresses.allSatisfy({ $0.local.isLinkLocal && $0.local.isIPv6 })
    {
      // One that is routed by is no port that got lost.
      if port.id == owner.id || walk.leads(by: port) { continue }
      let other = ports.compactMap(\.master).first.flatMap { walk.snapshot.link($0) }
      walk.accuse(
        walk.finding(
          .notABridgePort, port,
          Say.Segment.noBridge(port.name, peerOf: walk.place(owner)),
          [Explanation.Evidence(Say.Segment.noMaster(port.name), source: "IFLA_MASTER")],
          remedy: other.map {
            "ip link set dev \(PacketWalk.quoted(port.name)) master \(PacketWalk.quoted($0.name))"
          }), .certain, check: Say.Segment.bridgeTitle)
      return
    }
    let bridges = ports.compactMap(\.master).compactMap { walk.snapshot.link($0) }
    guard bridges.count == 2, bridges[0].id != bridges[1].id else {
      walk.accuse(
        walk.finding(
          .differentBridges, far, Say.Segment.separate(walk.place(out), walk.place(far)),
          [Explanation.Evidence(Say.Segment.noCommonSegment, source: "IFLA_LINK, IFLA_MASTER")]), .certain,
        check: Say.Segment.bridgeTitle)
      return
    }
    walk.accuse(
      walk.finding(
        .differentBridges, ports[1],
        Say.Segment.differentBridges(
          walk.place(out), on: bridges[0].title, walk.place(far), on: bridges[1].title),
        [
          Explanation.Evidence(Say.Segment.master(of: ports[0].name, bridges[0].name), source: "IFLA_MASTER"),
          Explanation.Evidence(Say.Segment.master(of: ports[1].name, bridges[1].name), source: "IFLA_MASTER"),
        ],
        remedy: "ip link set dev \(PacketWalk.quoted(ports[1].name)) master \(PacketWalk.quoted(bridges[0].name))"
      ),
      .certain, check: Say.Segment.bridgeTitle)
  }

  /// The far end of the cable that a link's frames go by: of a bond that of a member, of a VLAN its parent's.
  private func lastLink(of link: Link) -> Link {
    var link = link
    for _ in 0..<4 {
      let next = walk.subject.graph.links(below: link).lazy.compactMap { walk.snapshot.link($0) }.first
      guard let next else { break }
      link = next
    }
    return walk.snapshot.peer(of: link) ?? link
  }

  private func role(of link: Link) -> Hop.Role {
    if link.isBridge { return .bridge }
    if link.master.flatMap({ walk.snapshot.link($0) })?.isBridge == true { return .bridgePort }
    return link.isPair ? .veth : .route
  }

  private mutating func lookAtHairpin(_ way: [Link]) {
    guard let bridgedFrom, way.count > 1, way[1].id == bridgedFrom, way[1].port?.hairpin == false else { return }
    let port = way[1]
    walk.accuse(
      walk.finding(
        .hairpinOff, port,
        Say.BridgePort.hairpinOff(port.name, of: out.title),
        [Explanation.Evidence("\(port.name): hairpin off", source: "IFLA_BRPORT_MODE")],
        remedy: "bridge link set dev \(PacketWalk.quoted(port.name)) hairpin on"), .certain,
      check: Say.BridgePort.title)
  }

  // MARK: Along the way

  /// From the sender along the links to the owner of the address.
  mutating func follow(_ way: [Link], tags start: FrameTags? = FrameTags()) -> SegmentExit {
    guard let owner = way.last else { return .lost }
    var port: Link?
    var didPrerouting = false
    var tags = start
    for (number, link) in way.enumerated() {
      if number > 0 {
        walk.look(at: link, as: link.id == owner.id && link.id == goal ? .destination : role(of: link))
      }
      if number + 1 < way.count { lookAtPolicy(link) }
      // The end of a cable that a frame comes out of; else the device hands it on.
      if number > 0, link.peerLink == way[number - 1].id {
        passDevice(link, .ingress)
      } else if number + 1 < way.count, number == 0 || !link.isBridge {
        passDevice(link, .egress)
      }
      if number > 0 { tag(&tags, from: way[number - 1], to: link) }
      guard link.isBridge else { continue }
      let before = number > 0 && way[number - 1].master == link.id ? way[number - 1] : nil
      let after = number + 1 < way.count && way[number + 1].master == link.id ? way[number + 1] : nil
      let taker = FrameTags.taker(behind: after == nil ? number : number + 1, of: way)
      let outcome = walk.run { [packet, hardware, out, tags] in
        BridgeStage(
          walk: $0, bridge: link, entry: before, exit: after, source: out.hardwareAddress, hardware: hardware,
          packet: packet, tags: tags, taker: taker)
      }
      (didPrerouting, packet, tags) = (outcome.didPrerouting, outcome.packet, outcome.tags)
      port = before
      // Under which number of a tunnel a VLAN goes is not followed.
      if [before, after].contains(where: { $0?.slaveFact("vlan_tunnel") == .flag(true) }) { tags = nil }
    }
    carried = tags
    if owner.kind != "vxlan", !owner.isFixedTunnelOfFrames { lookAtTags(tags, at: owner) }
    return .link(owner, port: owner.isBridge ? port : nil, didPrerouting: owner.isBridge && didPrerouting)
  }

  /// A frame at a device, on its way in or out: the hooks of the netdev family, and what else is attached there.
  private mutating func passDevice(_ link: Link, _ hook: Hook) {
    let before = (packet.inInterface, packet.outInterface)
    if hook == .ingress { packet.inInterface = link.name } else { packet.outInterface = link.name }
    walk.filter(hook, &packet, in: link.id.namespace)
    (packet.inInterface, packet.outInterface) = before
  }
}

extension PacketWalk {
  /// Whether a route of a link's namespace leads by it to more than its own subnet.
  fileprivate mutating func leads(by link: Link) -> Bool {
    tables(link.id.namespace)?.routes.contains { route in
      route.type == "unicast" && route.hops.contains { $0.link == link.id } && route.destination?.isLinkLocal != true
        && route.destination?.bytes.first != 0xFF
    } ?? false
  }
}
