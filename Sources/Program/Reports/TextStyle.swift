public import Canvas
internal import LinuxSystem

/// How text for standard output is to look.
public struct TextStyle: Sendable {
  /// Whether to colour; `auto` asks the terminal, see `colors`.
  public var color: ColorChoice
  /// The colours of each role.
  public var theme: Theme
  /// The characters for lines and marks; `auto` asks the locale, see `glyphSet`.
  public var glyphs: GlyphChoice
  /// Columns; nil: the terminal's, else 100.
  public var width: Int?

  /// Makes a style; unless given, the theme is dark, and the rest is found out when something is printed.
  public init(
    color: ColorChoice = .auto, theme: Theme = .dark, glyphs: GlyphChoice = .auto, width: Int? = nil
  ) {
    self.color = color
    self.theme = theme
    self.glyphs = glyphs
    self.width = width
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
    let rich = ["256color", "direct", "kitty", "foot", "alacritty", "ghostty", "wezterm"]
    if rich.contains(where: term.contains) || !Standard.environment["COLORTERM", default: ""].isEmpty {
      return .indexed256
    }
    return term.hasPrefix("vt") && color == .auto ? .mono : .eight
  }

  /// The characters to draw with; for `auto` Unicode where the locale (locale(7)) is of UTF-8 or not set, else ASCII.
  public var glyphSet: GlyphSet {
    switch glyphs {
    case .unicode: return .unicode
    case .ascii: return .ascii
    case .auto:
      let environment = Standard.environment
      let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
      // Where no locale is set, nothing speaks against UTF-8: pipes and files take it.
      guard let locale = locale?.lowercased() else { return .unicode }
      return locale.contains("utf-8") || locale.contains("utf8") ? .unicode : .ascii
    }
  }
}
