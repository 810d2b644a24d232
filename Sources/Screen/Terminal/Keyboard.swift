internal import CNCurses

/// What keys send.
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

  /// What the keys of this terminal send, as terminfo has it; ncurses has to be up.
  static func strings() -> [[UInt8]: TerminalKey] {
    var names: [(name: String, key: TerminalKey)] = [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
      ("kpp", .pageUp), ("knp", .pageDown), ("kcbt", .backTab), ("kbs", .backspace), ("kent", .enter),
    ]
    names += (1...24).map { ("kf\($0)", .function($0)) }
    var strings: [[UInt8]: TerminalKey] = [:]
    for (name, key) in names {
      guard let text = unsafe nt_capability(name) else { continue }
      let bytes = unsafe Array(String(cString: text).utf8)
      // Two keys that send the same: the first of the list.
      if !bytes.isEmpty, strings[bytes] == nil { strings[bytes] = key }
    }
    return strings
  }
}
