import Canvas
import Diagram
import Fixtures
import Keys
import Paths
import Testing
import Topology

@testable import Viewer

private let wide = Size(width: 120, height: 40)

@Suite struct ListTests {
  private func stage(_ snapshot: Snapshot = Models.twelve, _ keys: Key..., size: Size = wide) -> Stage {
    var stage = Stage(snapshot, size: size)
    for key in keys { stage.press(key) }
    return stage
  }

  private func row(_ text: String, in stage: Stage) -> String? { stage.picture().rows.first { $0.contains(text) } }

  @Test func aLineAnInterfaceInAlignedColumns() throws {
    let stage = stage(Models.twelve, .character("v"))
    let rows = stage.picture().rows
    let auth = try #require(row("auth", in: stage))
    #expect(auth.contains("✕ down") && auth.contains("172.18.0.4/16") && auth.contains("frontend"))
    let lines = rows.dropFirst(2).prefix(16)
    // Every address begins in the same column.
    let canvas = stage.picture()
    let columns = Set(
      lines.indices.map { y in (0..<120).first { canvas[$0, y].scalar == "1" && canvas[$0 + 3, y].scalar == "." } })
    #expect(lines.filter { $0.contains("172.") }.count == 16)
    #expect(columns.count == 1)
  }

  /// Which veth is whose is the first question: rates and addresses give way to it, at every width that can hold it. A name
  /// is cut for the sake of an address, but not of rates.
  @Test(arguments: [70, 80, 100, 120]) func theVethAndItsBridgeStay(width: Int) throws {
    var model = Models.twelve
    let name = "monitoring-stack-exporter-1"
    model.namespaces[NamespaceID(serial: 4)]?.name = name
    model.namespaces[NamespaceID(serial: 4)]?.links[0].addresses = [
      InterfaceAddress(local: try #require(IPAddress("fd00:1234:5678:9abc:def0:1234:5678:9abc")), prefixLength: 64)
    ]
    let veth = try #require(
      model.namespaces[NamespaceID(serial: 4)]?.links[0].peerLink.flatMap { model.link($0)?.name })
    let stage = stage(model, .character("v"), size: Size(width: width, height: 24))
    let row = try #require(self.row("monitoring-stack-ex", in: stage))
    #expect(row.contains(veth) && row.contains("frontend"), "\(stage.text)")
    #expect(row.contains(name) == (width != 80), "\(row)")
    #expect(row.contains("fd00:1234") == (width >= 80), "\(row)")
  }

  @Test func theCursorIsParkedOnTheSelection() throws {
    var stage = stage(Models.twelve, .character("v"))
    for _ in 0..<3 {
      stage.press(.down)
      var canvas = CellCanvas(wide)
      let cursor = try #require(stage.state.draw(into: &canvas))
      let id = stage.state.selection?.namespace ?? .host
      let name = id == .host ? "host" : stage.state.snapshot.namespaces[id]?.name ?? "?"
      #expect(canvas.rows[cursor.y].contains(name))
      #expect(canvas[cursor.x, cursor.y].role == .selected)
    }
  }

  @Test func theSelectionIsTheSameOnBothSides() {
    var stage = stage()
    stage.press(.character("!"))
    let auth = stage.state.selection
    stage.press(.character("v"))
    #expect(stage.state.selection == auth)
    stage.press(.down, .character("v"))
    #expect(stage.state.selection.map { stage.state.layout.frame(of: $0) != nil } == true)
    #expect(stage.state.selection?.namespace == NamespaceID(serial: 7))
  }

  @Test func everyRowHasItsPlaceOnTheDiagram() {
    for snapshot in [Models.twelve, Models.fiveHundred, Kinds.nested, Kinds.children, Kinds.dind, Kinds.lonely] {
      var stage = stage(snapshot, .character("v"), .character("g"))
      for _ in 0..<30 {
        stage.press(.character("v"))
        #expect(stage.state.selection.map { stage.state.layout.frame(of: $0) != nil } == true)
        stage.press(.character("v"), .down)
      }
    }
  }

  @Test func pingAndDetailsWorkOnRows() {
    var stage = stage(Models.twelve, .character("v"), .character("p"), .down)
    guard case .startPing(_, let route)? = stage.press(.enter).first else { return #expect(Bool(false), "no ping") }
    #expect(route.source.name == "web-1" && route.destinationName == "cache")
    #expect(stage.state.shownList?.kind == .interfaces && stage.text.contains("ping web-1 → cache"))
    stage.press(.escape, .enter)
    #expect(stage.state.isPaneOpen && stage.text.contains("172.17.0.4/16"))
  }

  @Test func filterSearchAndSortWorkOnRows() {
    var stage = stage(Models.twelve, .character("v"))
    stage.filter("bridge:backend !kind:bridge")
    stage.press(.character("s"), .character("G"))
    #expect(stage.state.snapshot.namespaces[stage.state.selection?.namespace ?? .host]?.name == "订单数据库")
    stage.press(.character("/"))
    stage.type("172.19.0.4")
    stage.press(.enter)
    #expect(stage.state.selectedLink?.primaryAddress?.text == "172.19.0.4/16")
    stage.press(.escape, .escape, .escape)
    #expect(stage.state.page is DiagramPage, "search, filter, list: one step each")
  }

  @Test func troubleSaysWhy() {
    let stage = stage(Models.twelve, .character("t"))
    let veth =
      Models.twelve.namespaces[NamespaceID(serial: 6)]?.links.first?.peerLink
      .flatMap { Models.twelve.link($0)?.name } ?? "?"
    #expect(stage.text.contains("no carrier: \(veth) is switched off"))
    #expect(self.stage(Models.seed, .character("t")).text.contains("no link is in trouble"))
  }

  @Test func aCableThatHasLeftItsBridgeIsTrouble() throws {
    var model = Models.seed
    let near = try #require(model.link(LinkRef(.host, 4)))
    let place = try #require(model.namespaces[.host]?.linkPosition(near.id.index))
    model.namespaces[.host]?.links[place].master = nil
    model.namespaces[.host]?.links[place].port = nil
    #expect(!stage(model).title.contains("trouble"), "a router's looks alike")
    model.namespaces[NamespaceID(serial: 1)]?.links[0].lostNetwork = "docker0"
    var stage = stage(model, .down)
    #expect(stage.title.contains("1 in trouble"))
    stage.press(.character("!"))
    #expect(stage.state.selection == .namespace(NamespaceID(serial: 1)))
    stage.press(.enter)
    #expect(stage.text.contains("\(near.name) is on no bridge"), "\(stage.text)")
    stage.press(.character("t"))
    #expect(stage.text.contains("\(near.name) is on no bridge: it has left docker0"), "\(stage.text)")
  }

  @Test func theTitleTheKeyAndTheListCountTheSameTrouble() {
    for snapshot in [Models.twelve, Models.fiveHundred, Models.fullDocker, Models.wide] {
      var stage = stage(snapshot)
      let count = snapshot.namespaces.values.flatMap(\.links).filter {
        $0.isPair && $0.id.namespace == .host && $0.state != .up
      }
      .count
      #expect(stage.title.contains(count == 1 ? "1 link down" : "\(count) links down"))
      stage.press(.character("t"))
      #expect(stage.picture().rows.filter { $0.contains("is switched off") }.count == count)
    }
  }

  @Test func theBusiestComeFirst() {
    var stage = stage(Models.fiveHundred)
    _ = stage.state.update(.traffic(Models.busy(Models.fiveHundred)), at: stage.now)
    stage.press(.character("b"))
    let busiest = stage.state.traffic
    func total(_ id: NamespaceID) -> Double {
      busiest[LinkRef(id, 2)].map { $0.rx + $0.tx } ?? 0
    }
    let most = Models.fiveHundred.namespaces.ids.map(total).max() ?? 0
    #expect(stage.state.selection.map { total($0.namespace) } == most)
  }

  @Test func eventsSayWhatChangedAndLeadThere() {
    var stage = stage()
    var next = Models.twelve
    next.revision = 2
    next.takenAt = stage.now
    next.namespaces[NamespaceID(serial: 4)]?.links[0].mtu = 9000
    _ = stage.state.update(.snapshot(next), at: stage.now)
    stage.press(.tab)
    #expect(stage.state.shownList?.kind == .events)
    #expect(stage.text.contains("eth0 mtu 1500 > 9000") && stage.text.contains("nginx"))
    stage.press(.enter)
    #expect(stage.state.page is DiagramPage)
    #expect(stage.state.selection == .namespace(NamespaceID(serial: 4)))
  }

  @Test func tabGoesRound() {
    var stage = stage(Models.twelve, .enter)
    var places: [String] = []
    for key: Key in [.tab, .tab, .tab, .backTab, .backTab, .backTab] {
      stage.press(key)
      places.append(stage.state.shownList?.kind == .events ? "events" : stage.state.isPaneFocused ? "pane" : "diagram")
    }
    #expect(places == ["pane", "events", "diagram", "events", "pane", "diagram"])
  }

  @Test func aSmallScreenIsAList() {
    let stage = stage(Models.twelve, size: Size(width: 50, height: 12))
    #expect(stage.text.contains("container") && stage.text.contains("web-1"))
  }

  @Test func aClickSelectsARow() {
    var stage = stage(Models.twelve, .character("v"))
    _ = stage.state.update(.click(Point(x: 20, y: 4), isDouble: false), at: stage.now)
    #expect(stage.picture()[20, 4].role == .selected)
  }

  @Test func aColumnIsRememberedPastATitle() {
    var stage = stage(Models.fiveHundred)
    func x() -> Int? { stage.state.selection.flatMap { stage.state.layout.frame(of: $0)?.minX } }
    for _ in 0..<11 { stage.press(.right) }
    let column = x()
    var passed = 0
    for _ in 0..<14 {
      stage.press(.down)
      // Where names stand beside the teeth these are farther apart: the next one is meant.
      if x() == 1 { passed += 1 } else { #expect(abs((x() ?? 0) - (column ?? 0)) <= 12) }
    }
    #expect(passed > 0)
    for _ in 0..<12 { stage.press(.up) }
    if x() == 1 { stage.press(.up) }
    #expect(x() == column)
  }
}

@Suite struct MatrixTests {
  /// Answers every ping that is asked for, the oldest first; from the container `deaf` none comes back.
  private func run(_ stage: inout Stage, _ effects: [Effect], deaf: UInt32 = 999) -> (asked: Int, peak: Int) {
    var waiting = effects
    var (asked, peak) = (0, 0)
    while !waiting.isEmpty {
      peak = max(peak, waiting.count)
      guard case .probe(let id, let route) = waiting.removeFirst() else { continue }
      asked += 1
      let isDeaf = route.sourceLink.namespace.serial == deaf || route.destinationLink?.namespace.serial == deaf
      let event: PingReport.Event =
        isDeaf ? .lost(sequence: 1, lastSeen: nil) : .reply(sequence: 1, milliseconds: 0.05, ttl: 64)
      _ = stage.state.update(.ping(PingReport(id: id, event: .sent(sequence: 1), at: stage.now)), at: stage.now)
      waiting += stage.state.update(.ping(PingReport(id: id, event: event, at: stage.now)), at: stage.now)
    }
    return (asked, peak)
  }

  @Test func asksEveryPairWithAFewAtATime() {
    var stage = Stage(Models.crowd(20), size: wide)
    let (asked, peak) = run(&stage, stage.press(.character("M")), deaf: 7)
    #expect(asked == 380 && peak == MatrixPage.concurrency)
    let score = stage.state.matrix?.score
    #expect(score?.replies == 342 && score?.failures == 38 && score?.pending == 0)
    #expect(stage.text.contains("✓ 342") && stage.text.contains("✕ 38"))
  }

  @Test func tooManyAreSaidToBe() {
    var stage = Stage(Models.fiveHundred, size: wide)
    let effects = stage.press(.character("1"), .character("M"))
    #expect(effects.count == MatrixPage.concurrency)
    #expect(stage.state.matrix?.members.count == 24)
    #expect(stage.text.contains("the first 24 of 312"))
    #expect(run(&stage, effects).asked == 552)
  }

  @Test func aCellHasItsVerdictAndItsCause() {
    var stage = Stage(Models.twelve, size: wide)
    _ = run(&stage, stage.press(.character("2"), .character("M")), deaf: 6)
    stage.press(.right)
    #expect(stage.text.contains("nginx → auth  no reply"))
    stage.press(.left)
    #expect(stage.text.contains("nginx → 支付网关  0.050 ms"))
  }

  @Test func enterPingsThePairOnTheDiagramAndEscapeComesBack() {
    var stage = Stage(Models.twelve, size: wide)
    _ = run(&stage, stage.press(.character("2"), .character("M")))
    stage.press(.right)
    guard case .startPing(_, let route)? = stage.press(.enter).first else { return #expect(Bool(false), "no ping") }
    #expect(route.source.name == "nginx" && route.destinationName == "auth")
    #expect(stage.state.page is DiagramPage)
    stage.press(.escape, .escape)
    #expect(stage.state.page is MatrixPage && stage.state.matrix?.score.replies == 12)
    stage.press(.escape)
    #expect(stage.state.page is DiagramPage && stage.state.matrix == nil)
  }

  @Test func leavingStopsWhatRuns() {
    var stage = Stage(Models.crowd(20), size: wide)
    let started = stage.press(.character("M")).count
    let stopped = stage.press(.escape).filter { if case .stopPing = $0 { true } else { false } }
    #expect(started == 8 && stopped.count == 8)
  }

  @Test func sixAsksByIPv6() {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("2"), .character("M"))
    let effects = stage.press(.character("6"))
    let probes = effects.filter { if case .probe = $0 { true } else { false } }
    #expect(probes.isEmpty, "nobody has an address of IPv6")
    #expect(stage.state.matrix?.score.unsent == 12 && stage.state.matrix?.score.failures == 0)
    #expect(stage.text.contains("IPv6") && stage.text.contains("has no IPv6 address"))
  }

  /// What never left says nothing of the way: the kernel's table of neighbours was full, or a container has stopped.
  @Test(arguments: [
    (
      PingReport.Event.unsent(sequence: 1, errno: 105, reason: "not sent: no room in a queue (ENOBUFS)"),
      "not sent: no room"
    ),
    (.failed("api: the namespace has gone"), "not sent: api: the namespace has gone"),
    (.refused(sequence: 1, by: IPAddress("172.18.0.1"), reason: "prohibited"), "prohibited (says 172.18.0.1)"),
  ]) func whatWasNeverSentIsNoLoss(event: PingReport.Event, words: String) {
    var stage = Stage(Models.twelve, size: wide)
    var waiting = stage.press(.character("2"), .character("M"))
    while !waiting.isEmpty {
      guard case .probe(let id, _) = waiting.removeFirst() else { continue }
      waiting += stage.state.update(.ping(PingReport(id: id, event: event, at: stage.now)), at: stage.now)
    }
    #expect(stage.text.contains("nginx → 支付网关  \(words)"), "\(stage.text)")
    let isSent = words.hasPrefix("prohibited")
    let score = stage.state.matrix?.score
    #expect(score?.failures == (isSent ? 12 : 0) && score?.unsent == (isSent ? 0 : 12))
    #expect(stage.text.contains("- 12 not sent") != isSent && stage.text.contains("✕ 0") != isSent)
    let roles = Set(stage.picture().cells.filter { $0.scalar == "u" }.map(\.role))
    #expect(isSent || roles.contains(.warning))
  }

  @Test func withoutABridgeItSaysSo() {
    var stage = Stage(Kinds.bridgeless, size: wide)
    stage.press(.character("M"))
    #expect(stage.state.page is DiagramPage && stage.text.contains("select one, or a container on one"))
  }

  @Test func onlyWhatTheFilterShowsIsAsked() {
    var stage = Stage(Models.twelve, size: wide)
    stage.filter("bridge:frontend !auth")
    stage.press(.character("M"))
    #expect(stage.state.matrix?.members.map(\.endpoint.name) == ["nginx", "支付网关", "api"])
  }

  @Test func everySizeHoldsIt() {
    for width in stride(from: 20, through: 200, by: 9) {
      for height in [5, 9, 14, 24, 60] {
        var stage = Stage(Models.fiveHundred, size: Size(width: width, height: height))
        stage.press(.character("1"), .character("M"), .right, .down)
        for _ in 0..<40 { stage.press(.right, .down) }
        let canvas = stage.picture()
        #expect(width < 20 || canvas.size.width == width)
      }
    }
  }
}
