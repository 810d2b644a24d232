internal import Glibc

/// The two clocks that the program reads.
public enum SystemClock {
  /// Nanoseconds of `CLOCK_MONOTONIC`: for intervals and deadlines.
  public static var monotonicNanoseconds: Int64 { read(CLOCK_MONOTONIC) }
  /// Nanoseconds of `CLOCK_REALTIME`: for what people read, and to compare with the kernel's packet stamps.
  public static var realtimeNanoseconds: Int64 { read(CLOCK_REALTIME) }

  /// Seconds that the local time zone is ahead of UTC now.
  public static var utcOffset: Int {
    var now = time(nil)
    var parts = unsafe tm()
    guard unsafe localtime_r(&now, &parts) != nil else { return 0 }
    return unsafe Int(parts.tm_gmtoff)
  }

  /// Waits; a signal that does not end the program does not end it either.
  public static func sleep(seconds: Double) {
    let end = monotonicNanoseconds + Int64(seconds * 1e9)
    while monotonicNanoseconds < end {
      let left = end - monotonicNanoseconds
      var wait = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
      unsafe nanosleep(&wait, nil)
    }
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var t = timespec()
    unsafe clock_gettime(clock, &t)
    return Int64(t.tv_sec) * 1_000_000_000 + Int64(t.tv_nsec)
  }
}
