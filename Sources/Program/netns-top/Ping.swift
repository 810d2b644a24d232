import ArgumentParser
import Commands
import Paths
import Usage

/// `netns-top ping`.
struct Ping: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "ping",
      abstract: Say.CommandWords.ping,
      discussion: Say.CommandWords.pingMore)
  }

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp(Say.Options.source), completion: .ends(.source)) var source: String
  @Argument(help: ArgumentHelp(Say.Options.destination), completion: .ends(.destination)) var destination: String
  @Flag(name: .customShort("4"), help: ArgumentHelp(Say.Options.ipv4)) var ipv4 = false
  @Flag(name: .customShort("6"), help: ArgumentHelp(Say.Options.ipv6)) var ipv6 = false
  @Option(name: .shortAndLong, parsing: .unconditional, help: ArgumentHelp(Say.Options.count)) var count = 4
  @Option(name: .customShort("i"), parsing: .unconditional, help: ArgumentHelp(Say.Options.wait, valueName: "seconds"))
  var wait = 1.0
  @Option(parsing: .unconditional, help: ArgumentHelp(Say.Options.payload, valueName: "bytes")) var size = 56
  @Option(help: ArgumentHelp(Say.Options.format)) var format = OutputFormat.text

  func validate() throws {
    if ipv4, ipv6 { throw ValidationError(Say.Failure.exclude("-4", "-6")) }
    guard (1...1_000_000).contains(count) else { throw ValidationError(Say.Failure.count(count)) }
    guard wait >= 0.01, wait <= 3600 else { throw ValidationError(Say.Failure.wait("\(wait)")) }
    guard (0...65_000).contains(size) else { throw ValidationError(Say.Failure.size(size)) }
  }

  func run() throws {
    try NetnsTop.perform(common, json: format == .json) { invocation in
      try PingCommand(
        source: source, destination: destination, family: ipv4 ? .ipv4 : ipv6 ? .ipv6 : .any, count: count,
        intervalSeconds: wait, payload: size, json: format == .json
      ).run(invocation.sourceOptions())
    }
  }
}
