public import Topology

/// What a command that prints once needs of the container engines, and how long it waits for it.
///
/// Every engine gets a second. One that is slower is waited for while a name that the user typed leads nowhere.
public struct EngineWish: Sendable {
  /// Milliseconds that every engine gets.
  static let patience: Int64 = 1_000
  /// Milliseconds that an engine gets while somebody's name depends on it.
  static let limit: Int64 = 5_000

  /// The name that leads nowhere in a snapshot; nil: none does.
  let unresolved: @Sendable (Snapshot) -> String?
  /// The container networks on which it matters what containers call each other; nil: on all.
  let networks: @Sendable (Snapshot) -> Set<String>?
  /// Gets a line for people where they have to wait.
  let tell: @Sendable (String) -> Void

  /// Makes a wish; by default for nothing but the names that engines give.
  public init(
    unresolved: @escaping @Sendable (Snapshot) -> String? = { _ in nil },
    networks: @escaping @Sendable (Snapshot) -> Set<String>? = { _ in [] },
    tell: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.unresolved = unresolved
    self.networks = networks
    self.tell = tell
  }
}
