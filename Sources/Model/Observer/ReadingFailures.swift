internal import Labels
internal import Topology

/// Readings that failed, and why, until one does not.
struct ReadingFailures {
  /// One line each, by the link.
  var links: [PendingWork.LinkKey: String] = [:]
  /// One line each, by the namespace.
  var namespaces: [NamespaceID: String] = [:]

  /// Forgets namespaces that are gone, and the links of such.
  mutating func forget(links isGone: (Int32?) -> Bool, namespaces isGoneItself: (NamespaceID) -> Bool) {
    if !links.isEmpty { links = links.filter { !isGone($0.key.nsid) } }
    if !namespaces.isEmpty { namespaces = namespaces.filter { !isGoneItself($0.key) } }
  }

  /// The line for people; nil where nothing has failed.
  var warning: String? {
    guard let reason = namespaces.values.min() ?? links.values.min() else { return nil }
    return Say.Observed.unread(namespaces: namespaces.count, links: links.count, reason)
  }
}

/// What is to be read once more a little later: what the kernel tells late, and what failed at first.
struct LateWork {
  /// Links whose addresses may come by themselves.
  var addresses: Set<PendingWork.LinkKey> = []
  /// Links whose reading failed.
  var links: Set<PendingWork.LinkKey> = []
  /// Namespaces whose reading failed.
  var namespaces: Set<NamespaceID> = []

  var hasWork: Bool { !addresses.isEmpty || !links.isEmpty || !namespaces.isEmpty }
}
