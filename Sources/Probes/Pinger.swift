public import LinuxSystem
public import Namespaces
public import Reachability
internal import SystemPackage
public import Topology

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

    public init(interval: Int64 = 1000, timeout: Int64 = 1000, count: Int? = nil, payload: Int = 56) {
      self.interval = interval
      self.timeout = timeout
      self.count = count
      self.payload = payload
    }
  }

  /// What the pinger needs to know of the world; asked for anew at each request.
  public struct World {
    public var entry: EntryThread
    /// A way into a namespace.
    public var file: (NamespaceID) -> NamespaceFile?
    public var counters: (LinkRef) -> Counters?
    public var snapshot: () -> Snapshot

    public init(
      entry: EntryThread, file: @escaping (NamespaceID) -> NamespaceFile?,
      counters: @escaping (LinkRef) -> Counters?, snapshot: @escaping () -> Snapshot
    ) {
      self.entry = entry
      self.file = file
      self.counters = counters
      self.snapshot = snapshot
    }
  }

  private final class Probe {
    let socket: EchoSocket
    let sequence: Int
    let message: EchoMessage
    let sentAt: Int64
    let witness: Witness
    var timer = 0

    init(_ socket: EchoSocket, _ sequence: Int, _ message: EchoMessage, _ sentAt: Int64, _ witness: Witness) {
      (self.socket, self.sequence, self.message) = (socket, sequence, message)
      (self.sentAt, self.witness) = (sentAt, witness)
    }
  }

  private let id: Int
  private let route: Route
  private let options: Options
  private let world: World
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
    id: Int, route: Route, options: Options, world: World, loop: EventLoop,
    deliver: @escaping (PingReport) -> Void, done: @escaping () -> Void = {}
  ) {
    self.id = id
    self.route = route
    self.options = options
    self.world = world
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
    for probe in Array(probes.values) { close(probe) }
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
    guard let file = world.file(route.source.namespace) else {
      return fail("\(route.source.name) is gone, or there is no way into its namespace")
    }
    let isIPv6 = route.destinationAddress.isIPv6
    let socket: EchoSocket
    do {
      socket = try EchoSocket.open(
        in: file, isOwn: route.source.namespace == .host, isIPv6: isIPv6, entry: world.entry)
    } catch { return fail(error.reason) }
    let witness = Witness(
      route.path, isIPv6: isIPv6, payload: options.payload, snapshot: world.snapshot(), counters: world.counters)
    let message = EchoMessage(identifier: identifier, sequence: UInt16(truncatingIfNeeded: sequence))
    let scope = route.destinationAddress.isLinkLocal && isIPv6 ? route.sourceLink.index : 0
    let probe = Probe(socket, sequence, message, SystemClock.realtimeNanoseconds, witness)
    report(.sent(sequence: sequence))
    do {
      try socket.send(message, to: route.destinationAddress, scope: scope, payload: options.payload)
      watch(probe)
    } catch {
      report(.refused(sequence: sequence, by: nil, reason: Pinger.reason(error)))
    }
    if let count = options.count, sequence >= count {
      if probes.isEmpty { finish() }
    } else {
      timer = loop.schedule(afterMilliseconds: options.interval) { [weak self] in self?.sendNext() }
    }
  }

  private static func reason(_ errno: Errno) -> String {
    switch errno.rawValue {
    case 101: "no route to that address in the source's namespace"
    case 113: "host unreachable"
    case 1: "not permitted: a firewall in the source's namespace drops it"
    case 90: "message too long for the interface"
    case 99: "the source has no address to send from"
    default: "\(errno)"
    }
  }

  private func watch(_ probe: Probe) {
    probes[probe.sequence] = probe
    do {
      try loop.watch(probe.socket.descriptor.rawValue) { [weak self] in self?.read(probe) }
    } catch {
      probes[probe.sequence] = nil
      return fail("epoll: \(error)")
    }
    probe.timer = loop.schedule(afterMilliseconds: options.timeout) { [weak self] in self?.expire(probe) }
  }

  private func read(_ probe: Probe) {
    while probes[probe.sequence] === probe, let answer = probe.socket.receive() {
      switch answer {
      case .reply(let message, let source, let at, let ttl):
        guard message.sequence == probe.message.sequence,
          probe.socket.isDatagram || message.identifier == identifier,
          source == nil || source == route.destinationAddress
        else { continue }
        let received = at > 0 ? at : SystemClock.realtimeNanoseconds
        close(probe)
        report(
          .reply(sequence: probe.sequence, milliseconds: Double(max(0, received - probe.sentAt)) / 1e6, ttl: ttl))
      case .refused(let by, let reason):
        close(probe)
        report(.refused(sequence: probe.sequence, by: by, reason: reason))
      }
    }
    finishIfDone()
  }

  private func expire(_ probe: Probe) {
    guard probes[probe.sequence] === probe else { return }
    let lastSeen = probe.witness.lastSeen(world.counters)
    close(probe)
    report(.lost(sequence: probe.sequence, lastSeen: lastSeen))
    finishIfDone()
  }

  private func close(_ probe: Probe) {
    loop.cancel(probe.timer)
    loop.unwatch(probe.socket.descriptor.rawValue)
    probes[probe.sequence] = nil
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
