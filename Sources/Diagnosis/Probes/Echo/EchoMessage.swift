internal import Paths

/// ICMP and ICMPv6 echo messages (RFC 792, RFC 4443).
public struct EchoMessage: Hashable, Sendable {
  /// Tells the echoes of one sender from those of others; an ICMP datagram socket puts its own in.
  public var identifier: UInt16
  /// The request's number among those of its sender.
  public var sequence: UInt16
  /// The data's first bytes: at most `EchoNonce.length`, fewer where there is less data.
  public var nonce: [UInt8]

  /// Makes a message; both numbers are in host order.
  public init(identifier: UInt16, sequence: UInt16, nonce: [UInt8] = []) {
    self.identifier = identifier
    self.sequence = sequence
    self.nonce = nonce
  }

  /// Makes a request with a nonce of its own, as long as `payload` bytes have room for.
  init(identifier: UInt16, sequence: UInt16, payload: Int) {
    let nonce = (0..<EchoNonce.length(inPayload: payload)).map { _ in UInt8.random(in: 0...UInt8.max) }
    self.init(identifier: identifier, sequence: sequence, nonce: nonce)
  }

  /// Bytes of an echo message's header.
  private static let headerLength = 8

  /// `ICMP_ECHO` (RFC 792), `ICMPV6_ECHO_REQUEST` (RFC 4443).
  private static func requestType(_ isIPv6: Bool) -> UInt8 { isIPv6 ? 128 : 8 }
  /// `ICMP_ECHOREPLY` (RFC 792), `ICMPV6_ECHO_REPLY` (RFC 4443).
  private static func replyType(_ isIPv6: Bool) -> UInt8 { isIPv6 ? 129 : 0 }

  private var numbers: [UInt8] {
    [UInt8(identifier >> 8), UInt8(identifier & 0xFF), UInt8(sequence >> 8), UInt8(sequence & 0xFF)]
  }

  /// The bytes of a request with `payload` bytes behind the header, the nonce first; the IPv4 checksum is filled in, for
  /// IPv6 the kernel does it.
  public func request(isIPv6: Bool, payload: Int) -> [UInt8] {
    var bytes = [Self.requestType(isIPv6), 0, 0, 0] + numbers + nonce.prefix(max(0, payload))
    for position in (bytes.count - Self.headerLength)..<max(bytes.count - Self.headerLength, payload) {
      bytes.append(UInt8(truncatingIfNeeded: 0x10 + position))
    }
    if !isIPv6 {
      let sum = EchoMessage.checksum(bytes)
      bytes[2] = UInt8(sum >> 8)
      bytes[3] = UInt8(sum & 0xFF)
    }
    return bytes
  }

  /// How the reply to this request begins, and which of the bytes are known: its checksum is not, and neither is the
  /// identifier where the kernel compares it.
  func expectedReply(isIPv6: Bool, comparesIdentifier: Bool) -> (bytes: [UInt8], isKnown: [Bool]) {
    let known = [true, true, false, false, comparesIdentifier, comparesIdentifier, true, true]
    return ([Self.replyType(isIPv6), 0, 0, 0] + numbers + nonce, known + nonce.map { _ in true })
  }

  /// Reads an echo reply; an IPv4 header in front of it is passed over. Nil for anything else.
  public init?(reply bytes: [UInt8], isIPv6: Bool) {
    var offset = 0
    if !isIPv6, let first = bytes.first, first >> 4 == 4 { offset = Int(first & 0xF) * 4 }
    self.init(bytes.dropFirst(offset), type: Self.replyType(isIPv6))
  }

  /// Reads the request that an ICMP error quotes, from its ICMP header on. Nil where it quotes anything else.
  public init?(quoted bytes: [UInt8], isIPv6: Bool) { self.init(bytes[...], type: Self.requestType(isIPv6)) }

  private init?(_ bytes: ArraySlice<UInt8>, type: UInt8) {
    guard bytes.count >= Self.headerLength, bytes.first == type, bytes.dropFirst().first == 0 else { return nil }
    let numbers = Array(bytes.dropFirst(4).prefix(4))
    identifier = UInt16(numbers[0]) << 8 | UInt16(numbers[1])
    sequence = UInt16(numbers[2]) << 8 | UInt16(numbers[3])
    nonce = Array(bytes.dropFirst(Self.headerLength).prefix(EchoNonce.length))
  }

  /// Whether a reply is one to this request.
  public func isAnswered(by reply: EchoMessage) -> Bool {
    reply.identifier == identifier && reply.sequence == sequence && reply.nonce.starts(with: nonce)
  }

  /// Whether a message that an error quotes is this request.
  ///
  /// RFC 792 has routers quote 8 bytes behind the IP header, and some quote no more: then the nonce is not among them, and
  /// the two numbers, both random, have to do. What there is of the nonce is compared.
  public func isQuoted(by quote: EchoMessage) -> Bool {
    quote.identifier == identifier && quote.sequence == sequence
      && quote.nonce.prefix(nonce.count).elementsEqual(nonce.prefix(quote.nonce.count))
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
