internal import Labels
public import Namespaces
internal import Questions
internal import SystemPackage
public import Topology

/// What a probe needs of the kernel and the model; every value is asked for anew each time.
public struct KernelAccess {
  /// Asks for the counters of links; every reading waits for the kernel's lock on links, and the loop must not.
  public typealias CounterReading = ([LinkRef], @escaping ([LinkRef: Counters]) -> Void) -> Void

  /// The thread that may enter other namespaces (setns(2)).
  public var entry: EntryThread
  /// A way into a namespace; nil where no mount and no process leads there.
  public var file: (NamespaceID) -> NamespaceFile?
  /// Reads the counters of links (`struct rtnl_link_stats64`), and calls back at once or later, on the loop; those that
  /// can't be read are not among them.
  public var counters: CounterReading
  /// The model as it is now.
  public var snapshot: () -> Snapshot

  /// Makes an access; its closures are called anew for each value.
  public init(
    entry: EntryThread, file: @escaping (NamespaceID) -> NamespaceFile?,
    counters: @escaping CounterReading, snapshot: @escaping () -> Snapshot
  ) {
    self.entry = entry
    self.file = file
    self.counters = counters
    self.snapshot = snapshot
  }

  /// Runs `body`, which is to be short, inside a namespace; the program's own needs no visit.
  ///
  /// Throws the reason where there is no way in.
  func visit<Value: Sendable>(
    _ namespace: NamespaceID, _ body: @escaping @Sendable () -> Value
  ) throws(Unread) -> Value {
    if namespace == .host { return body() }
    guard let file = file(namespace) else {
      throw Unread(Say.System.noWayIn)
    }
    switch entry.visit(file, body) {
    case .success(let value): return value
    case .failure(.refused(let errno)):
      throw Unread(Say.System.cannotEnter("\(errno)"), missing: "CAP_SYS_ADMIN")
    case .failure(let error): throw Unread("\(error)")
    }
  }
}
