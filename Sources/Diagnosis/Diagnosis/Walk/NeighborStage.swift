internal import Netfilter
internal import Paths
internal import Topology

/// Whom a link takes for the owner of an address: its neighbour table, and who else has the address.
struct NeighborStage: WalkStage {
  var walk: PacketWalk
  let address: IPAddress
  /// The link that sends.
  let out: Link
  /// The link that has the address, of `owners` the one that is meant.
  let owner: Link
  let owners: [Link]
  /// What the frame comes to.
  let reached: BroadcastDomain
  /// The destination's address that the frame carries.
  private var hardware: [UInt8]

  init(walk: PacketWalk, address: IPAddress, out: Link, owner: Link, owners: [Link], reached: BroadcastDomain) {
    self.walk = walk
    self.address = address
    self.out = out
    self.owner = owner
    self.owners = owners
    self.reached = reached
    hardware = owner.hardwareAddress
  }

  /// Returns the hardware address that the frame is sent to.
  mutating func run() -> [UInt8] {
    lookAtNeighbor()
    lookForTwins()
    return hardware
  }

  /// Whom the sender takes for the next hop. `hardware` becomes the address that the frame carries.
  private mutating func lookAtNeighbor() {
    if out.isPointToPoint { return }
    let here = out.id.namespace
    let rows: [Neighbor]?
    if case .neighbors(let after)? = walk.answers[.neighbors(here)] {
      rows = after
    } else {
      rows = walk.tables(here)?.neighbors
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
        walk.check(.ok, "neighbour", "\(address) is \(Link.hardwareText(entry.hardwareAddress))")
      } else if let twin = owners.first(where: { $0.hardwareAddress == entry.hardwareAddress }) {
        hardware = entry.hardwareAddress
        accuseTwins(twin, [evidence], .certain)
        return
      } else {
        hardware = entry.hardwareAddress
        walk.accuse(
          walk.finding(
            .neighborWrongMAC, out,
            "\(walk.name(here)) sends packets for \(address) to \(Link.hardwareText(entry.hardwareAddress)), which is not the address of \(walk.place(owner))",
            [
              evidence,
              Explanation.Evidence("\(owner.name) has \(owner.hardwareAddressText)", source: "IFLA_ADDRESS"),
            ],
            remedy: "\(tool) del \(address) dev \(PacketWalk.quoted(out.name))"),
          entry.state.contains(.permanent) ? .certain : .likely, check: "neighbour")
      }
    }
    if let twin = owners.first(where: { $0.id != owner.id }) { accuseTwins(twin, [], .likely) }
    if entry?.isUsable == true { return }
    for link in [out, owner] where link.flags.contains(.noARP) && !link.isPointToPoint && !address.isIPv6 {
      walk.accuse(
        walk.finding(
          .neighborOff, link, "\(walk.place(link)) takes no part in ARP: nobody can find it, and it finds nobody",
          [Explanation.Evidence("IFF_NOARP is set on \(link.name)", source: "ifi_flags")],
          remedy: "ip link set dev \(PacketWalk.quoted(link.name)) arp on"), .certain, check: "neighbour")
    }
    if let entry, let evidence, !entry.state.isDisjoint(with: [.incomplete, .failed]) {
      walk.accuse(
        walk.finding(
          .neighborFailed, out, "\(walk.name(here)) gets no answer when it asks who has \(address)", [evidence]),
        .likely,
        check: "neighbour")
    }
  }

  private mutating func accuseTwins(
    _ twin: Link, _ evidence: [Explanation.Evidence],
    _ strength: Accusation.Strength
  ) {
    walk.accuse(
      walk.finding(
        .duplicateAddress, twin, "\(address) is on \(walk.place(twin)) as well as on \(walk.place(owner))",
        [owner, twin].map { Explanation.Evidence("\(walk.place($0)) has \(address)", source: "IFA_LOCAL") } + evidence,
        remedy: "ip address del \(address) dev \(PacketWalk.quoted(twin.name))"), strength, check: "neighbour")
  }

  /// Two cables of a segment whose far ends have one hardware address: the bridge sends to the one it heard last.
  private mutating func lookForTwins() {
    guard !owner.isBridge, owner.hardwareAddress.count == 6 else { return }
    let twin = reached.links.compactMap { walk.snapshot.link($0) }.first { link in
      link.id != owner.id && link.isPair && link.master == nil && link.id != owner.peerLink
        && link.hardwareAddress == owner.hardwareAddress && link.id.namespace != owner.id.namespace
    }
    guard let twin else { return }
    walk.accuse(
      walk.finding(
        .duplicateMAC, twin, "\(walk.place(twin)) has the same hardware address as \(walk.place(owner))",
        [owner, twin].map {
          Explanation.Evidence("\(walk.place($0)): \($0.hardwareAddressText)", source: "IFLA_ADDRESS")
        },
        remedy: nil), .certain, check: "address")
  }
}
