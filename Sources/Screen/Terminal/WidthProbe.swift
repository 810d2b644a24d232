internal import CLinux
internal import Glibc
internal import LinuxSystem

/// Asks the terminal how wide it draws box lines: they are of ambiguous width (UAX #11), and terminals that are set up
/// for Chinese or Japanese may draw them two cells wide.
enum WidthProbe {
  /// Prints a box line and asks for the cursor's column. True for one cell, and where no answer comes in time.
  static func drawsNarrow(_ tty: CInt, _ saved: termios) -> Bool {
    var mode = saved
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    unsafe withUnsafeMutableBytes(of: &mode.c_cc) { codes in
      unsafe codes[Int(VMIN)] = 0
      unsafe codes[Int(VTIME)] = 0
    }
    guard unsafe tcsetattr(tty, TCSANOW, &mode) == 0 else { return true }
    defer {
      var back = saved
      unsafe tcsetattr(tty, TCSANOW, &back)
    }
    // Carriage return, line, report; then the line is wiped. What can't be written gets no answer: one cell.
    try? Standard.write(Array("\r─\u{1B}[6n\r\u{1B}[K".utf8), to: tty)
    return column(answer(from: tty)).map { $0 == 2 } ?? true
  }

  /// What arrives up to `R`, within 100 ms.
  private static func answer(from tty: CInt) -> [UInt8] {
    var bytes: [UInt8] = []
    let deadline = SystemClock.monotonicNanoseconds + 100_000_000
    while bytes.count < 64, bytes.last != UInt8(ascii: "R") {
      let left = (deadline - SystemClock.monotonicNanoseconds) / 1_000_000
      guard left > 0 else { break }
      var poll = pollfd(fd: tty, events: Int16(POLLIN), revents: 0)
      guard unsafe Glibc.poll(&poll, 1, CInt(left)) > 0 else { break }
      var byte: UInt8 = 0
      guard unsafe read(tty, &byte, 1) == 1 else { break }
      bytes.append(byte)
    }
    return bytes
  }

  /// The column in `ESC [ row ; column R`; nil for anything else.
  static func column(_ report: [UInt8]) -> Int? {
    guard let start = report.lastIndex(of: 0x1B), report.last == UInt8(ascii: "R") else { return nil }
    let fields = report[start...].dropFirst(2).dropLast().split(separator: UInt8(ascii: ";"))
    return fields.count == 2 ? Int(String(decoding: fields[1], as: UTF8.self)) : nil
  }
}
