import Netfilter
import Testing
import Topology

@Suite struct RulesWalkTests {
  private func iptables(_ text: String, table: String = "filter", policy: String = "ACCEPT") throws -> Ruleset {
    var chains = "FORWARD INPUT OUTPUT PREROUTING POSTROUTING".split(separator: " ").map { ":\($0) \(policy) [0:0]" }
    chains += ["A", "B", "C"].map { ":\($0) - [0:0]" }
    return try Ruleset(
      iptablesSave: "*\(table)\n\(chains.joined(separator: "\n"))\n\(text)\nCOMMIT", family: .ip, origin: .iptablesNFT)
  }

  private func forward(_ text: String, policy: String = "ACCEPT", _ packet: Packet? = nil) throws -> WalkResult {
    let asked = try packet ?? echoPacket("10.0.0.2", "10.0.0.3", in: "a", out: "b")
    return RuleWalk(try iptables(text, policy: policy)).evaluate(asked, at: .forward)
  }

  /// A table of nft with one base chain that has one rule.
  private func table(
    _ family: RuleTable.Family, _ name: String, hook: Hook = .forward, priority: Int = 0,
    kind: RuleChain.Base.Kind = .filter,
    policyDrops: Bool = false, devices: [String]? = nil, _ statements: [RuleStatement]
  ) -> RuleTable {
    let base = RuleChain.Base(
      kind: kind, hook: hook, priority: priority, dropsByDefault: policyDrops, devices: devices)
    let rules = statements.isEmpty ? [] : [Rule(statements: statements, handle: 4, text: name)]
    return RuleTable(family: family, name: name, origin: .nft, chains: [RuleChain(name: "c", base: base, rules: rules)])
  }

  @Test func anAcceptEndsOnlyItsBaseChain() throws {
    let packet = try echoPacket("10.0.0.2", "10.0.0.3")
    let rules = Ruleset(tables: [
      table(.ip, "first", priority: -10, [.verdict(.accept)]),
      table(.inet, "last", priority: 10, policyDrops: true, []),
    ])
    let result = RuleWalk(rules).evaluate(packet, at: .forward)
    #expect(
      result.droppingRule?.rule
        == RuleReference(family: .inet, table: "last", origin: .nft, chain: "c", text: "policy drop")
    )
    #expect(result.droppingRule?.isPolicy == true)
    #expect(RuleWalk(rules).evaluate(packet, at: .input).verdict == .accept)
  }

  @Test func aDropEndsEverything() throws {
    let rules = Ruleset(tables: [
      table(.ip, "late", priority: 5, [.verdict(.drop)]), table(.inet, "early", priority: -5, [.verdict(.drop)]),
    ])
    let result = RuleWalk(rules).evaluate(try echoPacket("10.0.0.2", "10.0.0.3"), at: .forward)
    #expect(result.droppingRule?.rule.table == "early")
    #expect(result.trail.count == 1)
  }

  @Test func ofEqualPrioritiesTheLastRegisteredRunsFirst() throws {
    let rules = Ruleset(tables: [table(.ip, "old", [.verdict(.drop)]), table(.ip, "new", [.verdict(.drop)])])
    #expect(
      RuleWalk(rules).evaluate(try echoPacket("10.0.0.2", "10.0.0.3"), at: .forward).droppingRule?.rule.table == "new")
  }

  @Test func familiesSeeTheirPackets() throws {
    let families: [RuleTable.Family] = [.ip, .ip6, .inet, .bridge, .arp, .netdev]
    func seen(_ packet: Packet, _ layer: RuleWalk.Layer = .network) -> [RuleTable.Family] {
      families.filter { family in
        let rules = Ruleset(tables: [table(family, "t", [.verdict(.drop)])])
        return RuleWalk(rules).evaluate(packet, at: .forward, layer: layer).droppingRule != nil
      }
    }
    #expect(seen(try echoPacket("10.0.0.2", "10.0.0.3")) == [.ip, .inet])
    #expect(seen(try echoPacket("fe80::2", "fe80::3")) == [.ip6, .inet])
    #expect(seen(Packet(family: .arp)) == [.arp])
    #expect(seen(try echoPacket("10.0.0.2", "10.0.0.3"), .bridge) == [.bridge])
  }

  @Test func ingressBelongsToItsDevices() throws {
    func verdict(_ devices: [String]?) throws -> WalkResult {
      let rules = Ruleset(tables: [
        table(.netdev, "n", hook: .ingress, devices: devices, [.verdict(.drop)])
      ])
      return RuleWalk(rules).evaluate(try echoPacket("10.0.0.2", "10.0.0.3", in: "eth0"), at: .ingress)
    }
    #expect(try verdict(["eth0", "eth1"]).droppingRule != nil)
    #expect(try verdict(["eth1"]).verdict == .accept)
    // nft 1.0.6 does not print them.
    #expect(try verdict(nil).unknowns == ["device of the chain"])
  }

  @Test func dormantTablesSleep() throws {
    var asleep = table(.ip, "t", [.verdict(.drop)])
    asleep.isDormant = true
    let walk = RuleWalk(Ruleset(tables: [asleep]))
    #expect(walk.evaluate(try echoPacket("10.0.0.2", "10.0.0.3"), at: .forward).verdict == .accept)
  }

  @Test func jumpsComeBackAndGotosDoNot() throws {
    #expect(try forward("-A A -j RETURN\n-A FORWARD -j A\n-A FORWARD -j DROP").droppingRule?.rule.line == 2)
    #expect(try forward("-A FORWARD -g A\n-A FORWARD -j DROP").verdict == .accept)
    // Back from B to the rule behind the jump to A, since A went to B for good.
    let nested = try forward("-A A -g B\n-A A -j DROP\n-A FORWARD -j A\n-A FORWARD -s 10.0.0.2/32 -j DROP")
    #expect(nested.droppingRule?.rule.chain == "FORWARD")
    #expect(try forward("-A FORWARD -j RETURN\n-A FORWARD -j ACCEPT", policy: "DROP").droppingRule?.isPolicy == true)
  }

  @Test func bothWaysOfAnUndecidedMatch() throws {
    let set = "-m set --match-set x src"
    #expect(try forward("-A FORWARD \(set) -j DROP").unknowns == ["match set x"])
    #expect(try forward("-A FORWARD \(set) -j ACCEPT").verdict == .accept)
    #expect(try forward("-A FORWARD \(set) -j LOG\n-A FORWARD -j DROP").droppingRule?.rule.line == 2)
    #expect(
      try forward("-A FORWARD \(set) -j A\n-A A -j RETURN\n-A FORWARD -j ACCEPT", policy: "DROP").verdict == .accept)
    // Dropped either way, by one of the two.
    let either = try forward("-A FORWARD \(set) -j DROP\n-A FORWARD -j REJECT")
    #expect(either.droppingRule?.rule.line == 2)
    #expect(either.possibleDroppingRules.map(\.rule.line) == [1, 2])
    #expect(either.trail.map(\.isCertain) == [false, false])
    // Only the match that matters is named.
    let named = try forward(
      "-A FORWARD \(set) -j LOG\n-A A \(set) -j RETURN\n-A FORWARD -j A\n-A FORWARD -m recent --rcheck -j DROP")
    #expect(named.unknowns == ["match recent"])
    // A match that fails first saves the one that can't be told.
    #expect(try forward("-A FORWARD -s 10.9.9.9/32 \(set) -j DROP").verdict == .accept)
  }

  @Test func whatIsInDoubtInOneChainIsSettledInTheNext() throws {
    let packet = try echoPacket("10.0.0.2", "10.0.0.3")
    let doubtful = table(.ip, "a", priority: -1, [.match(.unreadable("x")), .verdict(.drop)])
    let settled = Ruleset(tables: [doubtful, table(.ip, "b", priority: 1, [.verdict(.drop)])])
    #expect(RuleWalk(settled).evaluate(packet, at: .forward).droppingRule?.rule.table == "b")
    let open = Ruleset(tables: [doubtful, table(.ip, "b", priority: 1, [.verdict(.accept)])])
    #expect(RuleWalk(open).evaluate(packet, at: .forward).unknowns == ["x"])
    // Accepted either way: nothing that the verdict depends on.
    let harmless = table(.ip, "c", priority: -2, [.match(.unreadable("y")), .verdict(.accept)])
    #expect(RuleWalk(Ruleset(tables: [harmless, doubtful])).evaluate(packet, at: .forward).unknowns == ["x"])
  }

  @Test func marksTravel() throws {
    let mark = "-A FORWARD -j MARK --set-xmark 0x5/0xffffffff\n"
    #expect(try forward(mark + "-A FORWARD -m mark --mark 0x5 -j DROP").droppingRule != nil)
    #expect(
      try forward(mark + "-A FORWARD -j MARK --set-xmark 0x1/0x1\n-A FORWARD -m mark --mark 0x5 -j DROP").droppingRule
        != nil
    )
    #expect(
      try forward(mark + "-A FORWARD -j MARK --set-xmark 0x0/0x4\n-A FORWARD -m mark --mark 0x1 -j DROP").droppingRule
        != nil
    )
    #expect(try forward(mark).packet.mark == 5)
    // Set or not set: then it can't be told.
    let maybe = try forward(
      "-A FORWARD -m set --match-set x src -j MARK --set-xmark 0x5/0xffffffff\n-A FORWARD -m mark --mark 0x5 -j DROP")
    #expect(maybe.unknowns == ["match set x", "mark"])
    let connection =
      "-A FORWARD -j CONNMARK --set-xmark 0x7/0xffffffff\n-A FORWARD -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff\n"
    #expect(try forward(connection + "-A FORWARD -m mark --mark 0x7 -j DROP").droppingRule != nil)
  }

  @Test func chainsBeforeConntrackKnowNoState() throws {
    let rules = Ruleset(tables: [
      table(.ip, "raw", hook: .prerouting, priority: -300, [.match(state(8)), .verdict(.drop)]),
      table(.ip, "invalid", hook: .prerouting, priority: -299, [.match(state(1)), .change(.untracked)]),
      table(.ip, "later", hook: .prerouting, priority: 0, [.match(state(64)), .verdict(.drop)]),
    ])
    let packet = try echoPacket("10.0.0.2", "10.0.0.3", in: "a")
    #expect(RuleWalk(rules).evaluate(packet, at: .prerouting).droppingRule?.rule.table == "later")
    let tracked = Ruleset(tables: [
      rules.tables[0], table(.ip, "later", hook: .prerouting, [.match(state(8)), .verdict(.drop)]),
    ])
    #expect(RuleWalk(tracked).evaluate(packet, at: .prerouting).droppingRule?.rule.table == "later")
  }

  private func state(_ bits: UInt64) -> Match {
    .compare([MatchOperand(.connectionState)], .anyBit, [[.exactly(.number(bits))]])
  }

  @Test func translationIsForTheFirstPacketAndOnce() throws {
    let first = table(
      .ip, "first", hook: .prerouting, priority: -110, kind: .nat,
      [.translate(AddressTranslation(.destination, address: try ipAddress("10.0.0.9"), isPortKept: true))])
    let second = table(
      .ip, "second", hook: .prerouting, priority: -100, kind: .nat,
      [.translate(AddressTranslation(.destination, address: try ipAddress("10.0.0.8"), isPortKept: true))])
    let walk = RuleWalk(Ruleset(tables: [second, first]))
    var packet = try synPacket("10.0.0.2", "10.0.0.3", port: 80, in: "a")
    let result = walk.evaluate(packet, at: .prerouting)
    #expect(result.packet.destination?.description == "10.0.0.9")
    #expect(result.packet.transport == packet.transport)
    #expect(result.translations.count == 1)
    packet.connection = .established
    #expect(walk.evaluate(packet, at: .prerouting).packet == packet)
    packet.connection = nil
    #expect(walk.evaluate(packet, at: .prerouting).packet.destination == nil)
  }

  @Test func natChainsShareOneHook() throws {
    // The hook was registered with the first of them, before the filter chain of the same priority: so that runs first.
    func tables(_ kinds: [RuleChain.Base.Kind]) throws -> Ruleset {
      let translate = RuleStatement.translate(
        AddressTranslation(.destination, address: try ipAddress("10.0.0.9"), isPortKept: true))
      let old = Match.compare(
        [MatchOperand(.address(.destination, .ipv4))], .equal, [[.exactly(.bytes([10, 0, 0, 3]))]])
      return Ruleset(
        tables: kinds.map { kind in
          table(
            .ip, "\(kind)", hook: .prerouting, priority: kind == .nat ? -190 : -100, kind: kind,
            kind == .nat ? [translate] : [.match(old), .verdict(.drop)])
        })
    }
    let packet = try echoPacket("10.0.0.2", "10.0.0.3", in: "a")
    #expect(RuleWalk(try tables([.nat, .filter])).evaluate(packet, at: .prerouting).droppingRule != nil)
    #expect(RuleWalk(try tables([.filter, .nat])).evaluate(packet, at: .prerouting).verdict == .accept)
  }

  @Test func aTranslationToTheSameAddressIsNone() throws {
    let rules = Ruleset(tables: [
      table(
        .ip, "t", hook: .prerouting, priority: -100, kind: .nat,
        [.translate(AddressTranslation(.destination, address: try ipAddress("10.0.0.3"), isPortKept: true))])
    ])
    let walk = RuleWalk(rules)
    let same = try synPacket("10.0.0.2", "10.0.0.3", port: 80, in: "a")
    #expect(walk.evaluate(same, at: .prerouting).isDestinationTranslated == false)
    let other = try synPacket("10.0.0.2", "10.0.0.4", port: 80, in: "a")
    #expect(walk.evaluate(other, at: .prerouting).isDestinationTranslated == true)
    var unknown = same
    unknown.destination = nil
    #expect(walk.evaluate(unknown, at: .prerouting).isDestinationTranslated == nil)
  }

  @Test func loopsAndBombsEnd() throws {
    // The kernel refuses a loop; a text can hold one.
    let loop = try forward("-A A -j B\n-A B -j A\n-A FORWARD -j A\n-A FORWARD -j DROP")
    #expect(loop.unknowns == ["more than 16 jumps"])
    var bomb = "-A FORWARD -j A0\n-A FORWARD -j DROP\n"
    var chains = ":FORWARD ACCEPT [0:0]\n"
    for depth in 0..<15 {
      chains += ":A\(depth) - [0:0]\n"
      for _ in 0..<30 where depth < 14 { bomb += "-A A\(depth) -j A\(depth + 1)\n" }
    }
    let rules = try Ruleset(iptablesSave: "*filter\n\(chains)\(bomb)COMMIT", family: .ip, origin: .iptablesNFT)
    #expect(
      RuleWalk(rules).evaluate(try echoPacket("10.0.0.2", "10.0.0.3"), at: .forward).unknowns == ["too many rules"])
    #expect(try forward("-A FORWARD -g A\n-A A -m set --match-set x src -j B\n-A B -j DROP").trail.count == 3)
  }

  @Test func manyUndecidedMatchesCostNoMoreThanOthers() throws {
    let text = (0..<2000).map { "-A FORWARD -m set --match-set s\($0) src -j MARK --set-xmark 0x\($0 % 7)/0xff" }
    let result = try forward((text + ["-A FORWARD -j DROP"]).joined(separator: "\n"))
    #expect(result.droppingRule?.rule.line == 2001)
    #expect(result.trail.count == RuleWalk.trailLimit)
  }

  @Test func aPacketOfOtherProtocolsIsNotMatched() throws {
    var fragment = try synPacket("10.0.0.2", "10.0.0.3", port: 80)
    fragment.isLaterFragment = true
    #expect(try forward("-A FORWARD -p tcp -m tcp --dport 80 -j DROP", fragment).verdict == .accept)
    #expect(try forward("-A FORWARD -f -j DROP", fragment).droppingRule != nil)
    fragment.isLaterFragment = nil
    #expect(try forward("-A FORWARD -p tcp -m tcp --dport 80 -j DROP", fragment).unknowns == ["dport"])
  }
}
