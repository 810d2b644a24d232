internal import Canvas
internal import Conclusions
internal import Diagnosis
internal import Diagram
internal import Keys
internal import Labels
internal import Paths
internal import Prose

/// The whole chain of a diagnosis: the cause, the way hop by hop, and what was looked at.
struct WhyPage: Sendable {
  /// What is asked, and what is known.
  var inquiry: Inquiry
  /// The first line that is on the screen.
  var scroll = 0
}

extension WhyPage: Page {
  var context: Context? { .explanation }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    switch command {
    case .why: return []
    case .trace: return state.traceWhy()
    case .copy:
      guard let remedy = inquiry.explanation?.cause?.remedy else {
        state.notify(Say.Notice.nothingToCopy)
        return []
      }
      return state.copy(remedy)
    case .ping: return state.begin(inquiry.from, inquiry.to, family: inquiry.family)
    default: return nil
    }
  }

  func walk(_ direction: Direction, in state: inout State) {
    if direction == .up || direction == .down { go(to: scroll + (direction == .down ? 1 : -1), in: &state) }
  }

  func turn(_ screens: Int, in state: inout State) { go(to: scroll + screens * state.screenful, in: &state) }
  func jump(toEnd: Bool, in state: inout State) { go(to: toEnd ? .max : 0, in: &state) }
  func wheel(_ rows: Int, at point: Point, in state: inout State) { go(to: scroll + rows, in: &state) }
  func choose(_ point: Point, in state: inout State) -> Bool { false }

  private func go(to line: Int, in state: inout State) {
    let last = max(0, lines(state).count - state.screen.body.size.height)
    state.stack[WhyPage.self]?.scroll = max(0, min(line, last))
  }

  /// The diagnosis ends, unless it is the ping's as well.
  func closed(in state: inout State) -> [Effect] { state.ending(inquiry) }

  // MARK: Drawing

  /// The lines of the page at the screen's width.
  private func lines(_ state: State) -> [[ExplanationText.Span]] {
    let width = state.screen.body.size.width - 3
    guard let explanation = inquiry.explanation else {
      let port = inquiry.port.map { ":\($0)" } ?? ""
      let names =
        "\(inquiry.from.sourceName(in: state.snapshot)) \(state.glyphs.arrow) \(inquiry.to.destinationName)\(port)"
      return [
        [
          ExplanationText.Span(text: names, role: .strong),
          ExplanationText.Span(
            text: "   \(inquiry.traces ? Say.WhyPage.lookingAndTracing : Say.Prose.lookingIntoIt)", role: .dim),
        ]
      ]
    }
    return ExplanationText(explanation, width: width, glyphs: state.glyphs, isFinal: inquiry.isFinal).lines
  }

  func draw(_ screen: Screen, of state: State, on canvas: inout CellCanvas) {
    let rect = screen.body
    let lines = lines(state)
    let first = max(0, min(scroll, lines.count - rect.size.height))
    for (offset, line) in lines.dropFirst(first).prefix(rect.size.height).enumerated() {
      ExplanationText.draw(line, x: rect.minX + 1, y: rect.minY + offset, on: &canvas)
    }
    canvas.scrollbar(
      x: rect.maxX - 1, y: rect.minY, height: rect.size.height, first: first, count: lines.count, glyphs: state.glyphs)
  }

  func cursor(_ screen: Screen, in state: State) -> Point? { nil }
}
