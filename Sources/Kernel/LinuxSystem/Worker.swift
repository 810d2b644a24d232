internal import CLinux
internal import Glibc
internal import Synchronization
public import SystemPackage

/// What a job on another thread gives in the end.
public final class Promise<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let done: OwnedDescriptor

  fileprivate init() throws(Errno) { done = try OwnedDescriptor(result: eventfd(0, CInt(EFD_CLOEXEC))) }

  fileprivate func keep(_ kept: Value) {
    value.withLock { $0 = kept }
    eventfd_write(done.rawValue, 1)
  }

  /// Waits for the job's end; to be called once.
  public func wait() -> Value {
    var count: eventfd_t = 0
    while true {
      if let kept = value.withLock({ $0 }) { return kept }
      unsafe eventfd_read(done.rawValue, &count)
    }
  }

  /// Does one job on a thread that is born for it and ends with it. Throws `Errno` where there are no threads or
  /// descriptors left (RLIMIT_NPROC).
  public static func begin(_ body: @escaping @Sendable () -> Value) throws(Errno) -> Promise<Value> {
    let promise = try Promise<Value>()
    try startThread { promise.keep(body()) }
    return promise
  }
}

/// A thread of its own for work that somebody waits for, one job after the other.
///
/// The thread is born with the first job and lives as long as the process.
public final class Worker: Sendable {
  private struct Job: Sendable {
    let body: @Sendable () -> Void
  }

  private let jobs = Mutex<[Job]>([])
  private let bell: OwnedDescriptor
  private let started = Mutex(false)

  /// Makes the worker's mailbox. Throws `Errno` where there are no descriptors left.
  public init() throws(Errno) {
    bell = try OwnedDescriptor(result: eventfd(0, CInt(EFD_CLOEXEC | EFD_SEMAPHORE)))
  }

  /// Hands a job to the thread. Throws `Errno` where there is none and none can be made.
  public func begin<Value: Sendable>(_ body: @escaping @Sendable () -> Value) throws(Errno) -> Promise<Value> {
    let promise = try Promise<Value>()
    try started.withLock { started throws(Errno) in
      if !started { try startThread { self.run() } }
      started = true
    }
    jobs.withLock { $0.append(Job { promise.keep(body()) }) }
    eventfd_write(bell.rawValue, 1)
    return promise
  }

  private func run() {
    var count: eventfd_t = 0
    while true {
      guard unsafe eventfd_read(bell.rawValue, &count) == 0 else { continue }
      let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      job?.body()
    }
  }
}

/// What a new thread is to do, on its way there.
private final class Start: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func startThread(_ body: @escaping @Sendable () -> Void) throws(Errno) {
  var thread = pthread_t()
  let start = unsafe Unmanaged.passRetained(Start(body))
  let result = unsafe pthread_create(
    &thread, nil,
    { argument in
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, start.toOpaque())
  guard result == 0 else {
    unsafe start.release()
    throw Errno(rawValue: result)
  }
  pthread_detach(thread)
}
