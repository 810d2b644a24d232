public import Canvas
internal import Topology

extension Layout {
  /// The cells of a ping's way.
  public struct Way: Sendable, Equatable {
    /// From the source's box to the destination's, each cell beside the one before it.
    public var cells: [Point] = []
    /// For each hop, how many cells lead up to it.
    public var reached: [Int] = []
  }

  /// The cells of a ping's way, as far as its links are drawn: wires, and the edge of the bus between two of them.
  ///
  /// Dots stand in the way of each other: there it is the edge of the bus from line to line, and its ends are lit.
  public func way(of trail: Trail) -> Way {
    var way = Way()
    way.reached = trail.hops.isEmpty ? [] : [0]
    for (from, to) in zip(trail.hops, trail.hops.dropFirst()) {
      if let corners = corners(from: from, to: to) {
        Layout.extend(&way.cells, to: corners[0])
        for corner in corners { Layout.extend(&way.cells, to: corner) }
      }
      way.reached.append(way.cells.count)
    }
    return way
  }

  /// The corners of the wire between two links, in that direction; nil where the step is not along a wire.
  private func corners(from: LinkRef, to: LinkRef) -> [Point]? {
    for wire in placement.wires {
      if wire.far == to, wire.near == from { return wire.corners }
      if wire.far == from, wire.near == to { return wire.corners.reversed() }
      if wire.near == nil, wire.far == to { return wire.corners }
      if wire.near == nil, wire.far == from { return wire.corners.reversed() }
    }
    for tooth in placement.teeth where tooth.far != nil {
      if tooth.far == to, tooth.near == from || tooth.near == nil { return corners(of: tooth) }
      if tooth.far == from, tooth.near == to || tooth.near == nil { return corners(of: tooth).reversed() }
    }
    return nil
  }

  /// From the bus along the comb to the tooth; cells stand in the way of each other.
  private func corners(of tooth: Pieces.Tooth) -> [Point] {
    let busX = Grid.busX
    if !tooth.hasComb { return [Point(x: busX, y: tooth.y)] }
    return [Point(x: busX, y: tooth.y - 1), Point(x: tooth.x, y: tooth.y - 1), Point(x: tooth.x, y: tooth.y)]
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
