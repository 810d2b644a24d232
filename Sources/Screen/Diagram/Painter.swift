internal import Canvas
internal import Labels
internal import Topology

/// Draws a layout: first all lines, joined cell by cell, then the words over them.
struct Painter {
  let layout: Layout
  let snapshot: Snapshot
  let decor: Decor
  let glyphs: GlyphSet
  let scroll: Int
  /// What of the diagram is on the sheet.
  let visible: Rect
  /// The highest rate of all links.
  var busiest = 0.0

  /// Which line colours a cell where two meet.
  enum Priority {
    /// A wire's last cell is the frame's first.
    static let below = -1
    static let normal = 0
    static let multiHomed = 1
    static let selected = 2
    static let fault = 3
    static let ping = 4
  }

  func paint(on sheet: inout CellCanvas) {
    let way = decor.trail.map { layout.way(of: $0) }
    var lines = LineLayer()
    let rails = layout.placement.rails.filter { $0.y < visible.maxY && $0.y + $0.height > visible.minY }
    let shown = rails.map { ($0, marked($0)) }
    boxLines(&lines)
    for (rail, teeth) in shown { self.lines(of: rail, teeth, &lines) }
    if let trail = decor.trail, let way { light(trail, way, &lines) }
    draw(lines, on: &sheet)
    if scroll == 0, !layout.placement.head.isEmpty { head(on: &sheet) }
    for group in layout.placement.groups { words(of: group, on: &sheet) }
    boxWords(on: &sheet)
    for (rail, teeth) in shown { words(of: rail, teeth, on: &sheet) }
    if let trail = decor.trail, let way { head(of: trail, way, on: &sheet) }
    if let matches = decor.matches { dim(all: matches, on: &sheet) }
  }

  private func draw(_ lines: LineLayer, on sheet: inout CellCanvas) {
    if layout.placement.hasWires { guides(on: &sheet) }
    lines.draw(
      on: &sheet, dx: 0, dy: -scroll, clip: Rect(x: 0, y: 0, width: sheet.size.width, height: sheet.size.height),
      glyphs: glyphs)
  }

  private func boxLines(_ lines: inout LineLayer) {
    let placement = layout.placement
    for bus in placement.buses where bus.rect.intersects(visible) { frame(of: bus, &lines) }
    for box in placement.boxes where box.rect.intersects(visible) { frame(of: box, &lines) }
    for wire in placement.wires where isVisible(wire) { draw(wire, &lines) }
    for line in placement.lines where line.hasWire && isVisible(line.y) { end(of: line, &lines) }
  }

  private func boxWords(on sheet: inout CellCanvas) {
    let placement = layout.placement
    for ghost in placement.ghosts where ghost.rect.intersects(visible) { words(of: ghost, on: &sheet) }
    for bus in placement.buses where bus.rect.intersects(visible) { words(of: bus, on: &sheet) }
    for box in placement.boxes where box.rect.intersects(visible) { words(of: box, on: &sheet) }
    for wire in placement.wires where isVisible(wire) {
      cross(wire, on: &sheet)
      end(of: wire, on: &sheet)
    }
    for line in placement.lines where isVisible(line.y) { words(of: line, on: &sheet) }
    for caption in placement.captions where isVisible(caption.y) { words(of: caption, on: &sheet) }
    // A card's label has a row above its wire's and one below it.
    for label in placement.labels where isVisible(label.y - 1) || isVisible(label.y) || isVisible(label.y + 1) {
      words(of: label, on: &sheet)
    }
  }

  /// Whether there are rates to be drawn.
  var isMeasured: Bool { decor.traffic != nil }

  func rates(of ref: LinkRef) -> Rates? { decor.traffic?[ref] }

  func link(_ ref: LinkRef?) -> Link? { ref.flatMap { snapshot.link($0) } }

  func isVisible(_ y: Int) -> Bool { y >= visible.minY && y < visible.maxY }

  private func isVisible(_ wire: Pieces.Wire) -> Bool {
    var low = Int.max
    var high = Int.min
    for corner in wire.corners {
      low = min(low, corner.y)
      high = max(high, corner.y)
    }
    return high >= visible.minY && low < visible.maxY
  }

  private func guides(on sheet: inout CellCanvas) {
    let metrics = layout.metrics
    if scroll == 0, (layout.placement.rails.first?.y ?? 2) > 1 {
      sheet.put(Say.Drawn.namespaces, x: metrics.borderX + 3, y: 0, role: .title)
    }
    var y = visible.minY
    for rail in layout.placement.rails where rail.y < visible.maxY && rail.y + rail.height > visible.minY {
      border(y..<max(y, rail.y), on: &sheet)
      y = rail.y + rail.height
    }
    // Below the last rail there is nothing that a border would divide.
    if (layout.placement.rails.last?.y ?? -1) < (layout.placement.buses.last?.rect.minY ?? 0) {
      border(y..<max(y, visible.maxY), on: &sheet)
    }
  }

  private func border(_ rows: Range<Int>, on sheet: inout CellCanvas) {
    for y in rows { sheet.place(Cell(glyphs.border, role: .guide), x: layout.metrics.borderX, y: y - scroll) }
  }
}
