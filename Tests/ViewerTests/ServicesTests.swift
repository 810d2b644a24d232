import Canvas
import Diagram
import Fixtures
import Keys
import Testing
import Topology

@testable import Viewer

/// What the details say of what can be reached in a namespace.
@Suite struct ServicesTests {
  private func stage(_ change: (inout NetworkTables) throws -> Void) throws -> Stage {
    var snapshot = Models.twelve
    let place = try #require(snapshot.namespaces.ids.first { $0 != .host })
    snapshot.namespaces[place]?.containers = [
      Container(id: String(repeating: "a", count: 64), name: "web-1", ports: ["0.0.0.0:8080→80/tcp"])
    ]
    var stage = Stage(snapshot, size: Size(width: 120, height: 60))
    stage.press(.enter)
    let link = try #require(stage.state.selectedLink)
    var tables = NetworkTables()
    try change(&tables)
    _ = stage.state.update(.tables(link.id.namespace, tables), at: stage.now)
    return stage
  }

  private func listener(
    _ address: String, _ port: UInt16, _ program: String?, _ transport: TransportProtocol = .tcp, waiting: UInt32 = 0
  ) throws -> Listener {
    Listener(
      transport, address: try #require(IPAddress(address)), port: port, waiting: waiting, backlog: 2, program: program)
  }

  private func lines(_ stage: Stage) -> [String] {
    stage.text.split(separator: "\n").compactMap { $0.split(separator: "│").last.map(String.init) }.map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  @Test func whatListensAndWhatIsPublished() throws {
    let stage = try stage { tables in
      tables.listeners = [
        try listener("0.0.0.0", 53, "dnsmasq", .udp), try listener("0.0.0.0", 80, "nginx"),
        try listener("0.0.0.0", 80, "nginx"), try listener("127.0.0.1", 9000, nil),
        try listener("::", 22, "sshd", waiting: 3),
      ]
    }
    let lines = lines(stage)
    let first = try #require(lines.firstIndex(of: "published"), "\(stage.text)")
    #expect(
      lines[first...].prefix(8) == [
        "published", "0.0.0.0:8080→80/tcp", "", "listens", "[::]:22  sshd  queue full: 3 wait", "*:80  nginx",
        "127.0.0.1:9000", "*:53/udp  dnsmasq",
      ], "\(stage.text)")
  }

  @Test func ofManyTheFirst() throws {
    let stage = try stage { tables in
      tables.listeners = try (1...30).map { try listener("0.0.0.0", UInt16($0), "many") }
    }
    #expect(lines(stage).contains("*:12  many") && !lines(stage).contains("*:13  many"))
    #expect(lines(stage).contains("and 18 more"))
  }

  @Test func nothingIsSaid() throws {
    #expect(lines(try stage { $0.listeners = [] }).contains("nothing"))
    #expect(!lines(try stage { $0.listeners = nil }).contains("listens"), "it was not read")
  }
}
