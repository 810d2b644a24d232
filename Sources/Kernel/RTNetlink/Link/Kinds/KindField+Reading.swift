internal import Netlink

extension KindField {
  /// Reads a payload and adds what it tells: one fact, several, or none.
  func read(_ payload: RawSpan, into facts: inout [KindFact]) throws(DecodeError) {
    switch format {
    case .groupOr(let remote):
      // Multicast: 224.0.0.0/4 and ff00::/8.
      guard let value = KindText.address(payload, zeros: nil), let first = payload.u8() else { return }
      facts.append(KindFact(first >> 4 == 0xE || first == 0xFF ? key : remote, value))
    case .marks(let names):
      let mask = KindText.integer(payload) ?? 0
      for (bit, key) in names where mask & bit != 0 { facts.append(KindFact(key, .flag(true))) }
    case .marksInNetworkOrder(let names):
      let mask = UInt64(UInt16(bigEndian: payload.u16() ?? 0))
      for (bit, key) in names where mask & bit != 0 { facts.append(KindFact(key, .flag(true))) }
    case .switches(let names):
      guard let mask = KindText.integer(payload) else { return }
      for (bit, key) in names { facts.append(KindFact(key, .flag(mask & bit != 0))) }
    case .options(let names):
      guard let value = payload.u32(0), let mask = payload.u32(4) else { return }
      for (bit, key) in names where UInt64(mask) & bit != 0 {
        facts.append(KindFact(key, .number(UInt64(value) & bit != 0 ? 1 : 0)))
      }
    case .numberAndBits(let other, let names):
      guard let mask = KindText.integer(payload) else { return }
      facts.append(KindFact(key, .number(mask)))
      facts.append(KindFact(other, .list(names.filter { mask & $0.0 != 0 }.map { .text($0.1) })))
    case .maskAndNames(let other, let names):
      guard let mask = KindText.integer(payload) else { return }
      facts.append(KindFact(key, .text(KindText.mask(mask))))
      facts.append(KindFact(other, .text(KindText.names(of: mask, names))))
    case .choice(let keys):
      if let key = KindText.integer(payload).flatMap({ keys[$0] }) { facts.append(KindFact(key, .flag(true))) }
    case .within(let table): facts += try table.decode(payload)
    case .flow:
      guard let word = payload.u32().map({ UInt32(bigEndian: $0) }) else { return }
      facts.append(KindFact("tclass", .text(KindText.hexadecimal(UInt64(word >> 20 & 0xFF), digits: 2))))
      facts.append(KindFact("flowlabel", .text(KindText.hexadecimal(UInt64(word & 0xF_FFFF), digits: 5))))
    default:
      if let value = try format.read(payload) { facts.append(KindFact(key, value)) }
    }
  }
}

extension KindField.Format {
  /// Reads a payload that is one value; nil for one too short, or that says nothing.
  fileprivate func read(_ payload: RawSpan) throws(DecodeError) -> KindValue? {
    switch self {
    case .presence: .flag(true)
    case .flag: payload.u8().map { .flag($0 != 0) }
    case .flagIfSet: payload.u8() ?? 0 != 0 ? .flag(true) : nil
    case .onOff: payload.u8().map { .text($0 != 0 ? "on" : "off") }
    case .link: payload.u32().flatMap { $0 == 0 ? nil : .link($0) }
    case .string: .bytes(payload.string)
    case .nested(let table): .object(try table.decode(payload))
    case .addresses, .hardwareList, .pairs, .objects, .ports: try readList(payload)
    case .address, .addressOrAny, .addressAsIs, .hardware, .bridgeID, .dottedKey, .dottedQuad, .digits, .prefixedDigits:
      readBytes(payload)
    default: readNumber(payload)
    }
  }

  private func readList(_ payload: RawSpan) throws(DecodeError) -> KindValue? {
    var values: [KindValue] = []
    try forEachAttribute(in: payload) { _, value throws(DecodeError) in
      switch self {
      case .objects(let table): values.append(.object(try table.decode(value)))
      case .pairs(let first, let second):
        guard let from = value.u32(0), let to = value.u32(4) else { return }
        values.append(.object([KindFact(first, .number(UInt64(from))), KindFact(second, .number(UInt64(to)))]))
      case .ports:
        try forEachAttribute(in: value) { _, port in
          if let index = port.u32() { values.append(.object([KindFact("port", .link(index))])) }
        }
      case .hardwareList: values.append(.text(KindText.hardware(value.array)))
      default:
        if let address = KindText.address(value, zeros: nil) { values.append(address) }
      }
    }
    return values.isEmpty ? nil : .list(values)
  }

  private func readBytes(_ payload: RawSpan) -> KindValue? {
    switch self {
    case .address: return KindText.address(payload, zeros: nil)
    case .addressOrAny: return KindText.address(payload, zeros: "any")
    case .hardware: return payload.byteCount > 0 ? .text(KindText.hardware(payload.array)) : nil
    case .digits: return payload.byteCount > 0 ? .text(KindText.digits(payload.array, between: "")) : nil
    case .prefixedDigits: return payload.byteCount > 0 ? .text("0x" + KindText.digits(payload.array, between: "")) : nil
    default: break
    }
    let bytes = payload.array
    if case .bridgeID = self { return bytes.count < 8 ? nil : .text(KindText.bridgeID(bytes)) }
    if case .addressAsIs = self { return [4, 16].contains(bytes.count) ? .text(AddressText.text(bytes)) : nil }
    let isZero = !bytes.contains { $0 != 0 }
    if case .dottedKey = self, isZero { return nil }
    return bytes.count < 4 ? nil : .text(AddressText.text(Array(bytes[..<4])))
  }

  private func readNumber(_ payload: RawSpan) -> KindValue? {
    switch self {
    case .signed: return payload.i32().map { .signed(Int64($0)) }
    case .port: return payload.u16().map { .number(UInt64(UInt16(bigEndian: $0))) }
    case .portRange: return KindText.portRange(payload)
    case .bits(let names):
      return payload.u32().map { mask in .list(names.filter { UInt64(mask) & $0.0 != 0 }.map { .text($0.1) }) }
    case .etherType: return payload.u16().map { .text(KindText.etherName(UInt16(bigEndian: $0))) }
    case .flowLabel:
      let label = payload.u32().map { UInt32(bigEndian: $0) } ?? 0
      return label == 0 ? nil : .text(KindText.mask(UInt64(label)))
    default: break
    }
    guard let value = KindText.integer(payload) else { return nil }
    return switch self {
    case .mask: .text(KindText.mask(value))
    case .mark: value == 0 ? nil : .text(KindText.mask(value))
    case .maskNames(let names): .text(KindText.names(of: value, names))
    case .names(let names): value < UInt64(names.count) ? .text(names[Int(value)]) : .number(value)
    case .namesOrNothing(let names):
      value == 0 ? .nothing : value < UInt64(names.count) ? .text(names[Int(value)]) : .number(value)
    case .namesByValue(let names): names[value].map { .text($0) } ?? .number(value)
    case .namedOnly(let names): names[value].map { .text($0) }
    default: .number(value)
    }
  }
}
