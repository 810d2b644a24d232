import Canvas
import Testing

@testable import Terminal

/// What terminals send: xterm's control sequences (ctlseqs), ECMA-48, and terminfo's strings; whole, in pieces, cut off.
@Suite struct InputTests {
  private typealias Event = TerminalEvent

  /// The strings of `infocmp -1 tmux-256color`.
  private static let strings: [[UInt8]: TerminalKey] = [
    Array("\u{1B}OA".utf8): .up, Array("\u{1B}OB".utf8): .down, Array("\u{1B}[1~".utf8): .home,
    Array("\u{1B}[[A".utf8): .function(1), Array("\u{1B}[Z".utf8): .backTab, [0x7F]: .backspace,
  ]

  private static let whole: [(String, [Event])] = [
    ("q", [.key(.character("q"))]), ("\u{3}", [.key(.control("c"))]), ("\r", [.key(.enter)]),
    ("\u{7F}", [.key(.backspace)]),
    ("网络", [.key(.character("网")), .key(.character("络"))]),
    ("\u{1B}[A\u{1B}OA\u{1B}[1;5A", [.key(.up), .key(.up), .key(.up)]),
    ("\u{1B}[H\u{1B}[1~\u{1B}OH\u{1B}[7~", [.key(.home), .key(.home), .key(.home), .key(.home)]),
    ("\u{1B}[5~\u{1B}[6~", [.key(.pageUp), .key(.pageDown)]),
    (
      "\u{1B}OP\u{1B}[11~\u{1B}[[A\u{1B}[21~",
      [.key(.function(1)), .key(.function(1)), .key(.function(1)), .key(.function(10))]
    ),
    ("\u{1B}[Z", [.key(.backTab)]),
    ("\u{1B}[<0;12;7M\u{1B}[<0;12;7m", [.click(x: 11, y: 6, isDouble: false)]),
    ("\u{1B}[<64;1;1M\u{1B}[<65;200;300M", [.wheel(-3, x: 0, y: 0), .wheel(3, x: 199, y: 299)]),
    ("\u{1B}[M !!\u{1B}[M`!\"", [.click(x: 0, y: 0, isDouble: false), .wheel(-3, x: 0, y: 1)]),
    ("\u{1B}[200~qM\u{1B}[A\n\u{1B}[201~p", [.paste("qM\u{1B}[A\n", isCut: false), .key(.character("p"))]),
    // What was not asked for: focus, a report of the cursor, colours, the name of the terminal.
    ("\u{1B}[I\u{1B}[O\u{1B}[12;40R\u{1B}]11;rgb:0/0/0\u{7}\u{1B}P1$r0m\u{1B}\\x", [.key(.character("x"))]),
    // Esc and a key, as with Alt.
    ("\u{1B}w", [.key(.escape), .key(.character("w"))]),
    ("\u{1B}\u{1B}[B", [.key(.escape), .key(.down)]),
    // Numbers beyond all measure.
    (
      "\u{1B}[<0;99999999999999999999;1M\u{1B}[<0;-9223372036854775808;1M\u{1B}[99999999999999999999~x",
      [.key(.character("x"))]
    ),
  ]

  /// All but what the terminal tells of itself.
  private func keys(_ events: [Event]) -> [Event] {
    events.filter { if case .background = $0 { false } else { true } }
  }

  @Test func everySequenceIsWhatItIs() {
    for (text, wanted) in Self.whole {
      var decoder = InputDecoder(strings: Self.strings)
      #expect(keys(decoder.take(Array(text.utf8), at: 0)) == wanted, "\(text.debugDescription)")
      #expect(decoder.deadline == nil, "\(text.debugDescription)")
    }
  }

  /// 30 ms between any two bytes, as over ssh: nothing else comes of it.
  @Test func splitSequencesAreTheSame() {
    for (text, wanted) in Self.whole where !text.hasPrefix("\u{1B}\u{1B}") {
      var decoder = InputDecoder(strings: Self.strings)
      var events: [Event] = []
      for (number, byte) in text.utf8.enumerated() { events += decoder.take([byte], at: Int64(number) * 30) }
      #expect(keys(events) == wanted, "\(text.debugDescription)")
    }
  }

  /// Cut off at any byte: no key comes of the beginning, and the next key is that key again.
  @Test func cutSequencesAreNothing() {
    for text in ["\u{1B}[<64;12;7M", "\u{1B}[M !!", "\u{1B}[1;5A", "\u{1B}]11;rgb:0/0/0\u{7}", "网", "\u{1B}[200~abc"] {
      let bytes = Array(text.utf8)
      for length in 1..<bytes.count {
        var decoder = InputDecoder(strings: Self.strings)
        #expect(decoder.take(Array(bytes[..<length]), at: 0).isEmpty)
        let settled = decoder.settle(at: decoder.deadline ?? 0)
        if length == 1, bytes[0] == 0x1B {
          #expect(settled == [.key(.escape)])
        } else if text.contains("200~"), length > 5 {
          #expect(settled == [.paste(String(text.dropFirst(6).prefix(length - 6)), isCut: true)])
        } else {
          #expect(settled.isEmpty, "\(text.debugDescription) cut at \(length)")
        }
        #expect(decoder.take([0x71], at: 10_000) == [.key(.character("q"))])
      }
    }
  }

  @Test func aLoneEscapeIsTheEscKeyInTime() {
    var decoder = InputDecoder(escapeDelay: 50)
    #expect(decoder.take([0x1B], at: 100).isEmpty && decoder.deadline == 150)
    #expect(decoder.settle(at: 149).isEmpty)
    #expect(decoder.settle(at: 150) == [.key(.escape)])
    // What came too late is not its end, and no keys either.
    #expect(decoder.take([0x1B], at: 200).isEmpty)
    #expect(decoder.take(Array("[A".utf8), at: 300) == [.key(.escape)])
  }

  /// The program was busy for a while: what waited meanwhile is still the rest of what had begun.
  /// Over a slow line the escape character comes alone, and its sequence a moment later: that is no typing.
  @Test(arguments: ["[<0;90;20M", "OB", "[B", "[2;2R", "]11;rgb:ffff/ffff/ffff\u{1B}\\", "[5~"])
  func theTailOfASplitSequenceIsNoKeys(tail: String) {
    var decoder = InputDecoder(escapeDelay: 50)
    #expect(decoder.take([0x1B], at: 0).isEmpty)
    #expect(decoder.settle(at: 60) == [.key(.escape)])
    #expect(decoder.take(Array(tail.utf8), at: 110).isEmpty, "\(tail)")
    #expect(decoder.take(Array("q".utf8), at: 120) == [.key(.character("q"))])
  }

  @Test func whatIsTypedBehindEscIsTyped() {
    for text in ["[", "O", "qM", "[x"] {
      var decoder = InputDecoder(escapeDelay: 50)
      _ = decoder.take([0x1B], at: 0)
      _ = decoder.settle(at: 60)
      #expect(decoder.take(Array(text.utf8), at: 300) == text.unicodeScalars.map { .key(.character($0)) })
    }
  }

  @Test func aLateAnswerTellsTheGround() {
    var decoder = InputDecoder()
    #expect(
      decoder.take(Array("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}j".utf8), at: 0)
        == [.background(RGB(255, 255, 255)), .key(.character("j"))])
    #expect(decoder.take(Array("\u{1B}]11;?\u{1B}\\\u{1B}]52;c;x\u{7}".utf8), at: 0).isEmpty)
  }

  @Test func whatIsReadLateIsNoKeys() {
    var decoder = InputDecoder(strings: Self.strings)
    #expect(decoder.take(Array("\u{1B}[200~qM".utf8), at: 0).isEmpty)
    #expect(decoder.take(Array("Qp\u{1B}[201~".utf8), at: 60_000) == [.paste("qMQp", isCut: false)])
    #expect(decoder.take(Array("\u{1B}[<64;12".utf8), at: 70_000).isEmpty)
    #expect(decoder.take(Array(";7M".utf8), at: 130_000) == [.wheel(-3, x: 11, y: 6)])
  }

  @Test func aPasteHasABound() {
    var decoder = InputDecoder()
    let flood = "\u{1B}[200~" + String(repeating: "q", count: 60_000) + "\u{1B}[201~"
    var events: [Event] = []
    let bytes = Array(flood.utf8)
    for start in stride(from: 0, to: bytes.count, by: 4096) {
      events += decoder.take(Array(bytes[start..<min(start + 4096, bytes.count)]), at: 1)
    }
    #expect(events == [.paste(String(repeating: "q", count: InputDecoder.pasteLimit), isCut: true)])
    #expect(decoder.deadline == nil)
  }

  /// Random bytes, seeded: nothing traps, nothing is kept for ever.
  @Test func anyBytesDoNoHarm() {
    var random = SystemRandom(state: 20_261_129)
    for _ in 0..<300 {
      var decoder = InputDecoder(strings: Self.strings)
      for step in 0..<40 {
        let bytes = (0..<Int(random.next() % 30)).map { _ in
          random.next() % 3 == 0 ? UInt8(0x1B) : UInt8(truncatingIfNeeded: random.next())
        }
        _ = decoder.take(bytes, at: Int64(step))
      }
      if let deadline = decoder.deadline { _ = decoder.settle(at: deadline) }
      #expect(decoder.deadline == nil)
    }
  }

  /// xorshift64 (Marsaglia, 2003).
  private struct SystemRandom {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }
}
