internal import Canvas
internal import Topology

/// Places a plan as cards or rows: bands from top to bottom, in each its slots from top to bottom.
struct Placer {
  let metrics: Metrics
  private(set) var placement = Placement()
  let plan: Plan
  private let slots: Slots
  private let folded: Set<LinkRef>
  /// The row of each link in a box, and of each label: both ends of the lanes.
  private var rowY: [LinkRef: Int] = [:]
  private var labelPlaces: [LinkRef: (y: Int, index: Int)] = [:]
  private var foldedBands: [BandKey: Int] = [:]

  /// Places everything; nil where it gets higher than `limit`. Complexity: O(n) in the links, O(limit) where it fails.
  init?(_ plan: Plan, _ slots: Slots, folded: Set<LinkRef>, width: Int, scale: Scale, limit: (Int) -> Bool) {
    self.plan = plan
    self.slots = slots
    self.folded = folded
    metrics = Metrics(scale: scale, width: width, lanes: plan.crossings.count + plan.ties.count)
    var y = isCard ? 2 : 1
    var lastGroup = NamespaceID.host
    for band in plan.bands {
      let owner = band.owner
      if case .direct = band {
        // Its box on the left has the title.
      } else if let owner, owner != lastGroup, owner != .host {
        placement.groups.append(Pieces.Group(y: y, namespace: owner))
        if plan.home(of: owner) == nil {
          placement.add(.namespace(owner), Rect(x: metrics.busX, y: y, width: metrics.busWidth, height: 1))
        }
        y += 1
      }
      lastGroup = owner ?? lastGroup
      guard let next = place(band, at: y, limit), limit(next) else { return nil }
      y = next
    }
    drawLanes()
    placement.crossings = plan.crossings
    placement.height = y
  }

  private var isCard: Bool { metrics.zoom == .card }

  /// The right border of the buses: where every wire begins.
  private var edge: Int { metrics.busX + metrics.busWidth - 1 }

  // MARK: A band

  /// Places one band and returns the row below it.
  private mutating func place(_ band: BandKey, at top: Int, _ limit: (Int) -> Bool) -> Int? {
    let content = slots.bands[band] ?? []
    if let ref = band.bus, folded.contains(ref) {
      addBus(band, top, height: 3, isFolded: true)
      for case .taken(let entry, _) in content { placement.fold(entry, plan, into: .link(ref)) }
      foldedBands[band] = top + 1
      return top + 3 + (isCard ? 1 : 0)
    }
    var y = top
    let hasLabels = content.contains { $0.shape.isStub }
    let hasBoxes = content.contains { !$0.shape.isStub }
    if !isCard, band != .lonely, hasLabels { y += 1 }
    var first: Int?
    for slot in content where slot.shape.isStub {
      guard limit(y) else { return nil }
      if case .taken(.stub(let ref), _) = slot {
        placeLabel(ref, band, y, from: &first)
      }
      y += labelHeight(slot.shape)
    }
    if !isCard, hasLabels, !hasBoxes { y += 1 }
    guard let end = placeBoxes(content, band, from: y == top ? top : y + (isCard ? 1 : 0), limit) else { return nil }
    guard band != .lonely else { return end + 1 }
    let height = max(end - top, leastHeight(of: band, hasContent: !content.isEmpty))
    addBus(band, top, height: height, isFolded: false)
    return top + height + (isCard ? 1 : 0)
  }

  private func leastHeight(of band: BandKey, hasContent: Bool) -> Int {
    switch band {
    case .bus(let ref):
      let isBridge = plan.isBridge(ref)
      if isCard { return isBridge ? 6 : 5 }
      return isBridge ? (hasContent ? 5 : 4) : 4
    case .direct: return 3
    case .lonely: return 0
    }
  }

  private mutating func addBus(_ band: BandKey, _ top: Int, height: Int, isFolded: Bool) {
    let rect = Rect(x: metrics.busX, y: top, width: metrics.busWidth, height: height)
    switch band {
    case .bus(let ref):
      placement.buses.append(
        Pieces.Bus(
          rect: rect, link: ref, namespace: ref.namespace, isFolded: isFolded, ports: plan.ports[ref] ?? []))
      placement.add(.link(ref), rect)
    case .direct(let id):
      placement.buses.append(Pieces.Bus(rect: rect, link: nil, namespace: id, isFolded: false, ports: []))
      if id != .host, plan.home(of: id) == nil, !placement.groups.contains(where: { $0.namespace == id }) {
        placement.add(.namespace(id), rect)
      }
    case .lonely: break
    }
  }

  // MARK: Labels

  private func labelHeight(_ shape: Shape) -> Int { shape.rows + (isCard ? 2 : 0) }

  /// Places a label of its own slot, and below it what hangs on it. `first` is the row of the band's first child: the
  /// further ones of an uplink branch off its wire.
  private mutating func placeLabel(_ ref: LinkRef, _ band: BandKey, _ top: Int, from first: inout Int?) {
    let y = isCard ? top + 1 : top
    labelPlaces[ref] = (y, placement.labels.count)
    let leaves = plan.crossings[ref] != nil || plan.tied.contains(ref)
    addLabel(ref, x: metrics.labelX, y: y, end: leaves ? .lane : .note)
    if !leaves {
      // A short wire: the words behind it say where it leads.
      let end = Point(x: metrics.labelX - 1, y: y)
      let isBranch = band.bus.map { !plan.isBridge($0) } ?? false
      let corners =
        isBranch && first != nil
        ? [Point(x: edge + 2, y: first ?? y), Point(x: edge + 2, y: y), end] : [Point(x: edge, y: y), end]
      placement.wires.append(Pieces.Wire(near: ref, far: nil, corners: corners, isMultiHomed: false))
      if isBranch, first == nil { first = y }
    }
    for (offset, child) in (plan.children[ref] ?? []).enumerated() {
      let row = y + 1 + offset
      addLabel(child, x: metrics.labelX + 2, y: row, end: .note)
      placement.wires.append(
        Pieces.Wire(
          near: child, far: nil,
          corners: [
            Point(x: metrics.labelX - 1, y: y), Point(x: metrics.labelX - 1, y: row),
            Point(x: metrics.labelX + 1, y: row),
          ], isMultiHomed: false))
    }
  }

  private mutating func addLabel(_ ref: LinkRef, x: Int, y: Int, end: Pieces.Label.End) {
    placement.labels.append(Pieces.Label(link: ref, x: x, y: y, end: end))
    let isTall = isCard && end == .box
    placement.add(
      .link(ref), Rect(x: x, y: isTall ? y - 1 : y, width: max(4, metrics.borderX - x - 1), height: isTall ? 3 : 1))
  }

  // MARK: Boxes

  private mutating func placeBoxes(
    _ content: [Slots.Slot], _ band: BandKey, from top: Int, _ limit: (Int) -> Bool
  ) -> Int? {
    var y = top
    var joins = false
    var isFirst = true
    for slot in content where !slot.shape.isStub {
      guard limit(y) else { return nil }
      if isCard, !isFirst { y += metrics.cardGap }
      isFirst = false
      let height = metrics.boxHeight(rows: slot.shape.rows)
      switch slot {
      case .taken(.box(let id), _):
        placeBox(id, band, y, joins: joins)
        joins = !isCard
      case .ghost(let name, _, _):
        // In a stack its first row is the border of the box above.
        let inset = isCard ? 0 : 1
        placement.ghosts.append(
          Pieces.Ghost(
            rect: Rect(x: metrics.boxX, y: y + inset, width: metrics.boxWidth, height: height - inset), name: name))
        joins = false
      case .hole, .taken(.stub, _): joins = false
      }
      y += height + (isCard ? 1 : 0)
    }
    return !isCard && !isFirst ? y + 1 : y
  }

  /// Places a box with its title at row `y`.
  private mutating func placeBox(_ id: NamespaceID, _ band: BandKey, _ y: Int, joins: Bool) {
    let links = plan.rows(of: id)
    let height = metrics.boxHeight(rows: links.count) + 1
    let rect = Rect(x: metrics.boxX, y: y, width: metrics.boxWidth, height: height)
    let networks = plan.networks[id] ?? 1
    var rows: [Pieces.Row] = []
    rows.reserveCapacity(links.count)
    placement.add(
      .namespace(id), Rect(x: rect.minX, y: y, width: rect.size.width, height: links.count > 1 ? 1 : height - 1))
    for (number, ref) in links.enumerated() {
      let first = isCard ? y + 1 + 3 * number : y + 1 + number
      let row = Pieces.Row(link: ref, y: first, wireY: isCard ? first + 1 : first)
      rows.append(row)
      if links.count > 1 {
        placement.add(
          .link(ref), Rect(x: rect.minX + 1, y: row.y, width: rect.size.width - 2, height: isCard ? 3 : 1))
      } else {
        placement.standIns[ref] = .namespace(id)
      }
      guard let wire = plan.wire(of: ref) else { continue }
      if wire.band == band { connect(row, wire, networks) } else { rowY[ref] = row.wireY }
    }
    placement.boxes.append(
      Pieces.Box(rect: rect, namespace: id, rows: rows, joinsAbove: joins, networks: networks))
  }

  /// The straight wire of a row whose port is in the same band.
  private mutating func connect(_ row: Pieces.Row, _ wire: Plan.Wire, _ networks: Int) {
    let corners = [Point(x: edge, y: row.wireY), Point(x: metrics.boxX, y: row.wireY)]
    placement.wires.append(Pieces.Wire(near: wire.near, far: row.link, corners: corners, isMultiHomed: networks > 1))
    if let near = wire.near {
      addLabel(near, x: metrics.labelX, y: row.wireY, end: .box)
    } else {
      placement.captions.append(Pieces.Caption(link: row.link, y: row.wireY))
    }
  }

  // MARK: Lanes

  private struct Span {
    var from: Int
    var to: Int
    var near: LinkRef?
    var far: LinkRef
    /// Whether it ends in a box, not at another label.
    var isBoxed: Bool
    var low: Int { min(from, to) }
    var high: Int { max(from, to) }
  }

  /// Wires whose two ends stand in different bands climb a lane beside the border: left-edge interval colouring. Where
  /// all lanes are taken both ends say in words where they lead.
  private mutating func drawLanes() {
    var spans: [Span] = []
    for (far, to) in rowY {
      guard let wire = plan.wire(of: far),
        let from = wire.near.flatMap({ labelPlaces[$0]?.y }) ?? foldedBands[wire.band]
      else {
        continue
      }
      spans.append(Span(from: from, to: to, near: wire.near, far: far, isBoxed: true))
    }
    for (a, b) in plan.ties {
      guard let from = labelPlaces[a]?.y, let to = labelPlaces[b]?.y else { continue }
      spans.append(Span(from: from, to: to, near: a, far: b, isBoxed: false))
    }
    spans.sort { ($0.low, $0.high, $0.far) < ($1.low, $1.high, $1.far) }
    var ends: [Int] = []
    var passages: [(x: Int, rows: ClosedRange<Int>)] = []
    for span in spans {
      let lane = ends.firstIndex { $0 < span.low } ?? ends.count
      guard lane < metrics.lanes else {
        cut(span)
        continue
      }
      if lane == ends.count { ends.append(span.high) } else { ends[lane] = span.high }
      let x = metrics.laneX(lane)
      let last = span.isBoxed ? metrics.boxX : edge
      placement.wires.append(
        Pieces.Wire(
          near: span.near, far: span.far,
          corners: [
            Point(x: edge, y: span.from), Point(x: x, y: span.from), Point(x: x, y: span.to),
            Point(x: last, y: span.to),
          ], isMultiHomed: span.isBoxed && plan.networks[span.far.namespace] != nil))
      passages.append((x, span.low...span.high))
    }
    for index in placement.labels.indices where placement.labels[index].end == .note {
      let y = placement.labels[index].y
      let passing = passages.lazy.filter { $0.rows.contains(y) }.map(\.x).min()
      placement.labels[index].limit = passing ?? metrics.width - 2
    }
  }

  /// A span without a lane: a short wire at each end.
  private mutating func cut(_ span: Span) {
    for link in [span.near, span.isBoxed ? nil : span.far] {
      guard let link, let (y, index) = labelPlaces[link] else { continue }
      placement.labels[index].end = .note
      placement.wires.append(
        Pieces.Wire(
          near: link, far: nil, corners: [Point(x: edge, y: y), Point(x: metrics.labelX - 1, y: y)],
          isMultiHomed: span.isBoxed))
    }
    guard span.isBoxed else { return }
    let (start, end) = (Point(x: metrics.boxX - 2, y: span.to), Point(x: metrics.boxX, y: span.to))
    placement.wires.append(Pieces.Wire(near: nil, far: span.far, corners: [start, end], isMultiHomed: true))
  }
}
