package import Topology

extension IPAddress {
  /// The first address of the network that a prefix of that many bits makes of it.
  package func network(_ prefixLength: UInt8) -> IPAddress {
    var bytes = bytes
    for position in bytes.indices {
      let kept = max(0, min(8, Int(prefixLength) - position * 8))
      bytes[position] &= UInt8(truncatingIfNeeded: 0xFF00 >> kept)
    }
    return IPAddress(bytes) ?? self
  }

  /// Whether it means nothing outside of its own site: RFC 1918, RFC 6598, RFC 4193.
  package var isPrivate: Bool {
    let blocks: [(String, Int)] = [
      ("10.0.0.0", 8), ("172.16.0.0", 12), ("192.168.0.0", 16), ("100.64.0.0", 10), ("fc00::", 7),
    ]
    return blocks.contains { base, length in IPAddress(base)?.shares(prefix: length, with: self) ?? false }
  }
}
