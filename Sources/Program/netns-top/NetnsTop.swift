import ArgumentParser
import Commands
import LinuxSystem
import Reports
import Settings
import SystemPackage
import Topology
import Usage

/// The command line.
@main
struct NetnsTop: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "netns-top",
      abstract: Say.CommandWords.program,
      discussion: Say.CommandWords.programMore,
      version: "0.1.0",
      subcommands: [View.self, Demo.self, Show.self, Ping.self, Explain.self, Events.self, Prometheus.self, Help.self],
      defaultSubcommand: View.self)
  }

  /// The words of the commands.
  static var commandNames: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }

  /// The environment as it was given.
  static let environment = Standard.environment

  /// Runs what the command line says, and ends the program.
  ///
  /// The language is chosen first of all: the commands are made with their help.
  static func main() {
    // Before it is cleaned: of what root's own has wrong he is told.
    _ = environment
    Privilege.cleanEnvironment()
    Standard.crashWithoutQuestions()
    Standard.ignoreBrokenPipes()
    Descendants.adopt()
    Language.choose(language)
    do {
      var command = try parseAsRoot(CommandOrder.commandFirst(Array(CommandLine.arguments.dropFirst())))
      try command.run()
      Descendants.endAll()
      exit()
    } catch {
      Descendants.endAll()
      // What is asked for (--help, --version) comes as an error, too, whose exit status is that of success.
      let message = HelpLayout.message { fullMessage(for: error, columns: $0) }
      let text = CompletionScript.mended(message, program: configuration.commandName ?? "")
      guard exitCode(for: error).isSuccess, !text.isEmpty else {
        // The parser quotes what was typed, and that may have come from anywhere.
        let lines = text.split(separator: "\n").map { SafeText.clean(String($0)) + "\n" }
        // As in `complain`.
        try? Standard.write(Array(lines.joined().utf8), to: 2)
        exit(withError: ExitCode(exitCode(for: error).rawValue))
      }
      do {
        try Output().emit("\(text)\n".utf8)
        exit()
      } catch {
        if !error.description.isEmpty { complain(error.description) }
        exit(withError: ExitCode(error.status))
      }
    }
  }

  /// The language that the command line asks for, else the configuration file, else the locale.
  private static var language: Language {
    let choice = LanguageChoice(arguments: Array(CommandLine.arguments.dropFirst()))
    // What is wrong with the file is said when its settings are wanted.
    return (choice ?? (try? Configuration.read(environment))?.layer.lang ?? .auto).language(in: environment)
  }

  /// Runs a command with the settings in force, and turns what it throws into one line and an exit status.
  ///
  /// What the configuration file has wrong is said on standard error: never a failure. What prints `json` speaks English:
  /// programs read it.
  static func perform(
    _ common: CommonOptions, json: Bool = false, _ ownLayer: (inout SettingsLayer) -> Void = { _ in },
    _ body: (Invocation) throws -> Int32
  ) throws {
    if json { Language.choose(.english) }
    do {
      var line = common.layer
      ownLayer(&line)
      let file = try Configuration.read(environment)
      for complaint in file.complaints { complain(complaint) }
      let settings = EffectiveSettings([line, file.layer, SettingsLayer(environment: Standard.environment)])
      if common.printConfig {
        return try Output().emit(settings.configuration.utf8)
      }
      let status = try body(Invocation(common: common, line: line, settings: settings, file: file))
      if status != 0 { throw ExitCode(status) }
    } catch let code as ExitCode {
      throw code
    } catch let failure as CommandFailure {
      if !failure.description.isEmpty { complain(failure.description) }
      throw ExitCode(failure.status)
    } catch {
      complain("\(error)")
      throw ExitCode(2)
    }
  }

  static func complain(_ text: String) {
    // A complaint that can't be written has nobody to be told to.
    try? Standard.write(Array("netns-top: \(SafeText.clean(text))\n".utf8), to: 2)
  }
}
