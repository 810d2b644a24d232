internal import Canvas
internal import Topology

extension Painter {
  func isSelected(_ element: Element) -> Bool { decor.selection == element }

  func frame(of bus: Pieces.Bus, _ lines: inout LineLayer) {
    let link = link(bus.link)
    let isBridge = link?.isBridge ?? false
    let selected = isSelected(bus.link.map { .link($0) } ?? .namespace(bus.namespace))
    let isDown = link.map { $0.state == .down } ?? false
    frame(
      bus.rect, isBridge ? .heavy : .light,
      role: selected ? .selection : isDown ? .fault : isBridge ? .bridge : link == nil ? .box : .uplink,
      round: !isBridge, priority: selected ? Priority.selected : Priority.normal, &lines)
  }

  func frame(of box: Pieces.Box, _ lines: inout LineLayer) {
    let selected = isSelected(.namespace(box.namespace))
    let multi = box.networks > 1
    frame(
      box.rect, .light, role: selected ? .selection : multi ? .multiHomedLine : .box, round: true,
      priority: selected ? Priority.selected : multi ? Priority.multiHomed : Priority.normal, &lines)
  }

  /// A frame as far as it can be seen: a bus of a thousand ports is two thousand rows high.
  private func frame(
    _ rect: Rect, _ weight: Weight, role: Role, round: Bool, priority: Int, _ lines: inout LineLayer
  ) {
    if rect.minY >= visible.minY, rect.maxY <= visible.maxY {
      lines.frame(rect, weight, role: role, round: round, priority: priority)
      return
    }
    let (left, right, bottom) = (rect.minX, rect.maxX - 1, rect.maxY - 1)
    for y in max(rect.minY, visible.minY)..<min(rect.maxY, visible.maxY) {
      if y == rect.minY || y == bottom {
        for x in left...right {
          lines.add(
            Arms(
              north: y == bottom && (x == left || x == right) ? weight : .none, east: x < right ? weight : .none,
              south: y != bottom && (x == left || x == right) ? weight : .none, west: x > left ? weight : .none,
              isRound: round && (x == left || x == right)), x: x, y: y, role: role, priority: priority)
        }
      } else {
        lines.add(.vertical(weight), x: left, y: y, role: role, priority: priority)
        lines.add(.vertical(weight), x: right, y: y, role: role, priority: priority)
      }
    }
  }

  /// Whether something on the way of a wire is not up.
  func isBroken(_ wire: Pieces.Wire) -> Bool {
    (link(wire.near).map { $0.state != .up } ?? false) || (link(wire.far).map { $0.state != .up } ?? false)
  }

  func draw(_ wire: Pieces.Wire, _ lines: inout LineLayer) {
    let broken = isBroken(wire)
    let role: Role = broken ? .fault : wire.isMultiHomed ? .multiHomedLine : .wire
    let priority = broken ? Priority.fault : wire.isMultiHomed ? Priority.multiHomed : Priority.normal
    stroke(wire.corners, .light, role: role, priority: priority, dashed: broken, &lines)
  }

  /// Draws a line through corners: at both ends it reaches into the cell, so that it joins the frame there.
  private func stroke(
    _ corners: [Point], _ weight: Weight, role: Role, priority: Int, dashed: Bool, _ lines: inout LineLayer
  ) {
    let (first, last) = (corners[0], corners[corners.count - 1])
    for (from, to) in zip(corners, corners.dropFirst()) {
      if from.y == to.y {
        guard isVisible(from.y) else { continue }
        let (left, right) = (min(from.x, to.x), max(from.x, to.x))
        for x in left...right {
          let here = Point(x: x, y: from.y)
          lines.add(
            Arms(
              east: x < right ? weight : .none, west: x > left ? weight : .none, isRound: true,
              isDashed: dashed && x > left && x < right), x: x, y: from.y, role: role,
            priority: here == first || here == last ? Priority.below : priority)
        }
      } else {
        let (top, bottom) = (min(from.y, to.y), max(from.y, to.y))
        for y in max(top, visible.minY)..<max(top, visible.minY, min(bottom + 1, visible.maxY)) {
          let here = Point(x: from.x, y: y)
          lines.add(
            Arms(
              north: y > top ? weight : .none, south: y < bottom ? weight : .none, isRound: true,
              isDashed: dashed && y > top && y < bottom), x: from.x, y: y, role: role,
            priority: here == first || here == last ? Priority.below : priority)
        }
      }
    }
  }
}
