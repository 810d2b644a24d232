import Canvas
import Diagram
import Fixtures
import Keys
import Testing
import Topology

@testable import Viewer

extension Stage {
  /// The names of the containers that the diagram shows.
  var containers: [String] {
    state.layout.elements.compactMap { placed in
      if case .namespace(let id) = placed.element { state.snapshot.namespaces[id]?.name } else { nil }
    }
  }

  /// Types a filter and keeps it.
  mutating func filter(_ text: String) {
    press(.character("\\"))
    type(text)
    press(.enter)
  }

  var title: String { picture().rows[0] }
}

private let wide = Size(width: 140, height: 40)

@Suite struct FilterTests {
  private func containers(_ filter: String) -> [String] {
    var stage = Stage(Models.twelve, size: wide)
    stage.filter(filter)
    return stage.containers
  }

  @Test func hidesTheRestAndEscapeBringsItBack() {
    var stage = Stage(Models.twelve, size: wide)
    let before = stage.state.layout.elements
    stage.filter("bridge:frontend")
    #expect(stage.containers == ["nginx", "支付网关", "auth", "api"])
    #expect(!stage.text.contains("docker0"))
    #expect(stage.text.contains("4/1023"), "a fact of the bridge stays what it is")
    #expect(stage.title.contains("filter bridge:frontend · 5 of 16"))
    stage.press(.escape)
    #expect(stage.state.layout.elements == before)
    #expect(!stage.title.contains("filter"))
  }

  @Test func everyKeyFindsWhatItIsFor() {
    let web2 = Models.twelve.namespaces[NamespaceID(serial: 2)]
    let veth = web2?.links.first?.peerLink.flatMap { Models.twelve.link($0)?.name } ?? "?"
    let mac = web2?.links.first?.hardwareAddressText ?? "?"
    for filter in [
      "web-2", "name:web-2", "ns:web-2", "ip:172.17.0.3", "ip:172.17.0.3/32", "veth:\(veth)", "mac:\(mac)", mac, veth,
      "172.17.0.3/16", "bridge:docker0 !name:web-1 !cache", "WEB-2", "\"web-2\"",
    ] {
      #expect(containers(filter) == ["web-2"], "\(filter)")
    }
    #expect(containers("state:down") == ["auth"])
    #expect(containers("state:off") == ["auth"])
    #expect(containers("bridge:frontend state:up !支付") == ["nginx", "api"])
    #expect(containers("image:busybox").count == 12)
    #expect(containers("!image:busybox").isEmpty)
    #expect(containers("kind:bridge").isEmpty)
    #expect(containers("nothing-of-the-kind").isEmpty)
  }

  @Test func aContainerOnTwoNetworksShowsTheInterfaceThatIsMeant() {
    var stage = Stage(Models.twelve, size: wide)
    stage.filter("name:api bridge:backend")
    #expect(stage.text.contains("172.19.0.2") && !stage.text.contains("172.18.0.5"))
    stage.press(.escape)
    stage.filter("name:api")
    #expect(stage.text.contains("172.19.0.2") && stage.text.contains("172.18.0.5"))
  }

  @Test func anUnknownKeyNamesThoseThatExist() {
    var stage = Stage(Models.twelve, size: wide)
    stage.press(.character("\\"))
    stage.type("colour:red")
    #expect(stage.text.contains("no key 'colour'; there are: name ns ip mac veth dev bridge image kind state"))
    #expect(stage.containers.count == 12, "what is not understood hides nothing")
    stage.press(.enter)
    #expect(stage.text.contains("no key 'colour'"), "the line stays open")
    stage.press(.control("u"))
    stage.type("auth")
    stage.press(.enter)
    #expect(stage.containers == ["auth"])
  }

  @Test func aHalfTypedTermHidesNothing() {
    for text in ["bridge:", "!", "!bridge:", "  ", "\""] {
      var stage = Stage(Models.twelve, size: wide)
      stage.press(.character("\\"))
      stage.type(text)
      #expect(stage.containers.count == 12, "\(text)")
      stage.press(.enter)
      #expect(!stage.title.contains("filter"))
    }
  }

  @Test func typingFiltersAtOnceAndKeepsTheSelectionWhereItIsShown() {
    var stage = Stage(Models.twelve, size: wide)
    let auth = Element.namespace(NamespaceID(serial: 6))
    stage.press(.character("!"))
    #expect(stage.state.selection == auth)
    stage.press(.character("\\"))
    stage.type("web")
    #expect(stage.containers == ["web-1", "web-2"])
    #expect(stage.state.selection == .namespace(NamespaceID(serial: 1)))
    for _ in 0..<3 { stage.press(.backspace) }
    #expect(stage.state.selection == auth, "the selection is where it was")
  }

  @Test func nothingIsShownAndComesBack() {
    var stage = Stage(Models.twelve, size: wide)
    stage.filter("no such thing")
    #expect(stage.state.selection == nil && stage.title.contains("0 of 16"))
    _ = stage.state.update(.snapshot(Models.twelve), at: stage.now)
    for key: Key in [.up, .down, .enter, .character("p"), .character(" "), .character("!"), .character("M")] {
      stage.press(key)
      _ = stage.picture()
    }
    stage.press(.escape, .escape, .escape)
    #expect(stage.state.selection != nil)
  }

  @Test func oneThatTheFilterLetsGoIsNotCalledGone() {
    var stage = Stage(Models.twelve, size: wide)
    stage.filter("state:down")
    var next = Models.twelve
    next.revision = 2
    for index in (next.namespaces[.host]?.links ?? []).indices {
      next.namespaces[.host]?.links[index].flags.insert(.up)
    }
    for id in next.namespaces.ids {
      for index in (next.namespaces[id]?.links ?? []).indices {
        next.namespaces[id]?.links[index].flags.insert(.lowerUp)
        next.namespaces[id]?.links[index].operState = .up
      }
    }
    for index in (next.namespaces[.host]?.links ?? []).indices {
      next.namespaces[.host]?.links[index].flags.insert(.lowerUp)
    }
    _ = stage.state.update(.snapshot(next), at: stage.now)
    #expect(stage.containers.isEmpty && !stage.text.contains("gone"))
  }

  @Test func searchAndFilterAreKeptApart() {
    var stage = Stage(Models.twelve, size: wide)
    stage.filter("bridge:backend")
    stage.press(.character("/"))
    stage.type("e")
    stage.press(.enter)
    let found = stage.state.matches?.count ?? 0
    #expect(found > 0 && stage.containers.count == 6)
    stage.press(.escape)
    #expect(stage.state.matches == nil && stage.title.contains("filter bridge:backend"))
    stage.press(.escape)
    #expect(!stage.title.contains("filter"))
  }
}

@Suite struct SortTests {
  @Test func cyclesThroughItsOrdersAndTurnsRound() {
    var stage = Stage(Models.twelve, size: wide)
    stage.filter("bridge:backend")
    let byPort = stage.containers
    stage.press(.character("s"))
    #expect(stage.title.contains("by name A→Z"))
    #expect(stage.containers == byPort.sorted())
    stage.press(.character("I"))
    #expect(stage.title.contains("by name Z→A"))
    #expect(stage.containers == byPort.sorted().reversed())
    stage.press(.character("I"), .character("s"))
    #expect(stage.title.contains("by address 0→9"))
    stage.press(.character("s"))
    #expect(stage.title.contains("by traffic 9→0"))
    stage.press(.character("s"))
    #expect(stage.containers == byPort && !stage.title.contains("by "))
  }

  @Test func namesCountAsPeopleDo() {
    var stage = Stage(Models.crowd(12), size: Size(width: 100, height: 50))
    stage.press(.character("s"))
    #expect(stage.containers == (1...12).map { "c-\($0)" })
  }

  @Test func aTrafficSortIsTakenAtTheKeyPress() {
    var stage = Stage(Models.crowd(6), size: Size(width: 100, height: 50))
    func traffic(busiest: UInt32) -> Traffic {
      var traffic = Traffic()
      for namespace in Models.crowd(6).namespaces.values {
        for link in namespace.links {
          traffic.record(Counters(), of: link.id, at: 0)
          let isBusy = namespace.id.serial == busiest
          traffic.record(Counters(rxBytes: isBusy ? 1_000_000 : UInt64(link.id.index)), of: link.id, at: 1)
        }
      }
      return traffic
    }
    _ = stage.state.update(.traffic(traffic(busiest: 4)), at: stage.now)
    stage.press(.character("s"), .character("s"), .character("s"))
    #expect(stage.containers.first == "c-4")
    let before = stage.containers
    _ = stage.state.update(.traffic(traffic(busiest: 2)), at: stage.now)
    var next = Models.crowd(6)
    next.revision = 2
    Models.join("late", number: 70, to: LinkRef(.host, 3), of: &next)
    _ = stage.state.update(.snapshot(next), at: stage.now)
    #expect(stage.containers == before + ["late"], "a newcomer comes last, and nobody moves")
    stage.press(.character("r"))
    #expect(stage.containers.first == "c-2", "r sorts again")
  }
}
