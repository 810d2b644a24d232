import Conclusions
import Fixtures
import Paths
import Testing
import Topology

@testable import Walk

/// Bonds and links of one parent as `explain` sees them. What is said here has been seen on real kernels:
/// Tests/EmulatedKernels/cases.
@Suite struct MemberTests {
  private static let inner = NamespaceID(serial: 1)
  private static let bond = LinkRef(inner, 9)

  /// A bond of two members, each with a cable to the host's bridge, and b beside them.
  private func snapshot(_ facts: [LinkFact], cut: Int? = nil) -> Snapshot {
    var snapshot = TwoOnABridge.snapshot()
    var bond = Models.link(Self.bond, "bond0", kind: "bond", address: "10.0.0.2", prefix: 24)
    bond.facts = facts
    var links = [bond]
    for number in [UInt32(1), 2] {
      let (end, port) = (LinkRef(Self.inner, number), LinkRef(.host, 10 + number))
      var member = Models.link(end, "n\(number)", peer: port)
      member.master = Self.bond
      member.slaveKind = "bond"
      links.append(member)
      let isCut = cut == Int(number)
      snapshot.namespaces[.host]?.links.append(
        Models.link(port, "p\(number)", master: isCut ? nil : TwoOnABridge.bridge, peer: end))
    }
    snapshot.namespaces[Self.inner]?.links = links.sorted { $0.id < $1.id }
    return snapshot
  }

  private func backup(_ active: UInt32) -> [LinkFact] {
    [LinkFact("mode", .text("active-backup")), LinkFact("active_slave", .link(LinkRef(Self.inner, active)))]
  }

  @Test(arguments: [UInt32(1), 2]) func theWayIsTheActiveMembers(active: UInt32) {
    let snapshot = snapshot(backup(active))
    for (from, to) in [(Self.bond, TwoOnABridge.b), (TwoOnABridge.b, Self.bond)] {
      let links = LinkGraph(snapshot).domain(of: from).ways[to] ?? []
      #expect(links.contains(LinkRef(Self.inner, active)) && !links.contains(LinkRef(Self.inner, 3 - active)))
    }
    #expect(AnsweredWalk(snapshot: snapshot).codes(from: Self.bond, to: TwoOnABridge.b) == [])
  }

  @Test func theActiveOneLeadsNowhere() {
    let walk = AnsweredWalk(snapshot: snapshot(backup(2), cut: 2))
    #expect(
      walk.claim(from: Self.bond, to: TwoOnABridge.b) == "p2, the other end of bond0 of a, is in no bridge")
    // The other one does not matter.
    #expect(AnsweredWalk(snapshot: snapshot(backup(1), cut: 2)).codes(from: Self.bond, to: TwoOnABridge.b) == [])
  }

  /// A switch that sends back what comes to it is what mode vepa is for.
  @Test(arguments: [false, true]) func vepaBeforeASwitch(reflects: Bool) {
    var host = Namespace(id: .host, kind: .host, name: "host")
    let (bridge, port, parent) = (LinkRef(.host, 2), LinkRef(.host, 3), LinkRef(.host, 4))
    var end = Models.link(port, "vp", master: bridge, peer: parent)
    end.port?.hairpin = reflects
    host.links = [Models.link(bridge, "br0", kind: "bridge"), end, Models.link(parent, "par", peer: port)]
    let codes = Self.pair(host, on: parent, "macvlan", [LinkFact("mode", .text("vepa"))])
    #expect(codes.contains(.networkIsolation) == !reflects)
  }

  /// Two links on one parent; those of a macvlan have modes of their own, ipvlans share theirs.
  @Test(arguments: [
    ("macvlan", "mode", "bridge", true), ("macvlan", "mode", "private", false), ("macvlan", "mode", "vepa", false),
    ("ipvlan", "bridge", "", true), ("ipvlan", "private", "", false), ("ipvlan", "vepa", "", false),
  ]) func siblings(kind: String, key: String, mode: String, talk: Bool) {
    var host = Namespace(id: .host, kind: .host, name: "host")
    host.links = [Models.link(LinkRef(.host, 2), "par", kind: "dummy")]
    let codes = Self.pair(
      host, on: LinkRef(.host, 2), kind, [LinkFact(key, mode.isEmpty ? .flag(true) : .text(mode))])
    #expect(talk ? codes == [] : codes.first == .networkIsolation)
  }

  /// What is wrong between two namespaces with a link of the kind each, on that parent.
  private static func pair(_ host: Namespace, on parent: LinkRef, _ kind: String, _ facts: [LinkFact]) -> [CauseCode] {
    var namespaces = [host]
    for serial in [UInt32(1), 2] {
      var namespace = Namespace(id: NamespaceID(serial: serial), name: serial == 1 ? "a" : "b")
      namespace.paths = ["/run/netns/\(namespace.name)"]
      var link = Models.link(
        LinkRef(namespace.id, 2), "eth0", kind: kind, address: "10.0.0.\(serial + 1)", prefix: 24)
      link.lower = parent
      link.facts = facts
      namespace.links = [link]
      namespaces.append(namespace)
    }
    let walk = AnsweredWalk(snapshot: Snapshot(hostname: "h", namespaces: namespaces))
    return walk.codes(from: LinkRef(NamespaceID(serial: 1), 2), to: LinkRef(NamespaceID(serial: 2), 2))
  }
}
