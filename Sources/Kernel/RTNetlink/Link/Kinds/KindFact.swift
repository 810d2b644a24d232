/// One fact of a link's kind, from `IFLA_INFO_DATA` or `IFLA_INFO_SLAVE_DATA`, under the key of `ip -j -d link`.
public struct KindFact: Hashable, Sendable {
  /// iproute2's key, such as `vlan_filtering`.
  public var key: String
  /// What the attribute holds.
  public var value: KindValue

  /// Makes a fact of a key and its value.
  public init(_ key: String, _ value: KindValue) {
    self.key = key
    self.value = value
  }
}

/// The value of a fact, in the shape in which iproute2 prints it as JSON.
public enum KindValue: Hashable, Sendable {
  /// An unsigned integer.
  case number(UInt64)
  /// An integer that may be negative.
  case signed(Int64)
  /// A boolean, which iproute2 prints as `true` or `false`.
  case flag(Bool)
  /// A name, an address or digits that the decoder wrote: safe to show.
  case text(String)
  /// Bytes from outside, to be made safe before they are shown.
  case bytes([UInt8])
  /// The ifindex of a link; in which namespace the kind says (the link's own, or `IFLA_LINK_NETNSID`).
  case link(UInt32)
  /// Nothing: iproute2 prints `null`.
  case nothing
  /// An array.
  case list([KindValue])
  /// An object: facts that are nested in one.
  case object([KindFact])
}
