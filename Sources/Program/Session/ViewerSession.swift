internal import Canvas
internal import Diagnosis
package import Guides
internal import Keys
public import LinuxSystem
internal import Observer
internal import Paths
internal import Questions
internal import Reports
public import Settings
internal import Story
internal import SystemPackage
internal import Terminal
internal import Topology
internal import Usage
internal import Viewer

/// The viewer: one loop, one state, one terminal; the model lives on a thread of its own.
public final class ViewerSession {
  /// How the screen is to look.
  public struct Options {
    /// The settings at the start; the width is always the terminal's.
    public var settings: EffectiveSettings
    /// Said for a moment at the start.
    public var notice: String?
    /// Reads the configuration again, and speaks the language of what is in force then.
    public var read: (EffectiveSettings) -> Rereading
    /// Who leads through the picture; nil: nobody.
    package var guide: (any Guide)?
    /// Does to the laboratory what the guide orders; returns what went wrong, in one line.
    package var obey: ((LaboratoryOrder) -> String?)?

    /// Makes options of a viewer that nobody leads through; `read` gets the settings that are in force.
    public init(
      settings: EffectiveSettings, notice: String?, read: @escaping (EffectiveSettings) -> Rereading
    ) {
      self.settings = settings
      self.notice = notice
      self.read = read
    }
  }

  private let source: LiveSource
  private let runner: EffectRunner
  let terminal: CursesTerminal
  private let signals: SignalSource
  private let notice: String?
  /// The settings in force.
  var settings: EffectiveSettings
  let read: (EffectiveSettings) -> Rereading
  let diagnostics: Diagnostics
  private var guided: GuidedState
  private let obey: ((LaboratoryOrder) -> String?)?
  /// When the counters are sampled next.
  private var sampling: Int?
  var state: State {
    get { guided.viewer }
    _modify { yield &guided.viewer }
  }
  private var isDirty = true
  private var deadline: (at: Timestamp, token: Int)?
  /// When a key that may be the beginning of something longer is one.
  private var keyTimer: Int?
  private var exit: (status: Int32, keepsScreen: Bool)?

  /// Takes the signals over that the viewer answers. To be called before any other thread is born: a thread inherits
  /// what is blocked, and one that does not block a signal would get it, and die of it.
  public static func takeSignals() throws -> SignalSource {
    Standard.ignoreBrokenPipes()
    let numbers = [
      SignalSource.Number.hangup, SignalSource.Number.interrupt, SignalSource.Number.terminate,
      SignalSource.Number.stopFromTerminal, SignalSource.Number.windowChange,
    ]
    return try SignalSource(numbers + SignalSource.Number.unaskedFor)
  }

  /// Runs the viewer until it is left; returns the exit status. `beside` is called once the loop is there.
  ///
  /// Throws one line where the terminal can't be used or the kernel can't be read.
  public static func run(
    _ source: SourceOptions, _ options: Options, signals: SignalSource, beside: (LiveSource) -> Void
  ) throws -> Int32 {
    let session = try ViewerSession(source, options, signals)
    defer { session.terminal.close(keepingScreen: session.exit?.keepsScreen ?? false) }
    try session.start()
    beside(session.source)
    session.source.loop.run { session.draw() }
    session.source.stop()
    return session.exit?.status ?? 0
  }

  private init(_ options: SourceOptions, _ viewer: Options, _ signals: SignalSource) throws {
    self.signals = signals
    // The terminal first: what it has to complain of should not wait for anything.
    terminal = try CursesTerminal(
      options: CursesTerminal.Options(
        glyphs: viewer.settings.glyphs, color: viewer.settings.color, mouse: viewer.settings.mouse,
        theme: viewer.settings.themeChoice))
    notice = viewer.notice
    settings = viewer.settings
    read = viewer.read
    guided = GuidedState(guide: viewer.guide)
    obey = viewer.obey
    diagnostics = options.diagnostics
    do {
      source = try LiveSource(options)
    } catch {
      terminal.close()
      throw error
    }
    runner = EffectRunner(source)
    state.glyphs = terminal.glyphs
    state.writesUnicode = terminal.writesUnicode
    state.looks = Looks(theme: terminal.theme, suited: terminal.suitedTheme, hasColors: terminal.colors > .mono)
    state.reducesMotion = settings.reduceMotion
    state.keys = settings.keys
    state.utcOffset = SystemClock.utcOffset
  }

  private static var now: Timestamp { Timestamp(milliseconds: SystemClock.realtimeNanoseconds / 1_000_000) }

  private func start() throws {
    runner.perform = { [unowned self] in perform($0) }
    perform(.resize(terminal.size))
    perform(.snapshot(source.snapshot))
    if let notice { perform(.notice(notice)) }
    draw()
    try source.start { [self] news in
      if let snapshot = news.snapshot { perform(.snapshot(snapshot)) }
      if let traffic = news.traffic { perform(.traffic(traffic)) }
    }
    try source.loop.watch(terminal.inputDescriptor, isUrgent: true) { [self] in readKeys() }
    try source.loop.watch(signals.descriptor) { [self] in
      for arrival in signals.take() { receive(arrival) }
    }
    sample()
    // What was typed before there was anybody to read it; on the loop, for it may be the key that ends it.
    source.loop.schedule(afterMilliseconds: 1) { [self] in readKeys() }
  }

  /// Counters at a steady pace, first at once: rates need two of them.
  func sample() {
    if let sampling { source.loop.cancel(sampling) }
    var others: [LinkRef] = []
    if let link = state.selectedLink { others.append(link.id) }
    source.sample(others: others)
    sampling = source.loop.schedule(afterMilliseconds: Int64(settings.interval * 1000)) { [self] in
      sampling = nil
      sample()
    }
  }

  private func receive(_ signal: SignalSource.Arrival) {
    switch signal.number {
    case SignalSource.Number.windowChange:
      terminal.resize()
      perform(.resize(terminal.size))
    // A key that was bound to something else is one, too.
    case SignalSource.Number.stopFromTerminal
    where signal.isFromTerminal && state.keys.command(for: .control("z")) != .suspend:
      perform(.key(.control("z")))
    case SignalSource.Number.stopFromTerminal: suspend()
    case SignalSource.Number.user2: reread()
    case SignalSource.Number.interrupt where signal.isFromTerminal: perform(.key(.control("c")))
    default: leave(128 + signal.number, keepsScreen: false)
    }
  }

  private func leave(_ status: Int32, keepsScreen: Bool) {
    exit = (status, keepsScreen)
    source.loop.stop()
  }

  private func readKeys() {
    if let keyTimer { source.loop.cancel(keyTimer) }
    keyTimer = nil
    for event in terminal.readKeys() {
      switch event {
      case .paste(let text, let isCut): perform(.paste(text, isCut: isCut))
      case .key(let key): perform(.key(ViewerSession.key(key)))
      case .click(let x, let y, let isDouble): perform(.click(Point(x: x, y: y), isDouble: isDouble))
      case .wheel(let rows, let x, let y): perform(.wheel(rows, at: Point(x: x, y: y)))
      case .background(let ground): if let theme = terminal.theme(on: ground) { perform(.suits(theme)) }
      case .closed: return leave(128 + SignalSource.Number.hangup, keepsScreen: false)
      }
    }
    guard let wait = terminal.keyDeadline else { return }
    keyTimer = source.loop.schedule(afterMilliseconds: wait) { [self] in
      keyTimer = nil
      readKeys()
    }
  }

  func perform(_ action: Action) {
    for effect in guided.update(action, at: ViewerSession.now) { run(effect) }
    isDirty = true
  }

  private func run(_ effect: GuidedState.Effect) {
    switch effect {
    case .viewer(let effect): run(effect)
    case .laboratory(let order): if let failure = obey?(order) { perform(.notice(failure)) }
    case .keepDrawing: keepDrawing()
    case .openShell: openShell()
    case .explain(let id, let from, let to): runner.explain(id, from: from, to: to)
    }
  }

  private func keepDrawing() {
    perform(.notice(keptDrawing(DiagramReport.svg(source.snapshot, only: nil, style: settings.style))))
  }

  private func run(_ effect: Effect) {
    if runner.run(effect) { return }
    switch effect {
    case .quit(let keepsScreen): leave(0, keepsScreen: keepsScreen)
    case .suspend: suspend()
    case .redraw: terminal.redraw()
    case .reload: reread()
    case .copy(let text):
      terminal.copyToClipboard(text)
      source.copyByTmux(text) { [self] isTaken in if isTaken { perform(.notice(Say.Report.copied(text))) } }
    case .use(let theme): terminal.use(theme)
    default: break
    }
  }

  /// Lends the terminal to a shell. What was pressed in it to interrupt a command was meant for that.
  private func openShell() {
    let shell = InteractiveShell.path
    var failure: Errno?
    terminal.lend {
      // Whoever opens it can see by the prompt that it is there.
      try? Standard.write(Array("\(Say.Lessons.greeting(shell))\n".utf8), to: 1)
      do throws(Errno) { try InteractiveShell.run(shell) } catch { failure = error }
    }
    for arrival in signals.take() where arrival.number != SignalSource.Number.interrupt { receive(arrival) }
    terminal.resize()
    perform(.resize(terminal.size))
    source.rescan()
    if let failure { perform(.notice(Say.Lessons.noShell(shell, "\(failure)"))) }
  }

  private func suspend() {
    terminal.suspend()
    terminal.resize()
    perform(.resize(terminal.size))
  }

  /// Draws what has changed since the last round, and sees to it that the next deadline is met.
  private func draw() {
    if let complaint = diagnostics.takeComplaint() { perform(.notice(complaint)) }
    if isDirty {
      isDirty = false
      let begin = SystemClock.monotonicNanoseconds
      var canvas = CellCanvas(guided.size)
      let cursor = guided.draw(into: &canvas)
      let drawn = SystemClock.monotonicNanoseconds
      terminal.show(canvas, cursor: cursor)
      diagnostics.frame(
        drawing: drawn - begin, showing: SystemClock.monotonicNanoseconds - drawn,
        namespaces: state.snapshot.namespaces.count)
    }
    let next = state.nextDeadline
    if next?.milliseconds == deadline?.at.milliseconds { return }
    if let deadline { source.loop.cancel(deadline.token) }
    deadline = nil
    guard let next else { return }
    let wait = max(1, next.milliseconds - ViewerSession.now.milliseconds)
    let token = source.loop.schedule(afterMilliseconds: wait) { [self] in
      deadline = nil
      perform(.tick)
    }
    deadline = (next, token)
  }
}

extension ViewerSession {
  /// The viewer's name for a key of the terminal.
  private static func key(_ key: TerminalKey) -> Key {
    switch key {
    case .character(let scalar): .character(scalar)
    case .control(let scalar): .control(scalar)
    case .up: .up
    case .down: .down
    case .left: .left
    case .right: .right
    case .enter: .enter
    case .escape: .escape
    case .tab: .tab
    case .backTab: .backTab
    case .backspace: .backspace
    case .home: .home
    case .end: .end
    case .pageUp: .pageUp
    case .pageDown: .pageDown
    case .function(let number): .function(number)
    }
  }
}
