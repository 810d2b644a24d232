internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

/// Where the selection goes on whatever page.
extension State {
  mutating func select(_ element: Element?) {
    guard let element else { return }
    if element != selection { stack[DetailsPane.self]?.scroll = 0 }
    selection = element
    diagram.walkColumn = nil
    page.reveal(in: &self)
  }

  /// What stands for an element on this page; nil: nothing does.
  func shown(_ element: Element) -> Element? {
    page.shows(element, in: self) ? element : page.substitute(for: element, in: self)
  }

  /// Selects what stands for a link.
  mutating func show(_ link: LinkRef) {
    select(shown(.namespace(link.namespace)) ?? shown(.link(link)))
  }

  /// Everything that can be selected on this page, in reading order.
  var walkable: [Element] { page.elements(in: self) }

  /// Where everything stands that can be selected, in reading order.
  var places: [Element: Int] {
    Dictionary(walkable.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// The rows that paging moves by.
  var screenful: Int { max(1, screen.body.size.height - 2) }

  /// What is selected where nothing was: the first container.
  var firstChoice: Element? {
    let all = walkable
    return all.first { if case .namespace(let id) = $0 { id != .host } else { false } } ?? all.first
  }

  mutating func nextTrouble() {
    let rows = filteredRows.filter { snapshot.trouble(of: $0) != nil }
    let places = places
    let page = page
    let reasons = Dictionary(
      rows.compactMap { row in
        let element = page.shows(row.element, in: self) ? row.element : page.substitute(for: row.element, in: self)
        return element.map { ($0, snapshot.reason(of: row)) }
      }, uniquingKeysWith: { first, _ in first })
    let troubled = reasons.keys.compactMap { element in places[element].map { (place: $0, element: element) } }
      .sorted { $0.place < $1.place }
    guard !troubled.isEmpty else {
      let isHidden = isFiltering && world.tally.troubled > 0
      return notify(isHidden ? Say.Notice.noTroubleShown : Say.Notice.noTrouble)
    }
    let here = selection.flatMap { places[$0] } ?? -1
    let next = troubled.firstIndex { $0.place > here } ?? 0
    select(troubled[next].element)
    let reason = reasons[troubled[next].element] ?? ""
    notify(troubled.count > 1 ? Say.Notice.trouble(reason, next + 1, of: troubled.count) : reason)
  }

  mutating func goToBridge(_ number: Int) {
    let bridges = walkable.filter { element in
      if case .link(let ref) = element { snapshot.link(ref)?.isBridge ?? false } else { false }
    }
    if number < bridges.count { select(bridges[number]) } else { notify(Say.Notice.noBridge(number + 1)) }
  }
}
