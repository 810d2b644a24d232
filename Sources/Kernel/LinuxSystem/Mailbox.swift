internal import CLinux
internal import Glibc
internal import Synchronization
public import SystemPackage

/// Values handed to the event loop by other threads: a queue, and an eventfd that wakes the loop.
public final class Mailbox<Value: Sendable>: Sendable {
  private let queue = Mutex<[Value]>([])
  private let bell: OwnedDescriptor

  /// Makes an empty mailbox; throws `Errno` of eventfd(2).
  public init() throws(Errno) {
    bell = try OwnedDescriptor(result: eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK)))
  }

  /// What the loop watches: readable when there is a value.
  public var descriptor: CInt { bell.rawValue }

  /// Adds a value and wakes the reader.
  public func post(_ value: Value) {
    queue.withLock { $0.append(value) }
    eventfd_write(bell.rawValue, 1)
  }

  /// All values since the last call, in the order of their arrival.
  public func take() -> [Value] {
    var count: UInt64 = 0
    unsafe eventfd_read(bell.rawValue, &count)
    return queue.withLock { values in
      defer { values = [] }
      return values
    }
  }
}
