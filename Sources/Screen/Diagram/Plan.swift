internal import Topology

/// Which band every link belongs to: the diagram before anything has a place.
///
/// Each link that is shown appears exactly once: as a bus, as a label on a wire or as a row in a box.
struct Plan {
  /// A wire from a band to a row of a box.
  struct Wire {
    /// The end at the band: a port's label; nil where the bus itself is the lower end (macvlan).
    var near: LinkRef?
    /// The end in the box.
    var far: LinkRef
    var band: BandKey
  }

  /// What takes a slot.
  struct Item {
    var entry: Entry
    var band: BandKey
    var shape: Shape
    /// Sorts the items as they would be placed first.
    fileprivate var rank: (UInt64, UInt64)
  }

  /// In the order in which they are drawn.
  private(set) var bands: [BandKey] = []
  /// In the order in which they would be placed first.
  private(set) var items: [Item] = []
  /// Two labels that are the ends of one cable: a bridge's port that leads to another bridge.
  private(set) var ties: [(LinkRef, LinkRef)] = []
  /// Both ends of every tie.
  private(set) var tied: Set<LinkRef> = []
  /// What hangs on a label, from top to bottom: a bond's members, where the bond is a port itself.
  private(set) var children: [LinkRef: [LinkRef]] = [:]
  /// Labels whose wire ends in a box of another band, and the row that it ends at.
  private(set) var crossings: [LinkRef: LinkRef] = [:]
  /// Whose wire branches off that of a label: a VLAN's on the end of a cable, by the child; and those labels.
  private(set) var branches: [LinkRef: LinkRef] = [:]
  private(set) var branched: Set<LinkRef> = []
  /// The row of a box that another one of the box hangs on: its parent's.
  private(set) var rowParents: [LinkRef: LinkRef] = [:]
  /// On how many buses a namespace has an interface, where it is more than one.
  private(set) var networks: [NamespaceID: Int] = [:]
  /// The ports and members of each link, those that a filter hides as well.
  private(set) var ports: [LinkRef: [LinkRef]] = [:]

  let nodes: Nodes
  private var isBus: [Bool]
  /// The band of each namespace's box, by the namespace's place among the nodes.
  private(set) var homes: [BandKey?]
  /// The rows of all boxes, and for each namespace which of them are its own.
  private(set) var rowLinks: [LinkRef] = []
  private(set) var rowRanges: [Range<Int>]
  /// By the link in the box, as its place among the nodes.
  private(set) var wires: [Wire?]
  private var directBands: Set<NamespaceID> = []
  private var ownsBridge: Set<NamespaceID> = []
  private var bandsSeen: Set<BandKey> = []
  private let ranks: [Element: Int]

  /// Plans a snapshot's diagram. Complexity: O(n log n) in its links.
  init(_ snapshot: Snapshot, _ arrangement: Arrangement = Arrangement()) {
    nodes = Nodes(snapshot, arrangement)
    ranks = arrangement.ranks
    isBus = Array(repeating: false, count: nodes.all.count)
    let count = nodes.spaces.count
    items.reserveCapacity(count)
    rowLinks.reserveCapacity(count)
    homes = Array(repeating: nil, count: count)
    rowRanges = Array(repeating: 0..<0, count: count)
    wires = Array(repeating: nil, count: nodes.all.count)
    for space in nodes.spaces { addBuses(of: space.id, space.range) }
    for (place, space) in nodes.spaces.enumerated() { addRows(of: space.id, place, space.range) }
    for space in nodes.spaces { addLabels(of: space.id, space.range) }
    nest()
    order()
  }

  // MARK: Buses

  /// Bridges everywhere; and in namespaces that own one, what is left over there: uplinks, tunnels, taps.
  private mutating func addBuses(of id: NamespaceID, _ range: Range<Int>) {
    if id != .host {
      guard range.contains(where: { nodes[$0].isBridge }) else { return }
      ownsBridge.insert(id)
    }
    for index in range where nodes[index].isWorthy {
      let node = nodes[index]
      if let master = node.master, node.base != nil { ports[master, default: []].append(node.ref) }
      guard node.isShown else { continue }
      let isForeign = id != .host && node.lower.map { $0.namespace != id } ?? false
      guard node.isBridge || (node.base == nil && !node.isPair && !isForeign) else { continue }
      isBus[index] = true
      open(.bus(node.ref))
    }
  }

  private mutating func open(_ band: BandKey) {
    // One after the other mostly: that is seen without a hash.
    if band != bands.last, bandsSeen.insert(band).inserted { bands.append(band) }
  }

  /// The band that a link hangs on; nil where that is no bus.
  private func bus(above index: Int) -> BandKey? {
    let root = nodes.root(of: index)
    return isBus[root] ? .bus(nodes[root].ref) : nil
  }

  // MARK: Boxes

  /// The rows of a namespace's box, and where their wires lead.
  private mutating func addRows(of id: NamespaceID, _ place: Int, _ range: Range<Int>) {
    guard id != .host else { return }
    let first = rowLinks.count
    var band: BandKey?
    var nearest: UInt32?
    var teeth = 0
    var buses: [BandKey] = []
    var hasParents = false
    for index in range {
      guard isRow(index) else {
        if isBesideLabel(index) { directBands.insert(id) }
        continue
      }
      let node = nodes[index]
      if node.lower?.namespace == id { hasParents = true }
      let wire = attachment(of: index)
      // The other namespace's box has the row; here is the label at the band's side.
      if case .direct(let side)? = wire?.band, side == id { continue }
      rowLinks.append(node.ref)
      guard let wire else { continue }
      wires[index] = wire
      if nearest == nil { nearest = (wire.near ?? branches[node.ref])?.index }
      if wire.band.isBus, !buses.contains(wire.band) { buses.append(wire.band) }
      if band == nil || (wire.band.isBus && !(band?.isBus ?? false)) {
        band = wire.band
        teeth = 0
      }
      if wire.band == band { teeth += 1 }
    }
    rowRanges[place] = first..<rowLinks.count
    let count = rowRanges[place].count
    if hasParents { nestRows(rowRanges[place]) }
    if buses.count > 1 { networks[id] = buses.count }
    // One whose every link is drawn at its own bands has its title there.
    if count == 0, ownsBridge.contains(id) || directBands.contains(id) { return }
    let home = band ?? .lonely
    homes[place] = home
    open(home)
    items.append(
      Item(
        entry: .box(id), band: home,
        shape: Shape(isStub: false, rows: count, teeth: max(1, teeth), lines: max(1, count - elsewhere(place, home))),
        rank: rank(.namespace(id), (1 << 32 | UInt64(nearest ?? .max), UInt64(id.serial)))))
  }

  /// Puts the rows that have their parent in the box, too, behind it.
  private mutating func nestRows(_ range: Range<Int>) {
    let rows = Array(rowLinks[range])
    let all = Set(rows)
    var children: [LinkRef: [LinkRef]] = [:]
    for ref in rows {
      guard let lower = nodes.index(of: ref).flatMap({ nodes[$0].lower }), lower != ref, all.contains(lower) else {
        continue
      }
      children[lower, default: []].append(ref)
      rowParents[ref] = lower
    }
    var order: [LinkRef] = []
    var seen: Set<LinkRef> = []
    // Circles, which a reading that was disturbed may tell, come last and are no trees.
    for root in rows.filter({ rowParents[$0] == nil }) + rows where !seen.contains(root) {
      if rowParents[root] != nil { rowParents[root] = nil }
      var pending = [root]
      while let ref = pending.popLast() {
        guard seen.insert(ref).inserted else { continue }
        order.append(ref)
        pending += (children[ref] ?? []).reversed()
      }
    }
    rowLinks.replaceSubrange(range, with: order)
  }

  /// How many rows of a namespace's box have their wires from another band than its home.
  private func elsewhere(_ place: Int, _ home: BandKey) -> Int {
    rowLinks[rowRanges[place]].count { ref in
      guard let wire = nodes.index(of: ref).flatMap({ wires[$0] }), wire.band != home else { return false }
      return wire.near.flatMap { nodes.index(of: $0) }.map { nodes[$0].isShown } ?? false
    }
  }

  /// Whether a link of a namespace other than the host is a row of its box, not a bus or a label on one.
  private func isRow(_ index: Int) -> Bool {
    let node = nodes[index]
    guard node.isShown, !node.isPort, !isBus[index] else { return false }
    return node.base == nil || (bus(above: index) == nil && (node.isPair || !isLeft(nodes.root(of: index))))
  }

  /// Whether a link is a label because it lies on one: on the left end of a cable.
  private func isBesideLabel(_ index: Int) -> Bool {
    let node = nodes[index]
    return node.isShown && !node.isPort && !isBus[index] && node.base != nil && bus(above: index) == nil
  }

  /// Whether a link is the end of a cable between two namespaces that is drawn on the left, as a label: in the host, or in
  /// the one that was found first.
  private func isLeft(_ index: Int) -> Bool {
    let node = nodes[index]
    guard node.isPair, node.base == nil, let end = nodes.peer(of: index) else { return false }
    return node.ref.namespace < nodes[end].ref.namespace && (nodes[end].base == nil || bus(above: end) == nil)
  }

  /// Where the wire of a container's link ends: at a port's bus, in another namespace, or at a parent.
  private mutating func attachment(of index: Int) -> Wire? {
    let link = nodes[index].ref
    if let end = nodes.peer(of: index), nodes[end].ref.namespace != link.namespace {
      let peer = nodes[end].ref
      if nodes[end].base != nil, let band = bus(above: end) { return Wire(near: peer, far: link, band: band) }
      // Between two that both are no host, the one found first is drawn on the left.
      let left = min(peer.namespace, link.namespace)
      directBands.insert(left)
      return left == link.namespace
        ? Wire(near: link, far: peer, band: .direct(left)) : Wire(near: peer, far: link, band: .direct(left))
    }
    if let lower = nodes[index].lower, lower.namespace != link.namespace, let parent = nodes.index(of: lower) {
      let carrier = carrier(of: parent)
      if nodes[carrier].isPair { branch(link, off: nodes[carrier].ref) }
      if let band = bus(above: parent) { return Wire(near: nil, far: link, band: band) }
      // The parent is the end of a cable, or in a box: its namespace has the wire.
      directBands.insert(lower.namespace)
      return Wire(near: nil, far: link, band: .direct(lower.namespace))
    }
    return nil
  }

  private mutating func branch(_ link: LinkRef, off label: LinkRef) {
    branches[link] = label
    branched.insert(label)
  }

  /// The lowest link below one that is no bus: itself, where it hangs on a bus or on nothing.
  private func carrier(of index: Int) -> Int {
    var current = index
    for _ in 0..<16 {
      guard let base = nodes[current].base, !isBus[base] else { break }
      current = base
    }
    return current
  }

  // MARK: Labels

  /// Ports and children: on a straight wire to a box, or with a slot of their own.
  private mutating func addLabels(of id: NamespaceID, _ range: Range<Int>) {
    let isOpen = id == .host || ownsBridge.contains(id) || directBands.contains(id)
    guard isOpen else { return }
    for index in range where nodes[index].isShown && !isBus[index] {
      let link = nodes[index].ref
      if id != .host, wires[index] != nil || (isRow(index) && !isNear(index)) { continue }
      let end = nodes.peer(of: index)
      if let end, let wire = wires[end], wire.near == link {
        // Its wire ends in a box: of this band, or of another one by a lane.
        if home(of: nodes[end].ref.namespace) == wire.band { continue }
        crossings[link] = wire.far
        place(link, in: wire.band)
        continue
      }
      let band = bus(above: index) ?? .direct(id)
      if let parent = label(above: index) {
        children[parent, default: []].append(link)
        continue
      }
      if let end, nodes[end].ref.namespace == id, nodes[end].isShown, !isBus[end], link < nodes[end].ref {
        ties.append((link, nodes[end].ref))
        tied.formUnion([link, nodes[end].ref])
      }
      place(link, in: band)
    }
  }

  /// Whether a link is the left end of a pair between two namespaces.
  private func isNear(_ index: Int) -> Bool {
    guard let end = nodes.peer(of: index) else { return false }
    return wires[end]?.near == nodes[index].ref
  }

  /// The label that a link hangs on, directly at the bus; nil where the link hangs on the bus itself.
  private func label(above index: Int) -> LinkRef? {
    let carrier = carrier(of: index)
    guard carrier != index else { return nil }
    let isLabel = !isRow(carrier) || nodes[carrier].ref.namespace == .host || isLeft(carrier)
    return isLabel ? nodes[carrier].ref : nil
  }

  private mutating func place(_ link: LinkRef, in band: BandKey) {
    open(band)
    items.append(
      Item(
        entry: .stub(link), band: band, shape: Shape(isStub: true, rows: 1, teeth: 1, lines: 1),
        rank: rank(.link(link), (UInt64(link.namespace.serial), UInt64(link.index)))))
  }

  /// Gives the labels that others hang on the room for them; who hangs on one without a slot gets a slot.
  private mutating func nest() {
    guard !children.isEmpty else { return }
    var places: [LinkRef: Int] = [:]
    for (index, item) in items.enumerated() {
      if case .stub(let link) = item.entry { places[link] = index }
    }
    for (parent, links) in children.sorted(by: { $0.key < $1.key }) {
      if let index = places[parent] {
        items[index].shape = Shape(isStub: true, rows: 1 + links.count, teeth: 1 + links.count, lines: 1 + links.count)
      } else {
        children[parent] = nil
        for link in links {
          place(link, in: nodes.index(of: link).flatMap { bus(above: $0) } ?? .direct(link.namespace))
          if nodes.index(of: parent).map({ nodes[$0].isPair }) ?? false { branch(link, off: parent) }
        }
      }
    }
  }

  // MARK: Order

  /// An item's rank: the one that was asked for; an item without one comes behind all of those, by its `own` rank.
  private func rank(_ element: Element, _ own: (UInt64, UInt64)) -> (UInt64, UInt64) {
    if ranks.isEmpty { return own }
    return ranks[element].map { (0, UInt64($0)) } ?? (1 << 33 | own.0, own.1)
  }

  /// The host's bridges, its pairs and its uplinks first, then namespace by namespace what hangs together there, then
  /// the lonely; the items by the port's number, which is the order in which the engine started them.
  private mutating func order() {
    let ranked = bands.map { (rank(of: $0), $0) }.sorted { $0.0 < $1.0 }
    bands = ranked.map(\.1)
    items.sort { $0.rank < $1.rank }
  }

  private func rank(of band: BandKey) -> (Int, UInt32, Int, UInt32) {
    switch band {
    case .bus(let ref):
      let isBridge = isBridge(ref)
      if ref.namespace != .host { return (3, ref.namespace.serial, isBridge ? 0 : 1, ref.index) }
      return (isBridge ? 0 : 2, 0, 0, ref.index)
    case .direct(let id): return (id == .host ? 1 : 3, id.serial, 2, 0)
    case .lonely: return (4, 0, 0, 0)
    }
  }
}
