/// Numbers as people read them: powers of 1000, two or three digits.
public enum Units {
  /// `1.2 KB/s`.
  public static func rate(_ bytesPerSecond: Double) -> String { scaled(bytesPerSecond, gap: " ") + "B/s" }

  /// `1.2MB/s`, `12MB/s`: at most seven columns, for narrow places.
  public static func shortRate(_ bytesPerSecond: Double) -> String { short(bytesPerSecond) + "B/s" }

  /// `1.2M`, `12M`: at most four columns, where the unit stands once behind two of them.
  public static func short(_ bytesPerSecond: Double) -> String { scaled(bytesPerSecond, gap: "", fine: 9.95) }

  /// A rate as a bar's height from 1 to 8: by magnitude, so that it depends on nothing but itself and seldom changes.
  /// 1 is less than 1 KB/s, each step is ten times the one below, 8 begins at 1 GB/s.
  public static func level(_ bytesPerSecond: Double) -> Int {
    var level = 1
    var bound = 1e3
    while level < 8, bytesPerSecond >= bound {
      level += 1
      bound *= 10
    }
    return level
  }

  /// `48.1 MB`.
  public static func bytes(_ count: UInt64) -> String { scaled(Double(count), gap: " ") + "B" }

  /// `61 204`: groups of three digits.
  public static func count(_ value: UInt64) -> String {
    let digits = Array(String(value))
    var out = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position).isMultiple(of: 3) { out.append(" ") }
      out.append(digit)
    }
    return out
  }

  /// `0.061`: milliseconds with so many digits behind the point.
  public static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "-" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let total = Int64((abs(value) * scale).rounded())
    let fraction = String(total % Int64(scale))
    let padded = String(repeating: "0", count: max(0, digits - fraction.count)) + fraction
    let sign = value < 0 && total != 0 ? "-" : ""
    return digits == 0 ? "\(sign)\(total)" : "\(sign)\(total / Int64(scale)).\(padded)"
  }

  /// Below `fine` there is a digit behind the point.
  private static func scaled(_ value: Double, gap: String, fine: Double = 99.95) -> String {
    guard value.isFinite, value > 0 else { return "0\(gap)" }
    var value = value
    var unit = 0
    let units = ["", "K", "M", "G", "T", "P", "E"]
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let digits = unit == 0 || value >= fine ? 0 : 1
    return fixed(value, digits: digits) + gap + units[unit]
  }
}
