extension Theme {
  /// For terminals with a dark background.
  public static let dark = Theme(
    "dark", .dark, background: RGB(0x1C, 0x1C, 0x1C), foreground: RGB(0xD0, 0xD0, 0xD0),
    full: { role in
      switch role {
      case .text: Style(252)
      case .dim, .title, .gone, .vlan: Style(246)
      case .strong, .boxTitle, .joined: .bold(255)
      case .bar, .keyLabel: Style(249, on: 235)
      case .barStrong: .bold(255, on: 235)
      case .barUp: Style(114, on: 235)
      case .barFault: .bold(203, on: 235)
      case .barWarning: Style(215, on: 235)
      case .barPing: .bold(221, on: 235)
      case .bridge: Style(75)
      case .bridgeTitle, .selection: .bold(111)
      case .box: Style(103)
      case .wire: Style(66)
      case .guide: Style(242)
      case .up, .txRate, .sparkLow: Style(114)
      case .noCarrier: Style(246)
      case .fault: .bold(203)
      case .warning, .sparkMedium: Style(215)
      case .ping, .pingTitle, .mark, .caret: .bold(221)
      case .trail: .bold(230)
      case .selected: .bold(16, on: 111)
      case .match: Style(221, on: -1, .underline)
      case .multiHomed, .multiHomedLine: Style(183)
      case .uplink, .rxRate: Style(80)
      case .sparkHigh: Style(221)
      case .key: .bold(16, on: 75)
      }
    },
    // The consoles of old draw blue (4) too dark to be read; bold is their bright form.
    eight: { role in
      switch role {
      case .text, .box, .wire, .noCarrier: Style()
      case .dim, .title, .gone, .guide, .vlan: Style(-1, on: -1, .dim)
      case .strong, .boxTitle, .joined: .bold(7)
      case .bar, .keyLabel, .barWarning, .barUp: Style(0, on: 7)
      case .barStrong, .barPing: Style(0, on: 7, .underline)
      case .barFault: Style(7, on: 1, .bold)
      case .bridge, .uplink, .rxRate: Style(6)
      case .bridgeTitle, .selection: .bold(6)
      case .up, .txRate, .sparkLow: Style(2)
      case .fault: .bold(1)
      case .warning, .sparkMedium: Style(3)
      case .ping, .pingTitle, .mark, .caret, .trail, .sparkHigh: .bold(3)
      case .selected, .key: Style(0, on: 6)
      case .match: Style(3, on: -1, .underline)
      case .multiHomed, .multiHomedLine: .bold(5)
      }
    },
    surface: { role in
      switch role {
      case .bar, .barStrong, .barUp, .barFault, .barWarning, .barPing, .keyLabel: 0x20_2632
      case .selected: 0x82_AAFF
      case .key: 0x5F_AFFF
      default: nil
      }
    })

  /// For terminals with a light background.
  public static let light = Theme(
    "light", .light, background: RGB(0xF5, 0xF5, 0xF5), foreground: RGB(0x26, 0x26, 0x26),
    full: { role in
      switch role {
      case .text: Style(236)
      case .dim, .title, .gone, .vlan: Style(242)
      case .strong, .boxTitle, .joined: .bold(16)
      case .bar, .keyLabel: Style(238, on: 253)
      case .barStrong: .bold(16, on: 253)
      case .barUp: Style(22, on: 253)
      case .barFault: .bold(124, on: 253)
      case .barWarning: Style(58, on: 253)
      case .barPing: .bold(58, on: 253)
      case .bridge: Style(26)
      case .bridgeTitle: .bold(25)
      case .selection: .bold(26)
      case .box: Style(60)
      case .wire: Style(66)
      case .guide: Style(245)
      case .up, .txRate, .sparkLow: Style(22)
      case .noCarrier: Style(242)
      case .fault: .bold(160)
      case .warning, .sparkMedium: Style(95)
      case .ping, .pingTitle, .mark, .caret: .bold(94)
      case .trail: .bold(58)
      case .selected: .bold(231, on: 26)
      case .match: Style(94, on: -1, .underline)
      case .multiHomed, .multiHomedLine: Style(91)
      case .uplink, .rxRate: Style(24)
      case .sparkHigh: Style(94)
      case .key: .bold(231, on: 26)
      }
    },
    // Of the eight only blue, red and magenta can be read on white, and bold would make them paler.
    eight: { role in
      switch role {
      case .text, .box, .wire, .noCarrier, .up, .txRate, .rxRate, .sparkLow, .uplink: Style()
      case .dim, .title, .gone, .guide, .vlan: Style(-1, on: -1, .dim)
      case .strong, .boxTitle, .joined, .sparkMedium, .sparkHigh: Style(-1, on: -1, .bold)
      case .bar, .keyLabel, .barUp, .barWarning: Style(7, on: 0)
      case .barStrong, .barPing: Style(7, on: 0, .bold)
      case .barFault: Style(7, on: 1, .bold)
      case .bridge, .bridgeTitle: Style(4)
      case .selection: Style(4, on: -1, .underline)
      case .fault: Style(1)
      case .warning: Style(-1, on: -1, [.bold, .underline])
      case .ping, .caret, .trail, .selected, .key: Style(7, on: 4)
      case .pingTitle: Style(4, on: -1, .underline)
      case .mark: Style(4, on: -1, [.underline])
      case .match: Style(-1, on: -1, .underline)
      case .multiHomed, .multiHomedLine: Style(5)
      }
    },
    surface: { role in
      switch role {
      case .bar, .barStrong, .barUp, .barFault, .barWarning, .barPing, .keyLabel: 0xE0_E6EF
      case .selected, .key: 0x0F_5FC4
      default: nil
      }
    })

  /// For eyes that do not tell red from green: blue, white and orange on a dark background, after Okabe and Ito's
  /// palette ("Color Universal Design", 2008). Orange is trouble.
  public static let colorblind = Theme(
    "colorblind", .colorblind, background: RGB(0x1C, 0x1C, 0x1C),
    foreground: RGB(0xD0, 0xD0, 0xD0),
    full: { role in
      switch role {
      case .text: Style(252)
      case .dim, .title, .gone, .vlan: Style(246)
      case .strong, .boxTitle, .joined: .bold(255)
      case .bar, .keyLabel: Style(249, on: 235)
      case .barStrong: .bold(255, on: 235)
      case .barUp: Style(117, on: 235)
      case .barFault: .bold(208, on: 235)
      case .barWarning: Style(223, on: 235)
      case .barPing: .bold(231, on: 235)
      case .bridge: Style(74)
      case .bridgeTitle, .selection: .bold(117)
      case .box: Style(103)
      case .wire: Style(67)
      case .guide: Style(242)
      case .up, .txRate, .sparkLow: Style(117)
      case .noCarrier: Style(246)
      case .fault: .bold(208)
      case .warning, .sparkMedium: Style(223)
      case .ping, .pingTitle, .mark, .caret: .bold(231)
      case .trail: .bold(195)
      case .selected: .bold(16, on: 117)
      case .match: Style(231, on: -1, .underline)
      case .multiHomed, .multiHomedLine: Style(146)
      case .uplink, .rxRate: Style(110)
      case .sparkHigh: Style(231)
      case .key: .bold(16, on: 74)
      }
    },
    eight: { role in
      switch role {
      case .text, .box, .wire, .noCarrier: Style()
      case .dim, .title, .gone, .guide, .vlan: Style(-1, on: -1, .dim)
      case .strong, .boxTitle, .joined: .bold(7)
      case .bar, .keyLabel, .barWarning, .barUp: Style(0, on: 7)
      case .barStrong, .barPing: Style(0, on: 7, .underline)
      case .barFault: Style(0, on: 3)
      case .bridge, .uplink, .rxRate, .up, .txRate, .sparkLow: Style(6)
      case .bridgeTitle, .selection: .bold(6)
      case .fault: .bold(3)
      case .warning, .sparkMedium: Style(7)
      case .ping, .pingTitle, .mark, .caret, .trail, .sparkHigh: .bold(7)
      case .selected, .key: Style(0, on: 6)
      case .match: Style(-1, on: -1, .underline)
      case .multiHomed, .multiHomedLine: Style(7, on: -1, .underline)
      }
    },
    surface: { role in
      switch role {
      case .bar, .barStrong, .barUp, .barFault, .barWarning, .barPing, .keyLabel: 0x1B_2735
      case .selected: 0x86_D0FF
      case .key: 0x56_B4E9
      default: nil
      }
    })
}
