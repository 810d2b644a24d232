/// Why a terminal can't be used: one line, with what to do instead.
public struct TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The one line.
  public var description: String

  init(_ description: String) { self.description = description }
}
