internal import Canvas
internal import Diagram
internal import Paths
public import Topology

extension State {
  /// Takes an action and says what is to be done about it. `now` is when it happened.
  public mutating func update(_ action: Action, at now: Timestamp) -> [Effect] {
    let before = page
    let effects = take(action, at: now)
    // What was asked for last is what is looked at: details that would cover it go.
    if page != before, page != .diagram, isPaneOpen, !screen.isPaneBeside {
      isPaneOpen = false
      isPaneFocused = false
      relayout(afresh: true)
    }
    return effects + tablesWanted(by: action) + (page == .matrix ? explainCells() : [])
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
    case .explanation(let id, let explanation, let isFinal): receive(explanation, of: id, isFinal: isFinal)
    case .tick:
      if let deadline = whyDeadline, deadline <= now { return askAboutSilence() }
      if let deadline = slots.nextDeadline, deadline <= now { relayout() }
    case .notice(let text): notify(text)
    case .tables(let id, let tables): self.tables = (id, tables)
    }
    return []
  }

  /// What has to be read for the pane: the tables of the selected namespace, where they are not there yet or with each
  /// sample of the counters.
  private mutating func tablesWanted(by action: Action) -> [Effect] {
    guard isPaneOpen, thawed == nil, let selection else { return [] }
    var isSample = false
    if case .traffic = action { isSample = true }
    guard isSample || askedTables != selection else { return [] }
    askedTables = selection
    return [.readTables(selection.namespace, of: selectedLink?.id)]
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
  /// Unless it is `afresh`, a picture that has become coarser stays so until there is room to spare: one container that
  /// comes and goes must not make it flicker.
  mutating func relayout(afresh: Bool = false) {
    folded = folded.filter { snapshot.link($0) != nil }
    updateRoster()
    let previous = afresh ? nil : layout.scale
    let arrangement = arrangement
    // Before the first snapshot there is nobody who could be new.
    if snapshot.namespaces.count > 0, let arrangement {
      // The whole picture's slots are kept, so that everybody stands where he stood when the filter is cleared.
      slots.settle(snapshot, at: now)
      var arranged = arrangedSlots ?? slots.emptied()
      layout = Layout(
        snapshot, settling: &arranged, at: now, zoom: zoom, folded: isFiltering ? [] : folded,
        viewport: screen.zoomViewport, after: previous, arrangement: arrangement)
      arrangedSlots = arranged
    } else if snapshot.namespaces.count > 0 {
      layout = Layout(
        snapshot, settling: &slots, at: now, zoom: zoom, folded: folded, viewport: screen.zoomViewport, after: previous)
    } else {
      layout = Layout(snapshot, slots: slots, zoom: zoom, folded: folded, viewport: screen.zoomViewport)
    }
    if let current = selection, !isShown(current) {
      selection = substitute(for: current) ?? walkable[clamped: selectionPosition]
    }
    if selection == nil { selection = firstChoice }
    if let marked, layout.element(for: marked, in: snapshot) == nil { self.marked = nil }
    if case .pick(let source) = mode, layout.element(for: source, in: snapshot) == nil { mode = .walk }
    if case .list(.events) = page { eventCursor = max(0, min(eventCursor, shownChanges.count - 1)) }
    if matches != nil { search() }
    reveal()
  }

  var firstChoice: Element? {
    let all = walkable
    return all.first { if case .namespace(let id) = $0 { id != .host } else { false } } ?? all.first
  }

  // MARK: Keys

  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    if case .search = mode { return type(key) }
    if case .filter = mode { return typeFilter(key) }
    if mode == .help {
      mode = .walk
      return []
    }
    guard
      let command = KeyTable.command(
        for: key, isPinging: ping != nil || page == .matrix, isExplaining: shownPage == .explanation)
    else { return [] }
    return perform(command, key)
  }

  private mutating func perform(_ command: Command, _ key: Key) -> [Effect] {
    switch command {
    case .move: move(key)
    case .inspect: return inspect()
    case .focus: cycleFocus(isBack: key == .backTab)
    case .ping: return shownPage == .matrix ? pingCell() : askForTarget()
    case .why: return askWhy()
    case .trace: return traceWhy()
    case .pingAgain: return pingAgain()
    case .mark: markOrFold()
    case .family:
      if page == .matrix { return openMatrix(family: key == .character("6") ? .ipv6 : .ipv4) }
      return changeFamily(key == .character("6") ? .ipv6 : .ipv4)
    case .back: return back()
    case .find: beginSearch()
    case .filter: beginFilter()
    case .sort, .invert: order(by: command)
    case .list:
      shownPage == .diagram || page == .matrix || page == .explanation
        ? turn(to: .list(.interfaces)) : turn(to: .diagram)
    case .busiest: toggle(.busiest)
    case .troubleList: toggle(.trouble)
    case .events: toggle(.events)
    case .matrix: return openMatrix(family: matrix?.family ?? .any)
    case .nextMatch: step(1)
    case .previousMatch: step(-1)
    case .nextTrouble: nextTrouble()
    case .zoomIn, .zoomOut:
      guard shownPage == .diagram else { return [] }
      stepZoom(command == .zoomIn ? -1 : 1)
    case .fold: markOrFold()
    case .freeze: toggleFreeze()
    case .closeHoles:
      slots.compact()
      takeRanks()
      return [.rescan]
    case .copy: return copy()
    case .bridge: goToBridge(key)
    case .first: isPaneFocused ? paneScroll = 0 : jump(toEnd: false)
    case .last: jump(toEnd: true)
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

  /// What Enter does: start what is being chosen, or show details.
  private mutating func inspect() -> [Effect] {
    if case .pick(let source) = mode { return start(from: source) }
    if shownPage == .matrix { return pingCell() }
    if shownList == .events {
      followEvent()
      return []
    }
    isPaneOpen = true
    paneScroll = 0
    relayout(afresh: true)
    return []
  }

  private mutating func pingAgain() -> [Effect] {
    if page == .matrix { return openMatrix(family: matrix?.family ?? .any) }
    guard let last = lastRoute else {
      notify("nothing was pinged yet: p chooses a target")
      return []
    }
    return begin(last.source, last.destination, family: last.family)
  }

  private mutating func order(by command: Command) {
    if shownList == .busiest || shownList == .events {
      notify("this list has one order only; v lists in others")
    } else if command == .sort {
      sort(by: 1)
    } else {
      invertSort()
    }
  }

  /// Exactly one step back.
  private mutating func back() -> [Effect] {
    if case .pick(let source) = mode {
      mode = .walk
      select(source)
      return []
    }
    if page == .explanation { return closeExplanation() }
    if let running = ping, running.isRunning {
      ping?.isRunning = false
      ping?.replyAt = nil
      return [.stopPing(id: running.id)]
    }
    if matches != nil {
      matches = nil
      searchText = ""
    } else if page == .matrix {
      return closeMatrix()
    } else if isFiltering {
      clearFilter()
    } else if isPaneOpen {
      isPaneOpen = false
      isPaneFocused = false
      relayout(afresh: true)
    } else if page != .diagram {
      turn(to: .diagram)
    } else if ping != nil {
      let effects = forgetSilence()
      ping = nil
      if comesFromMatrix, matrix != nil { page = .matrix }
      comesFromMatrix = false
      relayout()
      return effects
    } else if marked != nil {
      marked = nil
    } else if zoom != nil {
      zoom = nil
      relayout(afresh: true)
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
      if let name = marked.flatMap({ endpoint(of: $0)?.name }) {
        notify("\(name) is marked: p or w on another one starts from it")
      }
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
    let rows = (isFiltering ? visibleRows : Roster(snapshot).rows).filter { snapshot.trouble(of: $0) != nil }
    let places = places
    let troubled = Set(rows.compactMap { isShown($0.element) ? $0.element : substitute(for: $0.element) })
      .compactMap { element in places[element].map { (place: $0, element: element) } }.sorted { $0.place < $1.place }
    guard let first = troubled.first else {
      let isHidden = isFiltering && tally.troubled > 0
      return notify(isHidden ? "nothing that the filter shows is in trouble" : "nothing is in trouble")
    }
    let here = selection.flatMap { places[$0] } ?? -1
    select((troubled.first { $0.place > here } ?? first).element)
  }

  private mutating func goToBridge(_ key: Key) {
    guard case .character(let digit) = key, digit.value > 48 else { return }
    let bridges = walkable.filter { element in
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

  /// The element at an index; nil outside.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
