/// One fact of a link's kind, from `IFLA_INFO_DATA` or `IFLA_INFO_SLAVE_DATA`, under the key of `ip -j -d link`.
public struct KindFact: Hashable, Sendable {
  public var key: String
  public var value: KindValue

  public init(_ key: String, _ value: KindValue) {
    self.key = key
    self.value = value
  }
}

/// The value of a fact, in the shape in which iproute2 prints it as JSON.
public enum KindValue: Hashable, Sendable {
  case number(UInt64)
  case signed(Int64)
  case flag(Bool)
  case text(String)
  /// Bytes from outside, to be made safe before they are shown.
  case bytes([UInt8])
  /// The ifindex of a link; in which namespace the kind says (the link's own, or `IFLA_LINK_NETNSID`).
  case link(UInt32)
  case list([KindValue])
  case object([KindFact])
}
