internal import Canvas

extension Layout {
  /// The nearest element in a direction, one in the same row or column before all others; nil at the border.
  public func next(from element: Element, toward direction: Direction) -> Element? {
    guard let here = frame(of: element) else { return elements.first?.element }
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
}
