package import Speech

extension Say {
  /// Why the terminal can't be used, in one line, with what to do instead.
  package enum TerminalTrouble {
    package static func modeUnreadable(_ reason: String) -> String {
      say("the terminal's mode can't be read: \(reason)", "无法读取终端的模式：\(reason)")
    }
    package static var noTerminal: String {
      say("standard output is no terminal; try: netns-top show", "标准输出不是终端；可改用：netns-top show")
    }
    package static func cannotOpen(_ reason: String) -> String {
      say("the terminal can't be opened: \(reason)", "无法打开终端：\(reason)")
    }
    package static var kindUnset: String {
      say(
        "TERM is not set; try: TERM=xterm-256color netns-top, or netns-top show",
        "没有设置 TERM；可改用：TERM=xterm-256color netns-top，或 netns-top show")
    }
    package static func cannotMoveCursor(_ kind: String) -> String {
      say("TERM=\(kind) can't move its cursor; try: netns-top show", "TERM=\(kind) 无法移动光标；可改用：netns-top show")
    }
    package static func kindUnknown(_ kind: String) -> String {
      say(
        "TERM=\(kind) is not known on this machine; try: TERM=xterm-256color netns-top, or netns-top show",
        "本机没有 TERM=\(kind) 的描述；可改用：TERM=xterm-256color netns-top，或 netns-top show")
    }
    package static func cursesFails(_ kind: String) -> String {
      say(
        "ncurses can't use this terminal (TERM=\(kind)); try: netns-top show",
        "ncurses 无法使用该终端（TERM=\(kind)）；可改用：netns-top show")
    }
  }
}
