public import Topology

/// How much there is of everything; counted once for each snapshot, not for each frame.
public struct Tally: Sendable {
  /// All bridges.
  public private(set) var bridges = 0
  /// Namespaces other than the host's.
  public private(set) var namespaces = 0
  /// Ends of cables at the host, and ports elsewhere.
  public private(set) var pairs = 0
  /// Rows that are in trouble.
  public private(set) var troubled = 0
  /// Those of them that carry nothing.
  public private(set) var down = 0

  /// Counts a snapshot. Complexity: O(n) in its links.
  public init(_ snapshot: Snapshot) {
    namespaces = max(0, snapshot.namespaces.count - 1)
    for namespace in snapshot.namespaces.values {
      for link in namespace.shownLinks {
        if link.isBridge { bridges += 1 }
        if link.isPair, namespace.id == .host || link.master != nil { pairs += 1 }
        guard case .speaks(let near) = Roster.part(of: link, in: snapshot),
          let trouble = snapshot.trouble(of: link, near: near)
        else { continue }
        troubled += 1
        if trouble.isDown { down += 1 }
      }
    }
  }
}
