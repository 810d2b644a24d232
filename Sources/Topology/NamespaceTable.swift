internal import OrderedCollections

/// Namespaces by their identity, in the order in which they were found; the host's first.
public struct NamespaceTable: Hashable, Sendable {
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

  /// How many there are.
  public var count: Int { table.count }

  /// All of them, in order.
  public var values: some RandomAccessCollection<Namespace> { table.values }

  /// Their identities, in order.
  public var ids: some RandomAccessCollection<NamespaceID> { table.keys }
}
