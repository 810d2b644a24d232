internal import Canvas
internal import Chapters

/// A page in the language of man(7), which groff and mandoc read.
package struct Roff {
  private let page: ManualPage
  private let version: String
  private let date: String

  /// Makes the source of a page. Without a date it is the same whenever it is made; `date` is written as it is.
  package init(_ page: ManualPage, version: String, date: String = "") {
    (self.page, self.version, self.date) = (page, version, date)
  }

  /// The source, which ends with a newline.
  package var text: String {
    let quoted = [page.name, "\(page.number)", date, "netns-top \(version)", Say.Heading.manual].map(Self.argument)
    var lines = [".TH " + quoted.joined(separator: " "), ".nh", ".ad l"]
    lines += [".SH " + Self.argument(Say.Heading.name), Self.plain(page.name) + " \\- " + Self.plain(page.summary)]
    for section in page.sections {
      lines.append(".SH " + Self.argument(section.heading))
      var isFirst = true
      for block in section.blocks {
        lines += Self.lines(of: block, isFirst: isFirst)
        if case .heading = block { isFirst = true } else { isFirst = false }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of block: ManualBlock, isFirst: Bool) -> [String] {
    switch block {
    // A heading has its distance already.
    case .paragraph(let text): (isFirst ? [] : [".PP"]) + [line(running(text))]
    case .heading(let text): [".SS " + argument(text)]
    case .definitions(let entries):
      entries.flatMap { [".TP", line("\\fB" + typed($0.term) + "\\fR"), line(running($0.text))] }
    case .literal(let rows):
      (isFirst ? [] : [".PP"]) + [".RS 4", ".nf"] + rows.map { line(typed($0)) } + [".fi", ".RE"]
    }
  }

  // MARK: Escaping

  /// Text, in which what stands between backquotes is bold and typed as it is.
  static func running(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    var out = ""
    for (number, part) in parts.enumerated() {
      let isTyped = number % 2 == 1
      // A backquote without another one is a character like others.
      if isTyped, number == parts.count - 1 {
        out += "\\(ga" + plain(String(part))
      } else {
        out += isTyped ? "\\fB" + typed(String(part)) + "\\fR" : plain(String(part))
      }
    }
    return out
  }

  /// Text that is read: it may be broken where the language breaks lines.
  static func plain(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      // roff knows blanks only: a break that shows nothing.
      if let last, mayBreak(between: last, and: scalar) { out.append(contentsOf: "\\:".unicodeScalars) }
      out.append(contentsOf: (scalar == "-" ? "-" : escaped(scalar)).unicodeScalars)
      last = scalar
    }
    return String(out)
  }

  /// What is typed: every hyphen is the minus of the keyboard, and can be copied.
  static func typed(_ text: String) -> String { text.unicodeScalars.map(escaped).joined() }

  /// One character where roff would read, or draw, another one.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\\": "\\e"
    case "-": "\\-"
    case "'": "\\(aq"
    case "`": "\\(ga"
    case "^": "\\(ha"
    case "~": "\\(ti"
    case "\"": "\\(dq"
    case "\n", "\t": " "
    default: scalar.properties.generalCategory == .control ? "" : String(scalar)
    }
  }

  /// A line of text: one that begins as a request would, is none.
  static func line(_ text: String) -> String {
    // A quotation mark is escaped by then.
    text.hasPrefix(".") || text.isEmpty || text.hasPrefix(" ") ? "\\&" + text : text
  }

  /// What a macro is given as one argument.
  static func argument(_ text: String) -> String { "\"" + typed(text) + "\"" }
}
