public import Canvas
internal import Topology

extension Layout {
  /// The cells of a ping's way.
  public struct Way: Sendable, Equatable {
    /// From the source's box to the destination's, each cell beside the one before it, but for the gap of a cable whose
    /// lane was cut.
    public var cells: [Point] = []
    /// For each hop, how many cells lead up to it.
    public var reached: [Int] = []
  }

  /// The cells of a ping's way, as far as its links are drawn: wires, and the edge of the bus between two of them.
  ///
  /// Dots stand where a comb has its line: there the way runs over those between the bus and the one that is meant.
  public func way(of trail: Trail) -> Way {
    var way = Way()
    way.reached = trail.hops.isEmpty ? [] : [0]
    for (from, to) in zip(trail.hops, trail.hops.dropFirst()) {
      for (number, corners) in strokes(from: from, to: to).enumerated() {
        // The first stroke begins where the way before it ended; the second one of a cut cable beyond the gap.
        if number == 0 { Layout.extend(&way.cells, to: corners[0]) } else { way.cells.append(corners[0]) }
        for corner in corners { Layout.extend(&way.cells, to: corner) }
      }
      way.reached.append(way.cells.count)
    }
    return way
  }

  /// The lines between two links, in that direction, each as its corners: one for a wire, two where its lane was cut;
  /// none where the step is not along a wire.
  private func strokes(from: LinkRef, to: LinkRef) -> [[Point]] {
    var ends: [LinkRef: [Point]] = [:]
    for wire in placement.wires {
      if wire.far == to, wire.near == from { return [wire.corners] }
      if wire.far == from, wire.near == to { return [wire.corners.reversed()] }
      if wire.near == nil, wire.corners[0].x != metrics.boxX - 2 {
        if wire.far == to { return [wire.corners] }
        if wire.far == from { return [wire.corners.reversed()] }
      }
      // A wire with one end is the half of a cut one, or leads nowhere.
      if wire.near == nil, let far = wire.far { ends[far] = wire.corners.reversed() }
      if wire.far == nil, let near = wire.near { ends[near] = wire.corners.reversed() }
    }
    if let first = ends[from], let second = ends[to] {
      // From the label back to its bus would be the wrong way: what is drawn of a port is the way to it.
      return placement.isPort(from) ? [first.reversed(), second.reversed()] : [first, second]
    }
    guard zoom == .rake || zoom == .dots else { return [] }
    for tooth in placement.teeth where tooth.far != nil {
      if tooth.far == to, tooth.near == from || tooth.near == nil { return [corners(of: tooth)] }
      if tooth.far == from, tooth.near == to || tooth.near == nil { return [corners(of: tooth).reversed()] }
    }
    return []
  }

  /// From the bus along the comb to the tooth, or along the dots.
  private func corners(of tooth: Pieces.Tooth) -> [Point] {
    if zoom == .dots { return [Point(x: grid.busX, y: tooth.y), Point(x: tooth.x, y: tooth.y)] }
    return [
      Point(x: grid.busX, y: tooth.y - 1), Point(x: tooth.x, y: tooth.y - 1), Point(x: tooth.x, y: tooth.y),
    ]
  }

  /// Adds the cells up to and including `point`: first down or up, then across.
  private static func extend(_ cells: inout [Point], to point: Point) {
    guard var last = cells.last else {
      cells.append(point)
      return
    }
    while last.y != point.y {
      last.y += last.y < point.y ? 1 : -1
      cells.append(last)
    }
    while last.x != point.x {
      last.x += last.x < point.x ? 1 : -1
      cells.append(last)
    }
  }
}
