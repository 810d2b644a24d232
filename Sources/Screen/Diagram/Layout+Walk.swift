internal import Canvas

extension Layout {
  /// The nearest element in a direction; nil at the border.
  ///
  /// With wires one in the same row or column comes before all others. On rails left and right run along a line, and from
  /// its first tooth to its bus; up and down go to the next line, to what is nearest there.
  /// `column` is the one to keep to on the way up or down, where that is not the element's own: past a bus.
  public func next(from element: Element, toward direction: Direction, column: Int? = nil) -> Element? {
    guard let here = frame(of: element) else { return elements.first?.element }
    return isOnRail(here) ? onGrid(element, here, direction, column ?? here.minX) : near(element, here, direction)
  }

  private func near(_ element: Element, _ here: Rect, _ direction: Direction) -> Element? {
    var best: (cost: Int, tie: Int, element: Element)?
    for placed in elements where placed.element != element {
      let there = placed.frame
      let along: Int
      let aside: Int
      switch direction {
      case .left, .right:
        let sign = direction == .right ? 1 : -1
        along = sign * (there.minX - here.minX)
        aside = Layout.gap(here.minY..<here.maxY, there.minY..<there.maxY)
      case .up, .down:
        let sign = direction == .down ? 1 : -1
        along = sign * (direction == .down ? there.minY - here.minY : there.maxY - here.maxY)
        aside = Layout.gap(here.minX..<here.maxX, there.minX..<there.maxX)
      }
      guard along > 0 else { continue }
      let weight = direction == .left || direction == .right ? 8 : 3
      let cost = along + weight * aside
      let tie = abs(there.minY - here.minY)
      if best.map({ (cost, tie) < ($0.cost, $0.tie) }) ?? true { best = (cost, tie, placed.element) }
    }
    return best?.element
  }

  /// How far two ranges are apart; 0 where they overlap.
  private static func gap(_ a: Range<Int>, _ b: Range<Int>) -> Int {
    a.overlaps(b) ? 0 : max(a.lowerBound, b.lowerBound) - min(a.upperBound, b.upperBound) + 1
  }

  // MARK: Rails

  private func isOnRail(_ frame: Rect) -> Bool {
    guard placement.hasWires else { return true }
    return placement.rails.contains { $0.y <= frame.minY && frame.minY < $0.y + $0.height }
  }

  private func rail(at y: Int) -> Pieces.Rail? { placement.rails.first { $0.y <= y && y < $0.y + $0.height } }

  private func onGrid(_ element: Element, _ here: Rect, _ direction: Direction, _ column: Int) -> Element? {
    guard let position = position(of: element) else { return nil }
    switch direction {
    case .left:
      if position > 0, elements[position - 1].frame.minY == here.minY { return elements[position - 1].element }
      // From the first of a line to the bus that the line hangs on.
      guard !isTitle(here), let title = rail(at: here.minY)?.y else { return nil }
      return elements[..<position].last { isTitle($0.frame) && $0.frame.minY == title }?.element
    case .right:
      guard position + 1 < elements.count else { return nil }
      let next = elements[position + 1]
      if isTitle(here) { return rail(at: here.minY)?.y == rail(at: next.frame.minY)?.y ? next.element : nil }
      return next.frame.minY == here.minY ? next.element : nil
    case .up:
      guard let row = elements[..<position].last(where: { $0.frame.minY < here.minY })?.frame.minY else { return nil }
      return nearest(column, in: elements[..<position].filter { $0.frame.minY == row }[...])
    case .down:
      guard let first = elements[position...].firstIndex(where: { $0.frame.minY > here.minY }) else { return nil }
      let row = elements[first].frame.minY
      return nearest(column, in: elements[first...].prefix { $0.frame.minY == row })
    }
  }

  private func isTitle(_ frame: Rect) -> Bool { frame.minX == Grid.busX }

  private func nearest(_ x: Int, in line: ArraySlice<Placed>) -> Element? {
    line.min { (abs($0.frame.minX - x), $0.frame.minX) < (abs($1.frame.minX - x), $1.frame.minX) }?.element
  }
}
