internal import Diagnosis
internal import LinuxSystem
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

  private let socket: EchoSocket
  private let request: EchoRequest
  private let message: EchoMessage
  private let loop: EventLoop
  private var sentAt: Int64 = 0
  private var timer: Int?
  private var done: ((Outcome) -> Void)?

  /// Opens the socket; throws why there is none.
  init(_ request: EchoRequest, _ message: EchoMessage, _ access: KernelAccess, _ loop: EventLoop) throws(Unread) {
    self.request = request
    self.message = message
    self.loop = loop
    socket = try EchoSocket.open(in: request.namespace, isIPv6: request.destination.isIPv6, access)
  }

  /// Sends the request; `done` is called once, at the latest after `timeout` milliseconds, perhaps at once.
  func start(timeout: Int64, _ done: @escaping (Outcome) -> Void) {
    self.done = done
    sentAt = SystemClock.realtimeNanoseconds
    do {
      try socket.send(message, request)
    } catch {
      return end(.unsent(error, mtu: socket.queuedError()?.mtu))
    }
    do {
      try loop.watch(socket.descriptor.rawValue) { [weak self] in self?.read() }
    } catch { return end(.unwatchable(error)) }
    timer = loop.schedule(afterMilliseconds: timeout) { [weak self] in self?.end(.lost) }
  }

  /// Waits no longer; `done` is not called.
  func stop() {
    done = nil
    if let timer { loop.cancel(timer) }
    loop.unwatch(socket.descriptor.rawValue)
  }

  private func read() {
    while done != nil, let answer = socket.receive() {
      switch answer {
      case .reply(let reply, let source, let at, let ttl):
        guard reply.sequence == message.sequence, socket.isDatagram || reply.identifier == message.identifier,
          source == nil || source == request.destination
        else { continue }
        let received = at > 0 ? at : SystemClock.realtimeNanoseconds
        end(.reply(milliseconds: Double(max(0, received - sentAt)) / 1e6, ttl: ttl))
      case .error(let error): end(.error(error))
      }
    }
  }

  private func end(_ outcome: Outcome) {
    let done = done
    stop()
    done?(outcome)
  }
}
