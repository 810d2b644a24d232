internal import CLinux
internal import Glibc
public import SystemPackage

/// Signals as readable events (signalfd(2)), instead of handlers that may run on any thread at any point.
public final class SignalSource {
  private let fd: OwnedDescriptor

  /// Blocks those signals for this thread and every thread made later, and reads them from a descriptor.
  ///
  /// To be called before any other thread exists: one that has them unblocked would die of them.
  public init(_ signals: [CInt]) throws(Errno) {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    let result = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    guard result == 0 else { throw Errno(rawValue: result) }
    fd = try OwnedDescriptor(
      result: unsafe signalfd(-1, &set, CInt(SFD_CLOEXEC | SFD_NONBLOCK)))
  }

  /// What the loop watches.
  public var descriptor: CInt { fd.rawValue }

  /// A signal that came.
  public struct Arrival: Sendable, Hashable {
    /// The signal's number, as in signal(7).
    public var number: CInt
    /// Whether the terminal sent it for a key (Ctrl-C, Ctrl-Z), and not some process.
    public var isFromTerminal: Bool
  }

  /// The signals that came since the last call.
  public func take() -> [Arrival] {
    var signals: [Arrival] = []
    var info = signalfd_siginfo()
    while unsafe read(fd.rawValue, &info, MemoryLayout<signalfd_siginfo>.size) == MemoryLayout<signalfd_siginfo>.size {
      // SI_KERNEL: raised by the kernel itself.
      signals.append(Arrival(number: CInt(bitPattern: info.ssi_signo), isFromTerminal: info.ssi_code == 0x80))
    }
    return signals
  }

  /// Signals by their numbers (signal(7)).
  public enum Number {
    /// All that ends a program that does not ask for it, and that no fault of its own brings: `SIGUSR1`, `SIGUSR2`,
    /// `SIGALRM`, `SIGSTKFLT`, `SIGXCPU`, `SIGVTALRM`, `SIGPROF`, `SIGIO`, `SIGPWR` and those without a name.
    public static let unaskedFor: [CInt] = [10, 12, 14, 16, 24, 26, 27, 29, 30] + Array(34...64)
    /// `SIGHUP`: the terminal has gone.
    public static let hangup: CInt = 1
    /// `SIGINT`: Ctrl-C, where a terminal sends it.
    public static let interrupt: CInt = 2
    /// `SIGUSR2`: somebody asks for something that the program has a meaning for.
    public static let user2: CInt = 12
    /// `SIGTERM`: somebody asks the program to end.
    public static let terminate: CInt = 15
    /// `SIGTSTP`: Ctrl-Z, where a terminal sends it.
    public static let stopFromTerminal: CInt = 20
    /// `SIGWINCH`: the terminal has another size now.
    public static let windowChange: CInt = 28
  }
}
