import CLinux
import Canvas
import Foundation
import Terminal
import Testing

/// A terminal of our own: the two ends of a pseudo terminal.
private struct PseudoTerminal {
  let master: CInt
  let path: String

  init?() {
    master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: CInt = 0
    var number: CInt = 0
    // TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)).
    guard master >= 0, unsafe ioctl(master, 0x4004_5431, &lock) == 0, unsafe ioctl(master, 0x8004_5430, &number) == 0
    else { return nil }
    path = "/dev/pts/\(number)"
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = unsafe ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Every flag and control character of its mode.
  var mode: [UInt32] {
    var mode = termios()
    guard unsafe tcgetattr(master, &mode) == 0 else { return [] }
    let characters = unsafe withUnsafeBytes(of: mode.c_cc) { unsafe Array($0).map(UInt32.init) }
    return [mode.c_iflag, mode.c_oflag, mode.c_cflag, mode.c_lflag] + characters
  }

  /// What was written to it until now.
  var written: String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    while true {
      let count = unsafe read(master, &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Takes the pseudo terminal as the controlling one and standard output, and the screen over. To be run in a process
/// of its own.
private func takeOver(_ path: String) throws -> CursesTerminal {
  setsid()
  let fd = unsafe open(path, O_RDWR)
  dup2(fd, 0)
  dup2(fd, 1)
  unsafe setenv("TERM", "xterm-256color", 1)
  return try CursesTerminal(options: CursesTerminal.Options(glyphs: .ascii))
}

/// A trap is a defect of ours; the user's terminal must not pay for it.
@Suite struct TrapTests {
  @Test func aTrapLeavesTheTerminalAsItWas() async throws {
    let pty = try #require(PseudoTerminal())
    let path = pty.path
    let before = pty.mode
    await #expect(processExitsWith: .signal(SIGILL)) { [path = path as String] in
      let terminal = try takeOver(path)
      withExtendedLifetime(terminal) { fatalError("a trap") }
    }
    #expect(!before.isEmpty && pty.mode == before)
    let written = pty.written
    #expect(written.contains("\u{1B}[?1049h"), "the screen was never taken over: \(written.debugDescription)")
    let end = written.components(separatedBy: "\u{1B}[?1049h").last ?? ""
    #expect(end.contains("\u{1B}[?1049l"))
    #expect(end.contains("\u{1B}[?25h") || end.contains("\u{1B}[?12l\u{1B}[?25h"))
  }

  @Test func aSegmentationFaultLeavesTheTerminalAsItWas() async throws {
    let pty = try #require(PseudoTerminal())
    let path = pty.path
    let before = pty.mode
    await #expect(processExitsWith: .signal(SIGSEGV)) { [path = path as String] in
      let terminal = try takeOver(path)
      raise(SIGSEGV)
      withExtendedLifetime(terminal) {}
    }
    #expect(!before.isEmpty && pty.mode == before)
    #expect(pty.written.contains("\u{1B}[?1049l"))
  }
}
