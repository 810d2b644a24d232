import ArgumentParser
import Commands
import Settings

/// The formats of commands that print no picture.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// `netns-top show`.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print the diagram, an image of it, or JSON, once.",
    discussion: """
      With NAMEs only those containers or namespaces, and what they hang on. With --interval the counters are watched for so \
      many seconds, and the diagram has rates.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "text, json, or svg: the diagram as an image, in the colours of --theme.")
  var format = ShowCommand.Format.text
  @Option(help: ArgumentHelp("Columns of the diagram (default: the terminal's, else 100).", valueName: "columns"))
  var width: Int?
  @Flag(help: "JSON: with routes, rules, neighbours, fdb and settings of every namespace (as for each NAME).")
  var tables = false
  @Flag(help: "Go on: print again at each change, as JSON one line each.") var watch = false
  @Argument(help: "Containers or namespaces.") var names: [String] = []

  func validate() throws {
    if watch, tables { throw ValidationError("--watch and --tables exclude each other") }
    if watch, format == .svg { throw ValidationError("--watch and --format svg exclude each other") }
    if let width, !EffectiveSettings.widths.contains(width) {
      throw ValidationError("--width \(width): give 40 to 400 columns")
    }
  }

  func run() throws {
    try NetnsTop.perform(common) { layer in
      if let width { layer.width = width }
    } _: { invocation in
      if watch {
        return try WatchCommand(json: format == .json, names: names, style: invocation.style).run(
          invocation.sourceOptions())
      }
      try ShowCommand(
        format: format, names: names, tables: tables, measuring: common.interval, style: invocation.style
      ).run(invocation.sourceOptions())
      return 0
    }
  }
}
