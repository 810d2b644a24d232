internal import Canvas
internal import Diagram
internal import Inspection
internal import Keys
internal import Labels
internal import Topology

extension State {
  /// The detail pane: beside the diagram, or over it in two columns.
  func drawPane(_ screen: Screen, on canvas: inout CellCanvas) {
    let rect = screen.pane
    if screen.isPaneBeside {
      for y in rect.minY..<rect.maxY {
        canvas.place(Cell(glyphs.rule, role: isPaneFocused ? .selection : .guide), x: rect.minX, y: y)
        for x in (rect.minX + 1)..<rect.maxX { canvas.place(Cell(), x: x, y: y) }
      }
    }
    let left = rect.minX + 2
    let details = details
    let width = rect.maxX - left - 1
    drawHead(details, x: left, y: rect.minY, width: width, on: &canvas)
    let top = rect.minY + 2
    let lens = lens(screen)
    lens?.paint(into: &canvas, rect: Rect(x: left, y: rect.maxY - 7, width: width, height: 7), glyphs: glyphs)
    let height = paneHeight(screen, hasLens: lens != nil)
    let rows = details.columns(width: width)
    let columnWidth = rows.count == 2 ? (width - 2) / 2 : width
    let scroll = stack[DetailsPane.self]?.scroll ?? 0
    for (number, lines) in rows.enumerated() {
      // Where they do not fit, the last row says so and shows nothing else.
      let shown = lines.count > height ? max(0, height - 1) : height
      let first = max(0, min(scroll, lines.count - shown))
      let x = left + number * (columnWidth + 2)
      for (offset, line) in lines.dropFirst(first).prefix(shown).enumerated() {
        draw(line, x: x, y: top + offset, width: columnWidth, on: &canvas)
      }
      if lines.count - first > shown {
        let scrolls = Say.DetailsPane.scrolls(keys.cap(.focus))
        canvas.put(" \(glyphs.downward) \(scrolls) ", endingAt: x + columnWidth, y: rect.maxY - 1, role: .dim)
      }
    }
  }

  /// What is known of the selection.
  private var details: Details {
    Details(
      of: inspected,
      Details.Sources(
        snapshot: snapshot, traffic: traffic, changes: changes, tables: stack[DetailsPane.self]?.tables,
        rows: inspected == nil ? filteredRows : [], glyphs: glyphs, utcOffset: utcOffset,
        troubleKey: keys.cap(.nextTrouble)))
  }

  /// On a rake the neighbours of a tooth have no names of their own: the lens shows a few of them.
  private func lens(_ screen: Screen) -> Lens? {
    guard screen.isPaneBeside, screen.pane.size.height - 2 >= 24, let selection else { return nil }
    return layout.lens(around: selection, count: 5, snapshot: snapshot, traffic: traffic)
  }

  /// The rows that there are for what the details say.
  private func paneHeight(_ screen: Screen, hasLens: Bool) -> Int {
    max(0, screen.pane.size.height - 2) - (hasLens ? 8 : 0)
  }

  /// The first line of the details when their last one is seen.
  var lastPaneScroll: Int {
    let screen = screen
    let height = paneHeight(screen, hasLens: lens(screen) != nil)
    let longest = details.columns(width: screen.pane.size.width - 3).map(\.count).max() ?? 0
    return longest > height ? longest - max(0, height - 1) : 0
  }

  private func drawHead(_ details: Details, x: Int, y: Int, width: Int, on canvas: inout CellCanvas) {
    let name = " \(fitted(details.title, columns: max(4, width - 22), ellipsis: glyphs.ellipsis)) "
    let used = canvas.put(name, x: x, y: y, role: isPaneFocused ? .key : .selected) + 1
    canvas.put(details.subtitle, x: x + used, y: y, role: .strong, limit: width - used)
    if let state = details.state {
      let glyph = state == .up ? glyphs.up : state == .down ? glyphs.down : glyphs.noCarrier
      canvas.put("\(glyph) \(state.word)", endingAt: x + width, y: y, role: state == .up ? .up : .fault)
    }
  }

  private func draw(_ line: Details.Line, x: Int, y: Int, width: Int, on canvas: inout CellCanvas) {
    switch line {
    case .blank: break
    case .heading(let text): canvas.put(text, x: x, y: y, role: .dim, limit: width)
    case .fact(let name, let value, let role):
      canvas.put(name, x: x, y: y, role: .dim, limit: Details.valueX - 1)
      canvas.put(value, x: x + Details.valueX, y: y, role: role, limit: max(0, width - Details.valueX))
    case .setting(let name, let value, let role):
      let room = width - displayWidth(value) - 1
      canvas.put(fittedName(name, columns: max(0, room), ellipsis: glyphs.ellipsis), x: x, y: y, role: .dim)
      canvas.put(value, endingAt: x + width, y: y, role: role)
    case .text(let text, let role):
      canvas.put(text, x: x, y: y, role: role, limit: width)
    case .graph(let glyph, let rate, let values, let peak, let role):
      canvas.put("\(glyph) \(Units.rate(rate))", x: x, y: y, role: role)
      let columns = min(Traffic.capacity, width - 13)
      canvas.put(glyphs.sparkline(values, columns: columns, peak: peak), x: x + 13, y: y, role: role)
    case .counters(let name, let rx, let tx, let isBad):
      canvas.put(name, x: x, y: y, role: .dim, limit: 9)
      canvas.put(rx, endingAt: x + 21, y: y, role: isBad.rx ? .warning : .text)
      canvas.put(tx, endingAt: x + 34, y: y, role: isBad.tx ? .warning : .text)
    }
  }
}
