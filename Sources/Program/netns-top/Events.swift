import ArgumentParser
import Commands

/// `netns-top events`.
struct Events: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Print every change in every namespace as it happens.",
    discussion: """
      One line a change: time, namespace, container, interface, and what changed from what to what.
      OBJECTs as in `ip monitor`: link, address, route, rule, neighbor, nsid, namespace, container.
      Without any, all but neighbor and nsid. Ends with Ctrl-C.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "text or json (one object a line).") var format = OutputFormat.text
  @Option(help: ArgumentHelp("Read a recording made by rtmon, instead of this machine.", valueName: "file"))
  var from: String?
  @Argument(help: "Only these.") var objects: [String] = []

  /// iproute2's own short words, too.
  private static let aliases = ["addr": "address", "neigh": "neighbor", "neighbour": "neighbor", "netns": "namespace"]
  private static let known = [
    "link", "address", "route", "rule", "neighbor", "nsid", "namespace", "container", "other",
  ]

  private var kinds: [String] { objects.map { Self.aliases[$0] ?? $0 } }

  func validate() throws {
    for (kind, word) in zip(kinds, objects) where !Self.known.contains(kind) {
      throw ValidationError("there is no object '\(word)'; there are: \(Self.known.joined(separator: ", "))")
    }
  }

  func run() throws {
    try NetnsTop.perform(common) { invocation in
      try EventsCommand(json: format == .json, file: from, objects: Set(kinds)).run(invocation.sourceOptions())
    }
  }
}
