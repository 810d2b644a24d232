internal import CLinux
internal import Glibc
public import SystemPackage

/// The process's standard streams and surroundings.
public enum Standard {
  /// Writes all bytes to standard output; throws `Errno` (`brokenPipe` where nobody reads any more).
  public static func write(_ bytes: [UInt8], to fd: CInt = 1) throws(Errno) { try write(bytes.span, to: fd) }

  /// The same for bytes that are lent.
  public static func write(_ bytes: Span<UInt8>, to fd: CInt = 1) throws(Errno) {
    var offset = 0
    while offset < bytes.count {
      let n = unsafe bytes.extracting(offset...).withUnsafeBytes { rest in
        unsafe Glibc.write(fd, rest.baseAddress, rest.count)
      }
      if n < 0 {
        let failed = Errno.current
        if failed == .interrupted { continue }
        // Whoever shares the open file may have said that writing is not to wait.
        guard failed == .wouldBlock else { throw failed }
        var entry = pollfd(fd: fd, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&entry, 1, -1)
        continue
      }
      offset += n
    }
  }

  /// Makes writing to a closed pipe, or more than `RLIMIT_FSIZE` allows, an error instead of a signal.
  public static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Lets a crash of the program end it at once, whoever sits at its terminal.
  public static func crashWithoutQuestions() { nt_crash_guard_prepare() }

  /// Whether a descriptor is a terminal.
  public static func isTerminal(_ fd: CInt) -> Bool { isatty(fd) == 1 }

  /// The columns of the terminal behind a descriptor; nil where it is none, or does not know.
  public static func columns(of fd: CInt) -> Int? {
    var size = winsize()
    guard unsafe ioctl(fd, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The host's name (gethostname(2)), as bytes.
  public static var hostname: [UInt8] {
    var buffer = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&buffer, buffer.count - 1) == 0 else { return [] }
    return buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  }

  /// The environment.
  public static var environment: [String: String] {
    var found: [String: String] = [:]
    // Where it can't be read (no /proc; a binary with file capabilities), it is as if nothing were set.
    let text = (try? SmallFile.read("/proc/self/environ", limit: 4 << 20)) ?? []
    for entry in text.split(separator: 0) {
      let pair = entry.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { found[String(decoding: pair[0], as: UTF8.self)] = String(decoding: pair[1], as: UTF8.self) }
    }
    return found
  }
}
