internal import Netfilter
internal import Paths
internal import Topology

extension PacketWalk {
  /// Takes a frame from a link to whoever has the next hop's address: along cables and through bridges.
  ///
  /// What is wrong on the way is written down, and the way is followed to its end all the same.
  mutating func cross(
    from out: Link, to nextHop: IPAddress, packet: inout Packet, mtu: UInt32?, goal: LinkRef?, isFirst: Bool
  ) -> SegmentExit {
    look(at: out, as: isFirst ? .source : out.isBridge ? .bridge : .route)
    let reached = domain(of: out.id)
    let owners = reached.links.compactMap { snapshot.link($0) }.filter { $0.id != out.id && $0.has(nextHop) }
      .filter { $0.id.namespace != out.id.namespace }
    guard let owner = owners.first(where: { $0.id == goal }) ?? owners.first else {
      return leave(out, nextHop, reached, goal)
    }
    let way = (reached.ways[owner.id] ?? []).compactMap { snapshot.link($0) }
    var hardware = owner.hardwareAddress
    lookAtNeighbor(nextHop, of: out, owner, owners, &hardware)
    lookAtSiblings(way)
    lookForTwins(of: owner, in: reached)
    let arrival = walk(way, &packet, hardware: hardware, goal: goal)
    lookAtSizes(way, routeMTU: mtu)
    return arrival
  }

  /// Nobody in the segment has the address.
  private mutating func leave(
    _ out: Link, _ nextHop: IPAddress, _ reached: BroadcastDomain, _ goal: LinkRef?
  ) -> SegmentExit {
    if let goal, let far = snapshot.link(goal), far.has(nextHop), !reached.contains(goal) {
      accuseSeparation(out, far)
      look(at: far, as: .destination)
      return .link(far, port: nil, didPrerouting: false)
    }
    if let uplink = reached.links.compactMap({ snapshot.link($0) }).first(where: { $0.isUplink }) {
      for link in (reached.ways[uplink.id] ?? []).dropFirst().compactMap({ snapshot.link($0) }) {
        look(at: link, as: role(of: link))
      }
      return .outside(uplink)
    }
    accuse(
      finding(
        .neighborFailed, out, "Nobody behind \(place(out)) has the address \(nextHop)",
        [Explanation.Evidence("no link of that segment has \(nextHop)", source: "IFA_LOCAL")]), .certain,
      check: "neighbour")
    return .lost
  }

  /// The two are in one subnet, and no cable or bridge joins them.
  private mutating func accuseSeparation(_ out: Link, _ far: Link) {
    func end(_ link: Link) -> Link { snapshot.peer(of: link) ?? link }
    let ports = [end(out), end(far)]
    for (port, owner) in zip(ports, [out, far]) where port.master == nil && !port.isBridge {
      if port.id == owner.id, port.isUplink { continue }
      let other = ports.compactMap(\.master).first.flatMap { snapshot.link($0) }
      accuse(
        finding(
          .notABridgePort, port,
          "\(port.name), the other end of \(place(owner)), is in no bridge",
          [Explanation.Evidence("\(port.name) has no master", source: "IFLA_MASTER")],
          remedy: other.map {
            "ip link set dev \(PacketWalk.quoted(port.name)) master \(PacketWalk.quoted($0.name))"
          }), .certain, check: "bridge")
      return
    }
    let bridges = ports.compactMap(\.master).compactMap { snapshot.link($0) }
    guard bridges.count == 2, bridges[0].id != bridges[1].id else {
      accuse(
        finding(
          .differentBridges, far, "No cable or bridge joins \(place(out)) and \(place(far))",
          [Explanation.Evidence("they share no segment", source: "IFLA_LINK, IFLA_MASTER")]), .certain, check: "bridge")
      return
    }
    accuse(
      finding(
        .differentBridges, ports[1],
        "\(place(out)) is on the bridge \(bridges[0].title) and \(place(far)) on the bridge \(bridges[1].title), though both are in one subnet",
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
    if link.master.flatMap({ snapshot.link($0) })?.isBridge == true { return .bridgePort }
    return link.isPair ? .veth : .route
  }

  // MARK: Along the way

  /// From the sender along the links to the owner of the address.
  private mutating func walk(_ way: [Link], _ packet: inout Packet, hardware: [UInt8], goal: LinkRef?) -> SegmentExit {
    guard let owner = way.last else { return .lost }
    var port: Link?
    var didPrerouting = false
    for (number, link) in way.enumerated() {
      if number > 0 {
        look(at: link, as: link.id == owner.id ? (link.id == goal ? .destination : role(of: link)) : role(of: link))
        // The end of a cable that a frame comes out of.
        if link.peerLink == way[number - 1].id { ingress(&packet, by: link) }
      }
      guard link.isBridge else { continue }
      let before = number > 0 && way[number - 1].master == link.id ? way[number - 1] : nil
      let after = number + 1 < way.count && way[number + 1].master == link.id ? way[number + 1] : nil
      didPrerouting = pass(link, from: before, to: after, &packet, hardware: hardware)
      port = before
    }
    return .link(owner, port: owner.isBridge ? port : nil, didPrerouting: owner.isBridge && didPrerouting)
  }

  private mutating func ingress(_ packet: inout Packet, by link: Link) {
    let before = packet.inInterface
    packet.inInterface = link.name
    filter(.ingress, &packet, in: link.id.namespace)
    packet.inInterface = before
  }

  /// Through a bridge, from one of its ports, or from itself (nil), to another, or to itself. Returns whether IP's
  /// prerouting has seen the frame.
  private mutating func pass(
    _ bridge: Link, from entry: Link?, to exit: Link?, _ packet: inout Packet, hardware: [UInt8]
  ) -> Bool {
    for port in [entry, exit].compactMap(\.self) { lookAt(port: port, of: bridge) }
    if let entry, let exit {
      lookAtIsolatedPorts(entry, exit, bridge)
      lookAtVLANs(entry, exit, bridge)
    }
    if let exit { lookAtForwardingTable(bridge, exit, hardware) }
    let here = bridge.id.namespace
    let key = subject.isIPv6 ? "net.bridge.bridge-nf-call-ip6tables" : "net.bridge.bridge-nf-call-iptables"
    let callsIP = sysctl(key, in: here) == "1"
    let saved = packet
    defer {
      // Beyond the bridge the packet is as it was, but for what was translated.
      packet.inInterface = saved.inInterface
      packet.outInterface = saved.outInterface
      packet.physicalIn = saved.physicalIn
      packet.physicalOut = saved.physicalOut
      packet.inBridge = nil
      packet.outBridge = nil
    }
    packet.destinationMAC = hardware
    func frame(_ hook: Hook) {
      packet.inInterface = entry?.name ?? ""
      packet.outInterface = hook == .prerouting ? "" : exit?.name ?? ""
      packet.inBridge = entry == nil ? nil : bridge.name
      packet.outBridge = exit == nil || hook == .prerouting ? nil : bridge.name
      filter(hook, &packet, in: here, layer: .bridge)
    }
    func asIP(_ hook: Hook) {
      packet.connection = state(in: here)
      packet.inInterface = hook == .postrouting ? "" : bridge.name
      packet.outInterface = hook == .prerouting ? "" : bridge.name
      packet.physicalIn = entry?.name ?? ""
      packet.physicalOut = hook == .prerouting ? "" : exit?.name ?? ""
      filter(hook, &packet, in: here)
    }
    guard entry != nil else {
      frame(.output)
      frame(.postrouting)
      return false
    }
    frame(.prerouting)
    if callsIP { asIP(.prerouting) }
    guard exit != nil else {
      frame(.input)
      return callsIP
    }
    frame(.forward)
    if callsIP { asIP(.forward) }
    frame(.postrouting)
    if callsIP { asIP(.postrouting) }
    return callsIP
  }
}
