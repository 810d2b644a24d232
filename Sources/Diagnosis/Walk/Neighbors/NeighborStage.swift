internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology

/// Whom a frame for an address is sent to: what the sender's neighbour table says, else who answers for it.
struct NeighborStage: WalkStage {
  var walk: PacketWalk
  let address: IPAddress
  /// The link that sends.
  let out: Link
  /// The source of the packet.
  let sender: IPAddress?
  /// Whether the address is that of a gateway, not the packet's destination.
  let isGateway: Bool
  let goal: LinkRef?
  /// What the frame comes to.
  let reached: BroadcastDomain

  /// The link that the frame comes to, and the destination's address that it carries.
  struct Recipient: Sendable {
    var link: Link
    var hardware: [UInt8]
    /// Whether the sender has to ask for the address first, and what its table says of that.
    var mustAsk = false
    var station: Station?
    var entry: Neighbor?
  }

  /// Returns who gets the frame; nil: nobody on the segment has to do with the address.
  mutating func run() -> Recipient? {
    let stations = walk.run { [address, out, sender, isGateway, goal, reached] in
      StationStage(
        walk: $0, address: address, out: out, sender: sender, isGateway: isGateway, goal: goal, reached: reached)
    }
    let entry = out.isPointToPoint ? nil : rows?.first { $0.address == address && $0.link == out.id }
    if let entry, entry.isUsable, !entry.state.contains(.noARP), entry.hardwareAddress.count == 6 {
      if let known = recipient(of: entry, stations) { return known }
    }
    guard let station = stations.first else { return nil }
    lookForTwins(stations)
    lookForTwinHardware(station)
    return Recipient(
      link: station.link, hardware: station.link.hardwareAddress,
      mustAsk: entry?.isUsable != true && !out.isPointToPoint, station: station, entry: entry)
  }

  /// The neighbours of the sender's namespace, after the probes where they were read again.
  private var rows: [Neighbor]? {
    mutating get {
      if case .neighbors(let after)? = walk.answers[.neighbors(out.id.namespace)] { return after }
      return walk.tables(out.id.namespace)?.neighbors
    }
  }

  private func evidence(_ entry: Neighbor) -> Explanation.Evidence { entry.evidence(on: out) }

  // MARK: What the table says

  /// The link whose hardware address the entry names; that of another link than the owner's is a finding. Nil: no link
  /// that the frame could come to has it.
  private mutating func recipient(of entry: Neighbor, _ stations: [Station]) -> Recipient? {
    let text = Link.hardwareText(entry.hardwareAddress)
    let known = reached.links.compactMap { walk.snapshot.link($0) }.filter {
      $0.hardwareAddress == entry.hardwareAddress && $0.id.namespace != out.id.namespace
        && $0.master.flatMap { walk.snapshot.link($0) }?.carriesFrames != true
    }
    let named = stations.first { station in known.contains { $0.id == station.link.id } }
    // Another link of the namespace that has the address takes it as well.
    let beside = known.first { link in stations.contains { $0.link.id.namespace == link.id.namespace } }
    if let link = named?.link ?? beside {
      if let owner = stations.first(where: \.isOwner), owner.link.id.namespace != link.id.namespace,
        named?.isOwner != true
      {
        accuseWrongMAC(entry, text, owner.link)
      } else {
        walk.check(.ok, Say.Walking.neighbour, Say.Neighbor.isHardware("\(address)", text))
        lookForTwins(stations, entry)
        if let named { lookForTwinHardware(named) }
      }
      return Recipient(link: link, hardware: entry.hardwareAddress)
    }
    guard let owner = stations.first(where: \.isOwner)?.link else {
      // A gateway that keeps its address to itself: whoever has that hardware address gets the frame.
      guard let link = known.first else { return nil }
      walk.check(.ok, Say.Walking.neighbour, Say.Neighbor.isHardware("\(address)", text, of: walk.place(link)))
      return Recipient(link: link, hardware: entry.hardwareAddress)
    }
    accuseWrongMAC(entry, text, owner)
    return Recipient(link: owner, hardware: entry.hardwareAddress)
  }

  private mutating func accuseWrongMAC(_ entry: Neighbor, _ text: String, _ owner: Link) {
    walk.accuse(
      walk.finding(
        .neighborWrongMAC, out,
        Say.Neighbor.wrongHardware(walk.name(out.id.namespace), "\(address)", text, not: walk.place(owner)),
        [
          evidence(entry),
          Explanation.Evidence(
            Say.Neighbor.hasHardware(owner.name, owner.hardwareAddressText), source: "IFLA_ADDRESS"),
        ],
        remedy: "\(address.isIPv6 ? "ip -6 neigh" : "ip neigh") del \(address) dev \(PacketWalk.quoted(out.name))"),
      entry.state.contains(.permanent) ? .certain : .likely, check: Say.Walking.neighbour)
  }

  /// Two namespaces that both answer for the address: whoever is heard first gets the packets.
  private mutating func lookForTwins(_ stations: [Station], _ entry: Neighbor? = nil) {
    let owners = stations.filter { $0.isOwner && $0.refusal == nil }.map(\.link)
    guard let owner = owners.first(where: { $0.id == goal }) ?? owners.first,
      let twin = owners.first(where: { $0.id.namespace != owner.id.namespace })
    else { return }
    let isHeard = entry.map { $0.hardwareAddress == twin.hardwareAddress } ?? false
    walk.accuse(
      walk.finding(
        .duplicateAddress, twin, Say.Neighbor.twins("\(address)", walk.place(twin), walk.place(owner)),
        [owner, twin].map {
          Explanation.Evidence(Say.Walking.has(walk.place($0), ["\(address)"]), source: "IFA_LOCAL")
        }
          + (entry.map { [evidence($0)] } ?? []),
        remedy: "ip address del \(address) dev \(PacketWalk.quoted(twin.name))"), isHeard ? .certain : .likely,
      check: Say.Walking.neighbour)
  }

  /// Two cables of a segment whose far ends have one hardware address: the bridge sends to the one it heard last.
  private mutating func lookForTwinHardware(_ station: Station) {
    let owner = station.link
    guard !owner.isBridge, owner.hardwareAddress.count == 6 else { return }
    let twin = reached.links.compactMap { walk.snapshot.link($0) }.first { link in
      link.id != owner.id && link.isPair && link.master == nil && link.id != owner.peerLink
        && link.hardwareAddress == owner.hardwareAddress && link.id.namespace != owner.id.namespace
    }
    guard let twin else { return }
    walk.accuse(
      walk.finding(
        .duplicateMAC, twin, Say.Neighbor.twinHardware(walk.place(twin), walk.place(owner)),
        [owner, twin].map {
          Explanation.Evidence(
            Say.Neighbor.hardware(walk.place($0), $0.hardwareAddressText), source: "IFLA_ADDRESS")
        },
        remedy: nil), .certain, check: Say.Walking.address)
  }
}
