import ArgumentParser
import Commands
import Guides
import LinuxSystem
import Manual
import Observer
import Session
import Settings
import Topology
import Usage

/// `netns-top` alone: the viewer.
struct View: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "view", abstract: Say.CommandWords.view, usage: "netns-top [view] [<options>]")
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var looks: ScreenOptions
  // Words where no command stands come here.
  @Argument(help: .hidden) var words: [String] = []

  func validate() throws {
    // The value of an option that there is not is no command: of the option the parser speaks.
    guard let word = words.first, !CommandOrder.hasForeignOption(CommandLine.arguments.dropFirst()) else { return }
    let name = SafeText.clean(word)
    throw ValidationError(
      Topic.nearest(to: word, among: NetnsTop.commandNames).map { Say.Failure.noCommand(name, meant: $0) }
        ?? Say.Failure.noCommand(name, all: NetnsTop.commandNames.joined(separator: ", ")))
  }

  func run() throws {
    try NetnsTop.perform(common, looks.add) { invocation in
      let signals = try ViewerSession.takeSignals()
      return try View.view(invocation.sourceOptions(), invocation, signals: signals) { _ in }
    }
  }

  /// Runs the viewer, or prints the diagram once where standard output is no terminal.
  static func view(
    _ options: SourceOptions, _ invocation: Invocation, signals: SignalSource, guide: (any Guide)? = nil,
    obey: ((LaboratoryOrder) -> String?)? = nil, beside: @escaping (LiveSource) -> Void
  ) throws -> Int32 {
    guard Standard.isTerminal(1) else {
      try ShowCommand(format: .text, style: invocation.style).run(options)
      return 0
    }
    var options = options
    options.observer.usesShortNames = true
    let reader = SettingsReader(invocation)
    var viewer = ViewerSession.Options(
      settings: invocation.settings, notice: invocation.notice, read: { reader.read($0) })
    (viewer.guide, viewer.obey) = (guide, obey)
    return try ViewerSession.run(options, viewer, signals: signals, beside: beside)
  }
}
