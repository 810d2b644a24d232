internal import Canvas
internal import Labels
internal import Topology

/// An interface in one row: `┤ ● web  eth0  10.1.2.2   ▲+▼ 1.2KB/s ▂▃▅▂`.
extension Painter {
  /// Where a wire ends: before the namespace's name.
  func end(of line: Pieces.Line, _ lines: inout LineLayer) {
    let link = link(line.link)
    let isFault = link.map { $0.state != .up } ?? false
    lines.add(
      Arms(north: .light, south: .light, west: .light), x: layout.metrics.boxX, y: line.y,
      role: isFault ? .fault : line.networks > 1 ? .multiHomedLine : .wire,
      priority: isFault ? Priority.fault : Priority.normal)
  }

  func words(of line: Pieces.Line, on sheet: inout CellCanvas) {
    guard let namespace = snapshot.namespaces[line.namespace] else { return }
    let metrics = layout.metrics
    let y = line.y - scroll
    let right = metrics.boxX + metrics.boxWidth
    let link = link(line.link)
    if let link {
      let (glyph, role) = stateGlyph(link.state)
      sheet.place(Cell(glyph, role: link.state == .up ? role : .fault), x: metrics.boxX + 2 + line.indent, y: y)
    }
    var x = metrics.linkX
    if line.isFirst { x = max(x, name(of: namespace, line, link, right, y, on: &sheet) + 1) }
    guard let link else {
      let words = namespace.permission == .none ? Say.Drawn.unreadable : Say.Drawn.noInterfaces
      sheet.put(words, x: metrics.linkX, y: y, role: .dim, limit: max(0, right - metrics.linkX))
      return
    }
    let words = line.hasWords ? snapshot.rowWords(of: link) : []
    let address = address(of: link, words, right - metrics.nameX - line.indent - displayWidth(link.name) - 1)
    var width = metrics.linkWidth
    if line.indent > 0, !line.isFirst {
      // One that is set in has the columns of the name, too, for its shortest word at least.
      let tail = displayWidth(address) + 1 + (words.last.map { displayWidth($0) + 1 } ?? 0)
      width = max(width, min(displayWidth(link.name), metrics.linkX + width - metrics.nameX - line.indent))
      x = max(
        metrics.nameX + line.indent, min(x + metrics.linkWidth - width, right - width - tail))
    }
    interface(link, address, x, right, y, width, remark(on: namespace), words, on: &sheet)
  }

  /// Returns the column behind the name.
  private func name(
    of namespace: Namespace, _ line: Pieces.Line, _ link: Link?, _ right: Int, _ y: Int, on sheet: inout CellCanvas
  ) -> Int {
    let isNew = layout.joined.contains(namespace.id)
    let isFault = link.map { $0.state != .up } ?? false
    var role: Role = isNew ? .joined : line.networks > 1 ? .multiHomed : isFault ? .fault : .strong
    if let ref = line.link, isOnTrail(ref) { role = .ping }
    if decor.source == .namespace(namespace.id) { role = .mark }
    if isSelected(.namespace(namespace.id)) { role = .selected }
    let metrics = layout.metrics
    if isNew { sheet.place(Cell("+", role: .joined), x: metrics.boxX + 3, y: y) }
    // Where its interfaces have a place of their own, it keeps to its columns.
    let isWhole = line.link.map { layout.frame(of: .link($0)) == nil } ?? true
    let room = isWhole ? max(metrics.nameWidth, min(Gauge.nameLimit, right - metrics.nameX)) : metrics.nameWidth
    let name = fittedName(namespace.name, columns: room, ellipsis: glyphs.ellipsis)
    return metrics.nameX + sheet.put(name, x: metrics.nameX, y: y, role: role)
  }

  /// The interface, its address, and what goes over it as far as there is room: the address stays longest.
  private func interface(
    _ link: Link, _ address: String, _ left: Int, _ right: Int, _ y: Int, _ linkWidth: Int, _ remark: String?,
    _ words: [String],
    on sheet: inout CellCanvas
  ) {
    let isUp = link.state == .up
    let role: Role =
      isSelected(.link(link.id)) ? .selected : isOnTrail(link.id) ? .ping : isUp ? .text : .fault
    var x = left
    let width = displayWidth(address)
    // An address is there whole or not at all; the interface's name gives way to it.
    if address.isEmpty || x + linkWidth + 1 + width <= right || x + width > right {
      let name = fittedName(link.name, columns: min(linkWidth, right - x), ellipsis: glyphs.ellipsis)
      sheet.put(name, x: x, y: y, role: role)
      x += linkWidth + 1
    }
    if x + width <= right { x += sheet.put(address, x: x, y: y, role: isUp ? .text : .dim) }
    x += 1
    guard isUp, remark == nil else {
      let state = isUp ? remark ?? "" : link.state.word
      if x + displayWidth(state) <= right { sheet.put(state, endingAt: right, y: y, role: isUp ? .warning : .fault) }
      self.words(words, x, right - displayWidth(state) - 1, y, on: &sheet)
      return
    }
    guard isMeasured else {
      self.words(words, x, right, y, on: &sheet)
      return
    }
    let rates = self.rates(of: link.id)
    let rate = Units.shortRate((rates?.rx ?? 0) + (rates?.tx ?? 0))
    let figures =
      "\(glyphs.upward)+\(glyphs.downward)" + String(repeating: " ", count: max(1, 8 - displayWidth(rate))) + rate
    let graph = 6
    // What it is comes before what goes over it.
    let room = right - displayWidth(figures) - 1
    x += self.words(words, x, fitting(words, room - x) == nil ? right : room, y, on: &sheet)
    if x + displayWidth(figures) + 1 + graph <= right {
      sheet.put(glyphs.sparkline(rates?.history ?? [], columns: graph), endingAt: right, y: y, role: sparkRole(rates))
      sheet.put(figures, endingAt: right - graph - 1, y: y, role: .dim)
    } else if x + displayWidth(figures) <= right {
      sheet.put(figures, endingAt: right, y: y, role: .dim)
    }
  }

  /// The address that a row shows: one that the interface gave to itself (fe80::/64) is left out where the row has no room
  /// for it beside what the interface is, and on which other.
  func address(of link: Link, _ words: [String], _ room: Int) -> String {
    guard let address = link.primaryAddress?.local else { return "" }
    let text = address.description
    let isOwn = address.isIPv6 && address.isLinkLocal
    let isTight = words.first.map { displayWidth($0) > room - displayWidth(text) - 1 } ?? false
    return isOwn && isTight ? "" : text
  }

  /// The longest of several words that fits before a column; returns the columns that it took, a blank behind it included.
  @discardableResult
  func words(_ words: [String], _ x: Int, _ end: Int, _ y: Int, on sheet: inout CellCanvas) -> Int {
    guard let text = fitting(words, end - x) else { return 0 }
    return sheet.put(text, x: x, y: y, role: .dim) + 1
  }
}
