internal import Netlink

/// One row of a kind's table: the attribute by its name and number in the kernel's headers, the key of
/// `ip -j -d link`, and how the payload is read.
///
/// The name is there for whoever reads a table beside the header, and for the errors. `ConstantTests` reads both, too:
/// a number that is not the name's is found.
struct KindField: Sendable {
  /// How a payload becomes a value.
  enum Format: Sendable {
    /// An integer in host order, as many bytes as there are (1, 2, 4 or 8).
    case number
    /// A signed integer of four bytes in host order.
    case signed
    /// An integer in host order, written as `0x8001` with at least that many digits.
    case hexadecimal(digits: Int)
    /// An integer in host order, in hexadecimal without `0x`: iproute2 prints some masks so.
    case hexadecimalBare
    /// A byte that is 0 or 1.
    case flag
    /// A byte that is 0 or 1, printed as "on" or "off".
    case onOff
    /// An attribute without a payload: that it is there is the fact.
    case presence
    /// An integer in network order.
    case port
    /// An address of 4 or 16 bytes; one of only zeros is left out.
    case address
    /// An address as above; where it is no multicast group, it goes under the other key.
    case groupOr(String)
    /// An address of 4 or 16 bytes; `any` for one of only zeros.
    case addressOrAny
    /// Link-layer address bytes.
    case hardware
    /// `struct ifla_bridge_id`: priority and address.
    case bridgeID
    /// `ETH_P_*` in network order: 802.1Q and the like.
    case etherType
    /// A number that stands for a name; one without a name is printed as it is.
    case names([String])
    /// A number that stands for a name, where the numbers are not 0, 1, 2 …
    case namesByValue([UInt64: String])
    /// The ifindex of another link; 0 is left out.
    case link
    /// Bytes up to a NUL.
    case string
    /// Four bytes in network order as a dotted quad: GRE keys.
    case dottedKey
    /// Attributes within: the rows of a table of their own.
    case nested(KindTable)
    /// A list of addresses, one an attribute.
    case addresses
    /// Two ports in network order: low and high.
    case portRange
    /// Bits that have names: `struct ifla_vlan_flags` and plain masks.
    case bits([(UInt64, String)])
  }

  /// The constant, such as `IFLA_VLAN_ID`.
  var name: String
  var type: UInt16
  var key: String
  var format: Format

  init(_ name: String, _ type: UInt16, _ key: String, _ format: Format = .number) {
    self.name = name
    self.type = type
    self.key = key
    self.format = format
  }
}

extension KindField.Format {
  /// Reads a payload; nil for one too short, or that says nothing.
  func read(_ payload: RawSpan) throws(DecodeError) -> KindValue? {
    switch self {
    case .number: return Self.integer(payload).map(KindValue.number)
    case .signed: return payload.i32().map { .signed(Int64($0)) }
    case .hexadecimal(let digits):
      return Self.integer(payload).map { .text(Self.hexadecimal($0, digits: digits)) }
    case .hexadecimalBare: return Self.integer(payload).map { .text(String($0, radix: 16)) }
    case .flag: return payload.u8().map { .flag($0 != 0) }
    case .onOff: return payload.u8().map { .text($0 != 0 ? "on" : "off") }
    case .presence: return .flag(true)
    case .port: return payload.u16().map { .number(UInt64(UInt16(bigEndian: $0))) }
    case .address, .groupOr: return Self.address(payload, zeros: nil)
    case .addressOrAny: return Self.address(payload, zeros: "any")
    case .hardware: return payload.byteCount > 0 ? .text(Self.hardware(payload.array)) : nil
    case .bridgeID:
      let bytes = payload.array
      guard bytes.count >= 8 else { return nil }
      return .text(Self.bridgeID(bytes))
    case .etherType: return payload.u16().map { .text(Self.etherName(UInt16(bigEndian: $0))) }
    case .names(let names):
      return Self.integer(payload).map { $0 < UInt64(names.count) ? .text(names[Int($0)]) : .number($0) }
    case .namesByValue(let names):
      return Self.integer(payload).map { value in names[value].map { .text($0) } ?? .number(value) }
    case .link: return payload.u32().flatMap { $0 == 0 ? nil : .link($0) }
    case .string: return .bytes(payload.string)
    case .dottedKey:
      let bytes = payload.array
      return bytes.count >= 4 && bytes.contains { $0 != 0 }
        ? .text(bytes[..<4].map(String.init).joined(separator: ".")) : nil
    case .nested(let table): return .object(try table.decode(payload))
    case .addresses:
      var values: [KindValue] = []
      try forEachAttribute(in: payload) { _, value in
        if let address = Self.address(value, zeros: nil) { values.append(address) }
      }
      return values.isEmpty ? nil : .list(values)
    case .portRange: return Self.portRange(payload)
    case .bits(let names):
      return payload.u32().map { mask in
        .list(names.filter { UInt64(mask) & $0.0 != 0 }.map { .text($0.1) })
      }
    }
  }

  private static func hexadecimal(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func portRange(_ payload: RawSpan) -> KindValue? {
    guard let low = payload.u16(0), let high = payload.u16(2) else { return nil }
    return .object([
      KindFact("low", .number(UInt64(UInt16(bigEndian: low)))),
      KindFact("high", .number(UInt64(UInt16(bigEndian: high)))),
    ])
  }

  private static func integer(_ payload: RawSpan) -> UInt64? {
    switch payload.byteCount {
    case 1: payload.u8().map(UInt64.init)
    case 2, 3: payload.u16().map(UInt64.init)
    case 4...7: payload.u32().map(UInt64.init)
    case 8...: payload.u64()
    default: nil
    }
  }

  private static func address(_ payload: RawSpan, zeros: String?) -> KindValue? {
    let bytes = payload.array
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    if bytes.allSatisfy({ $0 == 0 }) { return zeros.map { .text($0) } }
    return .text(AddressText.text(bytes))
  }

  private static func hardware(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }

  /// `8000.2:42:ac:11:0:1`: the address without leading zeros, as iproute2 prints it with %x. Every port has two.
  private static func bridgeID(_ bytes: [UInt8]) -> String {
    unsafe String(unsafeUninitializedCapacity: 22) { text in
      var count = 0
      func put(_ byte: UInt8) {
        unsafe text[count] = byte
        count += 1
      }
      func digit(_ value: UInt8) { put(value < 10 ? 0x30 + value : 0x57 + value) }
      for position in 0..<8 {
        if position > 1 { put(position == 2 ? 0x2E : 0x3A) }
        if position < 2 || bytes[position] > 15 { digit(bytes[position] >> 4) }
        digit(bytes[position] & 15)
      }
      return count
    }
  }

  private static func etherName(_ type: UInt16) -> String {
    switch type {
    case 0x8100: "802.1Q"
    case 0x88A8: "802.1ad"
    case 0x8847: "mpls_uc"
    case 0x8848: "mpls_mc"
    case 0x0800: "ip"
    case 0x86DD: "ipv6"
    default: "[\(type)]"
    }
  }
}
