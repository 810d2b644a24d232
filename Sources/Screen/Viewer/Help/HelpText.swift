internal import Canvas
internal import Keys

/// What the help says, line by line: first the keys of what one was looking at.
struct HelpText {
  /// A cap, or a mark, and what it means.
  struct Cell {
    var cap: String
    var text: String
    var role: Role
  }

  /// One line: a cell a column, or one that goes over all of them, as a heading does.
  struct Line {
    var cells: [Cell]
    var isWide = false
    /// The columns of the screen from a cell's beginning to its words.
    var capWidth = 0
  }

  private(set) var lines: [Line] = []
  private let columns: Int

  init(about subject: Context, glyphs: GlyphSet, columns: Int) {
    self.columns = columns
    let bindings = KeyTable.bindings
    func cells(_ bindings: [Binding]) -> [Cell] {
      bindings.map { Cell(cap: $0.cap(glyphs), text: $0.help, role: .strong) }
    }
    let here = bindings.filter { $0.contexts.contains(subject) }
    add("keys \(Self.name(of: subject))", cells(here))
    add("all keys but those", cells(bindings.filter { !$0.contexts.contains(subject) }))
    add("what the marks mean", Self.marks(glyphs))
    add("the mouse", Self.mouse)
    func words(_ phrases: [Phrase]) -> [Cell] {
      phrases.map { Cell(cap: "\($0.word) \($0.form)", text: $0.summary, role: .strong) }
    }
    add("what can be typed behind :", words(Phrase.all.filter { !$0.form.isEmpty }), columns: 1)
    add("", words(Phrase.all.filter(\.form.isEmpty)))
  }

  private mutating func add(_ heading: String, _ cells: [Cell], columns wanted: Int? = nil) {
    guard !cells.isEmpty else { return }
    let columns = wanted ?? columns
    if !heading.isEmpty {
      if !lines.isEmpty { lines.append(Line(cells: [])) }
      lines.append(Line(cells: [Cell(cap: heading, text: "", role: .boxTitle)], isWide: true))
    }
    let capWidth = (cells.map { displayWidth($0.cap) }.max() ?? 0) + 2
    // Read down the first column, then down the next one.
    let height = (cells.count + columns - 1) / columns
    for row in 0..<height {
      let places = stride(from: row, to: cells.count, by: height)
      lines.append(Line(cells: places.map { cells[$0] }, isWide: columns == 1, capWidth: capWidth))
    }
  }

  /// Where one is, as a part of a sentence.
  private static func name(of context: Context) -> String {
    switch context {
    case .walk, .help: "on the diagram"
    case .pick: "while a target is chosen"
    case .search: "while something is looked for"
    case .filter: "while a filter is typed"
    case .prompt: "while a word is typed"
    case .ping: "while a ping runs"
    case .pane: "in the details"
    case .list: "in a list"
    case .events: "in the list of events"
    case .matrix: "in the matrix"
    case .explanation: "where it is said why"
    }
  }

  private static func marks(_ glyphs: GlyphSet) -> [Cell] {
    let several: Unicode.Scalar = glyphs == .unicode ? "◆" : "&"
    let (up, down) = (glyphs.upward, glyphs.downward)
    return cells([
      ("\(glyphs.up)", "up", .up), ("\(glyphs.noCarrier)", "switched on, without a carrier", .noCarrier),
      ("\(glyphs.down)", "down, or cut", .fault), ("\(up)\(down)", "bytes a second sent, received", .txRate),
      ("\(up)+\(down)", "both together", .txRate),
      ("\(glyphs.bar(2))\(glyphs.bar(5))\(glyphs.bar(8))", "traffic, the last minute", .sparkLow),
      ("\(several)", "on several networks: violet", .multiHomed), ("+", "has just come", .joined),
      ("\(glyphs.border)", "the border of the namespaces", .guide),
      ("\(glyphs.pair)", "two ends of one cable", .text), ("fwd", "the port's state on its bridge", .text),
    ])
  }

  private static let mouse = cells([
    ("click", "selects; at the bottom: a key", .strong), ("twice", "details, or the ping starts", .strong),
    ("wheel", "scrolls; a comb it zooms", .strong), ("title", "its counts open their list", .strong),
    ("heads", "of a list: sort, turn round", .strong), ("Shift", "selects text, as without us", .strong),
  ])

  private static func cells(_ list: [(cap: String, text: String, role: Role)]) -> [Cell] {
    list.map { Cell(cap: $0.cap, text: $0.text, role: $0.role) }
  }
}
