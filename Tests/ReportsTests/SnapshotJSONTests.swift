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

  /// A tunnel in a container over the host's link 3, with addresses as IP has them.
  @Test func tunnelsAndWhatTheyLieOn() throws {
    var snapshot = Models.seed
    let id = try #require(snapshot.namespaces.ids.first { $0 != .host })
    let lower = try #require(snapshot.namespaces[.host]?.links.first)
    var tunnel = Link(
      id: LinkRef(id, 9), name: "gre1", kind: "gre", flags: [.up, .pointToPoint], hardwareAddress: [10, 0, 0, 1],
      broadcastAddress: [10, 0, 0, 2], linkType: "gre", lower: lower.id,
      attributes: [LinkFact("gso_max_size", .number(65536)), LinkFact("permaddr", .text("fd00::"))],
      facts: [LinkFact("arp_validate", .nothing)])
    tunnel.addresses = [
      InterfaceAddress(
        local: try #require(IPAddress("fe80::1")), prefixLength: 64, scope: 253,
        flags: [.permanent, .stablePrivacy, .secondary], origin: 3)
    ]
    snapshot.namespaces[id]?.links.append(tunnel)
    var tables = NetworkTables()
    tables.namespaceIDs = [tunnel.id: 4]
    let text = Self.text(snapshot, [id: tables])
    #expect(text.contains("\"link_pointtopoint\":true,\"address\":\"10.0.0.1\",\"broadcast\":\"10.0.0.2\""), "\(text)")
    #expect(text.contains("\"link\":\"\(lower.name)\",\"link_index\":\(lower.id.index),\"link_netnsid\":4"), "\(text)")
    #expect(text.contains("\"info_data\":{\"arp_validate\":null}"))
    #expect(
      text.contains("\"scope\":\"link\",\"temporary\":true,\"stable-privacy\":true,\"protocol\":\"kernel_ll\""),
      "\(text)")
  }

  @Test func tablesOfBridges() throws {
    var snapshot = Models.seed
    let bridge = try #require(snapshot.namespaces[.host]?.links.first { $0.isBridge })
    let port = try #require(snapshot.namespaces[.host]?.links.firstIndex { $0.master == bridge.id })
    snapshot.namespaces[.host]?.links[port].port = BridgePort()
    snapshot.namespaces[.host]?.links[port].slaveFacts = [
      LinkFact("state", .text("forwarding")), LinkFact("multicast_router", .number(1)), LinkFact("cost", .number(2)),
    ]
    var tables = NetworkTables()
    let row = [LinkFact("msti", .number(4)), LinkFact("state", .text("blocking"))]
    tables.vlans = [
      bridge.id: [
        NetworkTables.PortVLAN(
          first: 40, last: 44, isPVID: false, isUntagged: true, facts: [LinkFact("state", .text("forwarding"))])
      ]
    ]
    tables.spanningTrees = [bridge.id: [row]]
    tables.groupMembers = [[LinkFact("dev", .link(bridge.id)), LinkFact("grp", .text("239.1.1.5"))]]
    tables.routerPorts = [bridge.id: [bridge.id]]
    tables.fdb = [ForwardingEntry(hardwareAddress: [2, 0, 0, 0, 0, 9], link: bridge.id, sourceVNI: 5, isLocked: true)]
    tables.fdb[0].viaElsewhere = ForwardingEntry.Elsewhere(index: 7, nsid: 1)
    let text = Self.text(snapshot, [.host: tables])
    let name = bridge.name
    let wanted = [
      "\"flood\":true,\"mcast_router\":1,\"cost\":2}",
      "{\"vlan\":40,\"vlanEnd\":44,\"flags\":[\"Egress Untagged\"],\"state\":\"forwarding\"}",
      "\"mst\":[{\"ifname\":\"\(name)\",\"mst\":[{\"msti\":4,\"state\":\"blocking\"}]}]",
      "\"mdb\":[{\"dev\":\"\(name)\",\"grp\":\"239.1.1.5\"}]", "\"mdb_routers\":{\"\(name)\":[{\"port\":\"\(name)\"}]}",
      "\"src_vni\":5,\"viaIfIndex\":7,\"linkNetNsId\":1,\"flags\":[\"locked\"]",
    ]
    for piece in wanted { #expect(text.contains(piece), "\(piece) in \(text)") }
    #expect(!text.contains("vlan_tunnels"), "there are none")
  }
}
