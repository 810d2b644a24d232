public import Canvas
internal import Diagram
internal import Paths
internal import Topology

extension State {
  /// Draws the whole screen and returns where the real cursor is to be: on the selection, where screen readers look.
  @discardableResult
  public func draw(into canvas: inout CellCanvas) -> Point? {
    guard size.width >= 20, size.height >= 5 else {
      canvas.put("too small", x: 0, y: 0, role: .text)
      return nil
    }
    let screen = screen
    if screen.isPaneBeside || screen.pane.isEmpty { drawBody(screen, on: &canvas) }
    drawTitle(screen.title, on: &canvas)
    if !screen.banner.isEmpty { drawBanner(screen.banner, on: &canvas) }
    if !screen.pane.isEmpty { drawPane(screen, on: &canvas) }
    if !screen.ping.isEmpty { drawPing(screen.ping, on: &canvas) }
    drawFooter(screen.footer, on: &canvas)
    if mode == .help { drawHelp(on: &canvas) }
    return cursor(screen)
  }

  private func cursor(_ screen: Screen) -> Point? {
    guard mode != .help, shownPage != .explanation else { return nil }
    if let list = shownList { return cursor(on: list, screen) }
    if shownPage == .matrix { return matrix.flatMap { MatrixGrid($0, screen.diagram).cursor } }
    guard let selection, let frame = layout.frame(of: selection) else { return nil }
    let point = Point(x: screen.diagram.minX + frame.minX, y: screen.diagram.minY + frame.minY - scroll)
    return screen.diagram.contains(point) ? point : nil
  }

  private func drawBody(_ screen: Screen, on canvas: inout CellCanvas) {
    switch shownPage {
    case .diagram: drawDiagram(screen, on: &canvas)
    case .list(let list): drawList(list, screen.diagram, on: &canvas)
    case .matrix: drawMatrix(screen.diagram, on: &canvas)
    case .explanation: drawExplanation(screen.diagram, on: &canvas)
    }
  }

  // MARK: Title

  private func drawTitle(_ rect: Rect, on canvas: inout CellCanvas) {
    canvas.fill(rect, role: .bar)
    var right: [(String, Role)] = []
    if let frozenAt {
      right.append(("FROZEN since \(frozenAt.clock(utcOffset: utcOffset)) ", .fault))
    } else {
      right.append(("\(glyphs.up) live ", .up))
      // Where there is little room, what was asked for comes before the time.
      if size.width >= 100 || (sorting.isNatural && !isFiltering) {
        right.append(("\(snapshot.takenAt.clock(utcOffset: utcOffset)) ", .bar))
      }
    }
    let down = tally.troubled
    let counts = counts
    // Nobody should take it for a clock that stands.
    let taken = 13 + displayWidth(counts) + (right.reduce(0) { $0 + displayWidth($1.0) }) + (down > 0 ? 16 : 0)
    if right.count == 2, taken + 8 <= size.width { right.insert(("changed ", .bar), at: 1) }
    let rates = totals
    var middle: [(String, Role)] = []
    if down > 0 { middle.append((down == 1 ? "1 link down   " : "\(down) links down   ", .fault)) }
    let marks = marks(room: size.width - 13 - (middle + right).reduce(0) { $0 + displayWidth($1.0) })
    if size.width >= 100, marks.isEmpty || size.width >= 130 {
      middle.append(
        ("\(glyphs.upward) \(Units.rate(rates.tx)) \(glyphs.downward) \(Units.rate(rates.rx))   ", .bar))
    }
    var x = 1
    x += canvas.put("netns-top", x: x, y: 0, role: .barStrong) + 2
    let rightWidth = (middle + right).reduce(0) { $0 + displayWidth($1.0) }
    for (text, role) in marks { x += canvas.put(text, x: x, y: 0, role: role) }
    let host = fitted(snapshot.hostname, columns: 24, ellipsis: glyphs.ellipsis)
    if marks.isEmpty {
      // The counts say more than the name of the machine that one is on.
      if x + displayWidth(host) + 3 + displayWidth(counts) + 2 + rightWidth <= size.width {
        x += canvas.put(host, x: x, y: 0, role: .bar) + 3
      }
      let room = size.width - x - rightWidth - 1
      let text = fitted(counts, columns: max(0, room), ellipsis: glyphs.ellipsis)
      x += canvas.put(text, x: x, y: 0, role: .bar)
    }
    if let warning = titleWarning, size.width - x - rightWidth > 12 {
      canvas.put(
        "   ! " + fitted(warning, columns: size.width - x - rightWidth - 7, ellipsis: glyphs.ellipsis), x: x, y: 0,
        role: .warning)
    }
    x = size.width - rightWidth
    for (text, role) in middle + right { x += canvas.put(text, x: max(11, x), y: 0, role: role) }
    for x in 0..<size.width where canvas[x, 0].role != .bar && canvas[x, 0].role != .barStrong {
      barTint(x, on: &canvas)
    }
  }

  /// What makes the picture another one than usual: a filter with how many of how many it shows, a sort.
  private func marks(room: Int) -> [(String, Role)] {
    var marks: [(String, Role)] = []
    var room = room
    if shownList == .busiest {
      marks.append((" the busiest first ", .barStrong))
      room -= 19
    } else if !sorting.isNatural {
      let text = " by \(sorting.key.rawValue) \(sorting.isInverted ? glyphs.upward : glyphs.downward) "
      marks.append((text, .barStrong))
      room -= displayWidth(text)
    }
    if isFiltering {
      let count = filterCount
      let tail = " \(glyphs.dot) \(count.shown) of \(count.all) "
      let text = fitted("filter \(filterText)", columns: max(6, room - displayWidth(tail)), ellipsis: glyphs.ellipsis)
      marks.insert((text + tail, .barPing), at: 0)
    }
    return marks
  }

  /// Coloured words keep the bar's background.
  private func barTint(_ x: Int, on canvas: inout CellCanvas) {
    var cell = canvas[x, 0]
    cell.role =
      switch cell.role {
      case .up: .barUp
      case .fault: .barFault
      case .warning: .barWarning
      default: cell.role
      }
    canvas[x, 0] = cell
  }

  private var titleWarning: String? { snapshot.warnings.first { $0.source != "permissions" }?.text }

  /// `1 bridge · 2 netns · 2 veth`.
  private var counts: String {
    let dot = " \(glyphs.dot) "
    return
      "\(tally.bridges) bridge\(tally.bridges == 1 ? "" : "s")\(dot)\(tally.namespaces) netns\(dot)\(tally.pairs) veth"
  }

  /// What all ports of the host's bridges carry.
  private var totals: (rx: Double, tx: Double) {
    var sum = (rx: 0.0, tx: 0.0)
    for link in snapshot.namespaces[.host]?.links ?? [] where link.master != nil {
      guard let rates = traffic[link.id] else { continue }
      sum = (sum.rx + rates.rx, sum.tx + rates.tx)
    }
    return sum
  }

  private func drawBanner(_ rect: Rect, on canvas: inout CellCanvas) {
    canvas.put(
      fitted("! " + banner, columns: rect.size.width - 2, ellipsis: glyphs.ellipsis), x: 1, y: rect.minY, role: .warning
    )
  }

  // MARK: Help

  private func drawHelp(on canvas: inout CellCanvas) {
    let rows = KeyTable.bindings
    let perColumn = (rows.count + 1) / 2
    let width = min(size.width, 78)
    let height = min(size.height, perColumn + 4)
    let rect = Rect(x: (size.width - width) / 2, y: max(0, (size.height - height) / 2), width: width, height: height)
    // Clear of the lines behind it.
    canvas.fill(Rect(x: rect.minX - 1, y: rect.minY, width: width + 2, height: height), role: .text)
    var lines = LineLayer()
    lines.frame(rect, .light, role: .selection, round: true)
    lines.draw(
      on: &canvas, dx: 0, dy: 0, clip: Rect(x: 0, y: 0, width: size.width, height: size.height), glyphs: glyphs)
    canvas.put(" keys ", x: rect.minX + 2, y: rect.minY, role: .bridgeTitle)
    canvas.put(" any key closes ", endingAt: rect.maxX - 2, y: rect.maxY - 1, role: .dim)
    let columnWidth = (width - 4) / 2
    for (number, binding) in rows.enumerated() {
      let column = number / perColumn
      let y = rect.minY + 1 + number % perColumn + (height > perColumn + 3 ? 1 : 0)
      guard y < rect.maxY - 1 else { continue }
      let x = rect.minX + 2 + column * (columnWidth + 1)
      canvas.put(cap(binding), x: x, y: y, role: .strong)
      canvas.put(
        fitted(binding.help, columns: columnWidth - 7, ellipsis: glyphs.ellipsis), x: x + 6, y: y, role: .text)
    }
  }
}
