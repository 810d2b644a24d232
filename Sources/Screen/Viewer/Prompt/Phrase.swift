internal import Canvas
internal import Diagram
internal import Keys
internal import Listing
internal import Topology

/// Something that can be typed behind `:`: its word, and what is to be done about what stands behind it.
struct Phrase: Sendable {
  let word: String
  /// What is to stand behind the word; empty: nothing may.
  let form: String
  let summary: String
  /// All that can stand there, where that can be listed.
  let values: [String]
  let act: @Sendable (String, inout State) throws(Refusal) -> [Effect]

  init(
    _ word: String, _ form: String = "", _ summary: String, values: [String] = [],
    act: @escaping @Sendable (String, inout State) throws(Refusal) -> [Effect]
  ) {
    self.word = word
    self.form = form
    self.summary = summary
    self.values = values
    self.act = act
  }

  /// A word for a key.
  private init(_ word: String, _ command: Command) {
    let help = KeyTable.bindings.first { $0.command == command }?.help ?? ""
    self.init(word, "", help) { _, state throws(Refusal) in state.perform(command) }
  }

  static let zooms = [Zoom.card: "card", .row: "row", .rake: "rake", .dots: "dots"]

  /// All of them, as they are listed.
  static let all: [Phrase] = [
    Phrase("theme", "NAME", "other colours", values: ThemeChoice.names) { name, state throws(Refusal) in
      guard let choice = ThemeChoice(try one(of: ThemeChoice.names, name, "theme")) else { return [] }
      return state.use(choice == .auto ? state.looks.suited : choice.theme(on: nil))
    },
    Phrase("zoom", "NAME", "how much is drawn of each", values: ["auto"] + Zoom.allCases.compactMap { zooms[$0] }) {
      name, state throws(Refusal) in
      let value = try one(of: ["auto"] + Zoom.allCases.compactMap { zooms[$0] }, name, "zoom")
      state.zoom(to: zooms.first { $0.value == value }?.key)
      return []
    },
    Phrase("sort", "NAME", "the order of the rows", values: Sorting.Key.allCases.map(\.rawValue)) {
      name, state throws(Refusal) in
      guard let key = Sorting.Key(rawValue: try one(of: Sorting.Key.allCases.map(\.rawValue), name, "order")) else {
        return []
      }
      state.order(by: key, isInverted: false)
      return []
    },
    Phrase("filter", "TEXT", "hide the rest; nothing shows all again") { text, state throws(Refusal) in
      if let problem = Filter(text).problem { throw Refusal(problem) }
      state.hide(allBut: text)
      return []
    },
    Phrase("find", "TEXT", "look for a name, an address, a MAC") { text, state throws(Refusal) in
      if text.isEmpty { throw Refusal("find what?") }
      state.find(text)
      return []
    },
    Phrase("goto", "NAME", "select a container, a bridge, an interface") { name, state throws(Refusal) in
      if name.isEmpty { throw Refusal("go where?") }
      guard let element = state.element(named: name) else { throw Refusal("there is no '\(name)' here") }
      guard let shown = state.page.shows(element, in: state) ? element : state.page.substitute(for: element, in: state)
      else { throw Refusal("'\(name)' is not on this page") }
      state.select(shown)
      return []
    },
    Phrase("ping", "[SOURCE] TARGET", "as p, and the target at once: ping 8.8.8.8") { text, state throws(Refusal) in
      try state.start(text, for: .ping)
    },
    Phrase("why", "[SOURCE] TARGET", "as w, and the target at once: why outside web:80") {
      text, state throws(Refusal) in
      try state.start(text, for: .why)
    },
    Phrase("list", .list), Phrase("busiest", .busiest), Phrase("trouble", .troubleList), Phrase("events", .events),
    Phrase("matrix", .matrix), Phrase("invert", .invert), Phrase("freeze", .freeze), Phrase("copy", .copy),
    Phrase("nsenter", .copyEntry), Phrase("tcpdump", .copyCapture),
    Phrase("rescan", .closeHoles), Phrase("redraw", .redraw), Phrase("suspend", .suspend), Phrase("help", .help),
    Phrase("quit", .quit),
  ]

  // MARK: Reading a line

  /// The word of a line, and what stands behind it.
  static func parts(_ line: String) -> (word: String, argument: String) {
    let words = line.split(separator: " ", maxSplits: 1)
    guard let first = words.first else { return ("", "") }
    let argument = words.count > 1 ? words[1].drop { $0 == " " } : ""
    return (String(first), String(argument.reversed().drop { $0 == " " }.reversed()))
  }

  /// The phrase of a word, or of its beginning where no other begins so.
  static func named(_ word: String) throws(Refusal) -> Phrase {
    let name = try one(of: all.map(\.word), word, "word")
    guard let phrase = all.first(where: { $0.word == name }) else { throw Refusal("there is no word '\(word)'") }
    return phrase
  }

  /// The one that is meant: the text itself, or the only one that begins with it.
  private static func one(of choices: [String], _ text: String, _ noun: String) throws(Refusal) -> String {
    if choices.contains(text) { return text }
    let meant = text.isEmpty ? [] : choices.filter { $0.hasPrefix(text) }
    if meant.count == 1 { return meant[0] }
    let list = (meant.isEmpty ? choices : meant).joined(separator: " ")
    if text.isEmpty { throw Refusal("which \(noun)? \(list)") }
    throw Refusal(meant.isEmpty ? "there is no \(noun) '\(text)'; there are: \(list)" : "'\(text)' may be: \(list)")
  }

  /// What could stand at the end of a line: words, or what can stand behind the one that is there.
  static func choices(_ line: String) -> [String] {
    guard line.contains(" ") else { return all.map(\.word).filter { $0.hasPrefix(line) } }
    let (word, argument) = parts(line)
    guard let phrase = all.first(where: { $0.word == word }) else { return [] }
    return phrase.values.isEmpty ? [phrase.word] : phrase.values.filter { $0.hasPrefix(argument) }
  }

  /// The line with as much more as all that could be meant have in common.
  static func completed(_ line: String) -> String {
    let choices = choices(line)
    guard let first = choices.first else { return line }
    let common = choices.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let (word, argument) = parts(line)
    if line.contains(" ") { return common.hasPrefix(argument) ? "\(word) \(common)" : line }
    let takesMore = choices.count == 1 && all.contains { $0.word == first && !$0.form.isEmpty }
    return common + (takesMore ? " " : "")
  }
}

extension String {
  func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
