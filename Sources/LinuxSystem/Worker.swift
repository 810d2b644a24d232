internal import CLinux
internal import Glibc
internal import Synchronization
public import SystemPackage

/// A thread of its own for work that somebody waits for later, one job after the other.
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

  /// What a job gives in the end.
  public final class Promise<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let done = eventfd(0, CInt(EFD_CLOEXEC))

    fileprivate init() {}

    fileprivate func keep(_ kept: Value) {
      value.withLock { $0 = kept }
      eventfd_write(done, 1)
    }

    /// Waits for the job's end; to be called once.
    public func wait() -> Value {
      var count: eventfd_t = 0
      while true {
        if let kept = value.withLock({ $0 }) { return kept }
        unsafe eventfd_read(done, &count)
      }
    }

    deinit { close(done) }
  }

  /// Hands a job to the thread.
  public func begin<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Promise<Value> {
    let promise = Promise<Value>()
    jobs.withLock { $0.append(Job { promise.keep(body()) }) }
    eventfd_write(bell.rawValue, 1)
    startIfNeeded()
    return promise
  }

  private func startIfNeeded() {
    let first = started.withLock { started in
      defer { started = true }
      return !started
    }
    guard first else { return }
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(self)
    let result = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Worker>.fromOpaque(argument).takeUnretainedValue().run()
        return nil
      }, box.toOpaque())
    precondition(result == 0, "pthread_create: \(Errno(rawValue: result))")
    pthread_detach(thread)
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
