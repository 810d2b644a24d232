internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

/// A list with a line a thing.
struct ListPage: Sendable {
  /// What it lists.
  enum Kind: Sendable, Hashable {
    /// All interfaces: the diagram for screen readers, and for hosts without end.
    case interfaces
    /// The same by what they carried in the last minute, the most first.
    case busiest
    /// What is not as it should be, and why.
    case trouble
    /// What changed from what to what, the newest first.
    case events

    /// Whether its order can be chosen.
    var isSortable: Bool { self == .interfaces || self == .trouble }
  }

  let kind: Kind
  /// The first row that is on the screen.
  var scroll = 0
  /// The event that is selected: 0 is the newest.
  var event = 0

  init(_ kind: Kind) { self.kind = kind }

  /// Scrolls so far that a row is seen, of so many that there is room for.
  mutating func reveal(_ row: Int, height: Int) {
    if row < scroll { scroll = row }
    if row >= scroll + height { scroll = row + 1 - height }
    scroll = max(0, scroll)
  }
}

extension ListPage: Page {
  var context: Context? { kind == .events ? .events : .list }
  var showsPings: Bool { kind == .interfaces || kind == .busiest }

  func isSame(as other: any Layer) -> Bool { (other as? ListPage)?.kind == kind }

  func elements(in state: State) -> [Element] { state.listRows.map(\.element) }
  func shows(_ element: Element, in state: State) -> Bool { state.listRows.contains { $0.element == element } }
  func substitute(for element: Element, in state: State) -> Element? {
    state.listRows.first { row in
      switch element {
      case .link(let ref): row.ends.contains(ref)
      case .namespace(let id): row.namespace == id
      }
    }?.element
  }

  func reveal(in state: inout State) {
    if kind == .events { return state.selectEvent(event) }
    guard let selection = state.selection, let row = state.listRows.firstIndex(where: { $0.element == selection })
    else { return }
    state.selectionPosition = row
    let height = state.listHeight
    state.shownList?.reveal(row, height: height)
  }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    guard kind == .events, command == .inspect else { return nil }
    state.followEvent()
    return []
  }

  func walk(_ direction: Direction, in state: inout State) {
    if direction == .up || direction == .down { move(direction == .down ? 1 : -1, in: &state) }
  }

  func turn(_ screens: Int, in state: inout State) { move(screens * state.screenful, in: &state) }
  func wheel(_ rows: Int, at point: Point, in state: inout State) { move(rows, in: &state) }

  func jump(toEnd: Bool, in state: inout State) {
    if kind == .events { return state.selectEvent(toEnd ? .max : 0) }
    let rows = state.listRows
    state.select((toEnd ? rows.last : rows.first)?.element)
  }

  /// Moves by so many rows.
  private func move(_ step: Int, in state: inout State) {
    if kind == .events { return state.selectEvent(event + step) }
    let rows = state.listRows
    guard !rows.isEmpty else { return }
    let here = rows.firstIndex { $0.element == state.selection }
    state.select(rows[max(0, min((here ?? -step) + step, rows.count - 1))].element)
  }

  func choose(_ point: Point, in state: inout State) -> Bool {
    let top = state.screen.body.minY + 1
    let row = point.y - top + scroll
    guard point.y >= top else {
      if point.y == top - 1 { state.order(byHeadAt: point, of: self) }
      return false
    }
    if kind == .events {
      guard row < state.shownChanges.count else { return false }
      state.selectEvent(row)
      return true
    }
    guard point.y < top + state.listHeight, let element = state.listRows[safe: row]?.element else { return false }
    state.select(element)
    return true
  }
}

extension State {
  /// The list that is on the screen; nil: the page is none. Setting it sets that one.
  var shownList: ListPage? {
    get { page as? ListPage }
    set {
      guard let newValue else { return }
      if stack.page == nil { bareList = newValue } else { stack.replace(newValue) }
    }
  }

  /// Opens a list; where it is on the screen already it closes.
  mutating func toggle(_ kind: ListPage.Kind) {
    if let list = stack.page as? ListPage, list.kind == kind {
      closeAll { list.isSame(as: $0) }
      return
    }
    // What happened is no list to choose a target from.
    if kind == .events { closeAll { $0 is Pick } }
    open(ListPage(kind))
    // On a list the cursor starts where the eye does.
    if kind == .busiest || kind == .trouble, let first = listRows.first { select(first.element) }
  }

  /// `v`: from a list to the diagram, and from there to all interfaces; where there is no room for a diagram these are
  /// there anyway.
  mutating func toggleLists() {
    if stack.page is ListPage {
      closeAll { $0 is ListPage }
    } else if shownList == nil {
      open(ListPage(.interfaces))
    }
  }

  /// The rows of the list that is shown, in its order; empty where it is none of interfaces.
  var listRows: [RosterRow] {
    switch shownList?.kind {
    case .interfaces: return rows.ordered(rows.visible)
    case .busiest:
      let rows = rows.visible.filter { $0.link.map { snapshot.link($0)?.isBridge == false } ?? false }
      let rates = rows.map { traffic.minute(of: $0) }
      return rows.indices.filter { rates[$0] > 0 }.sorted { (-rates[$0], $0) < (-rates[$1], $1) }.map { rows[$0] }
    case .trouble: return rows.ordered(rows.visible).filter { snapshot.trouble(of: $0) != nil }
    case .events, nil: return []
    }
  }

  /// The rows below a list's heading, and above what is said below them.
  var listHeight: Int {
    let below = warningLines.count
    return max(1, screen.body.size.height - 1 - (below > 0 ? below + 1 : 0))
  }

  /// What the model warns of, in full, below the list of trouble: at most on half of the page.
  var warningLines: [String] {
    guard shownList?.kind == .trouble else { return [] }
    let body = screen.body.size
    let lines = snapshot.warnings.flatMap { warning in
      wrapped(warning.text, columns: body.width - 5).enumerated().map { ($0.offset == 0 ? "! " : "  ") + $0.element }
    }
    return Array(lines.prefix(max(0, body.height / 2 - 1)))
  }

  // MARK: Events

  /// The events that a filter lets through, the newest first.
  var shownChanges: [Change] {
    guard isFiltering else { return changes.reversed() }
    let links = Set(rows.visible.flatMap(\.ends))
    let namespaces = Set(rows.visible.map(\.namespace))
    return changes.reversed().filter { change in
      // Of what is gone only its name is left, in the line that says so.
      let isGone = snapshot.namespaces[change.namespace] == nil || change.link.map { snapshot.link($0) == nil } ?? false
      if isGone { return filter.accepts(words: change.text) }
      return change.link.map { links.contains($0) } ?? namespaces.contains(change.namespace)
    }
  }

  /// Selects an event, or the nearest one that there is.
  fileprivate mutating func selectEvent(_ number: Int) {
    let (place, height) = (max(0, min(number, shownChanges.count - 1)), listHeight)
    shownList?.event = place
    shownList?.reveal(place, height: height)
  }

  /// Goes from an event to what it is about, on the diagram.
  fileprivate mutating func followEvent() {
    guard let change = shownChanges[clamped: shownList?.event ?? 0] else { return }
    let element = change.link.map { Element.link($0) } ?? .namespace(change.namespace)
    let found =
      layout.element(for: element, in: snapshot) ?? layout.element(for: .namespace(change.namespace), in: snapshot)
    guard let found else { return notify(Say.Notice.gone) }
    open(Visit())
    select(found)
  }
}

/// The diagram over a page that led to something on it.
struct Visit: Layer {
  var context: Context? { .walk }
  var wantsBody: Bool { true }
  var showsDiagram: Bool { true }
}
