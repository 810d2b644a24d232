package import Canvas

/// Sections of the manual for a terminal, or a pipe.
package struct TerminalPage {
  /// A row, and whether it is a heading.
  package struct Row: Sendable {
    /// The text.
    package var text: String
    /// Whether it stands over others.
    package var isHeading = false
    /// Whether it is to be copied: then it stays whole, however narrow the terminal is, and breaks there without a newline.
    package var isLiteral = false
  }

  /// Where texts begin.
  private static let margin = 2
  /// Where what a term means begins, as in the help of commands.
  private static let hanging = 26

  /// From above.
  package private(set) var rows: [Row] = []
  private let columns: Int

  /// Writes sections in so many columns; at least 24, for what is narrower breaks every word.
  package init(_ sections: [ManualSection], columns: Int) {
    self.columns = max(24, columns)
    for section in sections {
      if !rows.isEmpty { rows.append(Row(text: "")) }
      rows.append(Row(text: section.heading, isHeading: true))
      var isFirst = true
      for block in section.blocks {
        add(block, isFirst: isFirst)
        if case .heading = block { isFirst = true } else { isFirst = false }
      }
    }
  }

  /// The text, which ends with a newline; headings look as the theme has them, where there are colours.
  package func text(_ theme: Theme, colors: ColorDepth) -> String {
    var canvas = CellCanvas(Size(width: rows.map { displayWidth($0.text) }.max() ?? 0, height: rows.count))
    for (y, row) in rows.enumerated() { canvas.put(row.text, x: 0, y: y, role: row.isHeading ? .boxTitle : .text) }
    return canvas.ansi(theme, colors: colors).joined(separator: "\n") + "\n"
  }

  private mutating func add(_ block: ManualBlock, isFirst: Bool) {
    if !isFirst { rows.append(Row(text: "")) }
    switch block {
    case .paragraph(let text): add(text, indent: Self.margin)
    case .heading(let text): rows.append(Row(text: " " + text, isHeading: true))
    case .definitions(let entries):
      let longest = entries.map { displayWidth($0.term) }.max() ?? 0
      // A wide column of terms leaves no room for words.
      let hanging = min(Self.hanging, Self.margin + longest + 2)
      for entry in entries { add(entry, hanging: columns < 3 * Self.hanging / 2 ? 3 * Self.margin : hanging) }
    case .literal(let lines):
      rows += lines.map { Row(text: $0.isEmpty ? "" : Self.blanks(2 * Self.margin) + $0, isLiteral: true) }
    }
  }

  private mutating func add(_ text: String, indent: Int) {
    rows += wrapped(text, columns: columns - indent).map { Row(text: Self.blanks(indent) + $0) }
  }

  private mutating func add(_ entry: ManualEntry, hanging: Int) {
    var terms = wrapped(entry.term, columns: columns - Self.margin)
    let lines = wrapped(entry.text, columns: columns - hanging)
    var rest = lines[...]
    let last = terms.removeLast()
    rows += terms.map { Row(text: Self.blanks(Self.margin) + $0) }
    let width = Self.margin + displayWidth(last)
    if width + 2 <= hanging, let first = rest.popFirst() {
      rows.append(Row(text: Self.blanks(Self.margin) + last + Self.blanks(hanging - width) + first))
    } else {
      rows.append(Row(text: Self.blanks(Self.margin) + last))
    }
    rows += rest.map { Row(text: Self.blanks(hanging) + $0) }
  }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}
