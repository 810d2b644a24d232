internal import Canvas
internal import Paths

extension State {
  /// The lines of the page at the screen's width.
  private var explanationLines: [[ExplanationText.Span]] {
    guard let explained else { return [] }
    let width = screen.diagram.size.width - 3
    guard let explanation = explained.explanation else {
      let names = "\(explained.from.name) \(glyphs.arrow) \(explained.to.name)"
      return [
        [
          ExplanationText.Span(text: names, role: .strong),
          ExplanationText.Span(text: "   looking into it", role: .dim),
        ]
      ]
    }
    return ExplanationText(explanation, width: width, glyphs: glyphs, isFinal: explained.isFinal).lines
  }

  /// The first line that can be at the top of the screen.
  var lastPageScroll: Int { max(0, explanationLines.count - screen.diagram.size.height) }

  /// The whole chain: the cause, the way hop by hop, and what was looked at.
  func drawExplanation(_ rect: Rect, on canvas: inout CellCanvas) {
    let lines = explanationLines
    let first = max(0, min(pageScroll, lines.count - rect.size.height))
    for (offset, line) in lines.dropFirst(first).prefix(rect.size.height).enumerated() {
      ExplanationText.draw(line, x: rect.minX + 1, y: rect.minY + offset, on: &canvas)
    }
    drawScrollbar(
      Rect(x: rect.maxX - 1, y: rect.minY, width: 1, height: rect.size.height), first: first, count: lines.count,
      on: &canvas)
  }
}
