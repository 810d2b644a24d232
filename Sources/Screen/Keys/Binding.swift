public import Canvas

/// One line of the key table, as it comes.
struct KeyRow: Sendable {
  /// What its keys ask for: one thing, or all of their kind (the four steps, the nine bridges).
  let commands: [(command: Command, keys: [Key])]
  /// What is written on the caps of the keys that it comes with.
  let cap: String
  /// Where the footer shows it.
  let contexts: Set<Context>
  let label: @Sendable () -> String
  let help: @Sendable (KeyTable) -> String

  /// The texts are made when they are asked for: the table is older than the choice of a language.
  init(
    _ commands: [(command: Command, keys: [Key])], cap: String, label: @autoclosure @escaping @Sendable () -> String,
    help: @escaping @Sendable (KeyTable) -> String, contexts: Set<Context>
  ) {
    self.commands = commands
    self.cap = cap
    self.contexts = contexts
    self.label = label
    self.help = help
  }

  init(
    _ command: Command, _ keys: [Key], cap: String, label: @autoclosure @escaping @Sendable () -> String,
    help: @escaping @Sendable (KeyTable) -> String, contexts: Set<Context>
  ) {
    self.init([(command, keys)], cap: cap, label: label(), help: help, contexts: contexts)
  }
}

/// One line of a key table, as it is in force: what the footer and the help page show of it.
public struct Binding: Sendable {
  private let row: KeyRow
  private let table: KeyTable
  /// Each of its commands that has a key.
  public let commands: [Command]

  init(_ row: KeyRow, _ table: KeyTable) {
    self.row = row
    self.table = table
    commands = row.commands.map(\.command).filter { !table.keys(of: $0).isEmpty }
  }

  /// What its first key asks for.
  public var command: Command { commands.first ?? row.commands[0].command }
  /// The keys of all of its commands.
  public var keys: [Key] { commands.flatMap { table.keys(of: $0) } }
  /// Where the footer shows it.
  public var contexts: Set<Context> { row.contexts }
  /// The word behind it in the footer; empty: help page only.
  public var label: String { row.label() }
  /// The line of the help page.
  public var help: String { row.help(table) }

  /// What is written on the caps of the keys that are told of, in those characters.
  public func cap(_ glyphs: GlyphSet) -> String {
    if isAsItComes {
      switch command {
      case .left: return glyphs.arrowKeys
      case .inspect: return glyphs.enterKey
      default: return row.cap
      }
    }
    let caps = parts(glyphs).map(\.cap)
    // The digits are many.
    if command.isBridge, caps.count > 2 { return "\(caps[0])-\(caps[caps.count - 1])" }
    return caps.joined(separator: separator(caps))
  }

  /// The key whose cap stands in a column of `cap`; nil: none does, or it can't be told which of two letters was meant.
  package func key(at column: Int, _ glyphs: GlyphSet) -> Key? {
    let parts = parts(glyphs)
    if command == .ipv4 || command == .ipv6 || command.isBridge { return nil }
    guard parts.count > 1 else { return parts.first?.key }
    let gap = displayWidth(separator(parts.map(\.cap)))
    var end = 0
    for part in parts {
      end += displayWidth(part.cap)
      if column < end { return part.key }
      end += gap
    }
    return nil
  }

  /// The first key of each command, and its cap.
  private func parts(_ glyphs: GlyphSet) -> [(cap: String, key: Key)] {
    // Both stand in one hint of the footer, and each has a line of its own in the help.
    let told = command == .zoomOut ? commands + [.zoomIn] : command == .focus ? [.focus] : commands
    return told.compactMap { command in table.keys(of: command).first.map { ($0.cap(glyphs), $0) } }
  }

  private func separator(_ caps: [String]) -> String {
    if command == .zoomOut { return "/" }
    return caps.allSatisfy { displayWidth($0) == 1 } && command != .ipv4 ? "" : " "
  }

  private var isAsItComes: Bool {
    let told = row.commands.map(\.command) + (command == .zoomOut ? [.zoomIn] : [])
    return told.allSatisfy { table.keys(of: $0).first == KeyTable.standard.keys(of: $0).first }
  }
}

extension Command {
  fileprivate var isBridge: Bool { Command.bridges.contains(self) }
}

extension Key {
  /// The cap in those characters: arrows and Enter are drawn.
  package func cap(_ glyphs: GlyphSet) -> String {
    let arrows = glyphs.arrowKeys.map(String.init)
    return switch self {
    case .left: arrows[0]
    case .up: arrows[1]
    case .down: arrows[2]
    case .right: arrows[3]
    case .enter: glyphs.enterKey
    default: cap
    }
  }
}
