internal import Canvas
internal import Topology

/// The wires of links that lie on the end of a cable: they branch off its own wire.
extension Placer {
  /// What branches off one label, and the rows that it takes.
  private struct Tree {
    var row: Int
    var children: [(child: LinkRef, isBoxed: Bool, end: Point)]
    var low: Int { children.reduce(row) { min($0, $1.end.y) } }
    var high: Int { children.reduce(row) { max($0, $1.end.y) } }
  }

  /// They go up and down between the bus and the labels. Where there is no room left, and where the label is not drawn,
  /// they begin at the bus, and their words say what they lie on.
  mutating func drawBranches() {
    if branchEnds.isEmpty { return }
    var trees: [LinkRef: Tree] = [:]
    for branch in branchEnds {
      guard let parent = plan.branches[branch.child], let row = branchRows[parent] else {
        addBranch(branch, from: [Point(x: metrics.edge, y: branch.end.y)])
        continue
      }
      trees[parent, default: Tree(row: row, children: [])].children.append(branch)
    }
    var columns = metrics.branchColumns.map { (x: $0, taken: -1) }
    for tree in trees.values.sorted(by: { ($0.low, $0.row) < ($1.low, $1.row) }) {
      let place = columns.firstIndex { $0.taken < tree.low }
      if let place { columns[place].taken = tree.high }
      for branch in tree.children {
        guard let place else {
          addBranch(branch, from: [Point(x: metrics.edge, y: branch.end.y)])
          continue
        }
        let x = columns[place].x
        addBranch(branch, from: [Point(x: x, y: tree.row), Point(x: x, y: branch.end.y)])
      }
    }
  }

  private mutating func addBranch(_ branch: (child: LinkRef, isBoxed: Bool, end: Point), from corners: [Point]) {
    placement.wires.append(
      Pieces.Wire(
        near: branch.isBoxed ? nil : branch.child, far: branch.isBoxed ? branch.child : nil,
        corners: corners + [branch.end],
        isMultiHomed: branch.isBoxed && plan.networks[branch.child.namespace] != nil))
  }

  /// Draws the branch to a row of a box from its parent's, whose glyph has its place among `places`, and returns how far the
  /// row is set in for it.
  mutating func hang(_ ref: LinkRef, at y: Int, _ places: inout [LinkRef: Point]) -> Int {
    if plan.rowParents.isEmpty { return 0 }
    let first = metrics.boxX + 2
    var x = first
    // So deep nobody builds, and the words have their room.
    if let above = plan.rowParents[ref].flatMap({ places[$0] }), above.x < first + 6 {
      x = above.x + 2
      placement.wires.append(
        Pieces.Wire(
          near: ref, far: nil, corners: [above, Point(x: above.x, y: y), Point(x: x, y: y)], isMultiHomed: false))
    }
    places[ref] = Point(x: x, y: y)
    return x - first
  }
}
