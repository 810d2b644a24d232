import Netfilter
import Testing
import Topology

/// What rules hand on, and what they do to hops: the lines are iptables-save's (1.8.9) and the JSON is nft's (1.0.6).
@Suite struct RulesHandoverTests {
  private func statements(_ rule: String, table: String = "filter") throws -> [RuleStatement] {
    let saved = "*\(table)\n:FORWARD ACCEPT [0:0]\n:PREROUTING ACCEPT [0:0]\n\(rule)\nCOMMIT\n"
    return try Ruleset(iptablesSave: saved, family: .ip, origin: .iptablesNFT).tables.flatMap(\.chains).flatMap(\.rules)
      .flatMap(\.statements)
  }

  private func nft(_ expression: String) throws -> [RuleStatement] {
    let json = #"""
      {"nftables": [{"metainfo": {"json_schema_version": 1}}, {"table": {"family": "ip", "name": "t", "handle": 1}},
      {"chain": {"family": "ip", "table": "t", "name": "c", "handle": 1, "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}},
      {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": 2, "expr": [\#(expression)]}}]}
      """#
    return try Ruleset(nftJSON: json).tables.flatMap(\.chains).flatMap(\.rules).flatMap(\.statements)
  }

  @Test func queues() throws {
    #expect(
      try statements("-A FORWARD -j NFQUEUE --queue-num 3")
        == [.handover(Handover("NFQUEUE", to: .queue(3...3, mayBypass: false)))])
    #expect(
      try statements("-A FORWARD -j NFQUEUE --queue-balance 0:3 --queue-bypass")
        == [.handover(Handover("NFQUEUE", to: .queue(0...3, mayBypass: true)))])
    #expect(
      try nft(#"{"queue": {"num": {"range": [1, 3]}, "flags": ["bypass", "fanout"]}}"#)
        == [.handover(Handover("queue", to: .queue(1...3, mayBypass: true)))])
    #expect(
      try nft(#"{"queue": {"num": 7}}"#) == [.handover(Handover("queue", to: .queue(7...7, mayBypass: false)))])
    // Turned round, or too large: nobody knows which is meant.
    #expect(try statements("-A FORWARD -j NFQUEUE --queue-balance 3:0") == [.handover(Handover("NFQUEUE"))])
    #expect(try nft(#"{"queue": {"num": 70000}}"#) == [.handover(Handover("queue"))])
  }

  @Test func hops() throws {
    #expect(try statements("-A PREROUTING -j TTL --ttl-set 1", table: "mangle") == [.change(.ttl(1))])
    #expect(try statements("-A PREROUTING -j TTL --ttl-dec 2", table: "mangle") == [.change(.ttlAdded(-2))])
    #expect(try statements("-A PREROUTING -j TTL --ttl-inc 5", table: "mangle") == [.change(.ttlAdded(5))])
    #expect(try statements("-A PREROUTING -j TTL --ttl-set 999", table: "mangle") == [.change(.ttlUnknown)])
  }

  @Test func redirectionGoesToThisHost() throws {
    guard
      case .translate(let change)? = try statements(
        "-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 3129", table: "nat"
      ).last
    else { throw Missing() }
    #expect(change.isRedirect && change.port == 3129 && change.address == nil)
  }

  private struct Missing: Error {}

  /// `arp saddr ip` of the bridge family, as a guard against forged addresses has it.
  @Test func questionsAreMatched() throws {
    let json = #"""
      {"nftables": [{"table": {"family": "bridge", "name": "g", "handle": 1}},
      {"chain": {"family": "bridge", "table": "g", "name": "f", "handle": 1, "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}},
      {"rule": {"family": "bridge", "table": "g", "chain": "f", "handle": 2, "expr": [
        {"match": {"op": "!=", "left": {"payload": {"protocol": "arp", "field": "saddr ip"}}, "right": "10.0.0.9"}}, {"drop": null}]}}]}
      """#
    let walk = RuleWalk(try Ruleset(nftJSON: json))
    var question = Packet(family: .arp, source: IPAddress("10.0.0.2"), destination: IPAddress("10.0.0.3"))
    guard case .drop = walk.evaluate(question, at: .forward, layer: .bridge).verdict else { throw Missing() }
    question.source = IPAddress("10.0.0.9")
    #expect(walk.evaluate(question, at: .forward, layer: .bridge).verdict == .accept)
    let packet = Packet(family: .ipv4, source: IPAddress("10.0.0.2"), destination: IPAddress("10.0.0.3"))
    #expect(walk.evaluate(packet, at: .forward, layer: .bridge).verdict == .accept)
  }
}
