import Containers
import Namespaces
import Testing
import Topology

@testable import Observer

/// Whose word is a name: twelve ways to give a container another's name, or to hide one. The user is 1000; root's engine
/// knows `web` (running), `db` (exited) and `exporter` (on the host's network).
@Suite struct TrustTests {
  private static let web = String(repeating: "aa11", count: 16)
  private static let database = String(repeating: "bb22", count: 16)
  private static let exporter = String(repeating: "cc33", count: 16)
  private static let mine = String(repeating: "dd44", count: 16)
  private static let user: UInt32 = 1000

  private let root = ContainerDirectory.Word(
    endpoint: "/run/docker.sock",
    containers: [
      web: Container(id: web, name: "web"), database: Container(id: database, name: "db", state: "exited"),
      exporter: Container(id: exporter, name: "exporter"),
    ], hostGuests: [exporter], networks: ["docker0": "bridge", "br-1": "shop"])

  private func engine(
    _ containers: [String: Container] = [:], hostGuests: Set<String> = [], networks: [String: String] = [:]
  ) -> ContainerDirectory.Word {
    ContainerDirectory.Word(
      endpoint: "/run/user/1000/docker.sock", owner: Self.user, containers: containers, hostGuests: hostGuests,
      networks: networks)
  }

  private func space(_ serial: UInt32, _ groups: [ControlGroup], owner: UInt32? = nil) -> NamespaceRecord {
    var record = NamespaceRecord(id: NamespaceID(serial: serial), nsid: Int32(serial))
    record.sighting = Sighting(
      inode: UInt64(serial), owner: owner,
      processes: groups.enumerated().map {
        ProcessSighting(
          pid: Int32(serial * 100) + Int32($0.offset), name: Array("sleep".utf8), controlGroup: $0.element)
      })
    return record
  }

  private func group(_ id: String, in outer: String? = nil, runtime: String = "docker") -> ControlGroup {
    var group = ControlGroup(id: Array(id.utf8), runtime: runtime)
    group.outer = outer.map { Array($0.utf8) }
    return group
  }

  /// The names that the namespaces get, the host's containers first.
  private func names(_ records: [NamespaceRecord], _ words: ContainerDirectory.Word...) -> [String] {
    var directory = ContainerDirectory()
    // The order in which engines answer is nobody's to choose.
    for word in words.reversed() { directory.add(word) }
    let host = NamespaceRecord(id: .host, nsid: nil)
    let naming = Naming(directory: directory, records: [host] + records)
    var all: [String] = []
    for record in [host] + records {
      var namespace = Namespace(id: record.id, name: "")
      naming.apply(record, to: &namespace, hostname: "edge01")
      all += record.id == .host ? namespace.containers.map(\.name) : [namespace.name]
    }
    return all
  }

  private var true1: NamespaceRecord { space(1, [group(Self.web)]) }

  @Test func aUsersEngineNamesNoContainerOfRoots() {
    let liar = engine([Self.web: Container(id: Self.web, name: "harmless")])
    #expect(names([true1], root, liar) == ["exporter", "web"])
    // Root's engine has not answered yet, or hangs.
    #expect(names([true1], liar) == ["aa11aa11aa11"])
  }

  @Test func aUsersEngineNamesNoBridgeOfTheHost() {
    let liar = engine(networks: ["docker0": "harmless", "br-2": "shop"])
    var directory = ContainerDirectory(liar)
    #expect(directory.network(ofBridge: "docker0") == nil && directory.network(ofBridge: "br-2") == nil)
    directory.add(root)
    #expect(directory.network(ofBridge: "docker0") == "bridge" && directory.network(ofBridge: "br-2") == nil)
  }

  @Test func aUsersEngineHasNoContainersOnTheHostsNetwork() {
    let liar = engine([Self.mine: Container(id: Self.mine, name: "sshd")], hostGuests: [Self.mine])
    #expect(names([], root, liar) == ["exporter"])
    #expect(
      names([], engine([Self.exporter: Container(id: Self.exporter, name: "x")], hostGuests: [Self.exporter])) == [])
  }

  @Test func aControlGroupOfAUserIsNoContainerOfRoots() {
    let false1 = space(2, [group(Self.web)], owner: Self.user)
    #expect(names([true1, false1], root) == ["exporter", "web", "aa11aa11aa11 (uid 1000)"])
    #expect(names([false1, true1], root) == ["exporter", "aa11aa11aa11 (uid 1000)", "web"])
  }

  @Test func aStoppedContainerIsNotRaised() {
    let false1 = space(2, [group(Self.database)], owner: Self.user)
    #expect(names([false1], root) == ["exporter", "bb22bb22bb22 (uid 1000)"])
  }

  @Test func aContainerOnTheHostsNetworkIsNotHidden() {
    let false1 = space(2, [group(Self.exporter)], owner: Self.user)
    #expect(names([false1], root) == ["exporter", "cc33cc33cc33 (uid 1000)"])
  }

  @Test func aUsersOwnEngineNamesTheUsersOwn() {
    let own = space(2, [group(Self.mine)], owner: Self.user)
    let honest = engine([Self.mine: Container(id: Self.mine, name: "blog")])
    #expect(names([true1, own], root, honest) == ["exporter", "web", "blog"])
  }

  @Test func aUsersOwnEngineTakesNoNameThatIsTaken() {
    let own = space(2, [group(Self.mine)], owner: Self.user)
    for name in ["web", "db"] {
      let liar = engine([Self.mine: Container(id: Self.mine, name: name)])
      #expect(names([true1, own], root, liar) == ["exporter", "web", "\(name) (uid 1000)"])
    }
  }

  @Test func anotherUsersEngineIsNotBelieved() {
    let own = space(2, [group(Self.mine)], owner: 1001)
    let liar = engine([Self.mine: Container(id: Self.mine, name: "blog")])
    #expect(names([own], root, liar) == ["exporter", "dd44dd44dd44 (uid 1001)"])
  }

  @Test func aMachinesNameIsNotTakenByAControlGroup() {
    let machine = space(1, [group("mail", runtime: "lxc")])
    let false1 = space(2, [group("mail", runtime: "lxc")], owner: Self.user)
    #expect(names([machine, false1], root) == ["exporter", "mail", "mail (uid 1000)"])
    #expect(
      names([space(3, [group("web", runtime: "nspawn")], owner: Self.user)], root) == ["exporter", "web (uid 1000)"])
  }

  @Test func aPodsNameIsNotTakenByAnEnvironment() {
    func pod(_ uid: String) -> ControlGroup {
      ControlGroup(
        id: Array(Self.mine.utf8), runtime: "containerd", pod: Array(uid.utf8), podName: Array("coredns".utf8))
    }
    let records = [space(1, [pod("a")]), space(2, [pod("b")], owner: Self.user)]
    #expect(names(records) == ["coredns", "coredns (uid 1000)"])
  }

  /// A user's container that would be taken for an address, an id, a word of the command line, or for one of root's: as it is
  /// written, as it looks, as it is called within its project, as a pod, or by `ip netns`.
  @Test(arguments: [
    "host", "internet", "outside", "outside@192.0.2.1", "8.8.8.8", "fd00::1", "web:443", "edge01/eth0", "aa11aa11aa11",
    "db", "db\u{200B}", "front", "shop-pod", "blue",
  ]) func aUsersNameIsNobodyElses(name: String) {
    var (front, member) = (Container(id: "f", name: "shop-front-1"), Container(id: "m", name: "m"))
    (front.composeService, member.pod) = ("front", Pod(name: "shop-pod", group: nil, isInfra: false))
    var roots = root
    roots.containers.merge(["f": front, "m": member]) { $1 }
    var blue = space(3, [])
    blue.sighting?.paths = [Array("/run/netns/blue".utf8)]
    let liar = engine([Self.mine: Container(id: Self.mine, name: name)])
    let found = names([true1, blue, space(2, [group(Self.mine)], owner: Self.user)], roots, liar)
    #expect(found.last == "\(name) (uid 1000)", "\(found)")
  }

  /// No command is told for somebody else's container: whose each is stands with it, stopped ones and those that are known by
  /// their first process among them.
  @Test func whoseItIsStandsWithIt() {
    let stopped = Container(id: "s", name: "gone", state: "exited")
    let word = engine([Self.mine: Container(id: Self.mine, name: "mine"), "s": stopped])
    let directory = ContainerDirectory(root, word)
    #expect(directory.containers["s"]?.owner == Self.user && directory.containers["s"]?.name == "gone (uid 1000)")
    #expect(directory.containers[Self.web]?.owner == nil)
    var byProcess = word
    byProcess.processes[200] = ContainerDirectory.FirstProcess(
      process: ContainerProcess(pid: 200, namespace: 2, uid: Self.user), container: Self.mine)
    var quiet = space(2, [], owner: Self.user)
    quiet.sighting?.processes = [ProcessSighting(pid: 200, name: Array("sleep".utf8))]
    for (record, word) in [(space(2, [group(Self.mine)], owner: Self.user), word), (quiet, byProcess)] {
      var namespace = Namespace(id: record.id, name: "")
      Naming(directory: ContainerDirectory(root, word), records: [record])
        .apply(record, to: &namespace, hostname: "edge01")
      #expect(namespace.containers.map(\.owner) == [Self.user] && namespace.name == "mine")
    }
  }

  /// What users' engines say of a namespace of root's is nothing, not even that it is somebody else's.
  @Test func aUsersEngineHidesNoName() {
    let liar = engine(["production-database": Container(id: "production-database", name: "x")])
    #expect(names([space(1, [group("production-database", runtime: "lxc")])], root, liar).last == "production-database")
  }

  /// Somebody inside a container who may make control groups.
  @Test func aContainerInsideAnotherIsNotItsNeighbour() {
    let inner = space(2, [group(Self.database, in: Self.web)])
    #expect(names([true1, inner], root) == ["exporter", "web", "bb22bb22bb22 (in web)"])
    // An engine inside: nobody here knows its containers.
    #expect(
      names([true1, space(2, [group(Self.mine, in: Self.web)])], root) == ["exporter", "web", "dd44dd44dd44 (in web)"])
    // Nor does a name that needs no engine stand for itself there.
    #expect(
      names([true1, space(2, [group("db", in: Self.web, runtime: "lxc")])], root) == ["exporter", "web", "db (in web)"])
  }

  @Test func theOuterContainerIsReadFromThePath() {
    let text = "0::/system.slice/docker-\(Self.web).scope/docker/\(Self.database)\n"
    let group = ControlGroup(cgroup: Array(text.utf8))
    #expect(group?.id == Array(Self.database.utf8) && group?.outer == Array(Self.web.utf8))
    #expect(ControlGroup(cgroup: Array("0::/docker/\(Self.web)/docker-\(Self.web).scope\n".utf8))?.outer == nil)
  }
}
