internal import Labels
internal import Namespaces
internal import Readings
public import Topology

extension TopologyObserver {
  /// Routes, rules, neighbours, forwarding databases and settings of a namespace, read now on the thread that may
  /// enter it. The caller waits; it takes well under a millisecond for a container.
  ///
  /// With `searchesPrograms` those of what listens are looked for among all processes, else among the namespace's own.
  ///
  /// Throws `EntryThread.VisitError` where the namespace can't be entered, `Unreachable` where no way in is known.
  public func tables(
    of id: NamespaceID, searchesPrograms: Bool, rowLimit: Int = 1_000_000
  ) throws -> NetworkTables {
    guard let file = file(of: id) else { throw Unreachable() }
    var links = namedLinks(of: id)
    // The same of those that hold taps.
    if searchesPrograms { for place in links.indices { links[place].rivals = rivals(of: links[place], in: id) } }
    var reader = TableReader(rowLimit: rowLimit, namespace: id, links: links)
    let own = snapshot.namespaces[id]?.processes.map(\.pid) ?? []
    reader.programs = searchesPrograms ? .all(socketNames) : .among(own)
    return try entry.visit(file) { [reader] in reader.read() }.get()
  }

  /// The links that tables are read of.
  public enum LinkChoice: Hashable, Sendable {
    /// All of the namespace's.
    case all
    /// This one; nil: none.
    case only(LinkRef?)
  }

  /// The same without waiting: at most `rowLimit` rows of each table, on a thread of its own. `deliver` is called once,
  /// there, or here where there is no way in; its error is one of those of `tables`. Only where somebody looks at one link,
  /// or none, it is read what listens.
  public func beginTables(
    of id: NamespaceID, links choice: LinkChoice, rowLimit: Int,
    _ deliver: @escaping @Sendable (Result<NetworkTables, any Error>) -> Void
  ) {
    guard let file = file(of: id) else { return deliver(.failure(Unreachable())) }
    var links = namedLinks(of: id)
    if case .only(let link) = choice {
      links.removeAll { $0.index != link?.index }
      // The programs behind a tap are looked for where somebody looks at that tap, and only there.
      for place in links.indices { links[place].rivals = rivals(of: links[place], in: id) }
    }
    var reader = TableReader(rowLimit: rowLimit, namespace: id, links: links)
    if case .only = choice { reader.programs = .all(socketNames) }
    do {
      try tableEntry.begin(file, { [reader] in reader.read() }) { deliver($0.mapError { $0 }) }
    } catch { deliver(.failure(error)) }
  }

  /// The other namespaces that have a tun or tap device of that name, by their inodes; nil: it is none.
  private func rivals(of named: TableReader.Named, in id: NamespaceID) -> Set<UInt64>? {
    guard let tap = store[id].links[named.index]?.link, tap.kind == Self.tun else { return nil }
    let others = snapshot.namespaces.values.filter { namespace in
      namespace.id != id && namespace.links.contains { $0.kind == Self.tun && $0.name == tap.name }
    }
    return Set(others.compactMap(\.inode))
  }

  private static let tun = "tun"

  /// No file leads into the namespace: it is known by its links only.
  public struct Unreachable: Error, CustomStringConvertible {
    /// The reason, one line for people.
    public var description: String { Say.System.noWayIn }
  }
}
