import Fixtures
import Paths
import Testing
import Topology

private func name(_ hop: Hop, _ snapshot: Snapshot) -> String { snapshot.link(hop.link)?.name ?? "?" }

@Suite struct PathTests {
  @Test func sameBridge() throws {
    let snapshot = Models.seed
    let path = try #require(
      Path.find(
        in: snapshot, from: LinkRef(NamespaceID(serial: 1), 2), to: LinkRef(NamespaceID(serial: 2), 2)))
    #expect(path.map { $0.role } == [.source, .bridgePort, .bridge, .bridgePort, .destination])
    #expect(
      path.map { $0.link } == [
        LinkRef(NamespaceID(serial: 1), 2), LinkRef(.host, 4), LinkRef(.host, 3), LinkRef(.host, 5),
        LinkRef(NamespaceID(serial: 2), 2),
      ])
  }

  @Test func twoBridgesGoThroughTheHost() throws {
    let snapshot = Models.twelve
    // web-1 on docker0, nginx on frontend
    let path = try #require(
      Path.find(
        in: snapshot, from: LinkRef(NamespaceID(serial: 1), 2), to: LinkRef(NamespaceID(serial: 4), 2)))
    let names = path.map { snapshot.link($0.link)?.title ?? "?" }
    #expect(names.count == 6)
    #expect(names[2] == "docker0")
    #expect(names[3] == "frontend")
  }

  @Test func nothingConnects() {
    var snapshot = Models.seed
    var lonely = Namespace(id: NamespaceID(serial: 9), name: "lonely")
    lonely.links = [Models.link(LinkRef(lonely.id, 2), "eth0", address: "10.0.0.1")]
    snapshot.namespaces[lonely.id] = lonely
    #expect(Path.find(in: snapshot, from: LinkRef(lonely.id, 2), to: LinkRef(NamespaceID(serial: 1), 2)) == nil)
    #expect(Path.find(in: snapshot, from: LinkRef(lonely.id, 7), to: LinkRef(lonely.id, 2)) == nil)
  }

  /// A router for forty VLANs of a bridge that filters: once a stack of tags for each order in which they can be met.
  @Test func manyVLANsOnOneBridge() {
    var host = Namespace(id: .host, name: "h")
    let bridge = LinkRef(.host, 2)
    var br0 = Models.link(bridge, "br0", kind: "bridge")
    br0.bridge = BridgeFacts(vlanFiltering: true)
    host.links = [br0]
    var machine = Namespace(id: NamespaceID(serial: 1), name: "m")
    for number in UInt32(0)..<40 {
      var vlan = Models.link(LinkRef(.host, 100 + number), "br0.\(number + 10)", kind: "vlan")
      vlan.lower = bridge
      vlan.facts = [LinkFact("id", .number(UInt64(number) + 10))]
      let (port, end) = (LinkRef(.host, 200 + number), LinkRef(machine.id, 2 + number))
      host.links += [vlan, Models.link(port, "v\(number)", master: bridge, peer: end)]
      machine.links.append(Models.link(end, "eth\(number)", peer: port))
    }
    host.links.sort { $0.id < $1.id }
    let graph = LinkGraph(Snapshot(hostname: "h", namespaces: [host, machine]))
    let domain = graph.domain(of: LinkRef(machine.id, 2))
    #expect(domain.links.count == 121)
    #expect(domain.ways[LinkRef(machine.id, 41)]?.count == 5)
    #expect(domain.ways[LinkRef(.host, 139)]?.count == 4)
  }

  @Test func aRingOfMastersEnds() {
    var host = Namespace(id: .host, name: "h")
    host.links = [
      Models.link(LinkRef(.host, 2), "a", kind: "bridge", master: LinkRef(.host, 3)),
      Models.link(LinkRef(.host, 3), "b", kind: "bridge", master: LinkRef(.host, 2)),
    ]
    let snapshot = Snapshot(hostname: "h", namespaces: [host])
    #expect(Path.find(in: snapshot, from: LinkRef(.host, 2), to: LinkRef(.host, 3))?.count == 2)
  }
}

@Suite struct EndpointTests {
  private func resolve(_ text: String, _ snapshot: Snapshot = Models.twelve) -> Result<Endpoint, ResolutionError> {
    Endpoint.resolve(text, in: snapshot)
  }

  @Test func namesAddressesAndInterfaces() throws {
    #expect(try resolve("订单数据库").get().namespace == NamespaceID(serial: 10))
    #expect(try resolve("172.18.0.3").get().name == "支付网关/eth0")
    #expect(try resolve("api/eth1").get().link == LinkRef(NamespaceID(serial: 7), 3))
    #expect(try resolve("docker0").get().link == LinkRef(.host, 3))
    #expect(try resolve("host").get().namespace == .host)
  }

  @Test func unknownNamesListCandidates() {
    guard case .failure(let error) = resolve("web") else { return #expect(Bool(false), "web is nobody") }
    #expect(error.description.contains("web-1, web-2"))
    guard case .failure(let typo) = resolve("chace") else { return #expect(Bool(false), "chace is nobody") }
    #expect(typo.description.hasSuffix("there are: cache"))
    guard case .failure(let short) = resolve("zz") else { return #expect(Bool(false), "zz is nobody") }
    #expect(short.description.hasSuffix(", …"), "\(short)")
    guard case .failure(let other) = resolve("api/eth7") else { return #expect(Bool(false), "api has no eth7") }
    #expect(other.description == "api has no interface 'eth7'; it has: eth0, eth1")
    guard case .failure(let gone) = resolve("10.1.2.3") else { return #expect(Bool(false), "nobody has 10.1.2.3") }
    #expect(gone.description == "no interface has the address 10.1.2.3")
  }

  @Test func ambiguousNamesListCandidates() {
    var snapshot = Models.seed
    snapshot.namespaces[NamespaceID(serial: 2)]?.name = "test1"
    snapshot.namespaces[NamespaceID(serial: 2)]?.containers[0].name = "test1"
    guard case .failure(let error) = resolve("test1", snapshot) else { return #expect(Bool(false), "two test1") }
    #expect(error.description == "'test1' is ambiguous: test1 (c0), test1 (c1)")
  }

  @Test func hostileNamesAreSafeInErrors() {
    guard case .failure(let error) = resolve("a\u{1B}[31m") else { return #expect(Bool(false), "no such name") }
    #expect(!error.description.contains("\u{1B}"))
  }
}

@Suite struct RouteTests {
  private func choose(_ a: String, _ b: String, _ family: AddressFamily = .any) throws -> Result<
    PingRoute, ResolutionError
  > {
    let snapshot = Models.twelve
    return PingRoute.choose(
      from: try Endpoint.resolve(a, in: snapshot).get(), to: try Endpoint.resolve(b, in: snapshot).get(),
      family: family, in: snapshot)
  }

  @Test func theSharedSubnetIsTaken() throws {
    // api is on frontend and backend; orders only on backend.
    let route = try choose("orders", "api").get()
    #expect(route.destinationAddress.description == "172.19.0.2")
    #expect(route.isSameSubnet)
    let back = try choose("api", "nginx").get()
    #expect(back.sourceAddress.description == "172.18.0.5")
  }

  @Test func aMissingFamilyIsSaid() throws {
    guard case .failure(let error) = try choose("web-1", "web-2", .ipv6) else {
      return #expect(Bool(false), "there is no IPv6 in the model")
    }
    #expect(error.description == "web-1 has no IPv6 address")
  }
}

/// The way to an address that nobody in the picture has.
@Suite struct OutwardTests {
  /// From a container over its bridge and the host's card.
  @Test func itEndsAtTheBorder() throws {
    var snapshot = Models.twelve
    let card = Models.link(LinkRef(.host, 90), "eth0", kind: "", address: "10.9.9.1", prefix: 24)
    snapshot.namespaces[.host]?.links.append(card)
    let from = try Endpoint.resolve("web-1", in: snapshot).get()
    let address = try #require(IPAddress("8.8.8.8"))
    let bridge = try #require(snapshot.namespaces[.host]?.links.first { $0.name == "docker0" })
    let own = LinkRef(from.namespace, 2)
    var asked: [NamespaceID] = []
    let (source, hops) = Path.outward(in: snapshot, from: from, to: address) { namespace, arrival, source in
      asked.append(namespace)
      if namespace == .host {
        #expect(arrival == bridge.id && source == IPAddress("172.17.0.2"))
        return Path.NextHop(link: card.id, gateway: IPAddress("10.9.9.9"))
      }
      #expect(arrival == nil && source == nil)
      return Path.NextHop(link: own, gateway: IPAddress("172.17.0.1"), source: IPAddress("172.17.0.2"))
    }
    #expect(source == IPAddress("172.17.0.2") && asked == [from.namespace, .host])
    let near = try #require(snapshot.link(own).flatMap { snapshot.peer(of: $0) })
    #expect(hops.map(\.link) == [own, near.id, bridge.id, card.id])
    #expect(hops.map(\.role) == [.source, .bridgePort, .bridge, .route])
  }

  /// Two that hand it to each other are passed once.
  @Test func aLoopEnds() throws {
    let snapshot = Models.twelve
    let from = try Endpoint.resolve("web-1", in: snapshot).get()
    let address = try #require(IPAddress("8.8.8.8"))
    let bridge = try #require(snapshot.namespaces[.host]?.links.first { $0.name == "docker0" })
    let (_, hops) = Path.outward(in: snapshot, from: from, to: address) { namespace, _, _ in
      namespace == .host
        ? Path.NextHop(link: bridge.id, gateway: IPAddress("172.17.0.2"))
        : Path.NextHop(link: LinkRef(namespace, 2), gateway: IPAddress("172.17.0.1"))
    }
    #expect(hops.count == 3)
  }

  @Test func whereNobodyCanSayItIsEmpty() throws {
    let from = try Endpoint.resolve("web-1", in: Models.twelve).get()
    let way = Path.outward(in: Models.twelve, from: from, to: .unspecified) { _, _, _ in nil }
    #expect(way.source == nil && way.hops.isEmpty)
  }
}

@Suite struct StatisticsTests {
  @Test func timesAreReckonedAsPingDoes() throws {
    var statistics = PingStatistics()
    for (sequence, time) in [0.1, 0.2, 0.3].enumerated() {
      statistics.noteSent(sequence + 1)
      statistics.noteReply(sequence + 1, milliseconds: time)
    }
    statistics.noteSent(4)
    #expect(statistics.lossPercent == 0)
    statistics.noteLost(4)
    #expect(statistics.received == 3)
    #expect(statistics.lossPercent == 25)
    #expect(abs(try #require(statistics.average) - 0.2) < 1e-9)
    #expect(abs(try #require(statistics.deviation) - 0.081_649_658) < 1e-6)
    #expect(statistics.recent(2) == [.reply(0.3), .lost])
  }

  /// What the kernel would not send was not sent, and says nothing of the way.
  @Test func whatDidNotLeaveIsNoLoss() {
    var statistics = PingStatistics()
    for sequence in 1...3 { statistics.noteSent(sequence) }
    statistics.noteReply(1, milliseconds: 1)
    statistics.noteUnsent(2)
    statistics.noteUnsent(2)
    statistics.noteUnsent(1)
    #expect(statistics.sent == 2 && statistics.unsent == 1 && statistics.lost == 0)
    #expect(statistics.lossPercent == 0)
    #expect(statistics.recent(3) == [.reply(1), .unsent, .pending])
  }

  @Test func aLateReplyTakesTheLossBack() {
    var statistics = PingStatistics()
    statistics.noteSent(1)
    statistics.noteLost(1)
    statistics.noteReply(1, milliseconds: 2000)
    statistics.noteReply(1, milliseconds: 2001)
    #expect(statistics.lost == 0)
    #expect(statistics.received == 1)
  }
}

/// The search against one that tries everything: over random pictures the cheapest way has the same cost.
@Suite struct PathSearchTests {
  private func picture(_ random: inout SeededGenerator) -> Snapshot {
    var host = Namespace(id: .host, name: "host")
    var others: [Namespace] = []
    host.links = [2, 3].map { Models.link(LinkRef(.host, $0), "br\($0)", kind: "bridge") }
    for serial in UInt32(1)...6 {
      var namespace = Namespace(id: NamespaceID(serial: serial), name: "n\(serial)")
      let near = LinkRef(.host, 10 + serial)
      let far = LinkRef(namespace.id, 2)
      let master: LinkRef? =
        Bool.random(using: &random) ? LinkRef(.host, UInt32.random(in: 2...3, using: &random)) : nil
      var first = Models.link(near, "v\(serial)", kind: "veth", master: master)
      var second = Models.link(far, "eth0", kind: "veth")
      if Int.random(in: 0..<5, using: &random) > 0 {
        first.peer = .link(far)
        second.peer = .link(near)
      }
      host.links.append(first)
      namespace.links = [second]
      others.append(namespace)
    }
    return Snapshot(hostname: "h", namespaces: [host] + others)
  }

  @Test(arguments: Array(UInt64(1)...20)) func theWayIsConnectedAndEndsWhereItShould(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let snapshot = picture(&random)
    for a in UInt32(1)...6 {
      for b in UInt32(1)...6 where a != b {
        let (from, to) = (LinkRef(NamespaceID(serial: a), 2), LinkRef(NamespaceID(serial: b), 2))
        let there = Path.find(in: snapshot, from: from, to: to)
        let back = Path.find(in: snapshot, from: to, to: from)
        #expect(there?.map(\.link) == back.map { $0.map(\.link).reversed() })
        let isCabled = [from, to].allSatisfy { snapshot.link($0)?.peerLink != nil }
        #expect((there != nil) == isCabled)
        guard let there else { continue }
        #expect(there.first?.link == from && there.last?.link == to)
        #expect(Set(there.map(\.link)).count == there.count)
        let masters = [from, to].map { snapshot.peer(of: snapshot.link($0)!)!.master }
        // On one bridge the way is through it, and never through the host's routing.
        if let bridge = masters[0], masters[0] == masters[1] {
          #expect(there.map(\.link.index) == [2, 10 + a, bridge.index, 10 + b, 2])
        }
      }
    }
  }
}
