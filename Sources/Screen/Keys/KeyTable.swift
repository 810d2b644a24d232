internal import Labels

/// Which key asks for what: the dispatcher, the footer and the help page are made from it, and the configuration file
/// changes it.
public struct KeyTable: Sendable, Hashable {
  /// The keys of each command, the one that is told of first.
  private var keys: [Command: [Key]]
  /// What each key asks for, wherever it has no meaning of the page's own.
  private var commands: [Key: Command]

  /// The keys as they come.
  public static let standard = KeyTable()

  private init() {
    keys = [:]
    for row in Self.rows { for (command, own) in row.commands { keys[command] = own } }
    commands = Self.commands(of: keys)
  }

  private static func commands(of keys: [Command: [Key]]) -> [Key: Command] {
    var commands: [Key: Command] = [:]
    for (command, keys) in keys where !command.isFixed || command == .interrupt {
      for key in keys { commands[key] = command }
    }
    return commands
  }

  /// The command that a key can't be taken from: nobody is to be locked in by a file.
  public static func holder(of key: Key) -> Command? {
    switch key {
    case .control("c"): .interrupt
    case .escape: .back
    default: nil
    }
  }

  /// The table with other keys for some commands, all that each has. They are taken from whoever had them; Esc stays
  /// with `back`, Ctrl-C with `interrupt`.
  public func binding(_ changes: [Command: [Key]]) -> KeyTable {
    var table = self
    var taken: Set<Key> = []
    // Of two that want the same key the one that stands first here gets it; the reader of a file has settled that.
    for command in Command.allCases where !command.isFixed {
      guard let wanted = changes[command] else { continue }
      var own: [Key] = []
      for key in wanted where Self.holder(of: key).map({ $0 == command }) ?? true {
        if taken.insert(key).inserted { own.append(key) }
      }
      if command == .back, !own.contains(.escape) { own.append(.escape) }
      table.keys[command] = own
    }
    for command in Command.allCases where !command.isFixed && changes[command] == nil {
      table.keys[command]?.removeAll { taken.contains($0) }
    }
    table.commands = Self.commands(of: table.keys)
    return table
  }

  /// The keys of a command, the one that is told of first; none: it is unbound.
  public func keys(of command: Command) -> [Key] { keys[command] ?? [] }

  /// What a key means outside of text input. `4` and `6` choose the family only while a ping is on the screen, `t`
  /// traces on the page that says why: there they mean nothing else, whatever they are bound to.
  public func command(for key: Key, isPinging: Bool = false, isExplaining: Bool = false) -> Command? {
    if isExplaining, keys(of: .trace).contains(key) { return .trace }
    if isPinging, let family = [Command.ipv4, .ipv6].first(where: { keys(of: $0).contains(key) }) { return family }
    return commands[key]
  }

  /// All that can be asked for by a key, in the order of the footer and of the help page.
  public var bindings: [Binding] { Self.rows.map { Binding($0, self) }.filter { !$0.keys.isEmpty } }

  /// The line of the help page about a command, whether it has a key or not.
  public func help(_ command: Command) -> String {
    Self.rows.first { $0.commands.contains { $0.command == command } }?.help(self) ?? ""
  }

  /// The commands whose keys can be changed, in the same order, those of one line of the help page together.
  public var groups: [(help: String, commands: [Command])] {
    Self.rows.map { ($0.help(self), $0.commands.map(\.command).filter { !$0.isFixed }) }.filter { !$0.commands.isEmpty }
  }

  // MARK: Caps

  /// The cap of a command's first key, for a sentence; where it has none, its word behind `:`.
  package func cap(_ command: Command) -> String { keys(of: command).first?.cap ?? ":\(command.rawValue)" }

  /// The caps of the other keys of a command.
  fileprivate func others(_ command: Command) -> [String] { keys(of: command).dropFirst().map(\.cap) }

  /// The other keys of the four steps, in the order that hands know.
  fileprivate var steps: [String] { [Command.left, .down, .up, .right].flatMap(others) }

  /// In the order of the footer and of the help page, with the keys that they come with.
  private static let rows: [KeyRow] = [
    KeyRow(
      [
        (.left, [.left, .character("h")]), (.up, [.up, .character("k")]), (.down, [.down, .character("j")]),
        (.right, [.right, .character("l")]),
      ],
      cap: "←↑↓→", label: Say.KeyWords.select, help: { Say.HelpPage.Keys.select + Say.HelpPage.orKeys($0.steps) },
      contexts: [.walk, .pick, .ping, .pane, .list, .events, .matrix, .explanation]),
    KeyRow(
      .inspect, [.enter], cap: "⏎", label: Say.KeyWords.inspect, help: { _ in Say.HelpPage.Keys.inspect },
      contexts: [.walk, .ping, .list, .events, .matrix]),
    KeyRow(
      [(.focus, [.tab]), (.focusBack, [.backTab])], cap: "Tab", label: Say.KeyWords.scroll,
      help: { _ in Say.HelpPage.Keys.scroll },
      contexts: [.pane]),
    KeyRow(
      .ping, [.character("p")], cap: "p", label: Say.KeyWords.ping, help: { Say.HelpPage.Keys.ping($0.cap(.ping)) },
      contexts: [.walk, .pick, .pane, .list]),
    KeyRow(
      .why, [.character("w")], cap: "w", label: Say.KeyWords.why, help: { _ in Say.HelpPage.Keys.why },
      contexts: [.walk, .pick, .ping, .matrix]),
    // Elsewhere the key marks and folds; letters and digits begin to type as well.
    KeyRow(
      .typeTarget, [.character(" ")], cap: "Space", label: Say.KeyWords.type,
      help: { Say.HelpPage.Keys.type($0.cap(.ping), $0.cap(.why)) },
      contexts: [.pick]),
    // Elsewhere the key lists trouble.
    KeyRow(
      .trace, [.character("t")], cap: "t", label: Say.KeyWords.trace, help: { Say.HelpPage.Keys.trace($0.cap(.why)) },
      contexts: [.explanation]),
    KeyRow(
      .back, [.escape], cap: "Esc", label: Say.KeyWords.back, help: { _ in Say.HelpPage.Keys.back },
      contexts: [
        .walk, .pick, .target, .search, .filter, .prompt, .ping, .pane, .list, .events, .matrix, .explanation,
      ]),
    KeyRow(
      .find, [.character("/"), .function(3)], cap: "/", label: Say.KeyWords.find,
      help: { Say.HelpPage.Keys.find + Say.HelpPage.also($0.others(.find)) },
      contexts: [.walk, .pick, .ping, .pane, .list]),
    KeyRow(
      .zoomOut, [.character("-")], cap: "-/+", label: Say.KeyWords.zoom, help: { _ in Say.HelpPage.Keys.zoomOut },
      contexts: [.walk]),
    KeyRow(
      .zoomIn, [.character("+"), .character("=")], cap: "+", label: "", help: { _ in Say.HelpPage.Keys.zoomIn },
      contexts: []),
    KeyRow(
      .filter, [.character("\\"), .function(4)], cap: "\\", label: Say.KeyWords.filter,
      help: { Say.HelpPage.Keys.filter + Say.HelpPage.also($0.others(.filter)) },
      contexts: [.walk, .list, .events]),
    KeyRow(
      .nextMatch, [.character("n")], cap: "n", label: Say.KeyWords.next, help: { _ in Say.HelpPage.Keys.next },
      contexts: [.walk, .list]),
    KeyRow(
      .previousMatch, [.character("N")], cap: "N", label: "", help: { _ in Say.HelpPage.Keys.previous },
      contexts: []),
    KeyRow(
      .sort, [.character("s"), .function(6)], cap: "s", label: Say.KeyWords.sort,
      help: { Say.HelpPage.Keys.sort + Say.HelpPage.also($0.others(.sort)) },
      contexts: [.list]),
    KeyRow(
      .invert, [.character("I")], cap: "I", label: Say.KeyWords.invert, help: { _ in Say.HelpPage.Keys.invert },
      contexts: [.list]),
    KeyRow(
      .list, [.character("v")], cap: "v", label: Say.KeyWords.list, help: { _ in Say.HelpPage.Keys.list },
      contexts: [.walk]),
    KeyRow(
      .busiest, [.character("b")], cap: "b", label: Say.KeyWords.busy, help: { _ in Say.HelpPage.Keys.busy },
      contexts: [.walk, .list]),
    KeyRow(
      .troubleList, [.character("t")], cap: "t", label: Say.KeyWords.trouble,
      help: { _ in Say.HelpPage.Keys.trouble },
      contexts: [.walk, .list]),
    KeyRow(
      .events, [.character("e")], cap: "e", label: Say.KeyWords.events, help: { _ in Say.HelpPage.Keys.events },
      contexts: [.walk, .list]),
    KeyRow(
      .matrix, [.character("M")], cap: "M", label: Say.KeyWords.again, help: { _ in Say.HelpPage.Keys.matrix },
      contexts: [.matrix]),
    KeyRow(
      .mark, [.character(" ")], cap: "Space", label: "", help: { _ in Say.HelpPage.Keys.mark },
      contexts: []),
    KeyRow(
      .pingAgain, [.character("P")], cap: "P", label: Say.KeyWords.again,
      help: { _ in Say.HelpPage.Keys.pingAgain }, contexts: []
    ),
    KeyRow(
      [(.ipv4, [.character("4")]), (.ipv6, [.character("6")])], cap: "4 6", label: Say.KeyWords.family,
      help: { _ in Say.HelpPage.Keys.family }, contexts: [.matrix]),
    KeyRow(
      .nextTrouble, [.character("!")], cap: "!", label: "", help: { _ in Say.HelpPage.Keys.nextTrouble },
      contexts: []),
    KeyRow(
      .freeze, [.character("f")], cap: "f", label: Say.KeyWords.freeze, help: { _ in Say.HelpPage.Keys.freeze },
      contexts: [.walk]),
    KeyRow(
      .closeHoles, [.character("r")], cap: "r", label: "", help: { _ in Say.HelpPage.Keys.closeHoles },
      contexts: []),
    KeyRow(
      .reload, [.character("R")], cap: "R", label: "", help: { _ in Say.HelpPage.Keys.reload }, contexts: []),
    KeyRow(
      .copy, [.character("y")], cap: "y", label: "", help: { _ in Say.HelpPage.Keys.copy }, contexts: []),
    KeyRow(
      .copyEntry, [.character("x")], cap: "x", label: "", help: { _ in Say.HelpPage.Keys.copyEntry },
      contexts: []),
    KeyRow(
      .copyCapture, [.character("c")], cap: "c", label: "", help: { _ in Say.HelpPage.Keys.copyCapture },
      contexts: []),
    KeyRow(
      .nextTheme, [.character("T")], cap: "T", label: "", help: { _ in Say.HelpPage.Keys.theme },
      contexts: []),
    KeyRow(
      .prompt, [.character(":")], cap: ":", label: "", help: { _ in Say.HelpPage.Keys.prompt },
      contexts: []),
    KeyRow(
      Command.bridges.enumerated().map { ($1, [.character(Unicode.Scalar(UInt8(49 + $0)))]) }, cap: "1-9", label: "",
      help: { _ in Say.HelpPage.Keys.bridge }, contexts: []),
    KeyRow(
      .first, [.character("g"), .home], cap: "g", label: "",
      help: { Say.HelpPage.Keys.first + Say.HelpPage.also($0.others(.first)) }, contexts: []),
    KeyRow(
      .last, [.character("G"), .end], cap: "G", label: "",
      help: { Say.HelpPage.Keys.last + Say.HelpPage.also($0.others(.last)) }, contexts: []),
    KeyRow(
      .pageUp, [.pageUp, .control("u"), .control("b")], cap: "PgUp", label: "",
      help: { _ in Say.HelpPage.Keys.pageUp },
      contexts: []),
    KeyRow(
      .pageDown, [.pageDown, .control("d"), .control("f")], cap: "PgDn", label: "",
      help: { _ in Say.HelpPage.Keys.pageDown },
      contexts: []),
    KeyRow(
      .redraw, [.control("l")], cap: "^L", label: "", help: { _ in Say.HelpPage.Keys.redraw }, contexts: []),
    KeyRow(
      .suspend, [.control("z")], cap: "^Z", label: "", help: { _ in Say.HelpPage.Keys.suspend }, contexts: []),
    KeyRow(
      .interrupt, [.control("c")], cap: "^C", label: "", help: { _ in Say.HelpPage.Keys.interrupt }, contexts: []),
    KeyRow(
      .help, [.character("?"), .function(1)], cap: "?", label: Say.KeyWords.help,
      help: { Say.HelpPage.Keys.help + Say.HelpPage.also($0.others(.help)) },
      contexts: [.walk, .pick, .target, .search, .filter, .prompt, .ping, .pane, .list, .events, .matrix, .explanation]),
    KeyRow(
      .quit, [.character("q"), .function(10)], cap: "q", label: Say.KeyWords.quit,
      help: { Say.HelpPage.Keys.quit + Say.HelpPage.also($0.others(.quit)) },
      contexts: [.walk, .ping, .pane, .list, .events, .matrix, .explanation]),
    KeyRow(
      .quitKeepingScreen, [.character("Q")], cap: "Q", label: "",
      help: { _ in Say.HelpPage.Keys.quitKeepingScreen },
      contexts: []),
  ]

  /// What the footer shows before anything else: what leads to an answer comes before what everybody tries anyway.
  public static let leading: [Context: Set<Command>] = [
    .walk: [.back, .nextMatch, .inspect, .ping, .why, .find, .troubleList, .busiest, .events],
    .pick: [.ping, .why, .typeTarget, .find],
  ]

}
