internal import Canvas
internal import Diagram
internal import Listing
internal import Topology

extension State {
  /// Settles the slots and places everything anew; the selection stays on its element, or goes to the next one.
  ///
  /// Unless it is `afresh`, a picture that has become coarser stays so until there is room to spare: one container that
  /// comes and goes must not make it flicker.
  mutating func relayout(afresh: Bool = false) {
    diagram.folded = diagram.folded.filter { snapshot.link($0) != nil }
    updateRows()
    place(after: afresh ? nil : layout.density)
    if let current = selection, !page.shows(current, in: self) {
      selection = page.substitute(for: current, in: self) ?? walkable[clamped: selectionPosition]
    }
    if selection == nil { selection = firstChoice }
    forgetVanished()
    if matches != nil { search() }
    page.reveal(in: &self)
  }

  private mutating func place(after previous: Density?) {
    let zoom = stack[ZoomChoice.self]?.zoom
    let (viewport, reserve) = (screen.zoomViewport, screen.pingReserve)
    // Before the first snapshot there is nobody who could be new.
    guard snapshot.namespaces.count > 0 else {
      diagram.layout = Layout(
        snapshot, slots: diagram.slots, zoom: zoom, folded: diagram.folded, viewport: viewport, reserve: reserve)
      return
    }
    guard let arrangement else {
      diagram.layout = Layout(
        snapshot, settling: &diagram.slots, at: now, zoom: zoom, folded: diagram.folded, viewport: viewport,
        reserve: reserve, after: previous)
      return
    }
    // The whole picture's slots are kept, so that everybody stands where he stood when the filter is cleared.
    diagram.slots.settle(snapshot, at: now)
    var arranged = diagram.arrangedSlots ?? diagram.slots.emptied()
    diagram.layout = Layout(
      snapshot, settling: &arranged, at: now, zoom: zoom, folded: isFiltering ? [] : diagram.folded,
      viewport: viewport, reserve: reserve, after: previous, arrangement: arrangement)
    diagram.arrangedSlots = arranged
  }

  /// What was opened about an element that is not there any more goes with it.
  private mutating func forgetVanished() {
    func isGone(_ element: Element) -> Bool { layout.element(for: element, in: snapshot) == nil }
    if let mark = stack[SourceMark.self], isGone(mark.element) { stack[SourceMark.self] = nil }
    if let pick = stack[Pick.self], isGone(pick.origin) {
      stack[Pick.self] = nil
      stack[TargetLine.self] = nil
    }
  }

  /// What the layout is to draw, and in which order; nil: everything in its own.
  private var arrangement: Arrangement? {
    if !isFiltering, rows.ranks.isEmpty { return nil }
    guard isFiltering else { return Arrangement(ranks: rows.ranks) }
    var selection = Arrangement.Selection()
    for row in rows.visible {
      selection.namespaces.insert(row.namespace)
      for end in row.ends { keep(end, in: &selection) }
    }
    return Arrangement(selection: selection, ranks: rows.ranks)
  }

  /// A link with all that it hangs on.
  private func keep(_ ref: LinkRef, in selection: inout Arrangement.Selection) {
    var next: LinkRef? = ref
    while let ref = next, selection.links.insert(ref).inserted {
      selection.namespaces.insert(ref.namespace)
      let link = snapshot.link(ref)
      if link?.master != nil, let lower = link?.lower { keep(lower, in: &selection) }
      next = link?.master ?? link?.lower
    }
  }
}
