/// A word of a line of iptables-save.
struct IPTablesWord: Hashable, Sendable {
  var text: String
  /// Whether it stood in quotes: then it is a value, whatever it looks like.
  var isQuoted: Bool

  /// Whether this is that option, or the `!` before one.
  func isOption(_ name: String) -> Bool { !isQuoted && text == name }

  /// Whether an option begins here.
  var startsOption: Bool { !isQuoted && (text.hasPrefix("-") || text == "!") }

  /// Splits a line as iptables-restore(8) does: at spaces, with `"…"` and backslashes inside; nil where a quote is
  /// open.
  static func split(_ line: some StringProtocol) -> [IPTablesWord]? {
    var words: [IPTablesWord] = []
    var current: String?
    var isQuoted = false
    var inQuotes = false
    var isEscaped = false
    for character in line.unicodeScalars {
      if inQuotes {
        if isEscaped {
          current?.unicodeScalars.append(character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          inQuotes = false
        } else {
          current?.unicodeScalars.append(character)
        }
      } else if character == "\"" {
        inQuotes = true
        isQuoted = true
        current = current ?? ""
      } else if character == " " || character == "\t" {
        if let text = current { words.append(IPTablesWord(text: text, isQuoted: isQuoted)) }
        current = nil
        isQuoted = false
      } else {
        current = current ?? ""
        current?.unicodeScalars.append(character)
      }
    }
    if inQuotes { return nil }
    if let text = current { words.append(IPTablesWord(text: text, isQuoted: isQuoted)) }
    return words
  }
}
