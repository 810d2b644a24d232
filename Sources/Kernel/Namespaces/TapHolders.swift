internal import LinuxSystem
internal import SystemPackage

/// Which programs hold a tun or tap device open, by `/proc/PID/fdinfo` of their `/dev/net/tun` (`iff:`, Linux 2.6.32).
///
/// The name there is all that is told, and two namespaces may have a device of one name: only who lives in the device's
/// namespace is counted. A program that has opened it there and lives elsewhere is not found.
public struct TapHolders: Sendable {
  /// A process that holds it.
  public struct Holder: Hashable, Sendable {
    /// The process id, as our /proc shows it.
    public var pid: Int32
    /// `/proc/PID/comm`, as bytes.
    public var name: [UInt8]
  }

  /// So many open files are looked at: a host may have hundreds of thousands.
  public static let fileLimit = 50_000

  private let proc: String

  /// Makes a search below a folder that looks like /proc.
  public init(proc: String = "/proc") { self.proc = proc }

  /// Those that hold the device of that name in the namespace whose nsfs file has that inode, by rising pid; nil where the
  /// search came to its limit before it had seen everybody, and found nobody.
  public func find(_ device: [UInt8], inode: UInt64) -> [Holder]? {
    let wanted = Array("iff:\t".utf8) + device
    var holders: [Holder] = []
    var files = 0
    for pid in pids {
      let folder = "\(proc)/\(pid)"
      // It has ended meanwhile, or is not ours to look at (CAP_SYS_PTRACE): whoever it is does not count.
      guard let link = try? SmallFile.target(of: folder + "/ns/net"), MountTable.inode(ofLink: link) == inode else {
        continue
      }
      // The same.
      guard let names = try? SmallFile.names(in: folder + "/fd") else { continue }
      for name in names {
        files += 1
        if files > Self.fileLimit { return holders.isEmpty ? nil : holders }
        let number = String(decoding: name, as: UTF8.self)
        // Closed meanwhile.
        guard let target = try? SmallFile.target(of: "\(folder)/fd/\(number)"), target == Self.tun else { continue }
        // The same: then it names no device.
        let info = (try? SmallFile.read("\(folder)/fdinfo/\(number)", limit: 4096)) ?? []
        guard info.split(separator: UInt8(ascii: "\n")).contains(where: { Array($0) == wanted }) else { continue }
        // A process that has ended meanwhile has no name.
        let comm = ((try? SmallFile.read(folder + "/comm", limit: 64)) ?? []).prefix { $0 != UInt8(ascii: "\n") }
        holders.append(Holder(pid: pid, name: Array(comm)))
        break
      }
    }
    return holders
  }

  /// `/dev/net/tun`, the device that all of them are opened by.
  private static let tun = Array("/dev/net/tun".utf8)

  private var pids: [Int32] {
    // Without /proc nobody is found.
    ((try? SmallFile.names(in: proc)) ?? []).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }.sorted()
  }
}
