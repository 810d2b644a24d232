import Canvas
import Diagram
import Fixtures
import Keys
import Listing
import Paths
import Testing
import Topology

@testable import Viewer

/// A state that has seen a model, with a clock that only the test moves.
struct Stage {
  var state = State()
  var now = Timestamp(milliseconds: 1_795_435_480_000)

  init(_ snapshot: Snapshot = Models.seed, size: Size = Size(width: 80, height: 24)) {
    _ = state.update(.resize(size), at: now)
    _ = state.update(.snapshot(snapshot), at: now)
    _ = state.update(.traffic(Models.traffic(snapshot)), at: now)
  }

  /// What the last keys asked for.
  private(set) var effects: [Effect] = []

  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] {
    effects = keys.flatMap { state.update(.key($0), at: now) }
    return effects
  }

  mutating func type(_ text: String) { for scalar in text.unicodeScalars { press(.character(scalar)) } }

  @discardableResult
  mutating func tell(_ event: PingReport.Event) -> [Effect] {
    state.update(.ping(PingReport(id: state.ping?.id ?? 0, event: event, at: now)), at: now)
  }

  func picture() -> CellCanvas {
    var canvas = CellCanvas(state.size)
    state.draw(into: &canvas)
    return canvas
  }

  var text: String { picture().rows.joined(separator: "\n") }
}

private let test1 = Element.namespace(NamespaceID(serial: 1))
private let test2 = Element.namespace(NamespaceID(serial: 2))

@Suite struct WalkTests {
  @Test func theFirstContainerIsSelectedAndArrowsWalk() {
    var stage = Stage()
    #expect(stage.state.selection == test1)
    stage.press(.down)
    #expect(stage.state.selection == test2)
    stage.press(.left)
    #expect(stage.state.selection == .link(LinkRef(.host, 5)))
    stage.press(.character("h"))
    #expect(stage.state.selection == .link(LinkRef(.host, 3)))
    stage.press(.character("l"), .character("k"), .right)
    #expect(stage.state.selection == test1)
  }

  @Test func aVanishedSelectionGoesToItsNeighbour() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.down, .down)
    var next = Models.twelve
    if case .namespace(let id)? = stage.state.selection { next.namespaces[id] = nil }
    next.revision = 2
    _ = stage.state.update(.snapshot(next), at: stage.now)
    let selection = stage.state.selection
    #expect(selection != nil)
    #expect(selection.map { stage.state.layout.frame(of: $0) != nil } == true)
  }

  @Test func detailsSayBothIndexesAndTheBridge() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.enter)
    let text = stage.text
    #expect(text.contains("2 ⇄ 4"))
    #expect(text.contains("docker0  port 4"))
    #expect(text.contains("172.17.0.2/16"))
    stage.press(.escape)
    #expect(!stage.state.isPaneOpen)
  }

  @Test func digitsGoToBridgesAndTroubleIsFound() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("2"))
    #expect(stage.state.selectedLink?.title == "frontend")
    stage.press(.character("g"), .character("!"))
    #expect(stage.state.selectedLink?.state != .up)
  }

  @Test func spaceFoldsABridge() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("1"))
    let before = stage.state.layout.elements.count
    stage.press(.character(" "))
    #expect(stage.state.layout.elements.count < before)
    #expect(stage.text.contains("folded"))
    stage.press(.character(" "))
    #expect(stage.state.layout.elements.count == before)
  }
}

@Suite struct PingTests {
  private func running() -> (Stage, [Effect]) {
    var stage = Stage()
    let effects = stage.press(.character("p"), .character("p"))
    return (stage, effects)
  }

  @Test func pAsksForTheTargetAndPStarts() {
    let (stage, effects) = running()
    guard case .startPing(_, let route)? = effects.first else { return #expect(Bool(false), "no ping: \(effects)") }
    #expect(route.source.name == "test1")
    #expect(route.destinationName == "test2")
    #expect(route.path.count == 5)
    #expect(stage.text.contains("ping test1 → test2"))
    #expect(stage.text.contains("172.17.0.2 eth0 ▸ veth"))
  }

  @Test func repliesAreCountedAndTheHeadRuns() {
    var (stage, _) = running()
    stage.tell(.sent(sequence: 1))
    #expect(!stage.state.isAnimating, "nothing runs before something was measured")
    stage.tell(.reply(sequence: 1, milliseconds: 0.061, ttl: 64))
    #expect(stage.state.isAnimating)
    #expect(stage.text.contains("rtt 0.061 ms"))
    #expect(stage.text.contains("loss 0 % (1/1)"))
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 900)
    _ = stage.state.update(.tick, at: stage.now)
    #expect(!stage.state.isAnimating)
    #expect(stage.state.nextDeadline == nil)
  }

  @Test func aLossNamesThePlace() {
    var (stage, _) = running()
    stage.tell(.sent(sequence: 1))
    stage.tell(.lost(sequence: 1, lastSeen: 1))
    let veth = stage.state.snapshot.link(LinkRef(.host, 4))?.name ?? "?"
    #expect(stage.text.contains("no reply to seq 1 · the counters saw it last at \(veth)"))
    #expect(stage.text.contains("loss 100 % (0/1)"))
    #expect(stage.text.contains("✕"))
  }

  @Test func escapeGoesOneStepBack() {
    var (stage, _) = running()
    #expect(stage.press(.enter).count == 1, "the pane wants the tables of what it shows")
    #expect(stage.press(.escape).isEmpty && !stage.state.isPaneOpen, "what was opened last goes first")
    #expect(stage.press(.escape) == [.stopPing(id: 1)])
    #expect(stage.state.ping != nil)
    stage.press(.escape)
    #expect(stage.state.ping == nil)
    #expect(stage.press(.escape).isEmpty)
  }

  @Test func controlCStopsAPingThenQuits() {
    var (stage, _) = running()
    #expect(stage.press(.control("c")) == [.stopPing(id: 1)])
    #expect(stage.press(.control("c")) == [.quit(keepsScreen: false)])
  }

  @Test func aMarkedSourceNeedsOneP() {
    var stage = Stage()
    stage.press(.character(" "), .down)
    guard case .startPing(_, let route)? = stage.press(.character("p")).first else {
      return #expect(Bool(false), "no ping")
    }
    #expect(route.source.name == "test1")
  }

  @Test func reportsOfAnOldPingAreIgnored() {
    var (stage, _) = running()
    _ = stage.state.update(.ping(PingReport(id: 77, event: .failed("x"), at: stage.now)), at: stage.now)
    #expect(stage.state.isPinging)
  }

  @Test func aPingToOneselfIsRefused() {
    var stage = Stage()
    stage.press(.character("p"), .up)
    #expect(stage.press(.character("p")).isEmpty)
    #expect(stage.text.contains("source and target are the same"))
  }
}

@Suite struct SearchTests {
  @Test func findsByAddressNameAndVeth() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("/"))
    stage.type("172.19.0.5")
    #expect(stage.state.selection == .namespace(NamespaceID(serial: 10)))
    stage.press(.enter)
    #expect(stage.state.matches?.count == 1)
    stage.press(.escape)
    #expect(stage.state.matches == nil)
  }

  @Test func escapeGoesBackToWhereTheSearchBegan() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    let origin = stage.state.selection
    stage.press(.character("/"))
    stage.type("mail")
    #expect(stage.state.selection != origin)
    stage.press(.escape)
    #expect(stage.state.selection == origin)
  }

  @Test func nWalksTheMatchesRound() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("/"))
    stage.type("web-")
    stage.press(.enter)
    let first = stage.state.selection
    stage.press(.character("n"))
    #expect(stage.state.selection != first)
    stage.press(.character("n"))
    #expect(stage.state.selection == first)
  }
}

@Suite struct ChangeTests {
  @Test func whatChangedIsSaidInWords() {
    let old = Models.seed
    var new = old
    new.namespaces[.host]?.links[2].flags = LinkFlags(rawValue: 0x1002)
    new.namespaces[.host]?.links[3].master = nil
    new.namespaces[NamespaceID(serial: 1)]?.links[0].addresses = []
    new.namespaces[NamespaceID(serial: 2)] = nil
    let texts = Change.between(old, new).map(\.text)
    let names = (old.link(LinkRef(.host, 4))?.name ?? "", old.link(LinkRef(.host, 5))?.name ?? "")
    #expect(
      texts == [
        "\(names.0) switched off (test1)", "\(names.1) left docker0", "eth0 - 172.17.0.2/16", "- test2 gone",
      ])
    #expect(Change.between(old, old).isEmpty)
  }
}

@Suite struct ScreenTests {
  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 40)]) func pingScreens(size: Size) {
    var stage = Stage(Models.seed, size: size)
    stage.press(.character("p"), .character("p"))
    for sequence in 1...7 {
      stage.tell(.sent(sequence: sequence))
      stage.tell(.reply(sequence: sequence, milliseconds: 0.05 + Double(sequence * 7 % 5) / 100, ttl: 64))
    }
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 200)
    _ = stage.state.update(.tick, at: stage.now)
    #expect(Golden.difference(stage.picture(), "ping-\(size.width)x\(size.height)") == nil)
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 40)]) func detailScreens(size: Size) {
    var stage = Stage(Models.twelve, size: size)
    stage.press(.character("/"))
    stage.type("auth")
    stage.press(.enter, .enter)
    #expect(Golden.difference(stage.picture(), "detail-\(size.width)x\(size.height)") == nil)
  }

  @Test func theFooterKeepsHelpAndQuitAtAnyWidth() {
    for width in 30...130 {
      let stage = Stage(Models.seed, size: Size(width: width, height: 24))
      let footer = stage.picture().rows[23]
      #expect(footer.contains("? help") && footer.contains("q quit"), "\(width): \(footer)")
    }
  }

  @Test func noSizeAndNoKeyDoesHarm() {
    let keys: [Key] =
      [.up, .down, .left, .right, .enter, .escape, .tab, .home, .end, .pageUp, .pageDown, .backspace]
      + "pP !/nN+-frygGq?1946abc".unicodeScalars.map { .character($0) }
    var generator = SeededGenerator(seed: 11)
    for size in [
      Size(width: 0, height: 0), Size(width: 19, height: 4), Size(width: 61, height: 16), Size(width: 300, height: 100),
    ] {
      var stage = Stage(Models.twelve, size: size)
      for _ in 0..<300 {
        stage.press(keys[Int.random(in: 0..<keys.count, using: &generator)])
        if Int.random(in: 0..<20, using: &generator) == 0 {
          let other = Size(
            width: Int.random(in: 0...140, using: &generator), height: Int.random(in: 0...50, using: &generator))
          _ = stage.state.update(.resize(other), at: stage.now)
        }
        _ = stage.picture()
      }
      for _ in 0..<40 { stage.press(.escape) }
      #expect(stage.state.selection != nil)
    }
  }

  @Test func missingCapabilitiesAreABanner() {
    var snapshot = Models.seed
    snapshot.warnings = [Warning(source: "permissions", text: "missing CAP_NET_ADMIN: try: sudo netns-top")]
    #expect(Stage(snapshot).picture().rows[1].contains("missing CAP_NET_ADMIN"))
  }

  @Test func freezingIsLoudAndLosesNothing() {
    var stage = Stage()
    stage.press(.character("f"))
    #expect(stage.picture().rows[0].contains("FROZEN"))
    var next = Models.seed
    next.namespaces[NamespaceID(serial: 2)] = nil
    next.revision = 2
    _ = stage.state.update(.snapshot(next), at: stage.now)
    #expect(stage.text.contains("test2"))
    stage.press(.character("f"))
    #expect(stage.state.layout.frame(of: test2) == nil)
    #expect(stage.state.changes.map(\.text) == ["- test2 gone"])
  }
}
