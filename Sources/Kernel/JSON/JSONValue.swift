/// A value of a JSON text (RFC 8259).
///
/// Foundation does not read it: this target has none, an error must name the broken line, and nesting must be bounded,
/// since the text comes from outside.
public indirect enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case number(Int64)
  /// A number with a fraction or an exponent, or one that is too large, as it is written.
  case decimal(String)
  /// A string.
  case text(String)
  /// An array.
  case list([JSONValue])
  /// An object, its members in the order of the text.
  case object([Member])

  /// A member of an object.
  public struct Member: Hashable, Sendable {
    /// The key.
    public var key: String
    /// What stands behind it.
    public var value: JSONValue
  }

  /// The value of the first member with that key, of an object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The string, where it is one.
  public var string: String? { if case .text(let text) = self { text } else { nil } }
  /// The whole number, where it is one.
  public var int: Int64? { if case .number(let number) = self { number } else { nil } }
  /// The whole number, where it is one and not negative.
  public var uint: UInt64? { int.flatMap { UInt64(exactly: $0) } }
  /// The elements, where it is an array.
  public var list: [JSONValue]? { if case .list(let list) = self { list } else { nil } }

  /// The object's one member: how nft tags its statements and expressions.
  public var tagged: (tag: String, value: JSONValue)? {
    guard case .object(let members) = self, members.count == 1, let member = members.first else { return nil }
    return (member.key, member.value)
  }

  /// One value, or each of a list.
  public var each: [JSONValue] { list ?? [self] }
}
