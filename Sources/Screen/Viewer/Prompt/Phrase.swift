internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

/// Something that can be typed behind `:`: its word, and what is to be done about what stands behind it.
struct Phrase: Sendable {
  let word: String
  /// What is to stand behind the word; empty: nothing may.
  var form: String { sayForm() }
  /// What the word does; it may name keys.
  let summary: @Sendable (KeyTable) -> String
  /// All that can stand there, where that can be listed.
  let values: [String]
  let act: @Sendable (String, inout State) throws(Refusal) -> [Effect]
  private let sayForm: @Sendable () -> String

  init(
    _ word: String, _ form: @autoclosure @escaping @Sendable () -> String = "",
    _ summary: @escaping @Sendable (KeyTable) -> String, values: [String] = [],
    act: @escaping @Sendable (String, inout State) throws(Refusal) -> [Effect]
  ) {
    self.word = word
    sayForm = form
    self.summary = summary
    self.values = values
    self.act = act
  }

  /// A word for a key.
  private init(_ word: String, _ command: Command) {
    self.init(word, "", { $0.help(command) }) {
      _, state throws(Refusal) in state.perform(command)
    }
  }

  static let zooms = [Zoom.card: "card", .row: "row", .rake: "rake", .dots: "dots"]
  private static let zoomNames = ["auto"] + Zoom.allCases.compactMap { zooms[$0] }
  private static let orders = Sorting.Key.allCases.map(\.rawValue)

  /// All of them, as they are listed.
  static let all: [Phrase] = [
    Phrase("theme", Say.PromptLine.name, { _ in Say.PromptLine.otherColors }, values: ThemeChoice.names) {
      name, state throws(Refusal) in
      guard let choice = ThemeChoice(try one(of: ThemeChoice.names, name, Say.PromptLine.theTheme)) else { return [] }
      return state.use(choice == .auto ? state.looks.suited : choice.theme(on: nil))
    },
    Phrase("zoom", Say.PromptLine.name, { _ in Say.PromptLine.detail }, values: zoomNames) {
      name, state throws(Refusal) in
      let value = try one(of: zoomNames, name, Say.PromptLine.theZoom)
      state.zoom(to: zooms.first { $0.value == value }?.key)
      return []
    },
    Phrase("sort", Say.PromptLine.name, { _ in Say.PromptLine.order }, values: orders) { name, state throws(Refusal) in
      let order = try one(of: orders, name, Say.PromptLine.theOrder)
      guard let key = Sorting.Key(rawValue: order) else { return [] }
      state.order(by: key, isInverted: false)
      return []
    },
    Phrase("filter", Say.PromptLine.text, { _ in Say.PromptLine.hide }) { text, state throws(Refusal) in
      if let problem = Filter(text).problem { throw Refusal(problem) }
      state.hide(allBut: text)
      return []
    },
    Phrase("find", Say.PromptLine.text, { _ in Say.PromptLine.find }) { text, state throws(Refusal) in
      if text.isEmpty { throw Refusal(Say.PromptLine.findWhat) }
      state.find(text)
      return []
    },
    Phrase("goto", Say.PromptLine.name, { _ in Say.PromptLine.go }) { name, state throws(Refusal) in
      if name.isEmpty { throw Refusal(Say.PromptLine.goWhere) }
      guard let element = state.snapshot.element(named: name) else { throw Refusal(Say.PromptLine.nobody(name)) }
      guard let shown = state.page.shows(element, in: state) ? element : state.page.substitute(for: element, in: state)
      else { throw Refusal(Say.PromptLine.elsewhere(name)) }
      state.select(shown)
      return []
    },
    Phrase("ping", Say.PromptLine.ends, { Say.PromptLine.ping($0.cap(.ping)) }) { text, state throws(Refusal) in
      try state.start(text, for: .ping)
    },
    Phrase("why", Say.PromptLine.ends, { Say.PromptLine.why($0.cap(.why)) }) { text, state throws(Refusal) in
      try state.start(text, for: .why)
    },
    Phrase("list", .list), Phrase("busiest", .busiest), Phrase("trouble", .troubleList), Phrase("events", .events),
    Phrase("matrix", .matrix), Phrase("invert", .invert), Phrase("freeze", .freeze), Phrase("copy", .copy),
    Phrase("nsenter", .copyEntry), Phrase("tcpdump", .copyCapture),
    Phrase("rescan", .closeHoles), Phrase("reload", .reload), Phrase("redraw", .redraw), Phrase("suspend", .suspend),
    Phrase("help", .help),
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
    let name = try one(of: all.map(\.word), word, Say.PromptLine.theWord)
    guard let phrase = all.first(where: { $0.word == name }) else {
      throw Refusal(Say.PromptLine.unknown(Say.PromptLine.theWord, word))
    }
    return phrase
  }

  /// The one that is meant: the text itself, or the only one that begins with it.
  private static func one(of choices: [String], _ text: String, _ noun: String) throws(Refusal) -> String {
    if choices.contains(text) { return text }
    let meant = text.isEmpty ? [] : choices.filter { $0.hasPrefix(text) }
    if meant.count == 1 { return meant[0] }
    let list = (meant.isEmpty ? choices : meant).joined(separator: " ")
    if text.isEmpty { throw Refusal(Say.PromptLine.which(noun, list)) }
    throw Refusal(meant.isEmpty ? Say.PromptLine.unknown(noun, text, list) : Say.PromptLine.ambiguous(text, list))
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
