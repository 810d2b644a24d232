internal import Topology

/// The links of one namespace, in ifindex order: nearly all namespaces have two.
struct LinkTable {
  /// Sorted by ifindex, each once.
  private(set) var rows: [LinkRecord] = []

  var isEmpty: Bool { rows.isEmpty }

  /// The links' numbers, ascending.
  var indices: some Sequence<UInt32> { rows.lazy.map(\.link.id.index) }

  mutating func reserveCapacity(_ count: Int) { rows.reserveCapacity(count) }

  /// Where the link with that number stands, or would stand.
  private func place(of index: UInt32) -> Int {
    // A dump comes in this order.
    guard let last = rows.indices.last, rows[last].link.id.index >= index else { return rows.count }
    var low = 0
    var high = last
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].link.id.index < index { low = middle + 1 } else { high = middle }
    }
    return low
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

  /// Gives every link the addresses under its number.
  mutating func assign(_ addresses: [UInt32: [InterfaceAddress]]) {
    for position in rows.indices { rows[position].addresses = addresses[rows[position].link.id.index] ?? [] }
  }

  /// Whether both hold the same, but for what changes with every packet.
  func isSame(as other: LinkTable) -> Bool {
    rows.count == other.rows.count
      && zip(rows, other.rows).allSatisfy { new, old in new.isSame(as: old) && new.addresses == old.addresses }
  }
}
