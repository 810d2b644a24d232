internal import Containers
public import Diagnosis
public import LinuxSystem
public import Observer
public import Paths
internal import Probes
internal import SystemPackage
public import Topology

/// The observer on an event loop, with everything that wakes it: netlink, mounts, the container engine, timers.
public final class LiveSource {
  /// The loop that everything runs on.
  public let loop: EventLoop
  /// The observer, whose snapshot is the model.
  public let observer: TopologyObserver
  private let options: SourceOptions
  private let mailbox: Mailbox<EngineReport>
  private let tables: Mailbox<(NamespaceID, NetworkTables)>
  /// What is to be done with the tables of the pane; nil while none are being read.
  private var onTables: ((NamespaceID, NetworkTables) -> Void)?
  /// What was asked for while others were being read.
  private var nextTables: (of: NamespaceID, about: LinkRef?)?
  /// What watches each engine, by its socket's path.
  private var watches: [String: ContainerWatch] = [:]
  /// What each engine said last, in the order of `ranking`.
  private var reports: [EngineReport] = []
  /// The engines' paths: those with root come first, and are believed first.
  private var ranking: [String] = []
  private var mounts: MountWatch?
  private var cadence = Cadence()
  private var timer: (token: Int, at: Int64)?
  private var onChange: (Snapshot) -> Void = { _ in }
  /// Called after every pass, whether the model changed or not.
  public var afterReconcile: () -> Void = {}
  private var pingers: [Int: Pinger] = [:]
  private var runners: [Int: DiagnosisRunner] = [:]
  private var told: [Warning] = []
  private var toldOverruns = 0

  /// /proc/self/mountinfo, open for as long as it is polled.
  private final class MountWatch {
    let descriptor: OwnedDescriptor
    init() throws(Errno) { descriptor = try OwnedDescriptor.open("/proc/self/mountinfo") }
  }

  /// How long one pass may take, so that what it has read is drawn; keys are heard after every single reading.
  private static let passNanoseconds: Int64 = 12_000_000

  /// Takes the first snapshot. With `engineMilliseconds`, for commands that print and end, every container engine is asked
  /// meanwhile and gets so long; their names are in the snapshot then.
  ///
  /// Throws one line where the kernel's tables can't be read at all.
  public init(_ options: SourceOptions, engineMilliseconds: Int64? = nil) throws {
    self.options = options
    let begin = SystemClock.monotonicNanoseconds
    let queries = Result { try Self.queries(options, engineMilliseconds) }
    loop = try EventLoop()
    mailbox = try Mailbox()
    tables = try Mailbox()
    observer = try TopologyObserver(options.observer)
    options.diagnostics.begun(
      nanoseconds: SystemClock.monotonicNanoseconds - begin, namespaces: observer.snapshot.namespaces.count)
    observer.adopt(options.directory, rightAfterCensus: true)
    switch queries {
    case .failure(let error): observer.warn("containers", "\(error)")
    case .success(let asked):
      for (path, query) in asked {
        ranking.append(path)
        adopt(query.wait(), rightAfterCensus: true)
      }
    }
    // A command that asks once hears no event later: what happened meanwhile is read now.
    if engineMilliseconds != nil { _ = observer.drain() }
    try observer.reconcile()
    logWarnings()
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
      options.diagnostics.trouble(warning.source, warning.text)
    }
    for warning in told where !warnings.contains(where: { $0.source == warning.source }) {
      options.diagnostics.recovered(warning.source)
    }
    told = warnings
  }

  // MARK: Container engines

  /// Asks every container engine, by its socket's path; none where `milliseconds` is nil. Throws `EngineEndpointError`.
  private static func queries(_ options: SourceOptions, _ milliseconds: Int64?) throws -> [(String, EngineQuery)] {
    guard let milliseconds, options.asksEngine else { return [] }
    return try EngineEndpoint.find(option: options.dockerHost, environment: Standard.environment).map {
      ($0.path, EngineQuery(endpoint: $0, timeoutMilliseconds: milliseconds))
    }
  }

  private func adopt(_ report: EngineReport, rightAfterCensus: Bool = false) {
    reports.removeAll { $0.endpoint == report.endpoint }
    let rank = ranking.firstIndex(of: report.endpoint) ?? ranking.count
    let place = reports.firstIndex { (ranking.firstIndex(of: $0.endpoint) ?? ranking.count) > rank }
    reports.insert(report, at: place ?? reports.count)
    observer.warn("containers \(report.endpoint)", report.trouble.map { "container engine: \($0)" })
    var directory = options.directory
    // An engine that can't be asked now counts with what it said last.
    for report in reports { directory.merge(ContainerDirectory(report)) }
    observer.adopt(directory, rightAfterCensus: rightAfterCensus)
  }

  // MARK: The live model

  /// Starts to watch; `onChange` gets every new snapshot, on the loop.
  public func start(onChange: @escaping (Snapshot) -> Void) throws {
    self.onChange = onChange
    try loop.watch(observer.descriptor) { [self] in
      if observer.drain() { scheduleReconcile() }
    }
    // Without the mount table names are found by the search every 15 s.
    if let mounts = try? MountWatch() {
      self.mounts = mounts
      // As above.
      try? loop.watch(mounts.descriptor.rawValue, .priority) { [self] in
        observer.noteNamesChanged()
        scheduleReconcile()
      }
    }
    try loop.watch(tables.descriptor) { [self] in receiveTables() }
    try loop.watch(mailbox.descriptor) { [self] in
      for report in mailbox.take() { adopt(report) }
      scheduleReconcile()
    }
    watchEngines()
    cadence.beginCensus(at: SystemClock.monotonicNanoseconds)
    keepTime()
    // What came between the first snapshot and now.
    if observer.drain() { scheduleReconcile() }
  }

  /// Watches every engine whose socket is there and that is not watched yet.
  private func watchEngines() {
    guard options.asksEngine else { return }
    do {
      for endpoint in try EngineEndpoint.find(option: options.dockerHost, environment: Standard.environment)
      where watches[endpoint.path] == nil {
        let mailbox = mailbox
        let watch = ContainerWatch(endpoint: endpoint) { mailbox.post($0) }
        watch.start()
        ranking.append(endpoint.path)
        watches[endpoint.path] = watch
      }
    } catch {
      observer.warn("containers", error.description)
      scheduleReconcile()
    }
  }

  /// Ends everything that was started.
  public func stop() {
    for id in Array(pingers.keys) { stopPing(id) }
    for id in Array(runners.keys) { stopExplaining(id) }
    for watch in watches.values { watch.stop() }
    watches = [:]
  }

  /// Looks for names again.
  public func rescan() {
    watchEngines()
    observer.noteNamesChanged()
    scheduleReconcile()
  }

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
      let token = loop.schedule(at: at) { [self] in
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
    let begin = SystemClock.monotonicNanoseconds
    _ = observer.drain()
    let isResync = observer.needsResync
    let before = observer.snapshot.namespaces.count
    do {
      let deadline = SystemClock.monotonicNanoseconds + LiveSource.passNanoseconds
      let changed = try observer.reconcile { [loop] in
        SystemClock.monotonicNanoseconds >= deadline || loop.hasUrgentCall
      }
      observer.warn("kernel", nil)
      if changed {
        onChange(observer.snapshot)
        if observer.snapshot.namespaces.count > before { cadence.namespaceCame(at: SystemClock.monotonicNanoseconds) }
      }
    } catch {
      observer.warn("kernel", "reading the kernel's tables: \(error)")
    }
    let end = SystemClock.monotonicNanoseconds
    cadence.passed(from: begin, to: end, wasResync: isResync)
    if isResync {
      options.diagnostics.resync(nanoseconds: end - begin, namespaces: observer.snapshot.namespaces.count)
    }
    afterReconcile()
    logWarnings()
    if observer.hasLateWork { cadence.putOff(at: SystemClock.monotonicNanoseconds) }
    // What came meanwhile has to be read, too.
    if observer.drain() || observer.hasWork { scheduleReconcile() }
    keepTime()
  }

  /// Reads a part of the namespaces again every second: for commands that do not sample counters.
  public func recheckEverySecond() {
    cadence.beginRechecks(at: SystemClock.monotonicNanoseconds)
    keepTime()
  }

  /// Reads the counters again, and a part of all namespaces; `others` are links that no near end speaks for.
  public func sample(others: [LinkRef]) -> Traffic {
    do {
      try observer.sample(others: others)
      observer.warn("counters", nil)
    } catch { observer.warn("counters", "reading the counters: \(error)") }
    observer.noteRecheck()
    // In the same waking, where nothing else waits for its turn.
    if !cadence.isPassDue { reconcile() }
    return observer.traffic
  }

  // MARK: Tables

  /// The rows of one table that the pane has use for.
  private static let paneRows = 2000

  /// Reads the tables of a namespace, on a thread of their own; `deliver` gets them on the loop. Of what is asked for while
  /// others are being read only the last is.
  public func readTables(
    of id: NamespaceID, about link: LinkRef?, deliver: @escaping (NamespaceID, NetworkTables) -> Void
  ) {
    if onTables != nil {
      nextTables = (id, link)
      return
    }
    onTables = deliver
    observer.beginTables(of: id, about: link, rowLimit: Self.paneRows) { [tables] in tables.post(($0, $1)) }
  }

  private func receiveTables() {
    let deliver = onTables
    for (id, rows) in tables.take() {
      onTables = nil
      deliver?(id, rows)
    }
    guard onTables == nil, let deliver, let next = nextTables else { return }
    nextTables = nil
    readTables(of: next.of, about: next.about, deliver: deliver)
  }

  // MARK: Ping

  /// What those who probe have to know.
  private var kernelAccess: KernelAccess {
    KernelAccess(
      entry: observer.entry, file: { [observer] in observer.file(of: $0) },
      counters: { [observer] in observer.counters(of: $0) }, snapshot: { [observer] in observer.snapshot })
  }

  /// Starts a ping on the loop.
  public func startPing(
    _ id: Int, _ route: PingRoute, interval: Int64 = 1000, timeout: Int64 = 1000, count: Int? = nil, payload: Int = 56,
    deliver: @escaping (PingReport) -> Void, done: @escaping () -> Void = {}
  ) {
    let options = Pinger.Options(interval: interval, timeout: timeout, count: count, payload: payload)
    let pinger = Pinger(
      id: id, route: route, options: options, access: kernelAccess, loop: loop, deliver: deliver,
      done: { [weak self] in
        self?.pingers[id] = nil
        done()
      })
    pingers[id] = pinger
    pinger.start()
  }

  /// Stops a ping and closes its sockets.
  public func stopPing(_ id: Int) {
    pingers.removeValue(forKey: id)?.stop()
  }

  // MARK: Explain

  /// Finds out on the loop why one end can, or can't, reach the other; `deliver` gets what is known after each round, and at last with true.
  public func explain(_ id: Int, _ diagnosis: PairDiagnosis, deliver: @escaping (Explanation, Bool) -> Void) {
    let tables: Answerer.TableReading = { [observer] namespace, reply in
      do {
        reply(.success(try observer.tables(of: namespace, rowLimit: 20_000)))
      } catch { reply(.failure(Unread("\(error)"))) }
    }
    let runner = DiagnosisRunner(
      diagnosis, answerer: Answerer(access: kernelAccess, tables: tables, loop: loop), loop: loop,
      deliver: { deliver($0, false) },
      done: { [weak self] in
        self?.runners[id] = nil
        deliver($0, true)
      })
    runners[id] = runner
    runner.start()
  }

  /// Ends a diagnosis before its time.
  public func stopExplaining(_ id: Int) { runners.removeValue(forKey: id)?.stop() }
}
