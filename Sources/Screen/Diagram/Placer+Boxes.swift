internal import Canvas
internal import Topology

/// Cards and boxes that share their borders.
extension Placer {
  /// Places one band and returns the row below it.
  mutating func placeBoxed(_ band: BandKey, at top: Int, _ level: Level) -> Int {
    if let end = placeFolded(band, at: top, level) { return end }
    let content = slots.bands[band] ?? []
    var y = top
    let hasLabels = content.contains { $0.shape.isStub }
    let hasBoxes = content.contains { !$0.shape.isStub }
    if !level.isCard, band != .lonely, hasLabels { y += 1 }
    var first: Int?
    for slot in content where slot.shape.isStub {
      if case .taken(.stub(let ref), _) = slot {
        placeLabel(ref, band, level.isCard ? y + 1 : y, from: &first, level)
      }
      y += slot.shape.rows + (level.isCard ? 2 : 0)
    }
    if !level.isCard, hasLabels, !hasBoxes { y += 1 }
    let end = placeBoxes(content, band, from: y == top ? top : y + (level.isCard ? 1 : 0), level)
    guard band != .lonely else { return end + 1 }
    let height = max(end - top, leastHeight(of: band, hasContent: !content.isEmpty, level))
    addBus(band, top, height: height, level)
    return top + height + level.bandGap
  }

  private func leastHeight(of band: BandKey, hasContent: Bool, _ level: Level) -> Int {
    switch band {
    case .bus(let ref):
      let isBridge = plan.isBridge(ref)
      if level.isCard { return isBridge ? 6 : 5 }
      return isBridge ? (hasContent ? 5 : 4) : 4
    case .direct: return 3
    case .lonely: return 0
    }
  }

  private mutating func placeBoxes(_ content: [Slots.Slot], _ band: BandKey, from top: Int, _ level: Level) -> Int {
    var y = top
    var joins = false
    var isFirst = true
    for slot in content where !slot.shape.isStub {
      if !isFirst { y += level.cardGap }
      isFirst = false
      let height = level.boxHeight(rows: slot.shape.rows)
      switch slot {
      case .taken(.box(let id), _):
        placeBox(id, band, y, joins: joins, level)
        joins = !level.isCard
      case .ghost(let name, _, _):
        // In a stack its first row is the border of the box above.
        let inset = level.isCard ? 0 : 1
        placement.ghosts.append(
          Pieces.Ghost(
            rect: Rect(x: metrics.boxX, y: y + inset, width: metrics.boxWidth, height: height - inset), name: name))
        joins = false
      case .hole, .taken(.stub, _): joins = false
      }
      y += height + (level.isCard ? 1 : 0)
    }
    return !level.isCard && !isFirst ? y + 1 : y
  }

  /// Places a box with its title at row `y`.
  private mutating func placeBox(_ id: NamespaceID, _ band: BandKey, _ y: Int, joins: Bool, _ level: Level) {
    let links = plan.rows(of: id)
    let height = level.boxHeight(rows: links.count) + 1
    let rect = Rect(x: metrics.boxX, y: y, width: metrics.boxWidth, height: height)
    let networks = plan.networks[id] ?? 1
    var rows: [Pieces.Row] = []
    var places: [LinkRef: Point] = [:]
    rows.reserveCapacity(links.count)
    placement.add(
      .namespace(id), Rect(x: rect.minX, y: y, width: rect.size.width, height: links.count > 1 ? 1 : height - 1))
    for (number, ref) in links.enumerated() {
      let first = y + 1 + number * (level.isCard ? level.cardRows : 1)
      let wire = plan.wire(of: ref)
      let row = Pieces.Row(
        link: ref, y: first, wireY: level.isCard ? first + 1 : first, indent: hang(ref, at: first, &places),
        hasWords: wire.map { $0.near != nil || $0.band != band } ?? true)
      rows.append(row)
      if links.count > 1 {
        placement.add(
          .link(ref),
          Rect(x: rect.minX + 1, y: row.y, width: rect.size.width - 2, height: level.isCard ? level.cardRows : 1))
      } else {
        placement.standIns[ref] = .namespace(id)
      }
      guard let wire else { continue }
      if wire.band == band { connect(ref, wire.near, y: row.wireY, networks > 1, level) } else { rowY[ref] = row.wireY }
    }
    placement.boxes.append(
      Pieces.Box(rect: rect, level: level, namespace: id, rows: rows, joinsAbove: joins, networks: networks))
  }
}
