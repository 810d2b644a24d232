package import JSON

/// The commands and their options, as the parser of the command line tells of itself.
package struct CommandTable: Sendable {
  /// A command.
  package struct Entry: Sendable {
    /// Its word.
    package var name: String
    /// What it is for, in a line.
    package var summary: String
    /// What its help says besides.
    package var discussion: String
    /// Its arguments and options, without those that all commands have.
    package var options: [Option]
  }

  /// An argument or an option.
  package struct Option: Sendable, Hashable {
    /// How it is typed: `--size BYTES`.
    package var term: String
    /// What it is for.
    package var summary: String
    /// What it is where nobody gives it; nil: its text says that, or nothing is.
    package var initial: String?
  }

  /// The commands, in the parser's order.
  package private(set) var commands: [Entry] = []
  /// What every one of them has.
  package private(set) var common: [Option] = []

  /// Reads what `--experimental-dump-help` prints (ToolInfoV0 of swift-argument-parser).
  package init(_ dump: JSONValue) {
    // The parser adds a command of its own with a name that is taken: the first one is meant.
    var seen: Set<String> = []
    let shown = (dump["command"]?["subcommands"]?.list ?? []).filter { command in
      command["shouldDisplay"] != .bool(false) && seen.insert(command["commandName"]?.string ?? "").inserted
    }
    commands = shown.map { command in
      Entry(
        name: command["commandName"]?.string ?? "", summary: command["abstract"]?.string ?? "",
        discussion: command["discussion"]?.string ?? "", options: Self.options(of: command))
    }
    let shared = commands.map { Set($0.options) }.reduce(nil as Set<Option>?) { $0?.intersection($1) ?? $1 } ?? []
    common = commands.first?.options.filter(shared.contains) ?? []
    for index in commands.indices { commands[index].options.removeAll(where: shared.contains) }
  }

  private static func options(of command: JSONValue) -> [Option] {
    var options: [Option] = []
    for argument in command["arguments"]?.list ?? [] where argument["shouldDisplay"] != .bool(false) {
      let option = Option(
        term: term(of: argument), summary: argument["abstract"]?.string ?? "",
        initial: argument["kind"]?.string == "flag" ? nil : argument["defaultValue"]?.string)
      // A flag and its opposite are one thing.
      if let last = options.last, !last.summary.isEmpty, last.summary == option.summary {
        options[options.count - 1].term += ", " + option.term
      } else {
        options.append(option)
      }
    }
    return options
  }

  private static func term(of argument: JSONValue) -> String {
    let value = (argument["valueName"]?.string ?? "").uppercased()
    let names = (argument["names"]?.list ?? []).map { name in
      (name["kind"]?.string == "long" ? "--" : "-") + (name["name"]?.string ?? "")
    }
    let several = argument["isRepeating"] == .bool(true) ? "…" : ""
    switch argument["kind"]?.string {
    case "positional": return value + several
    case "option": return names.joined(separator: ", ") + " " + value + several
    default: return names.joined(separator: ", ")
    }
  }
}
