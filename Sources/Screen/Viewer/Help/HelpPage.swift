internal import Canvas
internal import Keys
internal import Labels

/// The keys, what the marks mean, and what the mouse does, over everything else. It scrolls; a key that does not closes it.
struct HelpPage: Layer {
  /// What the screen was about when it was opened: the keys of that come first.
  let subject: Context
  /// The first line that is on the screen.
  var scroll = 0

  init(about subject: Context) { self.subject = subject }

  var context: Context? { .help }

  func type(_ key: Key, in state: inout State) -> [Effect]? {
    let screenful = max(1, rows(in: state) - 1)
    // As in a pager.
    let command = key == .character(" ") ? .pageDown : state.keys.command(for: key)
    switch command {
    case .down: scroll(by: 1, in: &state)
    case .up: scroll(by: -1, in: &state)
    case .pageDown: scroll(by: screenful, in: &state)
    case .pageUp: scroll(by: -screenful, in: &state)
    case .first: scroll(by: -scroll, in: &state)
    case .last: scroll(by: lines(in: state).count, in: &state)
    default: return state.back()
    }
    return []
  }

  /// Scrolls by so many lines, as far as there are any.
  func scroll(by lines: Int, in state: inout State) {
    let first = first(scroll + lines, in: state)
    state.stack[HelpPage.self]?.scroll = first
  }

  /// The first line that is on the screen, of one that is asked for.
  private func first(_ wanted: Int, in state: State) -> Int {
    max(0, min(wanted, lines(in: state).count - rows(in: state)))
  }
}

// MARK: Drawing

extension HelpPage {
  /// The lines inside of the frame at the screen's width, in two columns where there is room for them.
  func lines(in state: State) -> [HelpText.Line] {
    let width = frame(in: state).size.width - 5
    return HelpText(
      about: subject, keys: state.keys, glyphs: state.glyphs, columns: width >= 64 ? 2 : 1,
      words: Phrase.all.map { ($0.word, $0.form, $0.summary(state.keys)) }
    ).lines
  }

  /// The rows inside of the frame.
  private func rows(in state: State) -> Int { max(1, frame(in: state).size.height - 2) }

  /// Above the footer, which says what the keys do here.
  private func frame(in state: State) -> Rect {
    let width = min(state.size.width, 84)
    let height = max(0, state.size.height - 1)
    return Rect(x: (state.size.width - width) / 2, y: 0, width: width, height: height)
  }

  func draw(of state: State, on canvas: inout CellCanvas) {
    let (rect, glyphs) = (frame(in: state), state.glyphs)
    // Clear of the lines behind it.
    canvas.fill(Rect(x: rect.minX - 1, y: 0, width: rect.size.width + 2, height: rect.size.height), role: .text)
    var frame = LineLayer()
    frame.frame(rect, .light, role: .box, round: true)
    frame.draw(
      on: &canvas, dx: 0, dy: 0, clip: Rect(x: 0, y: 0, width: state.size.width, height: rect.size.height),
      glyphs: glyphs)
    canvas.put(" \(Say.Screenful.help) ", x: rect.minX + 2, y: 0, role: .boxTitle)
    let (lines, height) = (lines(in: state), rows(in: state))
    let first = first(scroll, in: state)
    let columnWidth = (rect.size.width - 5) / max(1, lines.map(\.cells.count).max() ?? 1)
    for (offset, line) in lines.dropFirst(first).prefix(height).enumerated() {
      for (column, cell) in line.cells.enumerated() {
        draw(
          cell, x: rect.minX + 2 + column * columnWidth, y: 1 + offset,
          width: line.isWide ? rect.size.width - 5 : columnWidth - 1, line.capWidth, glyphs, on: &canvas)
      }
    }
    canvas.scrollbar(x: rect.maxX - 2, y: 1, height: height, first: first, count: lines.count, glyphs: glyphs)
  }

  private func draw(
    _ cell: HelpText.Cell, x: Int, y: Int, width: Int, _ capWidth: Int, _ glyphs: GlyphSet,
    on canvas: inout CellCanvas
  ) {
    canvas.put(cell.cap, x: x, y: y, role: cell.role, limit: width)
    canvas.put(
      fitted(cell.text, columns: max(0, width - capWidth), ellipsis: glyphs.ellipsis), x: x + capWidth, y: y,
      role: .text)
  }
}
