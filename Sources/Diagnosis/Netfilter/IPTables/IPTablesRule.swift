internal import Sentences
import Topology

/// Reads what stands behind `-A CHAIN` in a rule of iptables-save.
struct IPTablesRule {
  /// The rule can't be read.
  struct Failure: Error {
    var reason: String
  }

  var words: ArraySlice<IPTablesWord>
  let family: RuleTable.Family
  let chain: String
  /// The chains of the table, by name.
  let chains: [String: Int]
  var statements: [RuleStatement] = []
  /// The match whose options are being read, and where its conditions begin.
  private var module = ""
  var moduleStart = 0

  init(words: ArraySlice<IPTablesWord>, family: RuleTable.Family, chain: String, chains: [String: Int]) {
    self.words = words
    self.family = family
    self.chain = chain
    self.chains = chains
  }

  /// The family of the packets that the rule sees.
  var packets: Packet.Family { family == .ip6 ? .ipv6 : .ipv4 }

  /// The next word as an option's value.
  mutating func value(of option: String) throws(Failure) -> String {
    guard let word = words.popFirst() else { throw Failure(reason: "\(option) has no value") }
    return word.text
  }

  mutating func read() throws(Failure) {
    while let word = words.popFirst() {
      var option = word
      var isNegated = false
      if word.isOption("!") {
        guard let next = words.popFirst() else { throw Failure(reason: "'!' at the end of the rule") }
        isNegated = true
        option = next
      }
      guard option.startsOption, option.text != "!" else {
        throw Failure(reason: "'\(option.text.prefix(40))' stands where an option should")
      }
      switch option.text {
      case "-s": try add(address(.source), isNegated)
      case "-d": try add(address(.destination), isNegated)
      case "-i": try add(interface(.inInterface, option.text), isNegated)
      case "-o": try add(interface(.outInterface, option.text), isNegated)
      case "-p": try add(transport(), isNegated)
      case "-f": add([.compare(.laterFragment, .equal, .exactly(.number(1)))], isNegated)
      case "-m": try beginModule()
      case "-j": return try readTarget(isGoto: false)
      case "-g": return try readTarget(isGoto: true)
      default: try add(moduleConditions(module, option.text, isNegated: isNegated), false)
      }
    }
  }

  /// Adds conditions, each of which must hold.
  private mutating func add(_ conditions: [Match], _ isNegated: Bool) {
    for condition in conditions {
      switch condition {
      case .compare(let operands, .equal, let elements) where isNegated:
        statements.append(.match(.compare(operands, .notEqual, elements)))
      default: statements.append(.match(isNegated ? .not(condition) : condition))
      }
    }
  }

  private mutating func address(_ side: PacketField.Side) throws(Failure) -> [Match] {
    let text = try value(of: side == .source ? "-s" : "-d")
    return [.compare(.address(side, packets), .equal, MatchElement(network: text, packets))]
  }

  private mutating func interface(_ selector: PacketField, _ option: String) throws(Failure) -> [Match] {
    [.compare(selector, .equal, MatchElement(iptablesInterface: try value(of: option)))]
  }

  private mutating func transport() throws(Failure) -> [Match] {
    let text = try value(of: "-p")
    if text == "all" || text == "0" { return [] }
    return [.compare(.transportProtocol, .equal, MatchElement(number: text, names: ProtocolNames.transport))]
  }

  /// Begins a match; one that is not understood is named and its options are skipped.
  private mutating func beginModule() throws(Failure) {
    module = try value(of: "-m")
    moduleStart = statements.count
    if IPTablesRule.readableModules.contains(module) { return }
    var name = module
    while let word = words.first, !word.isOption("-m"), !word.isOption("-j"), !word.isOption("-g") {
      words.removeFirst()
      // The set's name, the rate: what tells one such match from another.
      if word.text == "--match-set" || word.text == "--limit", let value = words.first { name += " " + value.text }
    }
    statements.append(.match(.unreadable(SafeText.clean(Say.Rules.match(name)))))
  }

  static let readableModules: Set<String> = [
    "tcp", "udp", "icmp", "icmp6", "multiport", "conntrack", "state", "addrtype", "comment", "physdev", "mark",
    "connmark", "mac", "iprange", "pkttype", "owner", "length", "ttl", "hl", "dscp", "udplite", "sctp", "dccp",
  ]
}

extension MatchElement {
  /// Reads `10.0.0.0/8`, `10.0.0.0/255.0.255.0` or a single address.
  init(network text: String, _ family: Packet.Family) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard let address = parts.first.flatMap({ IPAddress($0) }), address.isIPv6 == (family == .ipv6) else {
      self = .unreadable(SafeText.clean(Say.Rules.address(text)))
      return
    }
    guard parts.count == 2 else {
      self = .exactly(.bytes(address.bytes))
      return
    }
    if let length = Int(parts[1]), length >= 0, length <= address.bytes.count * 8 {
      self = MatchElement(address, prefix: length)
    } else if let mask = IPAddress(parts[1]), mask.isIPv6 == address.isIPv6 {
      self = .masked(.bytes(address.bytes), mask: .bytes(mask.bytes))
    } else {
      self = .unreadable(SafeText.clean(Say.Rules.address(text)))
    }
  }

  /// The addresses whose first `length` bits are those of `address`.
  init(_ address: IPAddress, prefix length: Int) {
    let mask = address.bytes.indices.map { UInt8(truncatingIfNeeded: 0xFF00 >> min(8, max(0, length - $0 * 8))) }
    self = .masked(.bytes(address.bytes), mask: .bytes(mask))
  }

  /// Reads an interface's name of iptables, where a `+` at the end stands for any rest.
  init(iptablesInterface text: String) {
    let name = SafeText.clean(text)
    if name == "+" {
      self = .anything
    } else {
      self = name.hasSuffix("+") ? .startingWith(String(name.dropLast())) : .exactly(.name(name))
    }
  }

  /// Reads a number (`0x` for hexadecimal) or one of those names.
  init(number text: some StringProtocol, names: [String: UInt64] = [:]) {
    if let number = UInt64(iptables: text) ?? names[String(text)] {
      self = .exactly(.number(number))
    } else {
      self = .unreadable(SafeText.clean(String(text)))
    }
  }

  /// Reads `80`, `80:90`, `:90` or `80:`, with that separator.
  init(range text: some StringProtocol, separator: Character = ":", limit: UInt64) {
    let parts = text.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = parts.enumerated().map { position, part in
      part.isEmpty && parts.count == 2 ? (position == 0 ? 0 : limit) : UInt64(iptables: part)
    }
    switch (numbers.first ?? nil, numbers.last ?? nil) {
    case (let low?, let high?): self = low == high ? .exactly(.number(low)) : .range(.number(low), .number(high))
    default: self = .unreadable(SafeText.clean(String(text)))
    }
  }
}

extension UInt64 {
  /// Reads a number as iptables writes it.
  init?(iptables text: some StringProtocol) {
    if text.hasPrefix("0x") { self.init(text.dropFirst(2), radix: 16) } else { self.init(text, radix: 10) }
  }
}
