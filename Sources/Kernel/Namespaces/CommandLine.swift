internal import Glibc
internal import LinuxSystem

/// The words of a program's command line (`/proc/PID/cmdline`), as far as they say what runs in it.
struct CommandLine {
  private let words: [ArraySlice<UInt8>]

  /// Takes the text of `/proc/PID/cmdline`.
  init(_ text: [UInt8]) { words = text.split(separator: 0, maxSplits: 4096) }

  /// Reads that of a process; it has no words where the process has ended meanwhile, or is not ours to look at.
  init(of pid: Int32, proc: String = "/proc") {
    // As its summary says.
    self.init((try? SmallFile.read("\(proc)/\(pid)/cmdline", limit: 256 << 10)) ?? [])
  }

  /// The name of the guest that a virtual machine monitor runs: `-name guest=NAME,…` or `-name NAME` of QEMU (qemu(1)), `--id
  /// NAME` of Firecracker and Cloud Hypervisor. Any bytes; nil where it is none of them, or has no name.
  var guest: [UInt8]? {
    guard let program = words.first?.split(separator: UInt8(ascii: "/")).last else { return nil }
    if program.starts(with: "qemu".utf8) || program.starts(with: "kvm".utf8) {
      guard let value = value(of: ["-name", "--name"]) else { return nil }
      let fields = value.split(separator: UInt8(ascii: ","))
      let named = fields.first { $0.starts(with: "guest=".utf8) }.map { $0.dropFirst("guest=".utf8.count) }
      return Self.name(named ?? fields.first { !$0.contains(UInt8(ascii: "=")) })
    }
    let isOther = ["firecracker", "cloud-hypervisor"].contains { program.starts(with: $0.utf8) }
    return isOther ? Self.name(value(of: ["--id"])) : nil
  }

  /// The machine that systemd-nspawn runs: `-M NAME`, `--machine=NAME` (systemd-nspawn(1)). As above.
  var machine: [UInt8]? {
    guard words.first?.split(separator: UInt8(ascii: "/")).last?.elementsEqual("systemd-nspawn".utf8) == true else {
      return nil
    }
    if let value = value(of: ["-M", "--machine"]) { return Self.name(value) }
    // Without one it is called after its folder.
    let folder = value(of: ["-D", "--directory"])?.split(separator: UInt8(ascii: "/")).last
    return Self.name(folder)
  }

  /// What stands behind an option, as the next word or behind `=`.
  private func value(of options: [String]) -> ArraySlice<UInt8>? {
    for (position, word) in words.enumerated().dropFirst() {
      for option in options {
        if word.elementsEqual(option.utf8), position + 1 < words.count { return words[position + 1] }
        if word.starts(with: (option + "=").utf8) { return word.dropFirst(option.utf8.count + 1) }
      }
    }
    return nil
  }

  private static func name(_ text: ArraySlice<UInt8>?) -> [UInt8]? {
    text.flatMap { $0.isEmpty ? nil : Array($0.prefix(253)) }
  }
}

extension ControlGroup {
  /// The machine that a process belongs to whose control group is only called `payload`: without systemd's register
  /// (`--keep-unit`, `--register=no`) systemd-nspawn, its parent, knows the name alone.
  init?(payload cgroup: [UInt8], of pid: Int32) {
    let isPayload = cgroup.split(separator: UInt8(ascii: "\n")).contains { line in
      line.split(separator: UInt8(ascii: "/")).last?.elementsEqual("payload".utf8) == true
    }
    // Ended meanwhile.
    guard isPayload, let stat = try? SmallFile.read("/proc/\(pid)/stat", limit: 4096),
      let end = stat.lastIndex(of: UInt8(ascii: ")"))
    else { return nil }
    let fields = stat[(end + 1)...].split(separator: UInt8(ascii: " "))
    // Ended meanwhile. Whoever else than root has such a parent could keep us waiting for its arguments.
    guard fields.count > 1, let parent = Int32(String(decoding: fields[1], as: UTF8.self)),
      // As above.
      let comm = try? SmallFile.read("/proc/\(parent)/comm", limit: 64), comm.starts(with: "systemd-nspawn".utf8),
      Self.isRoots(parent), let name = CommandLine(of: parent).machine
    else { return nil }
    self.init(id: name, runtime: "nspawn")
  }

  private static func isRoots(_ pid: Int32) -> Bool {
    var info = stat()
    return unsafe stat("/proc/\(pid)", &info) == 0 && info.st_uid == 0
  }
}
