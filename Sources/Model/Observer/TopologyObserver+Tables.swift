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

  /// No file leads into the namespace: it is known by its links only.
  public struct Unreachable: Error, CustomStringConvertible {
    /// The reason, one line for people.
    public var description: String { "no mount and no process leads into the namespace" }
  }
}
