internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

/// A filter: the line that it is typed into, and afterwards what it hides.
struct FilterLine: Layer {
  /// As it was typed, and what is understood of it.
  private(set) var text = ""
  private(set) var filter = Filter()
  var isTyping = true
  /// The element to stay at while it is shown.
  var origin: Element?

  init(from origin: Element?) { self.origin = origin }

  var context: Context? { isTyping ? .filter : nil }
  var escapeLabel: String { isTyping ? Say.Footer.back : Say.Footer.clear }
  var wantsBody: Bool { true }

  func type(_ key: Key, in state: inout State) -> [Effect]? {
    guard isTyping else { return nil }
    switch TypedLine.edit(key, text) {
    case .add(let scalar): _ = paste(String(scalar), in: &state)
    case .cut(let rest): state.take(reading(rest))
    case .keep:
      if let problem = filter.problem {
        state.notify(problem)
      } else if filter.terms.isEmpty {
        return state.back()
      } else {
        state.stack[FilterLine.self]?.isTyping = false
      }
    case .close: return state.back()
    case .previous: state.walk(.up)
    case .next: state.walk(.down)
    case .nothing: break
    }
    return []
  }

  func paste(_ more: String, in state: inout State) -> Bool {
    if isTyping, let line = state.append(more, to: text) { state.take(reading(line)) }
    return isTyping
  }

  func closed(in state: inout State) -> [Effect] {
    if !filter.terms.isEmpty { state.refilter(stayingAt: state.selection) }
    return []
  }

  /// The line with another text.
  fileprivate func reading(_ text: String) -> FilterLine {
    var line = self
    line.text = text
    line.filter = Filter(text)
    return line
  }
}

extension State {
  /// What the rows have to meet.
  var filter: Filter { stack[FilterLine.self]?.filter ?? Filter() }

  /// Whether something is hidden.
  var isFiltering: Bool { !filter.terms.isEmpty }

  /// How many rows are shown of how many.
  var filterCount: (shown: Int, all: Int) { (rows.visible.count, rows.roster.rows.count) }

  mutating func beginFilter() {
    var line = stack[FilterLine.self] ?? FilterLine(from: selection)
    line.isTyping = true
    line.origin = selection
    stack.push(line)
  }

  /// Filters by a whole text; an empty one ends it.
  mutating func hide(allBut text: String) {
    closeAll { $0 is FilterLine }
    guard !Filter(text).terms.isEmpty else { return }
    beginFilter()
    if let line = stack[FilterLine.self] { take(line.reading(text)) }
    stack[FilterLine.self]?.isTyping = false
  }

  /// Filters by what was typed, as far as it can be understood.
  fileprivate mutating func take(_ line: FilterLine) {
    let isSame = line.filter.terms == filter.terms
    stack[FilterLine.self] = line
    if !isSame { refilter(stayingAt: line.origin) }
  }

  fileprivate mutating func refilter(stayingAt origin: Element?) {
    diagram.arrangedSlots = nil
    diagram.scroll = 0
    shownList?.scroll = 0
    if let origin { selection = origin }
    relayout(afresh: true)
    if let origin, !page.shows(origin, in: self), page.substitute(for: origin, in: self) == nil { select(firstChoice) }
  }
}
