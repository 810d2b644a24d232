internal import LinuxSystem

/// Makes sure of a container's first process: the number that an engine wrote down may be another process's by now, or one of
/// another /proc.
struct ProcessWitness {
  private let proc: String
  private let own: UInt64?

  /// Looks at that /proc.
  init(proc: String = "/proc") {
    self.proc = proc
    own = Self.namespace("\(proc)/self")
  }

  /// The process, if its control group names the container, or if its parent watches over the container: Podman's conmon and
  /// containerd's shim have the id among their arguments.
  func process(_ pid: Int32, of container: String) -> ContainerProcess? {
    let id = Array(container.utf8)
    guard pid > 1, let namespace = Self.namespace("\(proc)/\(pid)") else { return nil }
    // Ended meanwhile, or not ours to read: then nothing is sure.
    let controlGroup = (try? SmallFile.read("\(proc)/\(pid)/cgroup", limit: 64 << 10)) ?? []
    let watcher = watcher(of: pid, id)
    guard watcher != nil || names(controlGroup, id), let uid = FileSystem.owner(ofFolder: "\(proc)/\(watcher ?? pid)")
    else { return nil }
    return ContainerProcess(pid: pid, namespace: namespace, isHere: namespace == own, uid: uid)
  }

  /// Whether the last part of a control group's path names the container, whole or behind a word of its engine's.
  private func names(_ controlGroup: [UInt8], _ id: [UInt8]) -> Bool {
    controlGroup.split(separator: UInt8(ascii: "\n")).contains { line in
      line.split(separator: UInt8(ascii: "/")).dropFirst().contains { part in
        part.elementsEqual(id) || id.count == 64 && part.contains(id)
      }
    }
  }

  private func watcher(of pid: Int32, _ id: [UInt8]) -> Int32? {
    // As above.
    guard let stat = try? SmallFile.read("\(proc)/\(pid)/stat", limit: 4096), let parent = Self.parent(stat) else {
      return nil
    }
    // A process can keep whoever reads its arguments waiting, but not who reads its name.
    let name = (try? SmallFile.read("\(proc)/\(parent)/comm", limit: 64)) ?? []
    guard ["conmon", "containerd-shim"].contains(where: { name.starts(with: $0.utf8) }) else { return nil }
    // As above.
    let arguments = (try? SmallFile.read("\(proc)/\(parent)/cmdline", limit: 64 << 10)) ?? []
    let words = arguments.split(separator: 0)
    let isWatcher = words.first.map { name in
      ["conmon", "containerd-shim"].contains { name.contains(Array($0.utf8)) }
    }
    return isWatcher == true && words.contains { $0.elementsEqual(id) } ? parent : nil
  }

  /// The parent in the text of `/proc/PID/stat`; the program's name before it may hold anything.
  static func parent(_ stat: [UInt8]) -> Int32? {
    guard let end = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = stat[(end + 1)...].split(separator: UInt8(ascii: " "))
    return fields.count > 1 ? Int32(String(decoding: fields[1], as: UTF8.self)) : nil
  }

  private static func namespace(_ folder: String) -> UInt64? {
    // As above.
    guard let link = try? SmallFile.target(of: folder + "/ns/net") else { return nil }
    let digits = link.drop { $0 != UInt8(ascii: "[") }.dropFirst().prefix { $0 != UInt8(ascii: "]") }
    return UInt64(String(decoding: digits, as: UTF8.self))
  }
}

extension Collection<UInt8> {
  /// Whether some bytes stand one behind the other somewhere in these.
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard count >= part.count else { return false }
    return indices.dropLast(Swift.max(0, part.count - 1)).contains { self[$0...].starts(with: part) }
  }
}
