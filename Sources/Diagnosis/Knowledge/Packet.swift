package import Netfilter

extension Packet {
  /// The destination's port; nil where it has none.
  package var port: UInt16? { transport?.port }

  /// Whether it goes between the same addresses and to the same port.
  package func hasSameEnds(as other: Packet) -> Bool {
    source == other.source && destination == other.destination && port == other.port
  }
}

extension Packet.Transport {
  /// The destination's port; nil where it has none.
  package var port: UInt16? {
    switch self {
    case .tcp(_, let port, _), .udp(_, let port): port
    default: nil
    }
  }
}
