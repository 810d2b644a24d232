public import Canvas

/// What the help says, line by line: first the keys of what one was looking at.
public struct HelpText: Sendable {
  /// A cap, or a mark, and what it means.
  public struct Cell: Sendable {
    /// The key's cap, the mark, or what is typed.
    public var cap: String
    /// What it means.
    public var text: String
    /// How the cap is to look.
    public var role: Role
  }

  /// One line: a cell a column, or one that goes over all of them, as a heading does.
  public struct Line: Sendable {
    /// Its cells, from the left.
    public var cells: [Cell]
    /// Whether its only cell has the whole width.
    public var isWide = false
    /// The columns of the screen from a cell's beginning to its words.
    public var capWidth = 0
  }

  /// A word that can be typed behind `:`, what is to stand behind it (empty: nothing may), and what it does.
  public typealias Word = (word: String, form: String, summary: String)

  /// All of them.
  public private(set) var lines: [Line] = []
  private let columns: Int

  /// Writes the help in so many columns; `words` are those behind `:`.
  public init(about subject: Context, glyphs: GlyphSet, columns: Int, words: [Word]) {
    self.columns = columns
    let bindings = KeyTable.bindings
    func cells(_ bindings: [Binding]) -> [Cell] {
      bindings.map { Cell(cap: $0.cap(glyphs), text: $0.help, role: .strong) }
    }
    let here = bindings.filter { $0.contexts.contains(subject) }
    add("keys \(Self.name(of: subject))", cells(here))
    add("all keys but those", cells(bindings.filter { !$0.contexts.contains(subject) }))
    add("what the marks mean", Self.marks(glyphs))
    add("what can be typed for a target", Self.targets, columns: 1)
    add("the mouse", Self.mouse)
    func cells(_ words: [Word]) -> [Cell] {
      words.map { Cell(cap: "\($0.word) \($0.form)", text: $0.summary, role: .strong) }
    }
    add("what can be typed behind :", cells(words.filter { !$0.form.isEmpty }), columns: 1)
    add("", cells(words.filter(\.form.isEmpty)))
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
    case .target: "while a target is typed"
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

  private static let targets = cells([
    ("db  db:5432", "a container, a namespace; a port of it", .strong),
    (":80  :53/udp", "a port of what is selected", .strong),
    ("10.0.0.3:53/udp", "an address; [fd00::3]:443 of IPv6", .strong),
    ("db.example", "a name, resolved as the source would", .strong),
    ("https://…", "a URL: its scheme gives the port", .strong), ("internet", "out of this machine", .strong),
    ("outside", "after w: the source is beyond the uplink", .strong),
  ])

  private static let mouse = cells([
    ("click", "selects; at the bottom: a key", .strong), ("twice", "details, or the ping starts", .strong),
    ("wheel", "scrolls; a comb it zooms", .strong), ("title", "its counts open their list", .strong),
    ("heads", "of a list: sort, turn round", .strong), ("Shift", "selects text, as without us", .strong),
  ])

  private static func cells(_ list: [(cap: String, text: String, role: Role)]) -> [Cell] {
    list.map { Cell(cap: $0.cap, text: $0.text, role: $0.role) }
  }
}

extension Binding {
  /// What is written on the key's cap, in those characters.
  public func cap(_ glyphs: GlyphSet) -> String {
    switch command {
    case .move: glyphs.arrowKeys
    case .inspect: glyphs.enterKey
    default: cap
    }
  }
}
