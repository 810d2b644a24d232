internal import LinuxSystem
internal import SystemPackage

/// Which programs hold a tun or tap device open, by `/proc/PID/fdinfo` of their `/dev/net/tun` (`iff:`, Linux 2.6.32).
///
/// The name there is all that is told, and two namespaces may have a device of one name. Who lives in the device's namespace
/// is looked at first. Only where nobody there has it the others are: a device keeps its program when it is moved, as
/// libvirt's are, whose qemu stays with the host. Those whose own namespace has such a device mean that one.
public struct TapHolders: Sendable {
  /// A process that holds it.
  public struct Holder: Hashable, Sendable {
    /// The process id, as our /proc shows it.
    public var pid: Int32
    /// `/proc/PID/comm`, as bytes.
    public var name: [UInt8]
    /// The inode of the namespace that it lives in.
    public var namespace: UInt64
    /// What the virtual machine is called that it runs, by its command line; any bytes, nil where it runs none.
    public var guest: [UInt8]?
  }

  /// So many open files are looked at: a host may have hundreds of thousands.
  public static let fileLimit = 50_000

  private let proc: String

  /// Makes a search below a folder that looks like /proc.
  public init(proc: String = "/proc") { self.proc = proc }

  /// Those that hold the device of that name in the namespace whose nsfs file has that inode, by rising pid; nil where the
  /// search came to its limit before it had seen everybody, and found nobody. `rivals` are the inodes of the other
  /// namespaces that have a device of that name.
  public func find(_ device: [UInt8], inode: UInt64, rivals: Set<UInt64> = []) -> [Holder]? {
    let wanted = Array("iff:\t".utf8) + device
    var files = 0
    var others: [(pid: Int32, namespace: UInt64)] = []
    var holders: [Holder] = []
    for pid in pids where files <= Self.fileLimit {
      // It has ended meanwhile, or is not ours to look at (CAP_SYS_PTRACE): whoever it is does not count.
      guard let link = try? SmallFile.target(of: "\(proc)/\(pid)/ns/net"), let home = MountTable.inode(ofLink: link)
      else { continue }
      if home == inode {
        if holds(pid, wanted, &files) { holders.append(holder(pid, home)) }
      } else if !rivals.contains(home) {
        others.append((pid, home))
      }
    }
    guard holders.isEmpty else { return holders }
    for other in others where files <= Self.fileLimit {
      if holds(other.pid, wanted, &files) { holders.append(holder(other.pid, other.namespace)) }
    }
    return files > Self.fileLimit && holders.isEmpty ? nil : holders
  }

  /// Those that hold any device, by its name, found in one search; nil where that came to its limit before it had seen
  /// everybody. `choose` says which of them mean a device.
  public func survey() -> [[UInt8]: [Holder]]? {
    var found: [[UInt8]: [Holder]] = [:]
    var files = 0
    for pid in pids {
      // As above.
      guard let link = try? SmallFile.target(of: "\(proc)/\(pid)/ns/net"), let home = MountTable.inode(ofLink: link)
      else { continue }
      for device in Set(devices(of: pid, &files)) { found[device, default: []].append(holder(pid, home)) }
      if files > Self.fileLimit { return nil }
    }
    return found
  }

  /// Of those that hold a device of one name the ones that mean the one in that namespace; as `find`.
  public static func choose(_ holders: [Holder], inode: UInt64, rivals: Set<UInt64>) -> [Holder] {
    let here = holders.filter { $0.namespace == inode }
    return here.isEmpty ? holders.filter { !rivals.contains($0.namespace) } : here
  }

  /// The names of the devices that a process has open; counts as `holds`.
  private func devices(of pid: Int32, _ files: inout Int) -> [[UInt8]] {
    let folder = "\(proc)/\(pid)"
    // As above.
    guard let names = try? SmallFile.names(in: folder + "/fd") else { return [] }
    var devices: [[UInt8]] = []
    for name in names {
      files += 1
      if files > Self.fileLimit { return devices }
      let number = String(decoding: name, as: UTF8.self)
      // As above.
      guard let target = try? SmallFile.target(of: "\(folder)/fd/\(number)"), target == Self.tun else { continue }
      // As above.
      let info = (try? SmallFile.read("\(folder)/fdinfo/\(number)", limit: 4096)) ?? []
      let key = Array("iff:\t".utf8)
      devices += info.split(separator: UInt8(ascii: "\n")).filter { $0.starts(with: key) }.map {
        Array($0.dropFirst(key.count))
      }
    }
    return devices
  }

  /// Whether a process has the device open; counts the files that it looks at.
  private func holds(_ pid: Int32, _ wanted: [UInt8], _ files: inout Int) -> Bool {
    let folder = "\(proc)/\(pid)"
    // As above: it has ended, or is not ours to look at.
    guard let names = try? SmallFile.names(in: folder + "/fd") else { return false }
    for name in names {
      files += 1
      if files > Self.fileLimit { return false }
      let number = String(decoding: name, as: UTF8.self)
      // Closed meanwhile.
      guard let target = try? SmallFile.target(of: "\(folder)/fd/\(number)"), target == Self.tun else { continue }
      // The same: then it names no device.
      let info = (try? SmallFile.read("\(folder)/fdinfo/\(number)", limit: 4096)) ?? []
      if info.split(separator: UInt8(ascii: "\n")).contains(where: { Array($0) == wanted }) { return true }
    }
    return false
  }

  private func holder(_ pid: Int32, _ namespace: UInt64) -> Holder {
    // A process that has ended meanwhile has no name.
    let comm = ((try? SmallFile.read("\(proc)/\(pid)/comm", limit: 64)) ?? []).prefix { $0 != UInt8(ascii: "\n") }
    return Holder(
      pid: pid, name: Array(comm), namespace: namespace, guest: CommandLine(of: pid, proc: proc).guest)
  }

  /// `/dev/net/tun`, the device that all of them are opened by.
  private static let tun = Array("/dev/net/tun".utf8)

  private var pids: [Int32] {
    // Without /proc nobody is found.
    ((try? SmallFile.names(in: proc)) ?? []).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }.sorted()
  }
}
