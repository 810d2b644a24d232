import Canvas
import Conclusions
import Diagram
import Fixtures
import Keys
import Paths
import Testing
import Topology

@testable import Viewer

/// What is typed while a target is chosen.
@Suite struct TargetTests {
  private let wide = Size(width: 120, height: 40)

  /// After `w` or `p`, with a text typed and Enter.
  private func asked(_ key: String, _ text: String, on model: Snapshot = Models.twelve) -> Stage {
    var stage = Stage(model, size: wide)
    stage.type(key)
    stage.type(text)
    stage.press(.enter)
    return stage
  }

  private func question(_ stage: Stage) -> (from: Target, to: Target, port: ServicePort?)? {
    for case .explain(_, let from, let to, let port, _, _) in stage.effects { return (from, to, port) }
    return nil
  }

  @Test(arguments: [
    ("cache:5432", "cache", "5432"), ("8.8.8.8", "8.8.8.8", nil), ("10.0.0.3:53/udp", "10.0.0.3", "53/udp"),
    ("https://registry.example/v2/", "registry.example", "443"), ("internet", "the internet", nil),
    ("[2001:db8::1]:22", "2001:db8::1", "22"), ("db.example", "db.example", nil), ("nginx", "nginx", nil),
    ("支付网关:80", "支付网关", "80"),
  ]) func whatAPersonWouldType(text: String, name: String, port: String?) throws {
    let stage = asked("w", text)
    let (from, to, asked) = try #require(question(stage), "\(stage.text)")
    #expect(from.destinationName == "web-1" && to.destinationName == name && asked == port.flatMap { ServicePort($0) })
    let title = "web-1 → \(name)" + (port.map { ":\($0)" } ?? "")
    #expect(stage.state.page is WhyPage && stage.text.contains("\(title)   looking into it"), "\(stage.text)")
    #expect(stage.state.selection == .namespace(NamespaceID(serial: 1)), "one is still at whom one asked about")
  }

  @Test func letterByLetterItIsSeenWhatIsMeant() {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("w"))
    let chosen = stage.state.selection
    stage.type("cach")
    #expect(stage.text.contains("why web-1 → cach▏") && stage.text.contains("Tab cache   ⏎ why as it is"))
    #expect(stage.state.selection == chosen)
    stage.press(.tab)
    #expect(stage.text.contains("cache▏") && stage.state.selection == .namespace(NamespaceID(serial: 3)))
    stage.type(":53/udp")
    #expect(stage.text.contains("cache, UDP port 53"), "\(stage.text)")
    // Esc takes the line away, and then the choice.
    stage.press(.escape)
    #expect(stage.state.context == .pick && stage.state.selection == chosen)
    stage.press(.escape)
    #expect(stage.state.context == .walk)
  }

  @Test func aPortOfWhatIsSelected() throws {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("w"), .down)
    stage.type(":443")
    #expect(stage.text.contains("cache, TCP port 443"), "\(stage.text)")
    stage.press(.enter)
    let asked = try #require(question(stage))
    #expect(asked.to.destinationName == "cache" && asked.port == ServicePort(443))
  }

  /// What can't be understood stays in the line, with one line about why; it can be mended.
  @Test(arguments: [
    ("w", "cache:99999", "is no port"), ("w", ":0", "1 to 65535"), ("w", "10.0.0.1:80:90", "more than one colon"),
    ("w", "foo://bar", "no port is known for 'foo'"), ("p", "cache:80", "a ping has no port"),
    ("p", "internet", "a ping needs an address"),
    ("p", "auth/eth7", "has no interface"),
  ]) func anErrorStaysToBeMended(key: String, text: String, words: String) throws {
    var stage = asked(key, text)
    #expect(stage.effects.isEmpty && stage.state.context == .target)
    #expect(stage.text.contains("\(text)▏") && stage.text.contains(words), "\(stage.text)")
    stage.press(.backspace)
    #expect(!stage.text.contains(words), "what is wrong with another text is not said of this one")
    stage.press(.control("u"))
    stage.type("nginx")
    let effects = stage.press(.enter)
    #expect(!effects.isEmpty && stage.state.context != .target)
  }

  @Test func arrowsGoBackToThePicture() {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("w"))
    let first = stage.state.selection
    stage.type("8.8")
    stage.press(.down)
    #expect(stage.state.context == .pick && stage.state.selection != first)
    // And so does what is looked for: then letters are typed again, but n goes on.
    stage.press(.character("/"))
    stage.type("web-2")
    stage.press(.enter, .character("n"))
    #expect(stage.state.context == .pick && stage.state.selection == .namespace(NamespaceID(serial: 2)))
    stage.type("queue")
    #expect(stage.text.contains("queue▏"))
  }

  /// The letter that began it starts; Space begins a line that may begin with that letter, too.
  @Test func spaceBeginsALine() throws {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("w"), .character(" "))
    #expect(stage.state.context == .target && stage.text.contains("db:5432  10.0.0.3:53/udp  URL"))
    stage.type("web-2:80")
    stage.press(.enter)
    #expect(try #require(question(stage)).to.destinationName == "web-2")
  }

  @Test func aClickGoesBackToThePicture() throws {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("w"))
    stage.type("8.8.8.8")
    let frame = try #require(stage.state.layout.frame(of: .namespace(NamespaceID(serial: 3))))
    let point = Point(x: frame.minX + 2, y: frame.minY + stage.state.screen.body.minY)
    let effects = stage.state.update(.click(point, isDouble: true), at: stage.now)
    guard case .explain(_, _, let to, _, _, _)? = effects.last else { return #expect(Bool(false), "\(effects)") }
    #expect(to.destinationName == "cache")
  }

  @Test func aPasteIsTyped() throws {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("w"))
    _ = stage.state.update(.paste("https://a.example", isCut: false), at: stage.now)
    #expect(stage.text.contains("https://a.example▏"))
  }

  // MARK: Beyond the picture

  @Test func outsideMayBeTheSource() throws {
    var stage = Stage(Models.twelve, size: wide)
    stage.type("w")
    stage.type("outside@203.0.113.9")
    stage.press(.enter)
    #expect(stage.state.context == .pick && stage.text.contains("why outside@203.0.113.9 → "), "\(stage.text)")
    stage.type("nginx:80")
    stage.press(.enter)
    let asked = try #require(question(stage))
    #expect(asked.from == .outside(IPAddress("203.0.113.9"), by: nil) && asked.port == ServicePort(80))
  }

  @Test func anUplinkIsTheInternetAndWhoIsBeyondIt() throws {
    var model = Models.twelve
    let uplink = Models.link(LinkRef(.host, 90), "eth0", kind: "", address: "192.0.2.10", prefix: 24)
    model.namespaces[.host]?.links.append(uplink)
    var stage = Stage(model, size: wide)
    stage.state.select(.link(uplink.id))
    stage.press(.character("w"))
    #expect(stage.text.contains("why outside/\(uplink.name) → "), "\(stage.text)")
    stage.press(.character("w"))
    let inward = try #require(question(stage))
    #expect(inward.from == .outside(nil, by: uplink.id))
    stage.press(.escape)
    stage.state.select(.namespace(NamespaceID(serial: 1)))
    stage.press(.character("w"))
    stage.state.select(.link(uplink.id))
    #expect(stage.text.contains("why web-1 → the internet?"), "\(stage.text)")
    stage.press(.enter)
    #expect(try #require(question(stage)).to == .outside(nil, by: nil))
    // A ping has to have an address: there it is the interface that is meant.
    stage.press(.escape)
    stage.press(.character("p"))
    stage.state.select(.link(uplink.id))
    #expect(stage.text.contains("ping web-1 → \(uplink.title)?"))
  }

  @Test func aPingGoesBeyondThePicture() throws {
    var stage = asked("p", "8.8.8.8")
    guard case .findRoute(let id, let from, let to, .any)? = stage.effects.first else {
      return #expect(Bool(false), "\(stage.effects)")
    }
    let address = try #require(IPAddress("8.8.8.8"))
    #expect(from.name == "web-1" && to == .outside(address))
    #expect(stage.text.contains("looking for 8.8.8.8"))
    let link = LinkRef(NamespaceID(serial: 1), 2)
    let near = try #require(stage.state.snapshot.link(link).flatMap { stage.state.snapshot.peer(of: $0) })
    let bridge = try #require(near.master)
    let route = PingRoute(
      from: from, link: link, address: try #require(IPAddress("172.17.0.2")), to: address,
      path: [Hop(link, .source), Hop(near.id, .bridgePort), Hop(bridge, .bridge)])
    let effects = stage.state.update(.route(id: id, .success(route)), at: stage.now)
    guard case .startPing(let ping, route)? = effects.last else { return #expect(Bool(false), "\(effects)") }
    #expect(stage.state.ping?.id == ping && stage.text.contains("ping web-1 → 8.8.8.8"))
    #expect(stage.text.contains("172.17.0.2 eth0 ▸ \(near.name) ▸ docker0 ▸ … 8.8.8.8"), "\(stage.text)")
    // Why is asked of the same ends.
    stage.press(.character("w"))
    #expect(try #require(question(stage)).to == .outside(address))
  }

  @Test func aNameThatIsNotFoundStaysToBeMended() throws {
    var stage = asked("p", "nowhere.example")
    guard case .findRoute(let id, _, .name("nowhere.example"), _)? = stage.effects.first else {
      return #expect(Bool(false), "\(stage.effects)")
    }
    _ = stage.state.update(.route(id: id, .failure(ResolutionError("there is no such name"))), at: stage.now)
    #expect(stage.text.contains("nowhere.example▏") && stage.text.contains("there is no such name"))
    // Who types on while it is looked for does not wait for it.
    stage.press(.enter)
    #expect(stage.press(.backspace).contains { if case .stopFinding = $0 { true } else { false } })
    #expect(stage.state.update(.route(id: id, .failure(ResolutionError("late"))), at: stage.now).isEmpty)
    #expect(!stage.text.contains("late"))
  }

  // MARK: The prompt

  @Test func thePromptTakesBothEnds() throws {
    var stage = Stage(Models.twelve, size: wide)
    stage.type(":why web-2:80")
    stage.press(.enter)
    var asked = try #require(question(stage))
    #expect(asked.from.destinationName == "web-1" && asked.to.destinationName == "web-2")
    stage.press(.escape)
    stage.type(":why outside nginx:80")
    stage.press(.enter)
    asked = try #require(question(stage))
    #expect(asked.from == .outside(nil, by: nil) && asked.to.destinationName == "nginx")
    stage.press(.escape)
    stage.type(":ping outside nginx")
    stage.press(.enter)
    #expect(stage.effects.isEmpty && stage.text.contains("nothing can be sent from outside"), "\(stage.text)")
    stage.type(":ping a b c")
    stage.press(.enter)
    #expect(stage.text.contains("who is to reach whom?"))
    stage.press(.escape)
    stage.type(":why")
    stage.press(.enter)
    #expect(stage.state.context == .pick)
  }

  // MARK: The way

  /// Behind the page the way is lit, up to where the packet stops; Esc puts it out.
  @Test func theWayOfAnExplanationIsLit() throws {
    var stage = Stage()
    stage.press(.character("w"), .character("w"))
    guard case .explain(let id, _, _, _, _, _)? = stage.effects.last else { return #expect(Bool(false)) }
    var found = Explained.isolated
    let links = [
      LinkRef(NamespaceID(serial: 1), 2), LinkRef(.host, 4), LinkRef(.host, 3), LinkRef(.host, 5),
      LinkRef(NamespaceID(serial: 2), 2),
    ]
    for place in found.path.indices { found.path[place].link = links[place] }
    _ = stage.state.update(.explanation(id: id, found, isFinal: true), at: stage.now)
    func isLit(_ stage: Stage) -> Bool { stage.picture().cells.contains { $0.role == .ping } }
    stage.press(.escape)
    #expect(stage.state.page is DiagramPage && isLit(stage), "\(stage.text)")
    #expect(stage.state.stack[LitWay.self]?.stop == 3)
    stage.press(.escape)
    #expect(!isLit(stage) && stage.state.stack.layers.isEmpty)
  }
}
