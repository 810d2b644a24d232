public import Topology

/// What became of a series of echo requests; all times in milliseconds, as iputils' ping reckons them.
public struct PingStatistics: Hashable, Sendable {
  /// What became of one request.
  public enum Outcome: Hashable, Sendable {
    /// Sent, and neither answered nor given up yet.
    case pending
    /// The round-trip time in milliseconds.
    case reply(Double)
    /// No reply in time, or an error came instead.
    case lost
    /// The kernel would not send it: that says nothing of the way.
    case unsent
  }

  /// How many requests left, or are about to.
  public private(set) var sent = 0
  /// How many of them had a reply, each counted once.
  public private(set) var received = 0
  /// How many had none in time; a reply that comes late takes its request off again.
  public private(set) var lost = 0
  /// How many the kernel would not send; they are not among `sent`.
  public private(set) var unsent = 0
  /// The newest round-trip time in milliseconds; nil before the first reply.
  public private(set) var last: Double?
  /// The shortest round-trip time in milliseconds; nil before the first reply.
  public private(set) var minimum: Double?
  /// The longest round-trip time in milliseconds; nil before the first reply.
  public private(set) var maximum: Double?
  private var sum = 0.0
  private var sumOfSquares = 0.0
  private var outcomes: [Int: Outcome] = [:]

  /// Makes the statistics of a ping that has sent nothing yet.
  public init() {}

  /// The mean round-trip time; nil before the first reply.
  public var average: Double? { received == 0 ? nil : sum / Double(received) }

  /// The standard deviation of the round-trip times, which ping calls mdev.
  public var deviation: Double? {
    guard let average else { return nil }
    return max(0, sumOfSquares / Double(received) - average * average).squareRoot()
  }

  /// The share of the requests whose fate is known that had no reply; 0 before any is known.
  public var lossPercent: Double {
    received + lost == 0 ? 0 : Double(lost) * 100 / Double(received + lost)
  }

  /// The newest so many outcomes, oldest first.
  public func recent(_ count: Int) -> [Outcome] {
    let newest = outcomes.keys.max() ?? 0
    return (max(1, newest - count + 1)...max(1, newest)).compactMap { outcomes[$0] }
  }

  /// A request with that sequence number left.
  public mutating func noteSent(_ sequence: Int) {
    sent += 1
    outcomes[sequence] = .pending
    outcomes[sequence - 120] = nil
  }

  /// Its reply came; a second one for the same request is not counted.
  public mutating func noteReply(_ sequence: Int, milliseconds: Double) {
    if case .reply = outcomes[sequence] { return }
    if outcomes[sequence] == .lost { lost -= 1 }
    outcomes[sequence] = .reply(milliseconds)
    received += 1
    last = milliseconds
    minimum = min(minimum ?? milliseconds, milliseconds)
    maximum = max(maximum ?? milliseconds, milliseconds)
    sum += milliseconds
    sumOfSquares += milliseconds * milliseconds
  }

  /// No reply came in time.
  public mutating func noteLost(_ sequence: Int) {
    guard outcomes[sequence] == .pending else { return }
    outcomes[sequence] = .lost
    lost += 1
  }

  /// It did not leave after all.
  public mutating func noteUnsent(_ sequence: Int) {
    guard outcomes[sequence] == .pending else { return }
    outcomes[sequence] = .unsent
    sent -= 1
    unsent += 1
  }
}

/// What a running ping tells, in the order in which it happens.
public struct PingReport: Hashable, Sendable {
  /// What happens to a request, or to the whole ping.
  public enum Event: Hashable, Sendable {
    /// The request with that number leaves.
    case sent(sequence: Int)
    /// Its reply came; `ttl` is nil where the kernel did not tell it.
    case reply(sequence: Int, milliseconds: Double, ttl: Int?)
    /// Somebody answered it who was not asked, from that address: no reply, it is told before what became of the request.
    case stranger(sequence: Int, from: IPAddress)
    /// No reply in time; `lastSeen` is the hop at which the counters saw the echo last, where that is known.
    case lost(sequence: Int, lastSeen: Int?)
    /// Somebody on the way reported an error: host unreachable, time exceeded …
    case refused(sequence: Int, by: IPAddress?, reason: String)
    /// The kernel would not send it: a positive errno(3), and what that means.
    case unsent(sequence: Int, errno: Int32, reason: String)
    /// The ping can't go on: one line.
    case failed(String)
  }

  /// The ping's number, given by whoever started it.
  public var id: Int
  /// What happened.
  public var event: Event
  /// When it happened, by the wall clock.
  public var at: Timestamp

  /// Makes a report.
  public init(id: Int, event: Event, at: Timestamp) {
    self.id = id
    self.event = event
    self.at = at
  }
}
