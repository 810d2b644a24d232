/// Which of the two address families is meant.
public enum AddressFamily: String, Hashable, Sendable {
  /// Whichever fits.
  case any
  /// IPv4 (RFC 791).
  case ipv4
  /// IPv6 (RFC 8200).
  case ipv6
}
