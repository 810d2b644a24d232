/// A link's rates now and during the last minute.
public struct Rates: Hashable, Sendable {
  /// Bytes per second.
  public var rx: Double
  /// Bytes per second.
  public var tx: Double
  /// Sum of both directions in bytes per second, one value a sample, the newest last.
  public var history: [Float]
  /// Of that what was sent.
  public var txHistory: [Float]

  /// Makes rates.
  public init(rx: Double = 0, tx: Double = 0, history: [Float] = [], txHistory: [Float] = []) {
    self.rx = rx
    self.tx = tx
    self.history = history
    self.txHistory = txHistory
  }

  /// The average of `history` in bytes per second; 0 of none.
  public var average: Double {
    history.isEmpty ? 0 : history.reduce(0) { $0 + Double($1) } / Double(history.count)
  }

  /// What was received, one value a sample as in `history`.
  public var rxHistory: [Float] { zip(history, txHistory).map { max(0, $0 - $1) } }
}

/// Rates of all links, from counters sampled at a steady interval.
public struct Traffic: Sendable, Equatable {
  /// How many samples are kept: 60 s at 1 Hz.
  public static let capacity = 60

  private struct Meter: Sendable, Equatable {
    var counters: Counters
    var seconds: Double
    var rates: Rates
  }

  private var meters: [LinkRef: Meter] = [:]

  /// Makes an empty log.
  public init() {}

  /// The rates of a link; nil before its second sample.
  public subscript(ref: LinkRef) -> Rates? {
    meters[ref].flatMap { $0.rates.history.isEmpty ? nil : $0.rates }
  }

  /// Takes counters read at `seconds` of a monotonic clock.
  ///
  /// A counter that went down belongs to a new link with the same ifindex, or was reset: that sample starts afresh,
  /// so no rate is made of the difference. Complexity: O(1), and O(60) for the shift of a full history.
  public mutating func record(_ counters: Counters, of ref: LinkRef, at seconds: Double) {
    guard var meter = meters[ref] else {
      meters[ref] = Meter(counters: counters, seconds: seconds, rates: Rates())
      return
    }
    let elapsed = seconds - meter.seconds
    guard elapsed > 0.001 else { return }
    if counters.rxBytes >= meter.counters.rxBytes, counters.txBytes >= meter.counters.txBytes {
      meter.rates.rx = Double(counters.rxBytes - meter.counters.rxBytes) / elapsed
      meter.rates.tx = Double(counters.txBytes - meter.counters.txBytes) / elapsed
      if meter.rates.history.count == Self.capacity {
        meter.rates.history.removeFirst()
        meter.rates.txHistory.removeFirst()
      }
      meter.rates.history.append(Float(meter.rates.rx + meter.rates.tx))
      meter.rates.txHistory.append(Float(meter.rates.tx))
    }
    meter.counters = counters
    meter.seconds = seconds
    meters[ref] = meter
  }

  /// Forgets every link that `keep` does not want.
  public mutating func prune(keeping keep: (LinkRef) -> Bool) {
    meters = meters.filter { keep($0.key) }
  }

  /// The highest rate of all links, in bytes per second, both directions.
  public var busiest: Double { meters.values.reduce(0) { max($0, $1.rates.rx + $1.rates.tx) } }

  /// The latest counters that were recorded for a link.
  public func counters(of ref: LinkRef) -> Counters? { meters[ref]?.counters }
}
