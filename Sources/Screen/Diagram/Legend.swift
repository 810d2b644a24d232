public import Canvas

extension Layout {
  /// What the glyphs of a rake or of dots mean, the most important first; empty where everything is said in words.
  public func legend(_ glyphs: GlyphSet) -> [(sample: String, role: Role, words: String)] {
    guard hasRails else { return [] }
    let bars = String(String.UnicodeScalarView((1...8).map { glyphs.bar($0) }))
    return [
      (bars, .sparkLow, "traffic"), ("\(glyphs.down)", .fault, "down"), ("\(glyphs.noCarrier)", .fault, "no carrier"),
      ("\(glyphs.several)", .multiHomed, "several networks"),
      placement.teeth.contains { $0.hasComb }
        ? ("[ ]", .selection, "selected") : ("\(glyphs.bar(4))", .selected, "selected"),
      ("\(glyphs.joined)", .joined, "new"), ("\(glyphs.ghost)", .gone, "gone"),
    ]
  }

  /// Draws the legend into one row, as much of it as fits. Draws nothing at the zooms that need none.
  public func paintLegend(into canvas: inout CellCanvas, x: Int, y: Int, width: Int, glyphs: GlyphSet) {
    var column = x
    for (sample, role, words) in legend(glyphs) {
      let needed = displayWidth(sample) + 1 + displayWidth(words)
      guard column + needed <= x + width else { return }
      column += canvas.put(sample, x: column, y: y, role: role) + 1
      column += canvas.put(words, x: column, y: y, role: .dim) + 3
    }
  }
}
