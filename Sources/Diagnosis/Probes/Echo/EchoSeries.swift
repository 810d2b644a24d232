internal import LinuxSystem
internal import Questions
internal import Topology

/// Echo requests at a steady pace, a socket for each: what a ping and a probe have in common. Lives on the event loop.
final class EchoSeries {
  /// When requests are sent, and how long each is waited for; in milliseconds.
  struct Pace {
    let interval: Int64
    /// How many requests; nil: until `stop`.
    let count: Int?
    /// How long the request of a number is waited for; the first is 1.
    let timeout: (Int) -> Int64
  }

  /// What happens to the request of a number.
  enum Event {
    /// It is ready, and leaves when `go` is called.
    case sending(Int, go: () -> Void)
    /// What became of it, and who answered that was not asked.
    case outcome(Int, EchoExchange.Outcome, stranger: IPAddress?)
    /// No request can be sent any more: why. Nothing follows.
    case failed(Unread)
    /// Each request had its outcome. Nothing follows.
    case ended
  }

  private let request: EchoRequest
  private let pace: Pace
  private let numbers: EchoNumbers
  private let access: KernelAccess
  private let loop: EventLoop
  private var exchanges: [Int: EchoExchange] = [:]
  private var sequence = 0
  private var timer: Int?
  private var deliver: ((Event) -> Void)?

  /// Makes a series whose requests have those numbers on the wire.
  init(
    _ request: EchoRequest, _ pace: Pace, _ numbers: EchoNumbers, _ access: KernelAccess, _ loop: EventLoop
  ) {
    self.request = request
    self.pace = pace
    self.numbers = numbers
    self.access = access
    self.loop = loop
  }

  /// Sends the first request now.
  func start(_ deliver: @escaping (Event) -> Void) {
    self.deliver = deliver
    sendNext()
  }

  /// Closes every socket; nothing more is delivered.
  func stop() {
    deliver = nil
    if let timer { loop.cancel(timer) }
    timer = nil
    for exchange in exchanges.values { exchange.stop() }
    exchanges = [:]
  }

  private var isComplete: Bool { pace.count.map { sequence >= $0 } ?? false }

  private func sendNext() {
    timer = nil
    guard !isComplete else { return end(.ended) }
    let number = sequence + 1
    let message = EchoMessage(
      identifier: numbers.identifier, sequence: numbers.sequence(of: number), payload: request.payload)
    let exchange: EchoExchange
    do {
      exchange = try EchoExchange(request, message, access, loop)
    } catch { return end(.failed(error)) }
    sequence = number
    exchanges[number] = exchange
    if !isComplete {
      timer = loop.schedule(afterMilliseconds: max(0, pace.interval)) { [weak self] in self?.sendNext() }
    }
    deliver?(.sending(number, go: { [weak self] in self?.send(number) }))
  }

  private func send(_ number: Int) {
    // Whoever was to say so may have had enough meanwhile.
    guard let exchange = exchanges[number] else { return }
    exchange.start(timeout: max(0, pace.timeout(number))) { [weak self] in self?.take($0, of: number) }
  }

  private func take(_ outcome: EchoExchange.Outcome, of number: Int) {
    guard let exchange = exchanges.removeValue(forKey: number) else { return }
    if case .unwatchable(let errno) = outcome { return end(.failed(Unread("epoll: \(errno)"))) }
    deliver?(.outcome(number, outcome, stranger: exchange.stranger))
    if isComplete, exchanges.isEmpty { end(.ended) }
  }

  private func end(_ event: Event) {
    let deliver = deliver
    stop()
    deliver?(event)
  }
}
