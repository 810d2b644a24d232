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
  /// The word behind it in the footer; empty: help page only.
  public var label: String
  /// The line of the help page.
  public var help: String
  /// Where the footer shows it.
  public var contexts: Set<Context>
}

/// All keys.
public enum KeyTable {
  /// In the order of the footer and of the help page. Arrow keys and digits stand for all of their kind.
  public static let bindings: [Binding] = [
    Binding(
      command: .move,
      keys: [.up, .down, .left, .right, .character("h"), .character("j"), .character("k"), .character("l")],
      cap: "←↑↓→", label: "select", help: "to the nearest (also hjkl)",
      contexts: [.walk, .pick, .ping, .pane, .list, .events, .matrix, .explanation]),
    Binding(
      command: .inspect, keys: [.enter], cap: "⏎", label: "inspect", help: "details of what is selected",
      contexts: [.walk, .ping, .list, .events, .matrix]),
    Binding(
      command: .focus, keys: [.tab, .backTab], cap: "Tab", label: "scroll", help: "diagram, details, events",
      contexts: [.pane]),
    Binding(
      command: .ping, keys: [.character("p")], cap: "p", label: "ping", help: "ping: choose target, then p",
      contexts: [.walk, .pick, .pane, .list]),
    Binding(
      command: .why, keys: [.character("w")], cap: "w", label: "why", help: "why it works, or does not",
      contexts: [.walk, .pick, .ping, .matrix]),
    // Elsewhere the key marks and folds; letters and digits begin to type as well.
    Binding(
      command: .typeTarget, keys: [], cap: "Space", label: "type", help: "after p, w: type db:80, a URL",
      contexts: [.pick]),
    // Elsewhere the key lists trouble.
    Binding(
      command: .trace, keys: [], cap: "t", label: "trace", help: "after w: the kernel's trace",
      contexts: [.explanation]),
    Binding(
      command: .back, keys: [.escape], cap: "Esc", label: "back", help: "one step back",
      contexts: [
        .walk, .pick, .target, .search, .filter, .prompt, .ping, .pane, .list, .events, .matrix, .explanation,
      ]),
    Binding(
      command: .find, keys: [.character("/"), .function(3)], cap: "/", label: "find",
      help: "find name, address, MAC (F3)",
      contexts: [.walk, .pick, .ping, .pane, .list]),
    Binding(
      command: .zoomOut, keys: [.character("-")], cap: "-/+", label: "zoom", help: "see more, and less of each",
      contexts: [.walk]),
    Binding(
      command: .zoomIn, keys: [.character("+"), .character("=")], cap: "+", label: "", help: "see closer: more of each",
      contexts: []),
    Binding(
      command: .filter, keys: [.character("\\"), .function(4)], cap: "\\", label: "filter",
      help: "hide the rest: bridge:x (F4)",
      contexts: [.walk, .list, .events]),
    Binding(
      command: .nextMatch, keys: [.character("n")], cap: "n", label: "next", help: "next match",
      contexts: [.walk, .list]),
    Binding(
      command: .previousMatch, keys: [.character("N")], cap: "N", label: "", help: "previous match", contexts: []),
    Binding(
      command: .sort, keys: [.character("s"), .function(6)], cap: "s", label: "sort",
      help: "name, address, traffic (F6)",
      contexts: [.list]),
    Binding(
      command: .invert, keys: [.character("I")], cap: "I", label: "invert", help: "turn the order round",
      contexts: [.list]),
    Binding(
      command: .list, keys: [.character("v")], cap: "v", label: "list", help: "a line for each interface",
      contexts: [.walk]),
    Binding(
      command: .busiest, keys: [.character("b")], cap: "b", label: "busy", help: "the busiest of the last 60 s",
      contexts: [.walk, .list]),
    Binding(
      command: .troubleList, keys: [.character("t")], cap: "t", label: "trouble", help: "all trouble, and why",
      contexts: [.walk, .list]),
    Binding(
      command: .events, keys: [.character("e")], cap: "e", label: "events", help: "what changed, and when",
      contexts: [.walk, .list]),
    Binding(
      command: .matrix, keys: [.character("M")], cap: "M", label: "again", help: "ping all pairs on a bridge",
      contexts: [.matrix]),
    Binding(
      command: .mark, keys: [.character(" ")], cap: "Space", label: "", help: "mark a source; fold a bridge",
      contexts: []),
    Binding(
      command: .pingAgain, keys: [.character("P")], cap: "P", label: "again", help: "repeat the last ping", contexts: []
    ),
    Binding(
      command: .family, keys: [.character("4"), .character("6")], cap: "4 6", label: "family",
      help: "while pinging: IPv4 or IPv6", contexts: [.matrix]),
    Binding(
      command: .nextTrouble, keys: [.character("!")], cap: "!", label: "", help: "next link in trouble",
      contexts: []),
    Binding(
      command: .freeze, keys: [.character("f")], cap: "f", label: "freeze", help: "freeze the picture",
      contexts: [.walk]),
    Binding(
      command: .closeHoles, keys: [.character("r")], cap: "r", label: "", help: "close holes, rescan names",
      contexts: []),
    Binding(
      command: .copy, keys: [.character("y")], cap: "y", label: "", help: "copy the address or name", contexts: []),
    Binding(
      command: .copyEntry, keys: [.character("x")], cap: "x", label: "", help: "copy nsenter: a way in",
      contexts: []),
    Binding(
      command: .copyCapture, keys: [.character("c")], cap: "c", label: "", help: "copy tcpdump: listen there",
      contexts: []),
    Binding(
      command: .theme, keys: [.character("T")], cap: "T", label: "", help: "other colours: the next theme",
      contexts: []),
    Binding(
      command: .prompt, keys: [.character(":")], cap: ":", label: "", help: "type: theme, zoom, goto",
      contexts: []),
    Binding(
      command: .bridge, keys: (1...9).map { .character(Unicode.Scalar(UInt8(48 + $0))) }, cap: "1-9", label: "",
      help: "to the n-th bridge", contexts: []),
    Binding(
      command: .first, keys: [.character("g"), .home], cap: "g", label: "", help: "to the first (Home)", contexts: []),
    Binding(
      command: .last, keys: [.character("G"), .end], cap: "G", label: "", help: "to the last (End)", contexts: []),
    Binding(
      command: .pageUp, keys: [.pageUp, .control("u"), .control("b")], cap: "PgUp", label: "", help: "a page up",
      contexts: []),
    Binding(
      command: .pageDown, keys: [.pageDown, .control("d"), .control("f")], cap: "PgDn", label: "", help: "a page down",
      contexts: []),
    Binding(
      command: .redraw, keys: [.control("l")], cap: "^L", label: "", help: "draw the screen afresh", contexts: []),
    Binding(
      command: .suspend, keys: [.control("z")], cap: "^Z", label: "", help: "suspend; fg comes back", contexts: []),
    Binding(
      command: .interrupt, keys: [.control("c")], cap: "^C", label: "", help: "stop a ping, else quit", contexts: []),
    Binding(
      command: .help, keys: [.character("?"), .function(1)], cap: "?", label: "help", help: "this page (F1)",
      contexts: [.walk, .pick, .target, .search, .filter, .prompt, .ping, .pane, .list, .events, .matrix, .explanation]),
    Binding(
      command: .quit, keys: [.character("q"), .function(10)], cap: "q", label: "quit", help: "quit (F10)",
      contexts: [.walk, .ping, .pane, .list, .events, .matrix, .explanation]),
    Binding(
      command: .quitKeepingScreen, keys: [.character("Q")], cap: "Q", label: "", help: "quit, keep the picture",
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
