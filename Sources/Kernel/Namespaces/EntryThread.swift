internal import CLinux
internal import Glibc
internal import Labels
internal import LinuxSystem
public import SystemPackage

/// A thread that may enter another network namespace (setns(2)); no other thread does.
///
/// A thread or process that is born during a visit stays in the visited namespace, so what runs here may start only
/// those that are meant to be there, and no task. After every visit the thread goes back to its own namespace. One that
/// can't ends there, for it would do its next job in the wrong place; the next visit has another thread.
public final class EntryThread: Sendable {
  /// Why a visit failed.
  public enum VisitError: Error, Sendable, CustomStringConvertible {
    /// The namespace's file can't be opened any more.
    case gone(Errno)
    /// setns(2) was refused: CAP_SYS_ADMIN is missing here or in the namespace's user namespace.
    case refused(Errno)
    /// There is no thread to do it, and none can be made.
    case noThread(Errno)

    /// What failed, the errno in words, and the limit or capability that is to blame.
    public var description: String {
      switch self {
      case .gone(let errno): Say.System.cannotOpen("\(errno)")
      case .noThread(let errno): Say.System.noThread("\(errno)")
      case .refused(let errno): Say.System.cannotEnter("\(errno)", without: "CAP_SYS_ADMIN")
      }
    }
  }

  /// `CLONE_NEWNET`, which the headers hide behind _GNU_SOURCE.
  private static let newNetworkNamespace: CInt = 0x4000_0000

  private let worker: Worker
  /// Takes the calling thread back to the namespace behind a descriptor; false where it can't.
  private let goHome: @Sendable (CInt) -> Bool

  /// Makes what the thread waits at; the thread itself is born at the first visit.
  public convenience init() throws(Errno) { try self.init { nt_setns($0, Self.newNetworkNamespace) == 0 } }

  /// Makes one with a way home of its own, for tests.
  init(goHome: @escaping @Sendable (CInt) -> Bool) throws(Errno) {
    worker = try Worker()
    self.goHome = goHome
  }

  /// Runs `body` inside the namespace and returns its result; the caller waits. `body` is to be short.
  ///
  /// Descriptors of sockets that it opens stay in that namespace and keep it alive until they are closed.
  public func visit<Value: Sendable>(
    _ file: NamespaceFile, _ body: @escaping @Sendable () -> Value
  ) -> Result<Value, VisitError> {
    do { return try perform { [self] in inside(file, body) } } catch { return .failure(.noThread(error)) }
  }

  /// The same without waiting: `deliver` gets the result, on the thread, when it is home again. It is to hand it over, and
  /// no more.
  ///
  /// Throws `VisitError` where there is no thread.
  public func begin<Value: Sendable>(
    _ file: NamespaceFile, _ body: @escaping @Sendable () -> Value,
    _ deliver: @escaping @Sendable (Result<Value, VisitError>) -> Void
  ) throws(VisitError) {
    do {
      // Nobody waits for the promise: the delivery is what counts.
      _ = try worker.begin { [self] in deliver(inside(file, body)) }
    } catch { throw .noThread(error) }
  }

  /// Runs `body` in the thread's own namespace; for what may not happen on the main thread (unshare(2)). Throws `Errno`
  /// where there is no thread.
  public func perform<Value: Sendable>(_ body: @escaping @Sendable () -> Value) throws(Errno) -> Value {
    // A thread that ended with the job before this one left it undone: the next one has not been anywhere.
    for _ in 0..<2 { if let value = try worker.begin(body).wait() { return value } }
    throw .canceled
  }

  private func inside<Value>(_ file: NamespaceFile, _ body: () -> Value) -> Result<Value, VisitError> {
    switch Self.enter(file) {
    case .failure(let error): return .failure(error)
    case .success(let home):
      let value = body()
      if !goHome(home.descriptor.rawValue) { worker.endThread() }
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
}
