internal import Canvas
internal import Labels
internal import Topology

extension Painter {
  func words(of bus: Pieces.Bus, on sheet: inout CellCanvas) {
    // While its ports scroll, the title stays in sight.
    let top = max(bus.rect.minY - scroll, min(0, bus.rect.maxY - 2 - scroll))
    let inner = bus.rect.size.width - 4
    let left = bus.rect.minX + 2
    guard let link = link(bus.link) else {
      let name = bus.namespace == .host ? Say.Drawn.host : snapshot.namespaces[bus.namespace]?.name ?? ""
      sheet.put(
        " \(fittedName(name, columns: inner - 1, ellipsis: glyphs.ellipsis)) ", x: left, y: top,
        role: isSelected(.namespace(bus.namespace)) ? .selected : .boxTitle)
      if bus.rect.size.height > 2 { sheet.put(Say.Drawn.noBridge, x: left, y: top + 1, role: .dim, limit: inner) }
      return
    }
    let selected = isSelected(.link(link.id))
    let (glyph, role) = stateGlyph(link.state)
    let word = link.state == .noCarrier && inner < 24 ? Say.Drawn.idle : link.state.word
    // The word gives way to the title.
    let isTight =
      link.state == .up && displayWidth(link.title) > bus.rect.size.width - 6 - displayWidth("\(glyph) \(word) ")
    let state = isTight ? "\(glyph) " : "\(glyph) \(word) "
    let room = bus.rect.size.width - 6 - displayWidth(state)
    let title = fittedName(link.title, columns: max(4, room), ellipsis: glyphs.ellipsis)
    sheet.put(
      " \(title) ", x: left, y: top,
      role: selected ? .selected : link.isBridge ? .bridgeTitle : .uplink, limit: bus.rect.size.width - 3)
    let spare = bus.rect.size.width - 6 - displayWidth(title) - displayWidth(state)
    if spare >= 0 {
      sheet.put((spare > 0 ? " " : "") + state, endingAt: bus.rect.maxX - 2, y: top, role: role)
    }
    if bus.rect.size.height == 2 { return low(bus, link, inner, on: &sheet) }
    var lines = bus.isFolded ? [folded(bus)] : lines(of: bus, link, inner)
    // A title that is cut stands whole below, where there is room for it.
    if displayWidth(link.title) > room, !bus.isFolded, bus.rect.size.height > 3 {
      lines.insert([(fittedName(link.title, columns: inner, ellipsis: glyphs.ellipsis), .dim)], at: min(1, lines.count))
    }
    let isTold = lines.prefix(bus.rect.size.height - 2).contains { $0.first?.0 == kindLine(link, inner) }
    if !bus.isFolded, !isTold { foot(bus, link, inner, on: &sheet) }
    for (number, line) in lines.prefix(max(0, bus.rect.maxY - 2 - scroll - top)).enumerated() {
      var x = left
      for (text, role) in line {
        let text = fitted(text, columns: left + inner - x, ellipsis: glyphs.ellipsis)
        x += sheet.put(text, x: x, y: top + 1 + number, role: role)
      }
    }
  }

  /// A bus without a row between its borders says what is most worth it on the lower one.
  private func low(_ bus: Pieces.Bus, _ link: Link, _ inner: Int, on sheet: inout CellCanvas) {
    var words = bus.isFolded ? folded(bus) : link.primaryAddress.map { [($0.text, .text)] } ?? []
    let used = words.isEmpty ? 0 : displayWidth(words[0].0) + 1
    if bus.isFolded || link.isBridge {
      // Bridges have their look.
    } else if let kind = fitting(link.kindWords, inner - 2 - used) {
      words.append(((words.isEmpty ? "" : " ") + kind, .dim))
    } else if bus.isBare, let shortest = link.kindWords.last {
      // As a note it may run over the border of the namespaces, where no lane passes.
      let metrics = layout.metrics
      let room = metrics.lanes > 0 ? metrics.labelRoom - 2 : metrics.width - metrics.labelX - 3
      let kind = fitting(link.kindWords, room) ?? shortest
      sheet.put(" \(kind)", x: metrics.labelX, y: bus.rect.minY - scroll, role: .dim, limit: room + 1)
    }
    if words.isEmpty { return }
    words[0].0 = " " + words[0].0
    words.append((" ", .dim))
    var x = bus.rect.minX + 2
    for (text, role) in words {
      let room = bus.rect.minX + 2 + inner - x
      x += sheet.put(
        fitted(text, columns: max(0, room), ellipsis: glyphs.ellipsis), x: x, y: bus.rect.minY + 1 - scroll, role: role)
    }
  }

  /// What kind an uplink is, on the lower border: where no row is left for it.
  private func foot(_ bus: Pieces.Bus, _ link: Link, _ inner: Int, on sheet: inout CellCanvas) {
    guard !link.isBridge, let kind = fitting(link.kindWords, inner - 2) else { return }
    sheet.put(" \(kind) ", x: bus.rect.minX + 2, y: bus.rect.maxY - 1 - scroll, role: .dim)
  }

  private typealias Line = [(String, Role)]

  /// How many are folded away, and how many of them are in trouble.
  private func folded(_ bus: Pieces.Bus) -> Line {
    let links = bus.ports.compactMap { link($0) }
    let bad = links.filter { port in
      port.state != .up || snapshot.peer(of: port).map { $0.state != .up } ?? false
    }
    var line: Line = [(Say.Drawn.folded(links.count), .dim)]
    if !bad.isEmpty { line.append(("  \(glyphs.down) \(bad.count)", .fault)) }
    return line
  }

  /// What is worth saying of a bus, as much as it has rows for, the most important first to stay.
  private func lines(of bus: Pieces.Bus, _ link: Link, _ inner: Int) -> [Line] {
    let rows = bus.rect.size.height - 2
    let address: Line = [(link.primaryAddress?.text ?? Say.Drawn.noAddress, link.primaryAddress == nil ? .dim : .text)]
    let (rx, tx, history) = total(bus, link)
    let spark: Line = [(glyphs.sparkline(history, columns: inner), .bridge)]
    let graph = isMeasured ? [spark] : []
    let up = "\(glyphs.upward)"
    let down = "\(glyphs.downward)"
    let ports: Line = justified(Say.Drawn.ports, "\(bus.ports.count)/1023", inner, link.isBridge ? .text : .dim)
    let both: Line = [(up + Units.short(tx) + " " + down + Units.short(rx) + " B/s", .rxRate)]
    if !link.isBridge { return [address] + (isMeasured ? [both] : []) + [[(kindLine(link, inner), .dim)]] + graph }
    if rows >= 10, bus.level.isCard {
      let name: Line = link.title == link.name ? [] : [(link.name, .dim)]
      let head = link.title == link.name ? justified(Say.Drawn.bridge, "mtu \(link.mtu)", inner, .dim) : name
      return [
        head, address, inner < 17 ? [] : [(link.hardwareAddressText, .dim)], [], ports,
        justified("stp", link.bridge?.stp == true ? Say.Drawn.on : Say.Drawn.off, inner, .dim), [],
      ] + (isMeasured ? [[(up + " " + Units.rate(tx), .txRate)], [(down + " " + Units.rate(rx), .rxRate)], spark] : [])
    }
    // How many ports there are can be counted where so few lines beside them have room; what they carry can't.
    let isCounted = !isMeasured || rows >= 3 || bus.ports.isEmpty
    let count: [Line] = isCounted ? [justified(Say.Drawn.ports, "\(bus.ports.count)/1023", inner, .dim)] : []
    var lines = [address] + count + (isMeasured ? [both] : []) + graph
    if rows >= 5, link.title != link.name { lines.insert([(link.name, .dim)], at: 1) }
    return lines
  }

  private func kindLine(_ link: Link, _ inner: Int) -> String {
    link.kind.isEmpty ? "mtu \(link.mtu)" : fitting(link.kindWords, inner) ?? link.detail
  }

  private func justified(_ left: String, _ right: String, _ width: Int, _ role: Role) -> Line {
    let gap = max(1, width - displayWidth(left) - displayWidth(right))
    return [(left + String(repeating: " ", count: gap) + right, role)]
  }

  /// The traffic of a bus: what its ports receive and send; an uplink's own where nothing hangs on it.
  func total(_ bus: Pieces.Bus, _ link: Link) -> (rx: Double, tx: Double, history: [Float]) {
    let sources = link.isBridge ? bus.ports : [link.id]
    var rx = 0.0
    var tx = 0.0
    var history: [Float] = []
    for ref in sources {
      guard let rates = self.rates(of: ref) else { continue }
      rx += rates.rx
      tx += rates.tx
      if history.count < rates.history.count {
        history.insert(contentsOf: repeatElement(0, count: rates.history.count - history.count), at: 0)
      }
      for (back, value) in rates.history.reversed().enumerated() { history[history.count - 1 - back] += value }
    }
    return (rx, tx, history)
  }
}
