internal import JSON
internal import Labels
internal import NIOCore

/// A key of a JSON object, any string.
struct AnyKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init(stringLiteral value: String) { stringValue = value }
  init?(intValue: Int) { nil }
}

/// An object whose fields may be missing or of another type than promised: such a field counts as missing.
struct LenientObject {
  private let fields: KeyedDecodingContainer<AnyKey>?

  /// Anything that is not an object counts as one without fields.
  init(_ decoder: any Decoder) { fields = try? decoder.container(keyedBy: AnyKey.self) }

  private init(_ fields: KeyedDecodingContainer<AnyKey>?) { self.fields = fields }

  /// The first of the keys that holds text.
  func text(_ keys: AnyKey...) -> String? {
    for key in keys {
      // What is no text counts as missing.
      if let value = try? fields?.decodeIfPresent(String.self, forKey: key) {
        return value.utf8.count <= ReadLimit.text ? value : String(value.unicodeScalars.prefix(ReadLimit.text))
      }
    }
    return nil
  }

  /// The text of a key that holds more than a name, of at most `limit` bytes; longer text counts as missing.
  func longText(_ key: AnyKey, limit: Int) -> String? {
    // What is no text counts as missing, too.
    let value = (try? fields?.decodeIfPresent(String.self, forKey: key)) ?? nil
    return value.flatMap { $0.utf8.count <= limit ? $0 : nil }
  }

  /// Whether one of the keys holds `true`.
  func flag(_ keys: AnyKey...) -> Bool {
    // What is no truth value counts as false.
    keys.contains { (try? fields?.decodeIfPresent(Bool.self, forKey: $0)) == true }
  }

  /// A whole number; anything else counts as missing.
  func number(_ key: AnyKey) -> Int? { (try? fields?.decodeIfPresent(Int.self, forKey: key)) ?? nil }

  /// The elements of a list, without those that don't fit; the first `ReadLimit.elements` of them.
  func list<Element: Decodable>(_ key: AnyKey, of type: Element.Type) -> [Element] {
    // What is no list counts as an empty one.
    let elements = (try? fields?.decodeIfPresent(LenientList<Element>.self, forKey: key))?.elements ?? []
    return Array(elements.prefix(ReadLimit.elements))
  }

  /// What a key holds, where that can be read so.
  func decoded<Value: Decodable>(_ key: AnyKey, as type: Value.Type) -> Value? {
    // What can't counts as missing.
    (try? fields?.decodeIfPresent(type, forKey: key)) ?? nil
  }

  /// The object behind the first of the keys that holds one; an empty one where none does.
  func object(_ keys: AnyKey...) -> LenientObject {
    for key in keys {
      // What is no object counts as missing.
      if let nested = try? fields?.nestedContainer(keyedBy: AnyKey.self, forKey: key) { return LenientObject(nested) }
    }
    return LenientObject(nil)
  }

  /// The first `ReadLimit.elements` keys that are no longer than a name.
  var keys: [String] {
    guard let fields else { return [] }
    return Array(
      fields.allKeys.lazy.map(\.stringValue).filter { $0.utf8.count <= ReadLimit.text }.prefix(ReadLimit.elements))
  }
}

/// A list without the elements that don't fit, and without those behind the first `ReadLimit.records`.
struct LenientList<Element: Decodable>: Decodable {
  private struct Anything: Decodable {
    init(from decoder: any Decoder) {}
  }

  var elements: [Element] = []
  var dropped = 0
  var surplus = 0

  init(from decoder: any Decoder) throws {
    // Go writes an empty slice as null; what is neither null nor a list throws in the next line.
    if (try? decoder.singleValueContainer().decodeNil()) == true { return }
    var list = try decoder.unkeyedContainer()
    if let count = list.count { elements.reserveCapacity(min(count, ReadLimit.records)) }
    while !list.isAtEnd {
      if elements.count == ReadLimit.records {
        surplus += 1
        _ = try list.decode(Anything.self)
        continue
      }
      // What fails here is no null, and is judged by the next branch.
      if (try? list.decodeNil()) == true {
        dropped += 1
      } else if let element = try? list.decode(Element.self) {  // What doesn't fit is counted below.
        elements.append(element)
      } else {
        dropped += 1
        _ = try list.decode(Anything.self)
      }
    }
  }
}

/// Reads JSON. Text that is not UTF-8 is repaired first: one bad name must cost nothing else.
func decodeJSON<Value: Decodable>(_ type: Value.Type, from body: ByteBuffer) throws -> Value {
  var reader = JSONReader(body.readableBytesView)
  return try reader.read().decoded(as: type)
}

/// Reads a list of records, each with an id, and counts what else is in it, and those that are too many; throws `EngineTrouble` for what is no such list.
func decodeRecords<Record: Decodable>(
  _ type: Record.Type, from body: ByteBuffer
) throws(EngineTrouble) -> (records: [Record], dropped: Int, surplus: Int) {
  // Why it can't be read is not told, but how it begins is: that says more of who answered.
  let list = try? decodeJSON(LenientList<Record>.self, from: body)
  guard let list, list.dropped == 0 || !list.elements.isEmpty else {
    let beginning = body.getSlice(at: body.readerIndex, length: min(200, body.readableBytes)) ?? ByteBuffer()
    let excerpt = oneLine(String(decoding: beginning.readableBytesView, as: UTF8.self), limit: 60)
    throw EngineTrouble(Say.Engines.notTheAPI(excerpt))
  }
  return (list.elements, list.dropped, list.surplus)
}
