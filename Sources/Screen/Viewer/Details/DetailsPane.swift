internal import Canvas
internal import Diagram
internal import Keys
internal import Listing
internal import Topology

/// All that is known of what is selected: beside the page, or over it in two columns.
struct DetailsPane: Sendable {
  /// Whether the arrow keys scroll it.
  var isFocused = false
  /// The first line that is on the screen.
  var scroll = 0
  /// Routes, neighbours and the like of a namespace, as they were read last.
  var tables: (of: NamespaceID, rows: NetworkTables)?
  /// What tables were asked for last.
  private var asked: Element?

  /// Whether the tables of what is selected have to be read: with each sample of the counters, and where they are not
  /// there yet.
  mutating func wantsTables(of element: Element, isSample: Bool) -> Bool {
    guard isSample || asked != element else { return false }
    asked = element
    return true
  }
}

extension DetailsPane: Layer {
  var context: Context? { .pane }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    guard isFocused, state.isPaneShown else { return nil }
    switch command {
    case .up: state.scrollPane(to: scroll - 1)
    case .down: state.scrollPane(to: scroll + 1)
    case .pageUp: state.scrollPane(to: scroll - state.screenful)
    case .pageDown: state.scrollPane(to: scroll + state.screenful)
    case .first: state.scrollPane(to: 0)
    case .last: state.scrollPane(to: .max)
    default: return nil
    }
    return []
  }
}

extension State {
  /// Whether the details are open, seen or covered.
  public var isPaneOpen: Bool { stack[DetailsPane.self] != nil }

  /// Whether the details are on the screen: where they would cover what was opened after them they are not.
  var isPaneShown: Bool { isPaneOpen && (size.width >= Screen.leastWidthBeside || !stack.covers(DetailsPane.self)) }

  /// Whether the arrow keys scroll the details.
  public var isPaneFocused: Bool { isPaneShown && stack[DetailsPane.self]?.isFocused == true }

  mutating func openPane() {
    var pane = stack[DetailsPane.self] ?? DetailsPane()
    pane.scroll = 0
    open(pane)
  }

  /// Scrolls the details to a line, as far as there are any.
  mutating func scrollPane(to line: Int) {
    let line = max(0, min(line, lastPaneScroll))
    stack[DetailsPane.self]?.scroll = line
  }

  /// From the page to the details, to the events, and back.
  mutating func cycleFocus(isBack: Bool) {
    // 0: the page, 1: the details where they are open, 2: the events.
    let stops = isPaneOpen ? [0, 1, 2] : [0, 2]
    let here = stops.firstIndex(of: shownList?.kind == .events ? 2 : isPaneFocused ? 1 : 0) ?? 0
    let next = stops[(here + (isBack ? stops.count - 1 : 1)) % stops.count]
    if next == 2 { return toggle(.events) }
    if shownList?.kind == .events { toggle(.events) }
    stack[DetailsPane.self]?.isFocused = next == 1
  }

  /// What has to be read for the details after an action.
  mutating func tablesWanted(by action: Action) -> [Effect] {
    guard isPaneShown, world.frozenAt == nil, let inspected else { return [] }
    let isSample = if case .traffic = action { true } else { false }
    guard stack[DetailsPane.self]?.wantsTables(of: inspected, isSample: isSample) == true else { return [] }
    return [.readTables(inspected.namespace, of: selectedLink?.id)]
  }
}
