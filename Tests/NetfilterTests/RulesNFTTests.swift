import Netfilter
import Testing
import Topology

@Suite struct RulesNFTTests {
  /// A table with one forward chain that has one rule of these expressions, and what else the table declares.
  private func read(_ expressions: String, family: String = "inet", declarations: String = "") throws -> Ruleset {
    let text = """
      {"nftables": [{"metainfo": {"json_schema_version": 1}},
      {"table": {"family": "\(family)", "name": "t", "handle": 1}},\(declarations)
      {"chain": {"family": "\(family)", "table": "t", "name": "mine", "handle": 1}},
      {"chain": {"family": "\(family)", "table": "t", "name": "f", "handle": 2, "type": "filter", "hook": "forward",
      "prio": 0, "policy": "accept"}},
      {"rule": {"family": "\(family)", "table": "t", "chain": "f", "handle": 7, "expr": [\(expressions)]}}]}
      """
    return try Ruleset(nftJSON: text)
  }

  /// Whether a match takes the packet; nil where it can't be told.
  private func matches(
    _ left: String, _ operation: String, _ right: String, _ packet: Packet, declarations: String = "",
    facts: NamespaceFacts = .unknown
  ) throws -> Bool? {
    let match = "{\"match\": {\"op\": \"\(operation)\", \"left\": \(left), \"right\": \(right)}}, {\"drop\": null}"
    let rules = try read(match, declarations: declarations)
    switch RuleWalk(rules, facts: facts).evaluate(packet, at: .forward).verdict {
    case .accept: return false
    case .drop: return true
    case .unknown: return nil
    }
  }

  @Test func everyStatementThatTheToolPrints() throws {
    let rules = try Ruleset(nftJSON: RulesFixtures.everyStatement)
    #expect(
      rules.tables.map { "\($0.family) \($0.name)" } == ["inet fw", "netdev nd", "bridge br", "arp a", "ip dorm"])
    #expect(rules.tables.map(\.isDormant) == [false, false, false, false, true])
    let bases = rules.tables.flatMap { table in
      table.chains.compactMap { chain in
        chain.base.map { "\(chain.name) \($0.hook) \($0.kind) \($0.priority) \($0.dropsByDefault)" }
      }
    }
    #expect(
      bases == [
        "in input filter 0 true", "nat prerouting nat -105 false", "post postrouting nat 105 false",
        "ing ingress filter -500 false", "f forward filter -200 false", "i input filter 0 false",
        "i input filter 0 true",
      ])
    let unreadable = rules.tables[0].chains.flatMap(\.rules).flatMap(\.conditions).compactMap {
      if case .unreadable(let name) = $0 { name } else { nil }
    }
    #expect(
      unreadable == [
        "limit", "exthdr hbh", "fib saddr . iif oif", "vlan id", "ct original ip daddr", "socket transparent",
        "add @dyn", "update @dyn", "ct count", "quota", "meta day", "meta iiftype", "meta cgroup", "meta time",
        "rt ip nexthop", "jhash mod 2 expr ip saddr", "ct helper", "dnat map",
      ])
    let counters = rules.tables[0].chains.flatMap(\.rules).filter { $0.counters != nil }
    #expect(counters.map(\.handle) == [12, 18, 87])
    #expect(counters.map(\.counters?.packets) == [0, 5, 4])
  }

  @Test func theTextIsThatOfTheTool() throws {
    let rules = try Ruleset(nftJSON: RulesFixtures.everyStatement)
    let ours = rules.tables.flatMap(\.chains).flatMap(\.rules).map(\.text)
    let theirs = RulesFixtures.everyStatementText.split(separator: "\n").map(String.init)
    #expect(ours.count == theirs.count)
    let different = zip(theirs, ours).filter { $0 != $1 }.map(\.0)
    // Options of sets and hashes that no rule of a container engine has.
    #expect(
      different == [
        "add @dyn { ip saddr timeout 5m } accept", "update @dyn { ip saddr limit rate over 10/minute } drop",
        "numgen random mod 2 vmap { 0 : accept, 1 : drop }", "jhash ip saddr mod 2 0 accept", "dup to \"lo\"",
      ])
  }

  private static func meta(_ key: String) -> String { "{\"meta\": {\"key\": \"\(key)\"}}" }

  private static func ct(_ key: String) -> String { "{\"ct\": {\"key\": \"\(key)\"}}" }

  private static func fib(_ flags: String) -> String { "{\"fib\": {\"result\": \"type\", \"flags\": \(flags)}}" }

  private static func header(_ name: String, _ field: String) -> String {
    "{\"payload\": {\"protocol\": \"\(name)\", \"field\": \"\(field)\"}}"
  }

  /// Matches and whether they take an echo request of 84 bytes from 10.0.0.2 on br-a to 172.17.0.9 on docker0.
  private static let echoes: [(String, String, String, Bool?)] = [
    (meta("iifname"), "==", "\"br-a\"", true), (meta("iifname"), "==", "\"br-*\"", true),
    (meta("iifname"), "!=", "\"br-*\"", false), (meta("iifname"), "==", "\"br-\\\\*\"", false),
    (meta("iif"), "==", "\"br-a\"", true), (meta("iif"), "==", "5", nil), (meta("oifname"), "==", "\"docker0\"", true),
    (meta("iifname"), "==", "{\"set\": [\"eth0\", \"br*\"]}", true), (meta("nfproto"), "==", "\"ipv4\"", true),
    (meta("protocol"), "==", "\"ip6\"", false), (meta("l4proto"), "==", "{\"set\": [\"tcp\", \"icmp\"]}", true),
    (meta("l4proto"), "!=", "58", true), (meta("mark"), "==", "0", true),
    (meta("mark"), "!=", "{\"range\": [0, 9]}", false),
    ("{\"&\": [\(meta("mark")), 255]}", "==", "1", false), (meta("length"), ">", "84", false),
    (meta("length"), ">=", "84", true), (meta("length"), "<", "85", true), (meta("length"), "<=", "83", false),
    (meta("pkttype"), "==", "\"host\"", nil), (meta("skuid"), "==", "0", false), (meta("cgroup"), "==", "5", nil),
    (header("ip", "saddr"), "==", "\"10.0.0.2\"", true),
    (header("ip", "saddr"), "==", "{\"prefix\": {\"addr\": \"10.0.0.0\", \"len\": 31}}", false),
    (header("ip", "saddr"), "==", "{\"set\": [{\"range\": [\"10.0.0.1\", \"10.0.0.3\"]}, \"1.1.1.1\"]}", true),
    (header("ip", "saddr"), "!=", "{\"set\": [{\"prefix\": {\"addr\": \"10.0.0.0\", \"len\": 8}}]}", false),
    (header("ip6", "saddr"), "!=", "\"fe80::1\"", false), (header("ip6", "saddr"), "==", "\"fe80::1\"", false),
    ("{\"&\": [\(header("ip", "daddr")), \"255.0.0.255\"]}", "==", "\"172.0.0.9\"", true),
    (header("ip", "protocol"), "==", "\"icmp\"", true), (header("ip", "length"), "==", "84", true),
    (header("ip", "ttl"), "<", "5", nil), (header("ip", "dscp"), "==", "\"cs0\"", true),
    (header("ip", "id"), "==", "5", nil), (header("arp", "operation"), "!=", "\"request\"", false),
    ("{\"&\": [\(header("ip", "frag-off")), 8191]}", "!=", "0", false),
    (header("icmp", "type"), "==", "\"echo-request\"", true), (header("icmp", "type"), "!=", "\"echo-reply\"", true),
    (header("icmp", "code"), "==", "\"net-unreachable\"", true),
    (header("icmpv6", "type"), "!=", "\"echo-reply\"", false),
    (header("tcp", "dport"), "!=", "80", false), (header("th", "dport"), "==", "80", nil),
    (header("icmp", "id"), "==", "80", nil), (header("udp", "length"), "==", "80", false),
    (ct("state"), "in", "[\"established\", \"related\"]", false), (ct("state"), "in", "\"new\"", true),
    (ct("state"), "==", "{\"set\": [\"new\", \"untracked\"]}", true), (ct("state"), "!=", "\"established\"", true),
    (ct("state"), "in", "{\"|\": [\"new\", \"invalid\"]}", true), (ct("status"), "in", "\"dnat\"", false),
    (ct("status"), "in", "[\"dnat\", \"assured\"]", nil), (ct("direction"), "==", "\"original\"", true),
    (ct("zone"), "==", "1", nil), (fib("[\"daddr\"]"), "==", "\"local\"", false),
    (fib("[\"daddr\", \"oif\"]"), "!=", "{\"set\": [\"local\", \"broadcast\"]}", true),
    (fib("\"saddr\""), "==", "\"unicast\"", true),
    (
      "{\"concat\": [\(meta("iifname")), \(header("ip", "saddr"))]}", "==",
      "{\"set\": [{\"concat\": [\"br-a\", {\"prefix\": {\"addr\": \"10.0.0.0\", \"len\": 8}}]}]}", true
    ),
    (
      "{\"concat\": [\(meta("iifname")), \(header("tcp", "dport"))]}", "!=", "{\"set\": [{\"concat\": [\"x\", 1]}]}",
      false
    ),
    (meta("iifname"), "==", "\"@names\"", true), (meta("iifname"), "==", "\"@filled\"", nil),
    (meta("iifname"), "==", "\"@missing\"", nil), (meta("iifname"), "~", "\"x\"", nil),
    ("{\"newexpr\": {\"a\": 1}}", "==", "1", nil),
  ]

  @Test(arguments: echoes) func anEcho(_ left: String, _ operation: String, _ right: String, _ wanted: Bool?) throws {
    var packet = try echoPacket("10.0.0.2", "172.17.0.9", in: "br-a", out: "docker0")
    packet.isLocallySent = false
    let facts = NamespaceFacts(addresses: [
      NamespaceFacts.LocalAddress(interface: "docker0", address: try ipAddress("172.17.0.1"))
    ])
    let sets = """
      {"set": {"family": "inet", "name": "names", "table": "t", "type": "ifname", "handle": 3,
      "elem": [{"elem": {"val": "br-a", "timeout": 60, "counter": {"packets": 1, "bytes": 2}}}]}},
      {"set": {"family": "inet", "name": "filled", "table": "t", "type": "ifname", "handle": 4, "flags": ["dynamic"]}},
      """
    #expect(try matches(left, operation, right, packet, declarations: sets, facts: facts) == wanted)
  }

  /// What `tcp flags` says of a SYN.
  private static let flags: [(String, String, String, Bool)] = [
    (header("tcp", "flags"), "in", "\"syn\"", true), (header("tcp", "flags"), "in", "[\"rst\", \"ack\"]", false),
    (header("tcp", "flags"), "==", "\"syn\"", true), (header("tcp", "flags"), "!", "\"syn\"", false),
    (header("tcp", "flags"), "!", "\"ack\"", true),
    ("{\"&\": [\(header("tcp", "flags")), [\"syn\", \"ack\"]]}", "==", "\"syn\"", true),
    ("{\"&\": [\(header("tcp", "flags")), {\"|\": [\"fin\", \"syn\"]}]}", "!=", "0", true),
    (header("th", "dport"), "==", "{\"set\": [22, {\"range\": [80, 90]}]}", true),
  ]

  @Test(arguments: flags) func aConnection(_ left: String, _ operation: String, _ right: String, _ wanted: Bool) throws
  {
    #expect(try matches(left, operation, right, synPacket("10.0.0.2", "10.0.0.3", port: 80)) == wanted)
  }

  @Test func verdictMaps() throws {
    let packet = try echoPacket("10.0.0.2", "10.0.0.3", in: "br-a", out: "docker0")
    func verdict(_ map: String, _ declarations: String = "") throws -> WalkResult.Verdict {
      let rules = try read("{\"vmap\": \(map)}", declarations: declarations)
      return RuleWalk(rules).evaluate(packet, at: .forward).verdict
    }
    let name = "{\"meta\": {\"key\": \"iifname\"}}"
    let pairs = "[[\"br-*\", {\"drop\": null}], [\"eth0\", {\"accept\": null}]]"
    guard case .drop(let droppingRule) = try verdict("{\"key\": \(name), \"data\": {\"set\": \(pairs)}}") else {
      Issue.record("not dropped")
      return
    }
    #expect(droppingRule.rule.text == "iifname vmap { \"br-*\" : drop, \"eth0\" : accept }")
    let named = """
      {"map": {"family": "inet", "name": "m", "table": "t", "type": "ifname", "handle": 3, "map": "verdict", "elem":
      [["docker0", {"drop": null}], [{"elem": {"val": "br-a", "comment": "x"}}, {"goto": {"target": "mine"}}]]}},
      """
    #expect(try verdict("{\"key\": \(name), \"data\": \"@m\"}", named) == .accept)
    let other = named.replacing("br-a", with: "br-b").replacing("docker0", with: "*")
    guard case .drop = try verdict("{\"key\": \(name), \"data\": \"@m\"}", other) else {
      Issue.record("the element that stands for all others is not found")
      return
    }
    guard case .unknown(let matches) = try verdict("{\"key\": {\"numgen\": {\"mod\": 2}}, \"data\": {\"set\": []}}")
    else {
      Issue.record("chance is not unknown")
      return
    }
    #expect(matches.map(\.what) == ["vmap"])
  }

  @Test func statementsThatAreNotUnderstood() throws {
    let packet = try echoPacket("10.0.0.2", "10.0.0.3")
    for (expression, what) in [
      ("{\"xt\": {\"type\": \"match\", \"name\": \"addrtype\"}}, {\"drop\": null}", "xt addrtype"),
      ("{\"xt\": {\"type\": \"target\", \"name\": \"DNAT\"}}", "xt DNAT"), ("{\"xt\": null}", "xt "),
      ("{\"queue\": {\"num\": 3}}", "queue"), ("{\"brandnew\": {\"a\": []}}", "brandnew"), ("5", "statement"),
      ("{\"limit\": {\"rate\": 5, \"per\": \"second\"}}, {\"drop\": null}", "limit"),
    ] {
      #expect(RuleWalk(try read(expression)).evaluate(packet, at: .forward).unknowns == [what])
    }
    for expression in [
      "{\"counter\": null}", "{\"log\": null}", "{\"dup\": {\"addr\": \"10.0.0.1\"}}", "{\"accept\": null}",
    ] {
      #expect(RuleWalk(try read(expression)).evaluate(packet, at: .forward).verdict == .accept)
    }
    #expect(RuleWalk(try read("{\"reject\": null}")).evaluate(packet, at: .forward).droppingRule?.isReject == true)
  }

  private static let broken: [(String, String)] = [
    ("", "line 1"), ("{", "line 1"), ("{\"nftables\": [}", "line 1"), ("[]", "nftables"),
    ("{\"nftables\": 5}", "nftables"),
    ("{\"nftables\":\n[\n{\"table\": tru}]}", "line 3"), ("{\"nftables\": []} x", "line 1"),
    ("{\"nftables\": [5]}", "nftables[0]"), ("{\"nftables\": [{\"table\": {\"name\": \"t\"}}]}", "nftables[0].table"),
    ("{\"nftables\": [{\"chain\": {\"family\": \"ip\", \"table\": \"t\", \"name\": \"c\"}}]}", "nftables[0].chain"),
    ("{\"nftables\": [{\"rule\": {\"family\": \"ip\", \"table\": \"t\", \"chain\": \"c\"}}]}", "nftables[0].rule"),
    ("{\"nftables\": [\"\\u12\"]}", "line 1"), ("{\"a\": \"\u{01}\"}", "line 1"),
    (String(repeating: "[", count: 100_000), "line 1"),
  ]

  @Test(arguments: broken) func brokenText(_ text: String, _ place: String) throws {
    let error = try #require(throws: RulesError.self) { try Ruleset(nftJSON: text) }
    #expect(error.place == place)
    #expect(!error.description.contains("\n"))
  }

  @Test func noTextBreaksIt() throws {
    let bytes = Array(RulesFixtures.everyStatement.utf8)
    for length in stride(from: 0, to: bytes.count - 2, by: 97) {
      #expect(throws: RulesError.self) { try Ruleset(nftJSON: String(decoding: bytes[..<length], as: UTF8.self)) }
    }
    // Names and values of the wrong kind are unreadable, or refused; never a trap.
    for (old, new) in [
      ("\"op\"", "\"po\""), ("\"left\"", "5"), ("null", "{}"), (": 80", ": \"x\""), ("[", "[[]"), ("\"==\"", "7"),
    ] {
      _ = try? Ruleset(nftJSON: RulesFixtures.everyStatement.replacing(old, with: new))
    }
  }
}
