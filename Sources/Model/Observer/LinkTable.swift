internal import Algorithms
internal import Readings
internal import Topology

/// The links of one namespace, in ifindex order: nearly all namespaces have two.
struct LinkTable {
  /// Sorted by ifindex, each once.
  private(set) var rows: [LinkRecord] = []

  /// Makes an empty table.
  init() {}

  /// Makes a table of those links, in any order; of two with the same number the later stays.
  init(_ links: [LinkRecord]) {
    // Kernels before 6.9 walk a hash table; later ones give them in this order.
    if zip(links, links.dropFirst()).allSatisfy({ $0.link.id.index < $1.link.id.index }) {
      rows = links
      return
    }
    let sorted = links.enumerated().sorted { a, b in
      (a.element.link.id.index, a.offset) < (b.element.link.id.index, b.offset)
    }
    for (_, link) in sorted {
      if rows.last?.link.id.index == link.link.id.index { rows.removeLast() }
      rows.append(link)
    }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The links' numbers, ascending.
  var indices: some Sequence<UInt32> { rows.lazy.map(\.link.id.index) }

  /// Where the link with that number stands, or would stand.
  private func place(of index: UInt32) -> Int {
    // A dump comes in this order.
    guard let last = rows.last, last.link.id.index >= index else { return rows.count }
    return rows.partitioningIndex { $0.link.id.index >= index }
  }

  /// Where the link with that number stands in `rows`; nil where there is none. O(log n).
  func position(of index: UInt32) -> Int? {
    let place = place(of: index)
    return place < rows.count && rows[place].link.id.index == index ? place : nil
  }

  /// The link with that number. O(log n) to read, O(n) to put a new one before others, or to take one out.
  subscript(index: UInt32) -> LinkRecord? {
    get { position(of: index).map { rows[$0] } }
    set {
      let place = place(of: index)
      let isThere = place < rows.count && rows[place].link.id.index == index
      switch newValue {
      case let row? where isThere: rows[place] = row
      case let row?: rows.insert(row, at: place)
      case nil where isThere: rows.remove(at: place)
      case nil: break
      }
    }
  }

  /// Changes each link where it stands.
  mutating func update(_ body: (inout LinkRecord) throws -> Void) rethrows {
    for position in rows.indices { try body(&rows[position]) }
  }

  /// Marks the link at that place as one whose last reading failed, or takes the mark back.
  mutating func mark(at position: Int, isStale: Bool) { rows[position].link.isStale = isStale }

  /// Gives every link the addresses under its number.
  mutating func assign(_ addresses: [UInt32: [InterfaceAddress]]) {
    update { $0.addresses = addresses[$0.link.id.index] ?? [] }
  }

  /// Whether both hold the same, but for what changes with every packet.
  func isSame(as other: LinkTable) -> Bool {
    rows.count == other.rows.count
      && zip(rows, other.rows).allSatisfy { new, old in new.isSame(as: old) && new.addresses == old.addresses }
  }
}
