/// The bytes of an IPv4 or IPv6 address, in network order.
public struct IPAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 4 or 16 bytes.
  public let bytes: [UInt8]

  /// Makes an address of 4 (IPv4) or 16 (IPv6) bytes; any other count is nil.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  private init(ipv4 bytes: [UInt8]) { self.bytes = bytes }

  /// 0.0.0.0 (`INADDR_ANY`): no address.
  public static let unspecified = IPAddress(ipv4: [0, 0, 0, 0])

  /// Whether this is an IPv6 address.
  public var isIPv6: Bool { bytes.count == 16 }

  /// Whether this is an IPv6 address of fe80::/10 (RFC 4291, 2.5.6) or an IPv4 address of 169.254.0.0/16 (RFC 3927).
  public var isLinkLocal: Bool {
    isIPv6 ? bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 : bytes[0] == 169 && bytes[1] == 254
  }

  /// Whether this is ::1 or of 127.0.0.0/8.
  public var isLoopback: Bool {
    isIPv6 ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 : bytes[0] == 127
  }

  /// Whether the first `prefixLength` bits are the same as those of `other`.
  public func shares(prefix prefixLength: Int, with other: IPAddress) -> Bool {
    guard bytes.count == other.bytes.count, prefixLength <= bytes.count * 8 else { return false }
    let whole = prefixLength / 8
    guard bytes[..<whole] == other.bytes[..<whole] else { return false }
    let rest = prefixLength % 8
    return rest == 0 || (bytes[whole] ^ other.bytes[whole]) >> UInt8(8 - rest) == 0
  }

  public static func < (a: IPAddress, b: IPAddress) -> Bool {
    a.bytes.count != b.bytes.count ? a.bytes.count < b.bytes.count : a.bytes.lexicographicallyPrecedes(b.bytes)
  }

  private static func dotted(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(16)
    for byte in bytes {
      if !text.isEmpty { text.append(0x2E) }
      if byte > 99 { text.append(0x30 + byte / 100) }
      if byte > 9 { text.append(0x30 + byte / 10 % 10) }
      text.append(0x30 + byte % 10)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The usual text: dotted decimal, or RFC 5952.
  public var description: String {
    guard isIPv6 else { return IPAddress.dotted(bytes) }
    let groups = (0..<8).map { UInt16(bytes[$0 * 2]) << 8 | UInt16(bytes[$0 * 2 + 1]) }
    if groups[..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF {
      return "::ffff:" + bytes[12...].map(String.init).joined(separator: ".")
    }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      guard groups[start] == 0 else {
        start += 1
        continue
      }
      let end = groups[start...].firstIndex { $0 != 0 } ?? 8
      if end - start > max(1, longest.count) { longest = start..<end }
      start = end
    }
    func text(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    if longest.isEmpty { return text(0..<8) }
    return text(0..<longest.lowerBound) + "::" + text(longest.upperBound..<8)
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
      guard bytes.count == 16 else { return nil }
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
  /// `RT_SCOPE_*`: 0 global, 200 site, 253 link, 254 host.
  public var scope: UInt8
  /// `IFA_F_*`.
  public var flags: UInt32
  /// The label (`IFA_LABEL`), when there is one.
  public var label: String?

  /// Makes an address.
  public init(
    local: IPAddress, prefixLength: UInt8, peer: IPAddress? = nil, broadcast: IPAddress? = nil, scope: UInt8 = 0,
    flags: UInt32 = 0, label: String? = nil
  ) {
    self.local = local
    self.prefixLength = prefixLength
    self.peer = peer
    self.broadcast = broadcast
    self.scope = scope
    self.flags = flags
    self.label = label
  }

  /// The address with its prefix length: `172.17.0.2/16`.
  public var text: String { "\(local)/\(prefixLength)" }

  /// `IFA_F_TENTATIVE`: duplicate address detection is still running, so the address can't be used yet.
  public var isTentative: Bool { flags & 0x40 != 0 }

  /// `IFA_F_*` as `ip` names them.
  public var flagNames: [String] {
    let names: [(UInt32, String)] = [
      (0x01, "secondary"), (0x02, "nodad"), (0x04, "optimistic"), (0x08, "dadfailed"), (0x10, "home"),
      (0x20, "deprecated"), (0x40, "tentative"), (0x100, "mngtmpaddr"), (0x200, "noprefixroute"),
      (0x400, "autojoin"), (0x800, "stable-privacy"),
    ]
    return names.filter { flags & $0.0 != 0 }.map(\.1) + (flags & 0x80 == 0 ? ["dynamic"] : [])
  }

  /// The scope as `ip` names it.
  public var scopeName: String {
    switch scope {
    case 0: "global"
    case 200: "site"
    case 253: "link"
    case 254: "host"
    case 255: "nowhere"
    default: String(scope)
    }
  }
}
