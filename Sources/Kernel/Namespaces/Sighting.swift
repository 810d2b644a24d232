/// A process that was seen in a namespace.
public struct ProcessSighting: Hashable, Sendable {
  /// The process id, as our /proc counts.
  public var pid: Int32
  /// `/proc/PID/comm`, any bytes.
  public var name: [UInt8]
  /// The container that it belongs to; nil where its control group names none.
  public var controlGroup: ControlGroup?

  /// Makes a sighting of a process.
  public init(pid: Int32, name: [UInt8], controlGroup: ControlGroup? = nil) {
    self.pid = pid
    self.name = name
    self.controlGroup = controlGroup
  }
}

/// A network namespace that exists now, and how it can be named and entered.
public struct Sighting: Hashable, Sendable {
  /// The inode of its nsfs file.
  public var inode: UInt64
  /// `SO_NETNS_COOKIE`; nil where it could not be read (no CAP_SYS_ADMIN, old kernel).
  public var cookie: UInt64?
  /// Its id in our table; nil where it has none and could not be given one.
  public var nsid: Int32?
  /// The user whose user namespace it belongs to; nil: it belongs to ours, or to one of root's, or that can't be told.
  public var owner: UInt32?
  /// Where it is mounted, any bytes.
  public var paths: [[UInt8]]
  /// Its processes, lowest pid first; at most `Census.processLimit`.
  public var processes: [ProcessSighting]
  /// Whether it is the namespace that the program runs in.
  public var isOwn: Bool
  /// A way in: a mount point or `/proc/PID/ns/net`.
  public var file: NamespaceFile?

  /// Makes a sighting.
  public init(
    inode: UInt64, cookie: UInt64? = nil, nsid: Int32? = nil, owner: UInt32? = nil, paths: [[UInt8]] = [],
    processes: [ProcessSighting] = [], isOwn: Bool = false, file: NamespaceFile? = nil
  ) {
    self.inode = inode
    self.cookie = cookie
    self.nsid = nsid
    self.owner = owner
    self.paths = paths
    self.processes = processes
    self.isOwn = isOwn
    self.file = file
  }
}
