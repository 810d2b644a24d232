internal import Netfilter
internal import Paths
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
  let goal: LinkRef?
  /// Whether the link is where the packet begins its way.
  let isFirst: Bool
  /// The destination's address that the frame carries.
  var hardware: [UInt8] = []

  /// Returns where the frame comes out, and what it carries there.
  mutating func run() -> (exit: SegmentExit, packet: Packet) {
    let exit = cross()
    return (exit, packet)
  }

  private mutating func cross() -> SegmentExit {
    walk.look(at: out, as: isFirst ? .source : out.isBridge ? .bridge : .route)
    let reached = walk.domain(of: out.id)
    let owners = reached.links.compactMap { walk.snapshot.link($0) }.filter { $0.id != out.id && $0.has(nextHop) }
      .filter { $0.id.namespace != out.id.namespace }
    guard let owner = owners.first(where: { $0.id == goal }) ?? owners.first else {
      return leave(reached)
    }
    let way = (reached.ways[owner.id] ?? []).compactMap { walk.snapshot.link($0) }
    hardware = walk.run {
      NeighborStage(walk: $0, address: nextHop, out: out, owner: owner, owners: owners, reached: reached)
    }
    lookAtSiblings(way)
    let exit = follow(way)
    lookAtSizes(way)
    return exit
  }

  /// Nobody in the segment has the address.
  private mutating func leave(_ reached: BroadcastDomain) -> SegmentExit {
    if let goal, let far = walk.snapshot.link(goal), far.has(nextHop), !reached.contains(goal) {
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
    walk.accuse(
      walk.finding(
        .neighborFailed, out, "Nobody behind \(walk.place(out)) has the address \(nextHop)",
        [Explanation.Evidence("no link of that segment has \(nextHop)", source: "IFA_LOCAL")]), .certain,
      check: "neighbour")
    return .lost
  }

  /// The two are in one subnet, and no cable or bridge joins them.
  private mutating func accuseSeparation(from far: Link) {
    func end(_ link: Link) -> Link { walk.snapshot.peer(of: link) ?? link }
    let ports = [end(out), end(far)]
    for (port, owner) in zip(ports, [out, far]) where port.master == nil && !port.isBridge {
      if port.id == owner.id, port.isUplink { continue }
      let other = ports.compactMap(\.master).first.flatMap { walk.snapshot.link($0) }
      walk.accuse(
        walk.finding(
          .notABridgePort, port,
          "\(port.name), the other end of \(walk.place(owner)), is in no bridge",
          [Explanation.Evidence("\(port.name) has no master", source: "IFLA_MASTER")],
          remedy: other.map {
            "ip link set dev \(PacketWalk.quoted(port.name)) master \(PacketWalk.quoted($0.name))"
          }), .certain, check: "bridge")
      return
    }
    let bridges = ports.compactMap(\.master).compactMap { walk.snapshot.link($0) }
    guard bridges.count == 2, bridges[0].id != bridges[1].id else {
      walk.accuse(
        walk.finding(
          .differentBridges, far, "No cable or bridge joins \(walk.place(out)) and \(walk.place(far))",
          [Explanation.Evidence("they share no segment", source: "IFLA_LINK, IFLA_MASTER")]), .certain, check: "bridge")
      return
    }
    walk.accuse(
      walk.finding(
        .differentBridges, ports[1],
        "\(walk.place(out)) is on the bridge \(bridges[0].title) and \(walk.place(far)) on the bridge \(bridges[1].title), though both are in one subnet",
        [
          Explanation.Evidence("master of \(ports[0].name) is \(bridges[0].name)", source: "IFLA_MASTER"),
          Explanation.Evidence("master of \(ports[1].name) is \(bridges[1].name)", source: "IFLA_MASTER"),
        ],
        remedy: "ip link set dev \(PacketWalk.quoted(ports[1].name)) master \(PacketWalk.quoted(bridges[0].name))"
      ),
      .certain, check: "bridge")
  }

  private func role(of link: Link) -> Hop.Role {
    if link.isBridge { return .bridge }
    if link.master.flatMap({ walk.snapshot.link($0) })?.isBridge == true { return .bridgePort }
    return link.isPair ? .veth : .route
  }

  // MARK: Along the way

  /// From the sender along the links to the owner of the address.
  private mutating func follow(_ way: [Link]) -> SegmentExit {
    guard let owner = way.last else { return .lost }
    var port: Link?
    var didPrerouting = false
    for (number, link) in way.enumerated() {
      if number > 0 {
        walk.look(at: link, as: link.id == owner.id && link.id == goal ? .destination : role(of: link))
        // The end of a cable that a frame comes out of.
        if link.peerLink == way[number - 1].id { ingress(by: link) }
      }
      guard link.isBridge else { continue }
      let before = number > 0 && way[number - 1].master == link.id ? way[number - 1] : nil
      let after = number + 1 < way.count && way[number + 1].master == link.id ? way[number + 1] : nil
      (didPrerouting, packet) = walk.run { [packet, hardware] in
        BridgeStage(walk: $0, bridge: link, entry: before, exit: after, hardware: hardware, packet: packet)
      }
      port = before
    }
    return .link(owner, port: owner.isBridge ? port : nil, didPrerouting: owner.isBridge && didPrerouting)
  }

  private mutating func ingress(by link: Link) {
    let before = packet.inInterface
    packet.inInterface = link.name
    walk.filter(.ingress, &packet, in: link.id.namespace)
    packet.inInterface = before
  }
}
