import Netfilter
import Testing
import Topology

/// Random rules, and a second walk that is as plain as can be: it tries every way in which the undecided matches could
/// go, one after the other.
@Suite struct RulesPropertyTests {
  /// The answers of the undecided matches in one of the ways.
  private struct LiveSource {
    var answers: [String: Bool]
    var mark: UInt32 = 0
  }

  private enum End: Hashable {
    case accept
    case drop(String)
    case back
  }

  private struct Dice {
    var state: UInt64

    /// A number below `limit` (splitmix64).
    mutating func roll(_ limit: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
  }

  private static let doubts = ["p", "q", "r"]

  private func rule(_ dice: inout Dice, _ callees: [String], _ name: String) -> Rule {
    var statements: [RuleStatement] = []
    for _ in 0..<dice.roll(3) {
      switch dice.roll(6) {
      case 0: statements.append(.match(.unreadable(Self.doubts[dice.roll(3)])))
      case 1: statements.append(.match(.not(.unreadable(Self.doubts[dice.roll(3)]))))
      case 2:
        statements.append(.match(.compare([MatchOperand(.mark)], .equal, [[.exactly(.number(UInt64(dice.roll(3))))]])))
      case 3: statements.append(.change(.mark(and: 0, xor: UInt32(dice.roll(3)))))
      case 4:
        statements.append(.match(.compare([MatchOperand(.transportProtocol)], .equal, [[.exactly(.number(1))]])))
      default:
        statements.append(.match(.compare([MatchOperand(.transportProtocol)], .notEqual, [[.exactly(.number(1))]])))
      }
    }
    let verdicts: [RuleVerdict?] = [.accept, .drop, .next, .returnToCaller, nil]
    if !callees.isEmpty, dice.roll(2) == 0 {
      let callee = callees[dice.roll(callees.count)]
      statements.append(.verdict(dice.roll(3) == 0 ? .goto(callee) : .jump(callee)))
    } else if let verdict = verdicts[dice.roll(verdicts.count)] {
      statements.append(.verdict(verdict))
    }
    return Rule(statements: statements, text: name)
  }

  private func ruleset(_ dice: inout Dice) -> Ruleset {
    Ruleset(
      tables: (0..<2).map { number in
        let names = ["a", "b", "c"]
        var chains = names.enumerated().map { position, name in
          RuleChain(
            name: name,
            rules: (0..<dice.roll(4)).map { rule(&dice, Array(names[(position + 1)...]), "\(number) \(name) \($0)") })
        }
        let base = RuleChain.Base(hook: .forward, priority: number, dropsByDefault: dice.roll(3) == 0)
        chains.append(
          RuleChain(
            name: "f", base: base, rules: (0..<1 + dice.roll(5)).map { rule(&dice, names, "\(number) f \($0)") }))
        return RuleTable(family: .ip, name: "t\(number)", origin: .nft, chains: chains)
      })
  }

  private func run(_ chain: RuleChain, _ table: RuleTable, _ world: inout LiveSource) -> End {
    rules: for rule in chain.rules {
      for statement in rule.statements {
        switch statement {
        case .match(.unreadable(let name)): if world.answers[name] != true { continue rules }
        case .match(.not(.unreadable(let name))): if world.answers[name] == true { continue rules }
        case .match(.compare(let operands, let comparison, let elements)):
          // The packet is an echo, and the only numbers asked for are its protocol's and marks.
          let value: UInt64 = operands[0].selector == .mark ? UInt64(world.mark) : 1
          if (elements[0][0] == .exactly(.number(value))) != (comparison == .equal) { continue rules }
        case .change(.mark(_, let mark)): world.mark = mark
        case .verdict(.accept): return .accept
        case .verdict(.drop): return .drop(rule.text)
        case .verdict(.next): continue rules
        case .verdict(.returnToCaller): return .back
        case .verdict(.jump(let name)), .verdict(.goto(let name)):
          guard let callee = table.chains.first(where: { $0.name == name }) else { return .back }
          let end = run(callee, table, &world)
          if end != .back || statement == .verdict(.goto(name)) { return end }
        default: Issue.record("a statement that the test does not make")
        }
      }
    }
    return .back
  }

  /// What happens in one world: the name of the rule or policy that drops, or nil.
  private func fate(_ rules: Ruleset, _ answers: [String: Bool]) -> (droppingRule: String?, mark: UInt32) {
    var world = LiveSource(answers: answers)
    for table in rules.tables {
      guard let chain = table.chains.last, let base = chain.base else { continue }
      switch run(chain, table, &world) {
      case .accept: break
      case .drop(let name): return (name, world.mark)
      case .back: if base.dropsByDefault { return ("policy drop", world.mark) }
      }
    }
    return (nil, world.mark)
  }

  @Test(arguments: 0..<64) func aCertainAnswerHoldsInEveryWorld(_ seed: Int) throws {
    var dice = Dice(state: UInt64(seed) * 1000)
    var counts = (accept: 0, drop: 0, unknown: 0, needless: 0)
    for _ in 0..<100 {
      let rules = ruleset(&dice)
      let result = RuleWalk(rules).evaluate(try echoPacket("10.0.0.2", "10.0.0.3"), at: .forward)
      let fates = (0..<8).map { number in
        fate(rules, Dictionary(uniqueKeysWithValues: Self.doubts.enumerated().map { ($1, number >> $0 & 1 == 1) }))
      }
      let droppingRules = Set(fates.compactMap(\.droppingRule))
      switch result.verdict {
      case .accept:
        counts.accept += 1
        #expect(droppingRules.isEmpty)
        for fate in fates { #expect(result.packet.mark == nil || result.packet.mark == fate.mark) }
      case .drop(let droppingRule):
        counts.drop += 1
        #expect(fates.allSatisfy { $0.droppingRule != nil })
        if result.possibleDroppingRules.count == 1 { #expect(droppingRules == [droppingRule.rule.text]) }
      case .unknown(let matches):
        counts.unknown += 1
        #expect(!matches.isEmpty)
        if Set(fates.map { $0.droppingRule == nil }).count == 1 { counts.needless += 1 }
      }
      #expect(droppingRules.isSubset(of: Set(result.possibleDroppingRules.map(\.rule.text))))
    }
    #expect(counts.accept > 10 && counts.drop > 10 && counts.unknown > 1)
    // Matches that contradict each other are not seen through; that may cost a few answers, never a wrong one.
    #expect(counts.needless < 20, "\(counts)")
  }

  @Test(arguments: 0..<16) func withoutDoubtsThereIsOneAnswer(_ seed: Int) throws {
    var dice = Dice(state: UInt64(seed) * 77 + 5)
    for _ in 0..<100 {
      var rules = ruleset(&dice)
      for table in rules.tables.indices {
        for chain in rules.tables[table].chains.indices {
          for rule in rules.tables[table].chains[chain].rules.indices {
            rules.tables[table].chains[chain].rules[rule].statements.removeAll { statement in
              switch statement {
              case .match(.unreadable), .match(.not): true
              default: false
              }
            }
          }
        }
      }
      let result = RuleWalk(rules).evaluate(try echoPacket("10.0.0.2", "10.0.0.3"), at: .forward)
      let fate = fate(rules, [:])
      #expect(result.droppingRule?.rule.text == fate.droppingRule)
      #expect(result.unknowns == nil)
      #expect(!result.trail.contains { !$0.isCertain })
      if fate.droppingRule == nil { #expect(result.packet.mark == fate.mark) }
    }
  }
}
