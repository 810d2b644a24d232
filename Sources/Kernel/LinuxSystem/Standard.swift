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

  /// Ends the process at once, successfully, whatever its other threads do; what was not written is lost (_exit(2)).
  public static func endAtOnce() -> Never { _exit(0) }

  /// The process's own id, as its PID namespace has it.
  public static var processID: Int32 { getpid() }

  /// Whether something is at a path, that the process may know of.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

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

  /// The environment, as libc has it: /proc/self/environ can't be read where the program has more rights than its user.
  ///
  /// For the main thread, which is the one that changes it.
  public static var environment: [String: String] {
    var found: [String: String] = [:]
    guard var place = unsafe nt_environment() else { return found }
    while let entry = unsafe place.pointee {
      let pair = unsafe String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      // As getenv(3): of two with one name the first counts.
      if pair.count == 2, found[String(pair[0])] == nil { found[String(pair[0])] = String(pair[1]) }
      unsafe place += 1
    }
    return found
  }
}
