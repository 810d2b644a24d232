internal import Canvas
internal import Diagram
internal import Topology

extension State {
  /// Whether the screen has no room for a diagram: then it is a list.
  var isTight: Bool { size.width < 60 || size.height < 15 }

  /// The page that is drawn.
  var shownPage: Page { page == .diagram && isTight ? .list(.interfaces) : page }

  /// The list that is drawn, if any.
  var shownList: Page.List? {
    if case .list(let list) = shownPage { list } else { nil }
  }

  /// Opens a list, or goes back from it to the diagram.
  mutating func toggle(_ list: Page.List) {
    turn(to: page == .list(list) ? .diagram : .list(list))
  }

  mutating func turn(to new: Page) {
    if page == new { return }
    page = new
    isPaneFocused = false
    matches = nil
    searchText = ""
    listScroll = 0
    if let selection, new == .diagram { self.selection = layout.element(for: selection, in: snapshot) ?? selection }
    relayout()
    // On a list the cursor starts where the eye does.
    if new == .list(.busiest) || new == .list(.trouble), let first = listRows.first { select(first.element) }
    if new == .list(.events) { eventCursor = 0 }
  }

  /// The rows of the list that is shown, in its order; empty where it is none of interfaces.
  var listRows: [RosterRow] {
    switch shownList {
    case .interfaces: return ordered(visibleRows)
    case .busiest:
      let rows = visibleRows.filter { $0.link.map { snapshot.link($0)?.isBridge == false } ?? false }
      let rates = rows.map { traffic.total(of: $0) }
      return rows.indices.filter { rates[$0] > 0 }.sorted { (-rates[$0], $0) < (-rates[$1], $1) }.map { rows[$0] }
    case .trouble: return ordered(visibleRows).filter { snapshot.trouble(of: $0) != nil }
    case .events, nil: return []
    }
  }

  /// Rows in the order that was asked for, as it was when the sort was taken; newcomers come last.
  private func ordered(_ rows: [RosterRow]) -> [RosterRow] {
    if ranks.isEmpty { return rows }
    let places = rows.map { ranks[$0.element] ?? .max }
    return rows.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { rows[$0] }
  }

  /// The events that a filter lets through, the newest first.
  var shownChanges: [Change] {
    guard isFiltering else { return changes.reversed() }
    let links = Set(visibleRows.flatMap(\.ends))
    let namespaces = Set(visibleRows.map(\.namespace))
    return changes.reversed().filter { change in
      change.link.map { links.contains($0) } ?? namespaces.contains(change.namespace)
    }
  }

  // MARK: What can be walked

  /// Everything that can be selected on this page, in reading order.
  var walkable: [Element] {
    shownList == nil ? layout.elements.map(\.element) : listRows.map(\.element)
  }

  /// Whether an element can be selected on this page.
  func isShown(_ element: Element) -> Bool {
    if shownList == nil { return layout.frame(of: element) != nil }
    return listRows.contains { $0.element == element }
  }

  /// The nearest thing of this page to one that is not on it.
  func substitute(for element: Element) -> Element? {
    if shownList == nil { return layout.element(for: element, in: snapshot) }
    let rows = listRows
    return rows.first { row in
      switch element {
      case .link(let ref): row.ends.contains(ref)
      case .namespace(let id): row.namespace == id
      }
    }?.element
  }

  /// Moves on a list by so many rows.
  mutating func moveOnList(_ step: Int) {
    if shownList == .events {
      eventCursor = max(0, min(eventCursor + step, shownChanges.count - 1))
      revealRow(eventCursor)
      return
    }
    let rows = listRows
    guard !rows.isEmpty else { return }
    let here = rows.firstIndex { $0.element == selection }
    select(rows[max(0, min((here ?? -step) + step, rows.count - 1))].element)
  }

  /// Goes from an event to what it is about.
  mutating func followEvent() {
    guard let change = shownChanges[clamped: eventCursor] else { return }
    let element = change.link.map { Element.link($0) } ?? .namespace(change.namespace)
    guard
      let found = layout.element(for: element, in: snapshot)
        ?? layout.element(for: .namespace(change.namespace), in: snapshot)
    else { return notify("that is not there any more") }
    turn(to: .diagram)
    select(found)
  }

  /// The rows below a list's heading.
  var listHeight: Int { max(1, screen.diagram.size.height - 1) }

  mutating func revealRow(_ row: Int) {
    if row < listScroll { listScroll = row }
    if row >= listScroll + listHeight { listScroll = row + 1 - listHeight }
    listScroll = max(0, listScroll)
  }
}
