internal import Diagram
internal import Keys
internal import Paths
internal import Topology

/// The target is being chosen; the source is known.
struct Pick: Layer {
  /// What the two are chosen for.
  enum Purpose: Sendable, Hashable { case ping, why }

  let source: Element
  let purpose: Purpose
  let showsDiagram: Bool

  var context: Context? { .pick }
  var escapeLabel: String { "cancel" }
  var wantsBody: Bool { true }

  func perform(_ command: Command, _ key: Key, in state: inout State) -> [Effect]? {
    switch command {
    case .inspect: state.start(from: source, for: purpose)
    case .ping: state.start(from: source, for: .ping)
    case .why: state.start(from: source, for: .why)
    default: nil
    }
  }

  func closed(in state: inout State) -> [Effect] {
    state.select(source)
    return []
  }
}

extension State {
  /// `p`: asks for the target; with a marked source, on the target itself, it starts at once.
  mutating func askForTarget() -> [Effect] {
    if let source = stack[SourceMark.self]?.element, source != selection { return start(from: source, for: .ping) }
    return beginPick(for: .ping)
  }

  mutating func beginPick(for purpose: Pick.Purpose) -> [Effect] {
    guard let selection else { return [] }
    guard endpoint(of: selection) != nil else {
      notify("a ping starts from a container or an interface")
      return []
    }
    // Who is in trouble, and what happened, are lists of some only.
    let list = shownList?.kind
    open(Pick(source: selection, purpose: purpose, showsDiagram: list == .events || list == .trouble))
    // The likeliest target: the next container.
    let places = places
    let others = walkable.filter { element in
      if case .namespace(let id) = element { id != .host && id != selection.namespace } else { false }
    }
    let here = places[selection] ?? 0
    select(others.first { (places[$0] ?? 0) > here } ?? others.last ?? selection)
    return []
  }

  /// Pings, or explains, from an element to the one that is selected.
  mutating func start(from source: Element, for purpose: Pick.Purpose) -> [Effect] {
    let wasChosen = stack[Pick.self] != nil
    stack[Pick.self] = nil
    guard let target = selection, let from = endpoint(of: source), let to = endpoint(of: target) else { return [] }
    guard from.namespace != to.namespace || from.link != to.link else {
      notify("source and target are the same")
      relayout()
      return []
    }
    stack[SourceMark.self] = nil
    if purpose == .ping { return begin(from, to, family: .any) }
    let effects = explain(from, to, .any)
    // Of a ping the way stays on the screen; behind the page that says why, one is still at whom one asked about.
    if wasChosen { select(source) }
    return effects
  }

  /// What an element means as one end of a ping.
  func endpoint(of element: Element) -> Endpoint? {
    guard let namespace = snapshot.namespaces[element.namespace] else { return nil }
    switch element {
    case .namespace: return Endpoint(namespace: namespace.id, name: namespace.name)
    case .link(let ref):
      guard let link = snapshot.link(ref) else { return nil }
      let meant = snapshot.meant(by: link)
      if meant.id != ref, let far = snapshot.namespaces[meant.id.namespace] {
        return Endpoint(namespace: far.id, link: meant.id, name: far.name)
      }
      return Endpoint(namespace: namespace.id, link: ref, name: ref.namespace == .host ? link.title : namespace.name)
    }
  }
}
