/// ICMP and ICMPv6 echo messages (RFC 792, RFC 4443).
public struct EchoMessage: Hashable, Sendable {
  /// Tells the echoes of one sender from those of others; the kernel sets its own in ICMP datagram sockets.
  public var identifier: UInt16
  /// The request's number among those of its sender.
  public var sequence: UInt16

  /// Makes a message; both numbers are in host order.
  public init(identifier: UInt16, sequence: UInt16) {
    self.identifier = identifier
    self.sequence = sequence
  }

  /// The bytes of a request with `payload` bytes behind the header; the IPv4 checksum is filled in, for IPv6 the kernel
  /// does it.
  public func request(isIPv6: Bool, payload: Int) -> [UInt8] {
    var bytes: [UInt8] = [isIPv6 ? 128 : 8, 0, 0, 0]
    bytes += [UInt8(identifier >> 8), UInt8(identifier & 0xFF), UInt8(sequence >> 8), UInt8(sequence & 0xFF)]
    for position in 0..<max(0, payload) { bytes.append(UInt8(truncatingIfNeeded: 0x10 + position)) }
    if !isIPv6 {
      let sum = EchoMessage.checksum(bytes)
      bytes[2] = UInt8(sum >> 8)
      bytes[3] = UInt8(sum & 0xFF)
    }
    return bytes
  }

  /// Reads an echo reply; an IPv4 header in front of it is passed over. Nil for anything else.
  public init?(reply bytes: [UInt8], isIPv6: Bool) {
    var offset = 0
    if !isIPv6, let first = bytes.first, first >> 4 == 4 { offset = Int(first & 0xF) * 4 }
    guard bytes.count >= offset + 8, bytes[offset] == (isIPv6 ? 129 : 0), bytes[offset + 1] == 0 else { return nil }
    identifier = UInt16(bytes[offset + 4]) << 8 | UInt16(bytes[offset + 5])
    sequence = UInt16(bytes[offset + 6]) << 8 | UInt16(bytes[offset + 7])
  }

  /// The Internet checksum (RFC 1071).
  public static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for position in stride(from: 0, to: bytes.count, by: 2) {
      sum += UInt32(bytes[position]) << 8 | UInt32(position + 1 < bytes.count ? bytes[position + 1] : 0)
    }
    while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
    return ~UInt16(sum)
  }
}
