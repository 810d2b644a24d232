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
    return choose(point, in: screen.diagram) && isDouble ? press(.enter) : []
  }

  /// Selects what is under the mouse, on whatever page; false where there is nothing.
  private mutating func choose(_ point: Point, in region: Rect) -> Bool {
    if shownPage == .explanation { return false }
    if shownPage == .matrix {
      guard let place = matrix?.place(at: point, in: region) else { return false }
      matrix?.cursor = place
      return true
    }
    if let list = shownList {
      let row = point.y - region.minY - 1 + listScroll
      guard point.y > region.minY else { return false }
      if list == .events {
        guard row < shownChanges.count else { return false }
        eventCursor = row
        return true
      }
      guard let element = listRows[safe: row]?.element else { return false }
      select(element)
      return true
    }
    guard let element = element(at: point) else { return false }
    select(element)
    return true
  }

  /// Scrolls what it is over. A rake has no rows to scroll by: there it goes closer, to what it is over, or away.
  mutating func wheel(_ rows: Int, at point: Point) {
    guard mode != .help else { return }
    let screen = screen
    if screen.pane.contains(point) {
      paneScroll = max(0, paneScroll + rows)
      return
    }
    if shownList != nil { return moveOnList(rows) }
    if shownPage == .matrix { return moveInMatrix(rows > 0 ? .down : .up) }
    if shownPage == .explanation { return scrollPage(rows) }
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
}
