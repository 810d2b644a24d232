internal import Diagnosis
public import LinuxSystem
public import Paths
internal import SystemPackage
internal import Topology

/// Sends echo requests from inside a namespace, one socket for each, and tells what becomes of them.
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

  /// A request that is under way, and what the counters said before it.
  private struct Probe {
    let exchange: EchoExchange
    let watch: CounterWatch
  }

  private let id: Int
  private let route: PingRoute
  private let options: Options
  private let access: KernelAccess
  private let loop: EventLoop
  private let deliver: (PingReport) -> Void
  private let done: () -> Void
  private let identifier: UInt16
  private var probes: [Int: Probe] = [:]
  private var sequence = 0
  private var timer: Int?
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
    self.loop = loop
    self.deliver = deliver
    self.done = done
    identifier = UInt16.random(in: 1...UInt16.max)
  }

  /// Sends the first request now.
  public func start() { sendNext() }

  /// Closes every socket; no report follows.
  public func stop() {
    guard !isStopped else { return }
    isStopped = true
    if let timer { loop.cancel(timer) }
    for probe in probes.values { probe.exchange.stop() }
    probes = [:]
  }

  private func report(_ event: PingReport.Event) {
    guard !isStopped else { return }
    deliver(
      PingReport(id: id, event: event, at: Timestamp(milliseconds: SystemClock.realtimeNanoseconds / 1_000_000)))
  }

  private func fail(_ reason: String) {
    report(.failed(reason))
    stop()
    done()
  }

  private func sendNext() {
    timer = nil
    guard !isStopped else { return }
    sequence += 1
    let request = EchoRequest(route, payload: options.payload)
    let message = EchoMessage(identifier: identifier, sequence: UInt16(truncatingIfNeeded: sequence))
    let exchange: EchoExchange
    do {
      exchange = try EchoExchange(request, message, access, loop)
    } catch { return fail("\(route.source.name): \(error.reason)") }
    let watch = CounterWatch(
      route.path, isIPv6: request.destination.isIPv6, payload: options.payload, snapshot: access.snapshot(),
      counters: access.counters)
    let number = sequence
    report(.sent(sequence: number))
    probes[number] = Probe(exchange: exchange, watch: watch)
    exchange.start(timeout: options.timeout) { [weak self] outcome in self?.take(outcome, of: number) }
    guard !isStopped else { return }
    if options.count.map({ number < $0 }) ?? true {
      timer = loop.schedule(afterMilliseconds: options.interval) { [weak self] in self?.sendNext() }
    }
  }

  private static func reason(_ errno: Errno) -> String {
    switch errno.rawValue {
    case 101: "no route to that address in the source's namespace"
    case 113: "host unreachable"
    case 1: "not permitted: a firewall in the source's namespace drops it"
    case 90: "message too long for the interface"
    case 105: "not sent: no room in the kernel's table of neighbours, or in a queue (ENOBUFS)"
    case 99: "the source has no address to send from"
    default: "\(errno)"
    }
  }

  private func take(_ outcome: EchoExchange.Outcome, of sequence: Int) {
    guard let probe = probes.removeValue(forKey: sequence) else { return }
    switch outcome {
    case .reply(let milliseconds, let ttl):
      report(.reply(sequence: sequence, milliseconds: milliseconds, ttl: ttl))
    case .error(let error): report(.refused(sequence: sequence, by: error.reporter, reason: error.reason))
    case .unsent(let errno, _): report(.refused(sequence: sequence, by: nil, reason: Pinger.reason(errno)))
    case .lost: report(.lost(sequence: sequence, lastSeen: probe.watch.lastSeen(access.counters)))
    case .unwatchable(let errno): return fail("epoll: \(errno)")
    }
    finishIfDone()
  }

  private func finishIfDone() {
    if let count = options.count, sequence >= count, probes.isEmpty { finish() }
  }

  private func finish() {
    guard !isStopped else { return }
    isStopped = true
    done()
  }
}
