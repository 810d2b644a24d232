internal import Netfilter
internal import Paths
internal import Topology

extension PacketWalk {
  /// Everything that is asked of a namespace's packet filter.
  static let ruleSources = Set(RuleSource.allCases)

  /// Takes the packet through the base chains of a hook; a packet that is dropped goes on all the same: what else is
  /// wrong on its way is to be found, too.
  mutating func filter(
    _ hook: Hook, _ packet: inout Packet, in here: NamespaceID, layer: RuleWalk.Layer = .network
  ) {
    if !isReply, layer == .network, hook != .ingress { tracked.insert(here) }
    guard let reading = rules(of: here) else { return }
    let title = layer == .bridge ? "bridge \(hook.rawValue) rules" : "\(hook.rawValue) rules"
    if reading.isBlind { return check(.unknown, title, "could not be read") }
    let result = reading.walk.evaluate(packet, at: hook, layer: layer)
    let before = packet
    packet = result.packet
    if !isReply, before.source != packet.source || before.destination != packet.destination {
      translations[here] = (translations[here]?.before ?? before, packet)
      check(.ok, "translation", "\(text(before)) becomes \(text(packet))")
    }
    switch result.verdict {
    case .accept: if !result.trail.isEmpty { check(.ok, title, "accept") }
    case .drop(let droppingRule): accuse(droppingRule, title, in: here, .certain)
    case .unknown(let matches): accuseUndecided(result.possibleDroppingRules, matches, title, in: here)
    }
  }

  /// The rules of a namespace as they were before the probes; what could not be read of them is written down.
  private mutating func rules(of here: NamespaceID) -> Answers.ParsedRules? {
    guard ask(.rules(here, PacketWalk.ruleSources, .before)) != nil,
      let reading = answers.reading(here, .before)
    else { return nil }
    if !filtered.contains(here) {
      filtered.append(here)
      for (source, why) in reading.unread { noteUnread("\(source.command) of \(name(here))", why) }
      if reading.hasTwoFirewalls {
        note("\(name(here)) has rules of iptables-legacy and of nf_tables: a packet has to pass both")
      }
    }
    return reading
  }

  private func text(_ packet: Packet) -> String {
    "\(packet.source.map(\.description) ?? "?") > \(packet.destination.map(\.description) ?? "?")"
  }

  // MARK: Findings

  private mutating func accuse(
    _ droppingRule: DroppingRule, _ title: String, in here: NamespaceID, _ strength: Accusation.Strength
  ) {
    let counted = counted(droppingRule.rule, in: here)
    var evidence = [Explanation.Evidence(droppingRule.rule.text, source: source(of: droppingRule.rule))]
    if let counted, counted > 0 {
      evidence.append(
        Explanation.Evidence(
          "its counter rose by \(counted) while \(sentProbes) probe\(sentProbes == 1 ? " was" : "s were") sent",
          source: "the rules before and after"))
    }
    let isolation = isolation(by: droppingRule, in: here)
    if let fact = isolation?.fact { evidence.append(fact) }
    var finding = finding(
      isolation == nil ? .firewallDrop : .networkIsolation, nil, in: here,
      isolation?.claim ?? claim(droppingRule, in: here), evidence, remedy: nil)
    finding.rule = droppingRule.rule
    finding.remedy = isolation.map(\.remedy) ?? remedy(droppingRule, in: here)
    var accusation = Accusation(finding: finding, strength: strength)
    accusation.droppingRule = droppingRule
    accusation.isRefuted = counted == 0 && strength == .certain
    accusation.isAboutEchoOnly = subject.options.port == nil && droppingRule.rule.text.lowercased().contains("icmp")
    accuse(accusation, check: title)
  }

  private func claim(_ droppingRule: DroppingRule, in here: NamespaceID) -> String {
    let direction = isReply ? "the reply" : "the packet"
    let whose = here == .host ? "The host's firewall" : "The firewall of \(name(here))"
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

  private func remedy(_ droppingRule: DroppingRule, in here: NamespaceID) -> String? {
    let rule = droppingRule.rule
    func quoted(_ text: String) -> String { PacketWalk.quoted(text) }
    let text: String
    switch rule.origin {
    case .iptablesNFT, .iptablesLegacy:
      let tool =
        (rule.family == .ip6 ? "ip6tables" : "iptables") + (rule.origin == .iptablesLegacy ? "-legacy" : "")
      let table = rule.table == "filter" ? "" : " -t \(quoted(rule.table))"
      guard let line = rule.line, !droppingRule.isPolicy else {
        return command("\(tool)\(table) -P \(quoted(rule.chain)) ACCEPT", in: here)
      }
      text = "\(tool)\(table) -D \(quoted(rule.chain)) \(line)"
    default:
      let place = "\(rule.family.rawValue) \(quoted(rule.table)) \(quoted(rule.chain))"
      guard let handle = rule.handle, !droppingRule.isPolicy else {
        return command("nft chain \(place) '{ policy accept; }'", in: here)
      }
      text = "nft delete rule \(place) handle \(handle)"
    }
    return command(text, in: here)
  }

  /// It depends on matches that could not be decided: where a counter rose with the probes, it is that rule.
  private mutating func accuseUndecided(
    _ droppingRules: [DroppingRule], _ matches: [UnknownMatch], _ title: String, in here: NamespaceID
  ) {
    if let dropper = droppingRules.first(where: { (counted($0.rule, in: here) ?? 0) >= max(1, sentProbes) }),
      sentProbes > 0
    {
      return accuse(dropper, title, in: here, .certain)
    }
    let names = Set(matches.map(\.what)).sorted().joined(separator: ", ")
    let claim =
      "Whether \(name(here))'s firewall drops \(isReply ? "the reply" : "it") depends on what can't be decided: \(names)"
    var finding = finding(
      .unknown, nil, in: here, claim,
      matches.prefix(4).map { Explanation.Evidence($0.rule.text, source: source(of: $0.rule)) })
    finding.rule = droppingRules.first?.rule
    var accusation = Accusation(finding: finding, strength: .possible)
    accusation.possibleDroppingRules = droppingRules
    accuse(accusation, check: title)
  }

  // MARK: Counters

  /// How many probes were handed to the kernel.
  var sentProbes: Int {
    guard case .echo(let outcome)? = answers[.echo(subject.probe)] else { return 0 }
    return outcome.sent
  }

  /// By how much a rule's counter rose while the probes were sent; nil where it does not count, or was not read again.
  private func counted(_ rule: RuleReference, in here: NamespaceID) -> UInt64? {
    guard sentProbes > 0, let before = answers.reading(here, .before), let after = answers.reading(here, .after),
      !after.isBlind
    else { return nil }
    let delta = CounterDelta(before: before.ruleset, after: after.ruleset)
    if let rise = delta.rises.first(where: { $0.rule == rule }) { return rise.packets }
    if delta.reset.contains(rule) { return nil }
    return before.ruleset.counts(rule) ? 0 : nil
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
