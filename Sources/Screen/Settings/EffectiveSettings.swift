public import Canvas

/// What the user wants of every command's look and pace, taken from the command line, the configuration file and the
/// environment.
///
/// It has no side effects and is a room of its own: so it can be tested without a process, and the command line holds
/// nothing but the parsing of its arguments.
public struct EffectiveSettings: Sendable, Hashable {
  /// Where the container engine listens; nil: the usual sockets.
  public var dockerHost: String?
  /// Seconds between two samples of the counters.
  public var interval = 1.0
  /// Whether colours are used.
  public var color = ColorChoice.auto
  /// One of `Theme.all`, by name.
  public var theme = Theme.all[0].name
  /// Which characters lines and marks are drawn with.
  public var glyphs = GlyphChoice.auto
  /// Whether the viewer takes the mouse from the terminal.
  public var mouse = true
  /// Whether nothing on the screen moves by itself.
  public var reduceMotion = false
  /// Columns of printed diagrams; nil: the terminal's.
  public var width: Int?
  /// Where diagnostics go; nil: nowhere.
  public var logFile: String?

  /// Makes the default settings.
  public init() {}

  /// The settings in force: for each the first layer that has it, else the default.
  ///
  ///     EffectiveSettings([commandLine, file, environment])
  public init(_ layers: [SettingsLayer]) {
    for layer in layers.reversed() {
      if let value = layer.dockerHost { dockerHost = value }
      if let value = layer.interval { interval = value }
      if let value = layer.color { color = value }
      if let value = layer.theme { theme = value }
      if let value = layer.glyphs { glyphs = value }
      if let value = layer.mouse { mouse = value }
      if let value = layer.reduceMotion { reduceMotion = value }
      if let value = layer.width { width = value }
      if let value = layer.logFile { logFile = value }
    }
  }

  /// Seconds that `--interval` may be.
  public static let intervals = 0.1...3600
  /// Columns that `--width` may be.
  public static let widths = 40...400
}

/// What one place says of the settings. Nil: it says nothing of that one; `.some(nil)`, of those that can be unset: it
/// says that there is none.
public struct SettingsLayer: Sendable, Hashable {
  /// Where the container engine listens; `.some(nil)`: the usual sockets.
  public var dockerHost: String??
  /// Seconds between two samples of the counters.
  public var interval: Double?
  /// Whether colours are used.
  public var color: ColorChoice?
  /// One of `Theme.all`, by name.
  public var theme: String?
  /// Which characters lines and marks are drawn with.
  public var glyphs: GlyphChoice?
  /// Whether the viewer takes the mouse from the terminal.
  public var mouse: Bool?
  /// Whether nothing on the screen moves by itself.
  public var reduceMotion: Bool?
  /// Columns of printed diagrams; `.some(nil)`: the terminal's.
  public var width: Int??
  /// The path that diagnostics are appended to; `.some(nil)`: nowhere.
  public var logFile: String??

  /// Makes a layer that says nothing.
  public init() {}

  /// What the environment says: DOCKER_HOST, and NO_COLOR where it is not empty (no-color.org).
  public init(environment: [String: String]) {
    if let host = environment["DOCKER_HOST"], !host.isEmpty { dockerHost = host }
    if let wish = environment["NO_COLOR"], !wish.isEmpty { color = .never }
  }
}
