public import Canvas
public import Keys
internal import Topology
internal import Usage

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
  /// One of `ThemeChoice.names`.
  public var theme = ThemeChoice.names[0]
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
  /// Which language a person is spoken to in.
  public var lang = LanguageChoice.auto
  /// What keys ask for.
  public var keys = KeyTable.standard

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
      if let value = layer.lang { lang = value }
      if !layer.keys.isEmpty { keys = keys.binding(layer.keys) }
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
  /// One of `ThemeChoice.names`.
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
  /// Which language a person is spoken to in.
  public var lang: LanguageChoice?
  /// All keys of those commands whose keys it tells.
  public var keys: [Command: [Key]] = [:]

  /// Makes a layer that says nothing.
  public init() {}

  /// What this layer says, and where it says nothing, what the other one does.
  public func over(_ other: SettingsLayer) -> SettingsLayer {
    var layer = other
    if let dockerHost { layer.dockerHost = .some(dockerHost) }
    if let width { layer.width = .some(width) }
    if let logFile { layer.logFile = .some(logFile) }
    layer.interval = interval ?? other.interval
    layer.color = color ?? other.color
    layer.theme = theme ?? other.theme
    layer.glyphs = glyphs ?? other.glyphs
    layer.mouse = mouse ?? other.mouse
    layer.reduceMotion = reduceMotion ?? other.reduceMotion
    layer.lang = lang ?? other.lang
    let taken = Set(keys.values.joined())
    layer.keys = other.keys.mapValues { $0.filter { !taken.contains($0) } }.merging(keys) { _, own in own }
    return layer
  }

  /// What the environment says: DOCKER_HOST, and NO_COLOR where it is not empty (no-color.org).
  public init(environment: [String: String]) {
    if let host = environment["DOCKER_HOST"], !host.isEmpty { dockerHost = host }
    if let wish = environment["NO_COLOR"], !wish.isEmpty { color = .never }
  }
}

/// One setting as the configuration file writes it: the reader and `--print-config` are made from this table.
package struct Setting: Sendable {
  /// The long option's name.
  package let name: String
  /// What it is, in a line.
  package let comment: @Sendable () -> String
  /// What may be written for it.
  package let form: @Sendable () -> String
  /// Takes a value; false where it is none.
  let take: @Sendable (String, inout SettingsLayer) -> Bool
  /// The value in force, as it is written.
  package let text: @Sendable (EffectiveSettings) -> String

  /// In the order of the file.
  package static let all: [Setting] = [
    Setting(
      name: "lang", comment: { Say.SettingWords.lang }, form: { LanguageChoice.names.joined(separator: ", ") },
      take: { value, layer in
        guard let choice = LanguageChoice(value) else { return false }
        layer.lang = choice
        return true
      }, text: { $0.lang.name }),
    Setting(
      name: "theme", comment: { Say.SettingWords.theme }, form: { ThemeChoice.names.joined(separator: ", ") },
      take: { value, layer in
        guard ThemeChoice(value) != nil else { return false }
        layer.theme = value
        return true
      }, text: { $0.theme }),
    Setting(
      name: "color", comment: { Say.SettingWords.color }, form: { "auto, always, never" },
      take: { value, layer in
        guard let choice = ColorChoice(rawValue: value) else { return false }
        layer.color = choice
        return true
      }, text: { $0.color.rawValue }),
    Setting(
      name: "glyphs", comment: { Say.SettingWords.glyphs }, form: { "auto, unicode, ascii" },
      take: { value, layer in
        guard let choice = GlyphChoice(rawValue: value) else { return false }
        layer.glyphs = choice
        return true
      }, text: { $0.glyphs.rawValue }),
    Setting(
      name: "mouse", comment: { Say.SettingWords.mouse }, form: { "yes, no" },
      take: { flag($0, \.mouse, &$1) }, text: { $0.mouse ? "yes" : "no" }),
    Setting(
      name: "reduce-motion", comment: { Say.SettingWords.reduceMotion }, form: { "yes, no" },
      take: { flag($0, \.reduceMotion, &$1) }, text: { $0.reduceMotion ? "yes" : "no" }),
    Setting(
      name: "interval", comment: { Say.SettingWords.interval }, form: { Say.SettingWords.intervals },
      take: { value, layer in
        guard let seconds = Double(value), EffectiveSettings.intervals.contains(seconds) else { return false }
        layer.interval = seconds
        return true
      }, text: { number($0.interval) }),
    Setting(
      name: "width", comment: { Say.SettingWords.width }, form: { Say.SettingWords.widths },
      take: { value, layer in
        if value == "auto" {
          layer.width = .some(nil)
          return true
        }
        guard let columns = Int(value), EffectiveSettings.widths.contains(columns) else { return false }
        layer.width = columns
        return true
      }, text: { $0.width.map(String.init) ?? "auto" }),
    Setting(
      name: "docker-host", comment: { Say.SettingWords.dockerHost }, form: { Say.SettingWords.dockerHosts },
      take: { value, layer in
        guard !value.isEmpty else { return false }
        layer.dockerHost = .some(value == "auto" ? nil : value)
        return true
      }, text: { $0.dockerHost ?? "auto" }),
    Setting(
      name: "log-file", comment: { Say.SettingWords.logFile }, form: { Say.SettingWords.logFiles },
      take: { value, layer in
        guard value == "none" || value.hasPrefix("/") || value.hasPrefix("~/") else { return false }
        layer.logFile = .some(value == "none" ? nil : value)
        return true
      }, text: { $0.logFile ?? "none" }),
  ]

  /// The setting of a name; `no-` before that of a flag denies it.
  static func named(_ name: String) -> Setting? {
    let plain = name == "no-mouse" || name == "no-reduce-motion" ? String(name.dropFirst(3)) : name
    return all.first { $0.name == plain }
  }

  private static func flag(
    _ value: String, _ place: WritableKeyPath<SettingsLayer, Bool?>, _ layer: inout SettingsLayer
  ) -> Bool {
    switch value {
    case "yes", "true", "on": layer[keyPath: place] = true
    case "no", "false", "off": layer[keyPath: place] = false
    default: return false
    }
    return true
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e6 ? String(Int(value)) : String(value)
  }

  /// The setting that was probably meant.
  static func nearest(to name: String) -> String? { Spelling.nearest(to: name, among: all.map(\.name)) }
}
