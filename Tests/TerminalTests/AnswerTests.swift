import Canvas
import Testing

@testable import Terminal

/// What a terminal answers to a question about its ground (xterm's OSC 11) and its cursor (ECMA-48's DSR), and what else
/// comes meanwhile.
@Suite struct AnswerTests {
  private func answers(_ text: String) -> TerminalAnswers { TerminalAnswers(Array(text.utf8)) }

  @Test(arguments: [
    // xterm, VTE, kitty, foot; iTerm2 with BEL; two digits; one with opacity; a web colour.
    ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", RGB(255, 255, 255)), ("\u{1B}]11;rgb:0000/2b2b/3636\u{7}", RGB(0, 43, 54)),
    ("\u{1B}]11;rgb:1c/1C/1c\u{7}", RGB(28, 28, 28)), ("\u{1B}]11;rgb:f/0/8\u{7}", RGB(255, 0, 136)),
    ("\u{1B}]11;rgba:fdfd/f6f6/e3e3/8000\u{1B}\\", RGB(253, 246, 227)), ("\u{1B}]11;#fdf6e3\u{7}", RGB(253, 246, 227)),
    ("\u{1B}]11;rgb:fff/000/7ff\u{7}", RGB(255, 0, 127)),
  ]) func everyFormOfAColourIsRead(text: String, colour: RGB) {
    let found = answers(text + "\u{1B}[1;2R")
    #expect(found.background == colour && found.column == 2 && found.typed.isEmpty)
  }

  @Test(arguments: [
    "rgb:", "rgb:1/2", "rgb:1/2/3/4", "rgb:12345/1/1", "rgb:-1/1/1", "rgb:1/1/", "rgb:+f/1/1", "rgb:g/0/0", "#12345",
    "#1234567", "?", "", "white", "rgb:１/1/1", "rgb:1/1/1 ",
  ]) func whatIsNoColourIsNone(text: String) {
    let found = answers("\u{1B}]11;\(text)\u{7}\u{1B}[1;2R")
    #expect(found.background == nil && found.column == 2 && found.typed.isEmpty, "it is no key, either")
  }

  @Test func keysThatAreTypedMeanwhileAreKept() {
    let found = answers("q/\u{1B}]11;rgb:0/0/0\u{7}网\u{1B}[A\u{1B}[24;3Rj\u{1B}")
    #expect(found.background == RGB(0, 0, 0) && found.column == 3)
    #expect(String(decoding: found.typed, as: UTF8.self) == "q/网\u{1B}[Aj\u{1B}")
  }

  @Test func anAnswerThatIsCutIsNoKey() {
    // The rest comes later, and is decoded with the keys: nothing of it may be one.
    for (first, rest) in [
      ("\u{1B}]11;rgb:ffff/ff", "ff/ffff\u{1B}\\x"), ("\u{1B}]11;rgb:0/0/0\u{1B}", "\\x"), ("\u{1B}[12", ";40Rx"),
      ("\u{1B}]1", "1;rgb:0/0/0\u{7}x"), ("", "\u{1B}]11;rgb:0/0/0\u{1B}\\\u{1B}[1;2Rx"),
    ] {
      let found = answers(first)
      #expect(found.background == nil && found.column == nil)
      var decoder = InputDecoder()
      var events = decoder.take(found.typed, at: 0)
      events += decoder.take(Array(rest.utf8), at: 500)
      // A whole answer tells the ground, however late.
      events.removeAll { if case .background = $0 { true } else { false } }
      #expect(events == [.key(.character("x"))], "\(first.debugDescription)")
    }
  }

  @Test func hostileAnswersHaveBounds() {
    let long = "\u{1B}]11;rgb:" + String(repeating: "f", count: 5000) + "/0/0\u{7}"
    #expect(answers(long).background == nil)
    #expect(answers("\u{1B}[" + String(repeating: "9", count: 5000) + ";2R").column == nil)
    #expect(answers("\u{1B}[1;99999999999999999999R").column == nil)
    #expect(answers("\u{1B}[1;2;3R").column == nil && answers("\u{1B}[R").column == nil)
    // Whatever comes: what is no answer is given on, byte for byte.
    var random = SystemRandomNumberGenerator()
    let pieces: [[UInt8]] = [
      [0x1B], Array("]11;".utf8), Array("rgb:".utf8), [0x07], Array("\\".utf8), Array("[1;2".utf8), Array("R".utf8),
      [0xFF], [0xE2, 0x94], Array("f/f/f".utf8),
    ]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).flatMap { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }
      let found = TerminalAnswers(bytes)
      #expect(found.typed.count <= bytes.count)
      if found.background == nil, found.column == nil { #expect(found.typed.count + 64 >= bytes.count - 8) }
    }
  }

  @Test func itIsOneQuestionAndOnlyOfWhatIsWanted() {
    let both = TerminalQuery(asksWidth: true, asksBackground: true, kind: "xterm")
    #expect(both.text == "\u{1B}]11;?\u{1B}\\\r─\u{1B}[6n\r\u{1B}[K")
    #expect(!TerminalQuery(asksWidth: false, asksBackground: true, kind: "tmux-256color").text.contains("─"))
    // What a console does not know it prints.
    for kind in ["linux", "vt100", "vt220", "eterm-color"] {
      #expect(!TerminalQuery(asksWidth: true, asksBackground: true, kind: kind).asksBackground)
    }
  }
}
