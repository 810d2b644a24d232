import Canvas
import Conclusions
import Diagnosis
import Diagram
import Fixtures
import Keys
import Listing
import Prose
import Testing
import Topology

@testable import Viewer

/// What is typed behind `:`.
@Suite struct PromptTests {
  private func stage() -> Stage { Stage(Models.twelve, size: Size(width: 120, height: 40)) }

  @discardableResult
  private func say(_ line: String, _ stage: inout Stage) -> [Effect] {
    stage.press(.character(":"))
    stage.type(line)
    return stage.press(.enter)
  }

  private func footer(_ stage: Stage) -> String { stage.picture().rows.last ?? "" }

  @Test func everyWordDoesWhatItSays() {
    var stage = stage()
    #expect(say("theme light", &stage) == [.use(.light)])
    #expect(stage.state.looks.theme == .light)
    #expect(say("theme auto", &stage) == [.use(.dark)])
    say("zoom dots", &stage)
    #expect(stage.state.layout.zoom == .dots)
    say("zoom auto", &stage)
    #expect(stage.state.stack[ZoomChoice.self] == nil)
    say("sort name", &stage)
    #expect(stage.state.rows.sorting.key == .name)
    say("invert", &stage)
    #expect(stage.state.rows.sorting.isInverted)
    say("sort port", &stage)
    #expect(stage.state.rows.sorting.isNatural)
    say("filter bridge:frontend !auth", &stage)
    #expect(stage.state.isFiltering && stage.picture().rows[0].contains("filter bridge:frontend !auth"))
    say("filter", &stage)
    #expect(!stage.state.isFiltering)
    say("goto orders", &stage)
    #expect(stage.state.selectedLink.map { stage.state.snapshot.namespaces[$0.id.namespace]?.name } == "orders")
    say("goto FRONT", &stage)
    #expect(stage.state.selectedLink?.title == "frontend")
    say("goto 172.19.0.5", &stage)
    #expect(stage.state.selection == .namespace(NamespaceID(serial: 10)))
    say("find web-", &stage)
    #expect(stage.state.matches?.count ?? 0 > 1)
    say("trouble", &stage)
    #expect(stage.state.shownList?.kind == .trouble)
    say("events", &stage)
    #expect(stage.state.shownList?.kind == .events)
    say("help", &stage)
    #expect(stage.state.context == .help)
    stage.press(.escape)
    #expect(say("quit", &stage) == [.quit(keepsScreen: false)])
    #expect(stage.state.stack[Prompt.self] == nil)
  }

  @Test func beginningsWillDoWhereTheyMeanOneThing() {
    var stage = stage()
    #expect(say("q", &stage) == [.quit(keepsScreen: false)])
    #expect(say("th li", &stage) == [.use(.light)])
    say("  sort   traffic  ", &stage)
    #expect(stage.state.rows.sorting.key == .traffic)
  }

  @Test(arguments: [
    ("xyzzy", "there is no word 'xyzzy'; there are: theme zoom"), ("t", "'t' may be: theme trouble tcpdump"),
    ("theme", "which theme? auto dark light mono colorblind"),
    ("theme solarized", "there is no theme 'solarized'; there are: auto dark"), ("zoom 7", "there is no zoom '7'"),
    ("sort", "which order? port name address traffic"), ("goto nobody", "there is no 'nobody' here"),
    ("goto", "go where?"), ("filter mtu:", "mtu:"), ("list all", "list stands alone"),
  ]) func whatCannotBeObeyedIsOneLineAndStays(line: String, problem: String) {
    var stage = stage()
    let before = stage.picture().rows.dropLast()
    #expect(say(line, &stage).isEmpty)
    #expect(footer(stage).contains(problem) || problem == "mtu:", "\(footer(stage))")
    #expect(stage.state.context == .prompt && stage.picture().rows.dropLast() == before)
    stage.press(.backspace)
    #expect(!footer(stage).contains(problem), "what is wrong is forgotten with the next key")
    stage.press(.escape)
    #expect(stage.state.context == .walk)
  }

  @Test func tabCompletesAndUpBringsTheLastLine() {
    var stage = stage()
    stage.press(.character(":"))
    #expect(footer(stage).contains("theme zoom sort filter"))
    stage.type("zo")
    stage.press(.tab)
    #expect(footer(stage).hasPrefix(" :zoom "))
    stage.type("r")
    #expect(footer(stage).contains("row rake"))
    stage.type("a")
    stage.press(.tab, .enter)
    #expect(stage.state.layout.zoom == .rake)
    stage.press(.character(":"), .up)
    #expect(footer(stage).hasPrefix(" :zoom rake"))
    stage.press(.control("u"))
    #expect(footer(stage).hasPrefix(" :▏"))
    stage.press(.backspace)
    #expect(stage.state.context == .walk)
    #expect(Phrase.completed("th") == "theme " && Phrase.completed("nope") == "nope")
    #expect(Phrase.completed("theme d") == "theme dark" && Phrase.completed("goto x") == "goto x")
  }

  @Test func anEmptyLineGoesBack() {
    var stage = stage()
    let before = stage.picture()
    say("   ", &stage)
    #expect(stage.picture() == before)
  }

  @Test func noLineDoesHarm() {
    var random = SeededGenerator(seed: 21)
    let words =
      Phrase.all.map(\.word).filter { $0 != "quit" } + ["", " ", "\\x", "支付", "-1", "auto", "name", "!a", "a:b"]
    var stage = stage()
    for _ in 0..<400 {
      say((0..<3).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " "), &stage)
      _ = stage.picture()
      if stage.state.context == .prompt { stage.press(.escape) }
    }
  }
}

/// Commands for another shell.
@Suite struct WayInTests {
  private func namespace(
    _ kind: Namespace.Kind, paths: [String] = [], pids: [Int32] = [], container: Int32? = nil
  ) -> Namespace {
    Namespace(
      id: NamespaceID(serial: 7), kind: kind, name: "x", paths: paths,
      processes: pids.map { NamespaceProcess(pid: $0, name: "sh") },
      containers: container.map { [Container(id: "0123", name: "x", pid: $0)] } ?? [])
  }

  @Test func theWayIsTheOneThatIsKnown() {
    #expect(WayIn(namespace(.container, pids: [9, 4242], container: 4242))?.entry == "nsenter --net=/proc/4242/ns/net")
    #expect(WayIn(namespace(.process, pids: [77]))?.entry == "nsenter --net=/proc/77/ns/net")
    #expect(WayIn(namespace(.named, paths: ["/run/netns/blue"], pids: [5]))?.entry == "ip netns exec blue sh")
    #expect(
      WayIn(namespace(.container, paths: ["/run/docker/netns/1a2b"]))?.entry == "nsenter --net=/run/docker/netns/1a2b")
    #expect(
      WayIn(namespace(.named, paths: ["/run/netns/blue"]))?.running(["tcpdump", "-ni", "eth0"])
        == "ip netns exec blue tcpdump -ni eth0")
    #expect(WayIn(namespace(.unknown)) == nil)
  }

  @Test func namesAreQuotedAndWhatCannotBeTypedIsNotUsed() {
    #expect(WayIn.line(["tcpdump", "-ni", "$(reboot)"]) == "tcpdump -ni '$(reboot)'")
    #expect(WayIn.line(["a'b", "", ";", "支付"]) == "'a'\\''b' '' ';' '支付'")
    #expect(WayIn(namespace(.named, paths: ["/run/netns/a b"]))?.entry == "ip netns exec 'a b' sh")
    // `\x1b` was a byte, or four characters: nobody knows.
    #expect(WayIn(namespace(.named, paths: ["/run/netns/a\\x1b"])) == nil)
    #expect(WayIn(namespace(.named, paths: ["/run/netns/a\\x1b"], pids: [3]))?.entry == "nsenter --net=/proc/3/ns/net")
    #expect(WayIn(namespace(.named, paths: ["/run/netns/--help"]))?.entry == "nsenter --net=/run/netns/--help")
  }

  @Test func theKeysCopyThem() {
    var snapshot = Models.seed
    snapshot.namespaces[NamespaceID(serial: 1)]?.processes = [NamespaceProcess(pid: 4242, name: "sh")]
    snapshot.namespaces[NamespaceID(serial: 1)]?.containers[0].pid = 4242
    snapshot.namespaces[NamespaceID(serial: 2)]?.processes = []
    snapshot.namespaces[NamespaceID(serial: 2)]?.containers = []
    snapshot.namespaces[NamespaceID(serial: 2)]?.paths = []
    var stage = Stage(snapshot)
    #expect(stage.press(.character("x")) == [.copy("nsenter --net=/proc/4242/ns/net")])
    #expect(stage.text.contains("to the clipboard: nsenter --net=/proc/4242/ns/net"))
    #expect(stage.press(.character("c")) == [.copy("nsenter --net=/proc/4242/ns/net tcpdump -ni eth0")])
    stage.press(.left)
    let veth = stage.state.selectedLink?.name ?? "?"
    #expect(stage.press(.character("c")) == [.copy("tcpdump -ni \(veth)")])
    #expect(stage.press(.character("x")).isEmpty)
    #expect(stage.text.contains("no way in is needed"))
    stage.press(.right, .down)
    #expect(stage.press(.character("x")).isEmpty && stage.press(.character("c")).isEmpty)
    #expect(stage.text.contains("no way into test2 is known"))
  }
}

/// Keys, colours and characters.
@Suite struct LooksTests {
  @Test func tTurnsThroughAllThemes() {
    var stage = Stage()
    let seen = Theme.all.indices.flatMap { _ in stage.press(.character("T")) }
    #expect(seen == [.use(.light), .use(.mono), .use(.colorblind), .use(.dark)])
    #expect(stage.text.contains("--theme dark keeps it"))
    stage.state.looks = Looks(theme: .dark, suited: .dark, hasColors: false)
    #expect(stage.press(.character("T")).isEmpty && stage.text.contains("there are no colours here"))
  }

  @Test func keysOfHtopsHand() {
    #expect(
      [1, 3, 4, 6, 10].map { KeyTable.standard.command(for: .function($0)) }
        == [.help, .find, .filter, .sort, .quit])
    // A key means one thing, but for those of one page.
    let keys = Command.allCases.filter { !$0.isFixed }.flatMap { KeyTable.standard.keys(of: $0) }
    #expect(Set(keys).count == keys.count)
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.function(3))
    stage.type("web-")
    let first = stage.state.selection
    stage.press(.function(3))
    #expect(stage.state.selection != first, "the next one")
    stage.press(.function(1))
    #expect(stage.state.context == .help)
    stage.press(.escape)
    #expect(stage.state.context == .search)
  }

  @Test func underARealCLocaleNamesAreSpelt() {
    var stage = Stage(Snapshot(hostname: "x", namespaces: []), size: Size(width: 120, height: 40))
    stage.state.glyphs = .ascii
    stage.state.writesUnicode = false
    var snapshot = Models.wide
    snapshot.revision = 9
    _ = stage.state.update(.snapshot(snapshot), at: stage.now)
    for key in [nil, Key.enter, .character("v"), .character("?")] {
      if let key { stage.press(key) }
      for cell in stage.picture().cells {
        #expect(cell.scalar.isASCII && cell.mark1.isASCII, "\(cell.scalar) at \(String(describing: key))")
      }
    }
    stage.press(.escape)
    #expect(stage.text.contains("\\xe6\\x94\\xaf"), "\(stage.text)")
    #expect(SafeText.ascii("a支b") == "a\\xe6\\x94\\xafb" && SafeText.ascii("plain") == "plain")
  }

  @Test func anExplanationIsSpeltToo() {
    var explanation = Explained.isolated
    explanation.source.name = "支"
    explanation.cause?.claim = "支付 is isolated"
    let text = ExplanationText(explanation.inASCII(), width: 100, glyphs: .ascii)
    let words = text.lines.flatMap { $0 }.map(\.text).joined(separator: "\n")
    #expect(words.unicodeScalars.allSatisfy(\.isASCII) && words.contains("\\xe6\\x94\\xaf"))
  }
}

/// The help: all of it, at every size, first what is needed where one is.
@Suite struct HelpTests {
  @Test(arguments: [Size(width: 60, height: 20), Size(width: 80, height: 24), Size(width: 200, height: 60)])
  func everyLineCanBeScrolledTo(size: Size) {
    var stage = Stage(Models.twelve, size: size)
    stage.press(.character("?"))
    var rows: Set<String> = []
    for _ in 0..<100 {
      rows.formUnion(stage.picture().rows)
      stage.press(.down)
    }
    let seen = rows.joined(separator: "\n")
    for binding in KeyTable.standard.bindings {
      #expect(seen.contains(binding.help), "\(binding.help) is missing at \(size)")
    }
    for phrase in Phrase.all { #expect(seen.contains(phrase.word)) }
    for word in [
      "the mouse", "what the marks mean", "two ends of one cable", "▲+▼", "both together",
      "selects text, as without us",
      "how much is drawn of each",
    ] {
      #expect(seen.contains(word), "\(word) is missing at \(size)")
    }
    let last = stage.picture()
    stage.press(.down, .pageDown, .end)
    #expect(stage.picture() == last, "there is an end")
    stage.press(.home)
    #expect(stage.text.contains("keys on the diagram"))
    stage.press(.pageDown)
    _ = stage.state.update(.wheel(-300, at: Point(x: 5, y: 5)), at: stage.now)
    #expect(stage.text.contains("keys on the diagram"))
    stage.press(.character("x"))
    #expect(stage.state.context == .walk)
  }

  @Test func theKeysOfWhereOneIsComeFirst() {
    for (keys, heading, first) in [
      ("v", "keys in a list", "name, address, traffic (F6)"), ("M", "keys in the matrix", "ping all pairs"),
      ("e", "keys in the list of events", "details"), ("p", "keys while a target is chosen", "ping: choose"),
    ] {
      var stage = Stage(Models.twelve, size: Size(width: 60, height: 20))
      for scalar in keys.unicodeScalars { stage.press(.character(scalar)) }
      stage.press(.character("?"))
      let rows = stage.picture().rows
      #expect(rows[1].contains(heading))
      let place = rows.firstIndex { $0.contains(first) }
      #expect(place.map { $0 < (rows.firstIndex { $0.contains("all keys but those") } ?? 99) } == true, "\(heading)")
    }
  }
}
