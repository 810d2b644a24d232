import Namespaces
import Testing

/// What `/proc/PID/cgroup` looks like under each runtime. The forms are those of runc's and crun's cgroup drivers, of
/// LXC's `lxc.cgroup.dir.container` default and of systemd's machine scopes; Docker's were seen on a real engine.
@Suite struct WorkloadTests {
  static let id = String(repeating: "0123456789abcdef", count: 4)
  static let inner = String(repeating: "fedcba9876543210", count: 4)
  static let uid = "8b1f3a52-93d5-4c1e-a7a0-1f3a5293d54c"
  static let sliceUID = "8b1f3a52_93d5_4c1e_a7a0_1f3a5293d54c"

  private func controlGroup(_ text: String) -> ControlGroup? { ControlGroup(cgroup: Array(text.utf8)) }

  @Test(arguments: [
    ("0::/docker/\(id)\n", "docker"),
    ("0::/system.slice/docker-\(id).scope\n", "docker"),
    ("12:memory:/docker/\(id)\n1:name=systemd:/docker/\(id)\n0::/system.slice/containerd.service\n", "docker"),
    ("0::/machine.slice/libpod-\(id).scope/container\n", "podman"),
    ("0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-\(id).scope/container\n", "podman"),
    ("0::/libpod_parent/libpod-\(id)\n", "podman"),
    ("0::/system.slice/nerdctl-\(id).scope\n", "containerd"),
    ("0::/system.slice/crio-\(id).scope\n", "cri-o"),
  ])
  func containersHaveTheirIDAndRuntime(text: String, runtime: String) throws {
    let found = try #require(controlGroup(text))
    #expect(found == ControlGroup(id: Array(Self.id.utf8), runtime: runtime))
  }

  @Test(arguments: [
    (
      "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod\(sliceUID).slice/cri-containerd-\(id).scope\n",
      "containerd"
    ),
    ("0::/kubepods/besteffort/pod\(uid)/\(id)\n", "containerd"),
    ("0::/kubepods.slice/kubepods-pod\(sliceUID).slice/crio-\(id).scope\n", "cri-o"),
  ])
  func podsHaveTheirUID(text: String, runtime: String) throws {
    let found = try #require(controlGroup(text))
    #expect(found == ControlGroup(id: Array(Self.id.utf8), runtime: runtime, pod: Array(Self.uid.utf8)))
  }

  @Test(arguments: [
    ("0::/lxc.payload.web01/init.scope\n", "web01", "lxc"), ("4:cpu:/lxc/web01\n", "web01", "lxc"),
    ("0::/lxc.payload/web01/system.slice/ssh.service\n", "web01", "lxc"),
    ("0::/machine.slice/machine-build\\x2dbox.scope/payload/init.scope\n", "build-box", "nspawn"),
    ("0::/machine.slice/systemd-nspawn@build\\x2dbox.service/payload\n", "build-box", "nspawn"),
  ])
  func machinesHaveNames(text: String, name: String, runtime: String) throws {
    #expect(try #require(controlGroup(text)) == ControlGroup(id: Array(name.utf8), runtime: runtime))
  }

  @Test func theInnermostContainerCounts() throws {
    #expect(controlGroup("0::/docker/\(Self.id)/docker/\(Self.inner)\n")?.id == Array(Self.inner.utf8))
    #expect(controlGroup("0::/lxc.payload.web/docker/\(Self.id)\n")?.runtime == "docker")
  }

  @Test(arguments: [
    "", "0::/\n", "0::/user.slice/user-1000.slice/session-3.scope\n", "0::/system.slice/docker.service\n",
    "0::/machine.slice/libpod-conmon-\(id).scope\n", "0::/crio-conmon-\(id).scope\n", "0::/lxc.monitor.web01\n",
    "0::/lxc.payload.\n", "0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope\n", "0::/docker/0\(id)\n",
    "0::/docker/\(id.uppercased())\n", "no colons at all", "0::/a/\\x2", "\u{1B}[31m:::\n",
  ])
  func otherProcessesBelongToNone(text: String) { #expect(controlGroup(text) == nil) }

  /// Anybody may make a control group with any name.
  @Test func anyBytesDoNoHarm() {
    var generator = SystemRandomNumberGenerator()
    let seeds: [[UInt8]] = ["0::/docker/", "lxc.payload.", "machine-", "\\x2d", "pod", ":", "/", "\n", Self.id]
      .map { Array($0.utf8) }
    for _ in 0..<2_000 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<8, using: &generator) {
        text += Bool.random(using: &generator) ? seeds.randomElement()! : [UInt8.random(in: 0...255)]
      }
      if let found = ControlGroup(cgroup: text) { #expect(!found.id.isEmpty) }
    }
  }
}
