internal import LinuxSystem
internal import Questions
internal import SystemPackage
internal import Topology

/// One echo request, and what becomes of it; lives on the event loop.
final class EchoExchange {
  /// What became of a request.
  enum Outcome {
    case reply(milliseconds: Double, ttl: Int?)
    /// Somebody reported an error.
    case error(EchoError)
    /// The kernel would not send it; the MTU where that was the reason and it is known.
    case unsent(Errno, mtu: UInt32?)
    /// There was neither in time.
    case lost
    /// epoll(7) would not take the socket.
    case unwatchable(Errno)
  }

  /// How often sending is tried while errors about others' echoes come in between.
  private static let attempts = 64
  /// How many answers are looked at before the loop's other work has its turn.
  private static let burst = 64

  private let socket: EchoSocket
  private let request: EchoRequest
  private var message: EchoMessage
  private let loop: EventLoop
  private var sentAt: Int64 = 0
  private var timer: Int?
  private var done: ((Outcome) -> Void)?

  /// Who else has answered the request, from another address than it was sent to: that is no reply.
  private(set) var stranger: IPAddress?

  /// Opens the socket; throws why there is none.
  init(_ request: EchoRequest, _ message: EchoMessage, _ access: KernelAccess, _ loop: EventLoop) throws(Unread) {
    self.request = request
    self.message = message
    self.loop = loop
    socket = try EchoSocket.open(
      for: message, in: request.namespace, isIPv6: request.destination.isIPv6, access)
  }

  /// Sends the request; `done` is called once, at the latest after `timeout` milliseconds, perhaps at once.
  func start(timeout: Int64, _ done: @escaping (Outcome) -> Void) {
    self.done = done
    if let failure = send() { return end(failure) }
    do {
      for descriptor in socket.descriptors { try loop.watch(descriptor) { [weak self] in self?.read() } }
    } catch { return end(.unwatchable(error)) }
    timer = loop.schedule(afterMilliseconds: timeout) { [weak self] in self?.end(.lost) }
  }

  /// Waits no longer; `done` is not called.
  func stop() {
    done = nil
    if let timer { loop.cancel(timer) }
    for descriptor in socket.descriptors { loop.unwatch(descriptor) }
  }

  /// Why the request did not leave; nil where it did.
  private func send() -> Outcome? {
    do { message = try socket.bind(message, request) } catch { return .unsent(error, mtu: nil) }
    for attempt in 1...Self.attempts {
      socket.forgetPendingError()
      sentAt = SystemClock.realtimeNanoseconds
      do {
        try socket.send(message, request)
        return nil
      } catch {
        // sendto(2) fails with an error that is pending on the socket, too, and that one may be of another's echo.
        let (ours, sawOthers) = takeErrors()
        if ours == nil, sawOthers, attempt < Self.attempts { continue }
        return .unsent(error, mtu: ours?.mtu)
      }
    }
    return nil
  }

  /// The next error about our request, and whether others were passed over.
  private func takeErrors() -> (ours: EchoError?, sawOthers: Bool) {
    var sawOthers = false
    for _ in 0..<Self.burst {
      guard let queued = socket.queuedError() else { break }
      if isOurs(queued) { return (queued.error, sawOthers) }
      sawOthers = true
    }
    return (nil, sawOthers)
  }

  private func isOurs(_ queued: EchoSocket.QueuedError) -> Bool {
    guard queued.destination == request.destination else { return false }
    // This host's own stack tells it to nobody but the socket that sent, and does not quote.
    guard queued.error.isMessage else { return true }
    return queued.quote.map(message.isQuoted) ?? false
  }

  private func read() {
    // A reply that has come is worth more than what anybody says of the request.
    for _ in 0..<Self.burst {
      guard let reply = socket.receive() else { break }
      guard message.isAnswered(by: reply.message) else { continue }
      guard reply.source == request.destination else {
        stranger = reply.source
        continue
      }
      let received = reply.at > 0 ? reply.at : SystemClock.realtimeNanoseconds
      return end(.reply(milliseconds: Double(max(0, received - sentAt)) / 1e6, ttl: reply.ttl))
    }
    if let error = takeErrors().ours { return end(.error(error)) }
    // One that the queue had no room for would be reported for ever.
    socket.forgetPendingError()
  }

  private func end(_ outcome: Outcome) {
    let done = done
    stop()
    done?(outcome)
  }
}
