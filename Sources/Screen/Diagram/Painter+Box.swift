internal import Canvas
internal import Labels
internal import Topology

extension Painter {
  func words(of box: Pieces.Box, on sheet: inout CellCanvas) {
    guard let namespace = snapshot.namespaces[box.namespace] else { return }
    let top = box.rect.minY - scroll
    let selected = isSelected(.namespace(box.namespace))
    let isSource = decor.source == .namespace(box.namespace)
    let worst = box.rows.compactMap { link($0.link)?.state }.max { $0.badness < $1.badness }
    var right = ""
    var rightRole = Role.dim
    if let remark = remark(on: namespace) {
      right = " \(remark) "
      rightRole = .warning
    } else if box.networks > 1 {
      right = " \(Say.Drawn.networks(box.networks)) "
      rightRole = .multiHomed
    } else if box.level.isCard, let worst {
      let (glyph, role) = stateGlyph(worst)
      right = " \(glyph) \(worst.word) "
      rightRole = role
    }
    let room = box.rect.size.width - displayWidth(right) - 6
    let name = fittedName(namespace.name, columns: max(4, room), ellipsis: glyphs.ellipsis)
    var x = box.rect.minX + 2
    let isNew = layout.joined.contains(box.namespace)
    x += sheet.put(
      " \(name) ", x: x, y: top,
      role: selected ? .selected : isSource ? .mark : isNew ? .joined : box.networks > 1 ? .multiHomed : .boxTitle,
      emphasis: box.networks > 1 && !selected ? .bold : [])
    if isNew { sheet.put("+ ", x: x, y: top, role: .up) }
    sheet.put(right, endingAt: box.rect.maxX - 2, y: top, role: rightRole)
    if box.rows.isEmpty {
      let words = namespace.permission == .none ? Say.Drawn.unreadable : Say.Drawn.noInterfaces
      sheet.put(words, x: box.rect.minX + 2, y: top + 1, role: .dim, limit: box.rect.size.width - 4)
    }
    for row in box.rows {
      guard let link = link(row.link) else { continue }
      if box.level.isCard {
        card(row, link, box, on: &sheet)
      } else {
        line(row, link, box, on: &sheet)
      }
    }
  }

  private func card(_ row: Pieces.Row, _ link: Link, _ box: Pieces.Box, on sheet: inout CellCanvas) {
    var left = box.rect.minX + 2
    let right = box.rect.maxX - 2
    let y = row.y - scroll
    let selected = isSelected(.link(link.id))
    if row.indent > 0 {
      left += row.indent + 2
      let (glyph, role) = stateGlyph(link.state)
      sheet.place(Cell(glyph, role: link.state == .up ? role : .fault), x: left - 2, y: y)
    }
    var words = row.hasWords ? snapshot.rowWords(of: link) : []
    var x =
      left
      + sheet.put(
        selected ? " \(link.name) " : link.name, x: selected ? left - 1 : left, y: y,
        role: selected ? .selected : isOnTrail(link.id) ? .ping : link.state == .up ? .strong : .fault,
        limit: right - left) - (selected ? 1 : 0)
    x += 2
    let address = link.primaryAddress?.text ?? fitting(words, right - x) ?? link.kind
    if link.primaryAddress == nil { words = [] }
    x += sheet.put(
      fitted(address, columns: max(0, right - x), ellipsis: glyphs.ellipsis), x: x, y: y,
      role: link.primaryAddress == nil ? .dim : .text)
    let mtu = "mtu \(link.mtu)"
    if x + 2 + displayWidth(mtu) <= right { sheet.put(mtu, endingAt: right, y: y, role: .dim) }
    traffic(of: link, words, left, right, y, box.level, on: &sheet)
  }

  /// A card's rows below the name: what goes over the interface, and what kind it is.
  private func traffic(
    of link: Link, _ words: [String], _ left: Int, _ right: Int, _ y: Int, _ level: Level, on sheet: inout CellCanvas
  ) {
    let rates = self.rates(of: link.id)
    var x = right
    if link.state == .up, isMeasured {
      let text =
        "\(glyphs.upward) \(Units.rate(rates?.tx ?? 0))  \(glyphs.downward) \(Units.rate(rates?.rx ?? 0))"
      x = left + sheet.put(text, x: left, y: y + 1, role: .text, limit: right - left) + 2
      x += self.words(words, x, right, y + 1, on: &sheet)
    } else {
      let state = link.state == .up ? "" : brokenWord(of: link)
      sheet.put(state, x: left, y: y + 1, role: .fault, limit: right - left)
      self.words(words, state.isEmpty ? left : left + displayWidth(state) + 2, right, y + 1, on: &sheet)
    }
    guard isMeasured else { return }
    // Without a row of its own the graph stands behind the rates.
    let isBrief = level == .briefCards
    let columns = isBrief ? min(14, right - x) : min(Traffic.capacity, right - left)
    if isBrief, columns < 4 { return }
    sheet.put(
      glyphs.sparkline(rates?.history ?? [], columns: columns), endingAt: right, y: y + (isBrief ? 1 : 2),
      role: sparkRole(rates))
  }

  private func line(_ row: Pieces.Row, _ link: Link, _ box: Pieces.Box, on sheet: inout CellCanvas) {
    let left = box.rect.minX + 2 + row.indent
    let right = box.rect.maxX - 1
    let y = row.wireY - scroll
    let selected = isSelected(.link(link.id))
    let (glyph, glyphRole) = stateGlyph(link.state)
    let isUp = link.state == .up
    let words = row.hasWords ? snapshot.rowWords(of: link) : []
    sheet.put("\(glyph)", x: left, y: y, role: isUp ? glyphRole : .fault)
    let name = fittedName(link.name, columns: max(4, (right - left) / 2 - 2), ellipsis: glyphs.ellipsis)
    var x = left + 2
    x +=
      sheet.put(
        name, x: x, y: y,
        role: selected ? .selected : isOnTrail(link.id) ? .ping : isUp ? .strong : .fault) + 1
    let rates = self.rates(of: link.id)
    let spark = glyphs.sparkline(rates?.history ?? [], columns: 6)
    let rate = isUp ? Units.shortRate((rates?.rx ?? 0) + (rates?.tx ?? 0)) : ""
    let padded = String(repeating: " ", count: max(1, 8 - displayWidth(rate))) + rate
    let figures =
      isUp && !isMeasured
      ? "" : isUp ? "\(glyphs.upward)+\(glyphs.downward)\(padded) " : brokenWord(of: link) + " "
    let address = address(of: link, words, right - x)
    var end = x + displayWidth(address) + 1
    // What it is comes before what goes over it.
    let wordsX = address.isEmpty ? x : end
    if let text = fitting(words, right - displayWidth(figures) - 1 - wordsX) ?? fitting(words, right - wordsX) {
      end = wordsX + sheet.put(text, x: wordsX, y: y, role: .dim) + 1
    }
    let figuresX = right - 6 - displayWidth(figures)
    if figuresX >= end {
      if isMeasured { sheet.put(spark, endingAt: right, y: y, role: sparkRole(rates)) }
      sheet.put(figures, x: figuresX, y: y, role: isUp ? .dim : .fault)
    } else if right - displayWidth(figures) >= end {
      sheet.put(figures, endingAt: right, y: y, role: isUp ? .dim : .fault)
    }
    sheet.put(
      fitted(address, columns: max(0, right - 1 - x), ellipsis: glyphs.ellipsis), x: x, y: y,
      role: isUp ? .text : .dim)
  }

  private func brokenWord(of link: Link) -> String { link.state == .down ? Say.Drawn.linkDown : link.state.word }

  /// Below that nobody is busy.
  private static let calm = 10_000.0

  /// How hot: by the busiest of all.
  func sparkRole(_ rates: Rates?) -> Role {
    let rate = (rates?.rx ?? 0) + (rates?.tx ?? 0)
    if rate < 1 { return .dim }
    if busiest < Self.calm || rate < 0.2 * busiest { return .sparkLow }
    return rate < 0.6 * busiest ? .sparkMedium : .sparkHigh
  }
}
