/// What became of a namespace, its links aside, between two snapshots.
public enum NamespaceChange: Hashable, Sendable {
  /// It is there now.
  case joined
  /// It has another name now.
  case renamed(from: String)
  /// A container runs in it now.
  case gained(Container)
  /// A container runs in it no more.
  case lost(Container)
  /// It is not there any more.
  case gone

  /// What became of one namespace, in the order in which it is told; nil stands for a namespace that is not there.
  public static func between(_ old: Namespace?, _ new: Namespace?) -> [NamespaceChange] {
    var changes: [NamespaceChange] = []
    if old == nil, new != nil { changes.append(.joined) }
    if let old, let new, old.name != new.name { changes.append(.renamed(from: old.name)) }
    let (before, after) = (old?.containers ?? [], new?.containers ?? [])
    changes += after.filter { container in !before.contains { $0.id == container.id } }.map { .gained($0) }
    changes += before.filter { container in !after.contains { $0.id == container.id } }.map { .lost($0) }
    if old != nil, new == nil { changes.append(.gone) }
    return changes
  }

  /// What became of all of them: those that are there in their order, then those that have gone.
  public static func between(_ old: Snapshot, _ new: Snapshot) -> [(namespace: Namespace, change: NamespaceChange)] {
    let kept = new.namespaces.values.flatMap { now in
      between(old.namespaces[now.id], now).map { (now, $0) }
    }
    let gone = old.namespaces.values.filter { new.namespaces[$0.id] == nil }.flatMap { was in
      between(was, nil).map { (was, $0) }
    }
    return kept + gone
  }
}
