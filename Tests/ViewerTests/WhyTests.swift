import Canvas
import Conclusions
import Diagnosis
import Diagram
import Fixtures
import Keys
import Paths
import Prose
import Testing
import Topology

@testable import Viewer

@Suite struct WhyTests {
  private func diagnosis(_ effects: [Effect]) -> Int? {
    for case .explain(let id, _, _, _, _, _) in effects { return id }
    return nil
  }

  private func wait(_ stage: inout Stage, milliseconds: Int64) -> [Effect] {
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + milliseconds)
    return stage.state.update(.tick, at: stage.now)
  }

  private func pinging() -> Stage {
    var stage = Stage()
    stage.press(.character("p"), .character("p"))
    stage.tell(.sent(sequence: 1))
    return stage
  }

  @Test func aSilentPingIsAskedAboutOnce() throws {
    var stage = pinging()
    let deadline = try #require(stage.state.nextDeadline)
    #expect(deadline.milliseconds - stage.now.milliseconds <= 500)
    #expect(diagnosis(wait(&stage, milliseconds: 499)) == nil)
    let id = try #require(diagnosis(wait(&stage, milliseconds: 1)))
    #expect(diagnosis(wait(&stage, milliseconds: 600)) == nil)
    _ = stage.state.update(.explanation(id: id, Explained.isolated, isFinal: true), at: stage.now)
    #expect(stage.state.ping?.remark.contains("isolated") == true)
    #expect(stage.state.ping?.stop == 3)
    #expect(stage.text.contains("isolated"))
    // What the counters saw last does not outvote it.
    stage.tell(.lost(sequence: 1, lastSeen: 0))
    #expect(stage.state.ping?.stop == 3)
  }

  /// A cause that was found stays; what the kernel says of the next request has a line of its own, and goes with a reply.
  @Test func anErrnoDoesNotOverwriteTheCause() throws {
    var stage = pinging()
    let id = try #require(diagnosis(wait(&stage, milliseconds: 500)))
    _ = stage.state.update(.explanation(id: id, Explained.isolated, isFinal: true), at: stage.now)
    stage.tell(.refused(sequence: 2, by: nil, reason: "no route to host"))
    #expect(stage.state.ping?.remark.contains("isolated") == true)
    #expect(stage.text.contains("isolated") && stage.text.contains("seq 2: no route to host"))
    stage.tell(.reply(sequence: 3, milliseconds: 1, ttl: 64))
    #expect(stage.state.ping?.note == "" && !stage.text.contains("no route to host"))
  }

  /// The pane counts it apart from what was lost, and asks why.
  @Test func whatTheKernelDidNotSendIsNoLoss() {
    var stage = pinging()
    #expect(diagnosis(stage.tell(.unsent(sequence: 1, errno: 101, reason: "no route to that address"))) != nil)
    #expect(stage.text.contains("1 not sent") && !stage.text.contains("loss"), "\(stage.text)")
    #expect(stage.text.contains("seq 1 not sent: no route to that address"))
    stage.tell(.sent(sequence: 2))
    stage.tell(.lost(sequence: 2, lastSeen: nil))
    #expect(stage.text.contains("loss 100 % (0/1)  1 not sent"))
  }

  @Test func aReplyEndsTheDiagnosis() throws {
    var stage = pinging()
    let id = try #require(diagnosis(wait(&stage, milliseconds: 500)))
    #expect(stage.tell(.reply(sequence: 1, milliseconds: 510, ttl: 64)) == [.stopExplaining(id: id)])
    #expect(stage.state.ping?.why == nil)
    // The next silence is asked about again.
    stage.tell(.sent(sequence: 2))
    #expect(diagnosis(wait(&stage, milliseconds: 500)) != nil)
  }

  @Test func aQuickReplyIsNotAskedAbout() {
    var stage = pinging()
    stage.tell(.reply(sequence: 1, milliseconds: 0.05, ttl: 64))
    #expect(diagnosis(wait(&stage, milliseconds: 5000)) == nil)
  }

  @Test func tLetsTheKernelTraceWhatFails() throws {
    var stage = pinging()
    let id = try #require(diagnosis(wait(&stage, milliseconds: 500)))
    _ = stage.state.update(.explanation(id: id, Explained.isolated, isFinal: true), at: stage.now)
    stage.press(.character("w"))
    #expect(stage.text.contains("trace"))
    let effects = stage.press(.character("t"))
    guard case .explain(let traced, let from, let to, _, _, true)? = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(traced != id && from.destinationName == "test1" && to.destinationName == "test2")
    #expect(stage.text.contains("looking into it"))
    var reached = Explained.isolated
    (reached.verdict, reached.cause) = (.reachable, nil)
    _ = stage.state.update(.explanation(id: traced, reached, isFinal: true), at: stage.now)
    #expect(stage.press(.character("t")).isEmpty)
    #expect(stage.text.contains("nothing to trace"))
    // On the diagram the key lists trouble, as ever.
    stage.press(.escape, .character("t"))
    #expect(stage.state.shownList?.kind == .trouble)
  }

  @Test func wOpensWhatIsKnownOfThePing() throws {
    var stage = pinging()
    let id = try #require(diagnosis(wait(&stage, milliseconds: 500)))
    #expect(diagnosis(stage.press(.character("w"))) == nil)
    #expect(stage.text.contains("looking into it"))
    _ = stage.state.update(.explanation(id: id, Explained.isolated, isFinal: true), at: stage.now)
    #expect(stage.text.contains("port-isolated"))
    #expect(stage.text.contains("bridge link set dev veth2 isolated off"))
    stage.press(.escape)
    #expect(stage.state.page is DiagramPage)
    #expect(stage.state.isPinging)
  }

  @Test func wWithoutAPingAsksForTheOtherEnd() throws {
    var stage = Stage()
    stage.press(.character("w"))
    #expect(stage.text.contains("why test1"))
    let id = try #require(diagnosis(stage.press(.character("w"))))
    #expect(stage.state.page is WhyPage)
    #expect(stage.press(.escape) == [.stopExplaining(id: id)])
    #expect(stage.state.page is DiagramPage)
    // Enter chooses, too.
    stage.press(.character("w"))
    #expect(diagnosis(stage.press(.enter)) != nil)
  }

  @Test func theNextPingStartsWhereTheQuestionDid() throws {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    let source = stage.state.selection
    let asked = stage.press(.character("w"), .down, .character("w"))
    guard case .explain(_, let from, let to, _, _, _)? = asked.last else {
      Issue.record("\(asked)")
      return
    }
    #expect(from.destinationName == "web-1" && to.destinationName != "web-1")
    stage.press(.escape)
    #expect(stage.state.selection == source)
    guard case .startPing(_, let route)? = stage.press(.character("p"), .character("p")).last else {
      Issue.record("no ping: \(stage.effects)")
      return
    }
    #expect(route.source.name == "web-1")
  }

  @Test func aPickForAPingIsNoPickForAnExplanation() {
    var stage = Stage()
    stage.press(.character("w"), .escape, .character("p"))
    let effects = stage.press(.character("p"))
    #expect(diagnosis(effects) == nil)
    guard case .startPing = effects.first else {
      Issue.record("no ping: \(effects)")
      return
    }
  }

  @Test func thePageScrolls() throws {
    var stage = Stage()
    stage.press(.character("w"))
    let id = try #require(diagnosis(stage.press(.character("w"))))
    _ = stage.state.update(.explanation(id: id, Explained.isolated, isFinal: true), at: stage.now)
    let first = stage.text
    stage.press(.pageDown)
    #expect(stage.text != first)
    stage.press(.end)
    #expect(stage.text.contains("nft is missing"))
    stage.press(.home)
    #expect(stage.text == first)
  }

  /// Every width, every glyph set: no line is longer than it may be, and nothing is lost.
  @Test func linesFit() {
    for width in 24...140 {
      let text = ExplanationText(Explained.isolated, width: width, glyphs: .unicode)
      for line in text.lines {
        #expect(line.reduce(0) { $0 + displayWidth($1.text) } <= width, "\(width): \(line.map(\.text).joined())")
      }
      let words = text.lines.map { $0.map(\.text).joined() }.joined().filter { $0 != " " }
      for wanted in ["portsoftest1andtest2", "IFLA_BRPORT_ISOLATED", "bridgelinksetdevveth2isolatedoff"] {
        #expect(words.contains(wanted), "\(width)")
      }
    }
  }

  @Test func theMatrixAsksForCausesOneByOne() throws {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("1"))
    var waiting = stage.press(.character("M"))
    var asked: [Int] = []
    while !waiting.isEmpty {
      let effect = waiting.removeFirst()
      switch effect {
      case .probe(let id, let route):
        let event: PingReport.Event =
          route.destinationName == "cache"
          ? .lost(sequence: 1, lastSeen: nil) : .reply(sequence: 1, milliseconds: 0.1, ttl: 64)
        waiting += stage.state.update(.ping(PingReport(id: id, event: event, at: stage.now)), at: stage.now)
      case .explain(let id, _, let to, _, _, _):
        #expect(to.destinationName == "cache")
        #expect(waiting.isEmpty)
        asked.append(id)
        waiting += stage.state.update(.explanation(id: id, Explained.isolated, isFinal: true), at: stage.now)
      default: break
      }
    }
    #expect(asked.count == 2)
    #expect(stage.text.contains("✕ port-is"))
    stage.press(.end)
    #expect(stage.press(.escape) == [])
  }
}
