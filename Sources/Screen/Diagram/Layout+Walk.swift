internal import Canvas

extension Layout {
  /// The nearest element in a direction; nil at the border.
  ///
  /// Cards and rows: one in the same row or column comes before all others. Rake and dots: left and right run along a
  /// line, and from its first tooth to its bus; up and down go to the next line, to what is nearest there.
  /// `column` is the one to keep to on the way up or down, where that is not the element's own: past a bus.
  public func next(from element: Element, toward direction: Direction, column: Int? = nil) -> Element? {
    guard let here = frame(of: element) else { return elements.first?.element }
    return zoom == .card || zoom == .row
      ? near(element, here, direction) : onGrid(element, here, direction, column ?? here.minX)
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

  // MARK: The grid

  private func onGrid(_ element: Element, _ here: Rect, _ direction: Direction, _ column: Int) -> Element? {
    guard let position = position(of: element) else { return nil }
    switch direction {
    case .left:
      if position > 0, elements[position - 1].frame.minY == here.minY { return elements[position - 1].element }
      // From the first of a line to the bus that the line hangs on.
      return isTitle(here) ? nil : elements[..<position].last { isTitle($0.frame) }?.element
    case .right:
      guard position + 1 < elements.count else { return nil }
      let next = elements[position + 1]
      return isTitle(here)
        ? (isTitle(next.frame) ? nil : next.element) : next.frame.minY == here.minY ? next.element : nil
    case .up:
      guard let row = elements[..<position].last(where: { $0.frame.minY < here.minY })?.frame.minY else { return nil }
      return nearest(column, in: elements[..<position].filter { $0.frame.minY == row }[...])
    case .down:
      guard let first = elements[position...].firstIndex(where: { $0.frame.minY > here.minY }) else { return nil }
      let row = elements[first].frame.minY
      return nearest(column, in: elements[first...].prefix { $0.frame.minY == row })
    }
  }

  private func isTitle(_ frame: Rect) -> Bool { frame.minX == grid.busX }

  private func nearest(_ x: Int, in line: ArraySlice<Placed>) -> Element? {
    line.min { (abs($0.frame.minX - x), $0.frame.minX) < (abs($1.frame.minX - x), $1.frame.minX) }?.element
  }
}
