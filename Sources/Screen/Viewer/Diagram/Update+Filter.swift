internal import Diagram
internal import Topology

extension State {
  /// How many rows are shown of how many.
  var filterCount: (shown: Int, all: Int) { (visibleRows.count, roster.rows.count) }

  /// Whether something is hidden.
  var isFiltering: Bool { !filter.terms.isEmpty }

  mutating func beginFilter() {
    if case .pick = mode { mode = .walk }
    matches = nil
    searchText = ""
    mode = .filter(origin: selection)
  }

  /// A key while a filter is typed.
  mutating func typeFilter(_ key: Key) -> [Effect] {
    guard case .filter(let origin) = mode else { return [] }
    switch key {
    case .character(let scalar):
      if SafeText.isSafe(scalar) { filterText.unicodeScalars.append(scalar) }
      applyFilter(origin)
    case .backspace:
      if filterText.isEmpty {
        mode = .walk
      } else {
        filterText.unicodeScalars.removeLast()
        applyFilter(origin)
      }
    case .control("u"):
      filterText = ""
      applyFilter(origin)
    case .enter:
      if let problem = filter.problem {
        notify(problem)
      } else {
        mode = .walk
        if filter.terms.isEmpty { filterText = "" }
      }
    case .escape, .control("c"):
      mode = .walk
      clearFilter()
    case .up, .backTab: walk(.up)
    case .down, .tab: walk(.down)
    default: break
    }
    return []
  }

  mutating func clearFilter() {
    filterText = ""
    applyFilter(selection)
  }

  /// Takes what was typed, as far as it can be understood; `origin` is the element to stay at while it is shown.
  private mutating func applyFilter(_ origin: Element?) {
    let new = Filter(filterText)
    let isSame = new.terms == filter.terms
    filter = new
    if isSame { return }
    arrangedSlots = nil
    scroll = 0
    listScroll = 0
    if let origin { selection = origin }
    relayout(afresh: true)
    if let origin, !isShown(origin), substitute(for: origin) == nil { select(firstChoice) }
  }

  // MARK: Sort

  mutating func sort(by step: Int) {
    let all = Sorting.Key.allCases
    let here = all.firstIndex(of: sorting.key) ?? 0
    sorting.key = all[(here + step + all.count) % all.count]
    takeRanks()
  }

  mutating func invertSort() {
    sorting.isInverted.toggle()
    takeRanks()
  }

  /// Sorts now; what comes later finds its place without moving anybody.
  mutating func takeRanks() {
    roster = Roster(snapshot)
    ranks = sorting.ranks(roster.rows, snapshot, traffic)
    arrangedSlots = nil
    relayout()
  }

  // MARK: What is shown

  /// What the layout is to draw, and in which order; nil: everything in its own.
  var arrangement: Arrangement? {
    if !isFiltering, ranks.isEmpty { return nil }
    guard isFiltering else { return Arrangement(ranks: ranks) }
    var selection = Arrangement.Selection()
    for row in visibleRows {
      selection.namespaces.insert(row.namespace)
      for end in row.ends { keep(end, in: &selection) }
    }
    return Arrangement(selection: selection, ranks: ranks)
  }

  /// A link with all that it hangs on.
  private func keep(_ ref: LinkRef, in selection: inout Arrangement.Selection) {
    var next: LinkRef? = ref
    while let ref = next, selection.links.insert(ref).inserted {
      selection.namespaces.insert(ref.namespace)
      let link = snapshot.link(ref)
      if link?.master != nil, let lower = link?.lower { keep(lower, in: &selection) }
      next = link?.master ?? link?.lower
    }
  }

  /// Reads the rows of the snapshot again where somebody needs them.
  mutating func updateRoster() {
    guard isFiltering || page != .diagram || !ranks.isEmpty || mode.isFiltering || isTight else {
      roster = Roster()
      visibleRows = []
      return
    }
    roster = Roster(snapshot)
    visibleRows = isFiltering ? roster.rows.filter { filter.accepts($0, in: snapshot) } : roster.rows
  }
}

extension State.Mode {
  var isFiltering: Bool { if case .filter = self { true } else { false } }
}
