internal import Containers
internal import GenericNetlink
internal import NFNetlink
internal import Names
internal import Namespaces
internal import Netfilter
internal import Netlink
internal import NetlinkSocket
internal import Questions
internal import RTNetlink
internal import Readings
internal import Reports
internal import Settings
internal import SockDiag
internal import Topology

/// Everything that reads bytes from outside: for fuzzing, and for the replay of what that has found.
public enum Decoding: String, CaseIterable, Sendable {
  /// Netlink messages: a datagram, a recording of rtmon, an event of the rule trace.
  case messages
  /// What `nft -j list ruleset` prints, and `nft list chains`.
  case nft
  /// What `iptables-save` and `ip6tables-save` print.
  case iptables
  /// An engine's lists of containers and networks.
  case engine
  /// `/proc/PID/mountinfo`.
  case mountinfo
  /// `/proc/PID/cgroup`.
  case cgroup
  /// The configuration file.
  case settings
  /// A line of an engine's events.
  case events
  /// `resolv.conf` and `nsswitch.conf`.
  case resolv
  /// `/etc/hosts`.
  case hosts
  /// An answer of a name server.
  case dns

  /// Takes the bytes through whatever reads such ones, and a good way behind it.
  ///
  /// Nothing is returned: what matters is that it comes back, and reads nothing outside `bytes`.
  public func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    switch self {
    case .messages: Self.readMessages(bytes)
    case .nft:
      // Refusals are answers, too, here and below.
      if var rules = try? Ruleset(nftJSON: text) {
        rules.addDevices(nftChains: text)
        Self.walk(rules)
      }
      var rules = Ruleset()
      rules.addDevices(nftChains: text)
    case .iptables:
      for family in [RuleTable.Family.ip, .ip6] {
        if let rules = try? Ruleset(iptablesSave: text, family: family, origin: .iptablesNFT) { Self.walk(rules) }
      }
    case .engine:
      _ = try? EngineAnswer.containers(bytes)
      _ = try? EngineAnswer.networks(bytes)
    case .mountinfo: _ = MountTable(mountinfo: bytes)
    case .cgroup: _ = ControlGroup(cgroup: bytes)
    case .resolv: Self.ask(NameLookup.Files(hosts: .absent, resolver: Self.file(bytes), services: Self.file(bytes)))
    case .hosts: Self.ask(NameLookup.Files(hosts: Self.file(bytes), resolver: .absent))
    case .dns: Self.readAnswer(bytes)
    case .events: _ = EngineAnswer.isChange(bytes)
    case .settings:
      let file = ConfigurationFile(bytes, name: "config")
      _ = EffectiveSettings([file.layer])
    }
  }

  private static func readMessages(_ bytes: [UInt8]) {
    let datagram = unsafe bytes.span.bytes
    try? forEachMessage(in: datagram) { header, payload in
      _ = decodeError(header, payload, operation: "fuzz")
      _ = try? StatsMessage(payload)
      _ = try? NamespaceIDMessage(payload)
      _ = try? LinkMessage(payload)
      _ = try? LinkMessage.hasXDP(payload)
      _ = try? BridgeVLANMessage(payload)
      _ = try? MulticastMessage(payload)
      _ = try? TunnelMessage(payload)
      _ = try? SocketMessage(payload)
      _ = try? WireGuardMessage(payload)
      _ = try? GenericFamily.number(payload)
      _ = try? ConntrackMessage(payload)
      _ = try? ConntrackStatistics(payload)
      _ = try? TrafficControlMessage(payload)
    }
    _ = try? TraceEvent(bytes: Array(bytes.dropFirst(16)))
    var ledger = EventLedger()
    try? Recording(bytes).forEach { time, header, payload in
      guard let event = ledger.replay(header, payload, at: time) else { return }
      let report = EventReport(event, at: nil)
      _ = report.json
      _ = report.text()
    }
  }

  private static func file(_ bytes: [UInt8]) -> NameServiceFile { .text(bytes, isCut: false) }

  /// Asks for a name of servers that say nothing, to the end.
  private static func ask(_ files: NameLookup.Files) {
    for name in ["db", "db.example.org", "localhost"] {
      var lookup = NameLookup(ResolutionQuery(namespace: .host, name: name), files)
      var step = lookup.start()
      while case .ask = step { step = lookup.take(.timedOut) }
      _ = lookup.giveUp()
    }
  }

  /// Takes bytes for the answer to the question that is in them, by UDP and again by TCP.
  private static func readAnswer(_ bytes: [UInt8]) {
    guard let message = try? DNSMessage(bytes) else { return }
    _ = message.result
    let files = NameLookup.Files(hosts: .absent, resolver: .absent)
    let isForIPv4 = message.type == DNSMessage.QueryType.a.rawValue
    let query = ResolutionQuery(
      namespace: .host, name: message.name.description, families: isForIPv4 ? .ipv4 : .ipv6)
    let id = message.id
    var lookup = NameLookup(query, files) { id }
    var step = lookup.start()
    for _ in 0..<8 { if case .ask = step { step = lookup.take(.received(bytes)) } }
    _ = lookup.giveUp()
  }

  private static func walk(_ rules: Ruleset) {
    var walk = RuleWalk(rules, facts: .unknown)
    // Jumps that multiply a few rules are cut as in earnest, only sooner: so there is time for more inputs.
    walk.limit = 200
    for (from, to) in [("10.0.0.1", "10.0.0.2"), ("fd00::1", "fd00::2")] {
      guard let source = IPAddress(from), let destination = IPAddress(to),
        let packet = Packet.echoRequest(from: source, to: destination, length: 84)
      else { continue }
      for hook in [Hook.prerouting, .input, .forward, .output, .postrouting] { _ = walk.evaluate(packet, at: hook) }
    }
  }

  /// The messages of a recording, one by one, as bytes.
  public static func messages(_ recording: [UInt8]) -> [[UInt8]] {
    var messages: [[UInt8]] = []
    var offset = 0
    while offset + 16 <= recording.count {
      let length = Int(recording[offset]) | Int(recording[offset + 1]) << 8 | Int(recording[offset + 2]) << 16
      guard length >= 16, offset + length <= recording.count else { break }
      messages.append(Array(recording[offset..<(offset + length)]))
      offset += (length + 3) & ~3
    }
    return messages
  }

  /// A message with a few bytes, lengths or types changed, cut or doubled.
  public static func mutated(_ message: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = message
    for _ in 0..<Int.random(in: 1...4, using: &random) where bytes.count > 20 {
      let place = Int.random(in: 16..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[place] = [0, 1, 3, 4, 5, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      case 2: bytes[place & ~3] = UInt8.random(in: 0...40, using: &random)  // mostly an attribute's length
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.insert(contentsOf: bytes[(place & ~3)...].prefix(64), at: place & ~3)
      default: bytes[4] = UInt8.random(in: 14...100, using: &random)  // another type of message
      }
    }
    // The message's own length is right, so that the mutation reaches what lies within.
    if Int.random(in: 0..<8, using: &random) > 0, bytes.count >= 4 {
      for shift in 0..<4 { bytes[shift] = UInt8(truncatingIfNeeded: bytes.count >> (shift * 8)) }
    }
    return bytes
  }
}

extension Decoding {
  /// The inputs of a packed corpus: a length of 32 bits (little-endian), then so many bytes, one behind the other; nil
  /// where it is cut.
  public static func unpack(_ bytes: [UInt8]) -> [[UInt8]]? {
    var inputs: [[UInt8]] = []
    var offset = 0
    while offset < bytes.count {
      guard bytes.count - offset >= 4 else { return nil }
      let length = (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) }
      guard bytes.count - offset - 4 >= length else { return nil }
      inputs.append(Array(bytes[(offset + 4)..<(offset + 4 + length)]))
      offset += 4 + length
    }
    return inputs
  }
}
