import ArgumentParser
import Commands
import Settings
import Usage

/// The formats of commands that print no picture.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// `netns-top show`.
struct Show: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Say.CommandWords.show,
      discussion: Say.CommandWords.showMore)
  }

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp(Say.Options.pictureFormat))
  var format = ShowCommand.Format.text
  @Option(parsing: .unconditional, help: ArgumentHelp(Say.Options.pictureWidth, valueName: "columns"))
  var width: Int?
  @Flag(help: ArgumentHelp(Say.Options.tables))
  var tables = false
  @Flag(help: ArgumentHelp(Say.Options.watch)) var watch = false
  @Argument(help: ArgumentHelp(Say.Options.names, valueName: "name"), completion: .ends(.source))
  var names: [String] = []

  func validate() throws {
    if watch, tables { throw ValidationError(Say.Failure.exclude("--watch", "--tables")) }
    if watch, format == .svg { throw ValidationError(Say.Failure.exclude("--watch", "--format svg")) }
    if let width, !EffectiveSettings.widths.contains(width) {
      throw ValidationError(Say.Failure.width(width))
    }
  }

  func run() throws {
    try NetnsTop.perform(common, json: format == .json) { layer in
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
