internal import Canvas
internal import Diagram
internal import Labels
internal import Paths
internal import Topology

extension DiagramPage {
  /// The diagram with what is laid over it, the minimap, and where there is a row for it the legend.
  func draw(_ screen: Screen, of state: State, on canvas: inout CellCanvas) {
    let rect = region(screen)
    layout.paint(
      into: &canvas, rect: rect, scroll: scroll, snapshot: state.snapshot, decor: state.decor, glyphs: state.glyphs)
    if screen.pane.isEmpty || screen.isPaneBeside {
      layout.paintMinimap(into: &canvas, rect: rect, scroll: scroll, snapshot: state.snapshot, glyphs: state.glyphs)
    }
    state.drawNotes(screen.body, isScrolled: rect != screen.body, on: &canvas)
  }
}

extension State {
  /// What is laid over the diagram.
  fileprivate var decor: Decor {
    var decor = Decor(
      selection: selection,
      source: stack[Pick.self].map { $0.isElsewhere ? nil : $0.origin } ?? stack[SourceMark.self]?.element,
      traffic: traffic)
    if let matches { decor.matches = Set(matches) }
    if let ping, isPinging || ping.stop != nil {
      decor.trail = Trail(
        hops: ping.route.path.map(\.link), head: head?.position, isReply: head?.isReply ?? false, stop: ping.stop)
    } else if ping == nil, let way = stack[LitWay.self] {
      decor.trail = Trail(hops: way.hops, stop: way.stop)
    }
    return decor
  }

  fileprivate func drawNotes(_ rect: Rect, isScrolled: Bool, on canvas: inout CellCanvas) {
    if isFiltering, filterCount.shown == 0 {
      let text = Say.FindLine.nothingPassesEsc
      canvas.put(
        fitted(text, columns: rect.size.width - 4, ellipsis: glyphs.ellipsis), x: rect.minX + 2, y: rect.minY + 2,
        role: .dim)
    }
    // What the marks mean, where there is a row for it.
    if isScrolled || layout.size.height < rect.size.height {
      let used = drawSelection(x: rect.minX + 2, y: rect.maxY - 1, width: rect.size.width - 4, on: &canvas)
      layout.paintLegend(
        into: &canvas, x: rect.minX + 2 + used, y: rect.maxY - 1, width: rect.size.width - 4 - used, glyphs: glyphs)
    }
  }

  /// Where a port is a tooth or a dot: who is behind the selected one, by what address and what veth. Returns the
  /// columns that it takes.
  private func drawSelection(x: Int, y: Int, width: Int, on canvas: inout CellCanvas) -> Int {
    guard layout.hasRails, let selection else { return 0 }
    var link: Link?
    switch selection {
    case .link(let ref): link = snapshot.link(ref)
    case .namespace(let id): link = snapshot.namespaces[id]?.shownLinks.first
    }
    var near = link.flatMap { snapshot.peer(of: $0) }
    // Of a cable's two ends the container's comes first.
    if let end = near, end.id.namespace != .host, link?.id.namespace == .host { swap(&link, &near) }
    let owner = link?.id.namespace ?? selection.namespace
    var words: [(String, Role)] = [
      (owner == .host ? link?.title ?? Say.Selected.host : snapshot.namespaces[owner]?.name ?? "?", .selected)
    ]
    if let link {
      if owner != .host { words.append((link.name, .text)) }
      if let address = link.primaryAddress { words.append((address.local.description, .text)) }
      // Each end's state beside it: it matters which of the two is switched off.
      if link.state != .up { words.append((link.state.word, .fault)) }
      if let near {
        words.append(("\(glyphs.pair) \(near.name)", .strong))
        if near.state != .up { words.append((near.state.word, .fault)) }
      }
    }
    var column = x
    for (number, (text, role)) in words.enumerated() {
      let text = number == 0 ? " \(fitted(text, columns: 24, ellipsis: glyphs.ellipsis)) " : text
      guard column + displayWidth(text) <= x + width else { break }
      column += canvas.put(text, x: column, y: y, role: role) + 2
    }
    return column - x + 1
  }
}
