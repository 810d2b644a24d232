import Conclusions
import Fixtures
import Questions
import Testing
import Topology

@testable import Walk

/// Tunnels between two ends as `explain` sees them. What is said here has been seen on real kernels:
/// Tests/EmulatedKernels/cases.
@Suite struct TunnelTests {
  private typealias Two = TwoOnABridge
  private static let near = LinkRef(Two.a.namespace, 7)
  private static let far = LinkRef(Two.b.namespace, 7)

  /// Two machines on a bridge, each with a tunnel of the kind.
  private func snapshot(_ kind: String, _ facts: ([LinkFact], [LinkFact]) = ([], [])) -> Snapshot {
    var snapshot = Two.snapshot()
    for (id, address, facts) in [(Self.near, "10.8.0.1", facts.0), (Self.far, "10.8.0.2", facts.1)] {
      var link = Models.link(id, "t0", kind: kind, address: address, prefix: 24)
      link.facts = facts
      snapshot.namespaces[id.namespace]?.links.append(link)
    }
    return snapshot
  }

  // MARK: WireGuard

  private func key(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

  private func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

  /// a (key 1) and b (key 2) as they should be; `change` breaks one of the two.
  private func wire(_ change: (inout WireGuardDevice, inout WireGuardDevice) throws -> Void = { _, _ in }) throws
    -> AnsweredWalk
  {
    func device(_ own: UInt8, _ other: UInt8, _ inner: String, at outer: String) throws -> WireGuardDevice {
      WireGuardDevice(
        publicKey: key(own), port: 51820,
        peers: [
          WireGuardDevice.Peer(
            publicKey: key(other), endpoint: try address(outer), endpointPort: 51820,
            allowed: [WireGuardDevice.Prefix(try address(inner), 32)])
        ])
    }
    var a = try device(1, 2, "10.8.0.2", at: "10.0.0.3")
    var b = try device(2, 1, "10.8.0.1", at: "10.0.0.2")
    try change(&a, &b)
    var walk = AnsweredWalk(snapshot: snapshot("wireguard"))
    walk.devices = [Self.near: a, Self.far: b]
    for namespace in [Two.a.namespace, Two.b.namespace] {
      walk.listeners[namespace] = [Listener(.udp, address: try address("0.0.0.0"), port: 51820)]
    }
    return walk
  }

  @Test func peersThatKnowEachOther() throws {
    let walk = try wire().walk(from: Self.near, to: Self.far)
    #expect(walk.accusations.map(\.finding.claim) == [])
    #expect(walk.arrival?.link == Self.far && !walk.unread.contains { $0.contains("WireGuard") })
  }

  @Test func whatEachSideMayLack() throws {
    func claim(_ change: (inout WireGuardDevice, inout WireGuardDevice) throws -> Void) throws -> String? {
      let walk = try wire(change)
      #expect(walk.codes(from: Self.near, to: Self.far).first == .tunnelMismatch)
      return walk.claim(from: Self.near, to: Self.far)
    }
    #expect(try claim { a, _ in a.peers = [] } == "t0 of a has no peer for 10.8.0.2: it has none at all")
    #expect(
      try claim { a, _ in a.peers[0].allowed = [WireGuardDevice.Prefix(try address("10.8.0.9"), 32)] }
        == "t0 of a has no peer for 10.8.0.2: its one peer has other allowed addresses")
    #expect(
      try claim { a, _ in a.peers[0].endpoint = nil }
        == "t0 of a knows no endpoint of the peer that has 10.8.0.2, and has not heard from it")
    #expect(
      try claim { a, _ in a.peers[0].endpointPort = 51821 }
        == "t0 of a sends to 10.0.0.3, port 51821, and t0 of b listens on port 51820")
    #expect(
      try claim { _, b in b.peers[0].publicKey = key(9) }
        == "t0 of b does not know the key of t0 of a: it answers no handshake of it")
    #expect(
      try claim { _, b in b.peers[0].presharedKeyMark = 5 }
        == "t0 of a and t0 of b have not the same preshared key")
    #expect(
      try claim { _, b in b.peers[0].allowed = [] }
        == "t0 of b takes no packets of 10.8.0.1 from t0 of a: it allows (none)")
    #expect(
      try claim { a, _ in a.peers[0].publicKey = key(9) }
        == "t0 of a expects another key of its peer than t0 of b has")
    #expect(try claim { a, _ in a.publicKey = [] } == "t0 of a has no private key")
  }

  /// Who was heard from needs no endpoint, and one that is stale does not matter.
  @Test func thePeerIsKnownByWhereItWasHeard() throws {
    for endpoint in [nil, try address("10.0.0.99")] {
      let walk = try wire { _, b in b.peers[0].endpoint = endpoint }
      #expect(walk.codes(from: Self.near, to: Self.far) == [])
    }
  }

  /// Conntrack knows a flow since the peers last spoke: what would stop a new one is left open.
  @Test func afterAHandshakeNothingOnTheWayIsCertain() throws {
    let fresh = try wire { a, _ in a.peers[0].endpointPort = 9 }
    #expect(fresh.codes(from: Self.near, to: Self.far).first == .tunnelMismatch)
    let known = try wire { a, _ in
      a.peers[0].endpointPort = 9
      a.peers[0].hadHandshake = true
    }
    #expect(known.codes(from: Self.near, to: Self.far) == [])
  }

  /// A program that passes it on, or is a WireGuard itself.
  @Test func aProgramHasThePort() throws {
    var walk = try wire { a, _ in a.peers[0].endpointPort = 9 }
    walk.listeners[Two.b.namespace]?.append(Listener(.udp, address: try address("0.0.0.0"), port: 9))
    #expect(walk.codes(from: Self.near, to: Self.far) == [])
    #expect(walk.walk(from: Self.near, to: Self.far).notes.contains { $0.contains("a program takes") })
  }

  @Test func nobodyHasTheEndpoint() throws {
    let walk = try wire { a, _ in a.peers[0].endpoint = try address("10.0.0.77") }
    #expect(
      walk.claim(from: Self.near, to: Self.far) == "t0 of a sends to the endpoint 10.0.0.77, which nobody has")
    // Where no route leads there, that is what is missing.
    let routeless = try wire { a, _ in a.peers[0].endpoint = try address("203.0.113.5") }
    #expect(routeless.codes(from: Self.near, to: Self.far).first == .noRoute)
  }

  /// What may not be read accuses nobody.
  @Test func withoutPermission() throws {
    var walk = try wire()
    walk.devices = [:]
    #expect(walk.codes(from: Self.near, to: Self.far) == [])
    #expect(walk.walk(from: Self.near, to: Self.far).unread.contains { $0.contains("WireGuard") })
    walk = try wire()
    walk.devices[Self.far] = nil
    #expect(walk.codes(from: Self.near, to: Self.far) == [])
  }

  /// The longest prefix wins, as in a routing table.
  @Test func thePeerWithTheLongestPrefix() throws {
    let device = WireGuardDevice(
      publicKey: key(1), port: 1,
      peers: [
        WireGuardDevice.Peer(publicKey: key(2), allowed: [WireGuardDevice.Prefix(try address("0.0.0.0"), 0)]),
        WireGuardDevice.Peer(publicKey: key(3), allowed: [WireGuardDevice.Prefix(try address("10.8.0.0"), 16)]),
        WireGuardDevice.Peer(publicKey: key(4), allowed: [WireGuardDevice.Prefix(try address("fd00::"), 8)]),
      ])
    #expect(device.peer(of: try address("10.8.3.4"))?.publicKey == key(3))
    #expect(device.peer(of: try address("10.9.3.4"))?.publicKey == key(2))
    #expect(device.peer(of: try address("fd12::1"))?.publicKey == key(4))
    #expect(device.peer(of: try address("fe80::1")) == nil)
  }

  // MARK: Others

  private func ends(_ local: String, _ remote: String, _ more: [LinkFact]) -> [LinkFact] {
    [LinkFact("remote", .text(remote)), LinkFact("local", .text(local))] + more
  }

  private func gre(_ kind: String, _ mine: [LinkFact], _ other: [LinkFact]) -> AnsweredWalk {
    AnsweredWalk(
      snapshot: snapshot(kind, (ends("10.0.0.2", "10.0.0.3", mine), ends("10.0.0.3", "10.0.0.2", other))))
  }

  @Test(arguments: ["gre", "ipip", "sit", "gretap"]) func endsThatAgree(kind: String) {
    let walk = gre(kind, [], []).walk(from: Self.near, to: Self.far)
    #expect(walk.accusations.map(\.finding.claim) == [] && walk.arrival?.link == Self.far)
  }

  @Test func keysAndNumbersThatDiffer() {
    let keys = gre("gre", [LinkFact("okey", .text("0.0.0.5"))], [LinkFact("ikey", .text("0.0.0.6"))])
    #expect(
      keys.claim(from: Self.near, to: Self.far)
        == "t0 of a sends with key 0.0.0.5, and t0 of b takes key 0.0.0.6")
    let numbers = gre("geneve", [LinkFact("id", .number(5))], [LinkFact("id", .number(6))])
    #expect(numbers.claim(from: Self.near, to: Self.far) == "t0 of a sends with VNI 5, and t0 of b takes VNI 6")
  }

  @Test func endsThatAreNotMeant() {
    var facts = (ends("10.0.0.2", "10.0.0.3", []), ends("10.0.0.3", "10.0.0.9", []))
    #expect(
      AnsweredWalk(snapshot: snapshot("ipip", facts)).claim(from: Self.near, to: Self.far)
        == "t0 of b takes packets of 10.0.0.9 only, and those of t0 of a come from 10.0.0.2")
    facts = (ends("10.0.0.2", "10.0.0.77", []), facts.1)
    #expect(
      AnsweredWalk(snapshot: snapshot("ipip", facts)).claim(from: Self.near, to: Self.far)
        == "t0 of a sends to 10.0.0.77, which nobody has")
    // A far end that takes all numbers hands them on to whom can't be seen, and one of GENEVE takes its sender only.
    let all = gre("geneve", [LinkFact("id", .number(5))], [LinkFact("external", .flag(true))])
    #expect(all.codes(from: Self.near, to: Self.far) == [])
    facts = (
      ends("10.0.0.2", "10.0.0.3", [LinkFact("id", .number(5))]),
      ends("10.0.0.3", "10.0.0.9", [LinkFact("id", .number(5))])
    )
    #expect(
      AnsweredWalk(snapshot: snapshot("geneve", facts)).codes(from: Self.near, to: Self.far) == [.tunnelMismatch])
    // Where it gets its far end from can't be seen.
    #expect(
      AnsweredWalk(snapshot: snapshot("gre", ([LinkFact("external", .flag(true))], []))).codes(
        from: Self.near, to: Self.far) == [])
  }
}
