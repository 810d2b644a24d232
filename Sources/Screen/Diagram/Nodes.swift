internal import Algorithms
internal import Topology

/// The links of a snapshot as the plan needs them: values without references, so that a thousand of them are read,
/// compared and handed on at no cost.
struct Nodes {
  /// One link.
  struct Node {
    let ref: LinkRef
    let isBridge: Bool
    let isPair: Bool
    /// Whether it is worth drawing: not the loopback, not the kernel's fallback tunnels.
    let isWorthy: Bool
    /// Whether it is drawn: it is worth it, and no filter hides it.
    var isShown: Bool
    let state: LinkState
    let master: LinkRef?
    let lower: LinkRef?
    let peer: LinkRef?
    /// The link that it hangs on in its own namespace: its bridge, bond or parent. An index into `all`.
    var base: Int?
    /// Whether its master is a bridge.
    var isPort = false
  }

  /// Namespace by namespace, each sorted by ifindex.
  private(set) var all: [Node] = []
  /// The nodes of each namespace, in the snapshot's order.
  private(set) var spaces: [(id: NamespaceID, range: Range<Int>)] = []
  /// Where in `spaces` each namespace is, by its serial number less the lowest one; -1 where there is none. Serials
  /// are given one after the other, so that this is a short table and far faster than a dictionary.
  private var table: [Int32] = []
  /// The same where the serials lie too far apart for a table.
  private var sparse: [NamespaceID: Int] = [:]
  private var lowest: UInt32 = 0

  /// Reads a snapshot. Complexity: O(n log n) in its links.
  init(_ snapshot: Snapshot, _ arrangement: Arrangement = Arrangement()) {
    let count = snapshot.namespaces.count
    all.reserveCapacity(2 * count)
    spaces.reserveCapacity(count)
    let selection = arrangement.selection
    for namespace in snapshot.namespaces.values {
      if let selection, namespace.id != .host, !selection.namespaces.contains(namespace.id) { continue }
      let first = all.count
      let links = namespace.links.span
      for index in links.indices { all.append(Node(links[index])) }
      if let selection {
        for index in first..<all.count where !selection.links.contains(all[index].ref) {
          all[index].isShown = false
        }
      }
      spaces.append((namespace.id, first..<all.count))
    }
    indexSpaces()
    for index in all.indices {
      let node = all[index]
      if let master = node.master, let found = self.index(of: master) {
        all[index].base = found
        all[index].isPort = all[found].isBridge
      } else if let lower = node.lower, lower.namespace == node.ref.namespace {
        all[index].base = self.index(of: lower)
      }
    }
  }

  private mutating func indexSpaces() {
    var highest: UInt32 = 0
    lowest = .max
    for space in spaces {
      lowest = min(lowest, space.id.serial)
      highest = max(highest, space.id.serial)
    }
    guard let span = spaces.isEmpty ? nil : Int(highest - lowest) + 1 else { return }
    if span <= 16 * spaces.count + 4096 {
      table = Array(repeating: -1, count: span)
      for (place, space) in spaces.enumerated() { table[Int(space.id.serial - lowest)] = Int32(place) }
    } else {
      for (place, space) in spaces.enumerated() { sparse[space.id] = place }
    }
  }

  /// Where a namespace is in `spaces`.
  func place(of id: NamespaceID) -> Int? {
    guard sparse.isEmpty else { return sparse[id] }
    guard id.serial >= lowest, Int(id.serial - lowest) < table.count else { return nil }
    let place = table[Int(id.serial - lowest)]
    return place < 0 ? nil : Int(place)
  }

  /// Where a link is; nil where the snapshot has none. Complexity: O(log n) in its namespace's links.
  func index(of ref: LinkRef) -> Int? {
    guard let range = place(of: ref.namespace).map({ spaces[$0].range }) else { return nil }
    let place = all[range].partitioningIndex { $0.ref.index >= ref.index }
    return place < range.upperBound && all[place].ref.index == ref.index ? place : nil
  }

  subscript(index: Int) -> Node { all[index] }

  /// The other end of a pair, where it can be seen.
  func peer(of index: Int) -> Int? { all[index].peer.flatMap { self.index(of: $0) } }

  /// The lowest link that one hangs on: itself, the bridge that it is a port of, the uplink below it.
  func root(of index: Int) -> Int {
    var current = index
    // A chain that long is a loop in what was read.
    for _ in 0..<16 {
      guard !all[current].isBridge, let next = all[current].base else { return current }
      current = next
    }
    return current
  }
}

extension Nodes.Node {
  init(_ link: borrowing Link) {
    let isUp = link.flags.contains(.up)
    self.init(
      ref: link.id, isBridge: link.isBridge, isPair: link.isPair,
      isWorthy: !link.flags.contains(.loopback) && (isUp || !link.isFallbackTunnel), state: link.state,
      master: link.master, lower: link.lower, peer: link.peerLink)
  }

  private init(
    ref: LinkRef, isBridge: Bool, isPair: Bool, isWorthy: Bool, state: LinkState, master: LinkRef?, lower: LinkRef?,
    peer: LinkRef?
  ) {
    self.ref = ref
    self.isBridge = isBridge
    self.isPair = isPair
    self.isWorthy = isWorthy
    isShown = isWorthy
    self.state = state
    self.master = master
    self.lower = lower
    self.peer = peer
  }
}
