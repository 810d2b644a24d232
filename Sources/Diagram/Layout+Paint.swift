public import Canvas
public import Topology

extension Layout {
  /// Draws the diagram's rows from `scroll` on into a rectangle of the canvas; what is outside of it is left alone.
  public func paint(
    into canvas: inout Canvas, rect: Rect, scroll: Int, snapshot: Snapshot, decor: Decor, glyphs: GlyphSet
  ) {
    guard !rect.isEmpty else { return }
    var sheet = Canvas(rect.size)
    Painter(layout: self, snapshot: snapshot, decor: decor, glyphs: glyphs, scroll: scroll).paint(on: &sheet)
    canvas.blit(sheet, x: rect.minX, y: rect.minY)
  }
}

/// Draws a layout: first all lines, joined cell by cell, then the words over them.
struct Painter {
  let layout: Layout
  let snapshot: Snapshot
  let decor: Decor
  let glyphs: GlyphSet
  let scroll: Int

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

  func paint(on sheet: inout Canvas) {
    let visible = Rect(x: 0, y: scroll, width: layout.size.width, height: sheet.size.height)
    guides(on: &sheet)
    var lines = LineLayer()
    for bus in layout.buses where bus.rect.intersects(visible) { frame(of: bus, &lines) }
    for box in layout.boxes where box.rect.intersects(visible) { frame(of: box, &lines) }
    for wire in layout.wires where isVisible(wire, visible) { draw(wire, &lines) }
    let way = decor.trail.map { layout.way(of: $0) }
    if let trail = decor.trail, let way { light(trail, way, &lines) }
    lines.draw(
      on: &sheet, dx: 0, dy: -scroll, clip: Rect(x: 0, y: 0, width: sheet.size.width, height: sheet.size.height),
      glyphs: glyphs)
    for group in layout.groups { words(of: group, on: &sheet) }
    for ghost in layout.ghosts where ghost.rect.intersects(visible) { words(of: ghost, on: &sheet) }
    for bus in layout.buses where bus.rect.intersects(visible) { words(of: bus, on: &sheet) }
    for box in layout.boxes where box.rect.intersects(visible) { words(of: box, on: &sheet) }
    for wire in layout.wires where isVisible(wire, visible) { cross(wire, on: &sheet) }
    for label in layout.labels where visible.contains(Point(x: label.x, y: label.y)) || label.y == scroll - 1 {
      words(of: label, on: &sheet)
    }
    if let trail = decor.trail, let way { head(of: trail, way, on: &sheet) }
    if let matches = decor.matches { dim(all: matches, visible, on: &sheet) }
  }

  func link(_ ref: LinkRef?) -> Link? { ref.flatMap { snapshot.link($0) } }

  private func isVisible(_ wire: Pieces.Wire, _ visible: Rect) -> Bool {
    let ys = wire.corners.map(\.y)
    return (ys.max() ?? 0) >= visible.minY && (ys.min() ?? 0) < visible.maxY
  }

  private func guides(on sheet: inout Canvas) {
    let metrics = layout.metrics
    if scroll == 0 {
      sheet.put("host", x: metrics.busX, y: 0, role: .title)
      sheet.put("namespaces", x: metrics.borderX + 3, y: 0, role: .title)
    }
    for y in 0..<sheet.size.height {
      sheet.place(Cell(glyphs.border, role: .guide), x: metrics.borderX, y: y)
    }
  }

  // MARK: Lines

  func isSelected(_ element: Element) -> Bool { decor.selection == element }

  private func frame(of bus: Pieces.Bus, _ lines: inout LineLayer) {
    let link = link(bus.link)
    let isBridge = link?.isBridge ?? false
    let selected = isSelected(bus.link.map { .link($0) } ?? .namespace(bus.namespace))
    let isDown = link.map { $0.state == .down } ?? false
    lines.frame(
      bus.rect, isBridge ? .heavy : .light,
      role: selected ? .selection : isDown ? .fault : isBridge ? .bridge : link == nil ? .box : .uplink,
      round: !isBridge, priority: selected ? Priority.selected : Priority.normal)
  }

  private func frame(of box: Pieces.Box, _ lines: inout LineLayer) {
    let selected = isSelected(.namespace(box.namespace))
    let multi = isMultiHomed(box)
    lines.frame(
      box.rect, .light, role: selected ? .selection : multi ? .multiHomed : .box, round: true,
      priority: selected ? Priority.selected : multi ? Priority.multiHomed : Priority.normal)
  }

  func isMultiHomed(_ box: Pieces.Box) -> Bool {
    layout.wires.contains { wire in
      wire.isMultiHomed && box.rows.contains { $0.link == wire.far }
    }
  }

  /// Whether something on the way of a wire is not up.
  func isBroken(_ wire: Pieces.Wire) -> Bool {
    [link(wire.near), link(wire.far)].contains { $0.map { $0.state != .up } ?? false }
  }

  private func draw(_ wire: Pieces.Wire, _ lines: inout LineLayer) {
    let broken = isBroken(wire)
    let role: Role = broken ? .fault : wire.isMultiHomed ? .multiHomed : .wire
    let priority = broken ? Priority.fault : wire.isMultiHomed ? Priority.multiHomed : Priority.normal
    stroke(wire.corners, .light, role: role, priority: priority, dashed: broken, &lines)
  }

  /// Draws a line through corners: at both ends it reaches into the cell, so that it joins the frame there.
  private func stroke(
    _ corners: [Point], _ weight: Weight, role: Role, priority: Int, dashed: Bool, _ lines: inout LineLayer
  ) {
    for (from, to) in zip(corners, corners.dropFirst()) {
      if from.y == to.y {
        let (left, right) = (min(from.x, to.x), max(from.x, to.x))
        for x in left...right {
          lines.add(
            Arms(
              east: x < right ? weight : .none, west: x > left ? weight : .none, isRound: true,
              isDashed: dashed && x > left && x < right), x: x, y: from.y, role: role,
            priority: Point(x: x, y: from.y) == corners[0] || Point(x: x, y: from.y) == corners[corners.count - 1]
              ? Priority.below : priority)
        }
      } else {
        let (top, bottom) = (min(from.y, to.y), max(from.y, to.y))
        for y in top...bottom {
          lines.add(
            Arms(
              north: y > top ? weight : .none, south: y < bottom ? weight : .none, isRound: true,
              isDashed: dashed && y > top && y < bottom), x: from.x, y: y, role: role, priority: priority)
        }
      }
    }
  }

  // MARK: The ping

  /// How many cells of the way are lit.
  private func lit(_ trail: Trail, _ way: Layout.Way) -> Int {
    guard let stop = trail.stop else { return way.cells.count }
    return stop >= 0 && stop < way.reached.count ? max(1, way.reached[stop]) : way.cells.count
  }

  private func light(_ trail: Trail, _ way: Layout.Way, _ lines: inout LineLayer) {
    let cells = way.cells.prefix(lit(trail, way))
    for (from, to) in zip(cells, cells.dropFirst()) {
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

  private func head(of trail: Trail, _ way: Layout.Way, on sheet: inout Canvas) {
    let count = lit(trail, way)
    guard count > 0 else { return }
    if trail.stop != nil {
      let place = way.cells[min(count, way.cells.count) - 1]
      sheet.place(Cell(glyphs.down, role: .fault), x: place.x, y: place.y - scroll)
      return
    }
    guard let position = trail.head, count > 2 else { return }
    let index = min(count - 2, max(1, Int(position * Double(count - 1))))
    let (here, next) = (way.cells[index], way.cells[index + 1])
    var glyph: Unicode.Scalar
    if here.y == next.y {
      glyph = (next.x > here.x) != trail.isReply ? glyphs.rightward : glyphs.leftward
    } else {
      glyph = (next.y > here.y) != trail.isReply ? glyphs.downward : glyphs.upward
    }
    if sheet[here.x, here.y - scroll].role == .selected { glyph = sheet[here.x, here.y - scroll].scalar }
    sheet.place(Cell(glyph, role: .ping), x: here.x, y: here.y - scroll)
  }

  // MARK: Search

  private func dim(all matches: Set<Element>, _ visible: Rect, on sheet: inout Canvas) {
    for y in 0..<sheet.size.height {
      for x in 0..<sheet.size.width where sheet[x, y].role != .selected {
        var cell = sheet[x, y]
        cell.role = .gone
        sheet[x, y] = cell
      }
    }
    for placed in layout.elements where matches.contains(placed.element) && placed.frame.intersects(visible) {
      let isTall = placed.frame.size.height > 3 || placed.frame.size.width == layout.metrics.boxWidth
      let rect = Rect(
        x: placed.frame.minX + (isTall ? 1 : 0), y: placed.frame.minY - scroll,
        width: placed.frame.size.width - (isTall ? 2 : 0), height: min(2, placed.frame.size.height))
      for y in max(0, rect.minY)..<max(0, rect.minY, rect.maxY) {
        for x in rect.minX..<max(rect.minX, rect.maxX) where sheet[x, y].role == .gone {
          var cell = sheet[x, y]
          let isLine = (0x2500...0x257F).contains(cell.scalar.value)
          cell.role = isLine ? .box : .pingTitle
          sheet[x, y] = cell
        }
      }
    }
  }
}
