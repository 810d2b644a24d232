import Canvas
import Diagram
import Fixtures
import Keys
import Listing
import Testing
import Topology

@testable import Viewer

@Suite struct MouseTests {
  /// The first cell where a text stands on the screen.
  private func place(_ text: String, in stage: Stage) throws -> Point {
    let canvas = stage.picture()
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width {
        let found = (x..<canvas.size.width).lazy.map { canvas[$0, y] }.filter { $0.width > 0 }.prefix(
          text.unicodeScalars.count)
        if found.map(\.scalar).elementsEqual(text.unicodeScalars) { return Point(x: x, y: y) }
      }
    }
    throw Missing(text: text)
  }

  private struct Missing: Error { let text: String }

  @discardableResult
  private func click(_ stage: inout Stage, _ text: String, offset: Int = 0, isDouble: Bool = false) throws -> [Effect] {
    var point = try place(text, in: stage)
    point.x += offset
    return stage.state.update(.click(point, isDouble: isDouble), at: stage.now)
  }

  @Test func aClickSelectsAndADoubleClickInspects() throws {
    var stage = Stage()
    try click(&stage, "test2")
    #expect(stage.state.selection == .namespace(NamespaceID(serial: 2)))
    try click(&stage, "docker0")
    #expect(stage.state.selection == .link(LinkRef(.host, 3)))
    try click(&stage, "test2")
    try click(&stage, "test2", isDouble: true)
    #expect(stage.state.isPaneOpen)
  }

  @Test func aClickAndADoubleClickPing() throws {
    var stage = Stage()
    stage.press(.character("p"))
    try click(&stage, "test2")
    let effects = try click(&stage, "test2", isDouble: true)
    guard case .startPing = effects.first else {
      Issue.record("no ping: \(effects)")
      return
    }
  }

  @Test func theFooterIsClicked() throws {
    var stage = Stage(Models.seed, size: Size(width: 120, height: 30))
    try click(&stage, "help")
    #expect(stage.state.context == .help)
    _ = stage.state.update(.click(Point(x: 3, y: 3), isDouble: false), at: stage.now)
    #expect(stage.state.context == .walk)
    try click(&stage, " ping ", offset: 2)
    #expect(stage.state.context != .walk)
    try click(&stage, "back")
    #expect(stage.state.context == .walk)
    #expect(try click(&stage, " q ") == [.quit(keepsScreen: false)])
    #expect(try click(&stage, "quit") == [.quit(keepsScreen: false)])
    let before = stage.state.selection
    try click(&stage, "←↑↓→", offset: 2)
    #expect(stage.state.selection != before)
    try click(&stage, "←↑↓→", offset: 1)
    #expect(stage.state.selection == before)
    try click(&stage, " -/+ ", offset: 3)
    #expect(stage.state.layout.zoom == .card)
    try click(&stage, " -/+ ", offset: 1)
    #expect(stage.state.layout.zoom == .row)
  }

  /// Every cell of every footer is a key or nothing: no click there crashes or lies.
  @Test func everyCellOfTheFooterIsSafe() {
    for (width, glyphs) in [(20, GlyphSet.unicode), (59, .ascii), (80, .unicode), (300, .ascii)] {
      for mode in 0..<4 {
        var begin = Stage(Models.seed, size: Size(width: width, height: 24))
        begin.state.glyphs = glyphs
        if mode == 1 { begin.press(.character("p")) }
        if mode == 2 { begin.press(.character("/")) }
        if mode == 3 { begin.press(.enter) }
        let canvas = begin.picture()
        for x in 0..<width {
          var stage = begin
          let effects = stage.state.update(.click(Point(x: x, y: 23), isDouble: false), at: stage.now)
          if mode == 0, effects == [.quit(keepsScreen: false)] {
            let word = (max(0, x - 8)..<min(width, x + 9)).map { String(canvas[$0, 23].scalar) }.joined()
            #expect(word.contains("q "), "column \(x) of \(width)")
          }
        }
      }
    }
  }

  @Test func theWheelScrollsRowsAndZoomsRakes() {
    var stage = Stage(Models.crowd(60), size: Size(width: 80, height: 24))
    stage.press(.character("+"), .character("+"), .character("+"))
    #expect(stage.state.layout.zoom == .card)
    let middle = Point(x: 60, y: 10)
    _ = stage.state.update(.wheel(3, at: middle), at: stage.now)
    #expect(stage.state.diagram.scroll == 3)
    _ = stage.state.update(.wheel(-9, at: middle), at: stage.now)
    #expect(stage.state.diagram.scroll == 0)
    stage.press(.character("-"), .character("-"))
    #expect(stage.state.layout.zoom == .rake)
    _ = stage.state.update(.wheel(3, at: middle), at: stage.now)
    #expect(stage.state.layout.zoom == .dots)
    // The rest of the same turn.
    _ = stage.state.update(.wheel(-3, at: middle), at: stage.now)
    #expect(stage.state.layout.zoom == .dots)
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 400)
    _ = stage.state.update(.wheel(-3, at: middle), at: stage.now)
    #expect(stage.state.layout.zoom == .rake)
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 400)
    _ = stage.state.update(.wheel(-3, at: middle), at: stage.now)
    #expect(stage.state.layout.zoom == .row)
  }

  @Test func theWheelOverThePaneScrollsThePane() {
    var stage = Stage(Models.twelve, size: Size(width: 140, height: 30))
    stage.press(.enter)
    _ = stage.state.update(.wheel(3, at: Point(x: 130, y: 10)), at: stage.now)
    #expect(stage.state.stack[DetailsPane.self]?.scroll == 3 && stage.state.diagram.scroll == 0)
    _ = stage.state.update(.click(Point(x: 130, y: 10), isDouble: false), at: stage.now)
    #expect(stage.state.isPaneFocused)
    _ = stage.state.update(.click(Point(x: 10, y: 5), isDouble: false), at: stage.now)
    #expect(!stage.state.isPaneFocused)
  }

  @Test func theTitlesCountsOpenTheirLists() throws {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    try click(&stage, "1 link down")
    #expect(stage.state.shownList?.kind == .trouble)
    try click(&stage, "netns ", offset: 1)
    #expect(stage.state.shownList?.kind == .interfaces)
    try click(&stage, "bridges")
    #expect(stage.state.shownList?.kind == .trouble, "a second click goes back to where one was")
    stage.press(.escape)
    try click(&stage, "live")
    #expect(stage.state.page is DiagramPage, "no count, no list")
    stage.press(.character("s"))
    try click(&stage, " by name ", offset: 2)
    #expect(stage.state.rows.sorting.isInverted)
    // Every cell of the title is something or nothing.
    for x in 0..<120 {
      var other = Stage(Models.twelve, size: Size(width: 120, height: 40))
      #expect(other.state.update(.click(Point(x: x, y: 0), isDouble: false), at: other.now).isEmpty)
    }
  }

  @Test func aHeadSortsAndSortsTheOtherWay() throws {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("v"))
    func names() -> [String] { stage.state.listRows.map { stage.state.snapshot.name(of: $0) } }
    try click(&stage, "container ", offset: 1)
    #expect(stage.state.rows.sorting.key == .name && !stage.state.rows.sorting.isInverted)
    let sorted = names()
    try click(&stage, "container ", offset: 1, isDouble: true)
    #expect(stage.state.rows.sorting.isInverted && names() == sorted.reversed())
    #expect(!stage.state.isPaneOpen, "a head is nothing that could be inspected")
    try click(&stage, "address")
    #expect(stage.state.rows.sorting.key == .address && !stage.state.rows.sorting.isInverted)
    try click(&stage, "sent")
    #expect(stage.state.rows.sorting.key == .traffic)
    try click(&stage, "bridge  ", offset: 2)
    #expect(stage.state.rows.sorting.isNatural, "by the ports, as on the diagram")
    try click(&stage, "state")
    #expect(stage.state.rows.sorting.isNatural && stage.text.contains("rows can't go by state"))
    stage.press(.character("b"))
    try click(&stage, "container ", offset: 1)
    #expect(stage.text.contains("one order only"))
  }
}
