internal import Canvas
internal import Topology

extension Painter {
  func stateGlyph(_ state: LinkState) -> (Unicode.Scalar, Role) {
    switch state {
    case .up: (glyphs.up, .up)
    case .noCarrier: (glyphs.noCarrier, .noCarrier)
    case .down: (glyphs.down, .fault)
    }
  }

  /// Whether a lit path passes a link.
  func isOnTrail(_ ref: LinkRef?) -> Bool {
    guard let ref, let hops = decor.trail?.hops else { return false }
    return hops.contains(ref)
  }

  func words(of group: Pieces.Group, on sheet: inout Canvas) {
    let name = snapshot.namespaces[group.namespace]?.name ?? ""
    let selected = isSelected(.namespace(group.namespace))
    let y = group.y - scroll
    let used = sheet.put("in ", x: layout.metrics.busX, y: y, role: .dim)
    sheet.put(
      selected ? " \(name) " : name, x: layout.metrics.busX + used, y: y, role: selected ? .selected : .boxTitle,
      limit: layout.metrics.borderX - layout.metrics.busX - used)
  }

  func words(of ghost: Pieces.Ghost, on sheet: inout Canvas) {
    let y = ghost.rect.minY - scroll
    let dash: Unicode.Scalar = glyphs == .unicode ? "╌" : "."
    for x in ghost.rect.minX..<ghost.rect.maxX { sheet.place(Cell(dash, role: .gone), x: x, y: y) }
    let name = fitted(ghost.name, columns: ghost.rect.size.width - 10, ellipsis: glyphs.ellipsis)
    sheet.put(" \(name) gone ", x: ghost.rect.minX + 2, y: y, role: .gone)
  }

  // MARK: Bus

  func words(of bus: Pieces.Bus, on sheet: inout Canvas) {
    let top = bus.rect.minY - scroll
    let inner = bus.rect.size.width - 4
    let left = bus.rect.minX + 2
    guard let link = link(bus.link) else {
      let name = bus.namespace == .host ? "host" : snapshot.namespaces[bus.namespace]?.name ?? ""
      sheet.put(
        " \(fitted(name, columns: inner - 2, ellipsis: glyphs.ellipsis)) ", x: left, y: top,
        role: isSelected(.namespace(bus.namespace)) ? .selected : .boxTitle)
      if bus.rect.size.height > 2 { sheet.put("no bridge", x: left, y: top + 1, role: .dim, limit: inner) }
      return
    }
    let selected = isSelected(.link(link.id))
    let (glyph, role) = stateGlyph(link.state)
    let word = link.state == .noCarrier && inner < 24 ? "idle" : link.state.word
    let state = "\(glyph) \(word) "
    let room = bus.rect.size.width - 6 - displayWidth(state)
    let title = fitted(link.title, columns: max(4, room), ellipsis: glyphs.ellipsis)
    sheet.put(
      " \(title) ", x: left, y: top,
      role: selected ? .selected : link.isBridge ? .bridgeTitle : .uplink, limit: bus.rect.size.width - 3)
    let spare = bus.rect.size.width - 6 - displayWidth(title) - displayWidth(state)
    if spare >= 0 {
      sheet.put((spare > 0 ? " " : "") + state, endingAt: bus.rect.maxX - 2, y: top, role: role)
    }
    let lines = bus.isFolded ? [[(" folded", Role.dim)]] : lines(of: bus, link, inner)
    for (number, line) in lines.prefix(max(0, bus.rect.size.height - 2)).enumerated() {
      var x = left
      for (text, role) in line {
        let text = fitted(text, columns: left + inner - x, ellipsis: glyphs.ellipsis)
        x += sheet.put(text, x: x, y: top + 1 + number, role: role)
      }
    }
  }

  private typealias Line = [(String, Role)]

  /// What is worth saying of a bus, as much as it has rows for, the most important first to stay.
  private func lines(of bus: Pieces.Bus, _ link: Link, _ inner: Int) -> [Line] {
    let rows = bus.rect.size.height - 2
    let address: Line = [(link.primaryAddress?.text ?? "no address", link.primaryAddress == nil ? .dim : .text)]
    let (rx, tx, history) = total(bus, link)
    let spark: Line = [(glyphs.sparkline(history, columns: inner), .bridge)]
    let up = "\(glyphs.upward)"
    let down = "\(glyphs.downward)"
    let ports: Line = justified("ports", "\(bus.ports.count)/1023", inner, link.isBridge ? .text : .dim)
    let both: Line = [(up + Units.short(tx) + " " + down + Units.short(rx) + "/s", .rxRate)]
    if !link.isBridge { return [address, both, [(kindLine(link), .dim)], spark] }
    if rows >= 10, layout.metrics.zoom == .card {
      let name: Line = link.title == link.name ? [] : [(link.name, .dim)]
      let head = link.title == link.name ? justified("bridge", "mtu \(link.mtu)", inner, .dim) : name
      return [
        head, address, inner < 17 ? [] : [(link.hardwareAddressText, .dim)], [], ports,
        justified("stp", link.bridge?.stp == true ? "on" : "off", inner, .dim), [],
        [(up + " " + Units.rate(tx), .txRate)], [(down + " " + Units.rate(rx), .rxRate)], spark,
      ]
    }
    var lines = [address, justified("ports", "\(bus.ports.count)/1023", inner, .dim), both, spark]
    if rows >= 5, link.title != link.name { lines.insert([(link.name, .dim)], at: 1) }
    return lines
  }

  private func kindLine(_ link: Link) -> String {
    let detail = link.detail.isEmpty ? (link.kind.isEmpty ? "mtu \(link.mtu)" : link.kind) : link.detail
    return detail
  }

  private func justified(_ left: String, _ right: String, _ width: Int, _ role: Role) -> Line {
    let gap = max(1, width - displayWidth(left) - displayWidth(right))
    return [(left + String(repeating: " ", count: gap) + right, role)]
  }

  /// The traffic of a bus: what its ports receive and send; an uplink's own where nothing hangs on it.
  private func total(_ bus: Pieces.Bus, _ link: Link) -> (rx: Double, tx: Double, history: [Float]) {
    let sources = link.isBridge ? bus.ports : [link.id]
    var rx = 0.0
    var tx = 0.0
    var history: [Float] = []
    for ref in sources {
      guard let rates = decor.traffic[ref] else { continue }
      rx += rates.rx
      tx += rates.tx
      if history.count < rates.history.count {
        history.insert(contentsOf: repeatElement(0, count: rates.history.count - history.count), at: 0)
      }
      for (back, value) in rates.history.reversed().enumerated() { history[history.count - 1 - back] += value }
    }
    return (rx, tx, history)
  }

  // MARK: Label

  func words(of label: Pieces.Label, on sheet: inout Canvas) {
    guard let link = link(label.link) else { return }
    let selected = isSelected(.link(link.id))
    let (glyph, glyphRole) = stateGlyph(link.state)
    let role: Role =
      selected
      ? .selected
      : isOnTrail(link.id)
        ? .ping : link.state != .up ? .fault : label.isMultiHomed ? .multiHomed : .text
    let y = label.y - scroll
    let room = layout.metrics.labelRoom
    let isCard = layout.metrics.zoom == .card && label.note == nil && !label.isMultiHomed
    if isCard {
      let name = fitted(link.name, columns: room - 1, ellipsis: glyphs.ellipsis)
      sheet.put(selected ? " \(name) " : name, x: label.x - (selected ? 1 : 0), y: y - 1, role: role)
      let state =
        link.state == .up ? link.port?.state.shortName ?? link.primaryAddress?.text ?? "up" : link.state.word
      let healthy = link.state == .up && (link.port.map { $0.state == .forwarding } ?? true)
      let used = sheet.put("\(glyph)", x: label.x, y: y + 1, role: healthy ? .dim : glyphRole)
      sheet.put(" \(state)", x: label.x + used, y: y + 1, role: healthy ? .dim : .fault, limit: room - 2)
      return
    }
    sheet.put("\(glyph)", x: label.x - 1, y: y, role: glyphRole)
    let name = fitted(link.name, columns: room - 2, ellipsis: glyphs.ellipsis)
    var x = label.x + sheet.put(" \(name) ", x: label.x, y: y, role: role)
    if let note = label.note, x < layout.metrics.borderX - 2 {
      let tail = " \(note)"
      // What is known of where it leads may run over the border: there is nothing else in that row.
      x += sheet.put(
        fitted(tail, columns: layout.metrics.width - x - 2, ellipsis: glyphs.ellipsis), x: x, y: y,
        role: { if case .unknown = link.peer { .warning } else { .dim } }())
    }
  }

  /// The cross in the middle of a broken wire.
  func cross(_ wire: Pieces.Wire, on sheet: inout Canvas) {
    guard isBroken(wire), wire.far != nil, let end = wire.corners.last else { return }
    let metrics = layout.metrics
    let name = displayWidth(link(wire.near)?.name ?? "")
    let start = metrics.zoom == .card ? metrics.busX + metrics.busWidth : metrics.labelX + name + 2
    let x = (start + end.x) / 2
    if metrics.lanes == 0 {
      sheet.put(" \(glyphs.down) ", x: x - 1, y: end.y - scroll, role: .fault)
    } else {
      // Lanes stand in every other column: the cross goes between two of them, without blanks.
      let free = (metrics.borderX - x).isMultiple(of: 2) ? x + 1 : x
      sheet.put("\(glyphs.down)", x: free, y: end.y - scroll, role: .fault)
    }
  }

  // MARK: Box

  func words(of box: Pieces.Box, on sheet: inout Canvas) {
    guard let namespace = snapshot.namespaces[box.namespace] else { return }
    let top = box.rect.minY - scroll
    let selected = isSelected(.namespace(box.namespace))
    let isSource = decor.source == .namespace(box.namespace)
    let worst = box.rows.compactMap { link($0.link)?.state }.max { Painter.badness($0) < Painter.badness($1) }
    var right = ""
    var rightRole = Role.dim
    if isMultiHomed(box) {
      right = " \(box.rows.count) networks "
      rightRole = .multiHomed
    } else if layout.metrics.zoom == .card, let worst {
      let (glyph, role) = stateGlyph(worst)
      right = " \(glyph) \(worst.word) "
      rightRole = role
    }
    let room = box.rect.size.width - displayWidth(right) - 8
    let name = fitted(namespace.name, columns: max(4, room), ellipsis: glyphs.ellipsis)
    var x = box.rect.minX + 2
    let isNew = layout.joined.contains(box.namespace)
    x += sheet.put(
      " \(name) ", x: x, y: top,
      role: selected ? .selected : isSource ? .mark : isNew ? .joined : isMultiHomed(box) ? .multiHomed : .boxTitle,
      emphasis: isMultiHomed(box) && !selected ? .bold : [])
    if isNew { sheet.put("+ ", x: x, y: top, role: .up) }
    sheet.put(right, endingAt: box.rect.maxX - 2, y: top, role: rightRole)
    if box.rows.isEmpty {
      let words = namespace.permission == .none ? "may not be read" : "no interfaces"
      sheet.put(words, x: box.rect.minX + 2, y: top + 1, role: .dim, limit: box.rect.size.width - 4)
    }
    for row in box.rows {
      guard let link = link(row.link) else { continue }
      if layout.metrics.zoom == .card {
        card(row, link, box, on: &sheet)
      } else {
        line(row, link, box, on: &sheet)
      }
    }
  }

  private static func badness(_ state: LinkState) -> Int {
    switch state {
    case .up: 0
    case .noCarrier: 1
    case .down: 2
    }
  }

  private func card(_ row: Pieces.Row, _ link: Link, _ box: Pieces.Box, on sheet: inout Canvas) {
    let left = box.rect.minX + 2
    let right = box.rect.maxX - 2
    let y = row.y - scroll
    let selected = isSelected(.link(link.id))
    var x =
      left
      + sheet.put(
        selected ? " \(link.name) " : link.name, x: selected ? left - 1 : left, y: y,
        role: selected ? .selected : isOnTrail(link.id) ? .ping : link.state == .up ? .strong : .fault,
        limit: right - left) - (selected ? 1 : 0)
    x += 2
    let address = link.primaryAddress?.text ?? (link.kind.isEmpty ? "" : link.kind)
    x += sheet.put(
      fitted(address, columns: max(0, right - x), ellipsis: glyphs.ellipsis), x: x, y: y,
      role: link.primaryAddress == nil ? .dim : .text)
    let mtu = "mtu \(link.mtu)"
    if x + 2 + displayWidth(mtu) <= right { sheet.put(mtu, endingAt: right, y: y, role: .dim) }
    let rates = decor.traffic[link.id]
    if link.state == .up {
      let text =
        "\(glyphs.upward) \(Units.rate(rates?.tx ?? 0))  \(glyphs.downward) \(Units.rate(rates?.rx ?? 0))"
      sheet.put(text, x: left, y: y + 1, role: .text, limit: right - left)
    } else {
      sheet.put(
        link.state == .down ? "link down" : "no carrier", x: left, y: y + 1, role: .fault, limit: right - left)
    }
    sheet.put(
      glyphs.sparkline(rates?.history ?? [], columns: min(Traffic.capacity, right - left)), x: left, y: y + 2,
      role: sparkRole(rates))
  }

  private func line(_ row: Pieces.Row, _ link: Link, _ box: Pieces.Box, on sheet: inout Canvas) {
    let left = box.rect.minX + 2
    let right = box.rect.maxX - 1
    let y = row.wireY - scroll
    let selected = isSelected(.link(link.id))
    let (glyph, glyphRole) = stateGlyph(link.state)
    let isUp = link.state == .up
    sheet.put("\(glyph)", x: left, y: y, role: isUp ? glyphRole : .fault)
    let name = fitted(link.name, columns: max(4, (right - left) / 2 - 2), ellipsis: glyphs.ellipsis)
    var x = left + 2
    x +=
      sheet.put(
        name, x: x, y: y,
        role: selected ? .selected : isOnTrail(link.id) ? .ping : isUp ? .strong : .fault) + 1
    let rates = decor.traffic[link.id]
    let spark = glyphs.sparkline(rates?.history ?? [], columns: 6)
    let rate = isUp ? Units.shortRate((rates?.rx ?? 0) + (rates?.tx ?? 0)) : ""
    let padded = String(repeating: " ", count: max(1, 8 - displayWidth(rate))) + rate
    let figures =
      isUp ? "\(glyphs.upward)\(glyphs.downward)\(padded) " : link.state == .down ? "link down " : "no carrier "
    let address = link.primaryAddress.map { $0.local.description } ?? ""
    let addressWidth = displayWidth(address)
    let figuresX = right - 6 - displayWidth(figures)
    if figuresX >= x + addressWidth + 1 {
      sheet.put(spark, endingAt: right, y: y, role: sparkRole(rates))
      sheet.put(figures, x: figuresX, y: y, role: isUp ? .dim : .fault)
    } else if right - displayWidth(figures) >= x + addressWidth + 1 {
      sheet.put(figures, endingAt: right, y: y, role: isUp ? .dim : .fault)
    }
    sheet.put(
      fitted(address, columns: max(0, right - 1 - x), ellipsis: glyphs.ellipsis), x: x, y: y,
      role: isUp ? .text : .dim)
  }

  private func sparkRole(_ rates: Rates?) -> Role {
    switch (rates?.rx ?? 0) + (rates?.tx ?? 0) {
    case ..<1: .dim
    case ..<10_000_000: .sparkLow
    case ..<100_000_000: .sparkMedium
    default: .sparkHigh
    }
  }
}
