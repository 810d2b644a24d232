import ArgumentParser
import Commands
import Paths
import Questions
import Settings
import Usage

/// `netns-top explain`.
struct Explain: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "explain",
      abstract: Say.CommandWords.explain,
      usage: """
        netns-top explain [<options>] <source> <destination>
        netns-top explain [<options>] <source> <source> … <destination>
        netns-top explain [<options>] --from-all <destination>
        """,
      discussion: Say.CommandWords.explainMore)
  }

  @OptionGroup var common: CommonOptions
  @Argument(
    help: ArgumentHelp(Say.Options.ends, valueName: "end"), completion: .ends(.conversation))
  var ends: [String] = []
  @Flag(help: ArgumentHelp(Say.Options.fromAll))
  var fromAll = false
  @Flag(name: .customShort("4"), help: ArgumentHelp(Say.Options.ipv4)) var ipv4 = false
  @Flag(name: .customShort("6"), help: ArgumentHelp(Say.Options.ipv6)) var ipv6 = false
  @Option(
    help: ArgumentHelp(Say.Options.port, valueName: "n"),
    transform: { text in
      guard let port = ServicePort(text) else {
        throw ValidationError(Say.Failure.port)
      }
      return port
    })
  var port: ServicePort?
  @Option(parsing: .unconditional, help: ArgumentHelp(Say.Options.echoSize, valueName: "bytes"))
  var size: Int?
  @Flag(help: ArgumentHelp(Say.Options.trace)) var trace = false
  @Flag(help: ArgumentHelp(Say.Options.verbose)) var verbose = false
  @Option(parsing: .unconditional, help: ArgumentHelp(Say.Options.textWidth, valueName: "columns"))
  var width: Int?
  @Option(help: ArgumentHelp(Say.Options.format)) var format = OutputFormat.text

  func validate() throws {
    if fromAll, ends.count != 1 { throw ValidationError(Say.Failure.oneDestination) }
    if !fromAll, ends.count < 2 { throw ValidationError(Say.Failure.twoEnds) }
    if ipv4, ipv6 { throw ValidationError(Say.Failure.exclude("-4", "-6")) }
    if let size, !(0...65_000).contains(size) { throw ValidationError(Say.Failure.size(size)) }
    if let width, !EffectiveSettings.widths.contains(width) {
      throw ValidationError(Say.Failure.width(width))
    }
  }

  func run() throws {
    try NetnsTop.perform(common, json: format == .json, { if let width { $0.width = width } }) { invocation in
      let options = DiagnosisOptions(
        family: ipv4 ? .ipv4 : ipv6 ? .ipv6 : .any, port: port, size: size, usesTrace: trace)
      if ends.count == 2 {
        return try ExplainCommand(
          source: ends[0], destination: ends[1], options: options, json: format == .json, style: invocation.style,
          isVerbose: verbose
        ).run(invocation.sourceOptions())
      }
      return try ReachCommand(
        sources: Array(ends.dropLast()), destination: ends[ends.count - 1], options: options, json: format == .json,
        style: invocation.style
      ).run(invocation.sourceOptions())
    }
  }
}
