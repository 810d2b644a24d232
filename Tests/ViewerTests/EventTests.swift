import Canvas
import Fixtures
import Keys
import Testing
import Topology

@testable import Listing
@testable import Viewer

@Suite struct EventTests {
  private let web = NamespaceID(serial: 1)

  /// A stage that has seen the model `change` once a second.
  private func stage(_ times: Int, _ change: (Int, inout Snapshot) -> Void) -> Stage {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    var model = Models.twelve
    for number in 0..<times {
      change(number, &model)
      model.revision += 1
      model.takenAt = Timestamp(milliseconds: model.takenAt.milliseconds + 1000)
      _ = stage.state.update(.snapshot(model), at: stage.now)
    }
    return stage
  }

  @Test func aStormIsOneLine() {
    let stage = stage(200) { number, model in model.namespaces[web]?.links[0].mtu = UInt32(1400 + number) }
    let lines = stage.state.changes.map(\.line)
    // Those that came one by one, and a line that grows.
    #expect(lines.count == 3 && lines.last?.hasPrefix("eth0 mtu 1598 > 1599  (") == true, "\(lines)")
    #expect(stage.state.changes.map(\.count).reduce(0, +) == 200)
  }

  @Test func whatIsFarApartIsNoStorm() {
    var changes: [Change] = []
    for number in 0..<10 {
      let at = Timestamp(milliseconds: Int64(number) * 11_000)
      Change.add(
        [Change(at: at, namespace: web, link: LinkRef(web, 2), text: "eth0 up", severity: .good, topic: .state)],
        to: &changes, limit: 8)
    }
    #expect(changes.count == 8 && changes.allSatisfy { $0.count == 1 })
  }

  @Test func manyAddressesAreCounted() {
    let stage = stage(1) { _, model in
      model.namespaces[web]?.links[0].addresses += (0..<249).compactMap { number in
        IPAddress("10.9.0.\(number)").map { InterfaceAddress(local: $0, prefixLength: 32) }
      }
    }
    #expect(stage.state.changes.map(\.line) == ["eth0 +249 addresses"])
  }

  @Test func whoHasGoneIsFoundByHisName() {
    var stage = stage(2) { number, model in
      Models.remove(NamespaceID(serial: number == 0 ? 2 : 3), from: &model)
    }
    stage.press(.character("\\"))
    for letter in "web-2".unicodeScalars { stage.press(.character(letter)) }
    stage.press(.enter, .character("e"))
    #expect(stage.state.shownChanges.map(\.line) == ["- web-2 gone"])
    #expect(stage.text.contains("- web-2 gone") && !stage.text.contains("- cache gone"))
  }
}
