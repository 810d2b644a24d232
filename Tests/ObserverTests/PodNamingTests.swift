import Containers
import Namespaces
import Testing
import Topology

@testable import Observer

/// What a namespace is called by what files and engines say of pods, and by whom it is not lent a name.
@Suite struct PodNamingTests {
  private static let ids = (0..<4).map { String(repeating: "\($0)", count: 64) }

  private func directory(_ records: [ContainerRecord], owner: UInt32? = nil, fromFiles: Bool = true)
    -> ContainerDirectory
  {
    var report = EngineReport(endpoint: "/storage", owner: owner, runtime: "podman", containers: records)
    report.isFromFiles = fromFiles
    return ContainerDirectory(report)
  }

  private func record(_ id: Int, _ name: String, _ pod: Pod? = nil, state: String = "running") -> ContainerRecord {
    var record = ContainerRecord(id: Self.ids[id], names: [name], state: state)
    record.pod = pod
    if pod?.isInfra == false { record.networkMode = .container("") }
    return record
  }

  private func name(
    _ ids: [Int], _ directory: ContainerDirectory, owner: UInt32? = nil, extra: [ProcessSighting] = [],
    paths: [String] = []
  ) -> Namespace {
    var record = NamespaceRecord(id: NamespaceID(serial: 1), nsid: 0)
    let processes = ids.enumerated().map { position, id in
      ProcessSighting(
        pid: Int32(100 + position), name: Array("sleep".utf8),
        controlGroup: ControlGroup(id: Array(Self.ids[id].utf8), runtime: "podman"))
    }
    record.sighting = Sighting(
      inode: 77, owner: owner, paths: paths.map { Array($0.utf8) }, processes: processes + extra)
    var namespace = Namespace(id: record.id, name: "")
    Naming(directory: directory, records: [record]).apply(record, to: &namespace, hostname: "edge01")
    return namespace
  }

  private func process(_ name: String, pid: Int32 = 9) -> ProcessSighting {
    ProcessSighting(pid: pid, name: Array(name.utf8))
  }

  @Test func aPodCountsAsOneAndIsCalledByItsName() {
    let pod = Pod(name: "web-pod")
    let all = directory([
      record(0, "6d2b83e5de20-infra", Pod(name: "web-pod", isInfra: true)), record(1, "app", pod), record(2, "db", pod),
      record(3, "guest"),
    ])
    let namespace = name([2, 0, 1], all)
    #expect(namespace.name == "web-pod")
    #expect(namespace.containers.map(\.name) == ["6d2b83e5de20-infra", "app", "db"], "who owns it comes first")
    #expect(namespace.containers.map(\.title) == ["web-pod", "app", "db"])
    #expect(name([1, 0, 3], all).name == "web-pod +1", "somebody else beside it counts")
    #expect(name([1], all).name == "web-pod")
  }

  @Test func podsOfOneNameAreToldApartByTheirNamespace() {
    let all = directory([
      record(0, "web", Pod(name: "web", group: "prod", isInfra: true)),
      record(1, "web", Pod(name: "web", group: "test", isInfra: true)),
      record(2, "db", Pod(name: "db", group: "test", isInfra: true)),
    ])
    #expect(name([0], all).name == "web.prod" && name([1], all).name == "web.test")
    #expect(name([2], all).name == "db")
  }

  @Test func whatEnginesRunForThemselvesLendsNoName() {
    let none = ContainerDirectory()
    #expect(
      name([], none, extra: [process("rootlessport"), process("exe"), process("nginx", pid: 12)]).name == "nginx 12")
    #expect(
      name([], none, extra: [process("slirp4netns"), process("conmon"), process("(sd-stubinit)")]).name == "netns 77")
    #expect(name([], none, owner: 1000, extra: [process("aardvark-dns")]).name == "rootless podman (uid 1000)")
    let mounted = name([], none, owner: 1000, paths: ["/run/user/1000/netns/rootless-netns-d7e4"])
    #expect(mounted.name == "rootless podman (uid 1000)")
    #expect(
      name([], none, owner: 1000, extra: [process("exe"), process("dockerd")]).name == "rootless docker (uid 1000)")
    // Root's name server of that kind lives where root's bridges are: it makes nothing rootless.
    #expect(name([], none, extra: [process("aardvark-dns"), process("bash", pid: 5)]).name == "bash 5")
  }

  @Test func withoutAControlGroupTheFirstProcessTells() {
    var known = record(0, "plain")
    known.process = ContainerProcess(pid: 9, namespace: 77)
    let root = directory([known])
    #expect(name([], root, extra: [process("sleep")]).name == "plain")
    #expect(name([], root, extra: [process("sleep", pid: 10)]).name == "sleep 10")
    #expect(name([], root, owner: 1000, extra: [process("sleep")]).name == "sleep 9", "root's engine has nothing there")
    known.process = ContainerProcess(pid: 9, namespace: 78)
    #expect(name([], directory([known]), extra: [process("sleep")]).name == "sleep 9", "the number was used again")
    known.process = ContainerProcess(pid: 9, namespace: 77)
    let user = directory([known], owner: 1000)
    #expect(name([], user, owner: 1000, extra: [process("sleep")]).name == "plain")
    #expect(name([], user, extra: [process("sleep")]).name == "sleep 9", "a user's word about root's")
    #expect(name([], user, owner: 1001, extra: [process("sleep")]).name == "sleep 9", "and about another user's")
  }

  @Test func anEnginesOwnWordComesFirst() {
    var all = directory([record(0, "new")], fromFiles: false)
    all.fill(in: directory([record(0, "old"), record(1, "other")]))
    #expect(name([0], all).name == "new" && name([1], all).name == "other")
    // A user's engine says nothing about root's.
    var users = directory([record(0, "mine")], owner: 1000, fromFiles: false)
    users.fill(in: directory([record(0, "old")]))
    #expect(name([0], users).name == "old" && name([0], users, owner: 1000).name == "mine")
  }

  @Test func whoIsSeenAliveIsNotCalledExited() {
    let all = directory([record(0, "db", state: "exited"), record(1, "held", state: "paused")])
    #expect(name([0], all).containers.first?.remark == nil)
    #expect(name([1], all).containers.first?.remark == "paused")
  }

  @Test func guestsOfTheHostAreListedOnce() {
    var known = record(0, "agent")
    known.networkMode = .host
    known.process = ContainerProcess(pid: 9, namespace: 1, isHere: true)
    var all = directory([known], fromFiles: false)
    all.fill(in: directory([known]))
    // A user's container is there by what is seen of its process: that is his, or it is somebody else's.
    all.fill(in: directory([known], owner: 1001))
    known.process?.uid = 1000
    all.fill(in: directory([known], owner: 1000))
    let host = NamespaceRecord(id: .host, nsid: nil)
    var namespace = Namespace(id: .host, name: "")
    Naming(directory: all, records: [host]).apply(host, to: &namespace, hostname: "edge01")
    #expect(namespace.containers.map(\.name) == ["agent", "agent (uid 1000)"])
  }
}
