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

  /// The same for the pane: of the links only `link`, at most `rowLimit` rows of each table, on a thread of its own.
  /// `deliver` is called once, there, or here where there is no way in; what can't be read is in the result's `unread`.
  public func beginTables(
    of id: NamespaceID, about link: LinkRef?, rowLimit: Int,
    _ deliver: @escaping @Sendable (NamespaceID, NetworkTables) -> Void
  ) {
    func fail(_ reason: String) {
      var none = NetworkTables()
      none.unread = ["tables: \(reason)"]
      deliver(id, none)
    }
    guard let file = file(of: id) else { return fail(Unreachable().description) }
    let links = namedLinks(of: id).filter { $0.index == link?.index }
    let reader = TableReader(rowLimit: rowLimit, namespace: id, links: links)
    do {
      try paneEntry.begin(file, { reader.read() }) { result in
        switch result {
        case .success(let tables): deliver(id, tables)
        case .failure(let error):
          var none = NetworkTables()
          none.unread = ["tables: \(error)"]
          deliver(id, none)
        }
      }
    } catch { fail("\(error)") }
  }

  /// No file leads into the namespace: it is known by its links only.
  public struct Unreachable: Error, CustomStringConvertible {
    /// The reason, one line for people.
    public var description: String { "no mount and no process leads into the namespace" }
  }
}
