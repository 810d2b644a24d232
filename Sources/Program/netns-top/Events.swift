import ArgumentParser
import Commands
import Usage

/// `netns-top events`.
struct Events: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "events",
      abstract: Say.CommandWords.events,
      usage: "netns-top events [<options>] [<object> ...]",
      discussion: Say.CommandWords.eventsMore)
  }

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp(Say.Options.eventFormat)) var format = OutputFormat.text
  @Option(help: ArgumentHelp(Say.Options.recording, valueName: "file"), completion: .file())
  var from: String?
  @Argument(help: ArgumentHelp(Say.Options.objects, valueName: "object"), completion: .list(Self.known))
  var objects: [String] = []

  /// iproute2's own short words, too.
  private static let aliases = ["addr": "address", "neigh": "neighbor", "neighbour": "neighbor", "netns": "namespace"]
  private static let known = [
    "link", "address", "route", "rule", "neighbor", "nsid", "namespace", "container", "other",
  ]

  private var kinds: [String] { objects.map { Self.aliases[$0] ?? $0 } }

  func validate() throws {
    for (kind, word) in zip(kinds, objects) where !Self.known.contains(kind) {
      throw ValidationError(Say.Failure.noObject(word, all: Self.known.joined(separator: ", ")))
    }
  }

  func run() throws {
    try NetnsTop.perform(common, json: format == .json) { invocation in
      try EventsCommand(json: format == .json, file: from, objects: Set(kinds)).run(invocation.sourceOptions())
    }
  }
}
