public import Canvas
public import Topology

extension Layout {
  /// Draws where the visible rows lie in the whole diagram into the right column of a rectangle, with a cross where
  /// something is in trouble; nothing where the whole diagram is visible.
  ///
  /// `rect` is the one that `paint` was given. Complexity: O(n) in the elements.
  public func paintMinimap(
    into canvas: inout CellCanvas, rect: Rect, scroll: Int, snapshot: Snapshot, glyphs: GlyphSet
  ) {
    let height = rect.size.height
    guard height > 0, size.height > height, rect.size.width > 0 else { return }
    let x = rect.maxX - 1
    // The thumb is as long as its share of the whole, at least a cell, and touches an end only there.
    let length = max(1, height * height / size.height)
    let last = size.height - height
    var top = max(1, min(height - length - 1, scroll * (height - length) / last))
    if scroll <= 0 { top = 0 } else if scroll >= last { top = height - length }
    for y in 0..<height {
      let isThumb = (top..<top + length).contains(y)
      canvas.place(
        Cell(isThumb ? glyphs.thumb : glyphs.track, role: isThumb ? .text : .guide), x: x, y: rect.minY + y)
    }
    for row in troubledRows(snapshot) {
      canvas.place(Cell(glyphs.down, role: .fault), x: x, y: rect.minY + min(height - 1, row * height / size.height))
    }
  }

  /// The rows at which something is in trouble.
  private func troubledRows(_ snapshot: Snapshot) -> Set<Int> {
    var rows: Set<Int> = []
    for placed in elements {
      switch placed.element {
      case .link(let ref):
        if let link = snapshot.link(ref), Trouble(link, near: nil) != nil { rows.insert(placed.frame.minY) }
      case .namespace(let id):
        let links = snapshot.namespaces[id]?.shownLinks ?? []
        if links.contains(where: { Trouble($0, near: nil) != nil }) { rows.insert(placed.frame.minY) }
      }
    }
    return rows
  }
}

extension GlyphSet {
  /// The part of a scroll mark that is on the screen.
  var thumb: Unicode.Scalar { self == .unicode ? "┃" : "#" }
  var track: Unicode.Scalar { self == .unicode ? "│" : "|" }
}
