internal import Canvas
internal import Topology

/// Gives everything of a plan its place: bands from top to bottom, in each its slots from top to bottom.
struct Placer {
  let metrics: Metrics
  private(set) var height = 0
  private(set) var buses: [Pieces.Bus] = []
  private(set) var boxes: [Pieces.Box] = []
  private(set) var labels: [Pieces.Label] = []
  private(set) var wires: [Pieces.Wire] = []
  private(set) var ghosts: [Pieces.Ghost] = []
  private(set) var groups: [Pieces.Group] = []
  private(set) var elements: [Layout.Placed] = []
  private(set) var standIns: [LinkRef: Element] = [:]

  private let snapshot: Snapshot
  private let plan: Plan
  private let slots: Slots
  private let folded: Set<LinkRef>
  /// The row of each link in a box, and of each stub: both ends of the lanes.
  private var rowY: [LinkRef: Int] = [:]
  private var stubY: [LinkRef: Int] = [:]
  private var foldedBands: [BandKey: Int] = [:]
  private var ports: [LinkRef: [LinkRef]] = [:]

  init(
    _ snapshot: Snapshot, _ plan: Plan, _ slots: Slots, folded: Set<LinkRef>, width: Int, zoom: Zoom, gap: Int
  ) {
    self.snapshot = snapshot
    self.plan = plan
    self.slots = slots
    self.folded = folded
    let crossing = plan.wires.values.filter { plan.home[.box($0.far.namespace)] != $0.band }.count
    metrics = Metrics(zoom: zoom, width: width, lanes: crossing, cardGap: gap)
    for namespace in snapshot.namespaces.values {
      for link in namespace.links {
        if let master = link.master { ports[master, default: []].append(link.id) }
      }
    }
    var y = zoom == .card ? 2 : 1
    var lastGroup = NamespaceID.host
    for band in plan.bands {
      let owner = band.owner
      if case .direct = band {
        // Its box on the left has the title.
      } else if let owner, owner != lastGroup, owner != .host {
        groups.append(Pieces.Group(y: y, namespace: owner))
        if plan.home[.box(owner)] == nil {
          add(.namespace(owner), Rect(x: metrics.busX, y: y, width: metrics.busWidth, height: 1))
        }
        y += 1
      }
      lastGroup = owner ?? lastGroup
      y = place(band, at: y)
    }
    drawLanes()
    height = y
    elements = elements.sorted { a, b in
      (a.frame.minY, a.frame.minX) < (b.frame.minY, b.frame.minX)
    }
  }

  private mutating func add(_ element: Element, _ frame: Rect) {
    elements.append(Layout.Placed(element: element, frame: frame))
  }

  // MARK: A band

  /// Places one band and returns the row below it.
  private mutating func place(_ band: BandKey, at top: Int) -> Int {
    let content = slots.bands[band] ?? []
    let isFolded = if case .bus(let ref) = band { folded.contains(ref) } else { false }
    if isFolded, case .bus(let ref) = band {
      addBus(band, top, height: 3, isFolded: true)
      for case .taken(let entry) in content { fold(entry, into: .link(ref)) }
      foldedBands[band] = top + 1
      return top + 3 + (metrics.zoom == .card ? 1 : 0)
    }
    var y = top
    if metrics.zoom == .row, band != .lonely, content.contains(where: { $0.isStub }) { y += 1 }
    for slot in content {
      if case .taken(.stub(let ref)) = slot {
        placeStub(ref, band, y: &y)
      }
    }
    if metrics.zoom == .row, y > top, content.contains(where: { !$0.isStub }) == false { y += 1 }
    y = placeBoxes(content, band, from: y == top ? top : y + (metrics.zoom == .card ? 1 : 0))
    guard band != .lonely else { return y + 1 }
    let least = leastHeight(of: band, hasContent: !content.isEmpty)
    let height = max(y - top, least)
    addBus(band, top, height: height, isFolded: false)
    return top + height + (metrics.zoom == .card ? 1 : 0)
  }

  private func leastHeight(of band: BandKey, hasContent: Bool) -> Int {
    switch band {
    case .bus(let ref):
      let isBridge = snapshot.link(ref)?.isBridge ?? false
      if metrics.zoom == .card { return isBridge ? 6 : 5 }
      return isBridge ? (hasContent ? 5 : 4) : 4
    case .direct: return 3
    case .lonely: return 0
    }
  }

  private mutating func addBus(_ band: BandKey, _ top: Int, height: Int, isFolded: Bool) {
    let rect = Rect(x: metrics.busX, y: top, width: metrics.busWidth, height: height)
    switch band {
    case .bus(let ref):
      buses.append(
        Pieces.Bus(
          rect: rect, link: ref, namespace: ref.namespace, isFolded: isFolded, ports: ports[ref] ?? []))
      add(.link(ref), rect)
    case .direct(let id):
      buses.append(Pieces.Bus(rect: rect, link: nil, namespace: id, isFolded: false, ports: []))
      if id != .host, plan.home[.box(id)] == nil, !elements.contains(where: { $0.element == .namespace(id) }) {
        add(.namespace(id), rect)
      }
    case .lonely: break
    }
  }

  private mutating func fold(_ entry: Entry, into element: Element) {
    switch entry {
    case .stub(let ref): standIns[ref] = element
    case .box(let id):
      for ref in plan.rows[id] ?? [] {
        standIns[ref] = element
        if let near = plan.wires[ref]?.near { standIns[near] = element }
      }
    }
  }

  private mutating func placeStub(_ ref: LinkRef, _ band: BandKey, y: inout Int) {
    if metrics.zoom == .card { y += 1 }
    let note = plan.notes[ref]
    let isMultiHomed = note == nil
    addLabel(ref, y: y, note: note, isMultiHomed: isMultiHomed)
    stubY[ref] = y
    if note != nil {
      let start = Point(x: metrics.busX + metrics.busWidth - 1, y: y)
      // A short wire: the words behind it say where it leads.
      let end = metrics.labelX - 1
      wires.append(
        Pieces.Wire(near: ref, far: nil, corners: [start, Point(x: end, y: y)], isMultiHomed: false))
    }
    y += 1
    if metrics.zoom == .card { y += 1 }
  }

  private mutating func addLabel(_ ref: LinkRef, y: Int, note: String?, isMultiHomed: Bool) {
    labels.append(Pieces.Label(link: ref, x: metrics.labelX, y: y, note: note, isMultiHomed: isMultiHomed))
    let width = displayWidth(snapshot.link(ref)?.name ?? "") + 4
    let room = metrics.borderX - metrics.labelX
    let isCard = metrics.zoom == .card && note == nil && !isMultiHomed
    add(
      .link(ref),
      Rect(x: metrics.labelX, y: isCard ? y - 1 : y, width: max(4, min(width, room)), height: isCard ? 3 : 1))
  }

  // MARK: Boxes

  private mutating func placeBoxes(_ content: [Slots.Slot], _ band: BandKey, from top: Int) -> Int {
    var y = top
    var joins = false
    var isFirst = true
    for slot in content where !slot.isStub {
      if metrics.zoom == .card, !isFirst { y += metrics.cardGap }
      isFirst = false
      switch slot {
      case .taken(.box(let id)):
        y = placeBox(id, band, y, joins: joins)
        joins = metrics.zoom == .row
      case .ghost(let name, let rows, _):
        // In a stack its first row is the border of the box above.
        let inset = metrics.zoom == .row ? 1 : 0
        let height = metrics.boxHeight(rows: rows)
        ghosts.append(
          Pieces.Ghost(
            rect: Rect(x: metrics.boxX, y: y + inset, width: metrics.boxWidth, height: height - inset), name: name))
        y += height + (metrics.zoom == .card ? 1 : 0)
        joins = false
      case .hole(let rows):
        y += metrics.boxHeight(rows: rows) + (metrics.zoom == .card ? 1 : 0)
        joins = false
      case .taken(.stub): break
      }
    }
    return metrics.zoom == .row && !isFirst ? y + 1 : y
  }

  /// Places a box with its title at row `y`; returns the row of its bottom border (rows) or the one below it (cards).
  private mutating func placeBox(_ id: NamespaceID, _ band: BandKey, _ y: Int, joins: Bool) -> Int {
    let links = plan.rows[id] ?? []
    let height = metrics.boxHeight(rows: links.count) + 1
    let rect = Rect(x: metrics.boxX, y: y, width: metrics.boxWidth, height: height)
    var rows: [Pieces.Row] = []
    for (number, ref) in links.enumerated() {
      let first = metrics.zoom == .card ? y + 1 + 3 * number : y + 1 + number
      let wireY = metrics.zoom == .card ? first + 1 : first
      rows.append(Pieces.Row(link: ref, y: first, wireY: wireY))
      rowY[ref] = wireY
    }
    boxes.append(Pieces.Box(rect: rect, namespace: id, rows: rows, joinsAbove: joins))
    add(.namespace(id), Rect(x: rect.minX, y: y, width: rect.size.width, height: links.count > 1 ? 1 : height - 1))
    for row in rows {
      if links.count > 1 {
        let height = metrics.zoom == .card ? 3 : 1
        add(.link(row.link), Rect(x: rect.minX + 1, y: row.y, width: rect.size.width - 2, height: height))
      } else {
        standIns[row.link] = .namespace(id)
      }
      connect(row, id, band)
    }
    return metrics.zoom == .card ? y + height : y + height - 1
  }

  /// The straight wire of a row whose port is in the same band.
  private mutating func connect(_ row: Pieces.Row, _ id: NamespaceID, _ band: BandKey) {
    guard let wire = plan.wires[row.link], wire.band == band else { return }
    let start = Point(x: metrics.busX + metrics.busWidth - 1, y: row.wireY)
    let end = Point(x: metrics.boxX, y: row.wireY)
    wires.append(Pieces.Wire(near: wire.near, far: row.link, corners: [start, end], isMultiHomed: isMultiHomed(id)))
    if let near = wire.near { addLabel(near, y: row.wireY, note: nil, isMultiHomed: false) }
  }

  private func isMultiHomed(_ id: NamespaceID) -> Bool { Self.networks(of: id, plan) > 1 }

  /// On how many buses a namespace's links end.
  static func networks(of id: NamespaceID, _ plan: Plan) -> Int {
    Set((plan.rows[id] ?? []).compactMap { plan.wires[$0]?.band }.filter(\.isBus)).count
  }

  // MARK: Lanes

  /// Wires whose two ends stand in different bands climb a lane beside the border: left-edge interval colouring.
  private mutating func drawLanes() {
    var spans: [(low: Int, high: Int, wire: Plan.Wire, from: Int, to: Int)] = []
    for wire in plan.wires.values {
      guard plan.home[.box(wire.far.namespace)] != wire.band, let to = rowY[wire.far] else { continue }
      guard let from = wire.near.flatMap({ stubY[$0] }) ?? foldedBands[wire.band] else { continue }
      spans.append((min(from, to), max(from, to), wire, from, to))
    }
    spans.sort { ($0.low, $0.high, $0.wire.far) < ($1.low, $1.high, $1.wire.far) }
    var ends: [Int] = []
    for span in spans {
      let lane = ends.firstIndex { $0 < span.low } ?? ends.count
      if lane == ends.count { ends.append(span.high) } else { ends[lane] = span.high }
      let x = metrics.laneX(min(lane, max(0, metrics.lanes - 1)))
      let start = Point(x: metrics.busX + metrics.busWidth - 1, y: span.from)
      wires.append(
        Pieces.Wire(
          near: span.wire.near, far: span.wire.far,
          corners: [start, Point(x: x, y: span.from), Point(x: x, y: span.to), Point(x: metrics.boxX, y: span.to)],
          isMultiHomed: true))
    }
  }
}

extension Slots.Slot {
  var isStub: Bool {
    if case .taken(.stub) = self { true } else { false }
  }
}

extension BandKey {
  /// The namespace that the band's bus is in.
  var owner: NamespaceID? {
    switch self {
    case .bus(let ref): ref.namespace
    case .direct(let id): id
    case .lonely: nil
    }
  }
}
