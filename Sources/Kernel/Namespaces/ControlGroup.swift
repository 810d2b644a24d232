/// What a process's control group says of the container that it belongs to.
///
/// Container runtimes write it into the path; any process that may make control groups can write the same.
public struct ControlGroup: Hashable, Sendable {
  /// The container's id (64 hexadecimal digits); for LXC and systemd-nspawn the name, which is all they have. Any
  /// bytes.
  public var id: [UInt8]
  /// `docker`, `podman`, `containerd`, `cri-o`, `lxc`, `nspawn`; nil where the path does not tell.
  public var runtime: String?
  /// The id of the container that it is inside of, where the path names one. Any bytes.
  public var outer: [UInt8]?
  /// The uid of the Kubernetes pod.
  public var pod: [UInt8]?
  /// The pod's name, where a process of it has one in its environment. Any bytes.
  public var podName: [UInt8]?

  /// Makes a control group.
  public init(id: [UInt8], runtime: String? = nil, pod: [UInt8]? = nil, podName: [UInt8]? = nil) {
    self.id = id
    self.runtime = runtime
    self.pod = pod
    self.podName = podName
  }

  /// Reads the text of `/proc/PID/cgroup`; nil where no container is named.
  ///
  /// The innermost one counts: `/docker/OUTER/docker/INNER` is a process of INNER. The forms are those of runc's
  /// cgroupfs and systemd drivers (`docker/ID`, `docker-ID.scope`, `cri-containerd-ID.scope`, `crio-ID.scope`,
  /// `libpod-ID.scope`), of LXC (`lxc.payload.NAME`, `lxc/NAME`) and of systemd-nspawn (`machine-NAME.scope`,
  /// `systemd-nspawn@NAME.service`).
  public init?(cgroup text: [UInt8]) {
    var found: ControlGroup?
    var pod: [UInt8]?
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let path = line.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
      guard path.count == 3 else { continue }
      let parts = path[2].split(separator: UInt8(ascii: "/"))
      for (position, part) in parts.enumerated() {
        pod = Self.pod(in: part) ?? pod
        if var controlGroup = Self.controlGroup(part, below: position > 0 ? parts[position - 1] : []) {
          controlGroup.outer = found?.id == controlGroup.id ? found?.outer : found?.id
          found = controlGroup
        }
      }
    }
    guard var found else { return nil }
    if let pod {
      found.pod = pod
      // The cgroupfs driver writes the bare id below the pod.
      if found.runtime == nil { found.runtime = "containerd" }
    }
    self = found
  }

  private static func controlGroup(_ part: ArraySlice<UInt8>, below parent: ArraySlice<UInt8>) -> ControlGroup? {
    let stem = dropping(suffix: ".scope", of: part) ?? dropping(suffix: ".service", of: part) ?? part
    if let id = trailingID(of: stem) {
      let prefix = stem.dropLast(64)
      // What watches over a container has the container's id, and a namespace of its own.
      if prefix.ends(with: "conmon-") { return nil }
      return ControlGroup(id: Array(id), runtime: runtime(prefix) ?? (prefix.isEmpty ? runtime(parent) : nil))
    }
    if let name = dropping(prefix: "lxc.payload.", of: part), !name.isEmpty {
      return ControlGroup(id: Array(name), runtime: "lxc")
    }
    if ["lxc", "lxc.payload"].contains(where: { parent.elementsEqual($0.utf8) }) {
      return ControlGroup(id: Array(part), runtime: "lxc")
    }
    if part.ends(with: ".scope"), let name = dropping(prefix: "machine-", of: stem), !name.isEmpty {
      let plain = unescaped(name)
      // libvirt's machines are processes of the host's namespace.
      return plain[...].starts(with: "qemu-") ? nil : ControlGroup(id: plain, runtime: "nspawn")
    }
    if let name = dropping(prefix: "systemd-nspawn@", of: stem), !name.isEmpty {
      return ControlGroup(id: unescaped(name), runtime: "nspawn")
    }
    return nil
  }

  private static func runtime(_ text: ArraySlice<UInt8>) -> String? {
    let known: [(String, String)] = [
      ("docker", "docker"), ("libpod", "podman"), ("cri-containerd", "containerd"), ("crio", "cri-o"),
      ("nerdctl", "containerd"), ("containerd", "containerd"),
    ]
    return known.first { entry in text.starts(with: entry.0) }?.1
  }

  /// The id at the end of a part: exactly 64 hexadecimal digits with nothing, or with no digit, before them.
  private static func trailingID(of part: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let id = part.suffix(64)
    guard id.count == 64, id.allSatisfy(isHex), part.dropLast(64).last.map({ !isHex($0) }) ?? true else { return nil }
    return id
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// `pod<uid>` of the cgroupfs driver, `kubepods-burstable-pod<uid>.slice` of systemd's, where `_` stands for `-`.
  private static func pod(in part: ArraySlice<UInt8>) -> [UInt8]? {
    let stem = dropping(suffix: ".slice", of: part) ?? part
    let uid = stem.suffix(36)
    guard stem.count >= 39, stem.dropLast(36).ends(with: "pod") else { return nil }
    let plain = uid.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
    return plain.allSatisfy { isHex($0) || $0 == UInt8(ascii: "-") } ? plain : nil
  }

  /// systemd writes `-` in a name as `\x2d` (systemd-escape(1)).
  private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    var rest = text
    while let byte = rest.first {
      let digits = rest.dropFirst(2).prefix(2)
      if rest.starts(with: "\\x"), digits.count == 2,
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        plain.append(value)
        rest = rest.dropFirst(4)
      } else {
        plain.append(byte)
        rest = rest.dropFirst()
      }
    }
    return plain
  }

  private static func dropping(prefix: String, of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    text.starts(with: prefix) ? text.dropFirst(prefix.utf8.count) : nil
  }

  private static func dropping(suffix: String, of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    text.ends(with: suffix) ? text.dropLast(suffix.utf8.count) : nil
  }
}

extension ArraySlice<UInt8> {
  fileprivate func starts(with text: String) -> Bool { starts(with: text.utf8) }

  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
