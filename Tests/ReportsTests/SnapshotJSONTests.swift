import Fixtures
import Reports
import Testing
import Topology

@Suite struct SnapshotJSONTests {
  private static func text(_ snapshot: Snapshot) -> String {
    var bytes: [UInt8] = []
    SnapshotJSON(snapshot).write { piece in for position in piece.indices { bytes.append(piece[position]) } }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func peersNameBothEnds() {
    let text = Self.text(Models.seed)
    #expect(text.contains("\"peer\":{\"inode\":4026532000,\"ifindex\":2,\"ifname\":\"eth0\"}"))
    #expect(text.contains("\"master\":\"docker0\""))
    #expect(text.hasPrefix("{\"version\":1,\"hostname\":\"edge01\",\"taken_at\":\"2026-11-23T12:04:33.000Z\""))
  }
}
