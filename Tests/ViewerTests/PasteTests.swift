import Canvas
import Fixtures
import Keys
import Testing

@testable import Viewer

@Suite struct PasteTests {
  private func paste(_ text: String, into stage: inout Stage, isCut: Bool = false) -> [Effect] {
    stage.state.update(.paste(text, isCut: isCut), at: stage.now)
  }

  @Test func aPasteIsNoKeys() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    let before = stage.picture().rows.dropLast()
    #expect(paste("qM\u{1B}Q", into: &stage).isEmpty)
    #expect(stage.picture().rows.dropLast() == before)
    #expect(stage.text.contains("a paste goes into a line"))
  }

  @Test func aPasteGoesIntoTheLine() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("/"))
    _ = paste("172.19\n.0.5\u{7}\u{202E}", into: &stage)
    #expect(stage.state.stack[Search.self]?.text == "172.19 .0.5")
    stage.press(.control("u"))
    _ = paste("172.19.0.5", into: &stage)
    #expect(stage.state.matches?.count == 1)
    stage.press(.escape, .character("\\"))
    _ = paste("bridge:frontend", into: &stage)
    #expect(stage.state.isFiltering && stage.state.filterCount.shown < stage.state.filterCount.all)
  }

  @Test func aLineHasABound() {
    var stage = Stage(Models.twelve)
    stage.press(.character("/"))
    _ = paste(String(repeating: "a", count: 4096), into: &stage)
    #expect(stage.state.stack[Search.self]?.text.count == TypedLine.limit)
    #expect(stage.text.contains("at most 256"))
    stage.type("b")
    #expect(stage.state.stack[Search.self]?.text.last == "a")
  }
}
