internal import Canvas
internal import Diagram
internal import Reachability
public import Topology

extension State {
  /// Takes an action and says what is to be done about it. `now` is when it happened.
  public mutating func update(_ action: Action, at now: Timestamp) -> [Effect] {
    let effects = take(action, at: now)
    return effects + tablesWanted(by: action)
  }

  private mutating func take(_ action: Action, at now: Timestamp) -> [Effect] {
    self.now = now
    if let until = notice?.until, until <= now { notice = nil }
    switch action {
    case .key(let key): return press(key)
    case .click(let point, let isDouble): return click(point, isDouble: isDouble)
    case .wheel(let rows, let point): wheel(rows, at: point)
    case .resize(let size):
      self.size = Size(width: max(0, size.width), height: max(0, size.height))
      relayout(afresh: true)
    case .snapshot(let snapshot): receive(snapshot)
    case .traffic(let traffic):
      if thawed != nil { thawed?.traffic = traffic } else { self.traffic = traffic }
    case .ping(let report): return receive(report)
    case .tick:
      if let deadline = slots.nextDeadline, deadline <= now { relayout() }
    case .notice(let text): notify(text)
    case .tables(let id, let tables): self.tables = (id, tables)
    }
    return []
  }

  /// What has to be read for the pane: the tables of the selected namespace, where they are not there yet or with each
  /// sample of the counters.
  private mutating func tablesWanted(by action: Action) -> [Effect] {
    guard isPaneOpen, thawed == nil, let id = selection?.namespace else { return [] }
    if case .traffic = action { return [.readTables(id)] }
    if askedTables == id { return [] }
    askedTables = id
    return [.readTables(id)]
  }

  mutating func notify(_ text: String) {
    notice = (text, Timestamp(milliseconds: now.milliseconds + 4000))
  }

  // MARK: The model

  private mutating func receive(_ new: Snapshot) {
    let seen = thawed?.snapshot ?? snapshot
    if seen.revision > 0 {
      changes += Change.between(seen, new)
      if changes.count > 200 { changes.removeFirst(changes.count - 200) }
    }
    if thawed != nil {
      thawed?.snapshot = new
      return
    }
    snapshot = new
    relayout()
  }

  /// Settles the slots and places everything anew; the selection stays on its element, or goes to the next one.
  ///
  /// Not `afresh`, a picture that has become coarser stays so until there is room to spare: one container that comes
  /// and goes must not make it flicker.
  mutating func relayout(afresh: Bool = false) {
    folded = folded.filter { snapshot.link($0) != nil }
    let previous = afresh ? nil : layout.scale
    // Before the first snapshot there is nobody who could be new.
    if snapshot.namespaces.count > 0 {
      layout = Layout(
        snapshot, settling: &slots, at: now, zoom: zoom, folded: folded, viewport: screen.zoomViewport, after: previous)
    } else {
      layout = Layout(snapshot, slots: slots, zoom: zoom, folded: folded, viewport: screen.zoomViewport)
    }
    if let current = selection, layout.frame(of: current) == nil {
      selection = layout.element(for: current, in: snapshot) ?? layout.elements[clamped: selectionPosition]?.element
    }
    if selection == nil { selection = firstChoice }
    if let marked, layout.frame(of: marked) == nil { self.marked = nil }
    if case .pick(let source) = mode, layout.frame(of: source) == nil { mode = .walk }
    if matches != nil { search() }
    reveal()
  }

  private var firstChoice: Element? {
    let containers = layout.elements.first { placed in
      if case .namespace(let id) = placed.element { id != .host } else { false }
    }
    return containers?.element ?? layout.elements.first?.element
  }

  // MARK: Walking

  mutating func select(_ element: Element?) {
    guard let element else { return }
    if element != selection { paneScroll = 0 }
    selection = element
    reveal()
  }

  /// Scrolls so that the selection is on the screen, with a row to spare where there is room.
  mutating func reveal() {
    let height = screen.diagram.size.height
    if let selection, let frame = layout.frame(of: selection) {
      selectionPosition = layout.position(of: selection) ?? 0
      if frame.minY - 1 < scroll { scroll = frame.minY - 1 }
      if frame.maxY + 1 > scroll + height { scroll = min(frame.minY - 1, frame.maxY + 1 - height) }
    }
    scroll = max(0, min(scroll, layout.size.height - height))
  }

  func direction(of key: Key) -> Direction? {
    switch key {
    case .up, .character("k"): .up
    case .down, .character("j"): .down
    case .left, .character("h"): .left
    case .right, .character("l"): .right
    default: nil
    }
  }

  // MARK: Keys

  mutating func press(_ key: Key) -> [Effect] {
    if case .search = mode { return type(key) }
    if mode == .help {
      mode = .walk
      return []
    }
    guard let command = KeyTable.command(for: key, isPinging: ping != nil) else { return [] }
    return perform(command, key)
  }

  private mutating func perform(_ command: Command, _ key: Key) -> [Effect] {
    switch command {
    case .move: move(key)
    case .inspect:
      if case .pick(let source) = mode { return start(from: source) }
      isPaneOpen = true
      paneScroll = 0
      relayout(afresh: true)
    case .focus: if isPaneOpen { isPaneFocused.toggle() }
    case .ping: return askForTarget()
    case .pingAgain:
      guard let last = ping else { break }
      return begin(last.route.source, last.route.destination, family: last.route.family)
    case .mark: markOrFold()
    case .family: return changeFamily(key == .character("6") ? .ipv6 : .ipv4)
    case .back: return back()
    case .find: beginSearch()
    case .nextMatch: step(1)
    case .previousMatch: step(-1)
    case .trouble: nextTrouble()
    case .zoomIn, .zoomOut:
      stepZoom(command == .zoomIn ? -1 : 1)
    case .fold: markOrFold()
    case .freeze: toggleFreeze()
    case .closeHoles:
      slots.compact()
      relayout()
      return [.rescan]
    case .copy: return copy()
    case .bridge: goToBridge(key)
    case .first: isPaneFocused ? paneScroll = 0 : select(layout.elements.first?.element)
    case .last: select(layout.elements.last?.element)
    case .pageUp: page(-1)
    case .pageDown: page(1)
    case .help: mode = .help
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    case .interrupt: return ping?.isRunning == true ? back() : [.quit(keepsScreen: false)]
    case .quit: return [.quit(keepsScreen: false)]
    case .quitKeepingScreen: return [.quit(keepsScreen: true)]
    }
    return []
  }

  /// From card to row, rake and dots, and back; what is chosen stays until the other end of it is passed.
  mutating func stepZoom(_ step: Int) {
    let all = Zoom.allCases
    guard let here = all.firstIndex(of: zoom ?? layout.zoom), all.indices.contains(here + step) else {
      return notify(step < 0 ? "this is the closest" : "this is the widest")
    }
    zoom = all[here + step]
    relayout(afresh: true)
  }

  private mutating func move(_ key: Key) {
    guard let direction = direction(of: key) else { return }
    if isPaneFocused, direction == .up || direction == .down {
      paneScroll = max(0, paneScroll + (direction == .down ? 1 : -1))
      return
    }
    guard let selection else { return select(layout.elements.first?.element) }
    select(layout.next(from: selection, toward: direction))
  }

  private mutating func page(_ sign: Int) {
    let height = max(1, screen.diagram.size.height - 2)
    if isPaneFocused {
      paneScroll = max(0, paneScroll + sign * height)
      return
    }
    guard let selection, let here = layout.frame(of: selection) else { return }
    let target = here.minY + sign * height
    let column = layout.elements.filter { $0.frame.minX == here.minX }
    select(column.min { abs($0.frame.minY - target) < abs($1.frame.minY - target) }?.element)
  }

  /// Exactly one step back.
  private mutating func back() -> [Effect] {
    if case .pick(let source) = mode {
      mode = .walk
      select(source)
      return []
    }
    if let running = ping, running.isRunning {
      ping?.isRunning = false
      ping?.replyAt = nil
      return [.stopPing(id: running.id)]
    }
    if matches != nil {
      matches = nil
      searchText = ""
    } else if isPaneOpen {
      isPaneOpen = false
      isPaneFocused = false
      relayout(afresh: true)
    } else if ping != nil {
      ping = nil
      relayout()
    } else if marked != nil {
      marked = nil
    }
    return []
  }

  private mutating func markOrFold() {
    guard let selection else { return }
    if case .link(let ref) = selection, snapshot.link(ref)?.isBridge == true {
      if folded.remove(ref) == nil { folded.insert(ref) }
      relayout()
    } else {
      marked = marked == selection ? nil : selection
    }
  }

  private mutating func toggleFreeze() {
    if let seen = thawed {
      thawed = nil
      frozenAt = nil
      snapshot = seen.snapshot
      traffic = seen.traffic
      relayout()
    } else {
      thawed = (snapshot, traffic)
      frozenAt = now
    }
  }

  private mutating func nextTrouble() {
    let troubled = layout.elements.map(\.element).filter { element in
      switch element {
      case .link(let ref): snapshot.link(ref).map { $0.state != .up } ?? false
      case .namespace(let id): snapshot.namespaces[id]?.shownLinks.contains { $0.state != .up } ?? false
      }
    }
    guard let first = troubled.first else { return notify("nothing is in trouble") }
    let here = selection.flatMap { layout.position(of: $0) } ?? -1
    select(troubled.first { (layout.position(of: $0) ?? 0) > here } ?? first)
  }

  private mutating func goToBridge(_ key: Key) {
    guard case .character(let digit) = key, digit.value > 48 else { return }
    let bridges = layout.elements.map(\.element).filter { element in
      if case .link(let ref) = element { snapshot.link(ref)?.isBridge ?? false } else { false }
    }
    let number = Int(digit.value) - 49
    if number < bridges.count { select(bridges[number]) } else { notify("there is no bridge \(number + 1)") }
  }

  private mutating func copy() -> [Effect] {
    let text = selectedLink?.primaryAddress?.local.description ?? selectedLink?.name ?? ""
    guard !text.isEmpty else { return [] }
    notify("copied \(text)")
    return [.copy(text)]
  }
}

extension Array {
  /// The element at an index, moved into the array; nil for an empty one.
  subscript(clamped index: Int) -> Element? {
    isEmpty ? nil : self[Swift.max(0, Swift.min(index, count - 1))]
  }
}
