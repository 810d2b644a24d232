/// A line that is typed into.
enum TypedLine {
  /// The most characters of one: each of them is looked for again in everything there is.
  static let limit = 256

  /// The line with more at its end, as far as there is room; nil, with a word about it, where there is none.
  static func append(_ more: String, to line: String, in state: inout State) -> String? {
    let room = limit - line.unicodeScalars.count
    if more.unicodeScalars.count > room { state.notify("a line has at most \(limit) characters: the rest is left out") }
    guard room > 0 else { return nil }
    return line + String(String.UnicodeScalarView(more.unicodeScalars.prefix(room)))
  }
}
