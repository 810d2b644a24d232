import ArgumentParser
import Session

/// `netns-top show`.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the diagram, or JSON, once.",
    discussion: "With NAMEs only those containers or namespaces, and what they hang on.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var common: Common
  @Option(help: "text or json.") var format = Format.text
  @Option(help: ArgumentHelp("Columns of the text (default: the terminal's, else 100).", valueName: "columns"))
  var width: Int?
  @Flag(help: "JSON: with routes, rules, neighbours, fdb and settings of every namespace (as for each NAME).")
  var tables = false
  @Flag(help: "Go on: print again at each change, as JSON one line each.") var watch = false
  @Argument(help: "Containers or namespaces.") var names: [String] = []

  func validate() throws {
    if watch, tables { throw ValidationError("--watch and --tables exclude each other") }
    if let width, !(40...400).contains(width) { throw ValidationError("--width \(width): give 40 to 400 columns") }
  }

  func run() throws {
    try NetnsTop.perform {
      if watch {
        return try Printer.watch(
          common.world(), json: format == .json, names: names, style: common.style(width: width))
      }
      try Printer.show(
        common.world(), json: format == .json, names: names, tables: tables, style: common.style(width: width))
      return 0
    }
  }
}
