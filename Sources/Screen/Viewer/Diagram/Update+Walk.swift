internal import Canvas
internal import Diagram
internal import Topology

/// Where the selection goes, and what of the picture is seen.
extension State {
  mutating func select(_ element: Element?) {
    guard let element else { return }
    if element != selection { paneScroll = 0 }
    selection = element
    walkColumn = nil
    reveal()
  }

  /// Scrolls so that the selection is on the screen, with a row to spare where there is room.
  mutating func reveal() {
    let height = screen.diagram.size.height
    if shownList != nil {
      guard let selection, let row = listRows.firstIndex(where: { $0.element == selection }) else { return }
      selectionPosition = row
      return revealRow(row)
    }
    if let selection, let frame = layout.frame(of: selection) {
      selectionPosition = layout.position(of: selection) ?? 0
      if frame.minY - 1 < scroll { scroll = frame.minY - 1 }
      if frame.maxY + 1 > scroll + height { scroll = min(frame.minY - 1, frame.maxY + 1 - height) }
    }
    scroll = max(0, min(scroll, layout.size.height - height))
  }

  func direction(of key: Key) -> Direction? {
    switch key {
    case .up, .character("k"): .up
    case .down, .character("j"): .down
    case .left, .character("h"): .left
    case .right, .character("l"): .right
    default: nil
    }
  }

  /// Steps from card to row, rake and dots, or back, and keeps to the zoom that was chosen.
  mutating func stepZoom(_ step: Int) {
    let all = Zoom.allCases
    guard let here = all.firstIndex(of: zoom ?? layout.zoom), all.indices.contains(here + step) else {
      return notify(step < 0 ? "this is the closest" : "this is the widest")
    }
    zoom = all[here + step]
    relayout(afresh: true)
  }

  mutating func move(_ key: Key) {
    guard let direction = direction(of: key) else { return }
    if isPaneFocused, direction == .up || direction == .down {
      paneScroll = max(0, paneScroll + (direction == .down ? 1 : -1))
      return
    }
    walk(direction)
  }

  mutating func walk(_ direction: Direction) {
    if shownPage == .matrix { return moveInMatrix(direction) }
    if shownPage == .explanation {
      if direction == .up || direction == .down { scrollPage(direction == .down ? 1 : -1) }
      return
    }
    if shownList != nil {
      if direction == .up || direction == .down { moveOnList(direction == .down ? 1 : -1) }
      return
    }
    guard let selection, let here = layout.frame(of: selection) else { return select(layout.elements.first?.element) }
    // Past the title of a bus, which begins at the left, walking goes on in the column that it came from.
    let isVertical = direction == .up || direction == .down
    let column = isVertical ? walkColumn ?? here.minX : nil
    select(layout.next(from: selection, toward: direction, column: column))
    walkColumn = column
  }

  mutating func scrollPage(_ rows: Int) { pageScroll = max(0, min(pageScroll + rows, lastPageScroll)) }

  mutating func jump(toEnd isEnd: Bool) {
    if shownPage == .explanation { return scrollPage(isEnd ? lastPageScroll : -pageScroll) }
    if shownList == .events { return moveOnList(isEnd ? shownChanges.count : -shownChanges.count) }
    let all = walkable
    select(isEnd ? all.last : all.first)
  }

  /// From the diagram to the pane, to the events, and back.
  mutating func cycleFocus(isBack: Bool) {
    // 0: the diagram, 1: the pane where it is open, 2: the events.
    let stops = isPaneOpen ? [0, 1, 2] : [0, 2]
    let here = stops.firstIndex(of: shownList == .events ? 2 : isPaneFocused ? 1 : 0) ?? 0
    let next = stops[(here + (isBack ? stops.count - 1 : 1)) % stops.count]
    if next == 2 {
      turn(to: .list(.events))
    } else {
      if shownList == .events { turn(to: .diagram) }
      isPaneFocused = next == 1
    }
  }

  mutating func page(_ sign: Int) {
    let height = max(1, screen.diagram.size.height - 2)
    if isPaneFocused {
      paneScroll = max(0, paneScroll + sign * height)
      return
    }
    if shownPage == .explanation { return scrollPage(sign * height) }
    if shownList != nil { return moveOnList(sign * height) }
    guard let selection, let here = layout.frame(of: selection) else { return }
    let target = here.minY + sign * height
    let column = layout.elements.filter { $0.frame.minX == here.minX }
    select(column.min { abs($0.frame.minY - target) < abs($1.frame.minY - target) }?.element)
  }
}
