internal import Canvas

/// What a terminal answered to our questions, told apart from the keys that were typed meanwhile: bytes in, values out.
///
/// Forms: `ESC ] 11 ; COLOUR BEL` (or `ESC \` at its end; xterm's OSC 11) and `ESC [ row ; column R` (DSR 6 of ECMA-48).
/// Whatever is neither is given on as it came, a sequence that is cut included: its rest comes with the keys, and they are
/// decoded in one piece.
struct TerminalAnswers: Equatable {
  /// The ground's colour; nil: it was not told, or not so that it can be understood.
  private(set) var background: RGB?
  /// The cursor's column; nil: it was not told.
  private(set) var column: Int?
  /// What was typed meanwhile.
  private(set) var typed: [UInt8] = []

  /// The most bytes of an answer; what has more is none.
  private static let limit = 64

  /// Reads what came up to now.
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let first = rest.first {
      if first == 0x1B, let count = takeColour(rest) ?? takeColumn(rest) {
        rest = rest.dropFirst(count)
      } else {
        typed.append(first)
        rest = rest.dropFirst()
      }
    }
  }

  /// Takes an answer with a colour; the bytes of it, or nil where there is none.
  private mutating func takeColour(_ bytes: ArraySlice<UInt8>) -> Int? {
    let head = Array("\u{1B}]11;".utf8)
    guard bytes.starts(with: head) else { return nil }
    let body = bytes.dropFirst(head.count).prefix(Self.limit)
    guard let end = body.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else { return nil }
    var count = end - bytes.startIndex + 1
    if bytes[end] == 0x1B {
      guard end + 1 < bytes.endIndex, bytes[end + 1] == UInt8(ascii: "\\") else { return nil }
      count += 1
    }
    background = Self.colour(body[..<end]) ?? background
    return count
  }

  /// A colour as X has it (XParseColor(3)): `rgb:R/G/B` with one to four hexadecimal digits each, or `#RRGGBB`.
  static func colour(_ text: ArraySlice<UInt8>) -> RGB? {
    var fields: [ArraySlice<UInt8>]
    if text.starts(with: "rgb:".utf8) || text.starts(with: "rgba:".utf8) {
      fields = text.drop { $0 != UInt8(ascii: ":") }.dropFirst().split(
        separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      // How opaque it is changes nothing.
      if text.starts(with: "rgba:".utf8), fields.count == 4 { fields.removeLast() }
    } else if text.first == UInt8(ascii: "#"), text.count == 7 {
      let digits = text.dropFirst()
      fields = [digits.prefix(2), digits.dropFirst(2).prefix(2), digits.suffix(2)]
    } else {
      return nil
    }
    let values = fields.map(Self.channel)
    guard values.count == 3, let red = values[0], let green = values[1], let blue = values[2] else { return nil }
    return RGB(red, green, blue)
  }

  /// One to four hexadecimal digits as a share of all that they could say.
  private static func channel(_ digits: ArraySlice<UInt8>) -> UInt8? {
    guard (1...4).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard let figure = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
      value = value << 4 | figure
    }
    let full = 1 << (4 * digits.count) - 1
    return UInt8((value * 255 + full / 2) / full)
  }

  /// Takes a report of the cursor; the bytes of it, or nil where there is none.
  private mutating func takeColumn(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.starts(with: [0x1B, UInt8(ascii: "[")]) else { return nil }
    let body = bytes.dropFirst(2).prefix(Self.limit)
    guard let end = body.firstIndex(where: { !(0x30...0x39).contains($0) && $0 != UInt8(ascii: ";") }),
      bytes[end] == UInt8(ascii: "R")
    else { return nil }
    let fields = body[..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    guard fields.count == 2, let value = Int(String(decoding: fields[1], as: UTF8.self)) else { return nil }
    column = value
    return end - bytes.startIndex + 1
  }
}
