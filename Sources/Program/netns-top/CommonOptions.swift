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

extension ShowCommand.Format: ExpressibleByArgument {}
extension ColorChoice: ExpressibleByArgument {}
extension GlyphChoice: ExpressibleByArgument {}

/// Options that all commands share. What is not said here is looked for in the configuration file, then in the
/// environment.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Container engine: unix:///path (default: DOCKER_HOST, else the usual sockets).", valueName: "uri"))
  var dockerHost: String?

  @Option(help: ArgumentHelp("Docker context whose engine is asked (docker context ls).", valueName: "name"))
  var context: String?

  @Option(help: ArgumentHelp("Seconds between two samples of the counters (default: 1).", valueName: "seconds"))
  var interval: Double?

  @Option(help: "Colours: auto, always or never (NO_COLOR counts where nothing is said; default: auto).")
  var color: ColorChoice?

  @Option(
    help: ArgumentHelp(
      "Colours: \(ThemeChoice.names.joined(separator: ", ")) (default: auto, dark or light as the terminal is).",
      valueName: "name"), completion: .list(ThemeChoice.names))
  var theme: String?

  @Option(help: "Characters for lines and marks: auto, unicode or ascii (default: auto).")
  var glyphs: GlyphChoice?

  @Option(
    help: ArgumentHelp("Append diagnostics: lost events, resyncs, slow frames.", valueName: "file"),
    completion: .file())
  var logFile: String?

  @Flag(help: "Print a configuration file with the settings in force, and end.")
  var printConfig = false

  @Option(help: ArgumentHelp("Bytes of the buffer for events: small ones lose some.", visibility: .hidden))
  var eventBuffer: Int32 = 8 << 20

  func validate() throws {
    if let interval, !EffectiveSettings.intervals.contains(interval) {
      throw ValidationError("--interval \(interval): give 0.1 to 3600 seconds")
    }
    if dockerHost != nil, context != nil { throw ValidationError("--docker-host and --context: give one of them") }
    if let theme, ThemeChoice(theme) == nil {
      throw ValidationError(
        "there is no theme '\(SafeText.clean(theme))'; there are: \(ThemeChoice.names.joined(separator: ", "))")
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
    return layer
  }
}

/// Options of the commands with a screen.
struct ScreenOptions: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Take the mouse from the terminal, or leave it (default: take it).")
  var mouse: Bool?
  @Flag(inversion: .prefixedNo, help: "Whether the ping's head stands still (default: it runs).")
  var reduceMotion: Bool?

  func add(to layer: inout SettingsLayer) {
    layer.mouse = mouse
    layer.reduceMotion = reduceMotion
  }
}

/// One run of a command: its settings.
struct Invocation {
  let common: CommonOptions
  let settings: EffectiveSettings
  /// What the configuration file has wrong.
  let complaints: [String]

  /// Where the command looks. Throws one line where the log file can't be opened.
  func sourceOptions(census: Census.Sources = Census.Sources()) throws -> SourceOptions {
    let host = common.context == nil ? settings.dockerHost : nil
    if Privilege.current == .lent, host != nil || common.context != nil {
      throw CommandFailure(
        "--docker-host, --context: a program with more rights than you connects to the usual sockets only")
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
      ? "DOCKER_HOST" : "docker-host of the configuration file"
  }

  private func diagnostics() throws -> Diagnostics {
    guard var path = settings.logFile else { return .none }
    // In the configuration file there is no shell that would know a home.
    if path.hasPrefix("~/"), let home = Standard.environment["HOME"] { path = home + path.dropFirst(1) }
    do {
      return try Diagnostics(file: path)
    } catch {
      throw CommandFailure("--log-file \(path): \(error); choose a place that can be written to")
    }
  }

  /// How the command prints; a width of its own command line comes first.
  var style: TextStyle {
    TextStyle(
      color: settings.color, theme: ThemeChoice(settings.theme) ?? .auto, glyphs: settings.glyphs,
      width: settings.width)
  }

  /// What the viewer says at its start of a configuration file that has something wrong.
  var notice: String? {
    guard let first = complaints.first else { return nil }
    return complaints.count == 1 ? first : "\(first) (and \(complaints.count - 1) more, said at the end)"
  }
}
