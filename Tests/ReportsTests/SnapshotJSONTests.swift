import Canvas
import Fixtures
import Reports
import Testing
import Topology

@Suite struct SnapshotJSONTests {
  private static func text(_ snapshot: Snapshot, _ tables: [NamespaceID: NetworkTables] = [:]) -> String {
    var bytes: [UInt8] = []
    SnapshotJSON(snapshot, tables: tables).write { piece in
      for position in piece.indices { bytes.append(piece[position]) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func withServices() throws -> (Snapshot, NamespaceID, NetworkTables) {
    var snapshot = Models.seed
    let id = try #require(snapshot.namespaces.ids.first { $0 != .host })
    snapshot.namespaces[id]?.containers = [Container(id: "ab", name: "web", ports: ["0.0.0.0:8080→80/tcp"])]
    var tables = NetworkTables()
    tables.listeners = [
      Listener(address: try #require(IPAddress("0.0.0.0")), port: 80, backlog: 128, program: "nginx"),
      Listener(.udp, address: try #require(IPAddress("::1")), port: 53),
    ]
    return (snapshot, id, tables)
  }

  @Test func whatListensAndWhatIsPublished() throws {
    let (snapshot, id, tables) = try Self.withServices()
    let text = Self.text(snapshot, [id: tables])
    #expect(text.contains("\"ports\":[\"0.0.0.0:8080→80/tcp\"]"))
    let first =
      "{\"protocol\":\"tcp\",\"address\":\"0.0.0.0\",\"port\":80,\"waiting\":0,\"backlog\":128,\"program\":\"nginx\"}"
    #expect(text.contains("\"listeners\":[\(first),{\"protocol\":\"udp\",\"address\":\"::1\",\"port\":53}]"), "\(text)")
    #expect(!Self.text(snapshot).contains("listeners"), "it was not read")
  }

  @Test func theSameBelowTheDiagram() throws {
    let (snapshot, id, tables) = try Self.withServices()
    let style = TextStyle(color: .never, glyphs: .unicode, width: 80)
    #expect(ServicesText(snapshot, of: nil).text(style) == "\npublished\n  web  0.0.0.0:8080→80/tcp\n")
    #expect(
      ServicesText(snapshot, of: [id], tables: [id: tables]).text(style).hasSuffix(
        "\nlistens\n  test1  *:80  nginx\n  test1  [::1]:53/udp\n"))
    #expect(ServicesText(snapshot, of: []).text(style) == "")
  }

  @Test func peersNameBothEnds() {
    let text = Self.text(Models.seed)
    #expect(text.contains("\"peer\":{\"inode\":4026532000,\"ifindex\":2,\"ifname\":\"eth0\"}"))
    #expect(text.contains("\"master\":\"docker0\""))
    #expect(text.hasPrefix("{\"version\":1,\"hostname\":\"edge01\",\"taken_at\":\"2026-11-23T12:04:33.000Z\""))
  }
}
