public import ArgumentParser
import Canvas
import Commands
import Containers
import LinuxSystem
import Namespaces
import Observer
import Reports
import Session
import Settings
import Topology
import Usage

extension ShowCommand.Format: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
extension GlyphChoice: ExpressibleByArgument {}

/// Options that all commands share. What is not said here is looked for in the configuration file, then in the
/// environment.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      Say.Options.dockerHost, valueName: "uri"))
  var dockerHost: String?

  @Option(
    help: ArgumentHelp(Say.Options.context, valueName: "name"),
    completion: .custom { _, _, _ in EndCompletion.plain(EngineChoice.contexts(Standard.environment)) })
  var context: String?

  // Negative numbers are numbers, too: whoever types one is told which there may be.
  @Option(parsing: .unconditional, help: ArgumentHelp(Say.Options.interval, valueName: "seconds"))
  var interval: Double?

  @Option(help: ArgumentHelp(Say.Options.color))
  var color: ColorChoice?

  @Option(
    help: ArgumentHelp(
      Say.Options.theme(ThemeChoice.names.joined(separator: ", ")),
      valueName: "name"), completion: .list(ThemeChoice.names))
  var theme: String?

  @Option(help: ArgumentHelp(Say.Options.glyphs))
  var glyphs: GlyphChoice?

  @Option(
    help: ArgumentHelp(Say.Options.lang(LanguageChoice.names.joined(separator: ", ")), valueName: "name"),
    completion: .list(LanguageChoice.names))
  var lang: String?

  @Option(
    help: ArgumentHelp(Say.Options.logFile, valueName: "file"),
    completion: .file())
  var logFile: String?

  @Flag(help: ArgumentHelp(Say.Options.printConfig))
  var printConfig = false

  @Option(help: ArgumentHelp(Say.Options.eventBuffer, visibility: .hidden))
  var eventBuffer: Int32 = 8 << 20

  func validate() throws {
    if let interval, !EffectiveSettings.intervals.contains(interval) {
      throw ValidationError(Say.Failure.interval("\(interval)"))
    }
    if dockerHost != nil, context != nil {
      throw ValidationError(Say.Failure.oneOf("--docker-host", "--context"))
    }
    if let theme, ThemeChoice(theme) == nil {
      throw ValidationError(
        Say.Failure.noTheme(SafeText.clean(theme), all: ThemeChoice.names.joined(separator: ", ")))
    }
    if let lang, LanguageChoice(lang) == nil {
      throw ValidationError(
        Say.Failure.noLanguage(SafeText.clean(lang), all: LanguageChoice.names.joined(separator: ", ")))
    }
  }

  /// What the command line says.
  var layer: SettingsLayer {
    var layer = SettingsLayer()
    if let dockerHost { layer.dockerHost = dockerHost }
    if let logFile { layer.logFile = logFile }
    layer.interval = interval
    layer.color = color
    layer.theme = theme
    layer.glyphs = glyphs
    layer.lang = lang.flatMap(LanguageChoice.init)
    return layer
  }
}

/// Options of the commands with a screen.
struct ScreenOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(Say.Options.mouse))
  var mouse: Bool?
  @Flag(inversion: .prefixedNo, help: ArgumentHelp(Say.Options.reduceMotion))
  var reduceMotion: Bool?

  func add(to layer: inout SettingsLayer) {
    layer.mouse = mouse
    layer.reduceMotion = reduceMotion
  }
}

/// One run of a command: its settings.
struct Invocation {
  let common: CommonOptions
  /// What the command line says.
  let line: SettingsLayer
  let settings: EffectiveSettings
  /// What the configuration file says, and what it has wrong.
  let file: ConfigurationFile

  /// Where the command looks. Throws one line where the log file can't be opened.
  func sourceOptions(census: Census.Sources = Census.Sources()) throws -> SourceOptions {
    let host = common.context == nil ? settings.dockerHost : nil
    if Privilege.current == .lent, host != nil || common.context != nil {
      throw CommandFailure(Say.Failure.lentRights)
    }
    return SourceOptions(
      observer: TopologyObserver.Options(
        sources: census, hostname: SafeText.decode(Standard.hostname), receiveBuffer: common.eventBuffer),
      engine: EngineChoice(host: host, source: hostSource, context: common.context), interval: settings.interval,
      diagnostics: try diagnostics())
  }

  /// Who said where the engine listens.
  private var hostSource: String {
    if common.dockerHost != nil { return "--docker-host" }
    return Standard.environment["DOCKER_HOST"] == settings.dockerHost
      ? "DOCKER_HOST" : Say.Failure.dockerHostOfFile
  }

  private func diagnostics() throws -> Diagnostics {
    do {
      return try Diagnostics(file: settings.logFile)
    } catch {
      throw CommandFailure(Say.Failure.logFile(settings.logFile ?? "", "\(error)"))
    }
  }

  /// How the command prints; a width of its own command line comes first.
  var style: TextStyle { settings.style }

  /// What the viewer says at its start of a configuration file that has something wrong.
  var notice: String? { Self.notice(file.complaints) }

  static func notice(_ complaints: [String]) -> String? {
    guard let first = complaints.first else { return nil }
    return complaints.count == 1 ? first : Say.Failure.complaint(first, more: complaints.count - 1)
  }
}
