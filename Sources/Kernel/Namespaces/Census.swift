internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import Netlink
public import NetlinkSocket
internal import RTNetlink
internal import SystemPackage

/// Counts the network namespaces that can be seen from here: nsfs mounts, and the processes of /proc.
///
/// Every namespace that is found gets an id in our table if it has none: without one its links can't be read, nor its
/// events heard. (A veth would have brought an id about, but a container with `network=none` has no veth.) No
/// descriptor stays open.
public struct Census: Sendable {
  /// At most so many processes are kept for a namespace.
  public static let processLimit = 32

  /// Where to look.
  public struct Sources: Hashable, Sendable {
    /// Whether /proc is searched for processes in other namespaces.
    public var processes: Bool
    /// Only mounts whose path begins so; nil: all.
    public var mountPrefix: String?

    /// Makes sources: by default all processes and all mounts.
    public init(processes: Bool = true, mountPrefix: String? = nil) {
      self.processes = processes
      self.mountPrefix = mountPrefix
    }
  }

  /// What was found, and what could not be looked at.
  public struct Result: Sendable {
    /// The namespaces that could be opened, by rising inode.
    public var sightings: [Sighting]
    /// What could not be looked at, one line each: then what was found is not all there is.
    public var failures: [String] = []
  }

  private let sources: Sources

  /// Makes a census of those sources; it looks at nothing before `take`.
  public init(_ sources: Sources = Sources()) { self.sources = sources }

  /// Looks at everything once. `cookie` reads the cookie of a namespace on a kernel without `NS_GET_ID`.
  public func take(_ requests: RequestChannel, cookie: (NamespaceFile) -> UInt64?) -> Result {
    var found: [UInt64: Sighting] = [:]
    var result = Result(sightings: [])
    // Where even this can't be opened (no /proc, no descriptors left), nothing below can be, either.
    let own = try? NamespaceFile.ofThread().inode
    if sources.processes {
      do { try scanProcesses(own: own, into: &found) } catch { result.failures.append("/proc: \(error)") }
    }
    do {
      for entry in MountTable(mountinfo: try SmallFile.read("/proc/self/mountinfo")).entries
      where sources.mountPrefix.map({ entry.path.starts(with: $0.utf8) }) ?? true {
        found[entry.inode, default: Self.empty(entry.inode, own: own)].paths.append(entry.path)
      }
    } catch { result.failures.append("/proc/self/mountinfo: \(error)") }
    for var sighting in found.values.sorted(by: { $0.inode < $1.inode }) {
      do {
        if try identify(&sighting, requests, cookie: cookie) { result.sightings.append(sighting) }
      } catch { result.failures.append("net:[\(sighting.inode)]: \(error)") }
    }
    return result
  }

  private static func empty(_ inode: UInt64, own: UInt64?) -> Sighting {
    Sighting(inode: inode, isOwn: inode == own)
  }

  /// Fills in file, nsid and cookie; false where the namespace has gone meanwhile, or nobody may open it.
  ///
  /// Throws `Errno` where there is no room to open it: that it can't be told to be there does not mean that it is gone.
  private func identify(
    _ sighting: inout Sighting, _ requests: RequestChannel, cookie: (NamespaceFile) -> UInt64?
  ) throws(Errno) -> Bool {
    let ways =
      sighting.paths + sighting.processes.prefix(4).map { Array("/proc/\($0.pid)/ns/net".utf8) }
    for path in ways {
      let file = NamespaceFile(path: path, inode: sighting.inode)
      let fd: OwnedDescriptor
      do { fd = try file.open() } catch {
        if [.tooManyOpenFiles, .tooManyOpenFilesInSystem, .noMemory].contains(error) { throw error }
        // Gone, or not ours to open: the next way is tried.
        continue
      }
      sighting.file = file
      sighting.nsid = Self.nsid(of: fd.rawValue, requests)
      if sighting.nsid == nil, !sighting.isOwn {
        // Refused (CAP_NET_ADMIN), or somebody was faster: what is read next tells which.
        try? requests.perform(NamespaceIDMessage.assign(fd: fd.rawValue), operation: "RTM_NEWNSID")
        sighting.nsid = Self.nsid(of: fd.rawValue, requests)
      }
      sighting.owner = Self.owner(of: fd.rawValue)
      let id = nt_namespace_id(fd.rawValue)
      sighting.cookie = id != 0 ? id : cookie(file)
      return true
    }
    return false
  }

  /// The user whose namespaces the one behind an open nsfs file is among; nil: ours, root's, or not to be told. What we have
  /// made ourselves is ours: whoever runs rootless containers believes his own engine.
  private static func owner(of fd: CInt) -> UInt32? {
    var uid: UInt32 = 0
    return unsafe nt_namespace_owner(fd, &uid) == 1 && uid != 0 && uid != geteuid() ? uid : nil
  }

  /// The id that the namespace behind an open nsfs file has in our table; nil where it has none.
  public static func nsid(of fd: CInt, _ requests: RequestChannel) -> Int32? {
    var id: Int32 = -1
    // An answer that is an error counts as no id.
    try? requests.perform(NamespaceIDMessage.get(fd: fd), operation: "RTM_GETNSID") {
      header, payload throws(DecodeError) in
      if header.type == MessageType.newNamespaceID { id = try NamespaceIDMessage(payload).nsid }
    }
    return id >= 0 ? id : nil
  }

  private func scanProcesses(own: UInt64?, into found: inout [UInt64: Sighting]) throws(Errno) {
    let pids = try SmallFile.names(in: "/proc").compactMap { name in
      name.first.map { (0x31...0x39).contains($0) } == true ? Int32(String(decoding: name, as: UTF8.self)) : nil
    }
    for pid in pids.sorted() {
      // It has ended meanwhile, or is not ours to look at (CAP_SYS_PTRACE, whose lack is told elsewhere).
      guard let link = try? SmallFile.target(of: "/proc/\(pid)/ns/net") else { continue }
      guard let inode = MountTable.inode(ofLink: link), inode != own else { continue }
      var sighting = found[inode] ?? Self.empty(inode, own: own)
      if sighting.processes.count < Self.processLimit {
        sighting.processes.append(process(pid))
      }
      found[inode] = sighting
    }
  }

  private func process(_ pid: Int32) -> ProcessSighting {
    // A process that has ended meanwhile has no name …
    let name = ((try? SmallFile.read("/proc/\(pid)/comm", limit: 64)) ?? []).prefix { $0 != UInt8(ascii: "\n") }
    // … and no control group.
    let cgroup = (try? SmallFile.read("/proc/\(pid)/cgroup", limit: 64 << 10)) ?? []
    var controlGroup = ControlGroup(cgroup: cgroup) ?? ControlGroup(payload: cgroup, of: pid)
    if controlGroup?.pod != nil { controlGroup?.podName = hostname(of: pid) }
    return ProcessSighting(pid: pid, name: Array(name), controlGroup: controlGroup)
  }

  /// The kubelet's runtimes put a pod's name into the environment of its processes; nothing else of it is looked at.
  private func hostname(of pid: Int32) -> [UInt8]? {
    // Ended meanwhile, or not ours to read (CAP_SYS_PTRACE): then the pod's name stays unknown.
    let environment = (try? SmallFile.read("/proc/\(pid)/environ", limit: 64 << 10)) ?? []
    let key = Array("HOSTNAME=".utf8)
    let entry = environment.split(separator: 0).first { $0.starts(with: key) }
    return entry.map { Array($0.dropFirst(key.count).prefix(253)) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
