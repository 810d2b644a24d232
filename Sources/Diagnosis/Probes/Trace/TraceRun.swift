internal import Glibc
internal import LinuxSystem
internal import NFNetlink
internal import Questions
internal import Sentences
internal import Topology

/// A series of echoes that the kernel's rule trace follows through the namespaces on their way.
final class TraceRun: ProbeTask {
  /// Milliseconds after the last echo in which events may still come.
  private static let grace: Int64 = 30

  /// An event of a packet that is known to be ours.
  private struct Sighting {
    var place: Int
    /// The echo's number, from 1 on.
    var number: Int
    var step: TraceOutcome.Step
  }

  private let probe: TraceProbe
  private let access: KernelAccess
  private let loop: EventLoop
  private let tableName = "netns-top-\(getpid())"
  private var sockets: [TraceSocket] = []
  private var unread: [NamespaceID: Unread] = [:]
  private var sightings: [Sighting] = []
  /// Which echo a packet is, by its number in each namespace.
  private var packets: [NamespaceID: [UInt32: (isReply: Bool, number: Int)]] = [:]
  private let numbers = EchoNumbers()
  private var series: EchoTask?
  private var timer: Int?
  private var done: ((Answer) -> Void)?

  init(_ probe: TraceProbe, _ access: KernelAccess, _ loop: EventLoop) {
    self.probe = probe
    self.access = access
    self.loop = loop
  }

  func start(_ done: @escaping (Answer) -> Void) {
    self.done = done
    let (first, identifier) = (numbers.sequence(of: 1), numbers.identifier)
    do {
      // ICMP datagram sockets can't have one identifier in common: each request has another.
      let socket = try EchoSocket.open(
        for: EchoMessage(identifier: identifier, sequence: first), in: probe.echo.namespace,
        isIPv6: probe.echo.destination.isIPv6, access)
      for namespace in probe.namespaces where !sockets.contains(where: { $0.namespace == namespace }) {
        switchOn(in: namespace, identifier: socket.isDatagram ? nil : identifier)
      }
    } catch { return end(.unread(error)) }
    if sockets.isEmpty {
      let reason = probe.namespaces.compactMap { unread[$0] }.first
      return end(.unread(reason ?? Unread(Say.Tracing.noNamespace)))
    }
    let series = EchoTask(probe.echo, access, loop, numbers)
    self.series = series
    series.start { [weak self] answer in self?.wait(answer) }
  }

  func stop() {
    done = nil
    series?.stop()
    series = nil
    if let timer { loop.cancel(timer) }
    timer = nil
    for socket in sockets { loop.unwatch(socket.descriptor) }
    sockets = []
  }

  private func switchOn(in namespace: NamespaceID, identifier: UInt16?) {
    do {
      let socket = try TraceSocket(in: namespace, access)
      var table = TraceTable(
        name: tableName, family: .inet, source: probe.echo.source?.bytes, destination: probe.echo.destination.bytes,
        identifier: identifier)
      try socket.add(table)
      if access.snapshot().namespaces[namespace]?.links.contains(where: \.isBridge) ?? false {
        table.family = .bridge
        // A kernel without it has no rules of that family that could stop a frame.
        try? socket.add(table)
      }
      do {
        try loop.watch(socket.descriptor) { [weak self, weak socket] in
          if let socket { self?.take(from: socket) }
        }
      } catch { throw Unread("epoll: \(error)") }
      sockets.append(socket)
    } catch { unread[namespace] = (error as? Unread) ?? Unread("\(error)") }
  }

  private func take(from socket: TraceSocket) {
    let place = probe.namespaces.firstIndex(of: socket.namespace) ?? 0
    for event in socket.takeEvents() {
      // One that was not sent is another's, or forged.
      if let echo = event.echo, let number = numbers.number(of: echo.sequence, count: probe.echo.count) {
        packets[socket.namespace, default: [:]][event.packet] = (echo.isReply, number)
      }
      guard !event.table.elementsEqual(tableName.utf8), let echo = packets[socket.namespace]?[event.packet],
        let step = event.step(in: socket.namespace, isReply: echo.isReply)
      else { continue }
      sightings.append(Sighting(place: place, number: echo.number, step: step))
    }
  }

  private func wait(_ answer: Answer) {
    series = nil
    guard case .echo(let outcome) = answer else { return end(answer) }
    timer = loop.schedule(afterMilliseconds: Self.grace) { [weak self] in self?.finish(outcome) }
  }

  private func finish(_ echo: EchoOutcome) {
    for socket in sockets {
      take(from: socket)
      if socket.isIncomplete { unread[socket.namespace] = Unread(Say.Tracing.eventsLost) }
    }
    end(.trace(TraceOutcome(echo: echo, steps: ordered, unread: unread)))
  }

  /// The namespaces' events come by different sockets: echo by echo, they are put in the order of the way, which the
  /// reply takes the other way round. What one namespace told stays in its order.
  private var ordered: [TraceOutcome.Step] {
    func key(_ sighting: Sighting) -> (Int, Int, Int) {
      let isReply = sighting.step.isReply
      return (sighting.number, isReply ? 1 : 0, isReply ? -sighting.place : sighting.place)
    }
    return sightings.enumerated().sorted { a, b in
      let (x, y) = (key(a.element), key(b.element))
      return x == y ? a.offset < b.offset : x < y
    }.map(\.element.step)
  }

  private func end(_ answer: Answer) {
    let done = done
    stop()
    done?(answer)
  }
}
