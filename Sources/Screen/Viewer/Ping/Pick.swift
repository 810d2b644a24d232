internal import Diagram
internal import Keys
internal import Labels
internal import Paths
internal import Topology

/// The target is being chosen; the source is known.
struct Pick: Layer {
  /// What the two are chosen for.
  enum Purpose: Sendable, Hashable {
    case ping, why

    /// What begins it, and starts it.
    var command: Command { self == .ping ? .ping : .why }
    /// What the footer calls it.
    var label: String { self == .ping ? "ping" : Say.PickLine.why }
  }

  /// What was selected, and will be again.
  let origin: Element
  var source: Target
  let purpose: Purpose
  let showsDiagram: Bool

  var context: Context? { .pick }
  var wantsBody: Bool { true }
  /// Whether what was selected is not who sends, but somebody beyond the picture.
  var isElsewhere: Bool { if case .outside(_, by: nil) = source { true } else { false } }

  /// What people type for a target begins with a letter, a digit, `[` or, for a port of what is selected, `:`.
  func type(_ key: Key, in state: inout State) -> [Effect]? {
    guard state.stack.isCurrent(Pick.self), case .character(let scalar) = key else { return nil }
    let command = state.keys.command(for: key)
    // While there are matches these go from one to the next.
    if state.matches != nil, command == .nextMatch || command == .previousMatch { return nil }
    if command == purpose.command { return nil }
    if scalar == " " { return state.beginTyping("") }
    guard TargetLine.begins(with: scalar) else { return nil }
    return state.beginTyping(String(scalar))
  }

  func paste(_ text: String, in state: inout State) -> Bool {
    guard state.stack.isCurrent(Pick.self) else { return false }
    _ = state.beginTyping(text)
    return true
  }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    switch command {
    case .inspect: state.startSelected()
    case .ping, .why: state.startSelected()
    default: nil
    }
  }

  func closed(in state: inout State) -> [Effect] {
    state.select(origin)
    return []
  }
}

/// It is being found out which addresses a ping is to be sent between.
struct RouteSearch: Layer {
  /// The number that the answer carries.
  let id: Int
  /// What is to be pinged.
  let text: String

  func closed(in state: inout State) -> [Effect] {
    state.notify(Say.Notice.notLookedFor(text))
    return [.stopFinding(id: id)]
  }
}

extension State {
  /// `p`: asks for the target; with a marked source, on the target itself, it starts at once.
  mutating func askForTarget() -> [Effect] {
    if let source = stack[SourceMark.self]?.element, source != selection { return startMarked(source, for: .ping) }
    return beginPick(for: .ping)
  }

  mutating func beginPick(for purpose: Pick.Purpose) -> [Effect] {
    guard let selection else { return [] }
    guard let source = source(selection, for: purpose) else {
      notify(Say.Notice.pingSource)
      return []
    }
    // Who is in trouble, and what happened, are lists of some only.
    let list = shownList?.kind
    open(
      Pick(origin: selection, source: source, purpose: purpose, showsDiagram: list == .events || list == .trouble))
    // The likeliest target: the next container.
    let places = places
    var own: Set<NamespaceID> = [selection.namespace]
    if case .endpoint(let end) = source { own.insert(end.namespace) }
    let others = walkable.filter { element in
      if case .namespace(let id) = element { id != .host && !own.contains(id) } else { false }
    }
    let here = places[selection] ?? 0
    select(others.first { (places[$0] ?? 0) > here } ?? others.last ?? selection)
    return []
  }

  /// From a marked source to what is selected.
  mutating func startMarked(_ marked: Element, for purpose: Pick.Purpose) -> [Effect] {
    guard let selection, let from = source(marked, for: purpose), let to = target(selection, for: purpose) else {
      return []
    }
    return start(from, to, nil, for: purpose)
  }

  /// From the source of the pick to what is selected.
  fileprivate mutating func startSelected() -> [Effect] {
    guard let pick = stack[Pick.self], let selection, let to = target(selection, for: pick.purpose) else { return [] }
    return start(pick.source, to, nil, for: pick.purpose)
  }

  /// Pings, or explains, between two ends.
  mutating func start(_ from: Target, _ to: Target, _ port: ServicePort?, for purpose: Pick.Purpose) -> [Effect] {
    if port == nil, case .endpoint(let one) = from, case .endpoint(let other) = to, one.namespace == other.namespace,
      one.link == other.link, one.address == other.address
    {
      stack[Pick.self] = nil
      notify(Say.Notice.sameEnds)
      relayout()
      return []
    }
    stack[SourceMark.self] = nil
    if purpose == .ping { return begin(from, to, family: .any) }
    let origin = stack[Pick.self]?.origin
    let effects = explain(from, to, port, .any)
    // Of a ping the way stays on the screen; behind the page that says why, one is still at whom one asked about.
    if let origin { select(origin) }
    return effects
  }

  // MARK: What an element means

  /// What an element means as the one who sends: of an explanation, an uplink stands for who is beyond it.
  func source(_ element: Element, for purpose: Pick.Purpose) -> Target? {
    if purpose == .why, let link = uplink(element) { return .outside(nil, by: link) }
    return endpoint(of: element).map { .endpoint($0) }
  }

  /// What an element means as the one who is to be reached: of an explanation, an uplink stands for the internet.
  func target(_ element: Element, for purpose: Pick.Purpose) -> Target? {
    if purpose == .why, uplink(element) != nil { return .outside(nil, by: nil) }
    return endpoint(of: element).map { .endpoint($0) }
  }

  /// An interface of the host that leads out of the machine: a card, or a cable whose far end can't be seen.
  private func uplink(_ element: Element) -> LinkRef? {
    guard case .link(let ref) = element, ref.namespace == .host, let link = snapshot.link(ref), link.isUplink,
      link.kind.isEmpty || link.isPair
    else { return nil }
    return ref
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
