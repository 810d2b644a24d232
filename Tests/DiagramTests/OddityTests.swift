import Canvas
import Diagram
import Fixtures
import Testing
import Topology

/// What no administrator would build, and what a kernel that is read while it changes may tell all the same.
@Suite struct OddityTests {
  /// Any kind of link anywhere, with masters, parents and peers that lead anywhere or nowhere, even in circles.
  private func tangle(_ generator: inout SeededGenerator) -> Snapshot {
    let kinds = ["", "veth", "veth", "veth", "bridge", "bond", "vlan", "macvlan", "vxlan", "tun", "dummy"]
    let names = ["eth", "支付网关", "veth1a2b3c", "a-name-of-15-col", "x"]
    let count = UInt32.random(in: 1...9, using: &generator)
    var spaces: [Namespace] = []
    for serial in 0..<count {
      let indexes = (1...UInt32.random(in: 1...12, using: &generator))
      let links = indexes.map { index in
        let state = Int.random(in: 0..<6, using: &generator)
        return Models.link(
          LinkRef(NamespaceID(serial: serial), index), names[Int.random(in: 0..<names.count, using: &generator)],
          kind: kinds[Int.random(in: 0..<kinds.count, using: &generator)],
          address: Bool.random(using: &generator) ? "10.\(serial).0.\(index)" : nil, up: state != 0, carrier: state != 1
        )
      }
      spaces.append(
        Namespace(
          id: NamespaceID(serial: serial), kind: serial == 0 ? .host : .container, name: "空間-\(serial)",
          links: Int.random(in: 0..<8, using: &generator) == 0 ? [] : links))
    }
    func anyLink() -> LinkRef {
      LinkRef(
        NamespaceID(serial: UInt32.random(in: 0...count, using: &generator)),
        UInt32.random(in: 1...12, using: &generator))
    }
    for space in spaces.indices {
      for index in spaces[space].links.indices {
        let id = spaces[space].links[index].id
        if Int.random(in: 0..<3, using: &generator) == 0 {
          spaces[space].links[index].master = LinkRef(id.namespace, UInt32.random(in: 1...12, using: &generator))
        }
        if Int.random(in: 0..<4, using: &generator) == 0 { spaces[space].links[index].lower = anyLink() }
      }
    }
    var snapshot = Snapshot(hostname: "h", namespaces: spaces)
    tie(&snapshot, &generator)
    return snapshot
  }

  /// Pairs that name each other, across namespaces and within one; and some that nobody sees.
  private func tie(_ snapshot: inout Snapshot, _ generator: inout SeededGenerator) {
    var veths = snapshot.namespaces.values.flatMap { $0.links.filter(\.isPair).map(\.id) }
    veths.shuffle(using: &generator)
    while veths.count > 1 {
      let (a, b) = (veths.removeLast(), veths.removeLast())
      if Int.random(in: 0..<6, using: &generator) == 0 { continue }
      for (end, peer) in [(a, b), (b, a)] {
        guard let position = snapshot.namespaces[end.namespace]?.linkPosition(end.index) else { continue }
        snapshot.namespaces[end.namespace]?.links[position].peer = .link(peer)
      }
    }
  }

  @Test(arguments: 0..<32) func everyTangleHasAPicture(seed: UInt64) {
    var generator = SeededGenerator(seed: 7000 + seed)
    let snapshot = tangle(&generator)
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    let buses = snapshot.bridges.map(\.id)
    let folded = Set(buses.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
    for zoom in [nil] + Zoom.allCases.map(Optional.some) {
      let size = Size(
        width: Int.random(in: 60...160, using: &generator), height: Int.random(in: 10...60, using: &generator))
      for folds in [[], folded] {
        let layout = Layout(snapshot, slots: slots, zoom: zoom, folded: folds, viewport: size)
        #expect(
          Inspection(snapshot, layout).faults.isEmpty, "\(layout.density) at \(size.width), \(folds.count) folded")
      }
    }
  }

  /// The slots of a tangle that turns into another one: nothing is lost.
  @Test(arguments: 0..<10) func tanglesThatChangeKeepEverythingInSight(seed: UInt64) {
    var generator = SeededGenerator(seed: 8000 + seed)
    var slots = Slots()
    for step in 0..<12 {
      let snapshot = tangle(&generator)
      slots.settle(snapshot, at: Timestamp(milliseconds: Int64(step) * 2500))
      if step.isMultiple(of: 5) { slots.compact() }
      let zoom = Zoom.allCases[step % 4]
      let layout = Layout(snapshot, slots: slots, zoom: zoom, viewport: Size(width: 100, height: 40))
      #expect(Inspection(snapshot, layout).faults.isEmpty, "step \(step) \(layout.density)")
    }
  }

  /// Serials are given once and never again: after years the oldest and the newest lie far apart.
  @Test func serialsMayLieFarApart() {
    var snapshot = Models.seed
    let old = Models.join("old", number: 3, to: LinkRef(.host, 3), of: &snapshot)
    Models.join("new", number: 4_000_000_000, to: LinkRef(.host, 3), of: &snapshot)
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    for zoom in Zoom.allCases {
      let layout = Layout(snapshot, slots: slots, zoom: zoom, viewport: Size(width: 100, height: 40))
      #expect(Inspection(snapshot, layout).faults.isEmpty)
      #expect(layout.frame(of: .namespace(old)) != nil)
    }
  }

  @Test func settlingWithinTheLayoutIsTheSame() {
    let snapshot = Models.fiveHundred
    var apart = Slots()
    apart.settle(snapshot, at: snapshot.takenAt)
    var together = Slots()
    let size = Size(width: 100, height: 40)
    let layout = Layout(snapshot, settling: &together, at: snapshot.takenAt, viewport: size)
    #expect(together == apart)
    #expect(layout.elements == Layout(snapshot, slots: apart, viewport: size).elements)
  }

  @Test func noSizeDoesHarm() {
    for snapshot in [Models.twelve, Snapshot(), Kinds.nested, Kinds.dind, Models.crowd(100)] {
      for zoom in Zoom.allCases {
        for (width, height) in [(0, 2), (1, 2), (5, 3), (12, 4), (25, 10), (40, 12), (59, 15), (300, 100)] {
          let size = Size(width: width, height: height)
          let canvas = picture(snapshot, size, zoom: zoom, scroll: 3) { decor, layout in
            decor.selection = layout.elements.last?.element
            decor.matches = Set(layout.elements.prefix(3).map(\.element))
          }
          #expect(canvas.size == size)
        }
      }
    }
  }

  @Test func manyContainersOnTwoNetworksDoNotShareALane() {
    let names = (1...14).map { "both-\($0)" }
    let snapshot = Models.host([
      Models.Network("docker0", network: "bridge", subnet: "172.17", containers: names + ["one"]),
      Models.Network("br-1", network: "second", subnet: "172.18", containers: names),
    ])
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    for zoom in [Zoom.row, .card] {
      let layout = Layout(snapshot, slots: slots, zoom: zoom, viewport: Size(width: 110, height: 40))
      #expect(Inspection(snapshot, layout).faults.isEmpty)
    }
    let canvas = picture(snapshot, Size(width: 110, height: 68), zoom: .row)
    #expect(Golden.difference(canvas, "many-lanes-110x68") == nil)
  }
}
