/// A moment of the wall clock, in milliseconds since 1970-01-01 00:00:00 UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since the epoch.
  public let milliseconds: Int64

  /// Makes the moment that many milliseconds after the epoch.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Earlier moments first.
  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

  /// Seconds from `earlier` to this moment.
  public func seconds(since earlier: Timestamp) -> Double {
    Double(milliseconds - earlier.milliseconds) / 1000
  }

  /// The moment as RFC 3339 in UTC with milliseconds: `2026-11-23T12:04:33.120Z`.
  public var rfc3339: String {
    var days = milliseconds.floorDivided(by: 86_400_000)
    let ms = Int(milliseconds - days * 86_400_000)
    // Days to civil date, as in Howard Hinnant's "chrono-compatible low-level date algorithms".
    days += 719_468
    let era = days.floorDivided(by: 146_097)
    let dayOfEra = days - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(padded(Int(year), 4))-\(padded(Int(month), 2))-\(padded(Int(day), 2))T"
      + "\(clock(ms / 1000)).\(padded(ms % 1000, 3))Z"
  }

  /// The time of day as `12:04:33`, shifted from UTC by that many seconds.
  public func clock(utcOffset seconds: Int) -> String {
    let total = milliseconds.floorDivided(by: 1000) + Int64(seconds)
    return clock(Int(total - total.floorDivided(by: 86_400) * 86_400))
  }

  private func clock(_ secondOfDay: Int) -> String {
    "\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))"
  }

  private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  /// Division that rounds towards minus infinity, so that moments before the epoch stay in order.
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
