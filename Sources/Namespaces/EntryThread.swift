internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import Synchronization
public import SystemPackage

/// The one thread that may enter another network namespace (setns(2)).
///
/// A thread that is born while its parent is inside stays there, so nothing that runs on it may start a task, a thread
/// or a process it does not mean to. It goes back to its own namespace after every visit and makes sure that it has
/// arrived; where it can't, it ends, and the next visit starts a new one.
public final class EntryThread: Sendable {
  /// Why a visit failed.
  public enum VisitError: Error, Sendable, CustomStringConvertible {
    /// The namespace's file can't be opened any more.
    case gone(Errno)
    /// setns(2) was refused: CAP_SYS_ADMIN is missing here or in the namespace's user namespace.
    case refused(Errno)

    public var description: String {
      switch self {
      case .gone(let errno): "the namespace can't be opened: \(errno)"
      case .refused(let errno): "the namespace can't be entered: \(errno) (CAP_SYS_ADMIN)"
      }
    }
  }

  /// `CLONE_NEWNET`, which the headers hide behind _GNU_SOURCE.
  private static let newNetworkNamespace: CInt = 0x4000_0000

  private struct Job: Sendable {
    let body: @Sendable () -> Void
  }

  private let jobs = Mutex<[Job]>([])
  private let bell: OwnedDescriptor
  private let started = Mutex(false)

  /// Makes the thread's mailbox; the thread itself is born at the first visit.
  public init() throws(Errno) {
    bell = try OwnedDescriptor(result: eventfd(0, CInt(EFD_CLOEXEC | EFD_SEMAPHORE)))
  }

  /// Runs `body` inside the namespace and returns its result; the caller waits. `body` is to be short.
  ///
  /// Descriptors of sockets that it opens stay in that namespace and keep it alive until they are closed.
  public func visit<Value: Sendable>(
    _ file: NamespaceFile, _ body: @escaping @Sendable () -> Value
  ) -> Result<Value, VisitError> {
    perform { Self.inside(file, body) }
  }

  /// Runs `body` in the thread's own namespace; for what may not happen on the main thread (unshare(2)).
  public func perform<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    let answer = Answer<Value>()
    jobs.withLock { $0.append(Job { answer.give(body()) }) }
    eventfd_write(bell.rawValue, 1)
    startIfNeeded()
    return answer.wait()
  }

  /// A value that another thread gives, and that the caller waits for.
  private final class Answer<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let done = eventfd(0, CInt(EFD_CLOEXEC))

    func give(_ given: Value) {
      value.withLock { $0 = given }
      eventfd_write(done, 1)
    }

    func wait() -> Value {
      var count: eventfd_t = 0
      while true {
        if let given = value.withLock({ $0 }) { return given }
        unsafe eventfd_read(done, &count)
      }
    }

    deinit { close(done) }
  }

  private static func inside<Value>(_ file: NamespaceFile, _ body: () -> Value) -> Result<Value, VisitError> {
    switch enter(file) {
    case .failure(let error): return .failure(error)
    case .success(let home):
      let value = body()
      guard nt_setns(home.descriptor.rawValue, Self.newNetworkNamespace) == 0 else {
        // A thread that can't go home would do the next job in the wrong namespace.
        preconditionFailure("setns back to the program's own namespace failed: \(Errno.current)")
      }
      return .success(value)
    }
  }

  /// The way back; a class, for a result can't hold what can't be copied.
  private final class Home {
    let descriptor: OwnedDescriptor
    init(_ file: NamespaceFile) throws(Errno) { descriptor = try file.open() }
  }

  private static func enter(_ file: NamespaceFile) -> Result<Home, VisitError> {
    do {
      let home = try Home(try NamespaceFile.ofThread())
      let target = try file.open()
      return nt_setns(target.rawValue, Self.newNetworkNamespace) == 0 ? .success(home) : .failure(.refused(.current))
    } catch { return .failure(.gone(error)) }
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
        unsafe Unmanaged<EntryThread>.fromOpaque(argument).takeUnretainedValue().run()
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
