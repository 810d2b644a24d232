internal import Labels

/// How many colours the output has.
public enum ColorDepth: Int, Sendable, Comparable {
  /// No colours: attributes only.
  case mono = 0
  /// The eight of ECMA-48 (SGR 30 to 37).
  case eight = 8
  /// Those, and their bright forms (SGR 90 to 97).
  case sixteen = 16
  /// The 256 of xterm (SGR 38;5).
  case indexed256 = 256
  /// All of 24 bits (SGR 38;2).
  case truecolor = 0x100_0000
  /// Orders by the number of colours.
  public static func < (a: ColorDepth, b: ColorDepth) -> Bool { a.rawValue < b.rawValue }

  /// Whether the terminal takes 24 bits a colour: COLORTERM says so, for terminfo's usual entries can't.
  ///
  /// GNU screen hands COLORTERM down and takes `38;2` apart, as the consoles do: there it does not count.
  public static func isTrue(_ environment: [String: String]) -> Bool {
    let term = environment["TERM", default: ""]
    let isScreen = term.hasPrefix("screen") && environment["TMUX", default: ""].isEmpty
    let isConsole = ["linux", "vt", "dumb", "eterm", "cons25"].contains { term.hasPrefix($0) }
    return !isScreen && !isConsole && ["truecolor", "24bit"].contains(environment["COLORTERM", default: ""])
  }
}

/// How a cell looks in the end.
public struct Style: Hashable, Sendable {
  /// A colour's number, or `Style.color` of one of 24 bits; -1 is the terminal's own.
  public var foreground: Int32
  /// The same of the ground.
  public var background: Int32
  /// Attributes on top of the colours.
  public var emphasis: Emphasis

  /// Makes a style; as it is, the terminal's own colours without attributes.
  public init(_ foreground: Int32 = -1, on background: Int32 = -1, _ emphasis: Emphasis = []) {
    self.foreground = foreground
    self.background = background
    self.emphasis = emphasis
  }

  /// Of the eight colours the bright form, where bold is meant to give it: most terminals of today only fatten the letters,
  /// and dark red on black stays what it is.
  var brightened: Style {
    guard emphasis.contains(.bold), (1..<8).contains(foreground), background < 0 else { return self }
    return Style(foreground + 8, on: background, emphasis)
  }

  static func bold(_ foreground: Int32, on background: Int32 = -1) -> Style {
    Style(foreground, on: background, .bold)
  }

  /// A colour of 24 bits as a number: above all those that have one.
  public static func color(_ value: UInt32) -> Int32 { Int32(0x100_0000 | (value & 0xFF_FFFF)) }
}

/// Turns roles into colours: one table, with a form for 256 colours, for 8 (or 16) and for none; with 24 bits the bars and what
/// is selected get surfaces that the 256 do not have.
///
/// A theme leaves the terminal's background as it is; it only assumes whether that is dark or light. Whatever the
/// theme, a state is told by its glyph and its word as well, and the colour of faults is used for nothing else.
///
///     Theme.named("light")?.style(for: .fault, colors: .indexed256)
public struct Theme: Sendable, Hashable, CustomStringConvertible {
  /// What `--theme` calls it.
  public let name: String
  private let purpose: Purpose
  /// The background that the colours are chosen for, and that pictures are drawn on.
  public let background: RGB
  /// The terminal's own text colour, as pictures draw it.
  public let foreground: RGB
  private let full: [Style]
  private let eight: [Style]
  private let rich: [Style]

  /// What a theme is for.
  enum Purpose { case dark, light, either, mono, colorblind }

  init(
    _ name: String, _ purpose: Purpose, background: RGB, foreground: RGB, full: (Role) -> Style, eight: (Role) -> Style,
    surface: (Role) -> UInt32? = { _ in nil }
  ) {
    self.name = name
    self.purpose = purpose
    self.background = background
    self.foreground = foreground
    self.full = Role.allCases.map(full)
    self.eight = Role.allCases.map(eight)
    rich = Role.allCases.map { role in
      var style = full(role)
      if let ground = surface(role) { style.background = Style.color(ground) }
      return style
    }
  }

  /// One line for the help.
  public var summary: String {
    switch purpose {
    case .dark: Say.Drawn.Themes.dark
    case .light: Say.Drawn.Themes.light
    case .either: Say.Drawn.Themes.either
    case .mono: Say.Drawn.Themes.mono
    case .colorblind: Say.Drawn.Themes.colorblind
    }
  }

  /// The name, as `--theme` takes it.
  public var description: String { name }

  /// All themes, in the order that `T` turns through them.
  public static let all = [dark, light, mono, colorblind]

  /// The theme of a name; nil where there is none.
  public static func named(_ name: String) -> Theme? { all.first { $0.name == name } }

  /// The look of a role at that depth. Without colours a role is told by bold, dim, underline or reverse.
  public func style(for role: Role, colors: ColorDepth) -> Style {
    switch colors {
    case .truecolor: rich[Int(role.rawValue)]
    case .indexed256: full[Int(role.rawValue)]
    case .sixteen: eight[Int(role.rawValue)].brightened
    case .eight: eight[Int(role.rawValue)]
    case .mono: Style(-1, on: -1, Theme.attributes(role))
    }
  }

  /// No colours at all: attributes only, whatever the terminal can do.
  public static let mono = Theme(
    "mono", .mono, background: RGB(0x10, 0x10, 0x10),
    foreground: RGB(0xD0, 0xD0, 0xD0), full: { Style(-1, on: -1, attributes($0)) },
    eight: { Style(-1, on: -1, attributes($0)) })

  /// What tells roles apart where there is no colour: what is selected is inverse, a ping's way is underlined.
  static func attributes(_ role: Role) -> Emphasis {
    switch role {
    case .bar, .barUp, .barWarning, .selected, .key, .caret: .reverse
    case .barStrong, .barFault, .barPing: [.reverse, .bold]
    case .strong, .bridge, .bridgeTitle, .boxTitle, .fault, .warning, .pingTitle, .selection, .sparkHigh, .joined: .bold
    case .dim, .guide, .vlan, .gone: .dim
    case .match, .multiHomed: .underline
    case .ping, .trail: [.bold, .underline]
    case .mark: [.reverse, .underline]
    case .text, .title, .box, .wire, .up, .noCarrier, .multiHomedLine, .uplink, .rxRate, .txRate, .sparkLow,
      .sparkMedium,
      .keyLabel:
      []
    }
  }
}
