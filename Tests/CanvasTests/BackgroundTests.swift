import Canvas
import Testing

@Suite struct BackgroundTests {
  @Test(
    arguments: [
      ("15;0", .dark), ("0;15", .light), ("0;default;15", .light), ("12;8", .dark), ("7;0", .dark), ("0;7", .light),
      ("15;default;0", .dark), ("0;11", .light), ("default;default", nil), ("0", nil), ("", nil), ("0;16", nil),
      ("0;-1", nil), ("0;+7", nil), ("0; 7", nil), ("1;2;3;4", nil), ("0;007", nil), ("0;", nil),
      ("0;99999999999999999999", nil), ("\u{1B}[2J;15", .light),
    ] as [(String, Background?)]) func colorfgbgIsReadOrSaysNothing(text: String, ground: Background?)
  {
    #expect(Background(colorfgbg: text) == ground)
  }

  /// Grounds of schemes that many use: Solarized, Gruvbox, Dracula, Nord, GitHub, xterm's own.
  @Test(arguments: [
    (RGB(0xFD, 0xF6, 0xE3), Background.light), (RGB(0x00, 0x2B, 0x36), .dark), (RGB(0xFB, 0xF1, 0xC7), .light),
    (RGB(0x28, 0x28, 0x28), .dark), (RGB(0x28, 0x2A, 0x36), .dark), (RGB(0x2E, 0x34, 0x40), .dark),
    (RGB(255, 255, 255), .light), (RGB(0, 0, 0), .dark), (RGB(0xF5, 0xF5, 0xF5), .light), (RGB(0, 0, 0xEE), .dark),
  ]) func aGroundIsDarkOrLight(color: RGB, ground: Background) {
    #expect(Background(color) == ground)
  }

  @Test func theAnswerComesBeforeTheEnvironment() {
    let light = ["COLORFGBG": "0;15"]
    #expect(Background(answer: RGB(0, 0, 0), environment: light) == .dark)
    #expect(Background(answer: nil, environment: light) == .light)
    #expect(Background(answer: nil, environment: [:]) == nil)
  }

  @Test func autoSuitsTheGroundAndANameIsKept() {
    #expect(ThemeChoice.auto.theme(on: .light) == .light && ThemeChoice.auto.theme(on: .dark) == .dark)
    let either = ThemeChoice.auto.theme(on: nil)
    #expect(either.name == "auto" && !Theme.all.contains(either))
    for name in ThemeChoice.names.dropFirst() {
      #expect(ThemeChoice(name)?.theme(on: .light).name == name)
    }
    #expect(ThemeChoice("auto") == .auto && ThemeChoice("Auto") == nil && ThemeChoice("") == nil)
  }

  @Test(arguments: [
    (["COLORTERM": "truecolor", "TERM": "xterm-256color"], true), (["COLORTERM": "24bit", "TERM": "xterm"], true),
    (["COLORTERM": "truecolor", "TERM": "tmux-256color"], true), (["COLORTERM": "1", "TERM": "xterm-256color"], false),
    (["TERM": "xterm-256color"], false), (["COLORTERM": "truecolor", "TERM": "linux"], false),
    (["COLORTERM": "truecolor", "TERM": "screen-256color"], false),
    (["COLORTERM": "truecolor", "TERM": "screen-256color", "TMUX": "/tmp/x,1,0"], true),
    (["COLORTERM": "truecolor", "TERM": "vt220"], false),
  ]) func colortermIsHeededWhereItCanBeTrue(environment: [String: String], isTrue: Bool) {
    #expect(ColorDepth.isTrue(environment) == isTrue)
  }

  @Test(arguments: [
    ([:], GlyphSet.unicode), (["LANG": "de_DE.UTF-8"], .unicode), (["LANG": "xx_YY.utf8"], .unicode),
    (["LC_ALL": "C", "LANG": "de_DE.UTF-8"], .ascii), (["LC_CTYPE": "C.UTF-8", "LANG": "C"], .unicode),
    (["LC_ALL": "", "LANG": "POSIX"], .ascii), (["LANG": "ru_RU.KOI8-R"], .ascii), (["LANG": ""], .unicode),
  ]) func theLocaleAsksForItsCharacters(environment: [String: String], glyphs: GlyphSet) {
    #expect(GlyphSet.wanted(by: environment) == glyphs)
  }

  /// With 24 bits the bars have a ground of their own; everything else is as with 256.
  @Test func surfacesAreTrueColours() {
    for theme in [Theme.dark, .light, .colorblind] {
      let bar = theme.style(for: .bar, colors: .truecolor)
      #expect(bar.background > 255 && bar.foreground == theme.style(for: .bar, colors: .indexed256).foreground)
      #expect(theme.style(for: .text, colors: .truecolor) == theme.style(for: .text, colors: .indexed256))
    }
    #expect(Theme.mono.style(for: .bar, colors: .truecolor) == Theme.mono.style(for: .bar, colors: .mono))
    var canvas = CellCanvas(Size(width: 4, height: 1))
    canvas.put("ab", x: 0, y: 0, role: .bar)
    #expect(canvas.ansi(.dark, colors: .truecolor) == ["\u{1B}[0;38;5;249;48;2;32;38;50mab\u{1B}[0m"])
    #expect(RGB(of: Style.color(0x123456)) == RGB(0x12, 0x34, 0x56) && RGB(of: 16) == RGB(0, 0, 0))
  }

  /// Where nothing has a colour, what is selected and what a ping goes along are told by their own attributes.
  @Test func monoTellsTheWayAndTheSelection() {
    func look(_ role: Role) -> Emphasis { Theme.mono.style(for: role, colors: .mono).emphasis }
    #expect(look(.ping).contains(.underline) && !look(.ping).contains(.reverse))
    #expect(look(.selected).contains(.reverse))
    #expect(Set([look(.ping), look(.match), look(.mark), look(.selected), look(.strong), look(.dim)]).count == 6)
  }
}
