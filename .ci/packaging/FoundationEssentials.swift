// What swift-argument-parser uses of FoundationEssentials, in the packaged programs: an error's own description, and JSON for
// its table of commands (`--experimental-dump-help`), in one line. The real module brings four megabytes of calendars,
// attributed strings and formats along, for nothing else here uses it. The compiler finds this one first (`-I`).

/// An error that describes itself to people.
public protocol LocalizedError: Error {
  /// The description.
  var errorDescription: String? { get }
}

extension LocalizedError {
  /// None.
  public var errorDescription: String? { nil }
}

/// A text on its way.
public struct Data {
  fileprivate var text: String
}

extension String {
  /// UTF-8.
  public struct Encoding: Sendable {
    /// UTF-8.
    public static let utf8 = Encoding()
  }

  /// The text itself.
  public init?(data: Data, encoding: Encoding) { self = data.text }
}

/// Writes a value as JSON, its keys in order.
public final class JSONEncoder {
  /// Wishes for the looks of it; none is heeded.
  public struct OutputFormatting: OptionSet, Sendable {
    /// The set's bits.
    public let rawValue: UInt
    /// Makes a set.
    public init(rawValue: UInt) { self.rawValue = rawValue }
    /// Over several lines.
    public static let prettyPrinted = OutputFormatting(rawValue: 1)
    /// In the order of the keys.
    public static let sortedKeys = OutputFormatting(rawValue: 2)
  }

  /// Wishes for the looks of it.
  public var outputFormatting: OutputFormatting = []

  /// Makes one.
  public init() {}

  /// The value's text; throws what the value does.
  public func encode<Value: Encodable>(_ value: Value) throws -> Data {
    let node = Node()
    try value.encode(to: NodeEncoder(node))
    return Data(text: node.text)
  }
}

private final class Node {
  var value = "null"
  var list: [Node]?
  var members: [String: Node]?

  var text: String {
    if let list { return "[" + list.map(\.text).joined(separator: ",") + "]" }
    guard let members else { return value }
    let sorted = members.sorted { $0.key < $1.key }
    return "{" + sorted.map { Node.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
  }

  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  func member(_ key: any CodingKey) -> Node {
    let node = Node()
    members = members ?? [:]
    members?[key.stringValue] = node
    return node
  }

  func element() -> Node {
    let node = Node()
    list = (list ?? []) + [node]
    return node
  }
}

private struct NodeEncoder: Encoder, SingleValueEncodingContainer {
  let node: Node
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ node: Node) { self.node = node }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.members = node.members ?? [:]
    return KeyedEncodingContainer(Members(node: node))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.list = node.list ?? []
    return Elements(node: node)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { node.value = "null" }

  func encode<Value: Encodable>(_ value: Value) throws {
    switch value {
    case let text as String: node.value = Node.quoted(text)
    case let flag as Bool: node.value = flag ? "true" : "false"
    case let number as any BinaryInteger: node.value = "\(number)"
    case let number as any BinaryFloatingPoint: node.value = "\(number)"
    default: try value.encode(to: self)
    }
  }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: Node
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { NodeEncoder(node.member(key)).encodeNil() }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try NodeEncoder(node.member(key)).encode(value)
  }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested>
  {
    NodeEncoder(node.member(key)).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    NodeEncoder(node.member(key)).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { NodeEncoder(node) }
  func superEncoder(forKey key: Key) -> any Encoder { NodeEncoder(node.member(key)) }
}

private struct Elements: UnkeyedEncodingContainer {
  let node: Node
  var codingPath: [any CodingKey] { [] }
  var count: Int { node.list?.count ?? 0 }

  func encodeNil() { NodeEncoder(node.element()).encodeNil() }
  func encode<Value: Encodable>(_ value: Value) throws { try NodeEncoder(node.element()).encode(value) }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    NodeEncoder(node.element()).container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { NodeEncoder(node.element()).unkeyedContainer() }
  func superEncoder() -> any Encoder { NodeEncoder(node.element()) }
}
