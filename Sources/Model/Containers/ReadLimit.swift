internal import NIOCore

/// How long an answer may be, in bytes.
enum ReadLimit {
  static let body = 64 << 20
  /// The body of an answer that is no success; only its message is of use.
  static let errorBody = 64 << 10
  static let eventLine = 1 << 20
}
