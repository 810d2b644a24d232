internal import Glibc
public import SystemPackage

/// Files of /proc and the like: read whole, at once, without a size known before.
public enum SmallFile {
  /// The file's bytes, at most `limit`; throws `Errno` of open(2) or read(2).
  public static func read(_ path: String, limit: Int = 16 << 20) throws(Errno) -> [UInt8] {
    let fd = try OwnedDescriptor.open(path)
    return try read(fd.rawValue, limit: limit)
  }

  /// The bytes of a regular file, at most `limit`. Throws `Errno.isDirectory` for a directory, and
  /// `Errno.invalidArgument` for any other kind, which could keep the reader waiting.
  public static func readRegular(_ path: String, limit: Int) throws(Errno) -> [UInt8] {
    let fd = try OwnedDescriptor(result: unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
    var info = stat()
    guard unsafe fstat(fd.rawValue, &info) == 0 else { throw Errno.current }
    let kind = info.st_mode & S_IFMT
    guard kind == S_IFREG else { throw kind == S_IFDIR ? Errno.isDirectory : Errno.invalidArgument }
    return try read(fd.rawValue, limit: limit)
  }

  /// The bytes of a file whose path may be any bytes: an interface's name need not be UTF-8.
  public static func read(path: [UInt8], limit: Int = 16 << 20) throws(Errno) -> [UInt8] {
    let raw = unsafe (path + [0]).withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text -> CInt in
        guard let base = text.baseAddress else { return -1 }
        return unsafe Glibc.open(base, O_RDONLY | O_CLOEXEC)
      }
    }
    let fd = try OwnedDescriptor(result: raw)
    return try read(fd.rawValue, limit: limit)
  }

  /// The rest of an open file's bytes, at most `limit`.
  public static func read(_ fd: CInt, limit: Int = 16 << 20) throws(Errno) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count < limit {
      let n = unsafe Glibc.read(fd, &chunk, min(chunk.count, limit - bytes.count))
      if n < 0 {
        if errno == EINTR { continue }
        throw Errno.current
      }
      if n == 0 { break }
      bytes += chunk[..<n]
      if n == chunk.count, chunk.count < 1 << 20 { chunk = [UInt8](repeating: 0, count: chunk.count * 4) }
    }
    return bytes
  }

  /// The names in a directory, without `.` and `..`, as bytes, so many at most; throws `Errno` of opendir(3) or readdir(3).
  public static func names(in directory: String, limit: Int = .max) throws(Errno) -> [[UInt8]] {
    guard let stream = unsafe opendir(directory) else { throw Errno.current }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while names.count < limit {
      // The end and a failure look the same but for errno: a directory that was read in part is not one that is short.
      errno = 0
      guard let entry = unsafe readdir(stream) else {
        if errno != 0 { throw Errno.current }
        return names
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        unsafe Array(raw.prefix { $0 != 0 })
      }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    return names
  }

  /// Where a symbolic link points, as bytes; throws `Errno` of readlink(2).
  public static func target(of path: String) throws(Errno) -> [UInt8] {
    var buffer = [CChar](repeating: 0, count: 4096)
    let n = unsafe readlink(path, &buffer, buffer.count)
    guard n >= 0 else { throw Errno.current }
    return buffer[..<n].map { UInt8(bitPattern: $0) }
  }
}
