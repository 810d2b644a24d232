internal import NIOCore
internal import Topology

/// The state of a watch. It lives on its event loop: nothing else touches it.
final class EngineConversation {
  private let loop: any EventLoop
  private let endpoint: EngineEndpoint
  private let timing: EngineTiming
  private let deliver: @Sendable (EngineReport) -> Void

  /// Grows with every attempt to connect; what belongs to an older one is not listened to any more.
  private var attempt = 0
  private var path = ""
  private var runtime = ""
  private var last: EngineReport?
  private var retryAfter: Int64
  private var began = NIODeadline.now()

  private var stream: (any Channel)?
  /// Why there are no events, while everything else is read.
  private var streamTrouble: EngineTrouble?
  /// What was read last, and what was asked beyond it, one container at a time.
  private var reading = EngineReading(containers: [], networks: [])
  private var inspections = Inspections()
  private var isInspecting = false
  private var isReading = false
  private var isStale = false
  /// How long the last reading took, as the load that it is to the engine and to us.
  private var cost = TimeAmount.zero
  private var timer: Scheduled<Void>?
  /// Whether there are containers that nobody has named: then no attempt waits for long.
  private var isWanted = false

  init(
    loop: any EventLoop, endpoint: EngineEndpoint, timing: EngineTiming,
    deliver: @escaping @Sendable (EngineReport) -> Void
  ) {
    self.loop = loop
    self.endpoint = endpoint
    self.timing = timing
    self.deliver = deliver
    retryAfter = timing.firstRetry
  }

  /// Connects: events first, so that nothing that happens during the first reading is missed.
  func begin() {
    attempt += 1
    began = .now()
    path = endpoint.path
    if !endpoint.isExplicit, endpoint.existing == nil {
      // An engine that has answered once is coming back: what it said is true of the containers that are left.
      guard let last, !last.containers.isEmpty else {
        tell(.absent, EngineReading(containers: [], networks: []))
        return retryLater()
      }
      return fail(.missing)
    }
    let (attempt, bound) = (attempt, NIOLoopBound(self, eventLoop: loop))
    let handler: @Sendable () -> EngineEventHandler = {
      EngineEventHandler { bound.value.hear($0, of: attempt) }
    }
    let channel = EngineExchange.connect(path, timing: timing, on: loop, throttle: .stream, handler: handler)
    channel.assumeIsolated().whenComplete { result in
      guard self.attempt == attempt else {
        if case .success(let late) = result { late.close(promise: nil) }
        return
      }
      switch result {
      case .success(let channel):
        self.stream = channel
        self.identify()
      case .failure(let error): self.fail(EngineTrouble(connecting: error))
      }
    }
  }

  func end() {
    attempt += 1
    timer?.cancel()
    stream?.close(promise: nil)
    stream = nil
  }

  /// Takes over whether there are containers that nobody has named; where they are new they are asked for at once.
  func want(_ isWanted: Bool) {
    self.isWanted = isWanted
    guard isWanted else { return }
    if stream != nil {
      if !runtime.isEmpty { readSoon() }
    } else if let timer, !isReading {
      timer.cancel()
      self.timer = nil
      begin()
    }
  }

  private func identify() {
    let attempt = attempt
    EngineReading.runtime(at: path, timing: timing, on: loop).assumeIsolated().whenComplete { result in
      guard self.attempt == attempt else { return }
      switch result {
      case .success(let runtime):
        self.runtime = runtime
        self.read()
      case .failure(let error): self.fail(error as? EngineTrouble ?? EngineTrouble("\(error)"))
      }
    }
  }

  private func hear(_ event: EngineEvent, of attempt: Int) {
    guard attempt == self.attempt else { return }
    switch event {
    case .subscribed, .changed:
      // An engine that takes its time to subscribe: what was read before may have changed unheard.
      if !runtime.isEmpty { readSoon() }
    case .ended(let trouble):
      stream = nil
      // Names are worth having even where events are refused.
      if trouble.isRefusal, runtime.isEmpty || isReading { streamTrouble = trouble } else { fail(trouble) }
    }
  }

  private func readSoon() {
    guard !isReading else {
      isStale = true
      return
    }
    guard timer == nil else { return }
    // A storm of events takes a fifth of a processor at most.
    let wait = max(timing.coalesce.milliseconds, cost * 4)
    timer = loop.assumeIsolated().scheduleTask(in: wait) {
      self.timer = nil
      self.read()
    }
  }

  private func read() {
    isReading = true
    isStale = false
    let (attempt, started) = (attempt, NIODeadline.now())
    EngineReading.take(from: path, runtime: runtime, timing: timing, on: loop).assumeIsolated().whenComplete { result in
      guard self.attempt == attempt else { return }
      self.isReading = false
      self.cost = .now() - started
      switch result {
      case .failure(let error): self.fail(error as? EngineTrouble ?? EngineTrouble("\(error)"))
      case .success(let reading):
        if let trouble = reading.trouble ?? self.streamTrouble {
          self.fail(trouble, reading)
        } else {
          self.reading = reading
          self.tell(.connected, reading)
          self.inspect()
          if self.isStale { self.readSoon() }
        }
      }
    }
  }

  /// Asks for what is told of one container at a time: names first, aliases after them.
  private func inspect() {
    let missing = inspections.missing(in: reading.containers)
    guard !isInspecting, !missing.isEmpty else { return }
    isInspecting = true
    let attempt = attempt
    Inspections.ask(about: missing, at: path, timing: timing, on: loop).assumeIsolated().whenSuccess { answers in
      guard self.attempt == attempt else { return }
      self.isInspecting = false
      self.inspections.learn(answers, about: missing)
      self.inspections.keep(self.reading.containers)
      self.tell(.connected, self.reading)
      self.inspect()
    }
  }

  /// Tells of the trouble, with what was read now or else last, and begins anew later.
  private func fail(_ trouble: EngineTrouble, _ reading: EngineReading? = nil) {
    end()
    let known = EngineReading(containers: last?.containers ?? [], networks: last?.networks ?? [])
    tell(.unavailable(reason: trouble.reason(at: endpoint.place)), reading ?? known)
    retryLater()
  }

  private func retryLater() {
    // Where the last attempt worked for a good while, the waits begin short again.
    if .now() - began > (retryAfter * 2).milliseconds { retryAfter = timing.firstRetry }
    let wait = isWanted ? min(retryAfter, timing.wantedRetry) : retryAfter
    retryAfter = min(max(1, retryAfter) * 2, timing.lastRetry)
    (runtime, streamTrouble, isReading, isStale, isInspecting) = ("", nil, false, false, false)
    timer = loop.assumeIsolated().scheduleTask(in: wait.milliseconds) {
      self.timer = nil
      self.begin()
    }
  }

  private func tell(_ status: EngineReport.Status, _ reading: EngineReading) {
    var containers = reading.containers
    inspections.fill(&containers)
    let report = EngineReport(
      endpoint: path, owner: endpoint.owner,
      runtime: runtime.isEmpty ? last?.runtime ?? Engine.guess(from: path).runtime : runtime,
      status: status,
      containers: containers, networks: reading.networks,
      omission: (reading.omission ?? (inspections.isCut ? .tooManyAliases : nil))?.reason(at: endpoint.place))
    guard report != last else { return }
    last = report
    deliver(report)
  }
}
