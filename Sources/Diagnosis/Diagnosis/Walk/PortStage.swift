internal import Netfilter
internal import Paths
internal import Topology

extension PacketWalk {
  /// Whether a bridge's port passes frames at all. Where the link is down, the port's state is only an effect of that.
  mutating func lookAt(port link: Link, of bridge: Link) {
    guard let port = link.port, link.state == .up, bridge.state != .down else { return }
    let before = current
    enter(link, .bridgePort)
    defer { current = before }
    guard port.state != .forwarding else { return check(.ok, "port", "forwarding") }
    var evidence = [Explanation.Evidence("\(link.name): state \(port.state.name)", source: "IFLA_BRPORT_STATE")]
    if bridge.bridge?.stp == true {
      evidence.append(
        Explanation.Evidence("\(bridge.name) runs the spanning tree protocol", source: "IFLA_BR_STP_STATE"))
    }
    let byTree = bridge.bridge?.stp == true
    accuse(
      finding(
        .portNotForwarding, link,
        "The port \(link.name) of \(bridge.title) is \(port.state.name), not forwarding"
          + (byTree ? ": the spanning tree holds it, up to 30 s after it came up" : ""), evidence,
        remedy: byTree ? nil : "bridge link set dev \(PacketWalk.quoted(link.name)) state 3"), .certain,
      check: "port")
  }

  mutating func lookAtIsolatedPorts(_ entry: Link, _ exit: Link, _ bridge: Link) {
    guard entry.port?.isolated == true, exit.port?.isolated == true else { return }
    // It holds for both ways.
    if isReply, accusations.contains(where: { $0.finding.code == .portIsolated && $0.finding.link == entry.id }) {
      return
    }
    let before = current
    enter(exit, .bridgePort)
    defer { current = before }
    accuse(
      finding(
        .portIsolated, exit,
        "The ports \(entry.name) and \(exit.name) of \(bridge.title) are both isolated: the bridge passes nothing from one to the other",
        [entry, exit].map { Explanation.Evidence("\($0.name): isolated on", source: "IFLA_BRPORT_ISOLATED") },
        remedy: "bridge link set dev \(PacketWalk.quoted(exit.name)) isolated off"), .certain, check: "port")
  }

  /// A frame without a tag belongs to the VLAN that the port says; the other port has to be in it.
  mutating func lookAtVLANs(_ entry: Link, _ exit: Link, _ bridge: Link) {
    guard bridge.bridge?.vlanFiltering == true, let vlans = tables(bridge.id.namespace)?.vlans else { return }
    guard let own = vlans[entry.id]?.first(where: \.isPVID)?.first else {
      guard vlans[entry.id] != nil else { return }
      accuse(
        finding(
          .vlanMismatch, entry, "The port \(entry.name) of \(bridge.title) takes no frames without a VLAN tag",
          [Explanation.Evidence("\(entry.name) has no PVID", source: "IFLA_BRIDGE_VLAN_INFO")],
          remedy: "bridge vlan add dev \(PacketWalk.quoted(entry.name)) vid 1 pvid untagged"), .certain,
        check: "vlan")
      return
    }
    let there = vlans[exit.id] ?? []
    if let match = there.first(where: { $0.first <= own && own <= $0.last }), match.isUntagged {
      return check(.ok, "vlan", "\(own) on both ports")
    }
    let list = there.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ", ")
    accuse(
      finding(
        .vlanMismatch, exit,
        "\(entry.name) is in VLAN \(own), and \(exit.name) is not: \(bridge.title) keeps them apart",
        [
          Explanation.Evidence("PVID of \(entry.name): \(own)", source: "IFLA_BRIDGE_VLAN_INFO"),
          Explanation.Evidence(
            "VLANs of \(exit.name): \(list.isEmpty ? "none" : list)", source: "IFLA_BRIDGE_VLAN_INFO"),
        ],
        remedy: "bridge vlan add dev \(PacketWalk.quoted(exit.name)) vid \(own) pvid untagged"), .certain,
      check: "vlan")
  }

  /// Where the bridge believes the destination to be, and what it does when it does not know.
  mutating func lookAtForwardingTable(_ bridge: Link, _ exit: Link, _ hardware: [UInt8]) {
    guard let tables = tables(bridge.id.namespace), !hardware.isEmpty else { return }
    let mac = Link.hardwareText(hardware)
    let entries = tables.fdb.filter { $0.hardwareAddress == hardware && $0.master == bridge.id }
    if entries.contains(where: { $0.link == exit.id }) { return check(.ok, "fdb", "\(mac) behind \(exit.name)") }
    if let wrong = entries.first, let port = snapshot.link(wrong.link) {
      let isStatic = wrong.isSet
      accuse(
        finding(
          .fdbWrongPort, port,
          "\(bridge.title) sends frames for \(mac) to \(port.name), and it lives behind \(exit.name)",
          [
            Explanation.Evidence(
              "\(mac) dev \(port.name) \(wrong.stateName)", source: "RTM_GETNEIGH, AF_BRIDGE"),
            Explanation.Evidence("\(mac) is the address of the link behind \(exit.name)", source: "IFLA_ADDRESS"),
          ],
          remedy: "bridge fdb del \(mac) dev \(PacketWalk.quoted(port.name)) master"),
        isStatic ? .certain : .likely, check: "fdb")
      return
    }
    guard let port = exit.port, !port.flood else { return }
    accuse(
      finding(
        .floodingOff, exit,
        "\(bridge.title) does not know where \(mac) is, and may not flood what it does not know to \(exit.name)",
        [
          Explanation.Evidence("no entry for \(mac)", source: "RTM_GETNEIGH, AF_BRIDGE"),
          Explanation.Evidence("\(exit.name): flood off", source: "IFLA_BRPORT_UNICAST_FLOOD"),
          Explanation.Evidence(
            "\(exit.name): learning \(port.learning ? "on" : "off")", source: "IFLA_BRPORT_LEARNING"),
        ],
        remedy: "bridge link set dev \(PacketWalk.quoted(exit.name)) flood on learning on"),
      port.learning ? .likely : .certain, check: "fdb")
  }

  // MARK: Neighbours

  /// Whom the sender takes for the next hop. `hardware` becomes the address that the frame carries.
  mutating func lookAtNeighbor(
    _ address: IPAddress, of out: Link, _ owner: Link, _ owners: [Link], _ hardware: inout [UInt8]
  ) {
    if out.isPointToPoint { return }
    let here = out.id.namespace
    let rows: [Neighbor]?
    if case .neighbors(let after)? = answers[.neighbors(here)] {
      rows = after
    } else {
      rows = tables(here)?.neighbors
    }
    let entry = rows?.first { $0.address == address && $0.link == out.id }
    let evidence = entry.map {
      Explanation.Evidence(
        "\(address) dev \(out.name) lladdr \(Link.hardwareText($0.hardwareAddress)) \($0.state.names.joined(separator: " "))",
        source: "RTM_GETNEIGH")
    }
    let tool = address.isIPv6 ? "ip -6 neigh" : "ip neigh"
    if let entry, let evidence, entry.isUsable, !entry.state.contains(.noARP), entry.hardwareAddress.count == 6 {
      if entry.hardwareAddress == owner.hardwareAddress {
        check(.ok, "neighbour", "\(address) is \(Link.hardwareText(entry.hardwareAddress))")
      } else if let twin = owners.first(where: { $0.hardwareAddress == entry.hardwareAddress }) {
        hardware = entry.hardwareAddress
        accuseTwins(address, owner, twin, [evidence], .certain)
        return
      } else {
        hardware = entry.hardwareAddress
        accuse(
          finding(
            .neighborWrongMAC, out,
            "\(name(here)) sends packets for \(address) to \(Link.hardwareText(entry.hardwareAddress)), which is not the address of \(place(owner))",
            [
              evidence,
              Explanation.Evidence("\(owner.name) has \(owner.hardwareAddressText)", source: "IFLA_ADDRESS"),
            ],
            remedy: "\(tool) del \(address) dev \(PacketWalk.quoted(out.name))"),
          entry.state.contains(.permanent) ? .certain : .likely, check: "neighbour")
      }
    }
    if let twin = owners.first(where: { $0.id != owner.id }) { accuseTwins(address, owner, twin, [], .likely) }
    if entry?.isUsable == true { return }
    for link in [out, owner] where link.flags.contains(.noARP) && !link.isPointToPoint && !address.isIPv6 {
      accuse(
        finding(
          .neighborOff, link, "\(place(link)) takes no part in ARP: nobody can find it, and it finds nobody",
          [Explanation.Evidence("IFF_NOARP is set on \(link.name)", source: "ifi_flags")],
          remedy: "ip link set dev \(PacketWalk.quoted(link.name)) arp on"), .certain, check: "neighbour")
    }
    if let entry, let evidence, !entry.state.isDisjoint(with: [.incomplete, .failed]) {
      accuse(
        finding(
          .neighborFailed, out, "\(name(here)) gets no answer when it asks who has \(address)", [evidence]), .likely,
        check: "neighbour")
    }
  }

  private mutating func accuseTwins(
    _ address: IPAddress, _ owner: Link, _ twin: Link, _ evidence: [Explanation.Evidence],
    _ strength: Accusation.Strength
  ) {
    accuse(
      finding(
        .duplicateAddress, twin, "\(address) is on \(place(twin)) as well as on \(place(owner))",
        [owner, twin].map { Explanation.Evidence("\(place($0)) has \(address)", source: "IFA_LOCAL") } + evidence,
        remedy: "ip address del \(address) dev \(PacketWalk.quoted(twin.name))"), strength, check: "neighbour")
  }

  /// Two cables of a segment whose far ends have one hardware address: the bridge sends to the one it heard last.
  mutating func lookForTwins(of owner: Link, in reached: BroadcastDomain) {
    guard !owner.isBridge, owner.hardwareAddress.count == 6 else { return }
    let twin = reached.links.compactMap { snapshot.link($0) }.first { link in
      link.id != owner.id && link.isPair && link.master == nil && link.id != owner.peerLink
        && link.hardwareAddress == owner.hardwareAddress && link.id.namespace != owner.id.namespace
    }
    guard let twin else { return }
    accuse(
      finding(
        .duplicateMAC, twin, "\(place(twin)) has the same hardware address as \(place(owner))",
        [owner, twin].map { Explanation.Evidence("\(place($0)): \($0.hardwareAddressText)", source: "IFLA_ADDRESS") },
        remedy: nil), .certain, check: "address")
  }
}
