public import Canvas
internal import LinuxSystem

/// How text for standard output is to look.
public struct TextStyle: Sendable {
  /// Whether to colour; `auto` asks the terminal, see `colors`.
  public var color: ColorChoice
  /// The colours that are wanted; `auto` is settled by `theme`.
  public var themeChoice: ThemeChoice
  /// The characters for lines and marks; `auto` asks the locale, see `glyphSet`.
  public var glyphs: GlyphChoice
  /// Columns; nil: the terminal's, else 100.
  public var width: Int?

  /// Makes a style; what is not given is found out when something is printed.
  public init(
    color: ColorChoice = .auto, theme: ThemeChoice = .auto, glyphs: GlyphChoice = .auto, width: Int? = nil
  ) {
    self.color = color
    themeChoice = theme
    self.glyphs = glyphs
    self.width = width
  }

  /// The colours of each role. Of `auto`, what COLORFGBG says decides: a command that prints asks no terminal.
  public var theme: Theme {
    let environment = Standard.environment
    // Pictures have a ground of their own.
    return themeChoice.theme(on: Standard.isTerminal(1) ? Background(answer: nil, environment: environment) : .dark)
  }

  /// The colours of standard output: for a terminal what its TERM has, else none unless they are wanted in any case.
  public var colors: ColorDepth {
    let term = Standard.environment["TERM", default: ""]
    let isTerminal = Standard.isTerminal(1)
    switch color {
    case .never: return .mono
    case .auto where !isTerminal || term == "dumb" || term.isEmpty: return .mono
    case .always where !isTerminal: return .indexed256
    case .auto, .always: break
    }
    if ColorDepth.isTrue(Standard.environment) { return .truecolor }
    let rich = ["256color", "direct", "kitty", "foot", "alacritty", "ghostty", "wezterm"]
    if rich.contains(where: term.contains) || !Standard.environment["COLORTERM", default: ""].isEmpty {
      return .indexed256
    }
    if term.contains("16color") { return .sixteen }
    return term.hasPrefix("vt") && color == .auto ? .mono : .eight
  }

  /// The characters to draw with; for `auto` those that the locale asks for.
  public var glyphSet: GlyphSet {
    switch glyphs {
    case .unicode: return .unicode
    case .ascii: return .ascii
    case .auto: return .wanted(by: Standard.environment)
    }
  }
}
