/// An IPv4 or IPv6 address: two words, so that a thousand of them cost no allocation.
public struct IPAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Whether this is an IPv6 address.
  public let isIPv6: Bool
  /// The first 64 bits of an IPv6 address; 0 for IPv4.
  private let high: UInt64
  /// The last 64 bits; of IPv4 all 32.
  private let low: UInt64

  private init(isIPv6: Bool, high: UInt64, low: UInt64) {
    self.isIPv6 = isIPv6
    self.high = high
    self.low = low
  }

  /// Makes an address of 4 (IPv4) or 16 (IPv6) bytes in network order; any other count is nil.
  public init?(_ bytes: [UInt8]) {
    func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
    switch bytes.count {
    case 4: self.init(isIPv6: false, high: 0, low: word(0..<4))
    case 16: self.init(isIPv6: true, high: word(0..<8), low: word(8..<16))
    default: return nil
    }
  }

  /// 0.0.0.0 (`INADDR_ANY`): no address.
  public static let unspecified = IPAddress(isIPv6: false, high: 0, low: 0)

  /// 4 or 16 bytes in network order.
  public var bytes: [UInt8] { (isIPv6 ? 0..<16 : 12..<16).map(byte) }

  /// The byte at a position of the sixteen; an IPv4 address is the last four.
  private func byte(_ position: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: (position < 8 ? high : low) >> UInt64(56 - position % 8 * 8))
  }

  /// The 16 bits at a position of the eight.
  private func group(_ position: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: (position < 4 ? high : low) >> UInt64(48 - position % 4 * 16))
  }

  /// Whether this is an IPv6 address of fe80::/10 (RFC 4291, 2.5.6) or an IPv4 address of 169.254.0.0/16 (RFC 3927).
  public var isLinkLocal: Bool { isIPv6 ? high >> 54 == 0xFE80 >> 6 : low >> 16 == 0xA9FE }

  /// Whether this is an IPv6 address of ff00::/8 (RFC 4291, 2.7) or an IPv4 address of 224.0.0.0/4 (RFC 1112).
  public var isMulticast: Bool { isIPv6 ? high >> 56 == 0xFF : low >> 28 == 14 }

  /// Whether this is ::1 or of 127.0.0.0/8.
  public var isLoopback: Bool { isIPv6 ? high == 0 && low == 1 : low >> 24 == 127 }

  /// Whether the first `prefixLength` bits are the same as those of `other`.
  public func shares(prefix prefixLength: Int, with other: IPAddress) -> Bool {
    guard isIPv6 == other.isIPv6, (0...(isIPv6 ? 128 : 32)).contains(prefixLength) else { return false }
    // A shift by 64 or more gives 0.
    let (first, rest) = isIPv6 ? (min(prefixLength, 64), max(0, prefixLength - 64)) : (0, 32 + prefixLength)
    return (high ^ other.high) >> UInt64(64 - first) == 0 && (low ^ other.low) >> UInt64(64 - rest) == 0
  }

  /// All IPv4 addresses before all IPv6 ones, each family in the order of its bits.
  public static func < (a: IPAddress, b: IPAddress) -> Bool {
    a.isIPv6 != b.isIPv6 ? b.isIPv6 : (a.high, a.low) < (b.high, b.low)
  }

  /// The usual text: dotted decimal, or RFC 5952.
  public var description: String {
    String(capacity: 46) { text in
      if !isIPv6 {
        appendDotted(&text)
      } else if high == 0, low >> 32 == 0xFFFF {
        for byte in "::ffff:".utf8 { text.append(byte) }
        appendDotted(&text)
      } else {
        appendGroups(&text)
      }
    }
  }

  private func appendDotted(_ text: inout OutputSpan<UInt8>) {
    for position in 12..<16 {
      let byte = byte(position)
      if position > 12 { text.append(0x2E) }
      if byte > 99 { text.append(0x30 + byte / 100) }
      if byte > 9 { text.append(0x30 + byte / 10 % 10) }
      text.append(0x30 + byte % 10)
    }
  }

  /// The longest run of two or more zero groups, the first of equals, is left out.
  private func appendGroups(_ text: inout OutputSpan<UInt8>) {
    var gap = 0..<0
    var start = 0
    for position in 0..<8 {
      if group(position) != 0 {
        start = position + 1
      } else if position + 1 - start > max(1, gap.count) {
        gap = start..<(position + 1)
      }
    }
    for position in 0..<8 where !gap.contains(position) {
      // Two colons stand for the gap, also where no group stands before it.
      if position > 0 { text.append(0x3A) }
      if position == gap.upperBound, !gap.isEmpty { text.append(0x3A) }
      appendGroup(group(position), &text)
    }
    if gap.upperBound == 8 { for _ in 0..<2 { text.append(0x3A) } }
  }

  private func appendGroup(_ group: UInt16, _ text: inout OutputSpan<UInt8>) {
    for shift in stride(from: UInt16(12), through: 0, by: -4) where shift == 0 || group >> shift != 0 {
      text.append(digit: UInt8(truncatingIfNeeded: group >> shift & 15))
    }
  }
}

extension IPAddress {
  /// Reads dotted decimal (four parts, no leading zeros) or RFC 4291 text; nil for anything else.
  public init?(_ text: some StringProtocol) {
    if text.contains(":") {
      self.init(ipv6: text)
    } else {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      let bytes = parts.compactMap { part -> UInt8? in
        part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part.count == 1 || part.first != "0")
          ? UInt8(part) : nil
      }
      guard parts.count == 4, bytes.count == 4 else { return nil }
      self.init(bytes)
    }
  }

  private init?(ipv6 text: some StringProtocol) {
    var head: [UInt8] = []
    var tail: [UInt8]?
    var parts = text.split(separator: ":", omittingEmptySubsequences: false)[...]
    guard parts.count >= 3, parts.count <= 9 else { return nil }
    if parts.first?.isEmpty == true {  // "::…": two empty parts in front
      guard parts.dropFirst().first?.isEmpty == true else { return nil }
      parts = parts.dropFirst()
    }
    if parts.last?.isEmpty == true {  // "…::": two empty parts behind
      guard parts.dropLast().last?.isEmpty == true else { return nil }
      parts = parts.dropLast()
    }
    for (position, part) in parts.enumerated() {
      if part.isEmpty {
        guard tail == nil else { return nil }
        tail = []
        continue
      }
      var group: [UInt8]
      if position == parts.count - 1, part.contains(".") {
        guard let embedded = IPAddress(part) else { return nil }
        group = embedded.bytes
      } else {
        guard part.count <= 4, part.allSatisfy(\.isHexDigit), let value = UInt16(part, radix: 16) else { return nil }
        group = [UInt8(value >> 8), UInt8(value & 0xFF)]
      }
      if tail == nil { head += group } else { tail? += group }
    }
    if let tail {
      let gap = 16 - head.count - tail.count
      guard gap >= 2 else { return nil }
      self.init(head + [UInt8](repeating: 0, count: gap) + tail)
    } else {
      self.init(head)
      guard isIPv6 else { return nil }
    }
  }
}

/// An address of an interface (`ifaddrmsg` and its attributes, rtnetlink(7)).
public struct InterfaceAddress: Hashable, Sendable {
  /// The address of this end (`IFA_LOCAL`, else `IFA_ADDRESS`).
  public var local: IPAddress
  /// The length of the prefix, in bits.
  public var prefixLength: UInt8
  /// The far end of a point-to-point link, where it differs from `local`.
  public var peer: IPAddress?
  /// The broadcast address (`IFA_BROADCAST`).
  public var broadcast: IPAddress?
  /// `Scope` as a number.
  public var scope: UInt8
  /// `IFA_F_*`.
  public var flags: AddressFlags
  /// The label (`IFA_LABEL`), when there is one.
  public var label: String?
  /// `Origin` as a number (`IFA_PROTO`): who set it; 0: nobody said.
  public var origin: UInt8 = 0

  /// Makes an address.
  public init(
    local: IPAddress, prefixLength: UInt8, peer: IPAddress? = nil, broadcast: IPAddress? = nil, scope: UInt8 = 0,
    flags: AddressFlags = [], label: String? = nil, origin: UInt8 = 0
  ) {
    self.local = local
    self.prefixLength = prefixLength
    self.peer = peer
    self.broadcast = broadcast
    self.scope = scope
    self.flags = flags
    self.label = label
    self.origin = origin
  }

  /// Who set it, as `ip` names it; nil where nobody said.
  public var originName: String? {
    origin == 0 ? nil : Origin(rawValue: origin)?.name ?? String(origin)
  }

  /// `IFAPROT_*` (linux/if_addr.h): who set an address.
  public enum Origin: UInt8, Sendable {
    /// `IFAPROT_KERNEL_LO`: the kernel, on a loopback.
    case loopback = 1
    /// `IFAPROT_KERNEL_RA`: the kernel, as a router told.
    case routerAdvertisement = 2
    /// `IFAPROT_KERNEL_LL`: the kernel, for the link alone.
    case linkLocal = 3

    /// iproute2's word.
    var name: String {
      switch self {
      case .loopback: "kernel_lo"
      case .routerAdvertisement: "kernel_ra"
      case .linkLocal: "kernel_ll"
      }
    }
  }

  /// The address with its prefix length: `172.17.0.2/16`.
  public var text: String { "\(local)/\(prefixLength)" }

  /// The scope as `ip` names it.
  public var scopeName: String {
    Self.name(ofScope: scope)
  }

  /// The name of a scope as `ip` prints it; the number where it has none.
  public static func name(ofScope scope: UInt8) -> String {
    Scope(rawValue: scope).map { "\($0)" } ?? String(scope)
  }

  /// `RT_SCOPE_*` (linux/rtnetlink.h): how far an address, or the gateway of a route, is away. The cases are iproute2's
  /// words.
  public enum Scope: UInt8, Sendable {
    /// `RT_SCOPE_UNIVERSE`: anywhere.
    case global = 0
    /// `RT_SCOPE_SITE`: in this site (IPv6).
    case site = 200
    /// `RT_SCOPE_LINK`: on the link.
    case link = 253
    /// `RT_SCOPE_HOST`: in this namespace.
    case host = 254
    /// `RT_SCOPE_NOWHERE`: it does not exist.
    case nowhere = 255
  }
}
