internal import Canvas
internal import Labels
internal import Topology

extension Painter {
  /// The teeth of a rail that can be seen, in order, and what they say.
  func marked(_ rail: Pieces.Rail) -> [(tooth: Pieces.Tooth, mark: Mark)] {
    let teeth = layout.placement.teeth[rail.teeth]
    guard let first = teeth.firstIndex(where: { $0.y >= visible.minY }) else { return [] }
    return teeth[first...].prefix { $0.y <= visible.maxY }.map { ($0, mark(of: $0)) }
  }

  // MARK: Lines

  /// The look of a rail's lines.
  private func line(of rail: Pieces.Rail) -> (weight: Weight, role: Role, priority: Int) {
    let link = link(rail.link)
    let isBridge = link?.isBridge ?? false
    let weight = isBridge ? Weight.heavy : .light
    if isSelected(element(of: rail)) { return (weight, .selection, Priority.selected) }
    if link?.state == .down { return (weight, .fault, Priority.normal) }
    return (weight, isBridge ? .bridge : link == nil ? .box : .uplink, Priority.normal)
  }

  private func element(of rail: Pieces.Rail) -> Element {
    switch rail.band {
    case .bus(let ref): .link(ref)
    case .direct(let id): .namespace(id)
    case .lonely: .namespace(.host)
    }
  }

  func lines(of rail: Pieces.Rail, _ teeth: [(tooth: Pieces.Tooth, mark: Mark)], _ lines: inout LineLayer) {
    guard rail.band != .lonely else { return }
    let (weight, role, priority) = line(of: rail)
    let grid = rail.grid
    let taken = layout.placement.teeth[rail.teeth].last { $0.element != nil }
    if isVisible(rail.y) {
      let end = min(grid.width - 2, grid.titleEnd - 1)
      let isLow = taken.map { $0.y > rail.y } ?? false
      for x in grid.busX...end {
        let isFirst = x == grid.busX
        lines.add(
          Arms(
            east: x < end ? weight : .none, south: isFirst && isLow ? weight : .none,
            west: isFirst ? .none : weight, isRound: isFirst), x: x, y: rail.y, role: role, priority: priority)
      }
    }
    guard let taken else { return }
    // The bus runs down to the last comb, or along all dots.
    let bottom = grid.level.hasComb ? taken.y - 1 : taken.y
    for y in max(rail.y + 1, visible.minY)..<max(rail.y + 1, visible.minY, min(bottom + 1, visible.maxY)) {
      lines.add(
        Arms(north: weight, south: y < bottom ? weight : .none, isRound: true), x: grid.busX, y: y, role: role,
        priority: priority)
    }
    if grid.level.isNamed, !grid.level.hasComb {
      for (tooth, _) in teeth where tooth.x == grid.firstX && tooth.y > rail.y {
        lines.add(Arms(east: weight), x: grid.busX, y: tooth.y, role: role, priority: priority)
      }
    }
    if grid.level.hasComb { combs(teeth, weight, role, priority, &lines) }
  }

  private func combs(
    _ teeth: [(tooth: Pieces.Tooth, mark: Mark)], _ weight: Weight, _ role: Role, _ priority: Int,
    _ lines: inout LineLayer
  ) {
    let busX = Grid.busX
    var next = busX
    var y = Int.min
    for (tooth, mark) in teeth where tooth.element != nil {
      if tooth.y != y {
        y = tooth.y
        next = busX
      }
      for x in next..<tooth.x {
        lines.add(
          Arms(east: weight, west: x == busX ? .none : weight), x: x, y: y - 1, role: role, priority: priority)
      }
      lines.add(
        Arms(south: .light, west: weight, isRound: true), x: tooth.x, y: y - 1, role: mark.isFault ? .fault : role,
        priority: mark.isFault ? Priority.fault : priority)
      next = tooth.x
    }
  }

  // MARK: Words

  func words(of rail: Pieces.Rail, _ teeth: [(tooth: Pieces.Tooth, mark: Mark)], on sheet: inout CellCanvas) {
    for (tooth, mark) in teeth { words(of: tooth, mark, rail.grid, on: &sheet) }
    if isVisible(rail.y) {
      title(of: rail, at: rail.y - scroll, on: &sheet)
    } else if rail.y < visible.minY, rail.y + rail.height > visible.minY + 1 {
      pin(rail, on: &sheet)
    }
  }

  private func words(of tooth: Pieces.Tooth, _ mark: Mark, _ grid: Grid, on sheet: inout CellCanvas) {
    var mark = mark
    let y = tooth.y - scroll
    let selected = tooth.element.map { isSelected($0) } ?? false
    let isSource = tooth.element != nil && decor.source == tooth.element
    var role: Role? = selected ? .selected : isSource ? .mark : nil
    if role == nil, decor.trail != nil, isOnTrail(tooth.near) || isOnTrail(tooth.far) { role = .ping }
    mark.role = role ?? mark.role
    // Reversed, a full block would be a hole: half of the cell at least shows that it is selected.
    if selected, let level = mark.level, level > 4 { mark.glyph = glyphs.bar(4) }
    sheet.place(Cell(mark.glyph, role: mark.role), x: tooth.x, y: y)
    if glyphs == .ascii, tooth.hasComb, tooth.element != nil {
      // Where a heavy line meets a light one ASCII has but the heavy corner: between teeth that would be all one sees.
      let above = sheet[tooth.x, y - 1]
      if y > 0 { sheet.place(Cell("+", role: above.role), x: tooth.x, y: y - 1) }
    }
    if selected, tooth.hasComb {
      sheet.place(Cell("[", role: .selection), x: tooth.x - 1, y: y)
      sheet.place(Cell("]", role: .selection), x: tooth.x + 1, y: y)
    }
    guard tooth.isNamed else { return }
    let name = fittedName(name(of: tooth), columns: grid.nameRoom, ellipsis: glyphs.ellipsis)
    let plain: Role =
      switch mark.role {
      case .fault, .gone, .joined, .multiHomed: mark.role
      default: .text
      }
    let used = sheet.put(name, x: tooth.x + 2, y: y, role: role ?? plain)
    guard grid.level.hasAddress else { return }
    guard let link = link(tooth.far) ?? link(tooth.near) else { return }
    let notes = link.primaryAddress == nil && tooth.far == nil ? snapshot.notes(on: link) : []
    var words = link.primaryAddress?.local.description ?? fitting(notes, grid.nameRoom - used - 1) ?? ""
    if case .namespace(let id) = tooth.element, let space = snapshot.namespaces[id] {
      words = remark(on: space) ?? words
    }
    if used + 1 + displayWidth(words) <= grid.nameRoom {
      sheet.put(words, endingAt: tooth.x + 2 + grid.nameRoom, y: y, role: .dim)
    }
  }

  func name(of tooth: Pieces.Tooth) -> String {
    if let name = tooth.name { return name }
    switch tooth.element {
    case .namespace(let id): return snapshot.namespaces[id]?.name ?? ""
    case .link(let ref):
      if let far = tooth.far { return snapshot.namespaces[far.namespace]?.name ?? "" }
      return link(ref)?.name ?? ""
    case nil: return ""
    }
  }

  // MARK: Title

  /// While its ports scroll, the title stays in sight, over the first row of them.
  private func pin(_ rail: Pieces.Rail, on sheet: inout CellCanvas) {
    let (weight, role, _) = line(of: rail)
    let end = rail.grid.width - 2
    for x in rail.grid.busX...end {
      let arms =
        x == rail.grid.busX
        ? Arms(north: weight, east: weight, south: weight) : Arms(east: x < end ? weight : .none, west: weight)
      sheet.place(Cell(arms.glyph(glyphs), role: role), x: x, y: 0)
    }
    title(of: rail, at: 0, on: &sheet)
  }

  private func title(of rail: Pieces.Rail, at y: Int, on sheet: inout CellCanvas) {
    let grid = rail.grid
    let left = grid.busX + 2
    let end = min(grid.width - 4, grid.titleEnd - 1, grid.width >= 110 ? 100 : 78)
    let isInline = grid.level == .inlineCells
    let hasRates = end >= 56 && !isInline
    let count = isInline ? "" : countText(rail)
    let countEnd = hasRates ? end - 20 : end
    let countStart = count.isEmpty ? countEnd : countEnd - displayWidth(count) - 2
    switch rail.band {
    case .bus: busTitle(rail, x: left, end: max(left + 14, countStart), y: y, on: &sheet)
    case .direct(let id):
      let name = id == .host ? Say.Drawn.host : snapshot.namespaces[id]?.name ?? ""
      let shown = " \(fitted(name, columns: max(4, countStart - left - 14), ellipsis: glyphs.ellipsis)) "
      let used = sheet.put(shown, x: left, y: y, role: isSelected(element(of: rail)) ? .selected : .boxTitle)
      sheet.put(" \(Say.Drawn.noBridge) ", x: left + used, y: y, role: .dim, limit: countStart - left - used)
    case .lonely:
      for x in grid.busX..<min(grid.width - 1, grid.titleEnd) {
        sheet.place(Cell(glyphs.seam, role: .guide), x: x, y: y)
      }
      let words = " \(Say.Drawn.nothingLeads) "
      sheet.put(words, x: left - 1, y: y, role: .dim, limit: grid.titleEnd - left)
    }
    if countStart >= left + 14, !count.isEmpty { sheet.put(" \(count) ", endingAt: countEnd, y: y, role: .dim) }
    guard hasRates, isMeasured, rail.band != .lonely else { return }
    let (rx, tx) = rates(of: rail)
    sheet.put(
      " \(glyphs.upward)\(Units.short(tx)) \(glyphs.downward)\(Units.short(rx)) B/s ", endingAt: end, y: y,
      role: .rxRate)
  }

  private func busTitle(_ rail: Pieces.Rail, x left: Int, end: Int, y: Int, on sheet: inout CellCanvas) {
    guard let link = link(rail.link) else { return }
    let selected = isSelected(.link(link.id))
    let (glyph, role) = stateGlyph(link.state)
    // Where names stand behind it, the title has the room of the word.
    let word = rail.grid.level == .inlineCells ? "" : "\(link.state.word) "
    let state = " \(glyph) \(word)"
    let room = max(4, end - left - displayWidth(state) - 2)
    let name = " \(fittedName(link.title, columns: room, ellipsis: glyphs.ellipsis)) "
    var x = left
    x += sheet.put(name, x: x, y: y, role: selected ? .selected : link.isBridge ? .bridgeTitle : .uplink)
    x += sheet.put(state, x: x, y: y, role: role, limit: end - x)
    let address = link.primaryAddress.map { " \($0.text) " } ?? ""
    for (text, role) in [(address, Role.text), (link.title == link.name ? "" : " \(link.name) ", .dim)]
    where !text.isEmpty && x + 1 + displayWidth(text) < end {
      x += 1
      x += sheet.put(text, x: x, y: y, role: role)
    }
  }

  /// `312/1023 ports`, `2 members`, `12 pairs`: what hangs on it.
  private func countText(_ rail: Pieces.Rail) -> String {
    switch rail.band {
    case .bus:
      guard let link = link(rail.link) else { return "" }
      if link.isBridge {
        let ports = Say.Drawn.ports("\(rail.ports.count)/1023")
        return rail.isFolded ? Say.Drawn.folded(with: ports) : ports
      }
      if rail.isFolded { return Say.Drawn.folded }
      if rail.count == 0 { return link.detail }
      return link.kind == "bond" ? Say.Drawn.members(rail.count) : Say.Drawn.children(rail.count)
    case .direct:
      let (pairs, children) = ends(of: rail)
      if children == 0 { return Say.Drawn.pairs(pairs) }
      return pairs == 0 ? Say.Drawn.children(children) : Say.Drawn.pairs(pairs, children: children)
    case .lonely: return Say.Drawn.namespaces(rail.count)
    }
  }

  /// The cables that end there, one with both its ends there as one; and the links that lie on those.
  private func ends(of rail: Pieces.Rail) -> (pairs: Int, children: Int) {
    let teeth = layout.placement.teeth[rail.teeth].filter { $0.element != nil }
    let ends = Set(teeth.compactMap(\.near))
    let inner = ends.count { ref in link(ref)?.peerLink.map { ends.contains($0) } ?? false }
    let children = teeth.count { tooth in link(tooth.near ?? tooth.far).map { !$0.isPair } ?? false }
    return (rail.count - children - inner / 2, children)
  }

  private func rates(of rail: Pieces.Rail) -> (rx: Double, tx: Double) {
    var sum = (rx: 0.0, tx: 0.0)
    func add(_ ref: LinkRef) {
      guard let rates = self.rates(of: ref) else { return }
      sum = (sum.rx + rates.rx, sum.tx + rates.tx)
    }
    if let link = link(rail.link) {
      if link.isBridge { for ref in rail.ports { add(ref) } } else { add(link.id) }
    } else {
      for tooth in layout.placement.teeth[rail.teeth] { if let near = tooth.near { add(near) } }
    }
    return sum
  }
}
