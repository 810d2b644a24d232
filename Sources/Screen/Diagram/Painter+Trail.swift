internal import Canvas
internal import Topology

extension Painter {
  /// How many cells of the way are lit.
  private func lit(_ trail: Trail, _ way: Layout.Way) -> Int {
    guard let stop = trail.stop else { return way.cells.count }
    return stop >= 0 && stop < way.reached.count ? max(1, way.reached[stop]) : way.cells.count
  }

  func light(_ trail: Trail, _ way: Layout.Way, _ lines: inout LineLayer) {
    let cells = way.cells.prefix(lit(trail, way))
    for (from, to) in zip(cells, cells.dropFirst()) where isVisible(from.y) || isVisible(to.y) {
      let horizontal = from.y == to.y
      let forward = horizontal ? from.x < to.x : from.y < to.y
      let (first, second) = forward ? (from, to) : (to, from)
      lines.add(
        horizontal ? Arms(east: .heavy) : Arms(south: .heavy), x: first.x, y: first.y, role: .ping,
        priority: Priority.ping)
      lines.add(
        horizontal ? Arms(west: .heavy) : Arms(north: .heavy), x: second.x, y: second.y, role: .ping,
        priority: Priority.ping)
    }
  }

  func head(of trail: Trail, _ way: Layout.Way, on sheet: inout CellCanvas) {
    let count = lit(trail, way)
    guard count > 0, !way.cells.isEmpty else { return }
    if trail.stop != nil {
      let place = way.cells[min(count, way.cells.count) - 1]
      sheet.place(Cell(glyphs.down, role: .fault), x: place.x, y: place.y - scroll)
      return
    }
    guard let position = trail.head, count > 2 else { return }
    var index = min(count - 2, max(1, Int(position * Double(count - 1))))
    // It never runs over a name: it waits before it, and goes on behind it.
    func isFree(_ index: Int) -> Bool {
      let scalar = sheet[way.cells[index].x, way.cells[index].y - scroll].scalar
      return (0x2500...0x257F).contains(scalar.value) || "-=|#+".unicodeScalars.contains(scalar)
    }
    while index > 1, !isFree(index) { index -= 1 }
    let (here, next) = (way.cells[index], way.cells[index + 1])
    var glyph: Unicode.Scalar
    if here.y == next.y {
      glyph = (next.x > here.x) != trail.isReply ? glyphs.rightward : glyphs.leftward
    } else {
      glyph = (next.y > here.y) != trail.isReply ? glyphs.downward : glyphs.upward
    }
    if sheet[here.x, here.y - scroll].role == .selected { glyph = sheet[here.x, here.y - scroll].scalar }
    // Four cells behind it fade into the rest of the way.
    for distance in 1...4 {
      let behind = trail.isReply ? index + distance : index - distance
      guard way.cells.prefix(count).indices.contains(behind), isFree(behind) else { continue }
      let cell = way.cells[behind]
      var old = sheet[cell.x, cell.y - scroll]
      if old.role == .ping { old.role = distance <= 2 ? .strong : .trail }
      sheet[cell.x, cell.y - scroll] = old
    }
    sheet.place(Cell(glyph, role: .ping), x: here.x, y: here.y - scroll)
  }
}
