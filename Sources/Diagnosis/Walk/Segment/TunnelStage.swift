internal import Conclusions
internal import Netfilter
internal import Paths
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

  /// What comes of it.
  enum Outcome: Sendable {
    /// Out of the far end, by that link.
    case far(Link)
    case beyond
    case lost
  }

  mutating func run() -> Outcome {
    walk.look(at: tunnel, as: .route)
    guard walk.tunnels.count < Self.depthLimit, !walk.tunnels.contains(tunnel.id) else { return .lost }
    guard let end = farEnd() else {
      // Whose hardware address nobody knows can't be looked up by it.
      let whom = hardware.isEmpty ? "\(nextHop)" : Link.hardwareText(hardware)
      walk.accuse(
        walk.finding(
          .tunnelMismatch, tunnel, "\(walk.place(tunnel)) has no far end for \(whom): its table does not know it",
          [Explanation.Evidence("no entry for \(whom) dev \(tunnel.name)", source: "RTM_GETNEIGH, AF_BRIDGE")]),
        .certain,
        check: "tunnel")
      return .lost
    }
    let known = walk.accusations.count
    let arrival = send(to: end)
    guard let arrival else {
      if !isOwned(end.address) { accuseStaleEntry(end, since: known) }
      return .lost
    }
    if arrival.isBeyond { return .beyond }
    return leave(at: arrival.namespace, end)
  }

  /// A tunnel in a tunnel in a tunnel is looked at no further.
  private static let depthLimit = 3

  /// A far end of the tunnel.
  private struct FarEnd {
    var address: IPAddress
    var vni: UInt64
    var port: UInt16
    /// Where it says so.
    var entry: String
  }

  private var vni: UInt64? { if case .number(let id)? = tunnel.fact("id") { id } else { nil } }

  private func port(of link: Link) -> UInt16 {
    if case .number(let port)? = link.fact("port") { return UInt16(clamping: port) }
    return 8472
  }

  private func address(_ key: String) -> IPAddress? {
    if case .text(let text)? = tunnel.fact(key) { IPAddress(text) } else { nil }
  }

  /// What the tunnel's own table, else its default, names for that hardware address.
  private mutating func farEnd() -> FarEnd? {
    let rows = walk.tables(tunnel.id.namespace)?.fdb.filter { $0.link == tunnel.id && $0.destination != nil } ?? []
    let zeros = [UInt8](repeating: 0, count: 6)
    let row = rows.first { $0.hardwareAddress == hardware } ?? rows.first { $0.hardwareAddress == zeros }
    if let row, let address = row.destination {
      return FarEnd(
        address: address, vni: row.vni.map(UInt64.init) ?? vni ?? 0, port: row.port ?? port(of: tunnel),
        entry: "\(Link.hardwareText(row.hardwareAddress)) dev \(tunnel.name) dst \(address)")
    }
    guard let remote = address("remote") ?? address("remote6") else { return nil }
    return FarEnd(
      address: remote, vni: vni ?? 0, port: port(of: tunnel), entry: "\(tunnel.name): remote \(remote)")
  }

  private func isOwned(_ address: IPAddress) -> Bool {
    walk.snapshot.namespaces.values.contains { $0.links.contains { $0.has(address) } }
  }

  /// The namespace that the tunnel's packets are sent in: where its lower link is, else where it is itself.
  private func underlay(of link: Link) -> NamespaceID { link.lower?.namespace ?? link.id.namespace }

  // MARK: The outer packet

  /// Follows the outer packet, and returns where it comes out; what is known of the inner one stays as it is.
  private mutating func send(to end: FarEnd) -> PacketWalk.Arrival? {
    var packet = Packet(
      family: end.address.isIPv6 ? .ipv6 : .ipv4, source: address("local") ?? address("local6"),
      destination: end.address, transport: .udp(source: nil, destination: end.port), connection: .new)
    packet.isLocallySent = true
    let goal = walk.snapshot.namespaces.values.lazy.flatMap(\.links).first { $0.has(end.address) }?.id
    var outer = walk
    outer.tunnels.append(tunnel.id)
    outer.beginOuter()
    outer.run { [tunnel] in TravelStage(walk: $0, packet: packet, from: underlay(of: tunnel), to: goal) }
    let arrival = outer.arrival
    outer.endOuter(like: walk)
    walk = outer
    return arrival
  }

  private mutating func accuseStaleEntry(_ end: FarEnd, since known: Int) {
    // That nobody has the address is what the table is wrong about.
    walk.accusations.removeSubrange(known...)
    walk.accuse(
      walk.finding(
        .tunnelMismatch, tunnel,
        "\(walk.place(tunnel)) sends frames for \(Link.hardwareText(hardware)) to \(end.address), which nobody has",
        [Explanation.Evidence(end.entry, source: "RTM_GETNEIGH, AF_BRIDGE")]), .certain, check: "tunnel")
  }

  // MARK: The far end

  private mutating func leave(at namespace: NamespaceID, _ end: FarEnd) -> Outcome {
    let ends = walk.snapshot.namespaces.values.flatMap(\.links).filter {
      $0.kind == "vxlan" && $0.id != tunnel.id && underlay(of: $0) == namespace
    }
    func number(_ link: Link) -> UInt64? { if case .number(let id)? = link.fact("id") { id } else { nil } }
    guard let far = ends.first(where: { number($0) == end.vni && port(of: $0) == end.port }) else {
      accuseMismatch(ends.map { ($0, number($0), port(of: $0)) }, namespace, end)
      return .lost
    }
    walk.look(at: far, as: .route)
    walk.check(.ok, "tunnel", "VNI \(end.vni) to \(end.address)")
    if far.has(nextHop), !hardware.isEmpty, far.hardwareAddress != hardware {
      walk.accuse(
        walk.finding(
          .tunnelMismatch, tunnel,
          "\(walk.place(tunnel)) sends frames for \(nextHop) to \(Link.hardwareText(hardware)), and \(walk.place(far)) has \(far.hardwareAddressText)",
          [
            Explanation.Evidence(
              "\(nextHop) lladdr \(Link.hardwareText(hardware)) dev \(tunnel.name)", source: "RTM_GETNEIGH"),
            Explanation.Evidence("\(far.name) has \(far.hardwareAddressText)", source: "IFLA_ADDRESS"),
          ]), .certain, check: "tunnel")
    }
    return .far(far)
  }

  private mutating func accuseMismatch(
    _ ends: [(link: Link, vni: UInt64?, port: UInt16)], _ namespace: NamespaceID, _ end: FarEnd
  ) {
    let there = walk.name(namespace)
    var evidence = [Explanation.Evidence("\(end.entry), VNI \(end.vni), port \(end.port)", source: "IFLA_VXLAN_ID")]
    var claim = "\(there) has no VXLAN with the number \(end.vni) on port \(end.port)"
    if let other = ends.first(where: { $0.port == end.port }) ?? ends.first {
      evidence.append(
        Explanation.Evidence("\(other.link.name): VNI \(other.vni ?? 0), port \(other.port)", source: "IFLA_VXLAN_ID"))
      claim =
        other.vni != end.vni
        ? "\(walk.place(tunnel)) sends with VNI \(end.vni), and \(walk.place(other.link)) has VNI \(other.vni ?? 0)"
        : "\(walk.place(tunnel)) sends to UDP port \(end.port), and \(walk.place(other.link)) listens on port \(other.port)"
    }
    walk.accuse(walk.finding(.tunnelMismatch, tunnel, claim, evidence), .certain, check: "tunnel")
  }
}

extension PacketWalk {
  /// The walk goes on with another packet that carries the one that was followed.
  fileprivate mutating func beginOuter() {
    arrival = nil
    passages = []
    translations = [:]
  }

  /// Goes on with the inner packet, as it was known before.
  fileprivate mutating func endOuter(like before: PacketWalk) {
    arrival = before.arrival
    passages = before.passages
    translations = before.translations
    sourceTranslatedBy = before.sourceTranslatedBy
    destinationTranslatedBy = before.destinationTranslatedBy
    tracked = before.tracked
    untrackedBy = before.untrackedBy
    ttlSetBy = before.ttlSetBy
    endpoints = before.endpoints
    largest = before.largest
    tunnels = before.tunnels
  }
}
