internal import Diagnosis
internal import LinuxSystem
internal import SystemPackage

/// A series of echo requests, a socket for each.
final class EchoSeries: ProbeTask {
  /// The identifier in the requests, where the kernel does not choose it (raw sockets).
  let identifier: UInt16
  private let probe: EchoProbe
  private let access: KernelAccess
  private let loop: EventLoop
  private var exchanges: [Int: EchoExchange] = [:]
  private var outcome = EchoOutcome(sent: 0, received: 0)
  private var timer: Int?
  private var done: ((Answer) -> Void)?

  init(_ probe: EchoProbe, _ access: KernelAccess, _ loop: EventLoop, identifier: UInt16? = nil) {
    self.probe = probe
    self.access = access
    self.loop = loop
    self.identifier = identifier ?? .random(in: 1...UInt16.max)
  }

  /// Sends the first request now.
  func start(_ done: @escaping (Answer) -> Void) {
    self.done = done
    sendNext()
  }

  func stop() {
    done = nil
    if let timer { loop.cancel(timer) }
    for exchange in exchanges.values { exchange.stop() }
    exchanges = [:]
  }

  private var isComplete: Bool { outcome.sent >= probe.count }

  private func sendNext() {
    timer = nil
    guard !isComplete else { return end(.echo(outcome)) }
    let sequence = outcome.sent + 1
    let message = EchoMessage(identifier: identifier, sequence: UInt16(truncatingIfNeeded: sequence))
    do {
      let exchange = try EchoExchange(EchoRequest(probe), message, access, loop)
      outcome.sent = sequence
      exchanges[sequence] = exchange
      let timeout = (probe.count - sequence) * probe.interval + probe.timeout
      exchange.start(timeout: Int64(max(0, timeout))) { [weak self] in self?.take($0, of: sequence) }
    } catch {
      // What was sent before the namespace went away still counts.
      return end(outcome.sent == 0 ? .unread(error) : .echo(outcome))
    }
    guard done != nil, !isComplete else { return }
    timer = loop.schedule(afterMilliseconds: Int64(max(0, probe.interval))) { [weak self] in self?.sendNext() }
  }

  private func take(_ result: EchoExchange.Outcome, of sequence: Int) {
    guard exchanges.removeValue(forKey: sequence) != nil else { return }
    switch result {
    case .reply(let milliseconds, _):
      outcome.received += 1
      outcome.roundTrips.append(milliseconds)
    case .error(let error) where error.isMessage: outcome.errors.append(error.report)
    case .error(let error):
      outcome.refusals.append(
        EchoOutcome.SendRefusal(errno: error.errno.rawValue, message: "\(error.errno)"))
    case .unsent(let errno, let mtu):
      let text = mtu.map { "\(errno) (MTU \($0))" } ?? "\(errno)"
      outcome.refusals.append(EchoOutcome.SendRefusal(errno: errno.rawValue, message: text))
    case .lost: break
    case .unwatchable(let errno): return end(.unread(Unread("epoll: \(errno)")))
    }
    if isComplete, exchanges.isEmpty { end(.echo(outcome)) }
  }

  private func end(_ answer: Answer) {
    let done = done
    stop()
    done?(answer)
  }
}
