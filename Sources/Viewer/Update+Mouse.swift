internal import Canvas
internal import Diagram
internal import Topology

extension State {
  /// A turn of the wheel goes on for so long.
  private static let wheelMilliseconds: Int64 = 300

  /// Selects what is there; on the footer it is the key, twice it is Enter.
  mutating func click(_ point: Point, isDouble: Bool) -> [Effect] {
    if mode == .help { return press(.escape) }
    let screen = screen
    if screen.footer.contains(point) { return footerKey(at: point.x).map { press($0) } ?? [] }
    if screen.pane.contains(point) {
      isPaneFocused = true
      return []
    }
    guard screen.diagram.contains(point) else { return [] }
    isPaneFocused = false
    guard let element = element(at: point) else { return [] }
    select(element)
    return isDouble ? press(.enter) : []
  }

  /// Scrolls what it is over. A rake has no rows to scroll by: there it goes closer, to what it is over, or away.
  mutating func wheel(_ rows: Int, at point: Point) {
    guard mode != .help else { return }
    let screen = screen
    if screen.pane.contains(point) {
      paneScroll = max(0, paneScroll + rows)
      return
    }
    if let since = wheelZoomedAt, now.seconds(since: since) * 1000 < Double(State.wheelMilliseconds) { return }
    wheelZoomedAt = nil
    let isWidest = layout.zoom == Zoom.allCases.last
    if layout.zoom == .rake || (isWidest && rows < 0) {
      select(element(at: point) ?? selection)
      stepZoom(rows < 0 ? -1 : 1)
      wheelZoomedAt = now
    } else {
      scroll = max(0, min(scroll + rows, layout.size.height - screen.diagram.size.height))
    }
  }

  private func element(at point: Point) -> Element? {
    let region = screen.diagram
    guard region.contains(point) else { return nil }
    return layout.element(at: Point(x: point.x - region.minX, y: point.y - region.minY + scroll))
  }

  /// The key whose cap, or whose word, the footer shows in a column; nil where it shows none.
  ///
  /// The footer is drawn to find out: what is clicked is what was seen.
  func footerKey(at column: Int) -> Key? {
    var row = Canvas(Size(width: size.width, height: 1))
    drawFooter(Rect(x: 0, y: 0, width: size.width, height: 1), on: &row)
    guard row[column, 0].role == .key || row[column, 0].role == .keyLabel else { return nil }
    guard var start = (0...column).last(where: { row[$0, 0].role == .key }) else { return nil }
    var end = start + 1
    while start > 0, row[start - 1, 0].role == .key { start -= 1 }
    while end < size.width, row[end, 0].role == .key { end += 1 }
    // Two blanks and more are the free room behind the last word.
    let behind = (end..<max(end, column)).filter { row[$0, 0].scalar == " " && row[$0 + 1, 0].scalar == " " }
    guard behind.isEmpty else { return nil }
    var text = String.UnicodeScalarView()
    for x in (start + 1)..<max(start + 1, end - 1) { text.append(row[x, 0].scalar) }
    let found = KeyTable.bindings.first { $0.contexts.contains(context) && cap($0) == String(text) }
    guard let found else { return nil }
    let letter = column < end ? row[column, 0].scalar : " "
    switch found.command {
    case .move:
      // Each arrow of the cap is its own key, in the order that it is written in.
      let keys: [Key] = glyphs == .unicode ? [.left, .up, .down, .right] : [.left, .up, .down]
      let place = column - start - 1
      return keys.indices.contains(place) ? keys[place] : nil
    case .zoomOut: return letter == "+" ? .character("+") : .character("-")
    default: return found.keys.first
    }
  }
}
