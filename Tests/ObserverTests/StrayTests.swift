import Containers
import Fixtures
import Testing
import Topology

@testable import Observer

/// Cables that have left their bridge, and all that only look so. The engine has test1 and test2 on docker0.
@Suite struct StrayTests {
  private let test1 = NamespaceID(serial: 1)
  private let near = LinkRef(.host, 4)

  private func directory(
    _ networks: [String], mode: ContainerRecord.NetworkMode = .network("bridge"), owner: UInt32? = nil,
    known: [NetworkRecord] = [
      NetworkRecord(id: "1", name: "bridge", bridge: "docker0"), NetworkRecord(id: "2", name: "shop", bridge: "br-2"),
      NetworkRecord(id: "3", name: "swarm", driver: "overlay"), NetworkRecord(id: "4", name: "none", driver: "null"),
    ]
  ) -> ContainerDirectory {
    ContainerDirectory(
      EngineReport(
        endpoint: "/docker.sock", owner: owner,
        containers: [ContainerRecord(id: "c0", names: ["test1"], networkMode: mode, networks: networks)],
        networks: known))
  }

  /// The model of two containers after `change` was made to the near end of the first one's cable.
  private func lost(
    _ directory: ContainerDirectory, in snapshot: Snapshot = Models.seed,
    _ change: (inout Link) -> Void = { $0.master = nil }
  ) -> String? {
    var model = snapshot.namespaces
    if let place = model[.host]?.linkPosition(near.index), var link = model[.host]?.links[place] {
      change(&link)
      model[.host]?.links[place] = link
    }
    model.markStrays(directory)
    #expect(model[NamespaceID(serial: 2)]?.links[0].lostNetwork == nil)
    return model[test1]?.links[0].lostNetwork
  }

  @Test func whoHasLeftTheBridgeIsFound() {
    #expect(lost(directory(["bridge"])) == "docker0")
    #expect(lost(directory(["shop"])) == "shop", "nor on another one of its engine's")
    #expect(lost(directory(["bridge", "shop"])) == "shop or docker0")
    // Its link-local address comes by itself.
    let own = IPAddress([0xFE, 0x80] + Array(repeating: 1, count: 14)) ?? .unspecified
    #expect(
      lost(directory(["bridge"])) {
        $0.master = nil
        $0.addresses = [InterfaceAddress(local: own, prefixLength: 64)]
      } == "docker0")
  }

  @Test func whatOnlyLooksSoIsHealthy() {
    // On its bridge, or on one that somebody else put it on (Open vSwitch); routed; no network of a bridge.
    #expect(lost(directory(["bridge"])) { _ in } == nil)
    #expect(lost(directory(["shop"])) { _ in } == nil)
    let routed = InterfaceAddress(local: IPAddress("10.0.0.1") ?? .unspecified, prefixLength: 32)
    #expect(
      lost(directory(["bridge"])) {
        $0.master = nil
        $0.addresses = [routed]
      } == nil)
    #expect(lost(directory(["none"], mode: .none)) == nil && lost(directory(["swarm"])) == nil)
    #expect(lost(directory([])) == nil && lost(directory(["unheard-of"])) == nil)
    // Nobody's word, a user's word about root's container, and one that may mean two networks.
    #expect(lost(ContainerDirectory()) == nil && lost(directory(["bridge"], owner: 1000)) == nil)
    let twins = [NetworkRecord(id: "1", name: "x", bridge: "br-1"), NetworkRecord(id: "2", name: "x", bridge: "br-2")]
    #expect(lost(directory(["x"], known: twins)) == nil)
  }

  /// A second cable that no engine knows of, beside one that is where it should be.
  @Test func ofTwoCablesTheOneThatIsMissingIsMeant() {
    func model(bothLoose: Bool) -> NamespaceMap {
      var model = Models.seed.namespaces
      let (far, extra) = (LinkRef(test1, 3), LinkRef(.host, 90))
      model[test1]?.links.append(Models.link(far, "net1", peer: extra))
      model[.host]?.links.append(Models.link(extra, "pod1", peer: far))
      if bothLoose, let place = model[.host]?.linkPosition(near.index) { model[.host]?.links[place].master = nil }
      model.markStrays(directory(["bridge"]))
      return model
    }
    #expect(model(bothLoose: false)[test1]?.links.allSatisfy { $0.lostNetwork == nil } == true)
    #expect(model(bothLoose: true)[test1]?.links.allSatisfy { $0.lostNetwork == nil } == true, "nobody knows which")
  }
}
