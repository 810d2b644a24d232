internal import Canvas
internal import Diagram

/// The keys, over everything else; any key closes them.
struct HelpPage: Layer {
  var context: Context? { .help }

  func type(_ key: Key, in state: inout State) -> [Effect]? { state.back() }
}

extension HelpPage {
  func draw(of state: State, on canvas: inout CellCanvas) {
    let (size, glyphs) = (state.size, state.glyphs)
    let rows = KeyTable.bindings
    let perColumn = (rows.count + 1) / 2
    let width = min(size.width, 78)
    let height = min(size.height, perColumn + 4)
    let rect = Rect(x: (size.width - width) / 2, y: max(0, (size.height - height) / 2), width: width, height: height)
    // Clear of the lines behind it.
    canvas.fill(Rect(x: rect.minX - 1, y: rect.minY, width: width + 2, height: height), role: .text)
    var lines = LineLayer()
    lines.frame(rect, .light, role: .selection, round: true)
    lines.draw(
      on: &canvas, dx: 0, dy: 0, clip: Rect(x: 0, y: 0, width: size.width, height: size.height), glyphs: glyphs)
    canvas.put(" keys ", x: rect.minX + 2, y: rect.minY, role: .bridgeTitle)
    canvas.put(" any key closes ", endingAt: rect.maxX - 2, y: rect.maxY - 1, role: .dim)
    let columnWidth = (width - 4) / 2
    for (number, binding) in rows.enumerated() {
      let column = number / perColumn
      let y = rect.minY + 1 + number % perColumn + (height > perColumn + 3 ? 1 : 0)
      guard y < rect.maxY - 1 else { continue }
      let x = rect.minX + 2 + column * (columnWidth + 1)
      canvas.put(state.cap(binding), x: x, y: y, role: .strong)
      canvas.put(
        fitted(binding.help, columns: columnWidth - 7, ellipsis: glyphs.ellipsis), x: x + 6, y: y, role: .text)
    }
  }
}
