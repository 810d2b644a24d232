internal import CLinux
internal import Glibc
public import LinuxSystem
public import SystemPackage

extension NamespaceFile {
  /// The namespace of the calling thread.
  public static func ofThread() throws(Errno) -> NamespaceFile {
    let path = Array("/proc/thread-self/ns/net".utf8)
    let fd = try OwnedDescriptor(result: Self.openRaw(path))
    return NamespaceFile(path: path, inode: try Self.inode(of: fd.rawValue))
  }

  /// Opens the file and makes sure that it still is the same namespace.
  ///
  /// The descriptor pins the namespace: it is to be closed at once. Throws `Errno`; `noSuchFileOrDirectory` also where
  /// the path now leads to something else.
  public func open() throws(Errno) -> OwnedDescriptor {
    let fd = try OwnedDescriptor(result: Self.openRaw(path))
    guard nt_is_nsfs(fd.rawValue) == 1, try Self.inode(of: fd.rawValue) == inode else {
      throw .noSuchFileOrDirectory
    }
    return fd
  }

  private static func openRaw(_ path: [UInt8]) -> CInt {
    unsafe (path + [0]).withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        guard let base = text.baseAddress else { return -1 }
        return unsafe Glibc.open(base, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      }
    }
  }

  private static func inode(of fd: CInt) throws(Errno) -> UInt64 {
    var info = stat()
    guard unsafe fstat(fd, &info) == 0 else { throw Errno.current }
    return UInt64(info.st_ino)
  }
}
