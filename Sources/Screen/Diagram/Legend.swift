public import Canvas
internal import Labels
internal import Topology

extension Layout {
  /// What the glyphs of a rake or of dots mean, the most important first; empty where everything is said in words.
  public func legend(_ glyphs: GlyphSet) -> [(sample: String, role: Role, words: String)] {
    guard hasRails else { return [] }
    let bars = String(String.UnicodeScalarView((1...8).map { glyphs.bar($0) }))
    return [
      (bars, .sparkLow, Say.Drawn.Legend.traffic), ("\(glyphs.down)", .fault, LinkState.down.word),
      ("\(glyphs.noCarrier)", .fault, LinkState.noCarrier.word),
      ("\(glyphs.several)", .multiHomed, Say.Drawn.Legend.severalNetworks),
      placement.teeth.contains { $0.hasComb }
        ? ("[ ]", .selection, Say.Drawn.Legend.selected) : ("\(glyphs.bar(4))", .selected, Say.Drawn.Legend.selected),
      ("\(glyphs.joined)", .joined, Say.Drawn.Legend.joined), ("\(glyphs.ghost)", .gone, Say.Drawn.gone),
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
