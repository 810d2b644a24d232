/// How many colours the output has.
public enum ColorDepth: Int, Sendable, Comparable {
  case mono = 0
  case eight = 8
  case indexed256 = 256
  public static func < (a: ColorDepth, b: ColorDepth) -> Bool { a.rawValue < b.rawValue }
}

/// How a cell looks in the end.
public struct Style: Hashable, Sendable {
  /// A colour's number; -1 is the terminal's own.
  public var foreground: Int16
  /// A colour's number; -1 is the terminal's own.
  public var background: Int16
  public var emphasis: Emphasis

  public init(_ foreground: Int16 = -1, on background: Int16 = -1, _ emphasis: Emphasis = []) {
    self.foreground = foreground
    self.background = background
    self.emphasis = emphasis
  }
}

/// Turns roles into colours: one table, with a form for 256 colours, for 8 and for none.
public struct Theme: Sendable {
  /// For terminals with a dark background.
  public static let dark = Theme()

  /// The look of a role at that depth. Without colours a role is told by bold, dim, underline or reverse.
  public func style(for role: Role, colors: ColorDepth) -> Style {
    let row = Theme.table(role)
    return switch colors {
    case .indexed256: row.0
    case .eight: row.1
    case .mono: Style(-1, on: -1, row.2)
    }
  }

  private static func table(_ role: Role) -> (Style, Style, Emphasis) {
    switch role {
    case .text: (Style(252), Style(), [])
    case .dim: (Style(243), Style(-1, on: -1, .dim), .dim)
    case .strong: (Style(255, on: -1, .bold), Style(7, on: -1, .bold), .bold)
    case .title: (Style(243), Style(-1, on: -1, .dim), [])
    case .bar: (Style(249, on: 235), Style(0, on: 7), .reverse)
    case .barStrong: (Style(255, on: 235, .bold), Style(0, on: 7, .bold), [.reverse, .bold])
    case .barUp: (Style(114, on: 235), Style(2, on: 7), .reverse)
    case .barFault: (Style(203, on: 235, .bold), Style(1, on: 7, .bold), [.reverse, .bold])
    case .barWarning: (Style(215, on: 235), Style(0, on: 7), .reverse)
    case .barPing: (Style(221, on: 235, .bold), Style(0, on: 7, .bold), [.reverse, .bold])
    case .bridge: (Style(75), Style(4), .bold)
    case .bridgeTitle: (Style(111, on: -1, .bold), Style(4, on: -1, .bold), .bold)
    case .box: (Style(103), Style(), [])
    case .boxTitle: (Style(255, on: -1, .bold), Style(7, on: -1, .bold), .bold)
    case .wire: (Style(66), Style(6), [])
    case .guide: (Style(240), Style(-1, on: -1, .dim), .dim)
    case .up: (Style(114), Style(2), [])
    case .noCarrier: (Style(244), Style(-1, on: -1, .dim), [])
    case .fault: (Style(203, on: -1, .bold), Style(1, on: -1, .bold), .bold)
    case .warning: (Style(215), Style(3), .bold)
    case .ping: (Style(221, on: -1, .bold), Style(3, on: -1, .bold), .reverse)
    case .pingTitle: (Style(221, on: -1, .bold), Style(3, on: -1, .bold), .bold)
    case .selection: (Style(111, on: -1, .bold), Style(6, on: -1, .bold), .bold)
    case .selected: (Style(16, on: 111, .bold), Style(0, on: 6), .reverse)
    case .match: (Style(221, on: -1, .underline), Style(3, on: -1, .underline), .underline)
    case .mark: (Style(221, on: -1, .bold), Style(3, on: -1, .bold), [.bold, .underline])
    case .multiHomed: (Style(183), Style(5), .underline)
    case .uplink: (Style(80), Style(6), [])
    case .vlan: (Style(244), Style(-1, on: -1, .dim), .dim)
    case .rxRate: (Style(80), Style(6), [])
    case .txRate: (Style(114), Style(2), [])
    case .sparkLow: (Style(114), Style(2), [])
    case .sparkMedium: (Style(215), Style(3), [])
    case .sparkHigh: (Style(221), Style(3, on: -1, .bold), .bold)
    case .joined: (Style(255, on: -1, .bold), Style(7, on: -1, .bold), .bold)
    case .gone: (Style(240), Style(-1, on: -1, .dim), .dim)
    case .key: (Style(16, on: 75, .bold), Style(0, on: 6), .reverse)
    case .keyLabel: (Style(249, on: 235), Style(0, on: 7), [])
    case .caret: (Style(221, on: -1, .bold), Style(3, on: -1, .bold), .reverse)
    }
  }
}
