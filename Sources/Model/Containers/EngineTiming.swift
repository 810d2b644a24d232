internal import NIOCore

/// How long the engine is waited for.
public struct EngineTiming: Hashable, Sendable {
  /// Milliseconds for a connection.
  public var connect: Int64
  /// Milliseconds for a whole answer.
  public var response: Int64
  /// Milliseconds from an event to the reading that it causes, so that a burst of them costs one.
  public var coalesce: Int64
  /// Milliseconds until the first new attempt after a failure; doubled each time.
  public var firstRetry: Int64
  /// Milliseconds that `firstRetry` grows to.
  public var lastRetry: Int64
  /// Milliseconds between attempts at most, while there are containers that nobody has named.
  public var wantedRetry: Int64

  /// Makes a timing; all in milliseconds.
  public init(
    connect: Int64 = 2_000, response: Int64 = 5_000, coalesce: Int64 = 50, firstRetry: Int64 = 1_000,
    lastRetry: Int64 = 30_000, wantedRetry: Int64 = 500
  ) {
    self.connect = connect
    self.response = response
    self.coalesce = coalesce
    self.firstRetry = firstRetry
    self.lastRetry = lastRetry
    self.wantedRetry = wantedRetry
  }
}

extension Int64 {
  /// So many milliseconds.
  var milliseconds: TimeAmount { .milliseconds(self) }
}
