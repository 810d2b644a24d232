import Canvas
import Fixtures
import Testing

@Suite struct WidthTests {
  @Test(arguments: [
    ("eth0", 4), ("支付网关", 8), ("e\u{301}", 1), ("─●▲", 3), ("😀", 2), ("한국", 4), ("", 0), ("a\u{200D}b", 2),
  ]) func columns(text: String, width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func fittingNeverSplitsAWideCharacter() {
    #expect(fitted("支付网关", columns: 8) == "支付网关")
    #expect(fitted("支付网关", columns: 7) == "支付网…")
    #expect(fitted("支付网关", columns: 6) == "支付…")
    #expect(fitted("abc", columns: 0) == "")
    for columns in 1...12 { #expect(displayWidth(fitted("a支b付c网d", columns: columns)) <= columns) }
  }
}

@Suite struct CanvasTests {
  @Test func overwritingHalfAWideCharacterBlanksTheOther() {
    var canvas = CellCanvas(Size(width: 6, height: 1))
    canvas.put("支付", x: 0, y: 0, role: .text)
    canvas.put("x", x: 1, y: 0, role: .text)
    #expect(canvas.rows == [" x付"])
    canvas.put("y", x: 2, y: 0, role: .text)
    #expect(canvas.rows == [" xy"])
  }

  @Test func aWideCharacterAtTheEdgeIsLeftOut() {
    var canvas = CellCanvas(Size(width: 3, height: 1))
    canvas.put("a支付", x: 0, y: 0, role: .text)
    #expect(canvas.rows == ["a支"])
    canvas.put("支", x: 2, y: 0, role: .text)
    #expect(canvas.rows == ["a支"])
  }

  @Test func everyRowHasItsWidth() {
    var generator = SeededGenerator(seed: 4)
    let pieces = ["支", "a", "─", "e\u{301}", "付网", "xyz"]
    var canvas = CellCanvas(Size(width: 20, height: 4))
    for _ in 0..<4000 {
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      canvas.put(
        piece, x: Int.random(in: -3...22, using: &generator), y: Int.random(in: -1...4, using: &generator), role: .text)
      for y in 0..<4 {
        var x = 0
        while x < 20 {
          let width = Int(canvas[x, y].width)
          #expect(width >= 1, "a right half stands alone at \(x)")
          if width == 2 { #expect(x + 1 < 20 && canvas[x + 1, y].width == 0) }
          x += max(1, width)
        }
      }
    }
  }

  @Test func sizesThatCannotBeAreEmpty() {
    var canvas = CellCanvas(Size(width: -4, height: 9))
    canvas.put("x", x: 0, y: 0, role: .text)
    canvas.fill(Rect(x: -3, y: -3, width: 100, height: 100), role: .bar)
    #expect(canvas.cells.isEmpty)
  }
}

@Suite struct LineTests {
  @Test func everyCombinationHasItsOwnGlyph() {
    var seen: Set<Unicode.Scalar> = []
    for n in [Weight.none, .light, .heavy] {
      for e in [Weight.none, .light, .heavy] {
        for s in [Weight.none, .light, .heavy] {
          for w in [Weight.none, .light, .heavy] {
            seen.insert(Arms(north: n, east: e, south: s, west: w).glyph(.unicode))
          }
        }
      }
    }
    #expect(seen.count == 81)
  }

  @Test func junctionsComeFromTheArms() {
    let bus = Arms.vertical(.heavy)
    #expect(bus.union(Arms(east: .light)).glyph(.unicode) == "┠")
    #expect(bus.union(Arms(east: .heavy)).glyph(.unicode) == "┣")
    #expect(Arms.vertical(.light).union(Arms(west: .heavy)).glyph(.unicode) == "┥")
    #expect(Arms.horizontal(.light).union(Arms(south: .light)).glyph(.unicode) == "┬")
    #expect(Arms(east: .light, south: .light, isRound: true).glyph(.unicode) == "╭")
    #expect(Arms.horizontal(.light, dashed: true).glyph(.unicode) == "╌")
    #expect(bus.union(Arms(east: .light)).glyph(.ascii) == "#")
    #expect(Arms.vertical(.light).union(Arms.horizontal(.light)).glyph(.ascii) == "+")
  }
}

@Suite struct SparklineTests {
  @Test func theLargestLeavesAnEighthToTheRowAbove() {
    #expect(GlyphSet.unicode.sparkline([0, 0.001, 8], columns: 3) == "▁▁▇")
    #expect(GlyphSet.unicode.sparkline([0, 4, 8], columns: 5) == "▁▁▁▄▇")
    #expect(GlyphSet.unicode.sparkline([Float](), columns: 3) == "▁▁▁")
    #expect(GlyphSet.ascii.sparkline([0, 8], columns: 2) == "_+")
  }
}
