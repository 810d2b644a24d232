import Netfilter
import Testing
import Topology

/// The engines' and firewalls' own lists of rules, asked about the packets that people ask about.
@Suite struct RulesEngineTests {
  /// What should become of a packet between two bridges.
  struct Case: Sendable, CustomTestStringConvertible {
    var from: String
    var to: String
    var source: String
    var destination: String
    /// The text of the rule that drops it; nil where it passes.
    var rule: String?
    var isIsolation = true

    var testDescription: String { "\(from) to \(to)" }
  }

  private static let cases20 = [
    Case(from: "docker0", to: "docker0", source: "172.17.0.2", destination: "172.17.0.3", rule: nil),
    Case(from: "br-front", to: "eth0", source: "172.18.0.2", destination: "192.0.2.1", rule: nil),
    Case(from: "br-back", to: "br-back", source: "172.19.0.2", destination: "172.19.0.3", rule: nil),
    Case(
      from: "docker0", to: "br-front", source: "172.17.0.2", destination: "172.18.0.3",
      rule: "-A DOCKER-ISOLATION-STAGE-2 -o br-front -j DROP"),
    Case(
      from: "br-back", to: "br-front", source: "172.19.0.2", destination: "172.18.0.3",
      rule: "-A DOCKER-ISOLATION-STAGE-1 ! -d 172.19.0.0/16 -i br-back -j DROP"),
    Case(
      from: "br-front", to: "br-back", source: "172.18.0.2", destination: "172.19.0.3",
      rule: "-A DOCKER-ISOLATION-STAGE-1 ! -s 172.19.0.0/16 -o br-back -j DROP"),
    Case(
      from: "br-quiet", to: "br-quiet", source: "172.20.0.2", destination: "172.20.0.3",
      rule: "-A FORWARD -i br-quiet -o br-quiet -j DROP"),
    Case(
      from: "eth0", to: "br-front", source: "192.0.2.1", destination: "172.18.0.3", rule: "-P FORWARD DROP",
      isIsolation: false),
  ]

  @Test(arguments: cases20) func docker20(_ wanted: Case) throws {
    let rules = try Ruleset(iptablesSave: RulesFixtures.docker20, family: .ip, origin: .iptablesNFT)
    try check(wanted, rules)
  }

  private static let cases28 = [
    Case(from: "docker0", to: "docker0", source: "172.17.0.2", destination: "172.17.0.3", rule: nil),
    Case(from: "br-front", to: "eth0", source: "172.18.0.2", destination: "192.0.2.1", rule: nil),
    Case(from: "br-back", to: "br-back", source: "172.19.0.2", destination: "172.19.0.3", rule: nil),
    Case(
      from: "docker0", to: "br-front", source: "172.17.0.2", destination: "172.18.0.3",
      rule: "-A DOCKER ! -i br-front -o br-front -j DROP"),
    Case(
      from: "br-back", to: "br-front", source: "172.19.0.2", destination: "172.18.0.3",
      rule: "-A DOCKER-INTERNAL ! -d 172.19.0.0/16 -i br-back -j DROP"),
    Case(
      from: "br-quiet", to: "br-quiet", source: "172.20.0.2", destination: "172.20.0.3",
      rule: "-A DOCKER-FORWARD -i br-quiet -o br-quiet -j DROP"),
  ]

  @Test(arguments: cases28) func docker28(_ wanted: Case) throws {
    let rules = try Ruleset(iptablesSave: RulesFixtures.docker28, family: .ip, origin: .iptablesNFT)
    try check(wanted, rules)
  }

  private static let cases29 = [
    Case(from: "docker0", to: "docker0", source: "172.17.0.2", destination: "172.17.0.3", rule: nil),
    Case(from: "br-front", to: "eth0", source: "172.18.0.2", destination: "192.0.2.1", rule: nil),
    Case(from: "br-back", to: "br-back", source: "172.19.0.2", destination: "172.19.0.3", rule: nil),
    Case(
      from: "docker0", to: "br-front", source: "172.17.0.2", destination: "172.18.0.3",
      rule: "counter drop comment \"UNPUBLISHED PORT DROP\""),
    Case(
      from: "br-back", to: "eth0", source: "172.19.0.2", destination: "192.0.2.1",
      rule: "oifname != \"br-back\" counter drop comment \"INTERNAL NETWORK EGRESS\""),
    Case(
      from: "br-quiet", to: "br-quiet", source: "172.20.0.2", destination: "172.20.0.3",
      rule: "iifname \"br-quiet\" counter drop comment \"ICC\""),
  ]

  @Test(arguments: cases29) func docker29(_ wanted: Case) throws {
    try check(wanted, Ruleset(nftJSON: RulesFixtures.docker29))
  }

  private func check(_ wanted: Case, _ rules: Ruleset) throws {
    let packet = try echoPacket(wanted.source, wanted.destination, in: wanted.from, out: wanted.to)
    let result = RuleWalk(rules).evaluate(packet, at: .forward)
    if let rule = wanted.rule {
      let droppingRule = try #require(result.droppingRule, "\(result.verdict)")
      #expect(droppingRule.rule.text == rule)
      #expect(droppingRule.isNetworkIsolation == wanted.isIsolation)
      #expect(droppingRule.isPolicy == rule.hasPrefix("-P"))
      #expect(result.possibleDroppingRules == [droppingRule])
    } else {
      #expect(result.verdict == .accept)
    }
    // The reply to what passed passes, too, whatever the way back is called.
    var reply = packet
    (reply.source, reply.destination) = (packet.destination, packet.source)
    (reply.inInterface, reply.outInterface) = (packet.outInterface, packet.inInterface)
    reply.connection = .established
    if wanted.rule == nil { #expect(RuleWalk(rules).evaluate(reply, at: .forward).verdict == .accept) }
  }

  @Test func aPublishedPortIsTranslatedOnce() throws {
    let facts = NamespaceFacts(addresses: [
      NamespaceFacts.LocalAddress(interface: "eth0", address: try ipAddress("192.0.2.9"))
    ])
    for rules in [
      try Ruleset(iptablesSave: RulesFixtures.docker28, family: .ip, origin: .iptablesNFT),
      try Ruleset(nftJSON: RulesFixtures.docker29),
    ] {
      let walk = RuleWalk(rules, facts: facts)
      let arriving = try synPacket("192.0.2.1", "192.0.2.9", port: 8080, in: "eth0")
      let routed = walk.evaluate(arriving, at: .prerouting)
      #expect(routed.verdict == .accept)
      #expect(routed.isDestinationTranslated == true)
      #expect(routed.packet.destination == (try ipAddress("172.18.0.2")))
      #expect(routed.packet.transport == .tcp(source: 40000, destination: 80, flags: .syn))
      var forwarded = routed.packet
      forwarded.outInterface = "br-front"
      #expect(walk.evaluate(forwarded, at: .forward).verdict == .accept)
      // The next packet of the connection is not asked again; another port is not published.
      var later = arriving
      later.connection = .established
      #expect(walk.evaluate(later, at: .prerouting).packet.destination == later.destination)
      let other = try synPacket("192.0.2.1", "192.0.2.9", port: 8081, in: "eth0")
      #expect(walk.evaluate(other, at: .prerouting).packet == other)
      // Past the host's address, straight to the container's: dropped before it is routed.
      let direct = walk.evaluate(try synPacket("192.0.2.1", "172.18.0.2", port: 80, in: "eth0"), at: .prerouting)
      #expect(direct.droppingRule?.isNetworkIsolation == true)
    }
  }

  @Test func aPublishedPortNeedsTheLocalAddresses() throws {
    let rules = try Ruleset(iptablesSave: RulesFixtures.docker28, family: .ip, origin: .iptablesNFT)
    let result = RuleWalk(rules).evaluate(
      try synPacket("192.0.2.1", "192.0.2.9", port: 8080, in: "eth0"), at: .prerouting)
    #expect(result.verdict == .accept)
    #expect(result.packet.destination == nil)
    #expect(result.isDestinationTranslated == nil)
  }

  @Test func nftAloneCannotReadWhatIPTablesWrote() throws {
    let opaque = try Ruleset(nftJSON: RulesFixtures.docker20AsNFT)
    #expect(opaque.tables.map(\.name) == ["nat", "filter"])
    let packet = try echoPacket("192.0.2.1", "172.18.0.3", in: "eth0", out: "br-front")
    #expect(RuleWalk(opaque).evaluate(packet, at: .forward).unknowns == ["xt conntrack"])
    let readable = try Ruleset(iptablesSave: RulesFixtures.docker20, family: .ip, origin: .iptablesNFT)
    #expect(readable.tables.map(\.name) == ["filter", "nat"])
    // In the order of nft, which is that of their creation.
    let both = try Ruleset(nftJSON: RulesFixtures.docker20AsNFT, with: readable)
    #expect(both.tables == readable.tables.reversed())
    // The tables of the legacy variant are others, of the same names.
    let legacy = try Ruleset(iptablesSave: RulesFixtures.docker20, family: .ip, origin: .iptablesLegacy)
    #expect(try Ruleset(nftJSON: RulesFixtures.docker20AsNFT, with: legacy) == legacy + opaque)
    // And those of IPv6.
    let six = Ruleset(tables: [RuleTable(family: .ip6, name: "filter", origin: .iptablesNFT)])
    #expect(try Ruleset(nftJSON: RulesFixtures.docker20AsNFT, with: six) == six + opaque)
  }

  @Test func ufwLetsEchoesThroughAndDropsTheRest() throws {
    let walk = RuleWalk(try Ruleset(iptablesSave: RulesFixtures.ufw, family: .ip, origin: .iptablesLegacy))
    let passing = walk.evaluate(try echoPacket("10.0.0.2", "10.1.0.2", in: "a", out: "b"), at: .forward)
    #expect(passing.verdict == .accept)
    #expect(passing.trail.contains { $0.isCertain && $0.verdict == .accept })
    // Its limit decides what is logged, not what passes.
    let dropped = walk.evaluate(try synPacket("10.0.0.2", "10.1.0.2", port: 80, in: "a", out: "b"), at: .forward)
    #expect(dropped.droppingRule?.rule.text == "-P FORWARD DROP")
    #expect(dropped.droppingRule?.rule.origin == .iptablesLegacy)
    // Here it matters: behind `recent` a connection is refused or accepted.
    let local = NamespaceFacts(addresses: [
      NamespaceFacts.LocalAddress(interface: "a", address: try ipAddress("10.0.0.1"))
    ])
    let limited = RuleWalk(walk.ruleset, facts: local)
      .evaluate(try synPacket("10.0.0.2", "10.0.0.1", port: 22, in: "a"), at: .input)
    #expect(limited.unknowns == ["match recent"])
    // Not for this host: dropped whether the limit logs it or not.
    let foreign = RuleWalk(walk.ruleset, facts: local)
      .evaluate(try synPacket("10.0.0.2", "10.0.0.7", port: 22, in: "a"), at: .input)
    #expect(foreign.droppingRule?.rule.text == "-A ufw-not-local -j DROP")
  }

  @Test func firewalldRejectsBehindDocker() throws {
    let docker = try Ruleset(iptablesSave: RulesFixtures.docker20, family: .ip, origin: .iptablesNFT)
    let walk = RuleWalk(try Ruleset(nftJSON: RulesFixtures.firewalld, with: docker))
    #expect(
      walk.evaluate(try echoPacket("172.17.0.2", "172.17.0.3", in: "docker0", out: "docker0"), at: .forward).verdict
        == .accept)
    // Docker accepts it; firewalld's chain comes later and is asked all the same.
    let result = walk.evaluate(try echoPacket("172.18.0.2", "192.0.2.1", in: "br-front", out: "eth0"), at: .forward)
    #expect(result.droppingRule?.rule.text == "reject with icmpx admin-prohibited")
    #expect(result.droppingRule?.isReject == true)
    #expect(result.trail.contains { $0.verdict == .accept && $0.rule.table == "filter" && $0.isCertain })
  }

  @Test func kubeProxyChoosesABackendByChance() throws {
    let walk = RuleWalk(try Ruleset(iptablesSave: RulesFixtures.kubeProxy, family: .ip, origin: .iptablesNFT))
    let result = walk.evaluate(try synPacket("10.244.1.9", "10.96.0.10", port: 80, in: "cni0"), at: .prerouting)
    #expect(result.verdict == .accept)
    #expect(result.isDestinationTranslated == true)
    #expect(result.packet.destination == nil)
    #expect(result.packet.transport == .tcp(source: 40000, destination: 8080, flags: .syn))
    #expect(result.translations.compactMap { $0.address?.description } == ["10.244.1.5", "10.244.2.6"])
    let refused = walk.evaluate(
      try synPacket("10.244.1.9", "10.96.7.7", port: 80, in: "cni0", out: "eth0"), at: .forward)
    #expect(refused.droppingRule?.isReject == true)
    #expect(refused.droppingRule?.rule.chain == "KUBE-SERVICES")
  }
}
