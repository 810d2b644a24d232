internal import Glibc
public import SystemPackage

/// A file descriptor that is closed when its owner goes away, and that can't be closed twice.
public struct OwnedDescriptor: ~Copyable, Sendable {
  /// The descriptor's number.
  public let rawValue: CInt

  /// Takes over an open descriptor.
  public init(adopting rawValue: CInt) { self.rawValue = rawValue }

  /// Takes over what a system call returned; throws `Errno` where that was negative.
  public init(result: CInt) throws(Errno) {
    guard result >= 0 else { throw Errno.current }
    rawValue = result
  }

  deinit { _ = close(rawValue) }

  /// Opens a file: close-on-exec, read only (open(2)).
  public static func open(_ path: String) throws(Errno) -> OwnedDescriptor {
    try OwnedDescriptor(result: unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC))
  }
}

extension Errno {
  /// The calling thread's `errno`.
  public static var current: Errno { Errno(rawValue: errno) }
}
