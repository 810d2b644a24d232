import Canvas
import Conclusions
import Diagram
import Fixtures
import Keys
import Paths
import Questions
import Testing
import Topology

@testable import Viewer

/// Whole screens, at three sizes, in Unicode, ASCII and without colours. Every one was looked at as a picture before it
/// was committed.
@Suite struct GalleryTests {
  /// A model and what is done with it.
  struct Scene: Sendable, CustomTestStringConvertible {
    var name: String
    var model: Snapshot
    var isBusy = false
    var act: @Sendable (inout Stage) -> Void = { _ in }
    var testDescription: String { name }
  }

  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 200, height: 60)]

  private static func reply(_ stage: inout Stage, count: Int) {
    for number in 1...count {
      stage.tell(.sent(sequence: number))
      stage.tell(.reply(sequence: number, milliseconds: 0.05 + Double(number % 5) / 100, ttl: 64))
    }
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 200)
    _ = stage.state.update(.tick, at: stage.now)
  }

  /// Time goes on, and what was new is so no more.
  private static func settle(_ stage: inout Stage) {
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 60_000)
    _ = stage.state.update(.tick, at: stage.now)
  }

  private static func change(_ stage: inout Stage, _ body: (inout Snapshot) -> Void) {
    var next = stage.state.snapshot
    body(&next)
    next.revision += 1
    stage.now = Timestamp(milliseconds: stage.now.milliseconds + 2000)
    next.takenAt = stage.now
    _ = stage.state.update(.snapshot(next), at: stage.now)
  }

  private static let laboratory = (try? Recorded.laboratory()) ?? Snapshot()

  /// Finds it, and looks closer.
  private static func look(for name: String, _ stage: inout Stage) {
    stage.press(.character("/"))
    stage.type(name)
    stage.press(.enter, .enter)
  }

  static let scenes: [Scene] = [
    // The three of the mock-ups.
    Scene(name: "seed-ping", model: Models.seed) { stage in
      stage.press(.character("p"), .character("p"))
      reply(&stage, count: 7)
    },
    Scene(name: "twelve-inspected", model: Models.twelve) { stage in
      stage.press(.character("!"), .enter)
    },
    Scene(name: "five-hundred-search", model: Models.fiveHundred, isBusy: true) { stage in
      stage.press(.character("/"))
      stage.type("wkr-135")
      stage.press(.enter, .enter)
    },
    // And more.
    Scene(name: "seed", model: Models.seed),
    Scene(name: "twelve", model: Models.twelve),
    Scene(name: "five-hundred", model: Models.fiveHundred, isBusy: true),
    Scene(name: "full-docker", model: Models.fullDocker, isBusy: true),
    Scene(name: "wide-names", model: Models.wide) { $0.press(.enter) },
    Scene(name: "nested", model: Kinds.nested),
    Scene(name: "children", model: Kinds.children),
    Scene(name: "nested-engines", model: Kinds.dind),
    Scene(name: "lonely", model: Kinds.lonely),
    Scene(name: "bridgeless", model: Kinds.bridgeless),
    // What a real kernel told; an empty picture is no golden of it.
    Scene(name: "kernel", model: laboratory) { look(for: "eth0.10", &$0) },
    Scene(name: "kernel-tunnel", model: laboratory) { look(for: "wg0", &$0) },
    Scene(name: "kernel-list", model: laboratory) { $0.press(.character("v")) },
    Scene(name: "list", model: Models.twelve) { $0.press(.character("v")) },
    Scene(name: "busiest", model: Models.fiveHundred, isBusy: true) { $0.press(.character("b")) },
    Scene(name: "trouble", model: Models.fiveHundred, isBusy: true) { $0.press(.character("t")) },
    Scene(name: "events", model: Models.twelve) { stage in
      change(&stage) { Models.join("批处理-1", number: 70, to: LinkRef(.host, 3), of: &$0) }
      change(&stage) { Models.remove(NamespaceID(serial: 2), from: &$0) }
      stage.press(.character("e"))
    },
    Scene(name: "come-and-gone", model: Models.twelve) { stage in
      change(&stage) { Models.join("批处理-1", number: 70, to: LinkRef(.host, 3), of: &$0) }
      change(&stage) { Models.remove(NamespaceID(serial: 5), from: &$0) }
    },
    Scene(name: "filter", model: Models.twelve) { stage in
      stage.press(.character("\\"))
      stage.type("bridge:frontend !auth")
    },
    Scene(name: "sorted", model: Models.twelve) { $0.press(.character("s"), .character("I")) },
    Scene(name: "pick", model: Models.twelve) { $0.press(.character("p")) },
    Scene(name: "target", model: Models.twelve) { stage in
      stage.press(.character("w"))
      stage.type("cache:5432")
    },
    Scene(name: "target-problem", model: Models.twelve) { stage in
      stage.press(.character("w"))
      stage.type("cache:99999")
      stage.press(.enter)
    },
    Scene(name: "lost-ping", model: Models.seed) { stage in
      stage.press(.character("p"), .character("p"))
      stage.tell(.sent(sequence: 1))
      stage.tell(.lost(sequence: 1, lastSeen: 1))
      explain(&stage)
    },
    Scene(name: "explanation", model: Models.seed) { stage in
      stage.press(.character("p"), .character("p"))
      stage.tell(.sent(sequence: 1))
      stage.tell(.lost(sequence: 1, lastSeen: 1))
      explain(&stage)
      stage.press(.character("w"))
    },
    Scene(name: "matrix", model: Models.twelve) { stage in
      stage.press(.character("3"), .character("M"))
      answerMatrix(&stage)
    },
    Scene(name: "frozen", model: Models.twelve) { stage in
      settle(&stage)
      stage.press(.character("f"))
    },
    Scene(name: "folded", model: Models.twelve) { $0.press(.character("2"), .character(" ")) },
    Scene(name: "banner", model: denied),
    Scene(name: "help", model: Models.twelve) { $0.press(.character("?")) },
  ]

  /// A host that may not be entered.
  private static let denied: Snapshot = {
    var snapshot = Models.twelve
    snapshot.warnings = [
      Warning(
        source: "permissions",
        text: "CAP_SYS_ADMIN is missing: namespaces can't be entered, so no ping from inside; run with sudo")
    ]
    return snapshot
  }()

  /// Both ports are isolated.
  private static func explain(_ stage: inout Stage) {
    for number in 0..<20 where stage.state.ping?.why == nil {
      stage.now = Timestamp(milliseconds: stage.now.milliseconds + 100 * Int64(number))
      _ = stage.state.update(.tick, at: stage.now)
    }
    guard let id = stage.state.ping?.why?.id else { return }
    _ = stage.state.update(.explanation(id: id, Explained.isolated, isFinal: true), at: stage.now)
  }

  /// Everybody answers but one.
  private static func answerMatrix(_ stage: inout Stage) {
    var waiting = stage.effects
    for _ in 0..<200 where !waiting.isEmpty {
      let effect = waiting.removeFirst()
      guard case .probe(let id, let route) = effect else { continue }
      let isLost = route.destinationName == "queue"
      let event: PingReport.Event =
        isLost ? .lost(sequence: 1, lastSeen: nil) : .reply(sequence: 1, milliseconds: 0.06, ttl: 64)
      waiting += stage.state.update(.ping(PingReport(id: id, event: event, at: stage.now)), at: stage.now)
    }
  }

  @Test(arguments: scenes, sizes) func screen(scene: Scene, size: Size) {
    func picture(_ glyphs: GlyphSet) -> CellCanvas {
      var stage = Stage(scene.model, size: size)
      stage.state.glyphs = glyphs
      if scene.isBusy { _ = stage.state.update(.traffic(Models.busy(scene.model)), at: stage.now) }
      scene.act(&stage)
      return stage.picture()
    }
    let name = "\(scene.name)-\(size.width)x\(size.height)"
    #expect(Golden.difference(unicode: picture(.unicode), ascii: picture(.ascii), name) == nil)
  }
}

/// Explanations that tests show.
enum Explained {
  static let isolated: Explanation = {
    typealias Evidence = Explanation.Evidence
    typealias Check = Explanation.Check
    let (test1, test2) = (NamespaceID(serial: 1), NamespaceID(serial: 2))
    var explanation = Explanation(
      source: Explanation.End(name: "test1", namespace: test1, interface: "eth0", address: IPAddress("172.17.0.2")),
      destination: Explanation.End(
        name: "test2", namespace: test2, interface: "eth0", address: IPAddress("172.17.0.3")),
      verdict: .unreachable, also: [], path: [], unread: ["rules of test2: no such program (nft is missing)"], notes: []
    )
    explanation.probe = EchoOutcome(sent: 3, received: 0)
    explanation.cause = Explanation.Finding(
      code: .portIsolated, namespace: .host, namespaceName: "the host", interface: "veth9e3779b",
      link: LinkRef(.host, 5),
      isOnReply: false,
      claim:
        "The ports of test1 and test2 on docker0 are both isolated: the bridge passes nothing from one to the other",
      evidence: [
        Evidence("veth1 isolated on", source: "IFLA_BRPORT_ISOLATED"),
        Evidence("veth2 isolated on", source: "IFLA_BRPORT_ISOLATED"),
      ], remedy: "bridge link set dev veth2 isolated off", rule: nil)
    func step(
      _ namespace: NamespaceID, _ name: String, _ interface: String, _ role: Hop.Role, _ counts: (UInt64, UInt64),
      _ isOK: Bool?, _ checks: [Check]
    ) -> Explanation.Step {
      Explanation.Step(
        link: nil, namespace: namespace, namespaceName: name, interface: interface, role: role, packetsIn: counts.0,
        packetsOut: counts.1, isOK: isOK, checks: checks)
    }
    explanation.path = [
      step(
        test1, "test1", "eth0", .source, (0, 3), true,
        [
          Check(.ok, "link", "up, mtu 1500"), Check(.ok, "route", "172.17.0.0/16 by eth0"),
        ]),
      step(.host, "the host", "veth1", .bridgePort, (3, 0), true, [Check(.ok, "port", "forwarding")]),
      step(
        .host, "the host", "docker0", .bridge, (3, 0), nil,
        [
          Check(.ok, "link", "bridge, up"), Check(.unknown, "forward rules", "nft is missing"),
        ]),
      step(
        .host, "the host", "veth2", .bridgePort, (0, 0), false,
        [
          Check(.bad, "port", "isolated, as the one that the packet came in by")
        ]),
      step(test2, "test2", "eth0", .destination, (0, 0), true, [Check(.ok, "link", "up, mtu 1500")]),
    ]
    return explanation
  }()
}
