internal import Canvas
internal import Labels
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

  /// The host's own row: the word, and the containers that have its network for their own.
  func head(on sheet: inout CellCanvas) {
    let rect = layout.placement.head
    let selected = isSelected(.namespace(.host))
    let isSource = decor.source == .namespace(.host)
    var x =
      rect.minX
      + sheet.put(
        Say.Drawn.host, x: rect.minX, y: 0, role: selected ? .selected : isSource ? .mark : .title)
    let guests = snapshot.namespaces[.host]?.containers ?? []
    for (number, guest) in guests.enumerated() {
      let rest = guests.count - number
      let name = "\(number == 0 ? "  " : ", ")\(guest.name)\(guest.remark.map { " (\($0))" } ?? "")"
      let more = rest > 1 ? ", +\(rest - 1)" : ""
      if x + displayWidth(name) + displayWidth(more) > rect.maxX {
        sheet.put("\(number == 0 ? "  " : ", ")+\(rest)", x: x, y: 0, role: .dim, limit: rect.maxX - x)
        return
      }
      x += sheet.put(name, x: x, y: 0, role: guest.remark == nil ? .text : .warning)
    }
  }

  /// What the engine says of a namespace's container that is out of the ordinary.
  func remark(on namespace: Namespace) -> String? { namespace.containers.first?.remark }

  /// The title of what is in another namespace than the host's: a rule with its name.
  func words(of group: Pieces.Group, on sheet: inout CellCanvas) {
    guard isVisible(group.y) else { return }
    let (left, end) = (layout.metrics.busX, group.end)
    let selected = isSelected(.namespace(group.namespace))
    let y = group.y - scroll
    for x in left..<max(left, end) { sheet.place(Cell(glyphs.seam, role: .guide), x: x, y: y) }
    let name = snapshot.namespaces[group.namespace]?.name ?? ""
    var x = left + 1 + sheet.put(" \(Say.Drawn.inNamespace) ", x: left + 1, y: y, role: .dim)
    x += sheet.put(
      "\(selected ? " " : "")\(fittedName(name, columns: max(4, end - x - 3), ellipsis: glyphs.ellipsis)) ", x: x, y: y,
      role: selected ? .selected : .boxTitle)
  }

  func words(of ghost: Pieces.Ghost, on sheet: inout CellCanvas) {
    let y = ghost.rect.minY - scroll
    for x in ghost.rect.minX..<ghost.rect.maxX { sheet.place(Cell(glyphs.seam, role: .gone), x: x, y: y) }
    let gone = Say.Drawn.gone
    let room = ghost.rect.size.width - 6 - displayWidth(gone)
    let name = fittedName(ghost.name, columns: room, ellipsis: glyphs.ellipsis)
    sheet.put(" \(name) \(gone) ", x: ghost.rect.minX + 2, y: y, role: .gone)
  }

  /// What kind of child hangs on a wire without a port.
  func words(of caption: Pieces.Caption, on sheet: inout CellCanvas) {
    guard let link = link(caption.link) else { return }
    let room = layout.metrics.labelRoom - 2
    let text =
      fitting(snapshot.captions(of: link), room) ?? fitted(link.kind, columns: room, ellipsis: glyphs.ellipsis)
    if !text.isEmpty { sheet.put(" \(text) ", x: layout.metrics.labelX, y: caption.y - scroll, role: .dim) }
  }

  func words(of label: Pieces.Label, on sheet: inout CellCanvas) {
    guard let link = link(label.link) else { return }
    let selected = isSelected(.link(link.id))
    let (glyph, glyphRole) = stateGlyph(link.state)
    let far = layout.placement.crossing(link.id).flatMap { self.link($0) }
    let isMultiHomed = label.end == .lane && far != nil
    let role: Role =
      selected
      ? .selected
      : isOnTrail(link.id) ? .ping : link.state != .up ? .fault : isMultiHomed ? .multiHomed : .text
    let y = label.y - scroll
    let room = layout.metrics.labelRoom - (label.x - layout.metrics.labelX)
    if label.isOnCard {
      let name = fittedName(link.name, columns: room - 1, ellipsis: glyphs.ellipsis)
      sheet.put(selected ? " \(name) " : name, x: label.x - (selected ? 1 : 0), y: y - 1, role: role)
      let (state, healthy) = words(ofPort: link)
      let mark = healthy || link.state != .up ? glyph : glyphs.noCarrier
      let used = sheet.put("\(mark)", x: label.x, y: y + 1, role: healthy ? .dim : .fault)
      sheet.put(
        " \(fitted(state, columns: room - 2, ellipsis: glyphs.ellipsis))", x: label.x + used, y: y + 1,
        role: healthy ? .dim : .fault)
      return
    }
    sheet.put("\(glyph)", x: label.x - 1, y: y, role: glyphRole)
    let name = fittedName(link.name, columns: room - 2, ellipsis: glyphs.ellipsis)
    let x = label.x + sheet.put(" \(name) ", x: label.x, y: y, role: role)
    guard label.end == .note else { return }
    note(on: link, far: far, x: x, y: y, end: label.limit, on: &sheet)
  }

  /// How a port is, in a word, and whether that is as it should be.
  private func words(ofPort link: Link) -> (String, Bool) {
    guard link.state == .up else { return (link.state.word, false) }
    if let port = link.port {
      if port.isolated { return (Say.Drawn.isolated, true) }
      return (port.state.shortName, port.state == .forwarding)
    }
    let isLoose = link.isPair && link.id.namespace == .host && link.addresses.isEmpty
    return (link.primaryAddress?.text ?? (isLoose ? Say.Drawn.noBridge : link.state.word), true)
  }

  /// What is known of where a wire leads that ends at its label.
  private func note(on link: Link, far: Link?, x: Int, y: Int, end: Int, on sheet: inout CellCanvas) {
    let metrics = layout.metrics
    if let far {
      let name = snapshot.namespaces[far.id.namespace]?.name ?? ""
      let text = fitted("\(name) \(far.name)", columns: min(end, metrics.borderX) - x - 4, ellipsis: glyphs.ellipsis)
      sheet.put(" \(glyphs.several) \(text)", x: x, y: y, role: .multiHomed)
      return
    }
    let notes = snapshot.notes(on: link)
    // It may run over the border of the namespaces: there is nothing else in that row.
    guard x + 4 < end, let shortest = notes.last else { return }
    let text = fitting(notes, end - x - 1) ?? fitted(shortest, columns: end - x - 1, ellipsis: glyphs.ellipsis)
    sheet.put(
      " " + text, x: x, y: y,
      role: { if case .unknown = link.peer { .warning } else { .dim } }())
  }

  /// The first of several words, from long to short, that fits into so many columns.
  func fitting(_ words: [String], _ columns: Int) -> String? { words.first { displayWidth($0) <= columns } }

  /// The end of a wire that had no lane left, at its box: the label at the other end says the same in words.
  func end(of wire: Pieces.Wire, on sheet: inout CellCanvas) {
    guard wire.isCut, isVisible(wire.corners[0].y) else { return }
    sheet.place(
      Cell(glyphs.several, role: .multiHomed), x: wire.corners[0].x, y: wire.corners[0].y - scroll)
  }

  /// The cross in the middle of a broken wire.
  func cross(_ wire: Pieces.Wire, on sheet: inout CellCanvas) {
    guard wire.far != nil, let start = wire.corners.first, let end = wire.corners.last, end.x > start.x + 4,
      isVisible(end.y), isBroken(wire)
    else { return }
    let metrics = layout.metrics
    let name = min(displayWidth(link(wire.near)?.name ?? ""), metrics.labelRoom - 2)
    let first = wire.isOnCard ? metrics.edge + 1 : metrics.labelX + name + 2
    guard end.x > first else { return }
    let x = (first + end.x) / 2
    if metrics.lanes == 0, end.x - first > 7 {
      sheet.put(" \(glyphs.down) ", x: x - 1, y: end.y - scroll, role: .fault)
    } else {
      // Lanes stand in every other column: the cross goes between two of them, without blanks.
      let isLane = metrics.lanes > 0 && (metrics.borderX - x).isMultiple(of: 2)
      let free = isLane ? (x + 1 < end.x ? x + 1 : x - 1) : x
      sheet.put("\(glyphs.down)", x: free, y: end.y - scroll, role: .fault)
    }
  }
}

extension GlyphSet {
  /// On several networks.
  var several: Unicode.Scalar { self == .unicode ? "◆" : "&" }
  /// A line that is no wire: the title of a group, the edge of one that has gone.
  var seam: Unicode.Scalar { self == .unicode ? "╌" : "." }
  /// One that has gone, among teeth.
  var ghost: Unicode.Scalar { self == .unicode ? "·" : "'" }
  /// One that has just come.
  var joined: Unicode.Scalar { "+" }
}
