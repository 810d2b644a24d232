internal import JSON
internal import Sentences
import Topology

extension NFTContext {
  /// Reads `{"op": …, "left": …, "right": …}`.
  mutating func condition(_ value: JSONValue) -> Match {
    guard let left = value["left"], let right = value["right"] else { return .unreadable(Say.Rules.match) }
    guard let operands = operands(left) else { return .unreadable(SafeText.clean(NFTText.expression(left))) }
    guard let elements = elements(right, for: operands) else {
      return .unreadable(SafeText.clean(NFTText.expression(right)))
    }
    let isFlags = operands.count == 1 && operands[0].selector.isFlags && right["set"] == nil
    switch value["op"]?.string {
    case "==": return .compare(operands, .equal, elements)
    case "!=": return .compare(operands, .notEqual, elements)
    case "<": return .compare(operands, .less, elements)
    case "<=": return .compare(operands, .lessOrEqual, elements)
    case ">": return .compare(operands, .greater, elements)
    case ">=": return .compare(operands, .greaterOrEqual, elements)
    case "in": return .compare(operands, isFlags ? .anyBit : .equal, elements)
    case "!": return .compare(operands, .noBit, elements)
    case let other: return .unreadable(SafeText.clean(Say.Rules.comparison(other ?? "")))
    }
  }

  /// The right side: one element, a set in the rule, or a set by its name; nil where it is none of them.
  private mutating func elements(_ value: JSONValue, for operands: [MatchOperand]) -> [[MatchElement]]? {
    let key = operands.map(\.selector)
    if let text = value.string, text.hasPrefix("@") {
      guard let named = set(named: text) else { return nil }
      let use = SetUse(set: named.name, key: key)
      if let read = readSets[use] { return read }
      let read = named.elements.map { element($0, for: key) }
      readSets[use] = read
      return read
    }
    if let list = value["set"]?.each { return list.map { element($0, for: key) } }
    // Several words are the bits of one value.
    return [element(value, for: key)]
  }

  /// Reads an element with one part for each part of the key.
  func element(_ value: JSONValue, for key: [PacketField]) -> [MatchElement] {
    if let inner = value["elem"]?["val"] { return element(inner, for: key) }
    if key.count == 1, let selector = key.first { return [selector.element(value)] }
    if value.string == "*" { return key.map { _ in .anything } }
    guard let parts = value["concat"]?.list, parts.count == key.count else {
      return key.map { _ in .unreadable(SafeText.clean(NFTText.expression(value))) }
    }
    return zip(key, parts).map { $0.element($1["elem"]?["val"] ?? $1) }
  }

  /// Reads the left side of a match or the key of a map; nil where a part of it is not understood.
  func operands(_ value: JSONValue) -> [MatchOperand]? {
    if let parts = value["concat"]?.list {
      let operands = parts.compactMap(operand)
      return operands.count == parts.count ? operands : nil
    }
    return operand(value).map { [$0] }
  }

  private func operand(_ value: JSONValue) -> MatchOperand? {
    guard let (tag, inner) = value.tagged else { return nil }
    if tag == "&" {
      // Newer versions may list more than one mask.
      guard let parts = inner.list, parts.count >= 2, var operand = operand(parts[0]) else { return nil }
      for part in parts.dropFirst() {
        guard case .exactly(let mask) = operand.selector.element(part) else { return nil }
        guard let both = operand.mask.map({ $0.masked(by: mask) }) ?? mask else { return nil }
        operand.mask = both
      }
      return operand
    }
    return PacketField(nft: tag, inner).map { MatchOperand($0) }
  }
}

extension PacketField {
  /// Reads an expression that names a field; nil for one that is not understood.
  init?(nft tag: String, _ value: JSONValue) {
    let found: PacketField?
    switch tag {
    case "meta": found = PacketField(meta: value["key"]?.string ?? value.string ?? "")
    case "payload": found = PacketField(header: value["protocol"]?.string ?? "", field: value["field"]?.string ?? "")
    case "ct": found = value["dir"] == nil ? PacketField(connection: value["key"]?.string ?? "") : nil
    case "fib":
      found = PacketField(fib: value["result"]?.string, flags: value["flags"]?.each.compactMap(\.string) ?? [])
    case "tcp option": found = .undecoded(family: nil, transport: 6, name: "tcp option")
    default: found = nil
    }
    guard let found else { return nil }
    self = found
  }

  private init?(meta key: String) {
    switch key {
    case "iif", "iifname": self = .inInterface
    case "oif", "oifname": self = .outInterface
    case "ibrname", "ibridgename": self = .inBridge
    case "obrname", "obridgename": self = .outBridge
    case "l4proto": self = .transportProtocol
    case "protocol": self = .etherType
    case "nfproto": self = .networkProtocol
    case "mark": self = .mark
    case "pkttype": self = .packetType
    case "length": self = .length
    case "skuid": self = .ownerUID
    case "skgid": self = .ownerGID
    default: return nil
    }
  }

  private init?(connection key: String) {
    switch key {
    case "state": self = .connectionState
    case "status": self = .connectionStatus
    case "direction": self = .connectionDirection
    case "mark": self = .connectionMark
    default: return nil
    }
  }

  private init?(fib result: String?, flags: [String]) {
    guard result == "type", flags.allSatisfy({ ["saddr", "daddr", "iif", "oif"].contains($0) }) else { return nil }
    let scope: Scope = flags.contains("iif") ? .inInterface : flags.contains("oif") ? .outInterface : .anywhere
    self = .addressType(flags.contains("saddr") ? .source : .destination, scope)
  }

  private init?(header: String, field: String) {
    let name = SafeText.clean("\(header) \(field)")
    switch (header, field) {
    case ("ether", "saddr"): self = .etherSource
    case ("ether", "daddr"): self = .etherDestination
    case ("ether", "type"): self = .etherType
    case ("ip", "saddr"): self = .address(.source, .ipv4)
    case ("ip", "daddr"): self = .address(.destination, .ipv4)
    case ("ip6", "saddr"): self = .address(.source, .ipv6)
    case ("ip6", "daddr"): self = .address(.destination, .ipv6)
    case ("ip", "protocol"): self = .headerProtocol(.ipv4)
    case ("ip6", "nexthdr"): self = .headerProtocol(.ipv6)
    case ("ip", "length"): self = .headerLength(.ipv4)
    case ("ip6", "length"): self = .headerLength(.ipv6)
    case ("ip", "ttl"): self = .ttl(.ipv4)
    case ("ip6", "hoplimit"): self = .ttl(.ipv6)
    case ("ip", "dscp"): self = .dscp(.ipv4)
    case ("ip6", "dscp"): self = .dscp(.ipv6)
    case ("ip", "frag-off"): self = .fragmentOffset
    case ("ip", _): self = .undecoded(family: .ipv4, transport: nil, name: name)
    case ("ip6", _): self = .undecoded(family: .ipv6, transport: nil, name: name)
    case ("arp", "saddr ip"): self = .address(.source, .arp)
    case ("arp", "daddr ip"): self = .address(.destination, .arp)
    // What a sender writes there is the frame's own source, unless it lies.
    case ("arp", "saddr ether"): self = .etherSource
    case ("arp", "operation"): self = .arpOperation
    case ("arp", _): self = .undecoded(family: .arp, transport: nil, name: name)
    case ("th", "sport"): self = .port(.source, nil)
    case ("th", "dport"): self = .port(.destination, nil)
    case ("tcp", "flags"): self = .tcpFlags
    case ("icmp", "type"): self = .icmpType(.ipv4)
    case ("icmp", "code"): self = .icmpCode(.ipv4)
    case ("icmpv6", "type"): self = .icmpType(.ipv6)
    case ("icmpv6", "code"): self = .icmpCode(.ipv6)
    default:
      guard
        let number = ProtocolNames.modules[header] ?? ProtocolNames.transport[header].flatMap({ UInt8(exactly: $0) })
      else { return nil }
      switch field {
      case "sport": self = .port(.source, number)
      case "dport": self = .port(.destination, number)
      default: self = .undecoded(family: nil, transport: number, name: name)
      }
    }
  }

  /// Whether the field's value is a set of bits, of which a rule asks for any.
  var isFlags: Bool {
    switch self {
    case .connectionState, .connectionStatus, .tcpFlags: true
    default: false
    }
  }
}
