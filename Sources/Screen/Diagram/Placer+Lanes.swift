internal import Canvas
internal import Topology

/// Wires whose two ends stand in different bands.
extension Placer {
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

  /// They climb a lane beside the border: left-edge interval colouring. Where all lanes are taken, or the other end stands
  /// in a band without wires, both ends say in words where they lead.
  mutating func drawLanes() {
    var ends: [Int] = []
    var passages: [(x: Int, rows: ClosedRange<Int>)] = []
    for span in spans() {
      let lane = ends.firstIndex { $0 < span.low } ?? ends.count
      guard lane < metrics.lanes else {
        cutLabel(span.near, span.isBoxed)
        if span.isBoxed { cutRow(span.far, span.to) } else { cutLabel(span.far, false) }
        continue
      }
      if lane == ends.count { ends.append(span.high) } else { ends[lane] = span.high }
      let x = metrics.laneX(lane)
      let last = span.isBoxed ? metrics.boxX : metrics.edge
      placement.wires.append(
        Pieces.Wire(
          near: span.near, far: span.far,
          corners: [
            Point(x: metrics.edge, y: span.from), Point(x: x, y: span.from), Point(x: x, y: span.to),
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

  /// The wires that have both their ends; those that have only one are cut there.
  private mutating func spans() -> [Span] {
    var spans: [Span] = []
    for (far, to) in rowY.sorted(by: { $0.key < $1.key }) {
      guard let wire = plan.wire(of: far) else { continue }
      // One without a port begins on the wire of its parent, where that is a cable.
      let parent = plan.branches[far].flatMap { branchRows[$0] }
      if let from = wire.near.flatMap({ labelPlaces[$0]?.y }) ?? foldedBands[wire.band] ?? parent {
        spans.append(Span(from: from, to: to, near: wire.near, far: far, isBoxed: true))
      } else {
        cutRow(far, to)
      }
    }
    for (near, far) in plan.crossings.sorted(by: { $0.key < $1.key }) where rowY[far] == nil { cutLabel(near, true) }
    for (a, b) in plan.ties {
      switch (labelPlaces[a]?.y, labelPlaces[b]?.y) {
      case (let from?, let to?): spans.append(Span(from: from, to: to, near: a, far: b, isBoxed: false))
      case (.some, nil): cutLabel(a, false)
      case (nil, .some): cutLabel(b, false)
      case (nil, nil): break
      }
    }
    return spans.sorted { ($0.low, $0.high, $0.far) < ($1.low, $1.high, $1.far) }
  }

  /// A short wire at a label, and the words behind it.
  private mutating func cutLabel(_ link: LinkRef?, _ isMultiHomed: Bool) {
    guard let link, let (y, index) = labelPlaces[link] else { return }
    placement.labels[index].end = .note
    placement.wires.append(
      Pieces.Wire(
        near: link, far: nil, corners: [Point(x: metrics.edge, y: y), Point(x: metrics.labelX - 1, y: y)],
        isMultiHomed: isMultiHomed))
  }

  /// A short wire at a box.
  private mutating func cutRow(_ far: LinkRef, _ y: Int) {
    let (start, end) = (Point(x: metrics.boxX - 2, y: y), Point(x: metrics.boxX, y: y))
    placement.wires.append(Pieces.Wire(near: nil, far: far, corners: [start, end], isMultiHomed: true, isCut: true))
  }
}
