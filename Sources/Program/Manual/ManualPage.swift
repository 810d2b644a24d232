/// A page of the manual: what roff and the terminal are given alike.
package struct ManualPage: Sendable {
  /// What it is called, as `man NAME` asks for it.
  package var name: String
  /// The section of the manual that it belongs to: 1 commands, 5 files.
  package var number: Int
  /// What it is about, in a line.
  package var summary: String
  /// Its sections, without the one that names it.
  package var sections: [ManualSection]

  /// The page with the section that every page begins with.
  package init(name: String, number: Int, summary: String, sections: [ManualSection]) {
    (self.name, self.number, self.summary, self.sections) = (name, number, summary, sections)
  }
}

/// A heading and what stands below it.
package struct ManualSection: Sendable {
  /// The heading.
  package var heading: String
  /// Its parts, from above.
  package var blocks: [ManualBlock]

  /// Makes a section.
  package init(_ heading: String, _ blocks: [ManualBlock]) { (self.heading, self.blocks) = (heading, blocks) }
}

/// A part of a section. In texts, what stands between two backquotes is typed as it is.
package enum ManualBlock: Sendable {
  /// Text, in as many lines as it needs.
  case paragraph(String)
  /// A smaller heading.
  case heading(String)
  /// Terms, and what each means.
  case definitions([ManualEntry])
  /// Lines that stay as they are.
  case literal([String])
}

/// A term, which is typed or read as it is, and what it means.
package struct ManualEntry: Sendable {
  /// The term.
  package var term: String
  /// What it means.
  package var text: String

  /// Makes an entry.
  package init(_ term: String, _ text: String) { (self.term, self.text) = (term, text) }
}
