internal import Topology

/// What the title bar counts; counted once for each snapshot, not for each frame.
struct Tally: Sendable {
  var bridges = 0
  /// Namespaces other than the host's.
  var namespaces = 0
  /// Ends of cables at the host, and ports elsewhere.
  var pairs = 0
  /// Cables and bridges that are not up.
  var troubled = 0

  init(_ snapshot: Snapshot) {
    namespaces = max(0, snapshot.namespaces.count - 1)
    for namespace in snapshot.namespaces.values {
      let links = namespace.links.span
      for index in links.indices { count(links[index], in: namespace.id) }
    }
  }

  private mutating func count(_ link: Link, in namespace: NamespaceID) {
    let isUp = link.state == .up
    if link.isBridge {
      bridges += 1
      if link.state == .down { troubled += 1 }
    }
    guard link.isPair else { return }
    if namespace == .host || link.master != nil { pairs += 1 }
    if !isUp, namespace == .host || link.peerLink?.namespace != .host { troubled += 1 }
  }
}
