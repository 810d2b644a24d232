/// What a terminal's own ground is like, which a theme has to suit.
public enum Background: String, Sendable, CaseIterable {
  /// Text on it is light, or dark.
  case dark, light

  /// What a colour is as a ground.
  public init(_ color: RGB) { self = color.brightness > 0.5 ? .light : .dark }

  /// What `COLORFGBG` says: `TEXT;GROUND`, or `TEXT;default;GROUND`, as numbers of the terminal's first 16 colours (rxvt,
  /// Konsole and others set it). Nil where it says nothing that can be understood.
  ///
  /// White and the bright colours are light, but for bright black (8); the programs that set it name hardly any others.
  public init?(colorfgbg: String) {
    let fields = colorfgbg.utf8.prefix(32).split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    guard (2...3).contains(fields.count), let last = fields.last, (1...2).contains(last.count),
      last.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(String(decoding: last, as: UTF8.self)),
      number < 16
    else { return nil }
    self = number == 7 || number > 8 ? .light : .dark
  }

  /// What is known of a terminal: its own answer comes first, then `COLORFGBG`; nil: nothing.
  public init?(answer: RGB?, environment: [String: String]) {
    if let answer {
      self.init(answer)
    } else {
      self.init(colorfgbg: environment["COLORFGBG", default: ""])
    }
  }
}

/// The theme that is wanted: one of all, or the one that suits the terminal.
public enum ThemeChoice: Sendable, Hashable {
  /// `dark` or `light`, as the terminal's ground is; its own colours where that is not known.
  case auto
  /// That one, whatever the terminal is like.
  case fixed(Theme)

  /// The choice of a name; nil where there is none.
  public init?(_ name: String) {
    if name == "auto" {
      self = .auto
    } else if let theme = Theme.named(name) {
      self = .fixed(theme)
    } else {
      return nil
    }
  }

  /// What `--theme` takes; the first is the default.
  public static let names = ["auto"] + Theme.all.map(\.name)

  /// The theme on such a ground; on an unknown one, one that can be read on both.
  public func theme(on background: Background?) -> Theme {
    switch self {
    case .auto: background.map { $0 == .light ? .light : .dark } ?? .either
    case .fixed(let theme): theme
    }
  }
}
