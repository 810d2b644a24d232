import Canvas
import Fixtures
import Keys
import Listing
import Testing
import Topology

@testable import Viewer

private let wide = Size(width: 120, height: 40)

/// What people ask the viewer first: who talks most, what is down, what changed.
@Suite struct StoryTests {
  /// A port that does not forward is no good news, though its cable is whole.
  @Test func nothingInTroubleIsCalledUp() throws {
    var model = Models.seed
    let place = try #require(model.namespaces[.host]?.linkPosition(4))
    model.namespaces[.host]?.links[place].port = BridgePort(state: .disabled)
    var stage = Stage(model, size: wide)
    stage.press(.character("t"))
    let row = try #require(stage.picture().rows.first { $0.contains("the port is disabled") })
    #expect(row.contains("○ disabled") && !row.contains(" up"), "\(row)")
    stage.press(.character("v"), .character("!"))
    #expect(footer(stage).contains("test1 eth0: the port is disabled"), "\(footer(stage))")
  }

  private func footer(_ stage: Stage) -> String { stage.picture().rows.last ?? "" }

  /// Who talked for a minute talks most, not who sent a burst in the last second.
  @Test func theLastMinuteCounts() {
    var stage = Stage(Models.seed, size: wide)
    var traffic = Traffic()
    func counters(_ bytes: Int) -> Counters {
      var counters = Counters()
      counters.txBytes = UInt64(bytes)
      return counters
    }
    let (steady, burst) = (LinkRef(NamespaceID(serial: 1), 2), LinkRef(NamespaceID(serial: 2), 2))
    for second in 0...60 {
      traffic.record(counters(second * 1000), of: steady, at: Double(second))
      traffic.record(counters(second == 60 ? 30_000 : 0), of: burst, at: Double(second))
    }
    _ = stage.state.update(.traffic(traffic), at: stage.now)
    stage.press(.character("b"))
    #expect(stage.state.listRows.map(\.link) == [steady, burst])
    #expect(stage.text.contains("1.0KB/s") && stage.text.contains("500B/s"), "\(stage.text)")
  }

  /// One veth that is switched off is one line at each end: whose it is, and why.
  @Test func aSwitchedOffVethIsALineAtEachEnd() throws {
    let old = Models.seed
    var new = old
    let place = try #require(new.namespaces[.host]?.linkPosition(4))
    let far = try #require(new.namespaces[.host]?.links[place].peerLink)
    new.namespaces[.host]?.links[place].flags = LinkFlags(rawValue: 0x1002)
    new.namespaces[.host]?.links[place].port = BridgePort(state: .disabled)
    new.namespaces[far.namespace]?.links[0].flags = LinkFlags(rawValue: 0x1003)
    let name = try #require(new.link(LinkRef(.host, 4))).name
    #expect(
      Change.between(old, new).map(\.text) == [
        "\(name) switched off (test1)", "eth0 carrier lost: \(name) is switched off",
      ])
  }
}
