public import Canvas
internal import Labels

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
  public init(about subject: Context, keys: KeyTable, glyphs: GlyphSet, columns: Int, words: [Word]) {
    self.columns = columns
    let bindings = keys.bindings
    func cells(_ bindings: [Binding]) -> [Cell] {
      bindings.map { Cell(cap: $0.cap(glyphs), text: $0.help, role: .strong) }
    }
    let here = bindings.filter { $0.contexts.contains(subject) }
    add(Self.heading(of: subject), cells(here))
    add(Say.HelpPage.otherKeys, cells(bindings.filter { !$0.contexts.contains(subject) }))
    add(Say.HelpPage.marks, Self.marks(glyphs))
    add(Say.HelpPage.targets, Self.targets(why: keys.cap(.why)), columns: 1)
    add(Say.HelpPage.mouse, Self.mouse)
    func cells(_ words: [Word]) -> [Cell] {
      words.map { Cell(cap: "\($0.word) \($0.form)", text: $0.summary, role: .strong) }
    }
    add(Say.HelpPage.words, cells(words.filter { !$0.form.isEmpty }), columns: 1)
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

  /// What stands over the keys of where one is.
  private static func heading(of context: Context) -> String {
    switch context {
    case .walk, .help: Say.HelpPage.KeysHere.onDiagram
    case .pick: Say.HelpPage.KeysHere.picking
    case .target: Say.HelpPage.KeysHere.typingTarget
    case .search: Say.HelpPage.KeysHere.searching
    case .filter: Say.HelpPage.KeysHere.filtering
    case .prompt: Say.HelpPage.KeysHere.typingWord
    case .ping: Say.HelpPage.KeysHere.pinging
    case .pane: Say.HelpPage.KeysHere.inDetails
    case .list: Say.HelpPage.KeysHere.inList
    case .events: Say.HelpPage.KeysHere.inEvents
    case .matrix: Say.HelpPage.KeysHere.inMatrix
    case .explanation: Say.HelpPage.KeysHere.inExplanation
    }
  }

  private static func marks(_ glyphs: GlyphSet) -> [Cell] {
    let several: Unicode.Scalar = glyphs == .unicode ? "◆" : "&"
    let (up, down) = (glyphs.upward, glyphs.downward)
    return cells([
      ("\(glyphs.up)", Say.HelpPage.Marks.up, .up), ("\(glyphs.noCarrier)", Say.HelpPage.Marks.noCarrier, .noCarrier),
      ("\(glyphs.down)", Say.HelpPage.Marks.down, .fault), ("\(up)\(down)", Say.HelpPage.Marks.rates, .txRate),
      ("\(up)+\(down)", Say.HelpPage.Marks.both, .txRate),
      ("\(glyphs.bar(2))\(glyphs.bar(5))\(glyphs.bar(8))", Say.HelpPage.Marks.traffic, .sparkLow),
      ("\(several)", Say.HelpPage.Marks.multiHomed, .multiHomed), ("+", Say.HelpPage.Marks.joined, .joined),
      ("\(glyphs.border)", Say.HelpPage.Marks.border, .guide),
      ("\(glyphs.pair)", Say.HelpPage.Marks.pair, .text), ("fwd", Say.HelpPage.Marks.portState, .text),
    ])
  }

  private static func targets(why: String) -> [Cell] {
    cells([
      ("db  db:5432", Say.HelpPage.Targets.name, .strong),
      (":80  :53/udp", Say.HelpPage.Targets.port, .strong),
      ("10.0.0.3:53/udp", Say.HelpPage.Targets.address, .strong),
      ("db.example", Say.HelpPage.Targets.domain, .strong),
      ("https://a.test/", Say.HelpPage.Targets.url, .strong), ("internet", Say.HelpPage.Targets.internet, .strong),
      ("outside", Say.HelpPage.Targets.outside(why), .strong),
    ])
  }

  private static var mouse: [Cell] {
    cells([
      (Say.HelpPage.Mouse.clickCap, Say.HelpPage.Mouse.click, .strong),
      (Say.HelpPage.Mouse.twiceCap, Say.HelpPage.Mouse.twice, .strong),
      (Say.HelpPage.Mouse.wheelCap, Say.HelpPage.Mouse.wheel, .strong),
      (Say.HelpPage.Mouse.titleCap, Say.HelpPage.Mouse.title, .strong),
      (Say.HelpPage.Mouse.headsCap, Say.HelpPage.Mouse.heads, .strong), ("Shift", Say.HelpPage.Mouse.shift, .strong),
    ])
  }

  private static func cells(_ list: [(cap: String, text: String, role: Role)]) -> [Cell] {
    list.map { Cell(cap: $0.cap, text: $0.text, role: $0.role) }
  }
}
