import Canvas
import Fixtures
import Guides
import Keys
import Speech
import Story
import Testing
import Topology
import Viewer

@Suite struct TourTests {
  /// What a reader presses who does all of it himself, and a name for what he sees then.
  private static let story: [(name: String, keys: [Key])] = [
    ("1-host", []), ("2-first", [.enter]), ("2-started", [.character("s")]), ("3-inside", [.enter]),
    ("3-border", [.character("i")]), ("4-numbers", [.enter]), ("4-cable", [.character("c")]), ("5-second", [.enter]),
    ("5-uncrossed", [.character("s")]), ("6-ping", [.enter]), ("6-arp", [.character("p")]), ("6-flood", [.enter]),
    ("6-answer", [.enter]), ("6-echo", [.enter]), ("7-bridge", [.enter]), ("7-bridge-no", [.character("n")]),
    ("7-unplugged", [.enter]), ("7-unplugged-yes", [.character("y")]), ("7-address", [.enter]),
    ("7-address-no", [.character("n")]), ("8-end", [.enter]),
  ]

  private static func told(_ language: Language, _ size: Size, _ see: (String, inout Rehearsal) -> Void) {
    Language.$spoken.withValue(language) {
      var rehearsal = Rehearsal(GuidedTour(), size: size)
      for (name, keys) in story {
        for key in keys { rehearsal.press(key) }
        see(name, &rehearsal)
      }
    }
  }

  @Test(arguments: Language.allCases) func everyScreenIsTheOneThatWasLookedAt(language: Language) {
    for size in [Size(width: 80, height: 24), Size(width: 120, height: 40)] {
      Self.told(language, size) { name, rehearsal in
        let file = "tour-\(language.rawValue)-\(name)-\(size.width)x\(size.height)"
        #expect(Golden.difference(rehearsal.picture, file) == nil)
      }
    }
  }

  @Test(arguments: Language.allCases) func everyCaptionFitsItsThreeLines(language: Language) {
    Self.told(language, Size(width: 80, height: 24)) { name, rehearsal in
      let caption = rehearsal.caption
      let rows = wrapped(caption.text, columns: 78)
      #expect(!caption.text.isEmpty && rows.count <= 3, "\(name): \(rows)")
      let keys = caption.keys.reduce(0) { $0 + 4 + displayWidth($1.cap) + displayWidth($1.label) }
      #expect(displayWidth(caption.title) + keys < 80, "\(name): \(caption.title)")
      let screen = rehearsal.picture.rows
      for line in [caption.title] + rows { #expect(screen.contains { $0.contains(line) }, "\(name): \(line)") }
    }
  }

  @Test func theReaderStartsContainersAndTheStoryFollows() {
    var orders: [[LaboratoryOrder]] = []
    Self.told(.english, Size(width: 80, height: 24)) { _, rehearsal in orders.append(rehearsal.orders) }
    #expect(
      orders.last == [
        .arrange(containers: ["test1"]), .arrange(containers: ["test1", "test2"]), .forget, .switchBridgeOff,
        .arrange(containers: ["test1", "test2"]), .unplug("test2"), .arrange(containers: ["test1", "test2"]),
        .readdress("test2", IPAddress("172.27.0.3")!), .arrange(containers: ["test1", "test2"]),
      ])
  }

  /// Enter does what the step waits for, and then goes on: who skips sees every step, and every act is done.
  @Test func whoSkipsSeesTheSame() {
    var rehearsal = Rehearsal(GuidedTour())
    var titles: [String] = []
    for _ in 0..<40 where rehearsal.state.guide?.isOver == false {
      titles.append(rehearsal.caption.title)
      rehearsal.press(.enter)
    }
    #expect(rehearsal.state.guide?.isOver == true)
    #expect(titles.contains { $0.hasPrefix("step 7 of 7") })
    #expect(rehearsal.orders.contains(.switchBridgeOff))
  }

  @Test func whoGoesBackHasTheLaboratoryOfThatStep() {
    var rehearsal = Rehearsal(GuidedTour())
    rehearsal.press(.enter, .character("s"), .enter, .character("i"), .enter, .character("c"), .enter, .character("s"))
    #expect(rehearsal.running == ["test1", "test2"])
    rehearsal.press(.backspace)
    #expect(rehearsal.running == ["test1"], "back before the second container")
    for _ in 0..<8 { rehearsal.press(.backspace) }
    #expect(rehearsal.running.isEmpty, "back at the host without containers")
    #expect(rehearsal.caption.title.hasPrefix("step 1"))
    #expect(rehearsal.caption.text.contains("no carrier: DOWN"))
  }

  @Test func whoLeavesAWhatIfFindsItMended() {
    var rehearsal = Rehearsal(GuidedTour())
    for _ in 0..<14 { rehearsal.press(.enter) }
    #expect(rehearsal.caption.title.contains("what if"))
    rehearsal.press(.character("y"))
    #expect(rehearsal.fault == .switchBridgeOff)
    #expect(
      rehearsal.caption.text.hasPrefix("You said yes, but it does not. No reply comes: The bridge docker0 is down."))
    // Why, is asked with the viewer's own key.
    #expect(rehearsal.picture.rows.joined().contains(" w why"))
    rehearsal.state.viewer.keys = KeyTable.standard.binding([.why: [.function(7)]])
    #expect(rehearsal.picture.rows.joined().contains(" F7 why"))
    rehearsal.press(.backspace)
    #expect(rehearsal.fault == nil)
  }

  /// Somebody switches the bridge off from another terminal: the story says so, and Enter mends it.
  @Test func aLaboratoryThatWasChangedByHandIsSaid() {
    var rehearsal = Rehearsal(GuidedTour())
    rehearsal.press(.enter, .character("s"), .enter)
    rehearsal.fault = .switchBridgeOff
    rehearsal.show()
    rehearsal.wait(seconds: 4)
    #expect(rehearsal.caption.text.contains("docker0 is switched off"))
    let known = rehearsal.orders.count
    rehearsal.press(.character("i"))
    #expect(rehearsal.orders.count == known, "the step waits")
    rehearsal.press(.enter)
    #expect(rehearsal.orders.last == .rebuild(containers: ["test1"]))
    #expect(rehearsal.caption.text.contains("interfaces of its own"))
  }

  /// Who is faster than the kernel's events loses no key.
  @Test func aKeyThatComesTooEarlyIsKept() {
    var rehearsal = Rehearsal(GuidedTour())
    for _ in 0..<14 { rehearsal.press(.enter) }
    rehearsal.press(.character("y"))
    rehearsal.isSlow = true
    rehearsal.press(.enter, .character("n"))
    #expect(rehearsal.fault == nil)
    rehearsal.isSlow = false
    rehearsal.show()
    #expect(rehearsal.fault == .unplug("test2"))
  }

  /// What is shown of `ip a` is the model's, whatever the numbers are.
  @Test func theNumbersAreThoseOfTheModel() throws {
    var rehearsal = Rehearsal(GuidedTour())
    rehearsal.press(.enter, .character("s"), .enter, .character("i"), .enter, .character("c"))
    let snapshot = rehearsal.state.viewer.snapshot
    let eth = try #require(snapshot.namespaces.values.first { $0.name == "test1" }?.links.first)
    let port = try #require(snapshot.peer(of: eth))
    let text = try #require(rehearsal.state.guide?.exhibit).text
    #expect(text.contains { $0.hasPrefix("\(port.id.index): \(port.name)@if\(eth.id.index): <") })
    #expect(text.contains { $0.hasPrefix("\(eth.id.index): eth0@if\(port.id.index): <") })
    #expect(rehearsal.caption.text.contains("@if\(eth.id.index) means: my other end is number \(eth.id.index)"))
  }

  @Test func anySizeIsSurvived() {
    var rehearsal = Rehearsal(GuidedTour())
    for (width, height) in [(120, 40), (20, 8), (5, 2), (0, 0), (60, 15), (300, 100), (80, 24)] {
      rehearsal.act(.resize(Size(width: width, height: height)))
      _ = rehearsal.picture
      rehearsal.press(.enter)
      _ = rehearsal.picture
    }
    #expect(rehearsal.picture.rows.contains { $0.contains("step ") })
  }

  /// Pages of the viewer keep their keys: what is typed into a search is no key of the story's.
  @Test func theStoryTakesNoKeysFromALine() {
    var rehearsal = Rehearsal(GuidedTour())
    rehearsal.press(.enter, .character("/"), .character("s"))
    #expect(rehearsal.orders.isEmpty)
    rehearsal.press(.escape, .character("s"))
    #expect(rehearsal.orders == [.arrange(containers: ["test1"])])
  }
}
