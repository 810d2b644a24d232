internal import Glibc
internal import Namespaces

/// Programs that engines run for themselves in a namespace: none of them lends it a name.
enum Infrastructure {
  /// What they are called in `/proc/PID/comm`, 15 bytes at most. `exe` is a program of Go's that has started itself again:
  /// Podman's port forwarder, and RootlessKit.
  private static let parts: Set<String> = [
    "aardvark-dns", "netavark", "slirp4netns", "pasta", "pasta.avx2", "passt", "passt.avx2", "conmon", "rootlessport",
    "rootlessport-ch", "exe", "(sd-stubinit)", "catatonit", "podman", "podman pause", "fuse-overlayfs", "pause",
  ]
  /// Daemons that live in a namespace of their own where a user runs them, and the words for what they are.
  private static let daemons: [(comm: String, word: String)] = [
    ("aardvark-dns", "podman"), ("dockerd", "docker"), ("containerd", "containerd"),
  ]

  /// Whether a program with that name (`comm`) is one of them.
  static func isPart(of comm: [UInt8]) -> Bool { parts.contains(String(decoding: comm, as: UTF8.self)) }

  /// What the namespace is called that a user's engine has its bridges in; nil for any other.
  static func name(of sighting: Sighting) -> String? {
    let comms = sighting.processes.map { String(decoding: $0.name, as: UTF8.self) }
    // Root's engines have their bridges where the host has them.
    guard sighting.owner != nil || geteuid() != 0 && comms.allSatisfy({ parts.contains($0) }) else { return nil }
    let isPodmans = sighting.paths.contains { path in
      path.split(separator: UInt8(ascii: "/")).last?.starts(with: "rootless-netns".utf8) == true
    }
    let daemon = daemons.first { comms.contains($0.comm) }
    guard let word = isPodmans ? "podman" : daemon?.word else { return nil }
    return "rootless \(word)" + (sighting.owner.map { " (uid \($0))" } ?? "")
  }
}
