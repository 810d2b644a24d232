internal import LinuxSystem
internal import Questions
internal import SystemPackage

/// A question that echo requests answer.
final class EchoTask: ProbeTask {
  private let series: EchoSeries
  private var outcome = EchoOutcome(sent: 0, received: 0)

  init(_ probe: EchoProbe, _ access: KernelAccess, _ loop: EventLoop, _ numbers: EchoNumbers = EchoNumbers()) {
    // All are waited for until the same moment.
    let pace = EchoSeries.Pace(
      interval: Int64(probe.interval), count: probe.count,
      timeout: { Int64((probe.count - $0) * probe.interval + probe.timeout) })
    series = EchoSeries(EchoRequest(probe), pace, numbers, access, loop)
  }

  func start(_ done: @escaping (Answer) -> Void) {
    series.start { [self] event in
      switch event {
      case .sending(let number, let go):
        outcome.sent = number
        go()
      case .outcome(_, let result, let stranger):
        take(result)
        if let stranger, !outcome.strangers.contains(stranger) { outcome.strangers.append(stranger) }
      // What was sent before the namespace went away still counts.
      case .failed(let reason): done(outcome.sent == 0 ? .unread(reason) : .echo(outcome))
      case .ended: done(.echo(outcome))
      }
    }
  }

  func stop() { series.stop() }

  private func take(_ result: EchoExchange.Outcome) {
    switch result {
    case .reply(let milliseconds, _):
      outcome.received += 1
      outcome.roundTrips.append(milliseconds)
    case .error(let error) where error.isMessage: outcome.errors.append(error.report)
    case .error(let error): refuse(error.errno, mtu: nil)
    case .unsent(let errno, let mtu): refuse(errno, mtu: mtu)
    case .lost, .unwatchable: break
    }
  }

  private func refuse(_ errno: Errno, mtu: UInt32?) {
    let text = mtu.map { "\(errno) (MTU \($0))" } ?? "\(errno)"
    outcome.refusals.append(EchoOutcome.SendRefusal(errno: errno.rawValue, message: text))
  }
}
