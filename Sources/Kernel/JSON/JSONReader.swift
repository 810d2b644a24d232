/// Where a JSON text is broken.
public struct JSONFailure: Error, Hashable {
  /// The line, from 1.
  public var line: Int
  /// What is wrong there.
  public var reason: String
}

/// Reads JSON from bytes.
public struct JSONReader {
  /// No list of rules nests so deep; nft itself stays below 20.
  public static let depthLimit = 64

  private let bytes: [UInt8]
  private var position = 0
  private var isAtFirst = true

  /// Makes a reader of a text.
  public init(_ text: String) { bytes = Array(text.utf8) }

  /// Makes a reader of a text in UTF-8; where it is none, it is repaired as Unicode recommends.
  public init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// The text's one value; throws where and why the text is broken.
  public mutating func read() throws(JSONFailure) -> JSONValue {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("something follows the value") }
    return value
  }

  // MARK: Element by element

  /// Goes into the list under a key of the text's one object, so that its elements are read one by one and no more than
  /// one has to be held; from the beginning each time. False where there is no such list.
  public mutating func enterList(_ key: String) throws(JSONFailure) -> Bool {
    position = 0
    isAtFirst = true
    guard take(UInt8(ascii: "{")) else {
      _ = try read()
      return false
    }
    if take(UInt8(ascii: "}")) { return false }
    repeat {
      if try self.key() == key {
        skipSpace()
        return take(UInt8(ascii: "["))
      }
      _ = try value(depth: 1)
    } while take(UInt8(ascii: ","))
    return false
  }

  /// The next element; nil behind the last one, when the rest of the text has been read, too.
  public mutating func nextElement() throws(JSONFailure) -> JSONValue? {
    let wasFirst = isAtFirst
    isAtFirst = false
    if take(UInt8(ascii: "]")) {
      while take(UInt8(ascii: ",")) {
        _ = try key()
        _ = try value(depth: 1)
      }
      guard take(UInt8(ascii: "}")) else { throw failure("an object is not closed") }
      skipSpace()
      guard position == bytes.count else { throw failure("something follows the value") }
      return nil
    }
    guard wasFirst || take(UInt8(ascii: ",")) else { throw failure("a list is not closed") }
    return try value(depth: 2)
  }

  private mutating func key() throws(JSONFailure) -> String {
    skipSpace()
    guard next == UInt8(ascii: "\"") else { throw failure("an object's key is missing") }
    let key = try string()
    guard take(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
    return key
  }

  private func failure(_ reason: String) -> JSONFailure {
    JSONFailure(line: bytes[..<position].count { $0 == 0x0A } + 1, reason: reason)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONFailure) -> JSONValue {
    guard depth < JSONReader.depthLimit else { throw failure("nested deeper than \(JSONReader.depthLimit) levels") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw failure("the text is cut off")
    default: return try number()
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(JSONFailure) -> JSONValue {
    guard bytes[position...].starts(with: text.utf8) else { throw failure("neither a value nor '\(text)'") }
    position += text.utf8.count
    return value
  }

  private mutating func number() throws(JSONFailure) -> JSONValue {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { position += 1 }
    guard position > start else { throw failure("no value where one is expected") }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Int64(text).map { .number($0) } ?? .decimal(text)
  }

  private mutating func list(depth: Int) throws(JSONFailure) -> JSONValue {
    position += 1
    var values: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .list([]) }
    repeat { values.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure("a list is not closed") }
    return .list(values)
  }

  private mutating func object(depth: Int) throws(JSONFailure) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      let key = try key()
      members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure("an object is not closed") }
    return .object(members)
  }

  private mutating func string() throws(JSONFailure) -> String {
    position += 1
    // Most strings have no escape: they are taken as they stand.
    var (text, begin) = ([UInt8](), position)
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        let rest = bytes[begin..<position - 1]
        return text.isEmpty ? String(decoding: rest, as: UTF8.self) : String(decoding: text + rest, as: UTF8.self)
      case UInt8(ascii: "\\"):
        text += bytes[begin..<position - 1]
        text += try escaped()
        begin = position
      case 0..<0x20: throw failure("a control character in a string")
      default: break
      }
    }
    throw failure("a string is not closed")
  }

  private mutating func escaped() throws(JSONFailure) -> [UInt8] {
    guard let byte = next else { throw failure("a string is not closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]), bytes[position...].starts(with: "\\u".utf8) {
        position += 2
        units.append(try codeUnit())
      }
      return Array(String(decoding: units, as: UTF16.self).utf8)
    default: throw failure("an escape that JSON does not have")
    }
  }

  private mutating func codeUnit() throws(JSONFailure) -> UInt16 {
    guard position + 4 <= bytes.count,
      let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw failure("an escape that is cut off") }
    position += 4
    return unit
  }
}
