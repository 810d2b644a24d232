import FoundationEssentials
import Glibc

/// A directory that stands for `/`, with sockets where engines have theirs.
final class FakeRoot {
  struct Failed: Error {
    let what: String
    let code: CInt
  }

  let path: String
  private var sockets: [CInt] = []

  init() throws {
    path = "/tmp/nt-root-\(UInt32.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Listens on a Unix socket at that path below the root.
  func listen(_ place: String) throws {
    try makeFolder(of: place)
    let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard fd >= 0 else { throw Failed(what: "socket", code: errno) }
    sockets.append(fd)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array((path + place).utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in unsafe target.copyBytes(from: bytes) }
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe bind(fd, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Failed(what: "bind \(place)", code: errno) }
  }

  /// Makes a symbolic link to another place below the root.
  func link(_ place: String, to target: String) throws {
    try makeFolder(of: place)
    try FileManager.default.createSymbolicLink(atPath: path + place, withDestinationPath: path + target)
  }

  /// Makes a plain file.
  func write(_ place: String, _ text: String = "") throws {
    try makeFolder(of: place)
    try Data(text.utf8).write(to: URL(filePath: path + place))
  }

  /// Makes a plain file with these bytes.
  func write(_ place: String, _ bytes: some Sequence<UInt8>) throws {
    try makeFolder(of: place)
    try Data(bytes).write(to: URL(filePath: path + place))
  }

  /// Makes a process of its /proc: where it lives, its control group, who watches over it.
  func process(_ pid: Int, net: Int, cgroup: String = "0::/", parent: Int = 1, command: [String] = []) throws {
    try write("/proc/\(pid)/cgroup", (cgroup + "\n").utf8)
    try write("/proc/\(pid)/stat", "\(pid) (a ) b) S \(parent) 1 1".utf8)
    try write("/proc/\(pid)/comm", ((command.first?.split(separator: "/").last.map(String.init) ?? "a") + "\n").utf8)
    try write("/proc/\(pid)/cmdline", (command.joined(separator: "\0") + "\0").utf8)
    try makeFolder(of: "/proc/\(pid)/ns/net")
    try FileManager.default.createSymbolicLink(
      atPath: "\(path)/proc/\(pid)/ns/net", withDestinationPath: "net:[\(net)]")
  }

  /// Makes a FIFO at that place: whoever opens it waits.
  func fifo(_ place: String) throws {
    try makeFolder(of: place)
    guard unsafe mkfifo(path + place, 0o644) == 0 else { throw Failed(what: "mkfifo", code: errno) }
  }

  /// Gives everything below a place to a user.
  func give(_ place: String, to uid: UInt32) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: path + place)
    for name in names.map({ place + "/" + $0 }) + [place] {
      guard unsafe lchown(path + name, uid, uid) == 0 else { throw Failed(what: "chown", code: errno) }
    }
  }

  /// Ends everything and leaves nothing behind.
  func remove() {
    for fd in sockets { close(fd) }
    try? FileManager.default.removeItem(atPath: path)
  }

  private func makeFolder(of place: String) throws {
    let folder = place.split(separator: "/").dropLast().joined(separator: "/")
    try FileManager.default.createDirectory(atPath: path + "/" + folder, withIntermediateDirectories: true)
  }
}
