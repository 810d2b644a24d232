internal import Canvas
internal import Conclusions
internal import Diagnosis
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Paths
public import Topology

extension State {
  /// Takes an action and says what is to be done about it. `now` is when it happened.
  public mutating func update(_ action: Action, at now: Timestamp) -> [Effect] {
    take(action, at: now) + tablesWanted(by: action) + explainCells()
  }

  private mutating func take(_ action: Action, at now: Timestamp) -> [Effect] {
    self.now = now
    if let until = notice?.until, until <= now { notice = nil }
    switch action {
    case .key(let key): return press(key)
    case .paste(let text, let isCut): paste(text, isCut: isCut)
    case .click(let point, let isDouble): return click(point, isDouble: isDouble)
    case .wheel(let rows, let point): wheel(rows, at: point)
    case .resize(let size):
      self.size = Size(width: max(0, size.width), height: max(0, size.height))
      relayout(afresh: true)
    case .snapshot(let snapshot): if world.receive(writesUnicode ? snapshot : snapshot.inASCII()) { relayout() }
    case .traffic(let traffic): world.receive(traffic)
    case .ping(let report): return receive(report)
    case .explanation(let id, let explanation, let isFinal):
      receive(writesUnicode ? explanation : explanation.inASCII(), of: id, isFinal: isFinal)
    case .tick:
      if let deadline = whyDeadline, deadline <= now { return askAboutSilence() }
      if let deadline = diagram.slots.nextDeadline, deadline <= now { relayout() }
    case .notice(let text): notify(text)
    case .suits(let theme): return suit(theme)
    case .route(let id, let route): return receive(route, of: id)
    case .tables(let id, let tables): stack[DetailsPane.self]?.tables = (id, tables)
    }
    return []
  }

  mutating func notify(_ text: String) {
    notice = (text, Timestamp(milliseconds: now.milliseconds + 4000))
  }

  /// Pasted text goes into the line that is typed, or nowhere: none of it is a key.
  private mutating func paste(_ text: String, isCut: Bool) {
    // Lines become blanks, as they would in a shell's prompt; what can't be shown is left out.
    let words = String(
      String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\n" || $0 == "\r" || $0 == "\t" ? " " : $0 }))
    let line = String(String.UnicodeScalarView(words.unicodeScalars.filter(SafeText.isSafe)))
    let isTaken = stack.typed.contains { $0.paste(line, in: &self) }
    if !isTaken { notify(Say.Notice.pasteNeedsLine(keys.cap(.find), keys.cap(.filter))) }
    if isTaken, isCut { notify(Say.Notice.pasteCut) }
  }

  // MARK: What is open

  /// Opens something over what is there.
  mutating func open(_ layer: any Layer) {
    _ = restack { stack in
      stack.push(layer)
      return []
    }
  }

  /// Exactly one step back: what was opened last goes.
  mutating func back() -> [Effect] {
    restack { stack in stack.pop().map { [$0] } ?? [] }
  }

  /// Closes all of a kind, wherever they are.
  @discardableResult
  mutating func closeAll(where isMeant: (any Layer) -> Bool) -> [Effect] {
    restack { stack in stack.remove(where: isMeant) }
  }

  /// Changes what is open, undoes what came with the layers that went, and places everything anew where there is another
  /// page now, or other room.
  private mutating func restack(_ change: (inout Stack) -> [any Layer]) -> [Effect] {
    let (page, screen) = (page, screen)
    var effects: [Effect] = []
    for layer in change(&stack) { effects += layer.closed(in: &self) }
    let isSamePage = page.isSame(as: self.page)
    if !isSamePage { stack[DetailsPane.self]?.isFocused = false }
    if !isSamePage || self.screen.body != screen.body {
      relayout(afresh: self.screen.zoomViewport != screen.zoomViewport)
    }
    return effects
  }

  // MARK: Keys

  mutating func press(_ key: Key) -> [Effect] {
    notice = nil
    // F1, or what stands for it, means the same while a line is typed.
    if case .function = key, keys.command(for: key) == .help, !(stack.top is HelpPage) { return perform(.help) }
    return press(key) { state in
      state.keys.command(
        for: key, isPinging: state.ping != nil || state.page is MatrixPage, isExplaining: state.page is WhyPage)
    }
  }

  /// Whoever types gets the key itself; for everybody else it is what it asks for.
  mutating func press(_ key: Key, meaning command: (State) -> Command?) -> [Effect] {
    for layer in stack.typed { if let effects = layer.type(key, in: &self) { return effects } }
    return command(self).map { perform($0) } ?? []
  }

  /// Does what a command asks for, by whatever key it came.
  ///
  /// What is open is asked first, the topmost before the others; of the pages only the one that is seen.
  mutating func perform(_ command: Command) -> [Effect] {
    let page = page
    for layer in stack.layers.reversed() where !(layer is any Page) || page.isSame(as: layer) {
      if let effects = layer.perform(command, in: &self) { return effects }
    }
    if stack.page == nil, let effects = page.perform(command, in: &self) { return effects }
    if let effects = start(command) { return effects }
    go(command)
    return []
  }

  /// The commands that the session has a part in; nil: it is none of them.
  private mutating func start(_ command: Command) -> [Effect]? {
    switch command {
    case .ping: askForTarget()
    case .why: askWhy()
    case .pingAgain: pingAgain()
    case .back: back()
    case .matrix: openMatrix()
    case .copy: copy()
    case .copyEntry: copyEntry()
    case .copyCapture: copyCapture()
    case .nextTheme: turnTheme()
    case .closeHoles: closeHoles()
    case .redraw: [.redraw]
    case .reload: [.reload]
    case .suspend: [.suspend]
    case .interrupt, .quit: [.quit(keepsScreen: false)]
    case .quitKeepingScreen: [.quit(keepsScreen: true)]
    default: nil
    }
  }

  /// The commands that change only what is seen.
  private mutating func go(_ command: Command) {
    switch command {
    case .left, .down, .up, .right: if let direction = Direction(command) { walk(direction) }
    case .inspect: openPane()
    case .focus, .focusBack: cycleFocus(isBack: command == .focusBack)
    case .mark: markOrFold()
    case .find: beginSearch()
    case .filter: beginFilter()
    case .prompt: open(Prompt())
    case .sort, .invert: order(by: command)
    case .list: toggleLists()
    case .busiest: toggle(.busiest)
    case .troubleList: toggle(.trouble)
    case .events: toggle(.events)
    case .nextMatch: step(1)
    case .previousMatch: step(-1)
    case .nextTrouble: nextTrouble()
    case .freeze: toggleFreeze()
    case .first: page.jump(toEnd: false, in: &self)
    case .last: page.jump(toEnd: true, in: &self)
    case .pageUp: page.turn(-1, in: &self)
    case .pageDown: page.turn(1, in: &self)
    case .help: open(HelpPage(about: context))
    // What else is left means something to some layers only.
    default: if let number = Command.bridges.firstIndex(of: command) { goToBridge(number) }
    }
  }

  mutating func walk(_ direction: Direction) { page.walk(direction, in: &self) }

  private mutating func closeHoles() -> [Effect] {
    diagram.slots.compact()
    takeRanks()
    return [.rescan]
  }

  private mutating func toggleFreeze() {
    guard world.frozenAt != nil else { return world.freeze(at: now) }
    world.thaw()
    relayout()
  }
}

extension Direction {
  /// Where a step goes; nil for what is none.
  init?(_ command: Command) {
    switch command {
    case .up: self = .up
    case .down: self = .down
    case .left: self = .left
    case .right: self = .right
    default: return nil
    }
  }

  /// Where an arrow key goes while a line is typed.
  init?(arrow key: Key) {
    switch key {
    case .up: self = .up
    case .down: self = .down
    case .left: self = .left
    case .right: self = .right
    default: return nil
    }
  }
}
