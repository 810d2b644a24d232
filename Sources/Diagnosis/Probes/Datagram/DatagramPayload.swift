internal import Names

/// What is sent to a port of UDP, so that a server speaks: a question that is answered by anybody, changes nothing, and is
/// what the port's own clients send.
enum DatagramPayload {
  /// The payload for a port.
  static func bytes(for port: UInt16) -> [UInt8] {
    switch port {
    case Port.echo: Array("netns-top\n".utf8)
    case Port.domain: DNSMessage.query(id: .random(in: 0...UInt16.max), name: .root, type: .ns)
    case Port.time: time
    case Port.stun, Port.stunOther: stun
    case Port.quic: quic
    // An empty line: a server of text takes it as one, and to others it is too short to mean anything. Not nothing at all:
    // to many a program that is the end of its input.
    default: [0x0A]
    }
  }

  /// Service names of /etc/services.
  private enum Port {
    static let echo: UInt16 = 7
    static let domain: UInt16 = 53
    static let time: UInt16 = 123
    static let quic: UInt16 = 443
    static let stun: UInt16 = 3478
    static let stunOther: UInt16 = 5349
  }

  /// A client's request of NTP (RFC 5905, 7.3): version 4, mode 3; nothing of it is filled in.
  private static let time = [0x23] + [UInt8](repeating: 0, count: 47)

  /// A binding request of STUN without attributes (RFC 8489, 5): its magic cookie, and a random transaction.
  private static var stun: [UInt8] { [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42] + random(12) }

  /// A first packet of QUIC (RFC 8999, 5.1) of a version that is reserved for this: a server says which ones it has. It
  /// answers none of less than 1,200 bytes (RFC 9000, 14.1).
  private static var quic: [UInt8] {
    let head = [0xC0, 0x1A, 0x2A, 0x3A, 0x4A, 8] + random(8) + [8] + random(8)
    return head + [UInt8](repeating: 0, count: 1200 - head.count)
  }

  private static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...UInt8.max) } }
}
