internal import Sentences

/// What a chain may do with a packet, with the packet as it is then; several at once where a match can't be decided.
struct ChainOutcome {
  /// It comes back from the chain.
  var returned: Packet?
  /// A rule accepts it.
  var accepted: Packet?
  /// These may drop it.
  var drops: [DroppingRule] = []

  mutating func comeBack(_ packet: Packet?) { returned = ChainOutcome.join(returned, packet) }

  mutating func accept(_ packet: Packet?) { accepted = ChainOutcome.join(accepted, packet) }

  /// Takes over what may end the packet; what comes back is the caller's business.
  mutating func takeEnds(of other: ChainOutcome) {
    accept(other.accepted)
    for droppingRule in other.drops { drop(droppingRule) }
  }

  /// Adds a rule that may drop the packet; beyond `RuleWalk.unknownLimit` only the first ones and the last one are
  /// kept.
  mutating func drop(_ droppingRule: DroppingRule) {
    if drops.count >= RuleWalk.unknownLimit { drops.removeLast() }
    drops.append(droppingRule)
  }

  static func join(_ a: Packet?, _ b: Packet?) -> Packet? {
    guard let a, let b else { return a ?? b }
    return a.joined(with: b)
  }
}

/// One walk: follows every way that the packet may take, and keeps what it met.
struct ChainTraversal {
  let walk: RuleWalk
  var unknowns: [UnknownMatch] = []
  var trail: [WalkResult.Step] = []
  var translations: [AddressTranslation] = []
  private var ruleCount = 0

  init(walk: RuleWalk) { self.walk = walk }

  /// Notes that it can't be told whether a base chain is called.
  mutating func note(_ base: BaseChain, _ what: String) {
    let table = walk.ruleset.tables[base.table]
    note(UnknownMatch(rule: RuleReference(policyOf: table.chains[base.chain], table), what: what))
  }

  private mutating func note(_ unknown: UnknownMatch) {
    if unknowns.count < RuleWalk.unknownLimit, !unknowns.contains(unknown) { unknowns.append(unknown) }
  }

  /// Runs a base chain with its policy: nothing comes back.
  mutating func run(_ base: BaseChain, _ packet: Packet, isCertain: Bool) -> ChainOutcome {
    let table = walk.ruleset.tables[base.table]
    let chain = table.chains[base.chain]
    var outcome = run(chain, base.table, packet, depth: 0, isCertain: isCertain)
    if let rest = outcome.returned {
      if base.base.dropsByDefault {
        outcome.drop(DroppingRule(policyOf: chain, table))
      } else {
        outcome.accept(rest)
      }
      outcome.returned = nil
    }
    return outcome
  }

  private mutating func run(
    _ chain: RuleChain, _ table: Int, _ packet: Packet, depth: Int, isCertain: Bool
  ) -> ChainOutcome {
    var outcome = ChainOutcome()
    var isCertain = isCertain
    var live: Packet? = packet
    let start = unknowns.count
    for rule in chain.rules {
      guard let arriving = live else { break }
      var step = RuleStep(rule, chain, table, depth: depth, isCertain: isCertain)
      ruleCount += 1
      if ruleCount > walk.limit {
        giveUp(&step, arriving, Say.Rules.tooMany)
        note(UnknownMatch(rule: step.reference(in: walk), what: Say.Rules.tooMany))
      } else {
        run(&step, arriving)
      }
      outcome.takeEnds(of: step.outcome)
      outcome.comeBack(step.outcome.returned)
      live = step.passed
      let isSplit = step.outcome.accepted != nil || !step.outcome.drops.isEmpty || step.outcome.returned != nil
      if isSplit { isCertain = false }
      if ruleCount > walk.limit { break }
    }
    outcome.comeBack(live)
    if outcome.accepted == nil, outcome.drops.isEmpty, outcome.returned == packet {
      unknowns.removeSubrange(start...)  // whatever was in doubt, the packet comes back as it went in
    }
    return outcome
  }

  private mutating func run(_ step: inout RuleStep, _ packet: Packet) {
    var live = packet
    statements: for statement in step.rule.statements {
      switch statement {
      case .match(let condition):
        let doesMatch = condition.evaluate(live, walk.facts, note: { step.doubts.append($0) })
        if doesMatch != .yes { step.pass(live) }
        step.isOver = doesMatch == .no
        if step.isOver { break statements }
      case .verdict(let verdict):
        carryOut(verdict, &step, live)
        break statements
      case .verdictMap(let key, let elements):
        lookUp(key, elements, &step, live)
        break statements
      case .change(let change): live.apply(change)
      case .translate(let translation):
        live.apply(translation)
        translations.append(translation)
        record(.accept, &step)
        step.outcome.accept(live)
        step.isOver = true
        break statements
      case .neutral: break
      case .handover(let handover):
        giveUp(&step, live, handover.name, handover)
        break statements
      case .unreadable(let name):
        step.pass(live)
        live.blur()
        giveUp(&step, live, name)
        step.isOver = false
      }
    }
    if !step.isOver {
      record(nil, &step)
      step.pass(live)
    }
    let isWithoutConsequence =
      step.outcome.accepted == nil && step.outcome.drops.isEmpty && step.outcome.returned == nil
      && step.passed == packet
    if !isWithoutConsequence {
      for what in step.doubts { note(UnknownMatch(rule: step.reference(in: walk), what: what)) }
    }
  }

  /// The rule may accept, or drop, or (unless it is over) do neither.
  private func giveUp(_ step: inout RuleStep, _ packet: Packet, _ what: String, _ handover: Handover? = nil) {
    let table = walk.ruleset.tables[step.table]
    step.doubts.append(what)
    step.outcome.accept(packet)
    var droppingRule = DroppingRule(step.rule, step.chain, table, isReject: false)
    droppingRule.handover = handover
    step.outcome.drop(droppingRule)
    step.isOver = true
  }

  private mutating func record(_ verdict: RuleVerdict?, _ step: inout RuleStep) {
    guard trail.count < RuleWalk.trailLimit else { return }
    trail.append(
      WalkResult.Step(
        rule: step.reference(in: walk), isCertain: step.isCertain && step.doubts.isEmpty, verdict: verdict,
        effects: WalkResult.Effects(step.rule.statements)))
  }

  private mutating func carryOut(_ verdict: RuleVerdict, _ step: inout RuleStep, _ packet: Packet) {
    record(verdict, &step)
    step.isOver = true
    switch verdict {
    case .accept: step.outcome.accept(packet)
    case .next: step.pass(packet)
    case .returnToCaller: step.outcome.comeBack(packet)
    case .drop, .reject:
      step.outcome.drop(
        DroppingRule(step.rule, step.chain, walk.ruleset.tables[step.table], isReject: verdict == .reject))
    case .jump(let name), .goto(let name):
      let table = walk.ruleset.tables[step.table]
      let limit = table.origin == .iptablesLegacy ? RuleWalk.legacyJumpLimit : RuleWalk.jumpLimit
      guard let position = walk.chains[step.table][name] else { return giveUp(&step, packet, Say.Rules.chain(name)) }
      guard step.depth < limit else { return giveUp(&step, packet, Say.Rules.tooManyJumps(limit)) }
      let isCertain = step.isCertain && step.doubts.isEmpty
      let inner = run(table.chains[position], step.table, packet, depth: step.depth + 1, isCertain: isCertain)
      step.outcome.takeEnds(of: inner)
      if verdict == .jump(name) { step.pass(inner.returned) } else { step.outcome.comeBack(inner.returned) }
    }
  }

  /// The elements of a map do not overlap: where one matches for certain it is the one.
  private mutating func lookUp(
    _ key: [MatchOperand], _ elements: [VerdictElement], _ step: inout RuleStep, _ packet: Packet
  ) {
    let values = key.map { $0.load(packet, walk.facts) }
    step.isOver = true
    if values.contains(.absent) { return step.pass(packet) }
    var candidates: [VerdictElement] = []
    for element in elements {
      switch Match.matches(values, element.key) {
      case .yes: return carryOut(element.verdict, &step, packet)
      case .unknown: candidates.append(element)
      case .no: break
      }
    }
    step.pass(packet)
    if candidates.isEmpty { return }
    for (operand, value) in zip(key, values) where value.isUncertain { step.doubts.append(operand.selector.name) }
    for case .unreadable(let text) in candidates.flatMap(\.key) { step.doubts.append(text) }
    var verdicts: Set<RuleVerdict> = []
    for element in candidates where verdicts.insert(element.verdict).inserted {
      carryOut(element.verdict, &step, packet)
    }
  }
}

/// A rule while a packet is at it.
private struct RuleStep {
  let rule: Rule
  let chain: RuleChain
  let table: Int
  let depth: Int
  /// Whether the packet comes to the rule for certain.
  let isCertain: Bool
  var outcome = ChainOutcome()
  /// The packet as it goes on to the next rule, if it may.
  var passed: Packet?
  /// What could not be decided here.
  var doubts: [String] = []
  /// Whether the rest of the statements is not carried out.
  var isOver = false

  init(_ rule: Rule, _ chain: RuleChain, _ table: Int, depth: Int, isCertain: Bool) {
    self.rule = rule
    self.chain = chain
    self.table = table
    self.depth = depth
    self.isCertain = isCertain
  }

  mutating func pass(_ packet: Packet?) { passed = ChainOutcome.join(passed, packet) }

  func reference(in walk: RuleWalk) -> RuleReference { RuleReference(rule, chain, walk.ruleset.tables[table]) }
}
