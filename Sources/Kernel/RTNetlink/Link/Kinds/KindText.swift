internal import Netlink

/// How iproute2 writes what is in a payload.
enum KindText {
  /// An integer in host order of as many bytes as there are; nil for none.
  static func integer(_ payload: RawSpan) -> UInt64? {
    switch payload.byteCount {
    case 1: payload.u8().map(UInt64.init)
    case 2, 3: payload.u16().map(UInt64.init)
    case 4...7: payload.u32().map(UInt64.init)
    case 8...: payload.u64()
    default: nil
    }
  }

  /// `0x0020` with at least that many digits.
  static func hexadecimal(_ value: UInt64, digits: Int) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// C's `%#x`: zero has no prefix.
  static func mask(_ value: UInt64) -> String { value == 0 ? "0" : "0x" + String(value, radix: 16) }

  /// The names of a mask's bits by their places, `0x10` for one without a name; `0x0` for none.
  static func names(of mask: UInt64, _ names: [Int: String]) -> String {
    let bits = (0..<64).filter { mask >> UInt64($0) & 1 != 0 }
    return bits.isEmpty
      ? "0x0" : bits.map { names[$0] ?? Self.mask(1 << UInt64($0)) }.joined(separator: ",")
  }

  /// An address of 4 or 16 bytes; `zeros` for one of only zeros; nil for one of another length.
  static func address(_ payload: RawSpan, zeros: String?) -> KindValue? {
    let bytes = payload.array
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    if bytes.allSatisfy({ $0 == 0 }) { return zeros.map { .text($0) } }
    return .text(AddressText.text(bytes))
  }

  /// A link-layer address: `02:42:ac:11:00:02`.
  static func hardware(_ bytes: [UInt8]) -> String { digits(bytes, between: ":") }

  /// Two hexadecimal digits for each byte.
  static func digits(_ bytes: [UInt8], between separator: String) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: separator)
  }

  /// The ends of `struct ifla_vxlan_port_range`, in network order.
  static func portRange(_ payload: RawSpan) -> KindValue? {
    guard let low = payload.u16(0), let high = payload.u16(2) else { return nil }
    return .object([
      KindFact("low", .number(UInt64(UInt16(bigEndian: low)))),
      KindFact("high", .number(UInt64(UInt16(bigEndian: high)))),
    ])
  }

  /// `8000.2:42:ac:11:0:1`: the address without leading zeros, as iproute2 prints it with %x. Every port has two.
  static func bridgeID(_ bytes: [UInt8]) -> String {
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

  /// The name of an `ETH_P_*`; `[34525]` for one without.
  static func etherName(_ type: UInt16) -> String {
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
