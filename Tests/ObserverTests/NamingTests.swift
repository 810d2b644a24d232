import Namespaces
import Testing
import Topology

@testable import Observer

@Suite struct NamingTests {
  private static let id = String(repeating: "0123456789abcdef", count: 4)
  private static let other = String(repeating: "fedcba9876543210", count: 4)

  private func name(
    _ processes: [ProcessSighting], paths: [String] = [], directory: ContainerDirectory = ContainerDirectory()
  ) -> Namespace {
    var record = NamespaceRecord(id: NamespaceID(serial: 1), nsid: 0)
    record.sighting = Sighting(inode: 77, paths: paths.map { Array($0.utf8) }, processes: processes)
    var namespace = Namespace(id: record.id, name: "")
    Naming(directory: directory, records: [record]).apply(record, to: &namespace, hostname: "edge01")
    return namespace
  }

  private func process(_ pid: Int32, _ controlGroup: ControlGroup?) -> ProcessSighting {
    ProcessSighting(pid: pid, name: Array("sleep".utf8), controlGroup: controlGroup)
  }

  @Test func aContainerOfNoEngineIsCalledByItsID() {
    let namespace = name([process(9, ControlGroup(id: Array(Self.id.utf8), runtime: "docker"))])
    #expect(namespace.kind == .container)
    #expect(namespace.name == String(Self.id.prefix(12)))
    #expect(namespace.containers.map(\.runtime) == ["docker"])
    #expect(namespace.containers.map(\.pid) == [9])
  }

  @Test func theFirstNamespaceOfAllIsCalledSo() {
    let thread = ProcessSighting(pid: 2, name: Array("kthreadd".utf8))
    #expect(name([thread, process(300, nil)]).name == "initial netns")
    #expect(name([process(300, nil)]).name == "sleep 300")
    #expect(name([thread], paths: ["/run/netns/root"]).name == "root")
  }

  @Test func aPodIsOneContainerWithThePodsName() {
    let pod = Array("8b1f3a52-93d5-4c1e-a7a0-1f3a5293d54c".utf8)
    let pause = ControlGroup(id: Array(Self.id.utf8), runtime: "containerd", pod: pod)
    let app = ControlGroup(
      id: Array(Self.other.utf8), runtime: "containerd", pod: pod, podName: Array("web-7d9f-x2x".utf8))
    let namespace = name([process(9, pause), process(10, app), process(11, app)], paths: ["/run/netns/cni-1"])
    #expect(namespace.containers.count == 1)
    #expect(namespace.name == "web-7d9f-x2x")
    #expect(name([process(9, pause)]).name == "pod 8b1f3a52")
  }

  @Test func machinesAreCalledByTheirName() {
    #expect(name([process(9, ControlGroup(id: Array("web01".utf8), runtime: "lxc"))]).name == "web01")
    let hostile = name([process(9, ControlGroup(id: Array("a\u{1B}[2Jb".utf8), runtime: "nspawn"))])
    #expect(hostile.name == #"a\x1b[2Jb"#)
  }

  @Test func containersOfTheHostsNamespaceAreListedThere() {
    func container(_ id: String, _ name: String, state: String = "running") -> Container {
      Container(id: id, name: name, state: state)
    }
    let directory = ContainerDirectory(
      ContainerDirectory.Word(
        endpoint: "/docker.sock",
        containers: [
          "a": container("a", "exporter"), "b": container("b", "agent"), "c": container("c", "off", state: "exited"),
          Self.id: container(Self.id, "elsewhere"),
        ], hostGuests: ["a", "b", "c", Self.id]))
    // The engine's own namespace may be another one than ours: there its process is seen.
    var away = NamespaceRecord(id: NamespaceID(serial: 1), nsid: 0)
    away.sighting = Sighting(inode: 7, processes: [process(4, ControlGroup(id: Array(Self.id.utf8)))])
    let host = NamespaceRecord(id: .host, nsid: nil)
    let naming = Naming(directory: directory, records: [host, away])
    var namespace = Namespace(id: .host, name: "")
    naming.apply(host, to: &namespace, hostname: "edge01")
    #expect(namespace.name == "edge01")
    #expect(namespace.containers.map(\.name) == ["agent", "exporter"])
    var other = Namespace(id: away.id, name: "")
    naming.apply(away, to: &other, hostname: "edge01")
    #expect(other.name == "elsewhere")
  }

  @Test func whatCarriesAnOverlayHasTheNetworksName() {
    var word = ContainerDirectory.Word(endpoint: "/docker.sock")
    word.overlays = ["a9undil3cdqwertyuiop": "shop_backend"]
    let directory = ContainerDirectory(word)
    for (path, owner, name) in [
      ("/run/docker/netns/1-a9undil3cd", nil, "shop_backend (overlay)"),
      ("/run/docker/netns/lb_a9undil3c", nil, "shop_backend (load balancer)"),
      ("/run/docker/netns/1-b0undil3cd", nil, "1-b0undil3cd"), ("/run/netns/a9", nil, "a9"),
      ("/run/user/1000/1-a9undil3cd", 1000, "1-a9undil3cd"),
    ] as [(String, UInt32?, String)] {
      var record = NamespaceRecord(id: NamespaceID(serial: 1), nsid: 0)
      record.sighting = Sighting(inode: 7, owner: owner, paths: [Array(path.utf8)])
      var namespace = Namespace(id: record.id, name: "")
      Naming(directory: directory, records: [record]).apply(record, to: &namespace, hostname: "")
      #expect(namespace.name == name)
    }
  }

  @Test func severalEnginesSpeakTogetherAndTheFirstIsRight() {
    var directory = ContainerDirectory(
      ContainerDirectory.Word(
        endpoint: "/docker.sock", containers: ["a": Container(id: "a", name: "web")],
        networks: ["docker0": "bridge"]))
    directory.add(
      ContainerDirectory.Word(
        endpoint: "/podman.sock",
        containers: ["a": Container(id: "a", name: "impostor"), "b": Container(id: "b", name: "db")],
        networks: ["docker0": "stolen", "podman0": "podman"]))
    #expect(directory.containers["a"]?.name == "web")
    #expect(directory.containers["b"]?.name == "db")
    #expect(directory.network(ofBridge: "docker0") == "bridge")
    #expect(directory.network(ofBridge: "podman0") == "podman")
    #expect(directory.word(on: "b", about: nil)?.networks["docker0"] == "stolen")
  }
}
