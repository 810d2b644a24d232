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
  /// What watches each engine, by its socket's path.
  private var watches: [String: ContainerWatch] = [:]
  /// What each engine said last, in the order of `ranking`.
  private var reports: [EngineReport] = []
  /// The engines' paths: those with root come first, and are believed first.
  private var ranking: [String] = []
  private var mounts: MountWatch?
  private var reconcileTimer: Int?
  private var lastReconcile: Int64 = 0
  private var onChange: (Snapshot) -> Void = { _ in }
  /// Called after every pass, whether the model changed or not.
  public var afterReconcile: () -> Void = {}
  private var resyncAllowed: Int64 = 0
  private var isLateScheduled = false
  private var pingers: [Int: Pinger] = [:]
  private var runners: [Int: DiagnosisRunner] = [:]
  private var told: [Warning] = []
  private var toldOverruns = 0

  /// /proc/self/mountinfo, open for as long as it is polled.
  private final class MountWatch {
    let descriptor: OwnedDescriptor
    init() throws(Errno) { descriptor = try OwnedDescriptor.open("/proc/self/mountinfo") }
  }

  /// Two reads of the kernel's tables are at least so far apart: one frame.
  private static let frameNanoseconds: Int64 = 33_000_000

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
    if let mounts = try? MountWatch() {
      self.mounts = mounts
      try? loop.watch(mounts.descriptor.rawValue, .priority) { [self] in
        observer.noteNamesChanged()
        scheduleReconcile()
      }
    }
    try loop.watch(mailbox.descriptor) { [self] in
      for report in mailbox.take() { adopt(report) }
      scheduleReconcile()
    }
    watchEngines()
    rescanLater()
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

  /// A bare `unshare -n` raises no event: names and namespaces are looked for again now and then.
  private func rescanLater() {
    loop.schedule(afterMilliseconds: 15_000) { [self] in
      rescan()
      rescanLater()
    }
  }

  /// Looks for names again.
  public func rescan() {
    watchEngines()
    observer.noteNamesChanged()
    scheduleReconcile()
  }

  private func scheduleReconcile() {
    guard reconcileTimer == nil else { return }
    let now = SystemClock.monotonicNanoseconds
    // A burst is one change: wait a moment for the rest of it, and at most one pass a frame.
    var due = max(now + 2_000_000, lastReconcile + LiveSource.frameNanoseconds)
    // Where events are lost all the time, reading everything all the time would leave no time for keys.
    if observer.needsResync { due = max(due, resyncAllowed) }
    reconcileTimer = loop.schedule(at: due) { [self] in
      reconcileTimer = nil
      reconcile()
    }
  }

  private func reconcile() {
    lastReconcile = SystemClock.monotonicNanoseconds
    _ = observer.drain()
    let isResync = observer.needsResync
    defer {
      if isResync {
        let end = SystemClock.monotonicNanoseconds
        options.diagnostics.resync(
          nanoseconds: end - lastReconcile, namespaces: observer.snapshot.namespaces.count)
        resyncAllowed = end + min(500_000_000, max(100_000_000, 8 * (end - lastReconcile)))
      }
      afterReconcile()
      logWarnings()
      if observer.hasLateWork, !isLateScheduled {
        isLateScheduled = true
        loop.schedule(afterMilliseconds: 400) { [self] in
          isLateScheduled = false
          observer.noteLateWork()
          scheduleReconcile()
        }
      }
      // What came meanwhile has to be read, too.
      if observer.drain() || observer.hasWork { scheduleReconcile() }
    }
    let before = observer.snapshot.namespaces.count
    do {
      let deadline = SystemClock.monotonicNanoseconds + LiveSource.passNanoseconds
      let changed = try observer.reconcile { [loop] in
        SystemClock.monotonicNanoseconds >= deadline || loop.hasUrgentCall
      }
      observer.warn("kernel", nil)
      if changed {
        onChange(observer.snapshot)
        // A container's process is still its runtime's when its cable arrives: the name is read again a little later.
        if observer.snapshot.namespaces.count > before {
          for delay: Int64 in [150, 600, 2500] {
            loop.schedule(afterMilliseconds: delay) { [self] in rescan() }
          }
        }
      }
    } catch {
      observer.warn("kernel", "reading the kernel's tables: \(error)")
    }
  }

  /// Reads a part of the namespaces again every second: for commands that do not sample counters.
  public func recheckEverySecond() {
    loop.schedule(afterMilliseconds: 1000) { [self] in
      observer.noteRecheck()
      scheduleReconcile()
      recheckEverySecond()
    }
  }

  /// Reads the counters again, and a part of all namespaces; `others` are links that no near end speaks for.
  public func sample(others: [LinkRef]) -> Traffic {
    try? observer.sample(others: others)
    observer.noteRecheck()
    // In the same waking, where nothing else waits for its turn.
    if reconcileTimer == nil { reconcile() }
    return observer.traffic
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
