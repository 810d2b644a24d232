/// Turns the bytes that a terminal sends into keys, clicks and pastes: bytes and the time in, events out.
///
/// In place of ncurses' own reader, which waits for the rest of a sequence that never comes, and takes the pieces of one
/// that is split for keys. What can't be understood is passed over as a whole. Forms: ECMA-48 (CSI, SS3, strings), xterm's
/// control sequences (mouse 1000 and 1006, bracketed paste 2004), and what terminfo says of the terminal's keys.
struct InputDecoder: Sendable {
  /// What terminfo says of keys: what each sends.
  private let strings: [[UInt8]: TerminalKey]
  /// Milliseconds that an escape character may be alone without being the Esc key.
  private let escapeDelay: Int64

  /// Bytes that are not decoded yet.
  private var pending: [UInt8] = []
  /// What was pasted so far; nil: nothing is being pasted.
  private var pasted: Paste?
  /// When the last byte came, in milliseconds.
  private var lastAt: Int64 = 0
  /// When a lone escape character was taken for the Esc key.
  private var escapedAt: Int64?

  private struct Paste {
    var bytes: [UInt8] = []
    var isCut = false
  }

  /// A sequence, or a paste, that has begun is waited for so many milliseconds; over ssh its bytes may come apart.
  private static let patience: Int64 = 1000
  /// The same of a paste: what comes behind one that was given up would be keys.
  private static let pastePatience: Int64 = 5000
  /// The most bytes of a sequence; what has more is none.
  private static let sequenceLimit = 256
  /// The most bytes of a paste that are kept.
  static let pasteLimit = 4096

  /// Makes a decoder for a terminal whose keys send these strings.
  init(strings: [[UInt8]: TerminalKey] = [:], escapeDelay: Int64 = 50) {
    self.strings = strings
    self.escapeDelay = escapeDelay
  }

  /// When what has come so far is settled without more, in milliseconds; nil: nothing is open.
  var deadline: Int64? {
    if pasted != nil { return lastAt + Self.pastePatience }
    if pending.isEmpty { return nil }
    return lastAt + (pending == [0x1B] ? escapeDelay : Self.patience)
  }

  /// Takes bytes that came at a time in milliseconds.
  mutating func take(_ bytes: [UInt8], at now: Int64) -> [TerminalEvent] {
    // Of what has begun as something longer these bytes are the rest, however late: it may be we who were slow, and half a
    // paste, or half a click, is no keys. Only `settle` gives it up, when nothing has come.
    var events = pending == [0x1B] && pasted == nil ? settle(at: now) : []
    if isTail(bytes, at: now) {
      // Its beginning was taken for Esc: the rest of it is no keys, and no click.
      pending = [0x1B] + bytes
      let count = next()?.count ?? pending.count
      pending.removeFirst(count)
      escapedAt = nil
      lastAt = now
      return events + take([], at: now)
    }
    escapedAt = nil
    pending += bytes
    lastAt = now
    while let (event, count) = pasted == nil ? next() : nextOfPaste() {
      pending.removeFirst(count)
      if let event { events.append(event) }
    }
    return events
  }

  /// Whether these bytes are what belongs behind an escape character that came alone: nobody types so much at once.
  private func isTail(_ bytes: [UInt8], at now: Int64) -> Bool {
    guard let escapedAt, now - escapedAt < Self.patience, pending.isEmpty, pasted == nil, bytes.count > 1 else {
      return false
    }
    let second = bytes[1]
    switch bytes[0] {
    case UInt8(ascii: "["):
      return second == UInt8(ascii: "<") || (0x30...0x39).contains(second) || Self.final(second) != nil
    case UInt8(ascii: "O"): return Self.final(second) != nil
    case UInt8(ascii: "]"): return (0x30...0x39).contains(second)
    default: return false
    }
  }

  /// Settles what is open where its time is over: a lone escape is the Esc key, the beginning of a sequence is nothing.
  mutating func settle(at now: Int64) -> [TerminalEvent] {
    guard let deadline, deadline <= now else { return [] }
    if var paste = pasted {
      paste.isCut = true
      pasted = nil
      pending = []
      return [Self.event(paste)]
    }
    defer { pending = [] }
    guard pending == [0x1B] else { return [] }
    escapedAt = now
    return [.key(.escape)]
  }

  // MARK: One event

  /// An event, or none, and the bytes that it took; nil: more have to come.
  private typealias Step = (event: TerminalEvent?, count: Int)

  private mutating func next() -> Step? {
    guard let first = pending.first else { return nil }
    if let known = keyOfTerminfo() { return known.count > 0 ? known : nil }
    if first != 0x1B { return character(first) }
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case UInt8(ascii: "["): return controlSequence()
    case UInt8(ascii: "O"):
      guard pending.count > 2 else { return nil }
      return (Self.final(pending[2]).map { .key($0) }, 3)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
      return controlString()
    // Esc and a key, typed fast or with Alt.
    default: return (.key(.escape), 1)
    }
  }

  /// The key whose string terminfo says this is; with a count of 0: it may become one.
  private func keyOfTerminfo() -> Step? {
    var mayBecome = false
    for (text, key) in strings {
      if pending.starts(with: text) { return (.key(key), text.count) }
      // A lone escape is told by its time.
      if text.starts(with: pending), pending != [0x1B] { mayBecome = true }
    }
    return mayBecome ? (nil, 0) : nil
  }

  /// A character of UTF-8, or a control character.
  private func character(_ first: UInt8) -> Step? {
    if first < 0x80 { return (Keyboard.key(character: UInt32(first)).map { .key($0) }, 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    // A character that is cut by something else is passed over.
    if let other = pending.dropFirst().prefix(length - 1).firstIndex(where: { $0 & 0xC0 != 0x80 }) {
      return (nil, other)
    }
    guard pending.count >= length else { return nil }
    let scalars = String(decoding: pending.prefix(length), as: UTF8.self).unicodeScalars
    guard scalars.count == 1, let scalar = scalars.first, scalar != "\u{FFFD}" else { return (nil, length) }
    return (.key(.character(scalar)), length)
  }

  /// `ESC ] … BEL` and the like: what a terminal answers to questions that we did not ask, or too late.
  private func controlString() -> Step? {
    func event(_ end: Int) -> TerminalEvent? {
      let head = Array("\u{1B}]11;".utf8)
      guard pending.starts(with: head), end > head.count else { return nil }
      return TerminalAnswers.colour(pending[head.count..<end]).map { .background($0) }
    }
    if let end = pending.firstIndex(of: 0x07) { return (event(end), end + 1) }
    let rest = pending.dropFirst(2)
    if let end = rest.indices.first(where: { rest[$0] == 0x1B }) {
      guard end + 1 < pending.count else { return nil }
      let isWhole = pending[end + 1] == UInt8(ascii: "\\")
      return (isWhole ? event(end) : nil, isWhole ? end + 2 : end)
    }
    return pending.count > Self.pasteLimit ? (nil, pending.count) : nil
  }

  // MARK: CSI

  private mutating func controlSequence() -> Step? {
    guard pending.count > 2 else { return nil }
    // The Linux console's F1 to F5.
    if pending[2] == UInt8(ascii: "[") { return pending.count > 3 ? (nil, 4) : nil }
    if pending[2] == UInt8(ascii: "M") { return clickOfX10() }
    guard let end = pending.indices.dropFirst(2).first(where: { !(0x20...0x3F).contains(pending[$0]) }) else {
      return pending.count > Self.sequenceLimit ? (nil, pending.count) : nil
    }
    let final = pending[end]
    // Something else has begun in the middle of it.
    guard (0x40...0x7E).contains(final) else { return (nil, end) }
    let isMouse = pending[2] == UInt8(ascii: "<")
    let parameters = pending[(isMouse ? 3 : 2)..<end].split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false
    )
    .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    if isMouse { return (clickOfSGR(parameters, final), end + 1) }
    guard final == UInt8(ascii: "~") else {
      // `CSI row ; column R` is where the cursor is, and no F3; `CSI M` is no Enter.
      let isKey = final != UInt8(ascii: "R") && final != UInt8(ascii: "M")
      return (isKey ? Self.final(final).map { .key($0) } : nil, end + 1)
    }
    if parameters.first == 200 { pasted = Paste() }
    return (parameters.first.flatMap { Self.numbered[$0] }.map { .key($0) }, end + 1)
  }

  /// Keys by the letter that ends their sequence.
  private static func final(_ letter: UInt8) -> TerminalKey? {
    switch UnicodeScalar(letter) {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "H": .home
    case "F": .end
    case "Z": .backTab
    case "M": .enter
    case "P"..."S": .function(Int(letter) - 0x4F)
    default: nil
    }
  }

  /// Keys by the number before `~`.
  private static let numbered: [Int: TerminalKey] = {
    var keys: [Int: TerminalKey] = [1: .home, 7: .home, 4: .end, 8: .end, 5: .pageUp, 6: .pageDown]
    let functions = [11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24]
    for (place, number) in functions.enumerated() { keys[number] = .function(place + 1) }
    return keys
  }()

  // MARK: Mouse

  private func clickOfX10() -> Step? {
    guard pending.count >= 6 else { return nil }
    let (button, x, y) = (Int(pending[3]) - 32, Int(pending[4]) - 33, Int(pending[5]) - 33)
    return (Self.event(button, x, y), 6)
  }

  private func clickOfSGR(_ parameters: [Int], _ final: UInt8) -> TerminalEvent? {
    guard parameters.count == 3, final == UInt8(ascii: "M") else { return nil }
    return Self.event(parameters[0], parameters[1] &- 1, parameters[2] &- 1)
  }

  /// Shift, Alt and Ctrl (4, 8, 16) change nothing; motion (32) and other buttons are nothing.
  private static func event(_ button: Int, _ x: Int, _ y: Int) -> TerminalEvent? {
    guard (0...Int(UInt16.max)).contains(x), (0...Int(UInt16.max)).contains(y) else { return nil }
    return switch button & ~28 {
    case 0: .click(x: x, y: y, isDouble: false)
    case 64: .wheel(-3, x: x, y: y)
    case 65: .wheel(3, x: x, y: y)
    default: nil
    }
  }

  // MARK: Paste

  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  /// Takes what is pasted up to its end; the last bytes may be the beginning of the end.
  private mutating func nextOfPaste() -> Step? {
    guard var paste = pasted else { return nil }
    let end = pending.firstRange(of: Self.pasteEnd)
    var count = end?.lowerBound ?? pending.count
    if end == nil {
      let open = (1..<Self.pasteEnd.count).last { pending.suffix($0).elementsEqual(Self.pasteEnd.prefix($0)) }
      count -= open ?? 0
    }
    let room = Self.pasteLimit - paste.bytes.count
    if count > room { paste.isCut = true }
    paste.bytes += pending.prefix(min(count, room))
    guard let end else {
      pasted = paste
      return count > 0 ? (nil, count) : nil
    }
    pasted = nil
    return (Self.event(paste), end.upperBound)
  }

  private static func event(_ paste: Paste) -> TerminalEvent {
    .paste(String(decoding: paste.bytes, as: UTF8.self), isCut: paste.isCut)
  }
}
