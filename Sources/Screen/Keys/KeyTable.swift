internal import Labels

/// A key as the viewer knows it, whatever terminal it came from.
public enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// A letter typed with Ctrl, in lower case.
  case control(Unicode.Scalar)
  case up, down, left, right, enter, escape, tab, backTab, backspace, home, end, pageUp, pageDown
  /// F1 and so on, by its number.
  case function(Int)
}

/// What a key asks for.
public enum Command: Hashable, Sendable {
  case move, inspect, ping, typeTarget, mark, pingAgain, back, find, nextMatch, previousMatch, nextTrouble
  case zoomIn, zoomOut, fold, why, trace, filter, sort, invert, list, busiest, troubleList, events, matrix
  case freeze, closeHoles, copy, copyEntry, copyCapture, theme, prompt, bridge, first, last, pageUp, pageDown, focus,
    family, help, redraw, suspend
  case interrupt, quit, quitKeepingScreen
}

/// What the screen is about at the moment: it decides which keys the footer shows.
public enum Context: Hashable, Sendable {
  case walk, pick, target, search, filter, prompt, ping, pane, list, events, matrix, explanation, help
}

/// One line of the key table: the dispatcher, the footer and the help page are made from it.
public struct Binding: Sendable {
  /// What its keys ask for.
  public var command: Command
  /// The keys; empty where they belong to another command elsewhere.
  public var keys: [Key]
  /// What is written on the key's cap.
  public var cap: String
  /// Where the footer shows it.
  public var contexts: Set<Context>
  private let labelText: @Sendable () -> String
  private let helpText: @Sendable () -> String

  /// The word behind it in the footer; empty: help page only.
  public var label: String { labelText() }
  /// The line of the help page.
  public var help: String { helpText() }

  /// The texts are made when they are asked for: the table is older than the choice of a language.
  init(
    command: Command, keys: [Key], cap: String, label: @autoclosure @escaping @Sendable () -> String,
    help: @autoclosure @escaping @Sendable () -> String, contexts: Set<Context>
  ) {
    self.command = command
    self.keys = keys
    self.cap = cap
    self.contexts = contexts
    labelText = label
    helpText = help
  }
}

/// All keys.
public enum KeyTable {
  /// In the order of the footer and of the help page. Arrow keys and digits stand for all of their kind.
  public static let bindings: [Binding] = [
    Binding(
      command: .move,
      keys: [.up, .down, .left, .right, .character("h"), .character("j"), .character("k"), .character("l")],
      cap: "←↑↓→", label: Say.KeyWords.select, help: Say.HelpPage.Keys.select,
      contexts: [.walk, .pick, .ping, .pane, .list, .events, .matrix, .explanation]),
    Binding(
      command: .inspect, keys: [.enter], cap: "⏎", label: Say.KeyWords.inspect, help: Say.HelpPage.Keys.inspect,
      contexts: [.walk, .ping, .list, .events, .matrix]),
    Binding(
      command: .focus, keys: [.tab, .backTab], cap: "Tab", label: Say.KeyWords.scroll, help: Say.HelpPage.Keys.scroll,
      contexts: [.pane]),
    Binding(
      command: .ping, keys: [.character("p")], cap: "p", label: Say.KeyWords.ping, help: Say.HelpPage.Keys.ping,
      contexts: [.walk, .pick, .pane, .list]),
    Binding(
      command: .why, keys: [.character("w")], cap: "w", label: Say.KeyWords.why, help: Say.HelpPage.Keys.why,
      contexts: [.walk, .pick, .ping, .matrix]),
    // Elsewhere the key marks and folds; letters and digits begin to type as well.
    Binding(
      command: .typeTarget, keys: [], cap: "Space", label: Say.KeyWords.type, help: Say.HelpPage.Keys.type,
      contexts: [.pick]),
    // Elsewhere the key lists trouble.
    Binding(
      command: .trace, keys: [], cap: "t", label: Say.KeyWords.trace, help: Say.HelpPage.Keys.trace,
      contexts: [.explanation]),
    Binding(
      command: .back, keys: [.escape], cap: "Esc", label: Say.KeyWords.back, help: Say.HelpPage.Keys.back,
      contexts: [
        .walk, .pick, .target, .search, .filter, .prompt, .ping, .pane, .list, .events, .matrix, .explanation,
      ]),
    Binding(
      command: .find, keys: [.character("/"), .function(3)], cap: "/", label: Say.KeyWords.find,
      help: Say.HelpPage.Keys.find,
      contexts: [.walk, .pick, .ping, .pane, .list]),
    Binding(
      command: .zoomOut, keys: [.character("-")], cap: "-/+", label: Say.KeyWords.zoom, help: Say.HelpPage.Keys.zoomOut,
      contexts: [.walk]),
    Binding(
      command: .zoomIn, keys: [.character("+"), .character("=")], cap: "+", label: "", help: Say.HelpPage.Keys.zoomIn,
      contexts: []),
    Binding(
      command: .filter, keys: [.character("\\"), .function(4)], cap: "\\", label: Say.KeyWords.filter,
      help: Say.HelpPage.Keys.filter,
      contexts: [.walk, .list, .events]),
    Binding(
      command: .nextMatch, keys: [.character("n")], cap: "n", label: Say.KeyWords.next, help: Say.HelpPage.Keys.next,
      contexts: [.walk, .list]),
    Binding(
      command: .previousMatch, keys: [.character("N")], cap: "N", label: "", help: Say.HelpPage.Keys.previous,
      contexts: []),
    Binding(
      command: .sort, keys: [.character("s"), .function(6)], cap: "s", label: Say.KeyWords.sort,
      help: Say.HelpPage.Keys.sort,
      contexts: [.list]),
    Binding(
      command: .invert, keys: [.character("I")], cap: "I", label: Say.KeyWords.invert, help: Say.HelpPage.Keys.invert,
      contexts: [.list]),
    Binding(
      command: .list, keys: [.character("v")], cap: "v", label: Say.KeyWords.list, help: Say.HelpPage.Keys.list,
      contexts: [.walk]),
    Binding(
      command: .busiest, keys: [.character("b")], cap: "b", label: Say.KeyWords.busy, help: Say.HelpPage.Keys.busy,
      contexts: [.walk, .list]),
    Binding(
      command: .troubleList, keys: [.character("t")], cap: "t", label: Say.KeyWords.trouble,
      help: Say.HelpPage.Keys.trouble,
      contexts: [.walk, .list]),
    Binding(
      command: .events, keys: [.character("e")], cap: "e", label: Say.KeyWords.events, help: Say.HelpPage.Keys.events,
      contexts: [.walk, .list]),
    Binding(
      command: .matrix, keys: [.character("M")], cap: "M", label: Say.KeyWords.again, help: Say.HelpPage.Keys.matrix,
      contexts: [.matrix]),
    Binding(
      command: .mark, keys: [.character(" ")], cap: "Space", label: "", help: Say.HelpPage.Keys.mark,
      contexts: []),
    Binding(
      command: .pingAgain, keys: [.character("P")], cap: "P", label: Say.KeyWords.again,
      help: Say.HelpPage.Keys.pingAgain, contexts: []
    ),
    Binding(
      command: .family, keys: [.character("4"), .character("6")], cap: "4 6", label: Say.KeyWords.family,
      help: Say.HelpPage.Keys.family, contexts: [.matrix]),
    Binding(
      command: .nextTrouble, keys: [.character("!")], cap: "!", label: "", help: Say.HelpPage.Keys.nextTrouble,
      contexts: []),
    Binding(
      command: .freeze, keys: [.character("f")], cap: "f", label: Say.KeyWords.freeze, help: Say.HelpPage.Keys.freeze,
      contexts: [.walk]),
    Binding(
      command: .closeHoles, keys: [.character("r")], cap: "r", label: "", help: Say.HelpPage.Keys.closeHoles,
      contexts: []),
    Binding(
      command: .copy, keys: [.character("y")], cap: "y", label: "", help: Say.HelpPage.Keys.copy, contexts: []),
    Binding(
      command: .copyEntry, keys: [.character("x")], cap: "x", label: "", help: Say.HelpPage.Keys.copyEntry,
      contexts: []),
    Binding(
      command: .copyCapture, keys: [.character("c")], cap: "c", label: "", help: Say.HelpPage.Keys.copyCapture,
      contexts: []),
    Binding(
      command: .theme, keys: [.character("T")], cap: "T", label: "", help: Say.HelpPage.Keys.theme,
      contexts: []),
    Binding(
      command: .prompt, keys: [.character(":")], cap: ":", label: "", help: Say.HelpPage.Keys.prompt,
      contexts: []),
    Binding(
      command: .bridge, keys: (1...9).map { .character(Unicode.Scalar(UInt8(48 + $0))) }, cap: "1-9", label: "",
      help: Say.HelpPage.Keys.bridge, contexts: []),
    Binding(
      command: .first, keys: [.character("g"), .home], cap: "g", label: "", help: Say.HelpPage.Keys.first, contexts: []),
    Binding(
      command: .last, keys: [.character("G"), .end], cap: "G", label: "", help: Say.HelpPage.Keys.last, contexts: []),
    Binding(
      command: .pageUp, keys: [.pageUp, .control("u"), .control("b")], cap: "PgUp", label: "",
      help: Say.HelpPage.Keys.pageUp,
      contexts: []),
    Binding(
      command: .pageDown, keys: [.pageDown, .control("d"), .control("f")], cap: "PgDn", label: "",
      help: Say.HelpPage.Keys.pageDown,
      contexts: []),
    Binding(
      command: .redraw, keys: [.control("l")], cap: "^L", label: "", help: Say.HelpPage.Keys.redraw, contexts: []),
    Binding(
      command: .suspend, keys: [.control("z")], cap: "^Z", label: "", help: Say.HelpPage.Keys.suspend, contexts: []),
    Binding(
      command: .interrupt, keys: [.control("c")], cap: "^C", label: "", help: Say.HelpPage.Keys.interrupt, contexts: []),
    Binding(
      command: .help, keys: [.character("?"), .function(1)], cap: "?", label: Say.KeyWords.help,
      help: Say.HelpPage.Keys.help,
      contexts: [.walk, .pick, .target, .search, .filter, .prompt, .ping, .pane, .list, .events, .matrix, .explanation]),
    Binding(
      command: .quit, keys: [.character("q"), .function(10)], cap: "q", label: Say.KeyWords.quit,
      help: Say.HelpPage.Keys.quit,
      contexts: [.walk, .ping, .pane, .list, .events, .matrix, .explanation]),
    Binding(
      command: .quitKeepingScreen, keys: [.character("Q")], cap: "Q", label: "",
      help: Say.HelpPage.Keys.quitKeepingScreen,
      contexts: []),
  ]

  /// What the footer shows before anything else: what leads to an answer comes before what everybody tries anyway.
  public static let leading: [Context: Set<Command>] = [
    .walk: [.back, .nextMatch, .inspect, .ping, .why, .find, .troubleList, .busiest, .events],
    .pick: [.ping, .why, .typeTarget, .find],
  ]

  private static let commands: [Key: Command] = {
    var table: [Key: Command] = [:]
    for binding in bindings {
      for key in binding.keys where table[key] == nil { table[key] = binding.command }
    }
    return table
  }()

  /// What a key means outside of text input. `4` and `6` choose the family only while a ping is on the screen, `t`
  /// traces on the page that says why.
  public static func command(for key: Key, isPinging: Bool, isExplaining: Bool = false) -> Command? {
    if isExplaining, key == .character("t") { return .trace }
    if !isPinging, key == .character("4") || key == .character("6") { return .bridge }
    return commands[key]
  }
}
