import Conclusions
import Fixtures
import Testing
import Topology

@testable import Walk

/// VLANs of bridges as `explain` sees them. What is said here has been seen on real kernels: Tests/EmulatedKernels/cases.
@Suite struct VLANTests {
  private typealias Two = TwoOnABridge

  private func row(_ id: UInt16, _ flags: String = "", state: String = "forwarding") -> NetworkTables.PortVLAN {
    NetworkTables.PortVLAN(
      first: id, last: id, isPVID: flags.contains("p"), isUntagged: flags.contains("u"),
      facts: [LinkFact("state", .text(state))])
  }

  /// `rows`: of va, of vb, and of the bridge itself.
  private func walk(
    _ rows: ([NetworkTables.PortVLAN], [NetworkTables.PortVLAN]), _ aEnds: [Link] = [], _ bEnds: [Link] = [],
    severalTrees: Bool = false
  ) -> AnsweredWalk {
    let snapshot = Two.snapshot(aEnds: aEnds, bEnds: bEnds) { bridge in
      bridge.bridge = BridgeFacts(vlanFiltering: true)
      if severalTrees { bridge.facts.append(LinkFact("mst_enabled", .number(1))) }
    }
    var tables = NetworkTables()
    tables.vlans = [Two.portOfA: rows.0, Two.portOfB: rows.1].filter { !$0.value.isEmpty }
    tables.globalVLANs = [Two.bridge: [[LinkFact("vlan", .number(10)), LinkFact("msti", .number(5))]]]
    return AnsweredWalk(snapshot: snapshot, tables: [.host: tables])
  }

  @Test func oneVLANForBoth() {
    let one = walk(([row(1, "pu")], [row(1, "pu")]))
    #expect(one.codes(from: Two.a, to: Two.b) == [])
    // Different numbers on different sides are no matter either, as long as the port is in the other's.
    #expect(walk(([row(10, "pu")], [row(10, "pu"), row(20)])).codes(from: Two.a, to: Two.b) == [])
  }

  @Test func differentPVIDsBothWays() {
    let apart = walk(([row(1, "pu")], [row(20, "pu")]))
    #expect(apart.codes(from: Two.a, to: Two.b) == [.vlanMismatch, .vlanMismatch])
    #expect(apart.claim(from: Two.a, to: Two.b) == "va is in VLAN 1, and vb is not: br0 keeps them apart")
    #expect(apart.claim(from: Two.b, to: Two.a) == "vb is in VLAN 20, and va is not: br0 keeps them apart")
  }

  @Test func portsInNoVLAN() {
    #expect(
      walk(([], [row(1, "pu")])).claim(from: Two.a, to: Two.b)
        == "The port va of br0 takes no frames without a VLAN tag")
    #expect(walk(([row(1, "pu")], [])).codes(from: Two.a, to: Two.b).first == .vlanMismatch)
  }

  @Test func accessPortToTrunk() {
    let far = Two.vlan(10, on: Two.b, index: 3, "10.0.0.3")
    let trunk = walk(([row(10, "pu")], [row(10)]), [], [far])
    #expect(trunk.codes(from: Two.a, to: far.id) == [])
    #expect(trunk.codes(from: far.id, to: Two.a) == [])
    // The same port without the VLAN interface behind it.
    let plain = walk(([row(10, "pu")], [row(10)]))
    #expect(
      plain.claim(from: Two.a, to: Two.b)
        == "vb sends frames of VLAN 10 with their tag, and eth0 of b takes none with a tag")
    // And with one of another VLAN.
    let other = Two.vlan(20, on: Two.b, index: 3, "10.0.0.3")
    #expect(
      walk(([row(10, "pu")], [row(10)]), [], [other]).claim(from: Two.a, to: other.id)?.contains("VLAN 20") == true)
  }

  @Test func tagsOnBothSides() {
    let near = Two.vlan(10, on: Two.a, index: 3, "10.0.0.2")
    let far = Two.vlan(10, on: Two.b, index: 3, "10.0.0.3")
    #expect(walk(([row(10)], [row(10)]), [near], [far]).codes(from: near.id, to: far.id) == [])
    #expect(
      walk(([row(1, "pu")], [row(10)]), [near], [far]).claim(from: near.id, to: far.id)
        == "va is not in VLAN 10, whose tag the frames carry: br0 drops them")
  }

  /// A tag within a tag goes through a bridge that filters by the outer one.
  @Test func aTagWithinATag() {
    func ends(_ parent: LinkRef, _ address: String) -> (outer: Link, inner: Link) {
      var outer = Two.vlan(10, on: parent, index: 3, address)
      outer.addresses = []
      var inner = Two.vlan(20, on: outer.id, index: 4, address)
      inner.name = "eth0.10.20"
      return (outer, inner)
    }
    let (a, b) = (ends(Two.a, "10.0.0.2"), ends(Two.b, "10.0.0.3"))
    let through = walk(([row(10)], [row(10)]), [a.outer, a.inner], [b.outer, b.inner])
    #expect(through.codes(from: a.inner.id, to: b.inner.id) == [])
    #expect(
      walk(([row(10)], [row(10, "u")]), [a.outer, a.inner], [b.outer, b.inner])
        .codes(from: a.inner.id, to: b.inner.id).first == .vlanMismatch)
  }

  @Test func statesOfVLANs() {
    let blocking = walk(([row(10, "pu")], [row(10, "pu", state: "blocking")]))
    #expect(blocking.codes(from: Two.a, to: Two.b).first == .portNotForwarding)
    let remedy = blocking.walk(from: Two.a, to: Two.b).accusations.first?.finding.remedy
    #expect(remedy == "bridge vlan set dev vb vid 10 state forwarding")
    let trees = walk(([row(10, "pu")], [row(10, "pu", state: "blocking")]), severalTrees: true)
    // A tree blocks where a ring would be closed.
    #expect(trees.walk(from: Two.a, to: Two.b).accusations.first?.finding.remedy == nil)
  }

  /// With several trees the port's own state is only that of the first.
  @Test func aPortsStateIsThatOfTheFirstTree() {
    for severalTrees in [false, true] {
      var walk = walk(([row(10, "pu")], [row(10, "pu")]), severalTrees: severalTrees)
      if let index = walk.snapshot.namespaces[.host]?.links.firstIndex(where: { $0.id == Two.portOfB }) {
        walk.snapshot.namespaces[.host]?.links[index].port?.state = .blocking
      }
      #expect(walk.codes(from: Two.a, to: Two.b).contains(.portNotForwarding) == !severalTrees)
    }
  }

  /// Without filtering a bridge passes tags on as they are.
  @Test func tagsWithoutABridgeThatFilters() {
    let near = Two.vlan(10, on: Two.a, index: 3, "10.0.0.2")
    let same = Two.vlan(10, on: Two.b, index: 3, "10.0.0.3")
    let other = Two.vlan(20, on: Two.b, index: 3, "10.0.0.3")
    #expect(AnsweredWalk(snapshot: Two.snapshot(aEnds: [near], bEnds: [same])).codes(from: near.id, to: same.id) == [])
    let apart = AnsweredWalk(snapshot: Two.snapshot(aEnds: [near], bEnds: [other]))
    #expect(apart.codes(from: near.id, to: other.id).first == .vlanMismatch)
    let plain = AnsweredWalk(snapshot: Two.snapshot(aEnds: [near]))
    #expect(plain.codes(from: near.id, to: Two.b).first == .vlanMismatch)
    #expect(plain.codes(from: Two.b, to: near.id).first == .vlanMismatch)
  }
}
