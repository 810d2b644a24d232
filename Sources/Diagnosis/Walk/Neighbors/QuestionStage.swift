internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// What becomes of the question who has an address: whether the one who should answer does, and whether question and
/// answer get through.
struct QuestionStage: WalkStage {
  var walk: PacketWalk
  let address: IPAddress
  /// The link that asks.
  let out: Link
  /// The address that it asks for.
  let sender: IPAddress?
  let station: Station
  /// What its neighbour table says of the address.
  let entry: Neighbor?
  /// From the link that asks to the station.
  let way: [Link]

  mutating func run() {
    if let refusal = station.refusal { return accuse(refusal) }
    for link in [out, station.link] where link.flags.contains(.noARP) && !link.isPointToPoint && !address.isIPv6 {
      walk.accuse(
        walk.finding(
          .neighborOff, link, Say.Neighbor.takesNoPart(walk.place(link)),
          [Explanation.Evidence(Say.Neighbor.isSet("IFF_NOARP", on: link.name), source: "ifi_flags")],
          remedy: "ip link set dev \(PacketWalk.quoted(link.name)) arp on"), .certain, check: Say.Walking.neighbour)
    }
    walk.run { [address, sender, way] in SolicitationStage(walk: $0, address: address, sender: sender, way: way) }
    if let entry, !entry.state.isDisjoint(with: [.incomplete, .failed]) {
      walk.accuse(
        walk.finding(
          .neighborFailed, out, Say.Neighbor.noAnswer(walk.name(out.id.namespace), about: "\(address)"),
          [entry.evidence(on: out)]), .likely, check: Say.Walking.neighbour)
    }
  }

  private mutating func accuse(_ refusal: Station.Refusal) {
    let (link, here) = (station.link, station.link.id.namespace)
    let whose = walk.name(here)
    var facts = entry.map { [$0.evidence(on: out)] } ?? []
    var code = CauseCode.nobodyAnswersFor
    let claim: String
    switch refusal {
    case .arpIgnore(let key, let value):
      let holder = if case .elsewhere(let holder) = station.claim { holder } else { link }
      claim =
        Say.Neighbor.arpIgnored(whose, "\(address)", holder: holder.name, link: link.name, value: value)
      facts.append(Explanation.Evidence("\(key) = \(value)", source: "/proc/sys, ip-sysctl"))
    case .otherLink:
      let holder = if case .elsewhere(let holder) = station.claim { holder } else { link }
      claim = Say.Neighbor.onOtherLink(whose, "\(address)", holder: holder.name, link: link.name)
      facts.append(Explanation.Evidence(Say.Walking.has(holder.name, ["\(address)"]), source: "IFA_LOCAL"))
    case .unusable(let own):
      code = .addressUnusable
      claim = walk.claimUnusable(own, on: link)
      facts.append(own.flagEvidence)
    case .noRoute:
      claim = Say.Neighbor.proxyHasNoRoute(whose, "\(address)", link: link.name)
      facts.append(
        Explanation.Evidence(Say.Neighbor.noRoute(to: "\(address)", inBy: link.name), source: "RTM_GETROUTE"))
    case .noProxy:
      claim = Say.Neighbor.proxyOff(whose, "\(address)", link: link.name, setting: "proxy_arp")
      facts.append(
        Explanation.Evidence("net.ipv4.conf.\(link.name).proxy_arp = 0", source: "/proc/sys, ip-sysctl"))
    case .noNeighborProxy(let isOn, let hasEntry): return accuseNeighborProxy(isOn, hasEntry, facts)
    }
    walk.accuse(walk.finding(code, link, claim, facts), .certain, check: Say.Walking.neighbour)
  }

  /// IPv6 answers for others only where both the setting and an entry say so.
  private mutating func accuseNeighborProxy(_ isOn: Bool, _ hasEntry: Bool, _ facts: [Explanation.Evidence]) {
    let link = station.link
    let key = "net.ipv6.conf.\(link.name).proxy_ndp"
    var facts = facts
    var commands: [String] = []
    facts.append(Explanation.Evidence("\(key) = \(isOn ? 1 : 0)", source: "/proc/sys, ip-sysctl"))
    if !isOn { commands.append("sysctl -w \(PacketWalk.quoted(key))=1") }
    if !hasEntry {
      facts.append(
        Explanation.Evidence(
          Say.Neighbor.isNotPrinted("\(address) dev \(link.name)", by: "ip neigh show proxy"), source: "RTM_GETNEIGH"))
      commands.append("ip -6 neigh add proxy \(address) dev \(PacketWalk.quoted(link.name))")
    }
    let whose = walk.name(link.id.namespace)
    let claim =
      isOn
      ? Say.Neighbor.noProxyEntry(whose, "\(address)", link: link.name)
      : Say.Neighbor.proxyOff(whose, "\(address)", link: link.name, setting: "proxy_ndp")
    walk.accuse(
      walk.finding(.nobodyAnswersFor, link, claim, facts, remedy: commands.joined(separator: " && ")),
      .certain, check: Say.Walking.neighbour)
  }
}

extension Neighbor {
  /// As `ip neigh` prints it.
  func evidence(on link: Link) -> Explanation.Evidence {
    Explanation.Evidence(
      "\(address) dev \(link.name) lladdr \(Link.hardwareText(hardwareAddress)) \(state.names.joined(separator: " "))",
      source: "RTM_GETNEIGH")
  }
}
