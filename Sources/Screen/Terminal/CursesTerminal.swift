internal import CLinux
internal import CNCurses
public import Canvas
internal import Glibc
internal import Labels
internal import LinuxSystem
internal import SystemPackage

/// The terminal, by ncurses: shows a canvas, gives back keys, and is always left as it was found.
///
/// For the main thread only; there can be one at a time.
@safe public final class CursesTerminal {
  /// How the terminal is to be used.
  public struct Options: Sendable {
    /// `auto`: as the locale and the terminal can.
    public var glyphs: GlyphChoice
    /// `auto`: as many as the terminal has.
    public var color: ColorChoice
    /// Whether clicks and the wheel come as events.
    public var mouse: Bool
    /// Turns the roles of cells into colours; `auto`: as suits the terminal's ground.
    public var theme: ThemeChoice

    /// Makes options; as they are, whatever the terminal can.
    public init(
      glyphs: GlyphChoice = .auto, color: ColorChoice = .auto, mouse: Bool = true, theme: ThemeChoice = .auto
    ) {
      self.glyphs = glyphs
      self.color = color
      self.mouse = mouse
      self.theme = theme
    }
  }

  /// The descriptor that keys come from: wait until it can be read, then call `readKeys`.
  public let inputDescriptor: CInt
  /// The characters to draw with.
  public internal(set) var glyphs: GlyphSet
  /// Whether every character can be written; where not, what is no ASCII has to be spelt.
  public let writesUnicode: Bool
  /// The depth that is used: as deep as the terminal can, `mono` where no colours are wanted.
  public var colors: ColorDepth { palette.colors }
  /// The theme that cells are drawn in.
  public internal(set) var theme: Theme
  /// The one that suits the terminal, as far as that was found out.
  public let suitedTheme: Theme
  /// Whether the terminal was asked what its ground is, and has not said it yet.
  var isGroundUnknown: Bool
  /// Whether it was asked at all.
  var isGroundAsked: Bool
  /// What kind of terminal it is, by its own word, and how it writes lines.
  let kind: String
  let lines: TerminalLines
  /// Whether ncurses knows it with 24 bits a colour.
  let isTrue: Bool

  private let tty: OwnedDescriptor
  private var saved = termios()
  private let screen: OpaquePointer
  var palette: Palette
  private var shown: CellCanvas?
  private var shownCursor: Point?
  private(set) var isOpen = true
  private var standardError: StandardErrorCapture?
  private var lastClick: (x: Int, y: Int, at: Int64)?
  private var decoder: InputDecoder
  /// What was typed while the terminal was asked.
  private var typedAhead: [UInt8]
  /// The answer that it still owes; nil: none.
  var debt: TerminalDebt?

  /// Takes the terminal over.
  ///
  /// Throws `TerminalError` where there is none, or it is too simple, or its kind is not known here.
  public init(options: Options) throws(TerminalError) {
    let environment = Standard.environment
    tty = try CursesTerminal.openTTY()
    kind = environment["TERM"] ?? ""
    let described = try CursesTerminal.kind(of: kind)
    inputDescriptor = tty.rawValue
    guard unsafe tcgetattr(tty.rawValue, &saved) == 0 else {
      throw TerminalError(Say.TerminalTrouble.modeUnreadable("\(Errno.current)"))
    }
    let isUTF8 = CursesTerminal.setLocale(environment, insists: options.glyphs == .unicode)
    let query = TerminalQuery(
      asksWidth: isUTF8 && options.glyphs == .auto,
      asksBackground: options.theme == .auto && options.color != .never, kind: kind)
    let answers = query.ask(tty.rawValue, saved)
    debt = query.isAsked && answers.column == nil ? TerminalDebt() : nil
    typedAhead = answers.typed
    // They override the terminal's true size, and every change of it.
    unsafe unsetenv("LINES")
    unsafe unsetenv("COLUMNS")
    let wantsTrue = options.color != .never && ColorDepth.isTrue(environment)
    let started = unsafe try CursesTerminal.start(described, tty.rawValue, isTrue: wantsTrue)
    unsafe screen = started.screen
    unsafe isTrue = started.isTrue
    // A terminal that takes the three bytes of a box line for three characters writes no UTF-8, whatever the locale says.
    writesUnicode = isUTF8 && answers.column.map { $0 < 4 } ?? true
    lines = TerminalLines(isUTF8: isUTF8, isNarrow: answers.column.map { $0 == 2 } ?? true)
    glyphs = lines.glyphs(options.glyphs)
    isGroundUnknown = answers.background == nil && options.theme == .auto
    isGroundAsked = query.asksBackground
    suitedTheme = ThemeChoice.auto.theme(on: Background(answer: answers.background, environment: environment))
    theme = if case .fixed(let wanted) = options.theme { wanted } else { suitedTheme }
    palette = Palette(theme, colors: CursesTerminal.depth(options.color, isTrue: isTrue))
    nt_prepare(options.mouse ? 1 : 0)
    decoder = InputDecoder(strings: Keyboard.strings(), escapeDelay: CursesTerminal.escapeDelay(environment))
    standardError = StandardErrorCapture()
    unsafe nt_crash_guard_install(
      tty.rawValue, &saved, standardError?.original ?? 2, standardError?.captured ?? -1)
    write(CursesTerminal.pastesApart)
  }

  /// Milliseconds, of `ESCDELAY` as ncurses(3X) has it: how long an escape character may be alone without being Esc.
  private static func escapeDelay(_ environment: [String: String]) -> Int64 {
    environment["ESCDELAY"].flatMap { Int64($0) }.map { min(max($0, 1), 5000) } ?? 50
  }

  /// xterm's bracketed paste: what is pasted comes between two sequences, and is not taken for keys.
  private static let (pastesApart, pastesAsTyped) = ("\u{1B}[?2004h", "\u{1B}[?2004l")

  deinit { close() }

  // MARK: The screen

  /// Columns and rows; a line that reports none counts as 80x24.
  public var size: Size {
    var size = winsize()
    guard unsafe ioctl(tty.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return Size(width: 80, height: 24)
    }
    return Size(
      width: min(Int(size.ws_col), CursesTerminal.limit.width),
      height: min(Int(size.ws_row), CursesTerminal.limit.height))
  }

  /// The largest picture: a line may report 65,535 columns and rows, and four thousand million cells are no picture.
  private static let limit = Size(width: 1024, height: 512)

  /// Shows a canvas with the cursor at a place; writes nothing where nothing changed.
  public func show(_ canvas: CellCanvas, cursor: Point?) {
    guard isOpen, canvas != shown || cursor != shownCursor else { return }
    var row = [nt_cell](repeating: nt_cell(), count: canvas.size.width)
    for y in 0..<canvas.size.height {
      if let shown, shown.size == canvas.size, isSameRow(shown, canvas, y) { continue }
      for x in 0..<canvas.size.width { row[x] = cell(canvas[x, y]) }
      unsafe nt_row(CInt(y), row, CInt(row.count))
    }
    shown = canvas
    shownCursor = cursor
    // Synchronized output: terminals that know it show the frame at once, the others ignore it.
    write("\u{1B}[?2026h")
    nt_refresh(CInt(cursor?.y ?? 0), CInt(cursor?.x ?? 0), 0)
    write("\u{1B}[?2026l")
  }

  private func isSameRow(_ a: CellCanvas, _ b: CellCanvas, _ y: Int) -> Bool {
    let range = (y * b.size.width)..<((y + 1) * b.size.width)
    return a.cells[range] == b.cells[range]
  }

  private func cell(_ cell: Cell) -> nt_cell {
    var out = nt_cell()
    let entry = palette[cell.role]
    out.pair = entry.pair
    out.attributes = entry.emphasis.union(cell.emphasis).rawValue
    if cell.width == 0 { return out }
    // A character that libc measures otherwise would shift the rest of the row.
    let agrees = nt_wcwidth(cell.scalar.value) == Int32(cell.width)
    // In a locale without wide characters there is no wide question mark either: ncurses would draw a blank.
    out.characters.0 = agrees ? cell.scalar.value : cell.width == 2 && writesUnicode ? 0xFF1F : 0x3F
    if agrees {
      out.characters.1 = cell.mark1.value
      out.characters.2 = cell.mark2.value
    }
    return out
  }

  /// The theme for a ground that the terminal tells late; nil where it was known, or a theme was asked for.
  public func theme(on ground: RGB) -> Theme? {
    isGroundUnknown ? ThemeChoice.auto.theme(on: Background(answer: ground, environment: [:])) : nil
  }

  /// Draws in another theme from the next `show` on.
  public func use(_ theme: Theme) {
    guard isOpen, theme != self.theme else { return }
    self.theme = theme
    palette = Palette(theme, colors: palette.colors)
    redraw()
  }

  /// Draws everything afresh with the next `show`.
  public func redraw() {
    nt_clear_on_refresh()
    shown = nil
  }

  /// Takes the terminal's new size over.
  public func resize() {
    let size = size
    _ = nt_resize(CInt(size.height), CInt(size.width))
    shown = nil
  }

  /// Puts a text into the terminal's clipboard (OSC 52), where the terminal allows it.
  public func copyToClipboard(_ text: String) {
    write("\u{1B}]52;c;\(Base64.text(Array(text.utf8)))\u{07}")
  }

  // A terminal that takes nothing any more is heard of by its keys (`hasHungUp`).
  func write(_ text: String) { try? Standard.write(Array(text.utf8), to: tty.rawValue) }

  // MARK: Keys

  /// What has been typed since the last call, but for what waits for the rest of its bytes: call again at `keyDeadline`.
  ///
  /// Reads no more than 4 KiB at a time, and never waits.
  public func readKeys() -> [TerminalEvent] {
    guard isOpen else { return [] }
    let now = SystemClock.monotonicNanoseconds / 1_000_000
    if !typedAhead.isEmpty {
      defer { typedAhead = [] }
      return decoder.take(typedAhead, at: now).map(counted)
    }
    var poll = pollfd(fd: tty.rawValue, events: Int16(POLLIN), revents: 0)
    guard unsafe Glibc.poll(&poll, 1, 0) > 0 else { return decoder.settle(at: now) }
    if poll.revents & Int16(POLLIN) == 0 { return [.closed] }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(tty.rawValue, &bytes, bytes.count)
    if count < 0, Errno.current == .interrupted || Errno.current == .wouldBlock { return [] }
    guard count > 0 else { return [.closed] }
    debt = debt?.after(bytes[..<count])
    return decoder.take(Array(bytes[..<count]), at: now).map(counted)
  }

  /// Milliseconds until what was typed last is settled by itself (a lone escape is the Esc key then); nil: nothing is
  /// open.
  public var keyDeadline: Int64? {
    decoder.deadline.map { max(1, $0 - SystemClock.monotonicNanoseconds / 1_000_000) }
  }

  /// Of two clicks on one cell the second is a double one.
  private func counted(_ event: TerminalEvent) -> TerminalEvent {
    guard case .click(let x, let y, _) = event else { return event }
    let now = SystemClock.monotonicNanoseconds
    let isDouble = lastClick.map { $0.x == x && $0.y == y && now - $0.at < 400_000_000 } ?? false
    lastClick = isDouble ? nil : (x, y, now)
    return .click(x: x, y: y, isDouble: isDouble)
  }

  // MARK: Leaving

  /// Gives the terminal to the shell until the program is continued (Ctrl-Z, fg).
  public func suspend() { lend { raise(SIGSTOP) } }

  /// Gives the terminal to somebody else as long as `body` takes.
  public func lend(_ body: () -> Void) {
    guard isOpen else { return }
    write(CursesTerminal.pastesAsTyped)
    endwin()
    standardError?.release()
    body()
    standardError?.capture()
    write(CursesTerminal.pastesApart)
    shown = nil
    nt_clear_on_refresh()
  }

  /// Gives the terminal back as it was; the second call does nothing.
  public func close(keepingScreen: Bool = false) {
    guard isOpen else { return }
    isOpen = false
    nt_crash_guard_remove()
    let last = keepingScreen ? shown : nil
    write(CursesTerminal.pastesAsTyped)
    // While nothing is echoed: whoever reads the terminal next did not ask.
    debt?.collect(from: tty.rawValue)
    endwin()
    unsafe tcsetattr(tty.rawValue, TCSADRAIN, &saved)
    standardError?.replay()
    if let last {
      let rows = last.ansi(theme, colors: palette.colors)
      write(rows.joined(separator: "\r\n") + "\r\n")
    }
  }
}
