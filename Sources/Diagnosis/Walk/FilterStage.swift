internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
package import Questions
internal import Sentences
internal import Topology

/// A packet at a hook of a namespace: what its rules do to it. One that is dropped goes on all the same: what else is wrong
/// on its way is to be found, too.
struct FilterStage: WalkStage {
  var walk: PacketWalk
  let hook: Hook
  let layer: RuleWalk.Layer
  let here: NamespaceID
  let packet: Packet
  /// Whom the frame is for, where it leaves.
  var nextHop: IPAddress?

  /// Returns the packet as the rules leave it.
  mutating func run() -> Packet {
    guard let reading = rules() else { return packet }
    guard !reading.isBlind else {
      walk.check(.unknown, title, Say.Filtering.couldNotBeRead)
      return packet
    }
    var result = reading.walk.evaluate(packet, at: hook, layer: layer)
    let isRedirected = result.translations.contains(where: \.isRedirect)
    chooseAddresses(&result.packet, isRedirected: isRedirected)
    noteTracking(result)
    chooseEndpoint(result)
    // The first one stands for them all.
    if result.packet.destination == nil, packet.destination != nil, let first = walk.endpoints.first {
      result.packet.destination = first.address
    }
    noteTranslation(result)
    if result.packet.ttl != packet.ttl { walk.ttlSetBy = result.rule(.hops) }
    switch result.verdict {
    case .accept: if !result.trail.isEmpty { walk.check(.ok, title, Say.Filtering.accepts) }
    case .drop(let droppingRule): accuse(droppingRule)
    case .unknown(let matches): accuseUndecided(result.possibleDroppingRules, matches)
    }
    return result.packet
  }

  private var title: String {
    layer == .bridge ? Say.Filtering.bridgeRules(of: hook.rawValue) : Say.Filtering.rules(of: hook.rawValue)
  }

  /// Conntrack sees the request at the first hook of IP that it comes to, unless a rule keeps it away.
  private mutating func noteTracking(_ result: WalkResult) {
    guard !walk.isReply, walk.solicitation == nil, walk.message == nil, layer == .network, hook != .ingress,
      hook != .egress
    else { return }
    if result.packet.connection == .untracked {
      walk.untrackedBy[here] = walk.untrackedBy[here] ?? result.rule(.untracked)
    } else {
      walk.tracked.insert(here)
    }
  }

  /// What the kernel chooses itself: a masqueraded packet carries an address of the link that it leaves by, and a
  /// redirected one goes to an address of the link that it came in by.
  private func chooseAddresses(_ packet: inout Packet, isRedirected: Bool) {
    func address(on name: String?, near other: IPAddress?) -> IPAddress? {
      guard let link = walk.snapshot.namespaces[here]?.links.first(where: { $0.name == name }) else { return nil }
      let isIPv6 = packet.family == .ipv6
      let addresses = link.addresses.filter { $0.local.isIPv6 == isIPv6 && (!isIPv6 || !$0.local.isLinkLocal) }
      let near = other.flatMap { other in
        addresses.first { $0.local.shares(prefix: Int($0.prefixLength), with: other) }
      }
      return (near ?? addresses.first)?.local
    }
    if hook == .postrouting, packet.source == nil, self.packet.source != nil, packet.isSourceTranslated != false {
      packet.source = address(on: packet.outInterface, near: nextHop ?? packet.destination)
    }
    if hook == .prerouting, packet.destination == nil, self.packet.destination != nil, isRedirected {
      packet.destination = address(on: packet.inInterface, near: nil)
    }
  }

  /// Where rules share connections among several endpoints, each of them is to be tried.
  private mutating func chooseEndpoint(_ result: WalkResult) {
    guard !walk.isReply, walk.endpoints.isEmpty, packet.destination != nil, result.packet.destination == nil else {
      return
    }
    for translation in result.translations where translation.kind == .destination {
      guard let address = translation.address else { continue }
      let endpoint = ServicePlace(address: address, port: translation.port ?? packet.port)
      if !walk.endpoints.contains(endpoint) { walk.endpoints.append(endpoint) }
    }
  }

  private mutating func noteTranslation(_ result: WalkResult) {
    let after = result.packet
    guard !walk.isReply, walk.solicitation == nil, walk.message == nil, !packet.hasSameEnds(as: after) else { return }
    walk.translations[here] = (walk.translations[here]?.before ?? packet, after)
    if packet.source != after.source { walk.sourceTranslatedBy[here] = result.rule(.source) }
    if packet.destination != after.destination || packet.port != after.port {
      walk.destinationTranslatedBy[here] = result.rule(.destination)
    }
    walk.check(.ok, Say.Walking.translation, Say.Filtering.translates(text(packet), to: text(after)))
  }

  /// The rules of the namespace as they were before the probes; what could not be read of them is written down.
  private mutating func rules() -> Answers.ParsedRules? {
    guard walk.ask(.rules(here, PacketWalk.ruleSources, .before)) != nil,
      let reading = walk.answers.reading(here, .before)
    else { return nil }
    if !walk.filtered.contains(here) {
      walk.filtered.append(here)
      for (source, why) in reading.unread {
        walk.noteUnread(Say.Filtering.source(source.command, of: walk.name(here)), why)
      }
      if reading.hasTwoFirewalls {
        walk.note(Say.Filtering.twoFirewalls(walk.name(here)))
      }
    }
    return reading
  }

  private func text(_ packet: Packet) -> String {
    "\(packet.source.map(\.description) ?? "?") > \(packet.destination.map(\.description) ?? "?")"
  }

  /// The packet as it stands there: `172.17.0.2 > 172.17.0.3, port 80`.
  private var met: String {
    let ends = text(packet)
    return packet.port.map { Say.Filtering.packet(ends, port: Int($0)) } ?? ends
  }

  // MARK: Findings

  private mutating func accuse(_ droppingRule: DroppingRule) {
    let counted = counted(droppingRule.rule)
    var evidence = [Explanation.Evidence(droppingRule.rule.text, source: source(of: droppingRule.rule))]
    if let counted, counted > 0 {
      evidence.append(
        Explanation.Evidence(
          Say.Filtering.counterRose(by: "\(counted)", probes: walk.sentProbes),
          source: Say.Filtering.rulesBeforeAndAfter))
    }
    if walk.isReply, !walk.tracked.contains(here), let rule = walk.untrackedBy[here] {
      evidence.append(Explanation.Evidence(Say.Filtering.untracked(by: rule.text), source: source(of: rule)))
    }
    // A set says nothing of whom it holds.
    if droppingRule.rule.text.contains("@") || droppingRule.rule.text.contains("match-set") {
      evidence.append(Explanation.Evidence(Say.Filtering.meets(met), source: Say.Filtering.packetThere))
    }
    let isolation = walk.solicitation == nil ? walk.isolation(by: droppingRule, in: here) : nil
    if let fact = isolation?.fact { evidence.append(fact) }
    var finding = walk.finding(
      isolation?.code ?? .firewallDrop, nil, in: here,
      isolation?.claim ?? claim(droppingRule), evidence, remedy: nil)
    finding.rule = droppingRule.rule
    finding.remedy = isolation.map(\.remedy) ?? remedy(droppingRule)
    var accusation = Accusation(finding: finding, strength: .certain)
    accusation.isRefuted = counted == 0
    accusation.isOfSize = walk.message != nil
    walk.accuse(accusation, check: title)
  }

  private func claim(_ droppingRule: DroppingRule) -> String {
    let whose = here == .host ? Say.Filtering.firewallOfHost : Say.Filtering.firewall(of: walk.name(here))
    let chain = "\(droppingRule.rule.table) \(droppingRule.rule.chain)"
    return droppingRule.isPolicy
      ? Say.Filtering.policyStops(whose, walk.whatIsFollowed, chain: chain, isReject: droppingRule.isReject)
      : Say.Filtering.ruleStops(whose, walk.whatIsFollowed, chain: chain, isReject: droppingRule.isReject)
  }

  private func source(of rule: RuleReference) -> String {
    switch rule.origin {
    case .iptablesNFT: rule.family == .ip6 ? "ip6tables-save" : "iptables-save"
    case .iptablesLegacy: rule.family == .ip6 ? "ip6tables-legacy-save" : "iptables-legacy-save"
    default: "nft list ruleset"
    }
  }

  private func remedy(_ droppingRule: DroppingRule) -> String? {
    let rule = droppingRule.rule
    func quoted(_ text: String) -> String { PacketWalk.quoted(text) }
    let text: String
    switch rule.origin {
    case .iptablesNFT, .iptablesLegacy:
      let tool =
        (rule.family == .ip6 ? "ip6tables" : "iptables") + (rule.origin == .iptablesLegacy ? "-legacy" : "")
      let table = rule.table == "filter" ? "" : " -t \(quoted(rule.table))"
      guard let line = rule.line, !droppingRule.isPolicy else {
        return walk.command("\(tool)\(table) -P \(quoted(rule.chain)) ACCEPT", in: here)
      }
      text = "\(tool)\(table) -D \(quoted(rule.chain)) \(line)"
    default:
      let place = "\(rule.family.rawValue) \(quoted(rule.table)) \(quoted(rule.chain))"
      guard let handle = rule.handle, !droppingRule.isPolicy else {
        return walk.command("nft chain \(place) '{ policy accept; }'", in: here)
      }
      text = "nft delete rule \(place) handle \(handle)"
    }
    return walk.command(text, in: here)
  }

  /// It depends on matches that could not be decided: where a counter rose with the probes, it is that rule.
  private mutating func accuseUndecided(_ droppingRules: [DroppingRule], _ matches: [UnknownMatch]) {
    for dropper in droppingRules {
      guard let handover = dropper.handover, matches.allSatisfy({ $0.what == handover.name }) else { continue }
      if follow(handover, dropper) { return }
    }
    if let dropper = droppingRules.first(where: { (counted($0.rule) ?? 0) >= max(1, walk.sentProbes) }),
      walk.sentProbes > 0
    {
      return accuse(dropper)
    }
    let names = Set(matches.map(\.what)).sorted()
    let doubt =
      walk.solicitation == nil && !walk.isReply
      ? Say.Filtering.undecided(walk.name(here), on: names)
      : Say.Filtering.undecided(walk.name(here), walk.whatIsFollowed, on: names)
    var finding = walk.finding(
      .unknown, nil, in: here, doubt,
      matches.prefix(4).map { Explanation.Evidence($0.rule.text, source: source(of: $0.rule)) })
    // Where the connection is refused, one that rejects is meant.
    let rejecting = droppingRules.first(where: \.isReject)
    finding.rule = (rejecting ?? droppingRules.first)?.rule
    var accusation = Accusation(finding: finding, strength: .possible)
    if let rejecting {
      accusation.rejection = walk.finding(
        .firewallDrop, nil, in: here,
        Say.Filtering.undecidedReject(claim(rejecting), on: names),
        [Explanation.Evidence(rejecting.rule.text, source: source(of: rejecting.rule))])
      accusation.rejection?.rule = rejecting.rule
    }
    walk.accuse(accusation, check: title)
  }

  /// Whether anybody is behind what the packet is handed to; true: all is said.
  private mutating func follow(_ handover: Handover, _ dropper: DroppingRule) -> Bool {
    let claim: String
    let fact: Explanation.Evidence
    switch handover.receiver {
    case .queue(let numbers, let mayBypass):
      guard case .queues(let read)? = walk.ask(.queues(here)) else { return false }
      let unread = numbers.filter { !read.contains($0) }
      guard let first = unread.first.map({ Int($0) }), let last = unread.last.map({ Int($0) }) else { return false }
      if mayBypass { return true }
      claim = Say.Filtering.queueUnread(walk.name(here), walk.whatIsFollowed, first, to: last)
      fact = Explanation.Evidence(
        Say.Filtering.queueHasNoReader(first, to: last), source: "/proc/net/netfilter/nfnetlink_queue")
    case .proxy(let port):
      guard let port = port ?? packet.port, case .listening(let sockets)? = walk.ask(.listening(here, programsOf: []))
      else { return false }
      let transport: TransportProtocol = if case .udp? = packet.transport { .udp } else { .tcp }
      if sockets.contains(where: { $0.port == port && $0.transport == transport }) { return true }
      claim = Say.Filtering.proxyAbsent(walk.name(here), walk.whatIsFollowed, port: Int(port), rule: handover.name)
      fact = Explanation.Evidence(
        Say.Filtering.nothingListens(on: Int(port), of: walk.name(here)), source: "sock_diag")
    case .other: return false
    }
    var finding = walk.finding(
      .noProgram, nil, in: here, claim,
      [Explanation.Evidence(dropper.rule.text, source: source(of: dropper.rule)), fact])
    finding.rule = dropper.rule
    walk.accuse(finding, .certain, check: title)
    return true
  }

  // MARK: Counters

  /// By how much a rule's counter rose while the probes were sent; nil where it does not count, or was not read again.
  private func counted(_ rule: RuleReference) -> UInt64? {
    guard walk.sentProbes > 0, let before = walk.answers.reading(here, .before),
      let after = walk.answers.reading(here, .after),
      !after.isBlind
    else { return nil }
    let delta = CounterDelta(before: before.ruleset, after: after.ruleset)
    if let rise = delta.rises.first(where: { $0.rule == rule }) { return rise.packets }
    if delta.reset.contains(rule) { return nil }
    return before.ruleset.counts(rule) ? 0 : nil
  }
}

extension PacketWalk {
  /// Everything that is asked of a namespace's packet filter.
  package static let ruleSources = Set(RuleSource.allCases)

  /// Takes a packet through the base chains of a hook.
  mutating func filter(
    _ hook: Hook, _ packet: inout Packet, in here: NamespaceID, layer: RuleWalk.Layer = .network,
    to nextHop: IPAddress? = nil
  ) {
    let before = packet
    packet = run {
      FilterStage(walk: $0, hook: hook, layer: layer, here: here, packet: before, nextHop: nextHop)
    }
  }

  /// How many probes were handed to the kernel.
  var sentProbes: Int {
    guard case .echo(let outcome)? = answers[.echo(subject.probe)] else { return 0 }
    return outcome.sent
  }
}
