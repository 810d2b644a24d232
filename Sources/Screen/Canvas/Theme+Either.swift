extension Theme {
  /// For a terminal that did not say whether its ground is dark or light: words have its own colour, and what is coloured can
  /// be read on both. It is nobody's choice, and `T` does not lead to it.
  static let either = Theme(
    "auto", .either, background: RGB(0x1C, 0x1C, 0x1C), foreground: RGB(0xD0, 0xD0, 0xD0),
    full: { role in
      switch role {
      case .text: Style()
      case .dim, .title, .gone, .vlan, .guide, .noCarrier: Style(243)
      case .strong, .boxTitle, .joined, .trail: .bold(-1)
      case .bar, .keyLabel, .barStrong, .barUp, .barFault, .barWarning, .barPing, .selected, .key:
        Theme.dark.style(for: role, colors: .indexed256)
      case .bridge: Style(31)
      case .bridgeTitle, .selection: .bold(31)
      case .box, .wire: Style(66)
      case .up, .txRate, .sparkLow: Style(29)
      case .fault: .bold(196)
      case .warning, .sparkMedium: Style(130)
      case .ping, .pingTitle, .mark, .caret, .sparkHigh: .bold(130)
      case .match: Style(130, on: -1, .underline)
      case .multiHomed, .multiHomedLine: Style(98)
      case .uplink, .rxRate: Style(30)
      }
    },
    // Of the eight only red and magenta can be read on black and on white.
    eight: { role in
      switch role {
      case .text, .box, .wire, .noCarrier, .up, .txRate, .rxRate, .sparkLow, .uplink, .bridge: Style()
      case .dim, .title, .gone, .guide, .vlan: Style(-1, on: -1, .dim)
      case .strong, .boxTitle, .joined, .sparkMedium, .sparkHigh, .bridgeTitle: .bold(-1)
      case .bar, .keyLabel, .barStrong, .barUp, .barFault, .barWarning, .barPing, .selected, .key:
        Theme.dark.style(for: role, colors: .eight)
      case .selection, .warning, .pingTitle: Style(-1, on: -1, [.bold, .underline])
      case .fault: .bold(1)
      case .ping, .caret, .trail: Style(7, on: 4)
      case .mark: Style(-1, on: -1, [.reverse, .underline])
      case .match: Style(-1, on: -1, .underline)
      case .multiHomed, .multiHomedLine: Style(5)
      }
    },
    surface: { role in
      let style = Theme.dark.style(for: role, colors: .truecolor)
      return style.background > 255 ? UInt32(style.background & 0xFF_FFFF) : nil
    })
}
