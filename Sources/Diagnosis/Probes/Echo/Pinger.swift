internal import Diagnosis
public import LinuxSystem
public import Paths
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// Sends echo requests from inside a namespace, and tells what becomes of them and where the lost ones were seen last.
///
/// Lives on the event loop. It stops by itself after `count` requests or when it can't go on.
public final class Pinger {
  /// How a ping is to be sent.
  public struct Options: Sendable {
    /// Milliseconds between two requests.
    public var interval: Int64
    /// Milliseconds after which a request counts as lost.
    public var timeout: Int64
    /// How many requests; nil: until `stop`.
    public var count: Int?
    /// Bytes behind the ICMP header.
    public var payload: Int

    /// Makes options; as they are, a request of 56 bytes of data each second, without end.
    public init(interval: Int64 = 1000, timeout: Int64 = 1000, count: Int? = nil, payload: Int = 56) {
      self.interval = interval
      self.timeout = timeout
      self.count = count
      self.payload = payload
    }
  }

  private let id: Int
  private let route: PingRoute
  private let options: Options
  private let access: KernelAccess
  private let series: EchoSeries
  private let deliver: (PingReport) -> Void
  private let done: () -> Void
  /// What the counters said before each request that is under way.
  private var watches: [Int: CounterWatch] = [:]
  /// Lost requests of which it is being looked up where they were seen last.
  private var unsettled = 0
  private var hasEnded = false
  private var isStopped = false

  /// Makes a pinger; `deliver` gets its reports, `done` is called once when nothing more will come.
  public init(
    id: Int, route: PingRoute, options: Options, access: KernelAccess, loop: EventLoop,
    deliver: @escaping (PingReport) -> Void, done: @escaping () -> Void = {}
  ) {
    self.id = id
    self.route = route
    self.options = options
    self.access = access
    self.deliver = deliver
    self.done = done
    let pace = EchoSeries.Pace(interval: options.interval, count: options.count, timeout: { _ in options.timeout })
    series = EchoSeries(EchoRequest(route, payload: options.payload), pace, EchoNumbers(), access, loop)
  }

  /// Sends the first request now.
  public func start() {
    series.start { [weak self] event in
      guard let self else { return }
      switch event {
      case .sending(let sequence, let go): watch(sequence, go)
      case .outcome(let sequence, let outcome, let stranger):
        if let stranger { report(.stranger(sequence: sequence, from: stranger)) }
        take(outcome, of: sequence)
      case .failed(let reason):
        report(.failed("\(route.source.name): \(reason.reason)"))
        end()
      case .ended:
        hasEnded = true
        if unsettled == 0 { end() }
      }
    }
  }

  /// Closes every socket; no report follows.
  public func stop() {
    isStopped = true
    series.stop()
  }

  private func end() {
    if isStopped { return }
    isStopped = true
    done()
  }

  /// Reads the counters on the way, and lets the request go then.
  private func watch(_ sequence: Int, _ go: @escaping () -> Void) {
    let watch = CounterWatch(
      route.path, isIPv6: route.destinationAddress.isIPv6, payload: options.payload, snapshot: access.snapshot())
    access.counters(watch.links) { [weak self] counters in
      guard let self, !isStopped else { return }
      watches[sequence] = watch
      watches[sequence]?.before = counters
      report(.sent(sequence: sequence))
      go()
    }
  }

  private func report(_ event: PingReport.Event) {
    deliver(
      PingReport(id: id, event: event, at: Timestamp(milliseconds: SystemClock.realtimeNanoseconds / 1_000_000)))
  }

  private func take(_ outcome: EchoExchange.Outcome, of sequence: Int) {
    guard let watch = watches.removeValue(forKey: sequence) else { return }
    switch outcome {
    case .reply(let milliseconds, let ttl):
      report(.reply(sequence: sequence, milliseconds: milliseconds, ttl: ttl))
    case .error(let error) where error.isMessage:
      report(.refused(sequence: sequence, by: error.reporter, reason: error.reason))
    // This host's own stack says so later than at once sometimes, and then by the error queue.
    case .error(let error): reportUnsent(sequence, error.errno)
    case .unsent(let errno, _): reportUnsent(sequence, errno)
    case .lost: settle(sequence, watch)
    case .unwatchable: break
    }
  }

  private func reportUnsent(_ sequence: Int, _ errno: Errno) {
    report(.unsent(sequence: sequence, errno: errno.rawValue, reason: Pinger.reason(errno)))
  }

  /// Looks where a lost request was seen last.
  private func settle(_ sequence: Int, _ watch: CounterWatch) {
    unsettled += 1
    access.counters(watch.links) { [weak self] counters in
      guard let self, !isStopped else { return }
      unsettled -= 1
      report(.lost(sequence: sequence, lastSeen: watch.lastSeen(counters)))
      if hasEnded, unsettled == 0 { end() }
    }
  }

  private static func reason(_ errno: Errno) -> String {
    switch errno {
    case .networkUnreachable: Say.ProbePing.noRoute
    case .noRouteToHost: Say.ProbePing.hostUnreachable
    case .notPermitted: Say.ProbePing.notPermitted
    case .messageTooLong: Say.ProbePing.tooLong
    case .noBufferSpace: Say.ProbePing.noBuffer
    case .addressNotAvailable: Say.ProbePing.noSourceAddress
    default: "\(errno)"
    }
  }
}
