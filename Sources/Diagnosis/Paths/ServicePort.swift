public import Topology

/// A port that somebody may listen on.
public struct ServicePort: Hashable, Sendable, CustomStringConvertible {
  /// 1 to 65535.
  public var number: UInt16
  /// What the port belongs to.
  public var transport: TransportProtocol

  /// Makes a port, of TCP unless said otherwise.
  public init(_ number: UInt16, _ transport: TransportProtocol = .tcp) {
    self.number = number
    self.transport = transport
  }

  /// Reads `80`, `80/tcp` or `53/udp`; nil: it is none of these, or not 1 to 65535.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty, first.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = UInt16(first), number > 0
    else { return nil }
    self.number = number
    guard parts.count == 2 else {
      transport = .tcp
      return
    }
    guard let named = TransportProtocol(rawValue: parts[1].lowercased()) else { return nil }
    transport = named
  }

  /// `80`, `53/udp`.
  public var description: String { transport == .tcp ? "\(number)" : "\(number)/\(transport.rawValue)" }
}
