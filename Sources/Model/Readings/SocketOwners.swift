internal import LinuxSystem
internal import Synchronization
internal import SystemPackage
internal import Topology

/// Which programs have sockets open, by the links below /proc/PID/fd.
public enum SocketOwners {
  /// The most processes that are looked at, descriptors of each, and descriptors in all: they can be anybody's.
  private static let processLimit = 4096
  private static let descriptorLimit = 1024
  private static let budget = 20_000

  /// The names of programs by the inodes of their sockets; where several have one open, the first that is seen. Those
  /// of the namespace with that inode are looked at first, the others only for what is left: an engine's name server
  /// has its sockets in the container, and lives outside.
  public static func find(_ inodes: Set<UInt32>, _ namespace: UInt64?) -> [UInt32: String] {
    var names: [UInt32: String] = [:]
    // Without /proc the programs stay unnamed.
    guard let entries = try? SmallFile.names(in: "/proc") else { return names }
    let processes = entries.filter { $0.allSatisfy { (0x30...0x39).contains($0) } }.prefix(processLimit)
      .map { String(decoding: $0, as: UTF8.self) }
    let home = namespace.map { Array("net:[\($0)]".utf8) }
    let (inside, outside) = processes.reduce(into: ([String](), [String]())) { halves, process in
      // One that is gone by now, or that we may not look into, has nothing to tell.
      let link = try? SmallFile.target(of: "/proc/\(process)/ns/net")
      if let link, link == home { halves.0.append(process) } else { halves.1.append(process) }
    }
    var budget = budget
    for process in inside + outside where names.count < inodes.count { look(process, inodes, &names, &budget) }
    return names
  }

  private static func look(
    _ process: String, _ inodes: Set<UInt32>, _ names: inout [UInt32: String], _ budget: inout Int
  ) {
    // One that is gone by now, or that we may not look into, has nothing to tell.
    guard let descriptors = try? SmallFile.names(in: "/proc/\(process)/fd") else { return }
    for descriptor in descriptors.prefix(min(descriptorLimit, budget)) {
      budget -= 1
      let path = "/proc/\(process)/fd/\(String(decoding: descriptor, as: UTF8.self))"
      // A descriptor that was closed meanwhile is none of those that are looked for.
      guard let target = try? SmallFile.target(of: path), target.starts(with: Array("socket:[".utf8)),
        let inode = UInt32(String(decoding: target.dropFirst(8).dropLast(), as: UTF8.self)), inodes.contains(inode),
        names[inode] == nil
      else { continue }
      // Without a name it is no answer.
      guard let name = try? SmallFile.read("/proc/\(process)/comm", limit: 64) else { return }
      names[inode] = SafeText.decode(name.prefix { $0 != 10 })
    }
  }

  /// The names of those among some processes only.
  public static func find(_ inodes: Set<UInt32>, among processes: [Int32]) -> [UInt32: String] {
    var names: [UInt32: String] = [:]
    var budget = budget
    for process in processes where names.count < inodes.count { look("\(process)", inodes, &names, &budget) }
    return names
  }
}

/// The programs behind a namespace's sockets, kept from one reading to the next: who looks every second need not search
/// all processes every second. What was searched for in vain is not searched for again.
public final class SocketNames: Sendable {
  private struct Known {
    var namespace: UInt64?
    var names: [UInt32: String] = [:]
    var searched: Set<UInt32> = []
  }

  private let known = Mutex(Known())

  /// Makes a memory of nothing.
  public init() {}

  /// The names by the inodes of sockets of the namespace whose nsfs file has that inode; another namespace's are forgotten.
  public func find(_ inodes: Set<UInt32>, _ namespace: UInt64?) -> [UInt32: String] {
    let (names, new) = known.withLock { known in
      if known.namespace != namespace || namespace == nil { known = Known(namespace: namespace) }
      // An inode that has gone may be another socket's soon.
      known.searched.formIntersection(inodes)
      known.names = known.names.filter { inodes.contains($0.key) }
      let new = inodes.subtracting(known.searched)
      known.searched.formUnion(new)
      return (known.names, new)
    }
    if new.isEmpty { return names }
    let found = SocketOwners.find(new, namespace)
    return known.withLock { known in
      if known.namespace == namespace { known.names.merge(found) { $1 } }
      return names.merging(found) { $1 }
    }
  }
}
