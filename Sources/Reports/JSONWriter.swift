/// Writes JSON with the keys in the order in which they are given.
///
/// JSONEncoder takes a hundred milliseconds for a thousand containers, and loses the order.
public struct JSONWriter: Sendable {
  private var out: [UInt8] = []
  private var needsComma = false

  /// Makes a writer with room for so many bytes.
  public init(reserving bytes: Int = 0) { out.reserveCapacity(bytes) }

  /// The text so far.
  public var bytes: [UInt8] { out }

  /// `{ … }`.
  public mutating func object(_ body: (inout JSONWriter) -> Void) { wrap(0x7B, 0x7D, body) }

  /// `[ … ]`.
  public mutating func array(_ body: (inout JSONWriter) -> Void) { wrap(0x5B, 0x5D, body) }

  /// `"key": { … }`.
  public mutating func object(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  /// `"key": [ … ]`.
  public mutating func array(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(body)
  }

  /// `"key": "text"`.
  public mutating func field(_ key: StaticString, _ text: String) {
    self.key(key)
    value(text)
  }

  /// `"key": 17`.
  public mutating func field(_ key: StaticString, _ number: some BinaryInteger) {
    self.key(key)
    write(number)
  }

  /// `"key": 0.061`; a number that is not finite is written as null.
  public mutating func field(_ key: StaticString, _ number: Double) {
    self.key(key)
    raw(number.isFinite ? "\(number)" : "null")
  }

  /// `"key": true`.
  public mutating func field(_ key: StaticString, _ flag: Bool) {
    self.key(key)
    raw(flag ? "true" : "false")
  }

  /// `"key": ["a", "b"]`.
  public mutating func field(_ key: StaticString, _ texts: [String]) {
    array(key) { json in
      for text in texts { json.value(text) }
    }
  }

  /// A string as an element.
  public mutating func value(_ text: String) {
    comma()
    out.append(0x22)
    if text.utf8.contains(where: JSONWriter.needsEscape) {
      escape(text)
    } else {
      out.append(contentsOf: text.utf8)
    }
    out.append(0x22)
    needsComma = true
  }

  private static func needsEscape(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F }

  private mutating func escape(_ text: String) {
    let hex = Array("0123456789abcdef".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: out += [0x5C, byte]
      case 0..<0x20, 0x7F: out += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: out.append(byte)
      }
    }
  }

  /// A number as an element.
  public mutating func value(_ number: some BinaryInteger) { write(number) }

  private mutating func write(_ number: some BinaryInteger) {
    comma()
    if number < 0 { out.append(0x2D) }
    digits(UInt64(number.magnitude))
    needsComma = true
  }

  private mutating func digits(_ number: UInt64) {
    if number > 9 { digits(number / 10) }
    out.append(0x30 + UInt8(number % 10))
  }

  /// A flag as an element.
  public mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

  /// `null` as an element.
  public mutating func null() { raw("null") }

  private mutating func raw(_ text: String) {
    comma()
    out.append(contentsOf: text.utf8)
    needsComma = true
  }

  /// `"key":`, copied as it stands in the program: half of a report is keys.
  private mutating func key(_ key: StaticString) {
    comma()
    out.append(0x22)
    key.withUTF8Buffer { unsafe out.append(contentsOf: $0) }
    out.append(0x22)
    out.append(0x3A)
    needsComma = false
  }

  /// `"key":`, to be followed by a value, an object or an array; for keys that come from somewhere.
  public mutating func key(_ key: String) {
    value(key)
    out.append(0x3A)
    needsComma = false
  }

  private mutating func wrap(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
    comma()
    out.append(open)
    needsComma = false
    body(&self)
    out.append(close)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { out.append(0x2C) }
  }
}
