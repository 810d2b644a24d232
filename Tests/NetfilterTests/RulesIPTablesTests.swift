import Netfilter
import Testing
import Topology

@Suite struct RulesIPTablesTests {
  private func read(_ rules: String, table: String = "filter") throws -> Ruleset {
    try Ruleset(
      iptablesSave: "*\(table)\n:FORWARD ACCEPT [0:0]\n:MINE - [0:0]\n\(rules)\nCOMMIT\n", family: .ip,
      origin: .iptablesNFT)
  }

  /// Whether a rule with these matches takes the packet; nil where it can't be told.
  private func matches(_ text: String, _ packet: Packet, facts: NamespaceFacts = .unknown) throws -> Bool? {
    let rules = try read("-A FORWARD \(text) -j DROP")
    switch RuleWalk(rules, facts: facts).evaluate(packet, at: .forward).verdict {
    case .accept: return false
    case .drop: return true
    case .unknown: return nil
    }
  }

  @Test func everyMatchThatTheToolPrints() throws {
    let rules = try Ruleset(iptablesSave: RulesFixtures.everyMatch, family: .ip, origin: .iptablesNFT)
    #expect(rules.tables.map(\.name) == ["mangle", "raw", "filter", "nat"])
    let forward = try #require(rules.tables[2].chains.first { $0.name == "FORWARD" })
    #expect(forward.base == RuleChain.Base(hook: .forward, priority: 0, dropsByDefault: true))
    #expect(forward.rules.map(\.line) == Array(1...forward.rules.count))
    let unreadable = forward.rules.filter { rule in
      rule.conditions.contains { if case .unreadable = $0 { true } else { false } }
    }
    #expect(
      unreadable.map { $0.text.split(separator: " ").dropFirst(2).prefix(4).joined(separator: " ") } == [
        "-p tcp -m tcp", "-m conntrack --ctorigdst 1.1.1.1", "-m conntrack --ctproto 6", "-m limit --limit 5/min",
        "-m hashlimit --hashlimit-above 5/min", "-m statistic --mode random", "-m recent --rcheck --name",
        "-m u32 --u32 \"0x0>>0x16&0x3c@0x0=0x1\"", "-m tos --tos 0x10/0xff", "-m string --string \"GET\"",
        "-m time --timestart 10:00:00", "-m cpu --cpu 1", "-m connlimit --connlimit-above 5", "-m quota --quota 5",
        "-m policy --dir in", "-m devgroup --src-group 0x1", "-m helper --helper ftp",
        "-m u32 --u32 \"0x0>>0x16&0x3c@0x0=0x1\"",
      ])
    // What is not understood is never a verdict of its own: the targets are.
    let targets = rules.tables.flatMap(\.chains).flatMap(\.rules).flatMap(\.statements)
    #expect(!targets.contains { if case .unreadable = $0 { true } else { false } })
    #expect(targets.contains(.handover(Handover("NFQUEUE", to: .queue(1...1, mayBypass: false)))))
    #expect(targets.contains(.handover(Handover("TPROXY", to: .proxy(port: 5)))))
    #expect(targets.contains(.change(.mark(and: ~1, xor: 1))))
    #expect(targets.contains(.change(.untracked)))
    #expect(targets.contains(.verdict(.goto("V"))))
  }

  @Test func hooksAndPriorities() throws {
    let rules = try Ruleset(iptablesSave: RulesFixtures.everyMatch, family: .ip, origin: .iptablesNFT)
    let bases = rules.tables.flatMap { table in
      table.chains.compactMap { chain in chain.base.map { "\(table.name) \($0.hook) \($0.kind) \($0.priority)" } }
    }
    #expect(
      bases == [
        "mangle prerouting filter -150", "mangle input filter -150", "mangle forward filter -150",
        "mangle output route -150", "mangle postrouting filter -150", "raw prerouting filter -300",
        "raw output filter -300", "filter input filter 0", "filter forward filter 0", "filter output filter 0",
        "nat prerouting nat -100", "nat input nat 100", "nat output nat -100", "nat postrouting nat 100",
      ])
  }

  @Test func countersOfRulesAndPolicies() throws {
    let rules = try Ruleset(
      iptablesSave: "*filter\n:INPUT DROP [7:588]\n[3:252] -A INPUT -i lo -j ACCEPT\n-A INPUT -j DROP\nCOMMIT",
      family: .ip6, origin: .iptablesLegacy)
    let chain = try #require(rules.tables.first?.chains.first)
    #expect(chain.policyCounters == RuleCounters(packets: 7, bytes: 588))
    #expect(chain.rules.map(\.counters) == [RuleCounters(packets: 3, bytes: 252), nil])
    #expect(chain.rules.map(\.text) == ["-A INPUT -i lo -j ACCEPT", "-A INPUT -j DROP"])
  }

  @Test func aCommentIsNotARule() throws {
    let text = #"-m comment --comment "a \"quoted\" ! \\ -j ACCEPT -m set" -j DROP"#
    let rule = try #require(try read("-A FORWARD \(text)").tables[0].chains[0].rules.first)
    #expect(rule.statements == [.verdict(.drop)])
    #expect(rule.text == "-A FORWARD " + text)
  }

  /// Matches and whether they take an echo request of 84 bytes from 10.0.0.2 on br-a to 172.17.0.9 on docker0.
  private static let echoes: [(String, Bool?)] = [
    ("-s 10.0.0.0/8", true), ("! -s 10.0.0.0/8", false), ("-s 10.0.0.2/32", true), ("-s 10.0.0.0/31", false),
    ("-d 172.0.0.9/255.0.0.255", true), ("-d 172.17.0.8/29", true), ("-d 172.17.0.0/29", false),
    ("-i br-+", true), ("-i br", false), ("-i +", true), ("! -i br-a", false), ("-o docker0", true),
    ("! -o docker+", false), ("-p icmp", true), ("! -p tcp", true), ("-p 47", false), ("-p gre", false),
    ("-p icmp -m icmp --icmp-type 8", true), ("-p icmp -m icmp --icmp-type 8/1", false),
    ("-p icmp -m icmp ! --icmp-type 0", true), ("-p icmp -m icmp --icmp-type any", true),
    ("-p tcp -m tcp --dport 80", false), ("-p tcp -m tcp ! --dport 80", false),
    ("-m conntrack --ctstate NEW,RELATED", true), ("-m conntrack ! --ctstate NEW", false),
    ("-m conntrack --ctstate DNAT", false), ("-m conntrack ! --ctstate DNAT", true),
    ("-m conntrack --ctstatus ASSURED", nil), ("-m conntrack --ctdir ORIGINAL", true), ("-m state --state NEW", true),
    ("-m addrtype --dst-type LOCAL", false), ("-m addrtype ! --dst-type LOCAL", true),
    ("-m addrtype --src-type UNICAST", true), ("-m addrtype --dst-type LOCAL,BROADCAST --limit-iface-in", false),
    ("-m mark --mark 0x0", true), ("-m mark --mark 0x1/0xff", false), ("-m mark ! --mark 0x1", true),
    ("-m connmark --mark 0x0", true), ("-m mac --mac-source 02:42:AC:11:00:02", true),
    ("-m mac ! --mac-source 02:42:ac:11:00:02", false),
    ("-m iprange --src-range 10.0.0.1-10.0.0.3", true), ("-m iprange ! --dst-range 172.17.0.0-172.17.0.8", true),
    ("-m pkttype --pkt-type broadcast", false), ("-m pkttype --pkt-type unicast", true),
    ("-m length --length 84", true), ("-m length --length 85:", false), ("-m length ! --length 0:83", true),
    ("-m ttl --ttl-lt 64", true), ("-m ttl --ttl-gt 63", false), ("-m ttl ! --ttl-eq 63", false),
    ("-m dscp --dscp 0x00", true), ("-f", false), ("! -f", true),
    ("-m physdev --physdev-is-bridged", false), ("-m physdev ! --physdev-is-bridged", true),
    ("-m physdev --physdev-in veth1", false), ("-m physdev ! --physdev-in veth1", true),
    ("-m owner --uid-owner 0", false), ("-m owner ! --uid-owner 0", true), ("-m comment --comment x", true), ("", true),
    ("-m set --match-set blocked src", nil), ("-m limit --limit 5/min", nil), ("-m statistic --mode nth", nil),
    ("-m recent --rcheck --name x", nil), ("-m u32 --u32 \"0>>22\"", nil), ("-m bpf --bytecode \"1,6 0 0 1\"", nil),
    ("-p tcp -m set --match-set blocked src", false), ("-m newmatch --option a b", nil),
    ("-m conntrack --ctnewoption x", nil), ("-p nosuchprotocol", nil),
  ]

  @Test(arguments: echoes) func anEcho(_ text: String, _ wanted: Bool?) throws {
    var packet = try echoPacket("10.0.0.2", "172.17.0.9", in: "br-a", out: "docker0")
    packet.ttl = 63
    packet.packetType = .host
    packet.isLocallySent = false
    packet.sourceMAC = [0x02, 0x42, 0xAC, 0x11, 0x00, 0x02]
    let facts = NamespaceFacts(
      addresses: [NamespaceFacts.LocalAddress(interface: "docker0", address: try ipAddress("172.17.0.1"))])
    #expect(try matches(text, packet, facts: facts) == wanted)
  }

  /// Matches and whether they take a SYN from port 40000 to port 80.
  private static let connections: [(String, Bool?)] = [
    ("-p tcp -m tcp --dport 80", true), ("-p tcp -m tcp --dport 81:90", false), ("-p tcp -m tcp ! --dport 81", true),
    ("-p tcp -m tcp --sport 1024:65535 --dport :80", true), ("-p udp -m udp --dport 80", false),
    ("-p tcp -m multiport --dports 22,80", true), ("-p tcp -m multiport ! --dports 22,80", false),
    ("-p tcp -m multiport --sports 22,80", false), ("-p tcp -m multiport --ports 22,70:80", true),
    ("-p tcp -m multiport ! --ports 22,70:80", false), ("-p tcp -m multiport ! --ports 22", true),
    ("-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN", true), ("-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN", false),
    ("-p tcp -m tcp --tcp-flags ALL SYN,ACK", false), ("-p tcp -m tcp --tcp-flags ALL NONE", false),
    ("-p tcp -m tcp --tcp-option 5", nil), ("-p icmp -m icmp --icmp-type any", false),
  ]

  @Test(arguments: connections) func aConnection(_ text: String, _ wanted: Bool?) throws {
    #expect(try matches(text, synPacket("10.0.0.2", "172.17.0.9", port: 80, in: "br-a", out: "docker0")) == wanted)
  }

  @Test func whatIsNotKnownOfThePacketIsNotGuessed() throws {
    let packet = Packet(family: .ipv4)
    for text in [
      "-s 10.0.0.0/8", "! -d 10.0.0.1/32", "-i eth0", "! -o eth0", "-p tcp", "-m conntrack --ctstate NEW",
      "-m mac --mac-source 02:42:ac:11:00:02", "-m pkttype --pkt-type host", "-m length --length 84",
      "-m ttl --ttl-lt 5", "-m owner --uid-owner 0", "-m addrtype --dst-type LOCAL",
    ] {
      #expect(try matches(text, packet) == nil, "\(text)")
    }
    #expect(try matches("-i +", packet) == true)
  }

  @Test func aBridgedPacketHasPorts() throws {
    var packet = try echoPacket("172.17.0.2", "172.17.0.3", in: "docker0", out: "docker0")
    (packet.physicalIn, packet.physicalOut) = ("veth1", "veth2")
    #expect(try matches("-m physdev --physdev-is-bridged", packet) == true)
    #expect(try matches("-m physdev --physdev-in veth1 --physdev-out veth+", packet) == true)
    #expect(try matches("-m physdev --physdev-in veth2", packet) == false)
    #expect(try matches("-m physdev ! --physdev-is-in", packet) == false)
    packet.physicalOut = nil
    #expect(try matches("-m physdev --physdev-is-bridged", packet) == nil)
  }

  @Test func addressesOfIPv6() throws {
    let text = """
      *filter
      :FORWARD ACCEPT [0:0]
      -A FORWARD -s 2001:db8::/32 -d 2001:db8:0:1::/ffff:ffff:ffff:ffff:: -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j DROP
      COMMIT
      """
    let walk = RuleWalk(try Ruleset(iptablesSave: text, family: .ip6, origin: .iptablesNFT))
    #expect(walk.evaluate(try echoPacket("2001:db8::2", "2001:db8:0:1::9"), at: .forward).droppingRule != nil)
    #expect(walk.evaluate(try echoPacket("2001:db8::2", "2001:db8:0:2::9"), at: .forward).verdict == .accept)
    #expect(walk.evaluate(try echoPacket("10.0.0.1", "10.0.0.2"), at: .forward).verdict == .accept)
  }

  @Test func everyTargetThatIsNotKnownIsUnknown() throws {
    let packet = try echoPacket("10.0.0.2", "10.0.0.3")
    #expect(
      RuleWalk(try read("-A FORWARD -j NEWTARGET --x")).evaluate(packet, at: .forward).unknowns == ["target NEWTARGET"])
    #expect(RuleWalk(try read("-A FORWARD -j NFQUEUE")).evaluate(packet, at: .forward).unknowns == ["NFQUEUE"])
    #expect(RuleWalk(try read("-A FORWARD -j LOG")).evaluate(packet, at: .forward).verdict == .accept)
    #expect(
      RuleWalk(try read("-A FORWARD -j MINE\n-A FORWARD -j DROP")).evaluate(packet, at: .forward).droppingRule != nil)
  }

  private static let broken: [(String, String)] = [
    ("hello", "line 1"), ("*filter\n:FORWARD ACCEPT [0:0]\n-A OTHER -j DROP\nCOMMIT", "line 3"),
    ("*filter\n:FORWARD MAYBE [0:0]\nCOMMIT", "line 2"), ("-A FORWARD -j DROP", "line 1"),
    ("*filter\n*nat\n", "line 2"),
    ("*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -m comment --comment \"open -j DROP\nCOMMIT", "line 3"),
    ("*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -s\nCOMMIT", "line 3"), ("*filter\n:FORWARD ACCEPT [0:0]", "line 2"),
    ("*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD what -j DROP\nCOMMIT", "line 3"),
    ("*filter\n:FORWARD ACCEPT [0:0]\n[x:1] -A FORWARD -j DROP\nCOMMIT", "line 3"), ("COMMIT", "line 1"),
    ("*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -j\nCOMMIT", "line 3"),
  ]

  @Test(arguments: broken) func brokenText(_ text: String, _ place: String) throws {
    let error = try #require(throws: RulesError.self) {
      try Ruleset(iptablesSave: text, family: .ip, origin: .iptablesNFT)
    }
    #expect(error.place == place)
    #expect(!error.description.contains("\n"))
    #expect(error.description.contains("iptables-save"))
  }

  @Test func linesMayEndAsElsewhere() throws {
    let text = RulesFixtures.docker20.replacing("\n", with: "\r\n")
    let rules = try Ruleset(iptablesSave: text, family: .ip, origin: .iptablesNFT)
    #expect(rules == (try Ruleset(iptablesSave: RulesFixtures.docker20, family: .ip, origin: .iptablesNFT)))
  }

  @Test func controlCharactersStayOutside() throws {
    let text = "*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -i \"e\u{1B}[2J\" -j DROP\nCOMMIT"
    let rules = try Ruleset(iptablesSave: text, family: .ip, origin: .iptablesNFT)
    #expect(rules.tables[0].chains[0].rules[0].text == "-A FORWARD -i \"e\\x1b[2J\" -j DROP")
    // The model's name of such an interface is the same.
    let packet = try echoPacket("10.0.0.2", "10.0.0.3", in: SafeText.clean("e\u{1B}[2J"))
    #expect(RuleWalk(rules).evaluate(packet, at: .forward).droppingRule != nil)
  }

  @Test func noTextBreaksIt() throws {
    // Every cut of a real text is read or refused, never a trap.
    let text = RulesFixtures.everyMatch
    var refused = 0
    for length in stride(from: 0, to: text.count, by: 37) {
      do { _ = try Ruleset(iptablesSave: String(text.prefix(length)), family: .ip, origin: .iptablesNFT) } catch {
        refused += 1
      }
    }
    #expect(refused > text.count / 37 / 2)
  }
}
