internal import Netfilter
internal import Paths
internal import Topology

/// A packet at a hook of a namespace: what its rules do to it. One that is dropped goes on all the same: what else is wrong
/// on its way is to be found, too.
struct FilterStage: WalkStage {
  var walk: PacketWalk
  let hook: Hook
  let layer: RuleWalk.Layer
  let here: NamespaceID
  let packet: Packet

  /// Returns the packet as the rules leave it.
  mutating func run() -> Packet {
    if !walk.isReply, layer == .network, hook != .ingress { walk.tracked.insert(here) }
    guard let reading = rules() else { return packet }
    guard !reading.isBlind else {
      walk.check(.unknown, title, "could not be read")
      return packet
    }
    let result = reading.walk.evaluate(packet, at: hook, layer: layer)
    noteTranslation(result.packet)
    switch result.verdict {
    case .accept: if !result.trail.isEmpty { walk.check(.ok, title, "accept") }
    case .drop(let droppingRule): accuse(droppingRule)
    case .unknown(let matches): accuseUndecided(result.possibleDroppingRules, matches)
    }
    return result.packet
  }

  private var title: String { layer == .bridge ? "bridge \(hook.rawValue) rules" : "\(hook.rawValue) rules" }

  private mutating func noteTranslation(_ after: Packet) {
    guard !walk.isReply, packet.source != after.source || packet.destination != after.destination else { return }
    walk.translations[here] = (walk.translations[here]?.before ?? packet, after)
    walk.check(.ok, "translation", "\(text(packet)) becomes \(text(after))")
  }

  /// The rules of the namespace as they were before the probes; what could not be read of them is written down.
  private mutating func rules() -> Answers.ParsedRules? {
    guard walk.ask(.rules(here, PacketWalk.ruleSources, .before)) != nil,
      let reading = walk.answers.reading(here, .before)
    else { return nil }
    if !walk.filtered.contains(here) {
      walk.filtered.append(here)
      for (source, why) in reading.unread { walk.noteUnread("\(source.command) of \(walk.name(here))", why) }
      if reading.hasTwoFirewalls {
        walk.note("\(walk.name(here)) has rules of iptables-legacy and of nf_tables: a packet has to pass both")
      }
    }
    return reading
  }

  private func text(_ packet: Packet) -> String {
    "\(packet.source.map(\.description) ?? "?") > \(packet.destination.map(\.description) ?? "?")"
  }

  // MARK: Findings

  private mutating func accuse(_ droppingRule: DroppingRule) {
    let counted = counted(droppingRule.rule)
    var evidence = [Explanation.Evidence(droppingRule.rule.text, source: source(of: droppingRule.rule))]
    if let counted, counted > 0 {
      evidence.append(
        Explanation.Evidence(
          "its counter rose by \(counted) while \(walk.sentProbes) probe\(walk.sentProbes == 1 ? " was" : "s were") sent",
          source: "the rules before and after"))
    }
    let isolation = walk.isolation(by: droppingRule, in: here)
    if let fact = isolation?.fact { evidence.append(fact) }
    var finding = walk.finding(
      isolation == nil ? .firewallDrop : .networkIsolation, nil, in: here,
      isolation?.claim ?? claim(droppingRule), evidence, remedy: nil)
    finding.rule = droppingRule.rule
    finding.remedy = isolation.map(\.remedy) ?? remedy(droppingRule)
    var accusation = Accusation(finding: finding, strength: .certain)
    accusation.isRefuted = counted == 0
    walk.accuse(accusation, check: title)
  }

  private func claim(_ droppingRule: DroppingRule) -> String {
    let direction = walk.isReply ? "the reply" : "the packet"
    let whose = here == .host ? "The host's firewall" : "The firewall of \(walk.name(here))"
    let verb = droppingRule.isReject ? "rejects" : "drops"
    let place = "\(droppingRule.rule.table) \(droppingRule.rule.chain)"
    return droppingRule.isPolicy
      ? "\(whose) \(verb) \(direction): no rule of \(place) takes it, and the policy is drop"
      : "\(whose) \(verb) \(direction) by a rule of \(place)"
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
    if let dropper = droppingRules.first(where: { (counted($0.rule) ?? 0) >= max(1, walk.sentProbes) }),
      walk.sentProbes > 0
    {
      return accuse(dropper)
    }
    let names = Set(matches.map(\.what)).sorted().joined(separator: ", ")
    let claim =
      "Whether \(walk.name(here))'s firewall drops \(walk.isReply ? "the reply" : "it") depends on what can't be decided: \(names)"
    var finding = walk.finding(
      .unknown, nil, in: here, claim,
      matches.prefix(4).map { Explanation.Evidence($0.rule.text, source: source(of: $0.rule)) })
    finding.rule = droppingRules.first?.rule
    walk.accuse(finding, .possible, check: title)
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
  static let ruleSources = Set(RuleSource.allCases)

  /// Takes a packet through the base chains of a hook.
  mutating func filter(
    _ hook: Hook, _ packet: inout Packet, in here: NamespaceID, layer: RuleWalk.Layer = .network
  ) {
    let before = packet
    packet = run { FilterStage(walk: $0, hook: hook, layer: layer, here: here, packet: before) }
  }

  /// How many probes were handed to the kernel.
  var sentProbes: Int {
    guard case .echo(let outcome)? = answers[.echo(subject.probe)] else { return 0 }
    return outcome.sent
  }
}

extension Ruleset {
  /// Whether a rule, or a policy, has a counter.
  fileprivate func counts(_ reference: RuleReference) -> Bool {
    for table in tables where table.name == reference.table && table.family == reference.family {
      guard table.origin == reference.origin, let chain = table.chains.first(where: { $0.name == reference.chain })
      else { continue }
      for rule in chain.rules where RuleReference(rule, chain, table) == reference { return rule.counters != nil }
      if RuleReference(policyOf: chain, table) == reference { return chain.policyCounters != nil }
    }
    return false
  }
}
