internal import Namespaces
internal import Readings
public import Topology

extension TopologyObserver {
  /// Routes, rules, neighbours, forwarding databases and settings of a namespace, read now on the thread that may
  /// enter it. The caller waits; it takes well under a millisecond for a container.
  ///
  /// Throws `EntryThread.VisitError` where the namespace can't be entered, `Unreachable` where no way in is known.
  public func tables(of id: NamespaceID, rowLimit: Int = 1_000_000) throws -> NetworkTables {
    guard let file = file(of: id) else { throw Unreachable() }
    let reader = TableReader(rowLimit: rowLimit, namespace: id, links: namedLinks(of: id))
    return try entry.visit(file) { reader.read() }.get()
  }

  /// The links that tables are read of.
  public enum LinkChoice: Hashable, Sendable {
    /// All of the namespace's.
    case all
    /// This one; nil: none.
    case only(LinkRef?)
  }

  /// The same without waiting: at most `rowLimit` rows of each table, on a thread of its own. `deliver` is called once,
  /// there, or here where there is no way in; its error is one of those of `tables(of:rowLimit:)`.
  public func beginTables(
    of id: NamespaceID, links choice: LinkChoice, rowLimit: Int,
    _ deliver: @escaping @Sendable (Result<NetworkTables, any Error>) -> Void
  ) {
    guard let file = file(of: id) else { return deliver(.failure(Unreachable())) }
    var links = namedLinks(of: id)
    if case .only(let link) = choice {
      links.removeAll { $0.index != link?.index }
      // The programs behind a tap are looked for where somebody looks at that tap, and only there.
      for place in links.indices { links[place].asksHolders = isTap(links[place].index, in: id) }
    }
    let reader = TableReader(rowLimit: rowLimit, namespace: id, links: links)
    do {
      try tableEntry.begin(file, { reader.read() }) { deliver($0.mapError { $0 }) }
    } catch { deliver(.failure(error)) }
  }

  private func isTap(_ index: UInt32, in id: NamespaceID) -> Bool { store[id].links[index]?.link.kind == "tun" }

  /// No file leads into the namespace: it is known by its links only.
  public struct Unreachable: Error, CustomStringConvertible {
    /// The reason, one line for people.
    public var description: String { "no mount and no process leads into the namespace" }
  }
}
