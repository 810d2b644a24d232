internal import OrderedCollections

/// Namespaces by their identity, in the order in which they were found; the host's first.
public struct NamespaceMap: Hashable, Sendable {
  private var table: OrderedDictionary<NamespaceID, Namespace> = [:]

  /// Makes an empty table.
  public init() {}

  /// Makes a table of those namespaces; of two with the same identity the first stays.
  public init(_ namespaces: some Sequence<Namespace>) {
    table = OrderedDictionary(namespaces.lazy.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The namespace with that identity; setting a new one appends it, setting nil takes one out. O(1) to read.
  public subscript(id: NamespaceID) -> Namespace? {
    get { table[id] }
    set { table[id] = newValue }
  }

  /// A namespace's cookie and inode, without a copy of the namespace; nil for one that is not there. O(1).
  public func identity(of id: NamespaceID) -> (cookie: UInt64?, inode: UInt64?)? {
    table.index(forKey: id).map { (table.values[$0].cookie, table.values[$0].inode) }
  }

  /// A link's name, without a copy of its namespace; nil for one that is not there. O(log n).
  public func linkName(_ ref: LinkRef) -> String? {
    guard let place = table.index(forKey: ref.namespace),
      let position = table.values[place].linkPosition(ref.index)
    else { return nil }
    return table.values[place].links[position].name
  }

  /// How many there are.
  public var count: Int { table.count }

  /// All of them, in order.
  public var values: some RandomAccessCollection<Namespace> { table.values }

  /// Their identities, in order.
  public var ids: some RandomAccessCollection<NamespaceID> { table.keys }
}
