internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// A frame's way through a VXLAN: which far end the tunnel's table names, how the outer packet gets there, and whether
/// the two ends agree (RFC 7348).
struct TunnelStage: WalkStage {
  var walk: PacketWalk
  /// The tunnel's near end.
  let tunnel: Link
  /// The destination's address in the frame; empty where nobody knows it: then the frame goes to all far ends.
  let hardware: [UInt8]
  let nextHop: IPAddress

  mutating func run() -> TunnelOutcome {
    walk.look(at: tunnel, as: .route)
    guard walk.canEnter(tunnel) else { return .lost }
    guard let end = farEnd() else {
      if tunnel.isExternal { return .beyond }
      // Whose hardware address nobody knows can't be looked up by it.
      let whom = hardware.isEmpty ? "\(nextHop)" : Link.hardwareText(hardware)
      walk.accuse(
        walk.finding(
          .tunnelMismatch, tunnel, Say.Tunnel.noFarEnd(walk.place(tunnel), for: whom),
          [Explanation.Evidence(Say.Tunnel.noEntry(for: whom, tunnel.name), source: "RTM_GETNEIGH, AF_BRIDGE")]),
        .certain, check: Say.Tunnel.title)
      return .lost
    }
    if end.address.isMulticast { return leave(byGroup: end) }
    let known = walk.accusations.count
    let arrival = send(to: end)
    guard let arrival else {
      if !walk.isOwned(end.address), walk.isOnlyAbsence(since: known) { accuseStaleEntry(end, since: known) }
      return .lost
    }
    if arrival.isBeyond { return .beyond }
    return leave(at: arrival.namespace, end)
  }

  /// A far end of the tunnel.
  private struct FarEnd {
    var address: IPAddress
    var vni: UInt64
    var port: UInt16
    /// Where it says so.
    var entry: String
  }

  private func port(of link: Link) -> UInt16 { link.number("port").map { UInt16(clamping: $0) } ?? 8472 }

  /// What the tunnel's own table, else its default, names for that hardware address.
  private mutating func farEnd() -> FarEnd? {
    let rows = walk.tables(tunnel.id.namespace)?.fdb.filter { $0.link == tunnel.id && $0.destination != nil } ?? []
    let zeros = [UInt8](repeating: 0, count: 6)
    let row = rows.first { $0.hardwareAddress == hardware } ?? rows.first { $0.hardwareAddress == zeros }
    if let row, let address = row.destination {
      return FarEnd(
        address: address, vni: row.vni.map(UInt64.init) ?? tunnel.number("id") ?? 0, port: row.port ?? port(of: tunnel),
        entry: "\(Link.hardwareText(row.hardwareAddress)) dev \(tunnel.name) dst \(address)")
    }
    guard let remote = tunnel.address("remote", "remote6") else { return nil }
    return FarEnd(
      address: remote, vni: tunnel.number("id") ?? 0, port: port(of: tunnel), entry: "\(tunnel.name): remote \(remote)")
  }

  // MARK: The outer packet

  private mutating func send(to end: FarEnd) -> PacketWalk.Arrival? {
    let packet = Packet(
      family: end.address.isIPv6 ? .ipv6 : .ipv4, source: tunnel.address("local", "local6"),
      destination: end.address, transport: .udp(source: nil, destination: end.port))
    return walk.follow(packet, of: tunnel, from: walk.underlay(of: tunnel))
  }

  private mutating func accuseStaleEntry(_ end: FarEnd, since known: Int) {
    // That nobody has the address is what the table is wrong about.
    walk.accusations.removeSubrange(known...)
    walk.accuse(
      walk.finding(
        .tunnelMismatch, tunnel,
        Say.Tunnel.framesToNobody(walk.place(tunnel), for: Link.hardwareText(hardware), to: "\(end.address)"),
        [Explanation.Evidence(end.entry, source: "RTM_GETNEIGH, AF_BRIDGE")]), .certain, check: Say.Tunnel.title)
  }

  // MARK: The far end

  /// To all that are in the group, on the segment of the link below: of them the one that has the next hop behind it.
  private mutating func leave(byGroup end: FarEnd) -> TunnelOutcome {
    guard let lower = tunnel.lower else { return .beyond }
    let segment = walk.domain(of: lower)
    let ends = walk.snapshot.namespaces.values.flatMap(\.links).filter { [tunnel] link in
      link.kind == "vxlan" && link.id != tunnel.id && link.number("id") == end.vni && port(of: link) == end.port
        && link.address("group", "group6") == end.address && link.lower.map(segment.contains) == true
    }
    let far = ends.first { far in
      let behind = walk.domain(of: far.id)
      return behind.links.contains { walk.snapshot.link($0)?.has(nextHop) == true }
    }
    guard let far else { return .beyond }
    walk.look(at: far, as: .route)
    walk.check(.ok, Say.Tunnel.title, Say.Tunnel.passes(vni: "\(end.vni)", toGroup: "\(end.address)"))
    return .far(far)
  }

  private mutating func leave(at namespace: NamespaceID, _ end: FarEnd) -> TunnelOutcome {
    let ends = walk.snapshot.namespaces.values.flatMap(\.links).filter {
      $0.kind == "vxlan" && $0.id != tunnel.id && walk.underlay(of: $0) == namespace
    }
    if ends.contains(where: { $0.isExternal && port(of: $0) == end.port }) { return .beyond }
    guard let far = ends.first(where: { $0.number("id") == end.vni && port(of: $0) == end.port }) else {
      accuseMismatch(ends.map { ($0, $0.number("id"), port(of: $0)) }, namespace, end)
      return .lost
    }
    walk.look(at: far, as: .route)
    walk.check(.ok, Say.Tunnel.title, Say.Tunnel.passes(vni: "\(end.vni)", to: "\(end.address)"))
    if far.has(nextHop), !hardware.isEmpty, far.hardwareAddress != hardware {
      walk.accuse(
        walk.finding(
          .tunnelMismatch, tunnel,
          Say.Tunnel.otherAddress(
            walk.place(tunnel), for: "\(nextHop)", to: Link.hardwareText(hardware), walk.place(far),
            has: far.hardwareAddressText),
          [
            Explanation.Evidence(
              "\(nextHop) lladdr \(Link.hardwareText(hardware)) dev \(tunnel.name)", source: "RTM_GETNEIGH"),
            Explanation.Evidence(Say.Neighbor.hasHardware(far.name, far.hardwareAddressText), source: "IFLA_ADDRESS"),
          ]), .certain, check: Say.Tunnel.title)
    }
    return .far(far)
  }

  private mutating func accuseMismatch(
    _ ends: [(link: Link, vni: UInt64?, port: UInt16)], _ namespace: NamespaceID, _ end: FarEnd
  ) {
    let (vni, port) = ("\(end.vni)", Int(end.port))
    var evidence = [
      Explanation.Evidence(Say.Tunnel.vxlan(entry: end.entry, vni: vni, port: port), source: "IFLA_VXLAN_ID")
    ]
    var claim = Say.Tunnel.noVXLAN(at: walk.name(namespace), vni: vni, port: port)
    if let other = ends.first(where: { $0.port == end.port }) ?? ends.first {
      let (here, there) = (walk.place(tunnel), walk.place(other.link))
      let (otherVNI, otherPort) = ("\(other.vni ?? 0)", Int(other.port))
      evidence.append(
        Explanation.Evidence(
          Say.Tunnel.vxlan(other.link.name, vni: otherVNI, port: otherPort), source: "IFLA_VXLAN_ID"))
      claim =
        other.vni != end.vni
        ? Say.Tunnel.otherVNI(here, vni, there, otherVNI) : Say.Tunnel.otherPort(here, port, there, otherPort)
    }
    walk.accuse(walk.finding(.tunnelMismatch, tunnel, claim, evidence), .certain, check: Say.Tunnel.title)
  }
}
