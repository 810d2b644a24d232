internal import Labels
public import Netlink
public import SystemPackage

/// What a request can end in, besides its answer.
public enum RequestError: Error, Sendable, CustomStringConvertible {
  /// The kernel refused.
  case refused(KernelError)
  /// A system call failed.
  case system(operation: String, Errno)
  /// The tables changed during each of the attempts at a dump.
  case interrupted(operation: String)
  /// The answer can't be read.
  case malformed(DecodeError)
  /// No answer came in time.
  case unanswered(operation: String)

  /// The errno behind it, where there is one.
  public var errno: Errno? {
    switch self {
    case .refused(let error): Errno(rawValue: error.code)
    case .system(_, let errno): errno
    case .interrupted, .malformed, .unanswered: nil
    }
  }

  /// What was asked, and why it failed, in one line.
  public var description: String {
    switch self {
    case .refused(let error):
      error.message.isEmpty
        ? "\(error.operation): \(Errno(rawValue: error.code))"
        : "\(error.operation): \(Errno(rawValue: error.code)) (\(error.message))"
    case .system(let operation, let errno): "\(operation): \(errno)"
    case .interrupted(let operation): Say.System.keptChanging(operation)
    case .malformed(let error): Say.System.malformedAnswer("\(error)")
    case .unanswered(let operation): Say.System.unanswered(operation)
    }
  }
}
