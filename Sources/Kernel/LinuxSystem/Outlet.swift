internal import Glibc
public import SystemPackage

/// A descriptor that is written to by somebody who may be told to end meanwhile: its reader may be stuck.
///
/// Nothing is lost while the reader is slow: the writer waits as long as it takes. Once the program was told to end, a
/// reader that reads still gets the rest, and one that does not is waited for no longer than `grace`.
public final class Outlet {
  /// Milliseconds that a reader has after the program was told to end.
  private static let grace: Int64 = 200
  /// `PIPE_BUF` (pipe(7)): a pipe that poll(2) calls writable takes so many bytes without making the writer wait.
  private static let part = 4096

  private let descriptor: CInt
  /// The same file, opened once more and without waiting; nil where that can't be had, or is not needed.
  private let nonblocking: OwnedDescriptor?
  private let mayBlock: Bool
  private let interrupter: CInt
  private let interrupted: () -> Void
  private var deadline: Int64?

  /// Makes an outlet for an open descriptor. While a writer waits, `interrupted` is called once the descriptor
  /// `interrupter` can be read.
  public init(_ descriptor: CInt, interrupter: CInt, interrupted: @escaping () -> Void) {
    self.descriptor = descriptor
    self.interrupter = interrupter
    self.interrupted = interrupted
    var info = stat()
    let isKnown = unsafe fstat(descriptor, &info) == 0
    let kind = info.st_mode & S_IFMT
    mayBlock = isKnown && kind != S_IFREG && kind != S_IFBLK
    // The flag O_NONBLOCK would be that of everybody who has the file open, the shell too. Another opening has its own.
    let isPipeOrTerminal = kind == S_IFIFO || Standard.isTerminal(descriptor)
    let again =
      isKnown && isPipeOrTerminal
      ? unsafe open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1
    nonblocking = again < 0 ? nil : OwnedDescriptor(adopting: again)
    target = again < 0 ? descriptor : again
  }

  private let target: CInt

  /// The program was told to end: from now on a reader is waited for no longer than the grace.
  public func hurry() {
    if deadline == nil { deadline = SystemClock.monotonicNanoseconds + Self.grace * 1_000_000 }
  }

  /// Writes all bytes; throws `Errno` (`brokenPipe` where nobody reads any more, `canceled` where the reader was stuck and
  /// the program told to end).
  public func write(_ bytes: Span<UInt8>) throws(Errno) {
    var offset = 0
    while offset < bytes.count {
      if mayBlock { try wait() }
      let end = mayBlock && target == descriptor ? min(bytes.count, offset + Self.part) : bytes.count
      let count = unsafe bytes.extracting(offset..<end).withUnsafeBytes { rest in
        unsafe Glibc.write(target, rest.baseAddress, rest.count)
      }
      if count < 0 {
        let failed = Errno.current
        if failed == .interrupted || failed == .wouldBlock { continue }
        throw failed
      }
      offset += count
    }
  }

  /// Waits until the descriptor takes bytes, or says why not when they are written.
  private func wait() throws(Errno) {
    while true {
      let timeout = deadline.map { max(0, ($0 - SystemClock.monotonicNanoseconds) / 1_000_000) } ?? -1
      // A negative descriptor is passed over (poll(2)).
      var entries = [
        pollfd(fd: target, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: deadline == nil ? interrupter : -1, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&entries, nfds_t(entries.count), CInt(clamping: timeout))
      if count == 0 { throw .canceled }
      if count < 0 {
        if Errno.current == .interrupted { continue }
        throw Errno.current
      }
      if entries[0].revents != 0 { return }
      interrupted()
      hurry()
    }
  }
}
