internal import Diagram
internal import Topology

extension State {
  mutating func beginSearch() {
    // A target may be searched for: afterwards it goes on being chosen.
    if case .pick(let source) = mode { pickedSource = source } else { pickedSource = nil }
    searchText = ""
    mode = .search(origin: selection)
    search()
  }

  /// A key while a search is typed.
  mutating func type(_ key: Key) -> [Effect] {
    guard case .search(let origin) = mode else { return [] }
    switch key {
    case .character(let scalar):
      if SafeText.isSafe(scalar) { searchText.unicodeScalars.append(scalar) }
      search()
      jump()
    case .backspace:
      if searchText.isEmpty {
        endSearch(origin)
      } else {
        searchText.unicodeScalars.removeLast()
        search()
        jump()
      }
    case .enter:
      leaveSearch()
      if matches?.isEmpty == true {
        notify("no match for \(searchText)")
        searchText = ""
      }
      if searchText.isEmpty { matches = nil }
    case .escape, .control("c"): endSearch(origin)
    case .control("u"):
      searchText = ""
      search()
    case .up, .backTab: step(-1)
    case .down, .tab: step(1)
    default: break
    }
    return []
  }

  private mutating func leaveSearch() {
    mode = pickedSource.map { .pick(source: $0) } ?? .walk
    pickedSource = nil
  }

  private mutating func endSearch(_ origin: Element?) {
    leaveSearch()
    matches = nil
    searchText = ""
    if let origin, isShown(origin) { select(origin) }
  }

  /// Finds every element that has the text somewhere.
  mutating func search() {
    guard !searchText.isEmpty else {
      matches = nil
      return
    }
    let wanted = searchText.lowercased()
    let hidden = layout.linksByElement
    guard shownPage == .diagram else {
      matches = listRows.filter { row in snapshot.words(of: row).contains { $0.lowercased().contains(wanted) } }
        .map(\.element)
      return
    }
    matches = layout.elements.map(\.element).filter { element in
      let links = hidden[element, default: []].compactMap { snapshot.link($0) }
      return (words(of: element) + links.flatMap(snapshot.words)).contains { $0.lowercased().contains(wanted) }
    }
  }

  /// Goes to the first match at or behind the selection.
  private mutating func jump() {
    guard let matches, let first = matches.first else { return }
    let places = places
    let here = selection.flatMap { places[$0] } ?? 0
    select(matches.first { (places[$0] ?? 0) >= here } ?? first)
  }

  /// The next (or previous) match, round the end.
  mutating func step(_ sign: Int) {
    guard let matches, !matches.isEmpty else {
      notify(searchText.isEmpty ? "nothing was searched for yet: / begins" : "no match for \(searchText)")
      return
    }
    let places = places
    let here = selection.flatMap { places[$0] } ?? 0
    if sign > 0 {
      select(matches.first { (places[$0] ?? 0) > here } ?? matches.first)
    } else {
      select(matches.last { (places[$0] ?? 0) < here } ?? matches.last)
    }
  }

  /// Where everything stands that can be selected, in reading order.
  var places: [Element: Int] {
    Dictionary(walkable.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// What an element can be found by.
  private func words(of element: Element) -> [String] {
    switch element {
    case .link(let ref): return snapshot.link(ref).map(snapshot.words) ?? []
    case .namespace(let id):
      guard let namespace = snapshot.namespaces[id] else { return [] }
      let links = namespace.shownLinks.filter { layout.element(for: $0.id) == element }
      return snapshot.words(of: namespace) + links.flatMap(snapshot.words)
    }
  }
}
