internal import CLinux
internal import Glibc
internal import Labels
public import SystemPackage

/// A small file below somebody else's root: nothing that stands there leads out of it, and nothing but a regular file is
/// opened. What a file system of its own does (FUSE) can still take any time: not for a thread that others wait for.
public enum RootedFile {
  /// Why there are no bytes.
  public enum Failure: Error, Hashable, Sendable {
    /// There is no such file, or a link that leads to none.
    case absent
    /// It is something else: `a FIFO`, `a device`.
    case notRegular(String)
    /// It belongs to somebody else than the one whose files were asked for.
    case foreign
    /// It could not be opened or read.
    case errno(Errno)
  }

  /// `O_PATH`: the file is found and not opened; the headers hide it behind _GNU_SOURCE.
  private static let onlyFound: CInt = 0x200000

  /// Opens the directory that is to be the root; throws `Errno` of open(2).
  public static func root(_ path: String) throws(Errno) -> OwnedDescriptor {
    try OwnedDescriptor(result: unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK))
  }

  /// Finds a folder for `/proc/self/fd/N`; with `owner` one that belongs to that uid, and that no link on the way leads to. Throws
  /// `Failure`.
  public static func folder(_ path: String, owner: UInt32?) throws(Failure) -> OwnedDescriptor {
    let found: OwnedDescriptor
    do throws(Errno) {
      found = try OwnedDescriptor(
        result: unsafe owner == nil
          ? open(path, Self.onlyFound | O_DIRECTORY | O_CLOEXEC)
          : nt_open_plain(path, Self.onlyFound | O_DIRECTORY | O_CLOEXEC))
    } catch { throw error == .noSuchFileOrDirectory ? .absent : .errno(error) }
    var info = stat()
    guard unsafe fstat(found.rawValue, &info) == 0 else { throw .errno(.current) }
    if let owner, UInt32(info.st_uid) != owner { throw .foreign }
    return found
  }

  /// The root of a process, which has to be in the network namespace with that inode (nil: whichever). Throws `Errno`;
  /// `noSuchProcess` also where it is in another one.
  public static func root(ofProcess pid: Int32, in inode: UInt64?) throws(Errno) -> OwnedDescriptor {
    // Whatever is looked up in it is of that process, and of no other that gets its number later.
    let process = try OwnedDescriptor(result: unsafe open("/proc/\(pid)", Self.onlyFound | O_DIRECTORY | O_CLOEXEC))
    if let inode {
      var buffer = [CChar](repeating: 0, count: 64)
      let length = unsafe readlinkat(process.rawValue, "ns/net", &buffer, buffer.count)
      guard length >= 0 else { throw Errno.current }
      let target = buffer[..<length].map { UInt8(bitPattern: $0) }
      guard target == Array("net:[\(inode)]".utf8) else { throw .noSuchProcess }
    }
    return try OwnedDescriptor(
      result: unsafe openat(process.rawValue, "root", Self.onlyFound | O_DIRECTORY | O_CLOEXEC))
  }

  /// The file's bytes, and whether there are more than `limit`, which are not read; with `owner` only of a file that belongs
  /// to that uid. `mayUseOpenat2`: for tests.
  public static func read(
    _ path: String, below root: borrowing OwnedDescriptor, limit: Int, owner: UInt32? = nil, mayUseOpenat2: Bool = true
  ) throws(Failure) -> (bytes: [UInt8], isCut: Bool) {
    var info = stat()
    let found = try find(path, below: root, owner: owner, mayUseOpenat2: mayUseOpenat2, &info)
    if let kind = kind(info.st_mode) { throw .notRegular(kind) }
    do throws(Errno) {
      let file = try OwnedDescriptor(
        result: unsafe open("/proc/self/fd/\(found.rawValue)", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
      let bytes = try SmallFile.read(file.rawValue, limit: limit + 1)
      return (Array(bytes.prefix(limit)), bytes.count > limit)
    } catch { throw .errno(error) }
  }

  /// The names in a folder, as bytes, without `.` and `..`, so many at most; with `owner` only of a folder that belongs to that uid.
  public static func names(
    in path: String, below root: borrowing OwnedDescriptor, owner: UInt32? = nil, limit: Int = .max
  ) throws(Failure) -> [[UInt8]] {
    var info = stat()
    let found = try find(path, below: root, owner: owner, mayUseOpenat2: true, &info)
    guard info.st_mode & S_IFMT == S_IFDIR else { throw .errno(.notDirectory) }
    do throws(Errno) { return try SmallFile.names(in: "/proc/self/fd/\(found.rawValue)", limit: limit) } catch {
      throw .errno(error)
    }
  }

  /// Not opened, only found: to open a FIFO waits, and to open a device may do anything.
  private static func find(
    _ path: String, below root: borrowing OwnedDescriptor, owner: UInt32?, mayUseOpenat2: Bool, _ info: inout stat
  ) throws(Failure) -> OwnedDescriptor {
    let found: OwnedDescriptor
    do throws(Errno) {
      found = try OwnedDescriptor(
        result: unsafe nt_open_below(root.rawValue, path, Self.onlyFound | O_CLOEXEC, mayUseOpenat2 ? 1 : 0))
    } catch { throw error == .noSuchFileOrDirectory ? .absent : .errno(error) }
    guard unsafe fstat(found.rawValue, &info) == 0 else { throw .errno(.current) }
    if let owner, UInt32(info.st_uid) != owner { throw .foreign }
    return found
  }

  /// What a file is that is no regular one; nil for one that is.
  private static func kind(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: Say.System.directory
    case S_IFIFO: Say.System.fifo
    case S_IFSOCK: Say.System.socket
    case S_IFLNK: Say.System.symbolicLink
    default: Say.System.device
    }
  }
}
