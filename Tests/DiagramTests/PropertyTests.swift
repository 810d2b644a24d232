import Canvas
import Diagram
import Fixtures
import Testing
import Topology

/// Random hosts: bridges, containers on one or more of them, some down, names of any width.
private func randomHost(_ generator: inout SeededGenerator, containers: ClosedRange<Int>) -> Snapshot {
  let names = ["web", "支付", "a-very-long-name-for-a-container", "x", "订单数据库", "db"]
  var networks: [Models.Network] = []
  let bridges = Int.random(in: 1...4, using: &generator)
  let count = Int.random(in: containers, using: &generator)
  for bridge in 0..<bridges {
    let members = (0..<count).filter { container in
      container % bridges == bridge || Int.random(in: 0..<12, using: &generator) == 0
    }
    networks.append(
      Models.Network(
        bridge == 0 ? "docker0" : "br-\(bridge)f00ba47", network: bridge == 0 ? "bridge" : "net\(bridge)",
        subnet: "172.\(17 + bridge)", containers: members.map { "\(names[$0 % names.count])-\($0)" }))
  }
  let down = (0..<count).filter { _ in Int.random(in: 0..<8, using: &generator) == 0 }
  return Models.host(networks, down: Set(down.map { "\(names[$0 % names.count])-\($0)" }))
}

@Suite struct PropertyTests {
  private func layout(_ snapshot: Snapshot, _ size: Size, zoom: Zoom? = nil) -> Layout {
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    return Layout(snapshot, slots: slots, zoom: zoom, viewport: size)
  }

  @Test(arguments: 0..<40) func everyShownLinkIsFoundAndNoBoxesOverlap(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let snapshot = randomHost(&generator, containers: 1...60)
    let layout = layout(snapshot, Size(width: Int.random(in: 60...300, using: &generator), height: 40))
    for namespace in snapshot.namespaces.values {
      for link in namespace.shownLinks { #expect(layout.element(for: link.id) != nil, "\(link.name) is nowhere") }
    }
    let boxes = layout.elements.filter { placed in
      if case .namespace = placed.element { true } else { false }
    }
    for (index, a) in boxes.enumerated() {
      for b in boxes.dropFirst(index + 1) { #expect(!a.frame.intersects(b.frame)) }
    }
    #expect(Set(layout.elements.map(\.element)).count == layout.elements.count, "an element stands twice")
  }

  @Test(arguments: 0..<20) func survivorsKeepTheirPlaceInTheirBand(seed: UInt64) {
    var generator = SeededGenerator(seed: 200 + seed)
    var members = (0..<20).map { "c\($0)" }
    var slots = Slots()
    var next = 20
    var now: Int64 = 0
    var last: [String: Int] = [:]
    for _ in 0..<40 {
      let snapshot = model(members)
      now += 1000
      slots.settle(snapshot, at: Timestamp(milliseconds: now))
      let layout = Layout(snapshot, slots: slots, zoom: .row, viewport: Size(width: 100, height: 40))
      var rows: [String: Int] = [:]
      for placed in layout.elements {
        if case .namespace(let id) = placed.element, let name = snapshot.namespaces[id]?.name {
          rows[name] = placed.frame.minY
        }
      }
      for (name, row) in rows {
        if let before = last[name] { #expect(before == row, "\(name) jumped from \(before) to \(row)") }
      }
      last = rows
      if Bool.random(using: &generator), members.count > 2 {
        members.remove(at: Int.random(in: 0..<members.count, using: &generator))
      } else {
        members.append("c\(next)")
        next += 1
      }
    }
  }

  /// A model whose namespaces keep their identity by name, as the observer's do.
  private func model(_ members: [String]) -> Snapshot {
    var host = Namespace(id: .host, kind: .host, name: "host")
    let bridge = LinkRef(.host, 2)
    host.links = [Models.link(bridge, "docker0", kind: "bridge", address: "172.17.0.1")]
    var namespaces: [Namespace] = []
    for member in members {
      let serial = (UInt32(member.dropFirst()) ?? 0) + 1
      let id = NamespaceID(serial: serial)
      let near = LinkRef(.host, 10 + serial)
      host.links.append(Models.link(near, "veth\(serial)", master: bridge, peer: LinkRef(id, 2)))
      namespaces.append(
        Namespace(
          id: id, kind: .container, name: member,
          links: [Models.link(LinkRef(id, 2), "eth0", address: "172.17.0.9", peer: near)]))
    }
    return Snapshot(hostname: "h", namespaces: [host] + namespaces)
  }

  @Test func arrowsReachEverything() {
    let layout = layout(Models.twelve, Size(width: 120, height: 38))
    var reached: Set<Element> = []
    var frontier = [layout.elements[0].element]
    while let element = frontier.popLast() {
      guard reached.insert(element).inserted else { continue }
      for direction in Direction.allCases {
        if let next = layout.next(from: element, toward: direction) { frontier.append(next) }
      }
    }
    #expect(reached.count == layout.elements.count)
  }

  @Test func rightFromAPortIsItsContainer() {
    let layout = layout(Models.seed, Size(width: 80, height: 22))
    let port = Element.link(LinkRef(.host, 5))
    #expect(layout.next(from: port, toward: .right) == .namespace(NamespaceID(serial: 2)))
    #expect(layout.next(from: .namespace(NamespaceID(serial: 2)), toward: .left) == port)
    #expect(layout.next(from: port, toward: .left) == .link(LinkRef(.host, 3)))
    #expect(layout.next(from: .namespace(NamespaceID(serial: 1)), toward: .down) == .namespace(NamespaceID(serial: 2)))
  }

  @Test func noSizeDoesHarm() {
    for snapshot in [Models.twelve, Snapshot(), Odd.model] {
      for (width, height) in [(0, 0), (1, 1), (10, 3), (40, 10), (60, 15), (300, 100)] {
        let canvas = draw(snapshot, Size(width: width, height: height))
        #expect(canvas.size == Size(width: width, height: height))
      }
    }
  }

  @Test func aLayoutIsAPureFunction() {
    let a = draw(Models.twelve, Size(width: 120, height: 38))
    let b = draw(Models.twelve, Size(width: 120, height: 38))
    #expect(a == b)
  }
}

@Suite struct UnitTests {
  @Test func numbersAreShortAndHonest() {
    #expect(Units.rate(0) == "0 B/s")
    #expect(Units.rate(999.4) == "999 B/s")
    #expect(Units.rate(999.6) == "1.0 KB/s")
    #expect(Units.rate(1234) == "1.2 KB/s")
    #expect(Units.rate(123_456) == "123 KB/s")
    #expect(Units.shortRate(4_000_000) == "4.0MB/s")
    #expect(Units.short(9_940_000) == "9.9M")
    #expect(Units.short(9_960_000) == "10M")
    #expect(Units.short(999_600) == "1.0M")
    #expect(Units.bytes(48_100_000) == "48.1 MB")
    #expect(Units.count(61204) == "61 204")
    #expect(Units.fixed(0.0614, digits: 3) == "0.061")
    #expect(Units.fixed(1.9996, digits: 3) == "2.000")
    #expect(Units.rate(.nan) == "0 B/s")
  }
}

@Suite struct ComebackTests {
  private let bridge = LinkRef(.host, 2)

  /// A host with those containers; a serial number is an identity.
  private func model(_ members: [(serial: UInt32, name: String)]) -> Snapshot {
    var host = Namespace(id: .host, kind: .host, name: "host")
    host.links = [Models.link(bridge, "docker0", kind: "bridge", address: "172.17.0.1")]
    var spaces: [Namespace] = []
    for (serial, name) in members {
      let (near, far) = (LinkRef(.host, 10 + serial), LinkRef(NamespaceID(serial: serial), 2))
      host.links.append(Models.link(near, "veth\(serial)", master: bridge, peer: far))
      spaces.append(
        Namespace(
          id: far.namespace, kind: .container, name: name,
          links: [Models.link(far, "eth0", address: "172.17.0.9", peer: near)]))
    }
    return Snapshot(hostname: "h", namespaces: [host] + spaces)
  }

  private func rows(_ snapshot: Snapshot, _ slots: inout Slots, _ seconds: Int64) -> [String: Int] {
    slots.settle(snapshot, at: Timestamp(milliseconds: seconds * 1000))
    let layout = Layout(snapshot, slots: slots, zoom: .row, viewport: Size(width: 100, height: 40))
    var rows: [String: Int] = [:]
    for space in snapshot.namespaces.values where space.id != .host {
      rows[space.name] = layout.frame(of: .namespace(space.id))?.minY
    }
    return rows
  }

  @Test(arguments: [2, 8] as [Int64]) func whoComesBackTakesItsGhostsPlace(later: Int64) {
    var slots = Slots()
    let before = rows(model([(1, "a"), (2, "b"), (3, "c")]), &slots, 0)
    // b and a are restarted; they come back in the other order, b first without its name.
    _ = rows(model([(3, "c")]), &slots, 1)
    _ = rows(model([(3, "c"), (4, "netns 4026532999")]), &slots, 1 + later)
    let after = rows(model([(3, "c"), (4, "b"), (5, "a")]), &slots, 2 + later)
    #expect(after == before)
  }

  @Test func aStrangerTakesTheLowestHole() {
    var slots = Slots()
    let before = rows(model([(1, "a"), (2, "b"), (3, "c")]), &slots, 0)
    _ = rows(model([(3, "c")]), &slots, 1)
    let after = rows(model([(3, "c"), (4, "d")]), &slots, 9)
    #expect(after["d"] == before["a"] && after["c"] == before["c"])
  }
}
