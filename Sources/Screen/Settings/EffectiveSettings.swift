public import Canvas

/// What the user wants, from the command line, the configuration file and the environment: every command's own look and
/// pace. Pure, and a room of its own so that it can be tested without a process, and so that the command line holds
/// nothing but the parsing of its arguments.
public struct EffectiveSettings: Sendable, Hashable {
  /// Where the container engine listens; nil: the usual sockets.
  public var dockerHost: String?
  /// Seconds between two samples of the counters.
  public var interval = 1.0
  public var color = ColorChoice.auto
  /// One of `Theme.all`, by name.
  public var theme = Theme.all[0].name
  public var glyphs = GlyphChoice.auto
  /// Whether the viewer takes the mouse from the terminal.
  public var mouse = true
  /// Whether nothing on the screen moves by itself.
  public var reduceMotion = false
  /// Columns of printed diagrams; nil: the terminal's.
  public var width: Int?
  /// Where diagnostics go; nil: nowhere.
  public var logFile: String?

  /// The settings of nobody in particular.
  public init() {}

  /// The settings in force: for each the first layer that has it, else the default.
  ///
  ///     EffectiveSettings([commandLine, file, environment])
  public init(_ layers: [Layer]) {
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

/// What one place says of the settings; nil where it says nothing. The optional of an optional is said to be unset.
public struct Layer: Sendable, Hashable {
  public var dockerHost: String??
  public var interval: Double?
  public var color: ColorChoice?
  public var theme: String?
  public var glyphs: GlyphChoice?
  public var mouse: Bool?
  public var reduceMotion: Bool?
  public var width: Int??
  public var logFile: String??

  public init() {}

  /// What the environment says: DOCKER_HOST, and NO_COLOR where it is not empty (no-color.org).
  public init(environment: [String: String]) {
    if let host = environment["DOCKER_HOST"], !host.isEmpty { dockerHost = host }
    if let wish = environment["NO_COLOR"], !wish.isEmpty { color = .never }
  }
}
