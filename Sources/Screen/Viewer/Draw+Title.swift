internal import Canvas
internal import Diagram
internal import Listing
internal import Topology

/// The first line: what is looked at, whether it is live, and what of it is in trouble.
extension State {
  func drawTitle(_ rect: Rect, on canvas: inout CellCanvas) {
    canvas.fill(rect, role: .bar)
    func width(_ words: [(String, Role)]) -> Int { words.reduce(0) { $0 + displayWidth($1.0) } }
    var right = liveness
    let troubled = world.tally.troubled
    // Nobody should take it for a clock that stands.
    let taken = 13 + displayWidth(counts) + width(right) + (troubled > 0 ? 16 : 0)
    if right.count == 2, taken + 8 <= size.width { right.insert(("changed ", .bar), at: 1) }
    if troubled > 0 { right.insert((troubleText + "   ", .fault), at: 0) }
    let marks = marks(room: size.width - 13 - width(right))
    if size.width >= 100, marks.isEmpty || size.width >= 130 {
      let rates = totals
      right.insert(
        ("\(glyphs.upward) \(Units.rate(rates.tx)) \(glyphs.downward) \(Units.rate(rates.rx))   ", .bar),
        at: troubled > 0 ? 1 : 0)
    }
    let rightWidth = width(right)
    var x = 1
    x += canvas.put("netns-top", x: x, y: 0, role: .barStrong) + 2
    for (text, role) in marks { x += canvas.put(text, x: x, y: 0, role: role) }
    if marks.isEmpty { x += drawCounts(x: x, room: size.width - x - rightWidth, on: &canvas) }
    if let warning = titleWarning, size.width - x - rightWidth > 12 {
      canvas.put(
        "   ! " + fitted(warning, columns: size.width - x - rightWidth - 7, ellipsis: glyphs.ellipsis), x: x, y: 0,
        role: .warning)
    }
    x = size.width - rightWidth
    for (text, role) in right { x += canvas.put(text, x: max(11, x), y: 0, role: role) }
    for x in 0..<size.width where canvas[x, 0].role != .bar && canvas[x, 0].role != .barStrong {
      barTint(x, on: &canvas)
    }
  }

  /// Whether the picture is live, and of when it is.
  private var liveness: [(String, Role)] {
    if let frozenAt = world.frozenAt {
      return [("FROZEN since \(frozenAt.clock(utcOffset: utcOffset)) ", .fault)]
    }
    let live = ("\(glyphs.up) live ", Role.up)
    // Where there is little room, what was asked for comes before the time.
    guard size.width >= 100 || (rows.sorting.isNatural && !isFiltering) else { return [live] }
    // That of the newest event, so that one leads to the other.
    let newest = changes.last?.at ?? snapshot.takenAt
    return [live, ("\(newest.clock(utcOffset: utcOffset)) ", .bar)]
  }

  /// The machine, where there is room, and how much there is of everything; returns the columns that they take.
  private func drawCounts(x start: Int, room: Int, on canvas: inout CellCanvas) -> Int {
    var x = start
    let host = fitted(snapshot.hostname, columns: 24, ellipsis: glyphs.ellipsis)
    // The counts say more than the name of the machine that one is on.
    if displayWidth(host) + 3 + displayWidth(counts) + 2 <= room {
      x += canvas.put(host, x: x, y: 0, role: .bar) + 3
    }
    let text = fitted(counts, columns: max(0, room - (x - start) - 1), ellipsis: glyphs.ellipsis)
    x += canvas.put(text, x: x, y: 0, role: .bar)
    return x - start
  }

  /// `1 link down`; where something is wrong with links that are up, `2 in trouble`.
  private var troubleText: String {
    let (troubled, down) = (world.tally.troubled, world.tally.down)
    if down < troubled { return "\(troubled) in trouble" }
    return down == 1 ? "1 link down" : "\(down) links down"
  }

  /// What makes the picture another one than usual: a filter with how many of how many it shows, a sort.
  private func marks(room: Int) -> [(String, Role)] {
    var marks: [(String, Role)] = []
    var room = room
    if shownList?.kind == .busiest {
      marks.append((" the busiest first ", .barStrong))
      room -= 19
    } else if !rows.sorting.isNatural {
      let text = " by \(rows.sorting.key.rawValue) \(rows.sorting.isInverted ? glyphs.upward : glyphs.downward) "
      marks.append((text, .barStrong))
      room -= displayWidth(text)
    }
    if isFiltering {
      let count = filterCount
      let tail = " \(glyphs.dot) \(count.shown) of \(count.all) "
      let text = fitted(
        "filter \(stack[FilterLine.self]?.text ?? "")", columns: max(6, room - displayWidth(tail)),
        ellipsis: glyphs.ellipsis)
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
      "\(world.tally.bridges) bridge\(world.tally.bridges == 1 ? "" : "s")\(dot)\(world.tally.namespaces) netns\(dot)\(world.tally.pairs) veth"
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
}
