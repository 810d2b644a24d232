public import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

/// A search: while it is typed, and afterwards what it found.
struct Search: Layer {
  /// As it was typed; empty: nothing is looked for yet.
  var text = ""
  /// What was found, in reading order; nil: nothing was looked for.
  var matches: [Element]?
  /// What each of them was found by.
  var words: [Element: Word] = [:]
  var isTyping = true
  /// Where the selection goes back to.
  let origin: Element?

  init(from origin: Element?) { self.origin = origin }

  var context: Context? { isTyping ? .search : nil }
  var escapeLabel: String { isTyping ? Say.Footer.back : Say.Footer.clear }
  var wantsBody: Bool { true }

  func type(_ key: Key, in state: inout State) -> [Effect]? {
    guard isTyping else { return nil }
    switch TypedLine.edit(key, text) {
    case .add(let scalar): _ = paste(String(scalar), in: &state)
    case .cut(let rest): state.look(for: rest)
    case .keep: state.keepSearch()
    case .close: return state.back()
    case .previous: state.step(-1)
    case .next: state.step(1)
    case .nothing: break
    }
    return []
  }

  func paste(_ more: String, in state: inout State) -> Bool {
    if isTyping, let line = state.append(more, to: text) { state.look(for: line) }
    return isTyping
  }

  func closed(in state: inout State) -> [Effect] {
    if !isTyping {
      state.notify(Say.FindLine.ended)
    } else if let origin, state.page.shows(origin, in: state) {
      state.select(origin)
    }
    return []
  }
}

extension State {
  /// What the search of this page found, in reading order; nil: no search.
  public var matches: [Element]? { stack.isCurrent(Search.self) ? stack[Search.self]?.matches : nil }

  mutating func beginSearch() {
    stack.push(Search(from: selection))
    search()
  }

  /// Looks for a whole text.
  mutating func find(_ text: String) {
    beginSearch()
    look(for: text)
    keepSearch()
  }

  /// Looks for another text, and goes to the first match at or behind the selection.
  fileprivate mutating func look(for text: String) {
    stack[Search.self]?.text = text
    search()
    guard let matches, !matches.isEmpty else {
      // What half of it met is not what was looked for.
      if let origin = stack[Search.self]?.origin, page.shows(origin, in: self) { select(origin) }
      return
    }
    // A bridge takes over the MAC of a port: who looks for that means the port.
    let known = matches.filter { !isBorrowed($0) }.isEmpty ? matches : matches.filter { !isBorrowed($0) }
    // Who is called so comes before whose name has it somewhere.
    let ranks = known.map { Needle(text).rank(of: stack[Search.self]?.words[$0]) }
    let choices = zip(known, ranks).filter { $0.1 == ranks.min() }.map(\.0)
    let places = places
    let here = selection.flatMap { places[$0] } ?? 0
    select(choices.first { (places[$0] ?? 0) >= here } ?? choices[0])
  }

  private func isBorrowed(_ element: Element) -> Bool {
    guard let word = stack[Search.self]?.words[element], word.kind == .hardwareAddress else { return false }
    return word.link.flatMap { snapshot.link($0)?.isBridge } ?? false
  }

  fileprivate mutating func keepSearch() {
    guard let search = stack[Search.self] else { return }
    if search.text.isEmpty || search.matches?.isEmpty ?? true {
      if !search.text.isEmpty { notify(Needle(search.text).missing) }
      stack[Search.self] = nil
    } else {
      stack[Search.self]?.isTyping = false
    }
  }

  /// Finds every element of the page that has the text somewhere.
  mutating func search() {
    guard let text = stack[Search.self]?.text, !text.isEmpty else {
      stack[Search.self]?.matches = nil
      return
    }
    let needle = Needle(text)
    let found = findable.compactMap { element, words in needle.found(in: words).map { (element, $0) } }
    stack[Search.self]?.matches = found.map(\.0)
    stack[Search.self]?.words = Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// Every element of the page with what it can be found by, in reading order.
  private var findable: [(Element, [Word])] {
    if shownList != nil { return listRows.map { ($0.element, snapshot.words(of: $0)) } }
    let hidden = layout.linksByElement
    return layout.elements.map(\.element).map { element in
      let links = hidden[element, default: []].compactMap { snapshot.link($0) }
      return (element, words(of: element) + links.flatMap(snapshot.words))
    }
  }

  /// What the search found the selection by; nil: it is no match.
  var foundBy: Word? {
    guard let selection, matches != nil else { return nil }
    return stack[Search.self]?.words[selection]
  }

  /// What the details are about: what is selected, or, of what that stands for, the interface that the search met: who looks
  /// for a veth's MAC does not mean the other end of its cable.
  var inspected: Element? {
    guard let selection, let found = foundBy?.link, snapshot.link(found) != nil else { return selection }
    switch selection {
    case .namespace(let id): return found.namespace == id ? selection : .link(found)
    case .link: return .link(found)
    }
  }

  /// The next (or previous) match, round the end.
  mutating func step(_ sign: Int) {
    guard let matches, !matches.isEmpty else {
      let text = stack.isCurrent(Search.self) ? stack[Search.self]?.text ?? "" : ""
      return notify(text.isEmpty ? Say.FindLine.notBegun(keys.cap(.find)) : Say.Listed.noMatch(text))
    }
    let places = places
    let here = selection.flatMap { places[$0] } ?? 0
    let next =
      sign > 0 ? matches.firstIndex { (places[$0] ?? 0) > here } : matches.lastIndex { (places[$0] ?? 0) < here }
    let place = next ?? (sign > 0 ? 0 : matches.count - 1)
    select(matches[place])
    notify(Say.FindLine.match(place + 1, of: matches.count))
  }

  /// What an element can be found by.
  private func words(of element: Element) -> [Word] {
    switch element {
    case .link(let ref): return snapshot.link(ref).map(snapshot.words) ?? []
    case .namespace(let id):
      guard let namespace = snapshot.namespaces[id] else { return [] }
      let links = namespace.shownLinks.filter { layout.element(for: $0.id) == element }
      return snapshot.words(of: namespace) + links.flatMap(snapshot.words)
    }
  }
}
