public import Canvas
public import Topology

extension Layout {
  /// Draws the diagram's rows from `scroll` on into a rectangle of the canvas; what is outside of it is left alone.
  ///
  /// Complexity: O(n) in what is placed, and in the cells of the rectangle.
  public func paint(
    into canvas: inout CellCanvas, rect: Rect, scroll: Int, snapshot: Snapshot, decor: Decor, glyphs: GlyphSet
  ) {
    guard !rect.isEmpty else { return }
    var sheet = CellCanvas(rect.size)
    Painter(
      layout: self, snapshot: snapshot, decor: decor, glyphs: glyphs, scroll: scroll,
      visible: Rect(x: 0, y: scroll, width: max(size.width, rect.size.width), height: rect.size.height),
      busiest: decor.traffic?.busiest ?? 0
    ).paint(on: &sheet)
    canvas.blit(sheet, x: rect.minX, y: rect.minY)
  }
}
