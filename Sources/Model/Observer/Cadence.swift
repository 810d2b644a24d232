/// When the model is read again: the clock goes in, the next deadline comes out.
///
/// It reads no clock and sets no timer. All times are nanoseconds of one clock that never goes back.
public struct Cadence: Hashable, Sendable {
  /// What is due.
  public enum Task: Hashable, Sendable {
    /// What events have told of is to be read.
    case pass
    /// What was put off is to be asked for with the next pass.
    case lateWork
    /// Names and namespaces are to be looked for again.
    case census
    /// A part of all namespaces is to be read again.
    case recheck
  }

  /// A burst is one change: a pass waits so long for the rest of it.
  static let settling: Int64 = 2_000_000
  /// Two passes begin at least so far apart: one frame.
  static let frame: Int64 = 33_000_000
  /// What the kernel tells late is read after so long.
  static let lateness: Int64 = 400_000_000
  /// A bare `unshare -n` raises no event: it is found within this time.
  static let censusInterval: Int64 = 15_000_000_000
  /// A container's process is still its runtime's when its cable arrives: its name is looked for again after these.
  static let afterBirth: [Int64] = [150_000_000, 600_000_000, 2_500_000_000]
  /// Between two rechecks, where they are asked for.
  static let recheckInterval: Int64 = 1_000_000_000
  /// Where events are lost all the time, reading everything all the time would leave no time for keys: behind such a pass
  /// comes a rest of eight times what it took, within these bounds.
  static let restBounds: ClosedRange<Int64> = 100_000_000...500_000_000

  private var passAt: Int64?
  private var lastPass: Int64?
  private var resyncFrom = Int64.min
  private var lateAt: Int64?
  private var censusAt: [Int64] = []
  private var regularCensusAt: Int64?
  private var recheckAt: Int64?

  /// Makes one for which nothing is due.
  public init() {}

  /// Begins to look for names by itself.
  public mutating func beginCensus(at now: Int64) { regularCensusAt = now + Self.censusInterval }

  /// Begins to recheck by itself.
  public mutating func beginRechecks(at now: Int64) { recheckAt = now + Self.recheckInterval }

  /// There is something to read; `isResync` where that is everything. A pass that is due already stays so.
  public mutating func needPass(at now: Int64, isResync: Bool) {
    if passAt != nil { return }
    var due = now + Self.settling
    if let lastPass { due = max(due, lastPass + Self.frame) }
    passAt = isResync ? max(due, resyncFrom) : due
  }

  /// Whether a pass waits for its time.
  public var isPassDue: Bool { passAt != nil }

  /// A pass ran from one time to another; `wasResync` where it read everything.
  public mutating func passed(from begin: Int64, to end: Int64, wasResync: Bool) {
    lastPass = begin
    guard wasResync else { return }
    resyncFrom = end + min(Self.restBounds.upperBound, max(Self.restBounds.lowerBound, 8 * max(0, end - begin)))
  }

  /// Something was put off; what is put off already stays so.
  public mutating func putOff(at now: Int64) {
    if lateAt == nil { lateAt = now + Self.lateness }
  }

  /// A namespace has come.
  public mutating func namespaceCame(at now: Int64) {
    censusAt = (censusAt + Self.afterBirth.map { now + $0 }).sorted()
  }

  /// When something is due next; nil: nothing is.
  public var next: Int64? {
    [passAt, lateAt, censusAt.first, regularCensusAt, recheckAt].compactMap(\.self).min()
  }

  /// What is due now, in the order in which it is to be done; each is given once.
  public mutating func take(at now: Int64) -> [Task] {
    var tasks: [Task] = []
    if let at = recheckAt, at <= now {
      tasks.append(.recheck)
      recheckAt = now + Self.recheckInterval
    }
    if let at = lateAt, at <= now {
      tasks.append(.lateWork)
      lateAt = nil
    }
    let count = censusAt.count
    censusAt.removeAll { $0 <= now }
    if let at = regularCensusAt, at <= now {
      tasks.append(.census)
      regularCensusAt = now + Self.censusInterval
    } else if censusAt.count < count {
      tasks.append(.census)
    }
    if let at = passAt, at <= now {
      tasks.append(.pass)
      passAt = nil
    }
    return tasks
  }
}
