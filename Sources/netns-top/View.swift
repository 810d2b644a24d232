import ArgumentParser
import LinuxSystem
import Session

/// `netns-top` alone: the viewer.
struct View: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "The live diagram (this is what netns-top does without a command).",
    shouldDisplay: false)

  @OptionGroup var common: Common
  @Flag(help: "Leave the mouse to the terminal.") var noMouse = false

  func run() throws {
    try NetnsTop.perform {
      let signals = try ViewerSession.takeSignals()
      return try View.view(common.world(), common, signals: signals, mouse: !noMouse) { _ in }
    }
  }

  /// Runs the viewer, or prints the diagram once where standard output is no terminal.
  static func view(
    _ options: WorldOptions, _ common: Common, signals: SignalSource, mouse: Bool, beside: @escaping (World) -> Void
  ) throws -> Int32 {
    guard Standard.isTerminal(1) else {
      try Printer.show(options, json: false, names: [], style: common.style())
      return 0
    }
    return try ViewerSession.run(
      options, ViewerSession.Options(style: common.style(), usesMouse: mouse), signals: signals, beside: beside)
  }
}
