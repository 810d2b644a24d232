/// A process that was seen in a namespace.
public struct ProcessSighting: Hashable, Sendable {
  public var pid: Int32
  /// `/proc/PID/comm`, any bytes.
  public var name: [UInt8]
  /// The container id in the process's cgroup path (64 hexadecimal digits); nil where there is none.
  public var containerID: String?
  /// Whether the cgroup path names Podman's libpod.
  public var isPodman: Bool

  /// Finds the container id in the text of `/proc/PID/cgroup`: the last run of exactly 64 hexadecimal digits, as in
  /// `/docker/<id>`, `/system.slice/docker-<id>.scope`, `/kubepods/…/cri-containerd-<id>.scope`, `/libpod-<id>.scope`.
  public static func containerID(inCgroup text: [UInt8]) -> String? {
    var found: String?
    var start = 0
    func check(_ end: Int) {
      if end - start == 64 { found = String(decoding: text[start..<end], as: UTF8.self) }
    }
    for (position, byte) in text.enumerated() {
      let isHex = (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      if !isHex {
        check(position)
        start = position + 1
      }
    }
    check(text.count)
    return found
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
  /// Where it is mounted, any bytes.
  public var paths: [[UInt8]]
  /// Its processes, lowest pid first; at most `Census.processLimit`.
  public var processes: [ProcessSighting]
  /// Whether it is the namespace that the program runs in.
  public var isOwn: Bool
  /// A way in: a mount point or `/proc/PID/ns/net`.
  public var file: NamespaceFile?
}

/// A file that stands for a namespace. The inode is checked after opening, so that a path that was reused is noticed.
public struct NamespaceFile: Hashable, Sendable {
  /// The path's bytes: a mount point may have any.
  public var path: [UInt8]
  public var inode: UInt64

  public init(path: [UInt8], inode: UInt64) {
    self.path = path
    self.inode = inode
  }
}
