internal import CNCurses
public import Canvas

/// How the terminal writes box lines, as it was found out at the start.
struct TerminalLines {
  /// Whether its locale writes UTF-8.
  var isUTF8: Bool
  /// Whether it draws a line one cell wide.
  var isNarrow: Bool

  func glyphs(_ choice: GlyphChoice) -> GlyphSet {
    switch choice {
    case .auto: isUTF8 && isNarrow ? .unicode : .ascii
    // ncurses draws blanks for what the locale can't write.
    case .unicode: isUTF8 ? .unicode : .ascii
    case .ascii: .ascii
    }
  }
}

/// What can be wanted otherwise while the terminal is open.
extension CursesTerminal {
  /// The colours that there are for a choice.
  static func depth(_ choice: ColorChoice, isTrue: Bool) -> ColorDepth {
    let available = choice == .never ? 0 : Int(nt_start_colors())
    if isTrue, choice != .never { return .truecolor }
    return [.indexed256, .sixteen, .eight].first { available >= $0.rawValue } ?? ColorDepth.mono
  }

  /// Draws with as many colours as there are for a choice, from the next `show` on. Of one that was opened without colours
  /// 24 bits are not known.
  public func use(_ choice: ColorChoice) {
    guard isOpen else { return }
    palette = Palette(theme, colors: CursesTerminal.depth(choice, isTrue: isTrue))
    redraw()
  }

  /// Draws with other characters; false: the locale, which was settled at the start, can't write them.
  public func use(_ choice: GlyphChoice) -> Bool {
    glyphs = lines.glyphs(choice)
    return choice != .unicode || glyphs == .unicode
  }

  /// Takes the mouse from the terminal, or gives it back.
  public func takeMouse(_ isTaken: Bool) { if isOpen { nt_mouse(isTaken ? 1 : 0) } }

  /// Asks the terminal for its ground, where nobody has wanted to know it yet: the answer comes as an event. Behind it the
  /// cursor's report is asked for, so that it is known when all has been said; `TerminalQuery` tells of both.
  public func askGround() {
    let query = TerminalQuery(asksWidth: false, asksBackground: true, kind: kind)
    guard isOpen, !isGroundAsked, query.asksBackground else { return }
    (isGroundAsked, isGroundUnknown) = (true, true)
    debt = TerminalDebt()
    write("\u{1B}]11;?\u{1B}\\\u{1B}[6n")
  }
}
