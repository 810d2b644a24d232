import Canvas
import Conclusions
import Fixtures
import Guides
import Keys
import Speech
import Story
import Testing
import Topology
import Viewer

@Suite struct LessonTests {
  private static let wayIn = "nsenter -t 4711 -U --preserve-credentials -m -n"

  private static func lesson(_ name: LessonName, missing: [(tool: String, package: String)] = []) -> Rehearsal {
    Rehearsal(
      Lesson(name, wayIn: wayIn, filterFamily: "inet", missing: missing), running: ["test1", "test2"])
  }

  @Test(arguments: LessonName.allCases, Language.allCases) func everyTextFits(name: LessonName, language: Language) {
    Language.$spoken.withValue(language) {
      var texts = [Say.Lesson.question(name), Say.Lesson.explanation(name)]
      texts += (0..<3).map { Say.Lessons.hint($0 + 1, of: 3, Say.Lesson.hint(name, $0)) }
      for text in texts { #expect(!text.isEmpty && wrapped(text, columns: 78).count <= 3, "\(text)") }
      var rehearsal = Self.lesson(name)
      for key in ["", "H", "H", "H", "S"] {
        if let letter = key.unicodeScalars.first { rehearsal.press(.character(letter)) }
        let caption = rehearsal.caption
        let keys = caption.keys.reduce(0) { $0 + 4 + displayWidth($1.cap) + displayWidth($1.label) }
        #expect(displayWidth(caption.title) + keys <= 80, "\(caption.title)")
      }
      rehearsal.explain(.reachable)
      let solved = rehearsal.caption
      let keys = solved.keys.reduce(0) { $0 + 4 + displayWidth($1.cap) + displayWidth($1.label) }
      #expect(solved.isGood && displayWidth(solved.title) + keys <= 80, "\(solved.title) \(solved.keys)")
    }
  }

  /// The one key of the band that is not the guide's own.
  @Test func howToLeaveIsSaidWithTheKeyThatLeaves() {
    var rehearsal = Self.lesson(.unplugged)
    rehearsal.state.viewer.keys = KeyTable.standard.binding([.quit: [.function(9)]])
    rehearsal.explain(.reachable)
    var canvas = CellCanvas(Size(width: 80, height: 24))
    rehearsal.state.draw(into: &canvas)
    let text = canvas.rows.joined(separator: "\n")
    #expect(text.contains(" F9 quit") && !text.contains(" q quit"), "\(text)")
    rehearsal.press(.function(9))
    #expect(rehearsal.effects == [.viewer(.quit(keepsScreen: false))])
  }

  @Test func hintsComeOneByOneAndGoAgain() {
    var rehearsal = Self.lesson(.unplugged)
    #expect(rehearsal.caption.text == Say.Lesson.question(.unplugged))
    for number in 0..<Say.Lesson.hintCount {
      rehearsal.press(.character("H"))
      #expect(rehearsal.caption.text == "Hint \(number + 1) of 3. \(Say.Lesson.hint(.unplugged, number))")
    }
    rehearsal.press(.character("S"))
    let port = rehearsal.snapshot.namespaces[.host]?.links.last { $0.name.hasPrefix("veth") }?.name ?? ""
    #expect(rehearsal.state.guide?.exhibit?.text.contains("# ip link set dev \(port) master docker0") == true)
    rehearsal.press(.backspace, .backspace)
    #expect(rehearsal.caption.text.hasPrefix("Hint 2 of 3. "))
  }

  /// The kernel's probes decide: half a way is none.
  @Test func onlyAWholeWaySolvesIt() {
    var rehearsal = Self.lesson(.mtu)
    #expect(rehearsal.asked.count == 1)
    rehearsal.explain(.degraded)
    #expect(!rehearsal.caption.isGood)
    rehearsal.wait(seconds: 4)
    #expect(rehearsal.asked.count == 2, "it is asked again: a rule or a sysctl tells nobody that it has changed")
    rehearsal.explain(.reachable)
    #expect(rehearsal.caption.isGood && rehearsal.caption.text == Say.Lesson.explanation(.mtu))
    rehearsal.wait(seconds: 11)
    #expect(rehearsal.asked.count == 3, "whether it is still so")
    rehearsal.explain(.unreachable)
    #expect(!rehearsal.caption.isGood)
  }

  @Test func whatIsMissingIsNamedWithItsPackage() {
    let rehearsal = Self.lesson(.forwardDrop, missing: [("nft", "nftables")])
    let text = rehearsal.state.guide?.exhibit?.text ?? []
    #expect(text.contains { $0.contains("`nft`") && $0.contains("apt-get install nftables") })
    #expect(text.contains { $0.contains(Self.wayIn) })
  }

  @Test func aShellIsOpenedByItsKey() {
    var rehearsal = Self.lesson(.portDown)
    rehearsal.press(.character("$"))
    #expect(rehearsal.effects.contains(.openShell))
  }
}
