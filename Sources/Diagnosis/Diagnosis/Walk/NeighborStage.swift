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
    let entry = rows?.first { $0.address == address && $0.link == out.id }
    if let entry, compare(entry) { return }
    if let twin = owners.first(where: { $0.id != owner.id }) { accuseTwins(twin, [], .likely) }
    if entry?.isUsable == true { return }
    for link in [out, owner] where link.flags.contains(.noARP) && !link.isPointToPoint && !address.isIPv6 {
      walk.accuse(
        walk.finding(
          .neighborOff, link, "\(walk.place(link)) takes no part in ARP: nobody can find it, and it finds nobody",
          [Explanation.Evidence("IFF_NOARP is set on \(link.name)", source: "ifi_flags")],
          remedy: "ip link set dev \(PacketWalk.quoted(link.name)) arp on"), .certain, check: "neighbour")
    }
    if let entry, !entry.state.isDisjoint(with: [.incomplete, .failed]) {
      walk.accuse(
        walk.finding(
          .neighborFailed, out, "\(walk.name(out.id.namespace)) gets no answer when it asks who has \(address)",
          [evidence(entry)]), .likely, check: "neighbour")
    }
  }

  /// The neighbours of the sender's namespace, after the probes where they were read again.
  private var rows: [Neighbor]? {
    mutating get {
      if case .neighbors(let after)? = walk.answers[.neighbors(out.id.namespace)] { return after }
      return walk.tables(out.id.namespace)?.neighbors
    }
  }

  private func evidence(_ entry: Neighbor) -> Explanation.Evidence {
    Explanation.Evidence(
      "\(address) dev \(out.name) lladdr \(Link.hardwareText(entry.hardwareAddress)) \(entry.state.names.joined(separator: " "))",
      source: "RTM_GETNEIGH")
  }

  /// Whether the entry is the owner's; true where it is a twin's, who is named then.
  private mutating func compare(_ entry: Neighbor) -> Bool {
    guard entry.isUsable, !entry.state.contains(.noARP), entry.hardwareAddress.count == 6 else { return false }
    let text = Link.hardwareText(entry.hardwareAddress)
    if entry.hardwareAddress == owner.hardwareAddress {
      walk.check(.ok, "neighbour", "\(address) is \(text)")
      return false
    }
    hardware = entry.hardwareAddress
    if let twin = owners.first(where: { $0.hardwareAddress == entry.hardwareAddress }) {
      accuseTwins(twin, [evidence(entry)], .certain)
      return true
    }
    walk.accuse(
      walk.finding(
        .neighborWrongMAC, out,
        "\(walk.name(out.id.namespace)) sends packets for \(address) to \(text), which is not the address of \(walk.place(owner))",
        [
          evidence(entry),
          Explanation.Evidence("\(owner.name) has \(owner.hardwareAddressText)", source: "IFLA_ADDRESS"),
        ],
        remedy: "\(address.isIPv6 ? "ip -6 neigh" : "ip neigh") del \(address) dev \(PacketWalk.quoted(out.name))"),
      entry.state.contains(.permanent) ? .certain : .likely, check: "neighbour")
    return false
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
