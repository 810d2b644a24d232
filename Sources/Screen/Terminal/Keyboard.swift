internal import CNCurses

/// Turns ncurses' codes into keys.
enum Keyboard {
  /// A key that came as a character; nil for what is none.
  static func key(character value: UInt32) -> TerminalKey? {
    switch value {
    case 27: .escape
    case 9: .tab
    case 10, 13: .enter
    case 8, 127: .backspace
    case 1...26: Unicode.Scalar(value + 96).map { .control($0) }
    case 0..<32: nil
    default: Unicode.Scalar(value).map { .character($0) }
    }
  }

  /// A key that came as a code of terminfo; nil for those that the program does not know.
  static func key(code: Int32) -> TerminalKey? {
    switch code {
    case KEY_UP: return .up
    case KEY_DOWN: return .down
    case KEY_LEFT: return .left
    case KEY_RIGHT: return .right
    case KEY_HOME: return .home
    case KEY_END: return .end
    case KEY_PPAGE: return .pageUp
    case KEY_NPAGE: return .pageDown
    case KEY_ENTER: return .enter
    case KEY_BACKSPACE: return .backspace
    case KEY_BTAB: return .backTab
    default:
      let number = code - nt_key_f(0)
      return (1...24).contains(number) ? .function(Int(number)) : nil
    }
  }
}
