internal import Diagnosis
public import Namespaces
internal import SystemPackage
public import Topology

/// What those who probe have to know of the kernel and the model; asked for anew each time.
public struct KernelAccess {
  public var entry: EntryThread
  /// A way into a namespace.
  public var file: (NamespaceID) -> NamespaceFile?
  public var counters: (LinkRef) -> Counters?
  public var snapshot: () -> Snapshot

  public init(
    entry: EntryThread, file: @escaping (NamespaceID) -> NamespaceFile?,
    counters: @escaping (LinkRef) -> Counters?, snapshot: @escaping () -> Snapshot
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
      throw Unread("no mount and no process leads into the namespace")
    }
    switch entry.visit(file, body) {
    case .success(let value): return value
    case .failure(.refused(let errno)):
      throw Unread("the namespace can't be entered: \(errno)", missing: "CAP_SYS_ADMIN")
    case .failure(let error): throw Unread("\(error)")
    }
  }
}
