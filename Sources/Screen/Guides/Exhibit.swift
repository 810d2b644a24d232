package import Canvas

/// What a guide shows beside the picture: the output of a command, or what was learned.
package struct Exhibit: Sendable, Hashable {
  /// A piece of a line in one role.
  package struct Span: Sendable, Hashable {
    package var text: String
    package var role: Role

    package init(_ text: String, _ role: Role = .text) {
      self.text = text
      self.role = role
    }
  }

  /// One line, of any length.
  package typealias Line = [Span]

  package var lines: [Line]

  package init(_ lines: [Line] = []) { self.lines = lines }

  /// The lines as plain text.
  package var text: [String] { lines.map { $0.map(\.text).joined() } }

  /// A text without lines of box drawing, for terminals and pipes that have none.
  package static func ascii(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar {
          case "═": "="
          case "─": "-"
          case "╞", "╡": "|"
          default: scalar
          }
        }))
  }

  /// The lines as a terminal of so many columns would show them: broken where it ends, wherever that is.
  func broken(columns: Int) -> [Line] {
    lines.flatMap { line -> [Line] in
      var rows: [Line] = [[]]
      var used = 0
      for span in line {
        var piece = String.UnicodeScalarView()
        for scalar in span.text.unicodeScalars {
          let width = displayWidth(scalar)
          if used + width > columns, used > 0 {
            rows[rows.count - 1].append(Span(String(piece), span.role))
            rows.append([])
            (piece, used) = (String.UnicodeScalarView(), 0)
          }
          piece.append(scalar)
          used += width
        }
        rows[rows.count - 1].append(Span(String(piece), span.role))
      }
      return rows
    }
  }
}
