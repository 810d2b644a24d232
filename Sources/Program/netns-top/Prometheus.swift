import ArgumentParser
import Commands
import Topology
import Usage

/// `netns-top metrics`.
struct Prometheus: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "metrics", abstract: Say.CommandWords.metrics,
      usage: "netns-top metrics [<options>] [--pair <a,b[:port]>] ...", discussion: Say.CommandWords.metricsMore)
  }

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp(Say.Options.metricsPair, valueName: "a,b[:port]"), completion: .ends(.pair))
  var pair: [String] = []
  @Option(help: ArgumentHelp(Say.Options.metricsOutput, valueName: "file"), completion: .file()) var output: String?

  func validate() throws { _ = try pairs() }

  private func pairs() throws -> [MetricsCommand.Pair] {
    try pair.map { text in
      let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError(Say.Failure.metricsPairText(SafeText.clean(text)))
      }
      return (parts[0], parts[1])
    }
  }

  func run() throws {
    try NetnsTop.perform(common) { invocation in
      try MetricsCommand(pairs: pairs(), output: output, version: NetnsTop.configuration.version)
        .run(invocation.sourceOptions())
    }
  }
}
