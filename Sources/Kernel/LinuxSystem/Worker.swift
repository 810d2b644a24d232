internal import CLinux
internal import Glibc
internal import Synchronization
public import SystemPackage

/// What another thread is to give once.
public final class Promise<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let done: OwnedDescriptor

  /// Makes one that nothing was given to yet. Throws `Errno` where there are no descriptors left.
  public init() throws(Errno) { done = try OwnedDescriptor(result: eventfd(0, CInt(EFD_CLOEXEC))) }

  /// Gives the value; to be called once.
  public func keep(_ kept: Value) {
    value.withLock { $0 = kept }
    eventfd_write(done.rawValue, 1)
  }

  /// Waits for the value; to be called once.
  public func wait() -> Value {
    var count: eventfd_t = 0
    while true {
      if let kept = value.withLock({ $0 }) { return kept }
      unsafe eventfd_read(done.rawValue, &count)
    }
  }

  /// Does one job on a thread that is born for it and ends with it, and is to give what it returns. Throws `Errno` where there are no threads or
  /// descriptors left (RLIMIT_NPROC).
  public static func begin(_ body: @escaping @Sendable () -> Value) throws(Errno) -> Promise<Value> {
    let promise = try Promise<Value>()
    try startThread { promise.keep(body()) }
    return promise
  }
}

/// A thread of its own for work that somebody waits for, one job after the other.
///
/// The thread is born with the first job, and lives as long as the process or until a job says that it must not do another
/// one; then the next job gets a new thread.
public final class Worker: Sendable {
  private struct Job: Sendable {
    let body: @Sendable () -> Void
    /// Tells who waits that it will not be done.
    let abandon: @Sendable () -> Void
  }

  private struct State: Sendable {
    var jobs: [Job] = []
    var isRunning = false
    /// Whether the thread ends with the job that it does now.
    var isEnding = false
  }

  private let state = Mutex(State())
  private let bell: OwnedDescriptor

  /// Makes the worker's mailbox. Throws `Errno` where there are no descriptors left.
  public init() throws(Errno) {
    bell = try OwnedDescriptor(result: eventfd(0, CInt(EFD_CLOEXEC | EFD_SEMAPHORE)))
  }

  /// Hands a job to the thread, which gives nil where it ended before the job's turn came.
  ///
  /// Throws `Errno` where there is no thread and none can be made. A new thread is born by whoever calls.
  public func begin<Value: Sendable>(_ body: @escaping @Sendable () -> Value) throws(Errno) -> Promise<Value?> {
    let promise = try Promise<Value?>()
    let job = Job(body: { promise.keep(body()) }, abandon: { promise.keep(nil) })
    try state.withLock { state throws(Errno) in
      if !state.isRunning { try startThread { self.run() } }
      state.isRunning = true
      state.jobs.append(job)
    }
    eventfd_write(bell.rawValue, 1)
    return promise
  }

  /// Lets the thread end with the job that it does now; to be called by that job.
  public func endThread() { state.withLock { $0.isEnding = true } }

  private func run() {
    var count: eventfd_t = 0
    while true {
      guard unsafe eventfd_read(bell.rawValue, &count) == 0 else { continue }
      let job = state.withLock { $0.jobs.isEmpty ? nil : $0.jobs.removeFirst() }
      job?.body()
      let abandoned: [Job]? = state.withLock { state in
        guard state.isEnding else { return nil }
        defer { state = State() }
        return state.jobs
      }
      guard let abandoned else { continue }
      for job in abandoned { job.abandon() }
      return
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
