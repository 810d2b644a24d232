internal import Algorithms
internal import Labels

/// How many columns a character takes: 2 for East Asian Wide and Fullwidth (UAX #11), 0 for marks that combine with the
/// character before them, else 1. Ambiguous characters count 1: the terminal is asked at start whether it agrees.
public func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return value == 0xAD ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  if (0x1160...0x11FF).contains(value) { return 0 }  // Hangul vowels and finals join the syllable before them
  return isWide(value) ? 2 : 1
}

/// The columns that a text takes.
public func displayWidth(_ text: String) -> Int {
  // Nearly all names are ASCII.
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  var width = 0
  for scalar in text.unicodeScalars { width += displayWidth(scalar) }
  return width
}

/// EastAsianWidth.txt of Unicode 15, classes W and F, in sorted ranges.
private func isWide(_ value: UInt32) -> Bool {
  if value < 0x1100 { return false }
  let place = wideRanges.partitioningIndex { $0.1 >= value }
  return place < wideRanges.count && wideRanges[place].0 <= value
}

private let wideRanges: [(UInt32, UInt32)] = [
  (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3),
  (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1),
  (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA),
  (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B),
  (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
  (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x2E80, 0x2E99),
  (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x2FF0, 0x2FFB), (0x3000, 0x303E), (0x3041, 0x3096), (0x3099, 0x30FF),
  (0x3105, 0x312F), (0x3131, 0x318E), (0x3190, 0x31E3), (0x31F0, 0x321E), (0x3220, 0x3247), (0x3250, 0x4DBF),
  (0x4E00, 0xA48C), (0xA490, 0xA4C6), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE10, 0xFE19),
  (0xFE30, 0xFE52), (0xFE54, 0xFE66), (0xFE68, 0xFE6B), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x16FE4),
  (0x16FF0, 0x16FF1), (0x17000, 0x187F7), (0x18800, 0x18CD5), (0x18D00, 0x18D08), (0x1AFF0, 0x1AFF3),
  (0x1AFF5, 0x1AFFB), (0x1AFFD, 0x1AFFE), (0x1B000, 0x1B122), (0x1B132, 0x1B132), (0x1B150, 0x1B152),
  (0x1B155, 0x1B155), (0x1B164, 0x1B167), (0x1B170, 0x1B2FB), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF),
  (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F200, 0x1F202), (0x1F210, 0x1F23B), (0x1F240, 0x1F248),
  (0x1F250, 0x1F251), (0x1F260, 0x1F265), (0x1F300, 0x1F320), (0x1F32D, 0x1F335), (0x1F337, 0x1F37C),
  (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3), (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4),
  (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440), (0x1F442, 0x1F4FC), (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E),
  (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596), (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F),
  (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2), (0x1F6D5, 0x1F6D7), (0x1F6DC, 0x1F6DF),
  (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7EB), (0x1F7F0, 0x1F7F0), (0x1F90C, 0x1F93A),
  (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FA7C), (0x1FA80, 0x1FA88), (0x1FA90, 0x1FABD),
  (0x1FABF, 0x1FAC5), (0x1FACE, 0x1FADB), (0x1FAE0, 0x1FAE8), (0x1FAF0, 0x1FAF8), (0x20000, 0x2FFFD),
  (0x30000, 0x3FFFD),
]

/// The text cut to so many columns, with `ellipsis` at its end where something was cut. A wide character is never
/// split.
public func fitted(_ text: String, columns: Int, ellipsis: Unicode.Scalar = "…") -> String {
  if text.utf8.count <= columns || displayWidth(text) <= columns { return text }
  guard columns > 0 else { return "" }
  var out = String.UnicodeScalarView()
  var width = 0
  for scalar in text.unicodeScalars {
    let next = displayWidth(scalar)
    if width + next > columns - 1 { break }
    width += next
    out.append(scalar)
  }
  out.append(ellipsis)
  return String(out)
}

/// A name cut in its middle: of names that begin alike the end tells them apart.
public func fittedName(_ text: String, columns: Int, ellipsis: Unicode.Scalar = "…") -> String {
  if text.utf8.count <= columns || displayWidth(text) <= columns { return text }
  guard columns >= 6 else { return fitted(text, columns: columns, ellipsis: ellipsis) }
  let room = (columns - displayWidth(ellipsis)) * 2 / 5
  var tail = String.UnicodeScalarView()
  var width = 0
  for scalar in text.unicodeScalars.reversed() {
    width += displayWidth(scalar)
    if width > room { break }
    tail.insert(scalar, at: tail.startIndex)
  }
  // A mark that belongs to a letter which was cut away goes with it.
  while let first = tail.first, displayWidth(first) == 0 { tail.removeFirst() }
  let head = fitted(text, columns: columns - displayWidth(String(tail)), ellipsis: ellipsis)
  return head + String(tail)
}

/// Whether a line may end between two characters though no blank is there: in a Chinese text beside a wide one, for it is
/// written without blanks, but not before what belongs to the word before it (`，`), nor behind what belongs to the next one
/// (`（`). In English a wide character is one of a name's, which stays whole where it can.
public func mayBreak(between first: Unicode.Scalar, and second: Unicode.Scalar) -> Bool {
  guard Language.current == .chinese, first != " ", second != " ", displayWidth(first) == 2 || displayWidth(second) == 2
  else { return false }
  return displayWidth(second) > 0 && !closing.contains(second) && !opening.contains(first)
}

private let closing = Set("，。、：；？！）」』》】…,.:;?!)]}'\"".unicodeScalars)
private let opening = Set("（「『《【([{'\"".unicodeScalars)

/// Text in as many lines as it needs: broken at blanks, behind colons and beside wide characters where there are some,
/// else where the line is full.
public func wrapped(_ text: String, columns: Int) -> [String] {
  if text.utf8.count <= columns || displayWidth(text) <= columns || columns < 1 { return [text] }
  var rows: [String] = []
  var row = String.UnicodeScalarView()
  var width = 0
  /// The end of the last word in `row`, and the columns up to it.
  var blank: String.UnicodeScalarView.Index?
  for scalar in text.unicodeScalars {
    let next = displayWidth(scalar)
    if let last = row.last, mayBreak(between: last, and: scalar) { blank = row.endIndex }
    if width + next > columns, !row.isEmpty {
      let end = scalar == " " ? row.endIndex : blank ?? row.endIndex
      rows.append(String(row[..<end]))
      row = String.UnicodeScalarView(row[end...].drop { $0 == " " })
      width = displayWidth(String(row))
      blank = nil
      if scalar == " ", row.isEmpty { continue }
    }
    if scalar == " " { blank = row.endIndex }
    row.append(scalar)
    width += next
    // An address is broken behind one of its colons, not within a group.
    if scalar == ":" { blank = row.endIndex }
  }
  if !row.isEmpty { rows.append(String(row)) }
  return rows
}

/// Text in two lines, broken at the last blank before the edge, or beside a wide character; the second may still be too
/// long. In one line where there is no such place.
public func brokenOnce(_ text: String, columns: Int) -> [String] {
  var width = 0
  var end: String.Index?
  var last: Unicode.Scalar = " "
  for index in text.unicodeScalars.indices {
    let scalar = text.unicodeScalars[index]
    if width <= columns, scalar == " " || mayBreak(between: last, and: scalar) { end = index }
    width += displayWidth(scalar)
    last = scalar
  }
  guard width > columns, let end, end > text.startIndex else { return [text] }
  let rest = text[end...]
  return [String(text[..<end]), String(rest.first == " " ? rest.dropFirst() : rest)]
}
