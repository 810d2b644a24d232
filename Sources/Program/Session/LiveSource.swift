public import Conclusions
public import Diagnosis
public import LinuxSystem
internal import Namespaces
internal import Observer
public import Paths
internal import Probes
internal import Questions
internal import SystemPackage
public import Topology
internal import Usage

/// What is live for those who look: the model as it is now, its rates, its tables, pings and diagnoses, on one event loop.
///
/// Nothing here waits for the kernel's lock on links: whatever does is asked of the model's thread, which answers on the loop.
public final class LiveSource {
  /// The rows of one table that the pane has use for, and a diagnosis.
  private static let (paneRows, diagnosisRows) = (2_000, 20_000)

  /// The loop that everything here runs on.
  public let loop: EventLoop
  /// The model as it is now; it follows the kernel once `start` was called.
  public private(set) var snapshot: Snapshot
  private let tellsEvents: Bool
  private let model: ModelThread
  private var files: [NamespaceID: NamespaceFile]
  private var receive: (News) -> Void = { _ in }
  private var isSampling = false
  /// Who waits for an answer, by the question's number.
  private var askers: [Int: (News.Answer) -> Void] = [:]
  private var lastQuestion = 0
  /// Whether tables of the pane are being read, and what was asked for meanwhile.
  private var readsTables = false
  private var nextTables: (() -> Void)?
  private var pingers: [Int: Pinger] = [:]
  private var finders: [Int: RouteFinder] = [:]
  private var runners: [Int: DiagnosisRunner] = [:]
  /// The last text on its way to tmux.
  private var tmux: TmuxBuffer?

  /// Takes the first snapshot. With a wish, for commands that print and end, every container engine is asked meanwhile;
  /// their names are in the snapshot then.
  ///
  /// Throws one line where the kernel's tables can't be read at all.
  public init(_ options: SourceOptions, wish: EngineWish? = nil) throws {
    tellsEvents = options.observer.tellsEvents
    loop = try EventLoop()
    model = try ModelThread(options, wish: wish)
    (snapshot, files) = (model.first.snapshot, model.first.files)
    try loop.watch(model.board.descriptor) { [unowned self] in takeNews() }
  }

  private func takeNews() {
    let news = model.board.take()
    if let snapshot = news.snapshot { self.snapshot = snapshot }
    if let files = news.files { self.files = files }
    if news.traffic != nil { isSampling = false }
    if news.snapshot != nil || news.traffic != nil || !news.events.isEmpty { receive(news) }
    for (number, answer) in news.answers { askers.removeValue(forKey: number)?(answer) }
    if tellsEvents { model.order { $0.goOn() } }
  }

  /// Starts to follow the kernel; `receive` gets what is new, on the loop. With `rechecks` a part of the namespaces is read
  /// again every second, for those who do not sample.
  ///
  /// Throws one line where the kernel's events can't be waited for.
  public func start(rechecks: Bool = false, receive: @escaping (News) -> Void) throws {
    self.receive = receive
    try model.perform { try $0.start(rechecks: rechecks) }
  }

  /// Ends everything that was started.
  public func stop() {
    for id in Array(pingers.keys) { stopPing(id) }
    for id in Array(finders.keys) { stopFinding(id) }
    for id in Array(runners.keys) { stopExplaining(id) }
    model.order { $0.stop() }
  }

  /// Looks for names again.
  public func rescan() { model.order { $0.rescan() } }

  /// Has the counters read again, and a part of all namespaces; `others` are links that no near end speaks for. Where the
  /// last reading still goes on, that one will do.
  public func sample(others: [LinkRef]) {
    if isSampling { return }
    isSampling = true
    model.order { $0.sample(others: others) }
  }

  private func ask(_ order: @escaping @Sendable (LiveModel, Int) -> Void, _ asker: @escaping (News.Answer) -> Void) {
    lastQuestion += 1
    let number = lastQuestion
    askers[number] = asker
    model.order { order($0, number) }
  }

  // MARK: Tables

  private func askTables(
    of id: NamespaceID, _ links: TopologyObserver.LinkChoice, _ rowLimit: Int,
    _ deliver: @escaping (Result<NetworkTables, any Error>) -> Void
  ) {
    ask({ $0.answer($1, tablesOf: id, links, rowLimit: rowLimit) }) { answer in
      if case .tables(let result) = answer { deliver(result) }
    }
  }

  /// Reads the tables of a namespace; `deliver` gets them on the loop. Of what is asked for while others are being read only
  /// the last is.
  public func readTables(
    of id: NamespaceID, about link: LinkRef?, deliver: @escaping (NamespaceID, NetworkTables) -> Void
  ) {
    if readsTables {
      nextTables = { [unowned self] in readTables(of: id, about: link, deliver: deliver) }
      return
    }
    readsTables = true
    askTables(of: id, .only(link), Self.paneRows) { [unowned self] result in
      readsTables = false
      do {
        deliver(id, try result.get())
      } catch {
        var none = NetworkTables()
        none.unread = [Say.Failure.tables("\(error)")]
        deliver(id, none)
      }
      let next = nextTables
      nextTables = nil
      next?()
    }
  }

  // MARK: Ping

  /// What those who probe have to know.
  private var kernelAccess: KernelAccess {
    KernelAccess(
      entry: model.first.entry,
      // Without /proc there is no way in even to our own.
      file: { [unowned self] in $0 == .host ? try? NamespaceFile.ofThread() : files[$0] },
      counters: { [unowned self] links, reply in
        ask({ $0.answer($1, countersOf: links) }) { answer in
          if case .counters(let counters) = answer { reply(counters) }
        }
      },
      snapshot: { [unowned self] in snapshot })
  }

  /// Finds which addresses a ping to a name, or beyond the picture, is sent between; `deliver` gets it, perhaps at once.
  public func findRoute(
    _ id: Int, from source: Endpoint, to destination: Target, family: AddressFamily,
    deliver: @escaping (Result<PingRoute, ResolutionError>) -> Void
  ) {
    let finder = RouteFinder(from: source, to: destination, family: family, access: kernelAccess, loop: loop)
    finders[id] = finder
    finder.start { [weak self] result in
      self?.finders[id] = nil
      deliver(result)
    }
  }

  /// Gives up what `findRoute` began.
  public func stopFinding(_ id: Int) { finders.removeValue(forKey: id)?.stop() }

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

  // MARK: Copying

  /// Hands a text to tmux, where the program runs in it; `done` gets whether it was taken.
  public func copyByTmux(_ text: String, done: @escaping (Bool) -> Void) {
    tmux = TmuxBuffer(Standard.environment, text: text, kernelAccess, loop)
    guard let tmux else { return done(false) }
    tmux.copy(done)
  }

  // MARK: Explain

  /// Finds out on the loop why one end can, or can't, reach the other; `deliver` gets what is known after each round, and at last with true.
  public func explain(_ id: Int, _ diagnosis: ConversationDiagnosis, deliver: @escaping (Explanation, Bool) -> Void) {
    let tables: Answerer.TableReading = { [unowned self] namespace, reply in
      askTables(of: namespace, .all, Self.diagnosisRows) { result in reply(result.mapError { Unread("\($0)") }) }
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
