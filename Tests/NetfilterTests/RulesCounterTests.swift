import Netfilter
import Testing
import Topology

@Suite struct RulesCounterTests {
  private func iptables(_ policy: Int, _ rules: [(count: Int, text: String)]) throws -> Ruleset {
    let lines = rules.map { "[\($0.count):\($0.count * 84)] -A FORWARD \($0.text)" }
    return try Ruleset(
      iptablesSave: "*filter\n:FORWARD DROP [\(policy):\(policy * 84)]\n\(lines.joined(separator: "\n"))\nCOMMIT",
      family: .ip, origin: .iptablesLegacy)
  }

  private func nft(_ rules: [(handle: Int, count: Int, text: String)]) throws -> Ruleset {
    let lines = rules.map {
      """
      {"rule": {"family": "inet", "table": "t", "chain": "c", "handle": \($0.handle), "expr":
      [{"counter": {"packets": \($0.count), "bytes": \($0.count * 84)}}, {"\($0.text)": null}]}}
      """
    }
    return try Ruleset(
      nftJSON: """
        {"nftables": [{"table": {"family": "inet", "name": "t", "handle": 1}},
        {"chain": {"family": "inet", "table": "t", "name": "c", "handle": 1}},\(lines.joined(separator: ","))]}
        """)
  }

  @Test func theRuleThatCountedTheProbes() throws {
    let before = try iptables(1, [(10, "-j LOG"), (4, "-s 10.0.0.2/32 -j DROP"), (7, "-j ACCEPT")])
    let after = try iptables(1, [(22, "-j LOG"), (7, "-s 10.0.0.2/32 -j DROP"), (7, "-j ACCEPT")])
    let delta = CounterDelta(before: before, after: after)
    #expect(delta.rises(of: 3).map(\.rule.line) == [2])
    #expect(delta.rises(of: 3, bytes: 252).map(\.drops) == [true])
    #expect(delta.rises(of: 3, bytes: 253).isEmpty)
    #expect(delta.rises(ofAtLeast: 3).map(\.packets) == [12, 3])
    #expect(delta.rises(ofAtLeast: 13).isEmpty)
    #expect(delta.reset.isEmpty)
  }

  @Test func thePolicyCounts() throws {
    let delta = CounterDelta(before: try iptables(1, []), after: try iptables(4, []))
    #expect(delta.rises.map(\.isPolicy) == [true])
    #expect(delta.rises.map(\.drops) == [true])
    #expect(delta.rises.map(\.rule.text) == ["-P FORWARD DROP"])
  }

  @Test func aRuleInFrontDoesNotShiftTheOthers() throws {
    let before = try iptables(0, [(5, "-j LOG"), (5, "-j DROP"), (1, "-j DROP")])
    let after = try iptables(0, [(3, "-s 10.0.0.2/32 -j DROP"), (5, "-j LOG"), (8, "-j DROP"), (1, "-j DROP")])
    let delta = CounterDelta(before: before, after: after)
    #expect(delta.rises(of: 3).map(\.rule.line) == [1, 3])
    #expect(delta.rises(of: 3).map(\.isNew) == [true, false])
    #expect(delta.reset.isEmpty)
  }

  @Test func theHandleTellsEqualRulesApart() throws {
    let before = try nft([(4, 5, "drop"), (5, 5, "drop"), (6, 5, "accept")])
    let after = try nft([(9, 0, "drop"), (5, 8, "drop"), (6, 5, "accept")])
    let delta = CounterDelta(before: before, after: after)
    #expect(delta.rises.map(\.rule.handle) == [5])
    #expect(delta.rises.map(\.packets) == [3])
    // A table that was made anew uses its handles again, for other rules.
    let reloaded = CounterDelta(before: before, after: try nft([(4, 7, "accept")]))
    #expect(reloaded.rises.map(\.isNew) == [true])
    #expect(reloaded.rises.map(\.packets) == [7])
  }

  @Test func countersThatWentBackSayNothing() throws {
    let delta = CounterDelta(before: try nft([(4, 9, "drop")]), after: try nft([(4, 3, "drop")]))
    #expect(delta.rises.isEmpty)
    #expect(delta.reset.map(\.handle) == [4])
  }

  @Test func nothingHappened() throws {
    let rules = try Ruleset(iptablesSave: RulesFixtures.docker20, family: .ip, origin: .iptablesNFT)
    #expect(CounterDelta(before: rules, after: rules).rises.isEmpty)
  }
}
