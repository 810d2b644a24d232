import ArgumentParser
import Commands
import LinuxSystem
import Session
import Settings
import Topology

/// `netns-top` alone: the viewer.
struct View: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "The live diagram (this is what netns-top does without a command).")

  @OptionGroup var common: CommonOptions
  @OptionGroup var looks: ScreenOptions
  // Words where no command stands come here.
  @Argument(help: .hidden) var words: [String] = []

  func validate() throws {
    guard let word = words.first else { return }
    throw ValidationError(
      "there is no command '\(SafeText.clean(word))'; there are: view, demo, show, ping, explain, events")
  }

  func run() throws {
    try NetnsTop.perform(common, looks.add) { run in
      let signals = try ViewerSession.takeSignals()
      return try View.view(run.source(), run, signals: signals) { _ in }
    }
  }

  /// Runs the viewer, or prints the diagram once where standard output is no terminal.
  static func view(
    _ options: SourceOptions, _ run: Invocation, signals: SignalSource, beside: @escaping (LiveSource) -> Void
  ) throws -> Int32 {
    guard Standard.isTerminal(1) else {
      try ShowCommand(format: .text, style: run.style).run(options)
      return 0
    }
    return try ViewerSession.run(
      options,
      ViewerSession.Options(
        style: run.style, usesMouse: run.settings.mouse, reducesMotion: run.settings.reduceMotion, notice: run.notice),
      signals: signals, beside: beside)
  }
}
