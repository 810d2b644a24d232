import Foundation
import Glibc
import Synchronization
import Testing
import Topology

@testable import Containers

/// The files of engines below a folder that stands for `/`.
@Suite struct EngineFilesTests {
  private static let (one, two) = (String(repeating: "1", count: 64), String(repeating: "2", count: 64))
  private static let tasks = "io.containerd.runtime.v2.task"

  private func reports(_ root: FakeRoot, of owner: UInt32? = nil) -> [EngineReport] {
    var found: [EngineReport] = []
    EngineFiles(root: root.path, environment: [:]).read(of: owner) { found.append($0) }
    return found
  }

  private func names(_ reports: [EngineReport]) -> [String] { reports.flatMap { $0.containers.map(\.name) }.sorted() }

  private func copyPodman(_ root: FakeRoot, to storage: String) throws {
    try root.write("\(storage)/libpod/bolt_state.db", FileDecodingTests.recording("podman-4.3-bolt_state.db"))
    try root.write("\(storage)/defaultNetworkBackend", "netavark".utf8)
  }

  @Test func podmanNeedsNoService() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    try copyPodman(root, to: "/var/lib/containers/storage")
    try root.write("/etc/containers/networks/front.json", FileDecodingTests.recording("podman-4.3-network.json"))
    let report = try #require(reports(root).first)
    #expect(report.runtime == "podman" && report.owner == nil && report.isFromFiles && report.trouble == nil)
    #expect(names([report]) == ["alone", "b1e373d66390-infra", "db", "onhost", "p1"])
    #expect(
      Dictionary(uniqueKeysWithValues: report.networks.map { ($0.name, $0.bridge) }) == [
        "front": "podman1", "podman": "podman0",
      ])
    let p1 = try #require(report.containers.first { $0.name == "p1" })
    #expect(p1.pod == Pod(name: "web-pod") && p1.ports.isEmpty)
    #expect(report.containers.first { $0.pod?.isInfra == true }?.ports == ["0.0.0.0:8091→90/tcp"])
    // Nobody of them is alive in this /proc.
    #expect(Set(report.containers.map(\.state)) == ["created", "exited"])
  }

  @Test func podmansNewerDatabaseIsReadToo() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    try root.write("/var/lib/containers/storage/db.sql", FileDecodingTests.recording("podman-5-db.sql"))
    let report = try #require(reports(root).first)
    #expect(report.containers.count == 40 && report.trouble == nil)
    #expect(report.containers.first { $0.name == "c7" }?.aliases == ["front": ["web", "www"]])
  }

  /// Podman without a database that can be read: by the bundles alone.
  @Test func podmanIsReadWithoutADatabase() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    let storage = "/var/lib/containers/storage/overlay-containers"
    try root.write("\(storage)/containers.json", FileDecodingTests.recording("podman-4.3-containers.json"))
    let stored = try #require(
      decodeJSON(
        LenientList<StorageRecord>.self, bytes: try FileDecodingTests.recording("podman-4.3-containers.json"))
    ).elements
    for record in stored where record.name != "alone" {
      let name = record.name.hasSuffix("-infra") ? "infra" : record.name
      try root.write(
        "\(storage)/\(record.id)/userdata/config.json", FileDecodingTests.recording("podman-4.3-config-\(name).json"))
    }
    let db = try #require(stored.first { $0.name == "db" }).id
    try root.write("/run/containers/storage/overlay-containers/\(db)/userdata/pidfile", "77\n".utf8)
    try root.process(77, net: 5, parent: 70)
    try root.process(70, net: 4, command: ["/usr/bin/conmon", "-c", db])
    let report = try #require(reports(root).first)
    #expect(names([report]) == ["b1e373d66390-infra", "db", "onhost", "p1"])
    #expect(report.containers.first { $0.name == "p1" }?.pod == Pod(name: "web-pod"))
    #expect(report.containers.filter { $0.pod?.isInfra == true }.map(\.name) == ["b1e373d66390-infra"])
    let record = try #require(report.containers.first { $0.name == "db" })
    #expect(
      record.process == ContainerProcess(pid: 77, namespace: 5, uid: UInt32(geteuid())) && record.state == "running")
    #expect(record.image == "localhost/bb:latest")
  }

  /// A number that somebody else has by now names nobody.
  @Test func aProcessHasToBeTheContainers() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    try root.process(50, net: 5, cgroup: "0::/libpod-\(Self.one).scope/container")
    try root.process(51, net: 5, cgroup: "0::/default/plain")
    try root.process(52, net: 5, cgroup: "0::/default/plainly", parent: 53)
    try root.process(53, net: 4, command: ["/bin/cat", "plain"])
    try FileManager.default.createDirectory(atPath: root.path + "/proc/self/ns", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: root.path + "/proc/self/ns/net", withDestinationPath: "net:[5]")
    let witness = ProcessWitness(proc: root.path + "/proc")
    #expect(
      witness.process(50, of: Self.one) == ContainerProcess(pid: 50, namespace: 5, isHere: true, uid: UInt32(geteuid()))
    )
    #expect(witness.process(51, of: "plain")?.namespace == 5)
    #expect(witness.process(52, of: "plain") == nil && witness.process(50, of: Self.two) == nil)
    #expect(witness.process(99, of: Self.one) == nil && witness.process(0, of: Self.one) == nil)
  }

  /// The state folders of containerd (`/run/containerd`, docs/ops.md), of k3s (`/run/k3s/containerd`); Docker's own containers are
  /// its to name.
  @Test func bundlesOfEveryContainerdAreRead() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    func put(_ place: String, _ annotations: String) throws {
      try root.write(
        "\(place)/config.json", #"{"annotations":{\#(annotations)},"linux":{"namespaces":[{"type":"network"}]}}"#.utf8)
    }
    let pod = #""io.kubernetes.cri.sandbox-name":"web","io.kubernetes.cri.sandbox-namespace":"prod""#
    try put(
      "/run/k3s/containerd/\(Self.tasks)/k8s.io/\(Self.one)", pod + #","io.kubernetes.cri.container-type":"sandbox""#)
    try put("/run/containerd/\(Self.tasks)/default/plain", "")
    try put("/run/containerd/\(Self.tasks)/moby/\(Self.two)", "")
    try put("/run/containerd/\(Self.tasks)/default/\(Self.two)", "")
    try root.write("/var/lib/nerdctl/1935db59/names/default/nweb", Self.two.utf8)
    try root.write("/run/containerd/\(Self.tasks)/default/plain/init.pid", "51".utf8)
    try root.process(51, net: 5, cgroup: "0::/default/plain")
    try root.write("/var/lib/cni/results/ctrnet-default-cn1-eth0", FileDecodingTests.recording("cni-1.1-result.json"))
    let found = reports(root)
    #expect(names(found) == ["nweb", "plain", "web"])
    let plain = try #require(found.flatMap(\.containers).first { $0.name == "plain" })
    #expect(
      plain.process == ContainerProcess(pid: 51, namespace: 5, uid: UInt32(geteuid())) && plain.state == "running")
    #expect(found.contains { $0.networks.map(\.bridge) == ["cni7"] })
  }

  /// CRI-O has its containers where Podman has them: documentation of `runroot` in crio.conf(5).
  @Test func crioIsToldFromPodman() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    let folder = "/var/lib/containers/storage/overlay-containers"
    try root.write(
      "\(folder)/containers.json", #"[{"id":"\#(Self.one)","names":["k8s_POD_web_prod_u_0"]}]"#.utf8)
    try root.write(
      "/run/containers/storage/overlay-containers/\(Self.one)/userdata/config.json",
      #"{"annotations":{"io.kubernetes.cri-o.ContainerType":"sandbox","io.kubernetes.pod.name":"web","io.kubernetes.pod.namespace":"prod","io.kubernetes.container.name":"POD"}}"#
        .utf8)
    let found = reports(root)
    #expect(found.map(\.runtime) == ["cri-o"] && names(found) == ["web"])
    #expect(found[0].containers[0].pod == Pod(name: "web", group: "prod", isInfra: true))
  }

  /// What a user has counts for that user, if it is his own regular file and lies in his own folder.
  @Test(.enabled(if: geteuid() == 0, "needs root"), .timeLimit(.minutes(1))) func aUsersFilesAreHisOwn() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    let storage = "/home/ada/.local/share/containers/storage"
    try root.write(
      "/etc/passwd", "ada:x:7001:7001::/home/ada:/bin/sh\neve:x:7002:7002::/home/eve:/bin/sh\n".utf8)
    try copyPodman(root, to: storage)
    try root.give("/home/ada", to: 7001)
    let report = try #require(reports(root, of: 7001).first)
    #expect(report.owner == 7001 && names([report]).contains("db"))
    #expect(reports(root).isEmpty && reports(root, of: 7003).isEmpty)
    // Somebody else's file, a link to somebody else's, a FIFO.
    let eves = "/home/eve/.local/share/containers/storage"
    try copyPodman(root, to: eves)
    try root.give("/home/eve", to: 7002)
    #expect(unsafe lchown(root.path + eves + "/libpod/bolt_state.db", 0, 0) == 0)
    #expect(reports(root, of: 7002).isEmpty)
    #expect(unsafe unlink(root.path + eves + "/libpod/bolt_state.db") == 0)
    try root.link(eves + "/libpod/bolt_state.db", to: storage + "/libpod/bolt_state.db")
    #expect(reports(root, of: 7002).isEmpty)
    #expect(unsafe unlink(root.path + eves + "/libpod/bolt_state.db") == 0)
    try root.fifo(eves + "/libpod/bolt_state.db")
    try root.give(eves + "/libpod", to: 7002)
    #expect(reports(root, of: 7002).first?.trouble?.contains("is a FIFO") == true)
  }

  @Test func whatIsTooLargeIsToldAndNotRead() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    try root.write("/var/lib/containers/storage/libpod/bolt_state.db", [])
    let path = root.path + "/var/lib/containers/storage/libpod/bolt_state.db"
    #expect(unsafe truncate(path, off_t(ReadLimit.stateFile + 1)) == 0)
    #expect(reports(root).first?.trouble?.contains("has more than 65536 KiB") == true)
    try root.write("/var/lib/containers/storage/libpod/bolt_state.db", "no database".utf8)
    #expect(reports(root).first?.trouble?.contains("is no database of Podman's") == true)
    #expect(reports(root).first?.trouble?.hasPrefix(root.path) == true)
  }

  /// A watch reads what appears, tells of what has gone, and is quiet in between.
  @Test(.timeLimit(.minutes(1))) func aWatchSeesWhatComesAndGoes() async throws {
    let root = try FakeRoot()
    defer { root.remove() }
    let heard = Mutex<[EngineReport]>([])
    let watch = try FileWatch(owner: nil, root: root.path, environment: [:]) { report in
      heard.withLock { $0.append(report) }
    }
    defer { watch.stop() }
    func hears(_ condition: ([EngineReport]) -> Bool) async throws -> Bool {
      for _ in 0..<300 {
        if condition(heard.withLock { $0 }) { return true }
        try await Task.sleep(for: .milliseconds(10))
      }
      return false
    }
    let place = "/run/containerd/\(Self.tasks)/default"
    try root.write("\(place)/a/config.json", "{}".utf8)
    try watch.ask()
    #expect(try await hears { $0.last?.containers.map(\.name) == ["a"] })
    // By the folder's change alone.
    try await Task.sleep(for: .milliseconds(800))
    let count = heard.withLock { $0.count }
    try root.write("\(place)/b/config.json", "{}".utf8)
    #expect(try await hears { $0.last?.containers.map(\.name) == ["a", "b"] })
    try FileManager.default.removeItem(atPath: root.path + place)
    #expect(try await hears { $0.last?.containers.isEmpty == true })
    #expect(count == 1 && heard.withLock { $0.count } <= 5, "each state is told once")
  }
}
