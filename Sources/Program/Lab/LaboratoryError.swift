public import SystemPackage
internal import Usage

/// Why a laboratory could not be made: one line for people.
public struct LaboratoryError: Error, Sendable, CustomStringConvertible {
  /// The line: what could not be done, and the kernel's reason where there is one.
  public var description: String

  /// Makes an error; the text of `errno` (strerror(3)) follows `what` where it is given.
  public init(_ what: String, _ errno: Errno? = nil) {
    description = errno.map { Say.Scenario.because(what, "\($0)") } ?? what
  }
}
