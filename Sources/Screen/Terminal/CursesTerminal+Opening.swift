internal import CLinux
internal import CNCurses
internal import Canvas
internal import Glibc
internal import Labels
internal import LinuxSystem
internal import SystemPackage

extension CursesTerminal {
  static func openTTY() throws(TerminalError) -> OwnedDescriptor {
    guard Standard.isTerminal(1) else {
      throw TerminalError(Say.TerminalTrouble.noTerminal)
    }
    let fd = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
    if fd >= 0 { return OwnedDescriptor(adopting: fd) }
    // No controlling terminal (a bare pty): standard output is one all the same.
    let copy = fcntl(1, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw TerminalError(Say.TerminalTrouble.cannotOpen("\(Errno.current)")) }
    return OwnedDescriptor(adopting: copy)
  }

  /// Sets the locale of the environment; where it asks for UTF-8, names none at all, or the user `insists` on Unicode, one
  /// of UTF-8 is taken that is installed everywhere. Returns whether the locale writes UTF-8.
  ///
  /// Over ssh LANG often names a locale of the other machine, which is not installed here: that is no wish for ASCII.
  static func setLocale(_ environment: [String: String], insists: Bool) -> Bool {
    // Only what characters are: of the other categories one that is not installed would undo all of them.
    unsafe setlocale(LC_CTYPE, "")
    if nt_codeset_is_utf8() == 0, insists || GlyphSet.wanted(by: environment) == .unicode {
      unsafe setlocale(LC_CTYPE, "C.UTF-8")
    }
    return nt_codeset_is_utf8() == 1
  }

  /// The kind to be used: a terminal that is not described here is taken for its nearest relative.
  static func kind(of type: String) throws(TerminalError) -> String {
    if type.isEmpty { throw TerminalError(Say.TerminalTrouble.kindUnset) }
    var candidates = [type]
    if type.hasPrefix("tmux") || type.hasPrefix("screen") {
      candidates += ["screen-256color", "screen"]
    } else if ["xterm", "alacritty", "kitty", "foot", "wezterm", "ghostty", "vte", "konsole", "gnome", "st"].contains(
      where: { type.hasPrefix($0) })
    {
      candidates += ["xterm-256color", "xterm"]
    }
    for candidate in candidates {
      switch unsafe nt_terminal_kind(candidate) {
      case 2: return candidate
      case 1: throw TerminalError(Say.TerminalTrouble.cannotMoveCursor(type))
      default: continue
      }
    }
    throw TerminalError(Say.TerminalTrouble.kindUnknown(type))
  }

  /// Starts ncurses; `isTrue`: with 24 bits a colour, where that works.
  static func start(
    _ kind: String, _ fd: CInt, isTrue: Bool
  ) throws(TerminalError) -> (screen: OpaquePointer, isTrue: Bool) {
    if isTrue, let screen = unsafe nt_newterm_direct(kind, fd) { return unsafe (screen, nt_is_direct() == 1) }
    guard let screen = unsafe nt_newterm(kind, fd) else {
      throw TerminalError(Say.TerminalTrouble.cursesFails(kind))
    }
    return unsafe (screen, nt_is_direct() == 1)
  }
}
