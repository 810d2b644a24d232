internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
package import Topology

/// Who on a segment answers for an address, and who should and does not (arp(7), ip-sysctl).
struct StationStage: WalkStage {
  var walk: PacketWalk
  let address: IPAddress
  /// The link that asks.
  let out: Link
  /// The address that it asks for.
  let sender: IPAddress?
  /// Whether the address is that of a gateway, not the packet's destination.
  let isGateway: Bool
  let goal: LinkRef?
  /// What the question comes to.
  let reached: BroadcastDomain

  /// Returns the stations with a claim to the address, those first that answer, of them the one that is meant.
  mutating func run() -> [Station] {
    let links = reached.links.compactMap { walk.snapshot.link($0) }.filter {
      $0.id != out.id && $0.id.namespace != out.id.namespace && takesFrames($0)
    }
    var stations = links.compactMap { owner($0) }
    if stations.allSatisfy({ $0.refusal != nil }) { stations += links.compactMap { proxy($0) } }
    // The order of links within equals stays.
    return stations.enumerated().sorted { a, b in
      (rank(a.element), a.offset) < (rank(b.element), b.offset)
    }.map(\.element)
  }

  private func takesFrames(_ link: Link) -> Bool {
    !link.isLoopback && link.master.flatMap({ walk.snapshot.link($0) })?.carriesFrames != true
  }

  private func rank(_ station: Station) -> Int {
    var rank = station.refusal == nil ? 0 : 100
    if !isReachable(station.link) || station.link.state == .down { rank += 50 }
    switch station.claim {
    case .own: rank += station.link.id == goal ? 0 : 1
    case .elsewhere(let holder): rank += holder.id == goal ? 2 : 3
    case .proxy: rank += 4
    }
    return rank
  }

  /// A macvlan or ipvlan never gets to the link that it is on.
  private func isReachable(_ link: Link) -> Bool {
    let way = (reached.ways[link.id] ?? []).compactMap { walk.snapshot.link($0) }
    guard let first = way.first, let last = way.last else { return true }
    return !zip(way, way.dropFirst()).contains { here, next in
      (here.isSibling && here.lower == next.id && next.id == last.id)
        || (next.isSibling && next.lower == here.id && here.id == first.id)
    }
  }

  private mutating func owner(_ link: Link) -> Station? {
    if let own = link.addresses.first(where: { $0.local == address }) {
      var station = Station(link: link, claim: .own)
      if address.isIPv6 {
        if own.isUnusable { station.refusal = .unusable(own) }
      } else if let (key, value) = arpIgnore(link), value == "8" {
        station.refusal = .arpIgnore(key: key, value: value)
      }
      return station
    }
    guard !address.isLinkLocal || !address.isIPv6,
      let holder = walk.snapshot.namespaces[link.id.namespace]?.links.first(where: { $0.has(address) })
    else { return nil }
    var station = Station(link: link, claim: .elsewhere(holder))
    if address.isIPv6 {
      station.refusal = .otherLink
    } else if let (key, value) = arpIgnore(link), value != "0", value != "3" {
      station.refusal = .arpIgnore(key: key, value: value)
    }
    return station
  }

  /// The larger of the two settings counts (`IN_DEV_MAXCONF`).
  private mutating func arpIgnore(_ link: Link) -> (key: String, value: String)? {
    let keys = ["net.ipv4.conf.all.arp_ignore", "net.ipv4.conf.\(link.name).arp_ignore"]
    return keys.compactMap { key in walk.sysctl(key, in: link.id.namespace).map { (key, $0) } }.max {
      (Int($0.1) ?? 0) < (Int($1.1) ?? 0)
    }
  }

  // MARK: Who answers for others

  private mutating func proxy(_ link: Link) -> Station? {
    let here = link.id.namespace
    guard !walk.isBeyondView(here), link.flags.isDisjoint(with: [.noARP, .loopback]) else { return nil }
    let hasEntry = walk.tables(here)?.proxies.contains { $0.address == address && $0.link == link.id } == true
    if address.isIPv6 { return neighborProxy(link, hasEntry) }
    // An entry of its own answers without the setting (`arp_process`).
    if hasEntry, walk.sysctl("net.ipv4.conf.\(link.name).forwarding", in: here) == "1" {
      return Station(link: link, claim: .proxy)
    }
    let isOn = ["all", link.name].contains { walk.sysctl("net.ipv4.conf.\($0).proxy_arp", in: here) == "1" }
    if isOn {
      let query = RouteQuery(namespace: here, destination: address, source: sender, inLink: link.id)
      switch walk.ask(.route(query)) {
      case .route(.route(let way))? where way.outLink != link.id && way.type == "unicast":
        return Station(link: link, claim: .proxy)
      // It answers on no link for what it would send back by it.
      case .route(.route)?: return nil
      case .route(.refused)?: return Station(link: link, claim: .proxy, refusal: .noRoute)
      default: return nil
      }
    }
    guard walk.sysctl("net.ipv4.ip_forward", in: here) == "1", leads(link) else { return nil }
    return Station(link: link, claim: .proxy, refusal: .noProxy)
  }

  /// IPv6 answers for others where it forwards, `proxy_ndp` is on, and an entry names the address on the link
  /// (`ndisc_recv_ns`).
  private mutating func neighborProxy(_ link: Link, _ hasEntry: Bool) -> Station? {
    let here = link.id.namespace
    guard !address.isLinkLocal, walk.sysctl("net.ipv6.conf.\(link.name).forwarding", in: here) == "1" else {
      return nil
    }
    let isOn = ["all", link.name].contains { walk.sysctl("net.ipv6.conf.\($0).proxy_ndp", in: here) == "1" }
    if isOn, hasEntry { return Station(link: link, claim: .proxy) }
    guard hasEntry || leads(link) else { return nil }
    return Station(link: link, claim: .proxy, refusal: .noNeighborProxy(isOn: isOn, hasEntry: hasEntry))
  }

  /// Whether its namespace has the address behind another link, or is all that there is at the end of a cable.
  private mutating func leads(_ link: Link) -> Bool {
    if let goal, goal.namespace != link.id.namespace, walk.snapshot.link(goal)?.has(address) == true {
      let query = RouteQuery(namespace: link.id.namespace, destination: address)
      if case .route(.route(let way))? = walk.ask(.route(query)), let other = way.outLink, other != link.id,
        walk.domain(of: other).contains(goal)
      {
        return true
      }
    }
    return isGateway && link.peerLink == out.id
  }
}

extension InterfaceAddress {
  /// Whether the kernel neither sends from it nor answers for it (RFC 4862, 5.4).
  var isUnusable: Bool { flags.contains(.dadFailed) || (flags.contains(.tentative) && !flags.contains(.optimistic)) }

  /// What the kernel says of it.
  var flagEvidence: Explanation.Evidence {
    Explanation.Evidence("\(text) \(flags.names.joined(separator: " "))", source: "IFA_FLAGS")
  }
}

extension PacketWalk {
  /// Why the kernel does not use an address of a link.
  func claimUnusable(_ address: InterfaceAddress, on link: Link) -> String {
    Say.Neighbor.unusable(
      "\(address.local)", on: place(link), hasFailed: address.flags.contains(.dadFailed))
  }

  /// Whether cables, bridges and namespaces that could route lead from one namespace to the other.
  mutating func isJoined(_ first: NamespaceID, _ last: NamespaceID) -> Bool {
    var seen: Set<NamespaceID> = [first]
    var next = [first]
    while let namespace = next.popLast() {
      if namespace == last { return true }
      for link in snapshot.namespaces[namespace]?.links ?? [] where !link.isLoopback {
        let reached = domain(of: link.id).links.map(\.namespace)
        next += reached.filter { seen.insert($0).inserted }
      }
    }
    return false
  }

  /// Whether nothing leads into a namespace: its links are seen by their peers, and what it does is beyond the picture.
  package func isBeyondView(_ namespace: NamespaceID) -> Bool {
    guard namespace != .host, let found = snapshot.namespaces[namespace] else { return false }
    return found.paths.isEmpty && found.processes.isEmpty && found.containers.isEmpty
  }
}
