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

/// Lines that are collected before they are drawn, against a dictionary: in whatever order, and wherever they come.
@Suite struct LineLayerTests {
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 5
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  @Test func everyCellHasTheArmsAndTheRoleThatWereJoinedThere() {
    var numbers = Numbers()
    let clip = Rect(x: 2, y: 1, width: 20, height: 9)
    for _ in 0..<200 {
      var layer = LineLayer()
      var known: [Point: (arms: Arms, role: Role, priority: Int)] = [:]
      for _ in 0..<Int.random(in: 0...60, using: &numbers) {
        let point = Point(x: .random(in: -9...24, using: &numbers), y: .random(in: -5...12, using: &numbers))
        let arms = Bool.random(using: &numbers) ? Arms.horizontal(.light, dashed: true) : .vertical(.heavy)
        let (role, priority) = (
          [Role.wire, .ping, .box].randomElement(using: &numbers) ?? .box, Int.random(in: 0...2, using: &numbers)
        )
        layer.add(arms, x: point.x, y: point.y, role: role, priority: priority)
        if let old = known[point] {
          let wins = priority >= old.priority
          known[point] = (old.arms.union(arms), wins ? role : old.role, max(priority, old.priority))
        } else {
          known[point] = (arms, role, priority)
        }
      }
      var canvas = CellCanvas(Size(width: 30, height: 14))
      layer.draw(on: &canvas, dx: 3, dy: 2, clip: clip, glyphs: .unicode)
      for y in -8..<16 {
        for x in -12..<30 {
          let wanted = known[Point(x: x, y: y)]
          #expect(layer.arms(x: x, y: y) == wanted?.arms ?? Arms())
          let place = Point(x: x + 3, y: y + 2)
          guard place.x >= 0, place.x < 30, place.y >= 0, place.y < 14 else { continue }
          let cell =
            wanted.flatMap { clip.contains(place) ? Cell($0.arms.glyph(.unicode), role: $0.role) : nil } ?? Cell()
          #expect(canvas[place.x, place.y] == cell)
        }
      }
    }
  }
}
