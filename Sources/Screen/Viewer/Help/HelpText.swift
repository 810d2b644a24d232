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
    return [
      Cell(cap: "\(glyphs.up)", text: "up", role: .up),
      Cell(cap: "\(glyphs.noCarrier)", text: "switched on, without a carrier", role: .noCarrier),
      Cell(cap: "\(glyphs.down)", text: "down, or cut", role: .fault),
      Cell(cap: "\(glyphs.upward)\(glyphs.downward)", text: "bytes a second sent, received", role: .txRate),
      Cell(cap: "\(glyphs.bar(2))\(glyphs.bar(5))\(glyphs.bar(8))", text: "traffic, the last minute", role: .sparkLow),
      Cell(cap: "\(several)", text: "on several networks: violet", role: .multiHomed),
      Cell(cap: "+", text: "has just come", role: .joined),
      Cell(cap: "\(glyphs.border)", text: "the border of the namespaces", role: .guide),
      Cell(cap: "\(glyphs.pair)", text: "two ends of one cable", role: .text),
      Cell(cap: "fwd", text: "the port's state on its bridge", role: .text),
    ]
  }

  private static let mouse = [
    Cell(cap: "click", text: "selects; at the bottom: a key", role: .strong),
    Cell(cap: "twice", text: "details, or the ping starts", role: .strong),
    Cell(cap: "wheel", text: "scrolls; a comb it zooms", role: .strong),
    Cell(cap: "title", text: "its counts open their list", role: .strong),
    Cell(cap: "heads", text: "of a list: sort, turn round", role: .strong),
    Cell(cap: "Shift", text: "selects text, as without us", role: .strong),
  ]
}
