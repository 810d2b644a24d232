internal import Canvas
internal import Topology

/// One row an interface, the first one beside the bus's title.
extension Placer {
  /// Places one band and returns the row below it.
  mutating func placeLines(_ band: BandKey, at top: Int, _ level: Level) -> Int {
    if let end = placeFolded(band, at: top, level) { return end }
    let content = slots.bands[band] ?? []
    var y = top
    var first: Int?
    for slot in content where slot.shape.isStub {
      if case .taken(.stub(let ref), _) = slot {
        if let far = plan.crossings[ref] {
          placeLine(far.namespace, far, near: ref, y, isFirst: true, isWhole: false, level)
          placeChildren(of: ref, y, level)
        } else {
          placeLabel(ref, band, y, from: &first, level)
        }
      }
      y += slot.shape.lines
    }
    for slot in content where !slot.shape.isStub {
      switch slot {
      case .taken(.box(let id), _): placeBox(id, band, y, level)
      case .ghost(let name, let shape, _):
        placement.ghosts.append(
          Pieces.Ghost(
            rect: Rect(x: metrics.boxX, y: y, width: metrics.boxWidth, height: shape.lines), name: name))
      case .hole, .taken(.stub, _): break
      }
      y += slot.shape.lines
    }
    guard band != .lonely else { return y + level.bandGap }
    let height = max(y - top + (level == .lines ? 1 : 0), level == .lines ? 3 : 2)
    addBus(band, top, height: height, level)
    return top + height + level.bandGap
  }

  /// Places a namespace's interfaces whose wires come from this band, and those that have none.
  private mutating func placeBox(_ id: NamespaceID, _ band: BandKey, _ top: Int, _ level: Level) {
    let links = plan.rows(of: id).filter { ref in
      guard let wire = plan.wire(of: ref), wire.band != band, let near = wire.near, plan.crossings[near] != nil else {
        return true
      }
      // It stands where its port does.
      placement.standIns[ref] = .link(near)
      return false
    }
    guard !links.isEmpty else {
      placement.add(.namespace(id), lineFrame(top))
      placement.lines.append(
        Pieces.Line(
          y: top, namespace: id, link: nil, isFirst: true, hasWire: false, networks: plan.networks[id] ?? 1))
      return
    }
    var places: [LinkRef: Point] = [:]
    for (number, ref) in links.enumerated() {
      let wire = plan.wire(of: ref)
      let indent = hang(ref, at: top + number, &places)
      let isHere = wire?.band == band
      placeLine(
        id, ref, near: isHere ? wire?.near : nil, top + number, isFirst: number == 0, isWhole: links.count == 1, level,
        hasWire: isHere, indent: indent)
      if let wire, wire.band != band, wire.near == nil {
        // It comes from another band, by a lane.
        rowY[ref] = top + number
        placement.lines[placement.lines.count - 1].hasWire = true
      }
      if number == 0, links.count > 1 {
        placement.add(
          .namespace(id), Rect(x: metrics.boxX, y: top, width: metrics.linkX - metrics.boxX - 1, height: 1))
      }
    }
  }

  private func lineFrame(_ y: Int) -> Rect { Rect(x: metrics.boxX, y: y, width: metrics.boxWidth, height: 1) }

  /// Places a row; where it `isWhole` it stands for its namespace.
  private mutating func placeLine(
    _ id: NamespaceID, _ ref: LinkRef, near: LinkRef?, _ y: Int, isFirst: Bool, isWhole: Bool, _ level: Level,
    hasWire: Bool = true, indent: Int = 0
  ) {
    let networks = plan.networks[id] ?? 1
    placement.lines.append(
      Pieces.Line(
        y: y, namespace: id, link: ref, isFirst: isFirst, hasWire: hasWire, networks: networks, indent: indent,
        hasWords: near != nil || !hasWire))
    if let near, plan.crossings[near] != nil {
      // The port stands for the whole row: the interface may have a row at home.
      let corners = [Point(x: metrics.edge, y: y), Point(x: metrics.boxX, y: y)]
      placement.wires.append(Pieces.Wire(near: near, far: ref, corners: corners, isMultiHomed: networks > 1))
      placement.labels.append(Pieces.Label(link: near, x: metrics.labelX, y: y, end: .box, isOnCard: false))
      let end = metrics.boxX + metrics.boxWidth
      placement.add(.link(near), Rect(x: metrics.labelX, y: y, width: end - metrics.labelX, height: 1))
      return
    }
    if isWhole {
      placement.add(.namespace(id), lineFrame(y))
      placement.standIns[ref] = .namespace(id)
    } else {
      let x = metrics.linkX
      placement.add(.link(ref), Rect(x: x, y: y, width: metrics.boxX + metrics.boxWidth - x, height: 1))
    }
    if hasWire { connect(ref, near, y: y, networks > 1, level) }
  }
}
