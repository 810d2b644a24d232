extension CellCanvas {
  /// Shows where among `count` rows those are that are seen from `first` on; nothing where all of them are.
  public mutating func scrollbar(x: Int, y: Int, height: Int, first: Int, count: Int, glyphs: GlyphSet) {
    guard count > height else { return }
    let length = max(1, height * height / count)
    let top = first * (height - length) / (count - height)
    for row in 0..<height {
      let isThumb = (top..<top + length).contains(row)
      let glyph: Unicode.Scalar = glyphs == .unicode ? (isThumb ? "┃" : "│") : (isThumb ? "#" : "|")
      place(Cell(glyph, role: isThumb ? .text : .guide), x: x, y: y + row)
    }
  }
}
