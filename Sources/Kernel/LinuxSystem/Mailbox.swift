internal import CLinux
internal import Glibc
internal import Synchronization
public import SystemPackage

/// A value that some threads change and an event loop takes: what is changed twice before it is taken is taken once.
public final class Noticeboard<Value: Sendable>: Sendable {
  private let value: Mutex<Value>
  private let blank: Value
  private let bell: OwnedDescriptor

  /// Makes a board with nothing on it, which is `blank`; throws `Errno` of eventfd(2).
  public init(blank: Value) throws(Errno) {
    self.blank = blank
    value = Mutex(blank)
    bell = try OwnedDescriptor(result: eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK)))
  }

  /// What the loop watches: readable when something was changed.
  public var descriptor: CInt { bell.rawValue }

  /// Changes what is on the board, and wakes the loop.
  public func change(_ body: (inout Value) -> Void) {
    value.withLock { body(&$0) }
    eventfd_write(bell.rawValue, 1)
  }

  /// Takes what is on the board, and leaves it blank.
  public func take() -> Value {
    var count: UInt64 = 0
    unsafe eventfd_read(bell.rawValue, &count)
    return value.withLock { value in
      defer { value = blank }
      return value
    }
  }
}

/// Values handed to the event loop by other threads: a queue, and an eventfd that wakes the loop.
public final class Mailbox<Value: Sendable>: Sendable {
  private let queue: Noticeboard<[Value]>

  /// Makes an empty mailbox; throws `Errno` of eventfd(2).
  public init() throws(Errno) { queue = try Noticeboard(blank: []) }

  /// What the loop watches: readable when there is a value.
  public var descriptor: CInt { queue.descriptor }

  /// Adds a value and wakes the reader.
  public func post(_ value: Value) { queue.change { $0.append(value) } }

  /// All values since the last call, in the order of their arrival.
  public func take() -> [Value] { queue.take() }
}
