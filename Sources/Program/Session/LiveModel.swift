internal import Containers
internal import LinuxSystem
public import Observer
internal import SystemPackage
internal import Topology
internal import Usage

/// The observer with everything that wakes it: netlink, mounts, the container engines, timers.
///
/// Where the model is looked at live it is born on a thread of its own and never leaves it (`ModelThread`): every reading
/// waits for the kernel's one lock on links, and who holds that must not keep anybody's keys from being heard.
public final class LiveModel {
  /// How long one pass may take, so that what it has read is shown.
  private static let passNanoseconds: Int64 = 12_000_000

  /// How long a command that prints once waits for files: no longer, where a file server does not answer.
  private static let fileMilliseconds = 300

  /// The observer, whose snapshot is the model.
  public let observer: TopologyObserver
  /// The loop of the thread that it lives on.
  let loop: EventLoop
  /// Where what is new is left.
  let board: Noticeboard<News>
  private let options: SourceOptions
  private let engines: Engines
  private var mounts: MountWatch?
  private var cadence = Cadence()
  private var timer: (token: Int, at: Int64)?
  private var told: [Warning] = []
  private var toldOverruns = 0
  /// Whether what was told last has to be taken before there is more of it: each event is told, and their number is not ours.
  private var isHeld = false
  private var waitsForPass = false

  /// /proc/self/mountinfo, open for as long as it is polled.
  private final class MountWatch {
    let descriptor: OwnedDescriptor
    init() throws(Errno) { descriptor = try OwnedDescriptor.open("/proc/self/mountinfo") }
  }

  /// Takes the first snapshot. With a wish, for commands that print and end, every container engine is asked meanwhile; their
  /// names are in the snapshot then.
  ///
  /// Throws one line where the kernel's tables can't be read at all.
  public convenience init(_ options: SourceOptions, wish: EngineWish? = nil) throws {
    try self.init(options, wish, Noticeboard(blank: News()))
  }

  /// The same with a board that somebody looks at.
  init(_ options: SourceOptions, _ wish: EngineWish?, _ board: Noticeboard<News>) throws {
    self.options = options
    self.board = board
    let begin = SystemClock.monotonicNanoseconds
    engines = try Engines(options)
    let queries = Result { [engines] in wish == nil ? [] : try engines.ask(milliseconds: EngineWish.limit) }
    loop = try EventLoop()
    observer = try TopologyObserver(options.observer)
    options.diagnostics.begun(
      nanoseconds: SystemClock.monotonicNanoseconds - begin, namespaces: observer.snapshot.namespaces.count)
    observer.adopt(options.directory, rightAfterCensus: true)
    if wish != nil {
      for report in engines.readFiles(observer.snapshot, milliseconds: Self.fileMilliseconds) {
        adopt(report, rightAfterCensus: true)
      }
    }
    switch queries {
    case .failure(let error): observer.warn("containers", "\(error)")
    case .success(let asked):
      let others = engines.askOthers(observer.snapshot, milliseconds: EngineWish.limit)
      if let wish { try grant(wish, asked + others) }
    }
    // A command that asks once hears no event later: what happened meanwhile is read now.
    if wish != nil { _ = observer.drain() }
    try observer.reconcile()
    logWarnings()
  }

  /// Takes over what the engines say, and waits for slow ones as long as the wish is for.
  private func grant(_ wish: EngineWish, _ queries: [EngineQuery]) throws {
    var reports = queries.map { $0.report(within: EngineWish.patience) }
    for report in reports.compactMap(\.self) { adopt(report, rightAfterCensus: true) }
    try observer.reconcile()
    var name = wish.unresolved(observer.snapshot)
    if let name, let slow = zip(queries, reports).first(where: { $0.1 == nil })?.0 {
      wish.tell(Say.Report.waiting(engine: SafeText.clean(slow.endpoint.path), name: SafeText.clean(name)))
      for index in queries.indices where reports[index] == nil {
        reports[index] = queries[index].report(within: EngineWish.limit)
        if let report = reports[index] { adopt(report, rightAfterCensus: true) }
      }
      try observer.reconcile()
    }
    name = wish.unresolved(observer.snapshot)
    let networks = name == nil ? wish.networks(observer.snapshot) : nil
    for (query, report) in zip(queries, reports) where networks != [] {
      guard var report else { continue }
      query.addAliases(to: &report, on: networks, within: EngineWish.patience)
      adopt(report, rightAfterCensus: true)
    }
    for (query, report) in zip(queries, reports) {
      let last = query.end()
      if report == nil { adopt(last, rightAfterCensus: true) }
    }
  }

  private func adopt(_ report: EngineReport, rightAfterCensus: Bool = false) {
    observer.warn("containers \(report.endpoint)", report.trouble.map(Say.Failure.engine))
    observer.adopt(engines.take(report), rightAfterCensus: rightAfterCensus)
  }

  /// Tells the log what the screen has begun, or ceased, to warn of.
  private func logWarnings() {
    let warnings = observer.snapshot.warnings
    if observer.overruns > toldOverruns {
      options.diagnostics.lost(observer.overruns - toldOverruns)
      toldOverruns = observer.overruns
    }
    if warnings == told { return }
    for warning in warnings where !told.contains(warning) {
      options.diagnostics.trouble(warning.source, warning.english)
    }
    for warning in told where !warnings.contains(where: { $0.source == warning.source }) {
      options.diagnostics.recovered(warning.source)
    }
    told = warnings
  }

  // MARK: What wakes it

  /// Starts to watch; with `rechecks` a part of the namespaces is read again every second, for those who do not sample.
  func start(rechecks: Bool) throws {
    try loop.watch(observer.descriptor) { [unowned self] in hear() }
    // Without the mount table names are found by the search every 15 s.
    if let mounts = try? MountWatch() {
      self.mounts = mounts
      // As above.
      try? loop.watch(mounts.descriptor.rawValue, .priority) { [unowned self] in
        observer.noteNamesChanged()
        scheduleReconcile()
      }
    }
    try loop.watch(engines.mailbox.descriptor) { [unowned self] in
      for report in engines.mailbox.take() { adopt(report) }
      scheduleReconcile()
    }
    watchEngines()
    engines.askFiles(observer.snapshot)
    let now = SystemClock.monotonicNanoseconds
    cadence.beginCensus(at: now)
    if rechecks { cadence.beginRechecks(at: now) }
    keepTime()
    // What came between the first snapshot and now.
    hear()
  }

  /// Ends everything that was started.
  func stop() {
    engines.stop()
    loop.stop()
  }

  private func hear() {
    if observer.drain() { scheduleReconcile() }
  }

  private func watchEngines() {
    do {
      try engines.watch()
    } catch {
      observer.warn("containers", error.description)
      scheduleReconcile()
    }
  }

  /// Looks for names again.
  func rescan() {
    watchEngines()
    observer.noteNamesChanged()
    scheduleReconcile()
  }

  // MARK: Passes

  private func scheduleReconcile() {
    cadence.needPass(at: SystemClock.monotonicNanoseconds, isResync: observer.needsResync)
    keepTime()
  }

  /// Sees to it that the loop wakes when something is due.
  private func keepTime() {
    let next = cadence.next
    if next == timer?.at { return }
    if let timer { loop.cancel(timer.token) }
    timer = next.map { at in
      let token = loop.schedule(at: at) { [unowned self] in
        timer = nil
        for task in cadence.take(at: SystemClock.monotonicNanoseconds) { perform(task) }
        keepTime()
      }
      return (token, at)
    }
  }

  private func perform(_ task: Cadence.Task) {
    switch task {
    case .pass: reconcile()
    case .census: rescan()
    case .lateWork:
      observer.noteLateWork()
      scheduleReconcile()
    case .recheck:
      observer.noteRecheck()
      scheduleReconcile()
    }
  }

  private func reconcile() {
    if isHeld {
      waitsForPass = true
      return
    }
    let begin = SystemClock.monotonicNanoseconds
    _ = observer.drain()
    let (isResync, isCensus) = (observer.needsResync, observer.needsCensus)
    let before = observer.snapshot.namespaces.count
    var changed = false
    do {
      let deadline = begin + Self.passNanoseconds
      changed = try observer.reconcile { SystemClock.monotonicNanoseconds >= deadline }
      observer.warn("kernel", nil)
      if observer.snapshot.namespaces.count > before { cadence.namespaceCame(at: SystemClock.monotonicNanoseconds) }
    } catch {
      observer.warn("kernel", Say.Failure.kernel("\(error)"))
    }
    let end = SystemClock.monotonicNanoseconds
    cadence.passed(from: begin, to: end, wasResync: isResync)
    if isResync {
      options.diagnostics.resync(nanoseconds: end - begin, namespaces: observer.snapshot.namespaces.count)
    }
    if isCensus || observer.snapshot.namespaces.count != before { engines.askFiles(observer.snapshot) }
    tell(changed: changed, isCensus)
    logWarnings()
    if observer.hasLateWork { cadence.putOff(at: SystemClock.monotonicNanoseconds) }
    // What came meanwhile has to be read, too.
    if observer.hasWork || !isHeld && observer.drain() { scheduleReconcile() }
    keepTime()
  }

  private func tell(changed: Bool, _ isCensus: Bool) {
    engines.miss(observer.unnamed)
    let events = observer.takeEvents()
    guard changed || isCensus || !events.isEmpty else { return }
    board.change { news in
      if changed { news.snapshot = observer.snapshot }
      news.files = observer.files
      news.events += events
    }
    guard options.observer.tellsEvents else { return }
    // Nothing is heard either until then; the kernel keeps what it has room for, and says so where that is not all.
    isHeld = true
    loop.unwatch(observer.descriptor)
  }

  /// Goes on once what was told has been taken.
  func goOn() {
    guard isHeld else { return }
    isHeld = false
    do {
      try loop.watch(observer.descriptor) { [unowned self] in hear() }
    } catch { observer.warn("event socket", Say.Failure.eventSocket("\(error)")) }
    if waitsForPass { scheduleReconcile() }
    waitsForPass = false
    hear()
  }

  // MARK: What is asked for

  /// Reads the counters again, and a part of all namespaces; `others` are links that no near end speaks for.
  func sample(others: [LinkRef]) {
    do {
      try observer.sample(others: others)
      observer.warn("counters", nil)
    } catch { observer.warn("counters", Say.Failure.counters("\(error)")) }
    observer.noteRecheck()
    // In the same waking, where nothing else waits for its turn.
    if !cadence.isPassDue { reconcile() }
    board.change { $0.traffic = observer.traffic }
  }

  /// Reads the counters of some links; `number` is the question's.
  func answer(_ number: Int, countersOf links: [LinkRef]) {
    var found: [LinkRef: Counters] = [:]
    for link in links { found[link] = observer.counters(of: link) }
    board.change { $0.answers[number] = .counters(found) }
  }

  /// Has the tables of a namespace read, on their thread; `number` is the question's.
  func answer(_ number: Int, tablesOf id: NamespaceID, _ links: TopologyObserver.LinkChoice, rowLimit: Int) {
    observer.beginTables(of: id, links: links, rowLimit: rowLimit) { [board] result in
      board.change { $0.answers[number] = .tables(result) }
    }
  }
}
