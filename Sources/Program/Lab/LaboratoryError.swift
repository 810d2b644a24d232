public import SystemPackage

/// Why a laboratory could not be made: one line for people.
public struct LaboratoryError: Error, Sendable, CustomStringConvertible {
  public var description: String

  public init(_ what: String, _ errno: Errno? = nil) {
    description = errno.map { "\(what): \($0)" } ?? what
  }
}
