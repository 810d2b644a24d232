import Canvas
import Diagram
import Fixtures
import Keys
import Paths
import Testing
import Topology

@testable import Viewer

/// Esc from wherever keys can lead: one step back, never two, never stuck.
@Suite struct StackTests {
  /// Keys as somebody would press them who knows none, but for those that end the program.
  private static let keys: [Key] =
    [
      .up, .down, .left, .right, .enter, .enter, .tab, .backTab, .home, .end, .pageUp, .pageDown, .backspace,
      .control("u"), .control("d"), .function(1), .function(3), .function(4), .function(6),
    ] + "ppPw  //\\\\nNsIvbteM!46-+frygG?129web:xcTso".unicodeScalars.map { .character($0) }

  private static let sizes = [
    Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 50, height: 12),
    Size(width: 100, height: 16),
  ]

  private func names(_ stage: Stage) -> [String] {
    stage.state.stack.layers.map { layer in
      "\(type(of: layer))" + ((layer as? ListPage).map { " \($0.kind)" } ?? "")
    }
  }

  /// Presses Esc until nothing is open; each must take away the topmost layer, and that one only, and be seen.
  private func unwind(_ stage: Stage, _ trace: String) -> Bool {
    var stage = stage
    while let top = names(stage).last {
      forgetNotice(&stage)
      let (before, picture) = (names(stage), stage.picture())
      stage.press(.escape)
      guard names(stage) == before.dropLast() else {
        Issue.record("Esc on \(top) made \(names(stage)) of \(before), after \(trace)")
        return false
      }
      guard stage.picture() != picture else {
        Issue.record("Esc on \(top) is not seen, of \(before), after \(trace)")
        return false
      }
    }
    forgetNotice(&stage)
    let picture = stage.picture()
    guard stage.press(.escape).isEmpty, stage.picture() == picture, stage.state.page.isSame(as: home(stage)) else {
      Issue.record("Esc does something where nothing is open, after \(trace)")
      return false
    }
    return true
  }

  /// What was said goes by itself: it must not pass for what a key did.
  private func forgetNotice(_ stage: inout Stage) {
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 5000)
    _ = stage.state.update(.tick, at: stage.now)
  }

  private func home(_ stage: Stage) -> any Page {
    stage.state.isTight ? stage.state.bareList : stage.state.diagram
  }

  @Test(arguments: 1...16 as ClosedRange<UInt64>) func escapeIsOneStepBackFromEverywhere(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var stage = Stage(Models.twelve, size: Self.sizes[Int(seed) % Self.sizes.count])
    var pressed: [String] = []
    for number in 0..<120 {
      let key = Self.keys.randomElement(using: &random) ?? .up
      pressed.append("\(key)")
      let effects = stage.press(key)
      // Pings are answered, get lost or fail, as the network will have it.
      for case .startPing(let id, _) in effects { answer(id, &stage, &random) }
      if number % 10 == 9, let id = stage.state.ping?.id { answer(id, &stage, &random) }
      #expect(Set(names(stage)).count == names(stage).count, "the same is open twice: \(names(stage))")
      guard number % 5 == 4 else { continue }
      guard unwind(stage, "seed \(seed): \(pressed.joined(separator: " "))") else { return }
    }
  }

  private func answer(_ id: Int, _ stage: inout Stage, _ random: inout SeededGenerator) {
    let event: PingReport.Event =
      switch Int.random(in: 0..<4, using: &random) {
      case 0: .failed("no permission")
      case 1: .lost(sequence: 1, lastSeen: 0)
      default: .reply(sequence: 1, milliseconds: 0.05, ttl: 64)
      }
    _ = stage.state.update(.ping(PingReport(id: id, event: .sent(sequence: 1), at: stage.now)), at: stage.now)
    _ = stage.state.update(.ping(PingReport(id: id, event: event, at: stage.now)), at: stage.now)
  }

  /// What a key opened, Esc closes: the screen is as it was.
  @Test(arguments: [
    ["/"], ["?"], [":"], ["v"], ["t"], ["e"], ["M"], ["p"], ["w"], ["\\"], [" "], ["M", "w"], ["v", "/"], ["t", "M"],
    ["M", "/"], ["v", "p"], ["v", "e"],
  ])
  func whatAKeyOpenedEscapeCloses(keys: [String]) {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.down, .right)
    func press(_ key: String) { for scalar in key.unicodeScalars { stage.press(.character(scalar)) } }
    var pictures = [stage.picture()]
    for key in keys {
      press(key)
      pictures.append(stage.picture())
    }
    for picture in pictures.dropLast().reversed() {
      stage.press(.escape)
      // One line at the bottom may tell what was undone.
      #expect(stage.picture().rows.dropLast() == picture.rows.dropLast())
    }
  }

  @Test func aPingFromTheMatrixGoesBackToIt() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("2"), .character("M"), .right, .enter)
    #expect(stage.state.page is DiagramPage && stage.state.isPinging)
    stage.press(.character("w"))
    #expect(stage.state.page is WhyPage)
    stage.press(.escape)
    #expect(stage.state.page is DiagramPage)
    stage.press(.escape, .escape)
    #expect(stage.state.page is MatrixPage)
  }

  @Test func whereAnEventLedEscapeLeadsBack() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    var next = Models.twelve
    next.revision += 1
    next.namespaces[NamespaceID(serial: 4)]?.links[0].mtu = 9000
    _ = stage.state.update(.snapshot(next), at: stage.now)
    stage.press(.character("e"), .enter)
    #expect(stage.state.page is DiagramPage && stage.state.selection == .namespace(NamespaceID(serial: 4)))
    stage.press(.escape)
    #expect(stage.state.shownList?.kind == .events)
  }

  @Test func aPairIsPingedFromThePageThatSaysWhy() {
    var stage = Stage()
    stage.press(.character("w"), .character("w"))
    guard case .startPing(_, let route)? = stage.press(.character("p")).first else {
      return #expect(Bool(false), "no ping")
    }
    #expect(route.source.name == "test1" && route.destinationName == "test2")
    #expect(stage.state.page is DiagramPage, "its way lights up")
    stage.press(.escape, .escape)
    #expect(stage.state.page is WhyPage)
  }
}
