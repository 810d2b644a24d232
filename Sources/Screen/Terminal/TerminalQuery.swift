internal import CLinux
internal import Canvas
internal import Glibc
internal import LinuxSystem

/// Asks the terminal what no description tells: the colour of its ground, and how wide it draws box lines (they are of
/// ambiguous width, UAX #11, and terminals that are set up for Chinese or Japanese may draw them two cells wide).
///
/// All of it is one question. The report of the cursor is the last of it, and terminals answer in order: with that report
/// everything has been said, so that one that knows no OSC 11 costs no time.
struct TerminalQuery {
  /// Whether a box line is printed, and its width asked for.
  var asksWidth: Bool
  /// Whether the ground's colour is asked for.
  var asksBackground: Bool

  /// Makes the questions that a kind of terminal can be asked.
  ///
  /// The Linux console and DEC's terminals print what they do not know; their ground is not asked for.
  init(asksWidth: Bool, asksBackground: Bool, kind: String) {
    self.asksWidth = asksWidth
    self.asksBackground = asksBackground && !["linux", "vt", "eterm", "cons25"].contains { kind.hasPrefix($0) }
  }

  /// Whether anything is.
  var isAsked: Bool { asksWidth || asksBackground }

  /// What is written: the line is wiped afterwards.
  var text: String {
    (asksBackground ? "\u{1B}]11;?\u{1B}\\" : "") + "\r" + (asksWidth ? "─" : "") + "\u{1B}[6n\r\u{1B}[K"
  }

  /// Writes the question and reads until all of it is answered, or for 100 ms.
  func ask(_ tty: CInt, _ saved: termios) -> TerminalAnswers {
    guard isAsked else { return TerminalAnswers([]) }
    var mode = saved
    mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
    unsafe withUnsafeMutableBytes(of: &mode.c_cc) { codes in
      unsafe codes[Int(VMIN)] = 0
      unsafe codes[Int(VTIME)] = 0
    }
    guard unsafe tcsetattr(tty, TCSANOW, &mode) == 0 else { return TerminalAnswers([]) }
    defer {
      var back = saved
      unsafe tcsetattr(tty, TCSANOW, &back)
    }
    // What can't be written gets no answer.
    try? Standard.write(Array(text.utf8), to: tty)
    return Self.answers(from: tty, milliseconds: 100)
  }

  /// The most bytes that are read: whoever sends more is not answering.
  private static let limit = 4096

  /// What comes until all is answered, or for so long.
  fileprivate static func answers(from tty: CInt, milliseconds: Int64) -> TerminalAnswers {
    var bytes: [UInt8] = []
    var answers = TerminalAnswers([])
    let deadline = SystemClock.monotonicNanoseconds + milliseconds * 1_000_000
    while bytes.count < limit, answers.column == nil {
      let left = (deadline - SystemClock.monotonicNanoseconds) / 1_000_000
      guard left > 0 else { break }
      var poll = pollfd(fd: tty, events: Int16(POLLIN), revents: 0)
      guard unsafe Glibc.poll(&poll, 1, CInt(left)) > 0 else { break }
      var chunk = [UInt8](repeating: 0, count: 256)
      let count = unsafe read(tty, &chunk, chunk.count)
      guard count > 0 else { break }
      bytes += chunk[..<count]
      answers = TerminalAnswers(bytes)
    }
    return answers
  }
}

/// An answer that did not come in time: behind a slow line it comes late, and whoever reads the terminal then, a shell that
/// did not ask, would take it for what is typed.
struct TerminalDebt {
  private let askedAt = SystemClock.monotonicNanoseconds

  /// So long an answer may be under way; what has not come by then will not come.
  private static let nanoseconds: Int64 = 3_000_000_000
  /// So long it is waited for at the end.
  private static let patience: Int64 = 150

  /// What is still owed after more bytes have come: nothing, where the last answer is among them.
  func after(_ bytes: ArraySlice<UInt8>) -> TerminalDebt? {
    TerminalAnswers(Array(bytes)).column == nil && isOpen ? self : nil
  }

  private var isOpen: Bool { SystemClock.monotonicNanoseconds - askedAt < Self.nanoseconds }

  /// Reads the answer and forgets it, if it comes soon; the terminal must not be in a mode that echoes or waits for lines.
  func collect(from tty: CInt) {
    if isOpen { _ = TerminalQuery.answers(from: tty, milliseconds: Self.patience) }
  }
}
