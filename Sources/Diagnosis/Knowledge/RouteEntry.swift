package import Topology

extension RouteEntry {
  /// Whether its prefix holds an address.
  package func holds(_ address: IPAddress) -> Bool {
    isIPv6 == address.isIPv6 && (destination?.shares(prefix: Int(prefixLength), with: address) ?? (prefixLength == 0))
  }
}
