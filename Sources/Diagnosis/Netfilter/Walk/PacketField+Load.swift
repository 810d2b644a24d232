import Topology

/// What a packet says when it is asked for a field.
enum FieldValue: Hashable, Sendable {
  case known(MatchValue)
  /// One of these; it can't be told which.
  case oneOf([MatchValue])
  /// Only the bits of `known` are certain.
  case bits(UInt64, known: UInt64)
  /// The packet has no such field.
  case absent
  case unknown

  var isUncertain: Bool {
    switch self {
    case .unknown, .bits, .oneOf: true
    case .known, .absent: false
    }
  }

  fileprivate static func number(_ value: (some BinaryInteger)?) -> FieldValue {
    guard let value, let number = UInt64(exactly: value) else { return .unknown }
    return .known(.number(number))
  }

  fileprivate static func name(_ value: String?) -> FieldValue {
    value.map { .known(.name($0)) } ?? .unknown
  }

  fileprivate static func bytes(_ value: [UInt8]?) -> FieldValue {
    value.map { .known(.bytes($0)) } ?? .unknown
  }
}

extension MatchOperand {
  /// The operand's value in that packet.
  func load(_ packet: Packet, _ facts: NamespaceFacts) -> FieldValue {
    let value = selector.load(packet, facts)
    guard let mask else { return value }
    switch value {
    case .known(let scalar): return scalar.masked(by: mask).map { .known($0) } ?? .unknown
    case .bits(let bits, let known):
      guard case .number(let wanted) = mask else { return .unknown }
      return wanted & ~known == 0 ? .known(.number(bits & wanted)) : .bits(bits & wanted, known: known & wanted)
    case .oneOf(let scalars):
      let masked = scalars.compactMap { $0.masked(by: mask) }
      return masked.count == scalars.count ? .oneOf(masked) : .unknown
    case .absent, .unknown: return value
    }
  }
}

extension PacketField {
  /// The field's value in that packet.
  func load(_ packet: Packet, _ facts: NamespaceFacts) -> FieldValue {
    switch self {
    case .inInterface: .name(packet.inInterface)
    case .outInterface: .name(packet.outInterface)
    case .physicalIn: .name(packet.physicalIn)
    case .physicalOut: .name(packet.physicalOut)
    case .inBridge: .name(packet.inBridge)
    case .outBridge: .name(packet.outBridge)
    case .etherSource: .bytes(packet.sourceMAC)
    case .etherDestination: .bytes(packet.destinationMAC)
    case .etherType: .number(packet.family.etherType)
    case .networkProtocol: .number(packet.family.rawValue)
    case .packetType: .number(packet.packetType?.rawValue)
    case .arpOperation: packet.family == .arp ? .number(packet.arpOperation) : .absent
    case .mark: .number(packet.mark)
    case .connectionMark: tracked(packet) ? .number(packet.connectionMark) : .absent
    case .length: .number(packet.length)
    case .connectionState, .connectionStatus, .connectionDirection: connection(packet)
    case .ownerUID: owner(packet, packet.ownerUID)
    case .ownerGID: owner(packet, packet.ownerGID)
    case .addressType(let side, let scope): addressType(side, scope, packet, facts)
    case .address(let side, let family):
      family != packet.family ? .absent : .bytes((side == .source ? packet.source : packet.destination)?.bytes)
    case .headerProtocol(let family):
      family != packet.family ? .absent : .number(packet.transport?.number)
    case .headerLength(let family):
      family != packet.family ? .absent : .number(packet.length.map { family == .ipv6 ? $0 - 40 : $0 })
    case .ttl(let family): family != packet.family ? .absent : .number(packet.ttl)
    case .dscp(let family): family != packet.family ? .absent : .number(packet.dscp)
    case .undecoded(let family, let number, _): undecoded(family, number, packet)
    case .fragmentOffset: fragmentOffset(packet)
    case .laterFragment: .number(packet.isLaterFragment.map { $0 ? 1 : 0 })
    case .transportProtocol, .port, .tcpFlags, .icmpType, .icmpCode: transport(packet)
    }
  }

  private func fragmentOffset(_ packet: Packet) -> FieldValue {
    guard packet.family == .ipv4 else { return .absent }
    // The offset is 0; whether the bit "don't fragment" (0x4000) is set is not known.
    return packet.isLaterFragment == false ? .bits(0, known: 0x3FFF) : .unknown
  }

  private func undecoded(_ family: Packet.Family?, _ number: UInt8?, _ packet: Packet) -> FieldValue {
    if let family, family != packet.family { return .absent }
    guard let number else { return .unknown }
    if packet.family == .arp || packet.isLaterFragment == true { return .absent }
    guard let transport = packet.transport else { return .unknown }
    return transport.number == number ? .unknown : .absent
  }

  private func transport(_ packet: Packet) -> FieldValue {
    if packet.family == .arp { return .absent }
    guard let transport = packet.transport else { return .unknown }
    if self == .transportProtocol { return .number(transport.number) }
    if packet.isLaterFragment == true { return .absent }
    let value = header(transport, packet.family)
    return packet.isLaterFragment == nil && value != .absent ? .unknown : value
  }

  private func header(_ transport: Packet.Transport, _ family: Packet.Family) -> FieldValue {
    switch (self, transport) {
    case (.port(let side, let number), .tcp(let source, let destination, _)):
      number ?? 6 == 6 ? .number(side == .source ? source : destination) : .absent
    case (.port(let side, let number), .udp(let source, let destination)):
      number ?? 17 == 17 ? .number(side == .source ? source : destination) : .absent
    // `th` reads the bytes whatever they mean: of an echo those would be its type and its checksum.
    case (.port(_, nil), _): .unknown
    case (.port(_, let number), .other(let other)): number == other ? .unknown : .absent
    case (.tcpFlags, .tcp(_, _, let flags)): .number(flags?.rawValue)
    case (.icmpType(.ipv4), .icmp(let type, _)), (.icmpType(.ipv6), .icmpv6(let type, _)): .number(type)
    case (.icmpCode(.ipv4), .icmp(_, let code)), (.icmpCode(.ipv6), .icmpv6(_, let code)): .number(code)
    default: .absent
    }
  }

  private func connection(_ packet: Packet) -> FieldValue {
    switch self {
    case .connectionState: return .number(packet.connection?.rawValue)
    case .connectionDirection:
      // The first packet of a connection has its direction; a later one can have either.
      if packet.connection == .new { return .number(0) }
      guard tracked(packet) else { return .absent }
      return packet.isReply.map { .number($0 ? 1 : 0) } ?? .unknown
    default:
      guard tracked(packet) else { return .absent }
      var bits: UInt64 = 0
      var known: UInt64 = 0
      if let translated = packet.isSourceTranslated {
        known |= PacketField.statusSourceNAT
        if translated { bits |= PacketField.statusSourceNAT }
      }
      if let translated = packet.isDestinationTranslated {
        known |= PacketField.statusDestinationNAT
        if translated { bits |= PacketField.statusDestinationNAT }
      }
      return .bits(bits, known: known)
    }
  }

  /// `IPS_SRC_NAT` and `IPS_DST_NAT` of `linux/netfilter/nf_conntrack_common.h`.
  static let statusSourceNAT: UInt64 = 1 << 4
  static let statusDestinationNAT: UInt64 = 1 << 5

  private func tracked(_ packet: Packet) -> Bool {
    packet.connection != .invalid && packet.connection != .untracked
  }

  private func owner(_ packet: Packet, _ id: UInt32?) -> FieldValue {
    switch packet.isLocallySent {
    case true?: .number(id)
    case false?: .absent
    case nil: .unknown
    }
  }

  private func addressType(_ side: Side, _ scope: Scope, _ packet: Packet, _ facts: NamespaceFacts) -> FieldValue {
    guard packet.family != .arp else { return .absent }
    guard let address = side == .source ? packet.source : packet.destination else { return .unknown }
    var interface: String?
    if scope != .anywhere {
      guard let name = scope == .inInterface ? packet.inInterface : packet.outInterface else { return .unknown }
      interface = name.isEmpty ? nil : name
    }
    guard let types = facts.types(of: address, on: interface) else { return .unknown }
    if types.count == 1, let type = types.first { return .number(type.rawValue) }
    return .oneOf(types.map { .number($0.rawValue) })
  }
}
