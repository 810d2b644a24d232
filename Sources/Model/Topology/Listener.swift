/// What carries a conversation above IP.
public enum TransportProtocol: String, Hashable, Sendable {
  /// RFC 9293.
  case tcp
  /// RFC 768.
  case udp
}

/// A socket that listens: of TCP, or of UDP without a far end.
public struct Listener: Hashable, Sendable {
  /// TCP or UDP.
  public var transport: TransportProtocol
  /// All zeros: every address of its family.
  public var address: IPAddress
  /// The port.
  public var port: UInt16
  /// Whether it takes no IPv4, where it is one of IPv6 (`IPV6_V6ONLY`).
  public var isIPv6Only: Bool
  /// Connections that wait to be accepted; of UDP, bytes that wait to be read.
  public var waiting: UInt32
  /// How many may wait; nil: not known.
  public var backlog: UInt32?
  /// The program that has it open, made safe; nil: not asked, or not seen.
  public var program: String?

  /// Makes a listener.
  public init(
    _ transport: TransportProtocol = .tcp, address: IPAddress, port: UInt16, isIPv6Only: Bool = false,
    waiting: UInt32 = 0, backlog: UInt32? = nil, program: String? = nil
  ) {
    self.transport = transport
    self.address = address
    self.port = port
    self.isIPv6Only = isIPv6Only
    self.waiting = waiting
    self.backlog = backlog
    self.program = program.map(SafeText.clean)
  }

  /// Whether a connection to that address would be taken.
  public func takes(_ destination: IPAddress) -> Bool {
    if address == destination { return true }
    let isAny = address.bytes.allSatisfy { $0 == 0 }
    if isAny, address.isIPv6 == destination.isIPv6 { return true }
    guard address.isIPv6, !destination.isIPv6, !isIPv6Only else { return false }
    // An address of IPv4 as one of IPv6 (RFC 4291, 2.5.5.2).
    return isAny || address.bytes == [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + destination.bytes
  }

  /// Whether it accepts no more: the kernel drops what comes then (`sk_acceptq_is_full`).
  public var isFull: Bool { transport == .tcp && backlog.map { waiting > $0 } ?? false }

  /// Whether only its own namespace comes to it (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3).
  public var isLocal: Bool { address.isLoopback }

  /// `127.0.0.1:8080`, `[::1]:80`, `*:22`.
  public var text: String {
    if address.bytes.allSatisfy({ $0 == 0 }) { return address.isIPv6 ? "[::]:\(port)" : "*:\(port)" }
    return address.isIPv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}
