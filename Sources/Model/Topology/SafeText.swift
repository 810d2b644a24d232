/// Text from outside (interface names, container names, labels), made safe where it enters the model.
///
/// Interface names are bytes and namespace names are file names: both may hold ESC, newlines or no UTF-8 at all. Each
/// such byte is written `\xNN`, and so is every control and bidirectional-override character, so that neither a
/// terminal nor a log can be made to misbehave and JSON stays valid.
public enum SafeText {
  /// The bytes as text: valid UTF-8 kept, every other byte and every control or bidi character as `\xNN`.
  public static func decode(_ bytes: some Sequence<UInt8>) -> String { decode(Array(bytes)) }

  /// The bytes of an array as text, in the same way.
  public static func decode(_ bytes: [UInt8]) -> String {
    // Nearly every name is plain.
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) { return String(decoding: bytes, as: UTF8.self) }
    var out = ""
    var pending: [UInt8] = []
    var iterator = bytes.makeIterator()
    var next = iterator.next()
    while let byte = next {
      let length = sequenceLength(byte)
      pending.removeAll(keepingCapacity: true)
      pending.append(byte)
      next = iterator.next()
      while pending.count < length, let more = next, more & 0xC0 == 0x80 {
        pending.append(more)
        next = iterator.next()
      }
      if let scalar = decodeScalar(pending), isSafe(scalar) {
        out.unicodeScalars.append(scalar)
      } else {
        for byte in pending { out += escape(byte) }
      }
    }
    return out
  }

  /// The text with every control and bidi character as `\xNN` (of its UTF-8 bytes).
  public static func clean(_ text: String) -> String {
    if text.unicodeScalars.allSatisfy(isSafe) { return text }
    return decode(text.utf8)
  }

  /// The text for a terminal that writes nothing but ASCII: every other character as `\xNN` (of its UTF-8 bytes).
  public static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var out = ""
    for byte in text.utf8 {
      if byte < 0x80 { out.unicodeScalars.append(Unicode.Scalar(byte)) } else { out += escape(byte) }
    }
    return out
  }

  /// Whether a terminal may be sent that character as it is.
  public static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: false  // C0, DEL, C1
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false  // bidirectional controls
    case 0x2028, 0x2029: false  // line and paragraph separator
    case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: false  // byte order mark, annotations, invisible tags
    default: true
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    let hex = String(byte, radix: 16)
    return "\\x" + (hex.count == 1 ? "0" + hex : hex)
  }

  private static func sequenceLength(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  private static func decodeScalar(_ bytes: [UInt8]) -> Unicode.Scalar? {
    guard bytes.count == sequenceLength(bytes[0]) else { return nil }
    if bytes.count == 1 { return bytes[0] < 0x80 ? Unicode.Scalar(bytes[0]) : nil }
    var value = UInt32(bytes[0]) & (0x7F >> UInt32(bytes.count))
    for byte in bytes.dropFirst() { value = value << 6 | UInt32(byte & 0x3F) }
    let smallest: UInt32 = [0, 0, 0x80, 0x800, 0x10000][bytes.count]
    return value < smallest ? nil : Unicode.Scalar(value)
  }
}
