internal import Canvas
internal import Story
internal import Topology

extension GuidedTour {
  package var caption: Caption {
    Caption(title: title, text: flaw.map(words(for:)) ?? text, keys: keys)
  }

  private func words(for flaw: String) -> String { isSettling ? Say.Tour.settling : Say.Tour.broken(flaw) }

  private var title: String {
    let name =
      switch beat {
      case .host: Say.Tour.hostTitle
      case .first: Say.Tour.firstTitle
      case .inside: Say.Tour.insideTitle
      case .cable: Say.Tour.cableTitle
      case .second: Say.Tour.secondTitle
      case .ping, .flood, .answer, .echo: Say.Tour.pingTitle
      case .whatIfBridge, .whatIfUnplugged, .whatIfAddress: Say.Tour.whatIfTitle
      case .end: Say.Tour.endTitle
      }
    return beat == .end ? name : Say.Tour.step(beat.step, of: Beat.steps, name)
  }

  // MARK: Keys

  private var keys: [(cap: String, label: String)] {
    let back = beat == .host && !hasActed ? [] : [("⌫", Say.GuideKeys.back)]
    if flaw != nil { return isSettling ? back : [("⏎", Say.GuideKeys.mend)] + back }
    if beat == .end { return [("d", Say.GuideKeys.keep)] + back + [("q", Say.GuideKeys.quit)] }
    if isBroken { return [("w", Say.GuideKeys.why), ("⏎", Say.GuideKeys.mendAndGoOn)] + back }
    if beat.hasAct, !hasActed { return actKeys + back }
    return [("⏎", Say.GuideKeys.next)] + back
  }

  private var actKeys: [(cap: String, label: String)] {
    switch beat {
    case .first: [("s", Say.GuideKeys.start(TourFacts.containers[0]))]
    case .second: [("s", Say.GuideKeys.start(TourFacts.containers[1]))]
    case .inside: [("i", Say.GuideKeys.lookInside(TourFacts.containers[0]))]
    case .cable: [("c", Say.GuideKeys.connect)]
    case .ping: [("p", Say.GuideKeys.ping)]
    default: [("y", Say.GuideKeys.yes), ("n", Say.GuideKeys.no)]
    }
  }

  // MARK: Texts

  private var text: String {
    guard let bridge = facts.bridge else { return "" }
    switch beat {
    case .host: return hostText(bridge)
    case .first: return firstText(bridge)
    case .inside, .cable: return facts.first.map(cableText) ?? ""
    case .second: return secondText
    case .ping, .flood, .answer, .echo:
      guard let first = facts.first, let second = facts.second else { return "" }
      return pingText(bridge, first, second)
    case .whatIfBridge, .whatIfUnplugged, .whatIfAddress: return hasActed ? outcomeText : questionText(bridge)
    case .end: return Say.Tour.end(TourFacts.containers[0], TourFacts.containers[1]) + (isPlain ? "" : Say.Tour.keepIt)
    }
  }

  private func hostText(_ bridge: Link) -> String {
    let loopback = facts.snapshot.namespaces[.host]?.links.first { $0.isLoopback }
    var text = Say.Tour.host(
      bridge: bridge.name, address: bridge.addresses.first { $0.local == TourFacts.bridgeAddress }?.text ?? "",
      state: bridge.operState.name,
      loopback: loopback?.operState.name ?? "")
    if let uplink = facts.uplink, let far = facts.snapshot.peer(of: uplink) {
      text += Say.Tour.uplink(uplink.name, far: facts.snapshot.namespaces[far.id.namespace]?.name ?? "")
    }
    return text
  }

  private func firstText(_ bridge: Link) -> String {
    guard hasActed, let first = facts.first, let port = first.port else {
      return Say.Tour.first(bridge: bridge.name, state: bridge.operState.name)
    }
    return Say.Tour.started(
      port.name, bridge: bridge.name, state: bridge.operState.name, name: first.namespace.name, address: first.address)
  }

  private func cableText(_ first: TourFacts.End) -> String {
    let name = first.namespace.name
    guard let port = first.port else { return "" }
    switch (beat, hasActed) {
    case (.inside, false): return Say.Tour.inside(name)
    case (.inside, true): return Say.Tour.border(name, port: port.name, eth: first.eth.name)
    case (_, false): return Say.Tour.numbers(written(port), written(first.eth), name: name)
    case (_, true):
      return Say.Tour.cable(
        port: port.name, portIndex: "\(port.id.index)", eth: first.eth.name, ethIndex: "\(first.eth.id.index)",
        name: name)
    }
  }

  /// `7: veth3a91c0e@if2`, as `ip a` begins its line.
  func written(_ link: Link) -> String {
    "\(link.id.index): \(AddressListing(link.id, in: facts.snapshot, farID: nil)?.name ?? link.name)"
  }

  private var secondText: String {
    guard hasActed, let second = facts.second, let port = second.port else {
      return Say.Tour.second(TourFacts.containers[1])
    }
    return Say.Tour.uncrossed(
      written(port), written(second.eth), name: second.namespace.name, eth: second.eth.name)
  }

  private func pingText(_ bridge: Link, _ first: TourFacts.End, _ second: TourFacts.End) -> String {
    let (from, to) = (first.namespace.name, second.namespace.name)
    let (near, far) = (first.port?.name ?? "", second.port?.name ?? "")
    let address = second.eth.primaryAddress.map { "\($0.local)" } ?? ""
    switch beat {
    case .ping where !hasActed:
      return Say.Tour.ping(
        from, to, neighbors: neighbors(of: first).count, learned: learned.count, bridge: bridge.name)
    case .ping:
      return Say.Tour.arp(
        from, to: address, subnet: first.eth.primaryAddress?.subnetText ?? "", eth: first.eth.name, port: near,
        bridge: bridge.name)
    case .flood where !knows(first.mac) && news.received == 0, .echo where news.received == 0,
      .answer where neighbors(of: second).isEmpty && news.received == 0:
      return Say.Tour.notYet(sent: news.sent)
    case .flood:
      return Say.Tour.flood(bridge: bridge.name, mac: first.mac, behind: near, to: far)
        + (knows(first.mac) ? "" : Say.Tour.agedOut)
    case .answer:
      return Say.Tour.answer(to, bridge: bridge.name, mac: second.mac, port: far, first: near)
        + (knows(second.mac) ? "" : Say.Tour.agedOut)
    default:
      return Say.Tour.echo(from, to, address: address, mac: second.mac)
        + Say.Tour.echoes(sent: news.sent, received: news.received, milliseconds: news.last.map { shortNumber($0) })
    }
  }

  private func shortNumber(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }

  private func questionText(_ bridge: Link) -> String {
    let (from, to) = (TourFacts.containers[0], TourFacts.containers[1])
    switch beat {
    case .whatIfBridge: return Say.Tour.whatIfBridge("ip link set \(bridge.name) down", from, to)
    case .whatIfUnplugged:
      let command = "ip link set \(facts.second?.port?.name ?? "") nomaster"
      return Say.Tour.whatIfUnplugged(command, from, to, bridge: bridge.name)
    default:
      return Say.Tour.whatIfAddress(
        "\(Self.strangeAddress.map { "\($0)" } ?? "")/16", instead: facts.second?.address ?? "", from, to)
    }
  }

  private var outcomeText: String {
    switch news.isAnswered {
    case true?: return Say.Tour.expected(expects, itDoes: true) + Say.Tour.stillReplies
    case false?:
      guard let claim = news.claim else { return Say.Tour.noReplyYet + (isPlain ? "" : Say.Tour.whyTells) }
      return Say.Tour.expected(expects, itDoes: false) + Say.Tour.noReply(claim) + gatewayInstead
    case nil: return Say.Tour.waiting
    }
  }

  /// Where an address of another network is sent, where the first container has a gateway.
  private var gatewayInstead: String {
    guard beat == .whatIfAddress, let first = facts.first,
      let gateway = tables[first.namespace.id]?.routes.first(where: { $0.destination == nil })?.hops.first?.gateway
    else { return "" }
    return Say.Tour.gatewayInstead(first.namespace.name, gateway: "\(gateway)")
  }

  // MARK: What was learned

  /// What the container's neighbour table has on its eth0.
  func neighbors(of end: TourFacts.End) -> [Neighbor] {
    tables[end.namespace.id]?.neighbors.filter { $0.link == end.eth.id && !$0.hardwareAddress.isEmpty } ?? []
  }

  /// What the bridge has learned.
  var learned: [ForwardingEntry] {
    guard let bridge = facts.bridge else { return [] }
    return tables[.host]?.fdb.filter { $0.master == bridge.id && !$0.isSet } ?? []
  }

  private func knows(_ mac: String) -> Bool { learned.contains { Link.hardwareText($0.hardwareAddress) == mac } }
}

extension InterfaceAddress {
  /// The connected route's destination: `172.17.0.0/16`.
  fileprivate var subnetText: String {
    let bytes = local.bytes.enumerated().map { index, byte in
      let bits = max(0, min(8, Int(prefixLength) - 8 * index))
      return byte & UInt8(truncatingIfNeeded: 0xFF << (8 - bits))
    }
    return IPAddress(bytes).map { "\($0)/\(prefixLength)" } ?? ""
  }
}
