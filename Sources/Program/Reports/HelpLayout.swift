internal import Canvas
internal import LinuxSystem
internal import Speech

/// The help of commands in a language whose characters are wide: the parser of the command line, which makes it, breaks lines
/// at blanks and counts characters.
public enum HelpLayout {
  /// Where what an option is for begins.
  private static let indent = 26

  /// What `make` gives for so many columns (nil: the terminal's), in lines that are no wider than the terminal.
  public static func message(_ make: (Int?) -> String) -> String {
    switch Language.current {
    case .english: return make(nil)
    case .chinese:
      let text = make(10_000)
      // Completions and the version are no help.
      guard text.hasPrefix("OVERVIEW: ") else { return make(nil) }
      return lines(of: text, columns: max(2 * indent, columns))
    }
  }

  /// The columns that help has: those that are wished for, else the terminal's, else 80.
  public static var columns: Int {
    let wish = Standard.environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    return wish ?? Standard.columns(of: 1) ?? 80
  }

  /// The text with its lines broken where they are wider; what is left of one stands below its beginning.
  static func lines(of text: String, columns: Int) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      let blanks = line.prefix { $0 == " " }.count
      // A label, and behind it what it is for; or a text below labels.
      let head = String(line.prefix(blanks == 0 ? 0 : max(blanks, indent)))
      let margin = String(repeating: " ", count: head.count)
      let rows = wrapped(String(line.dropFirst(head.count)), columns: columns - head.count)
      return rows.enumerated().map { ($0.offset == 0 ? head : margin) + $0.element }
    }
    return lines.joined(separator: "\n")
  }
}
