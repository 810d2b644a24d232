/// How much of an engine's answers is read. Whoever may listen where engines are looked for can answer without end: each
/// bound is told where it is reached.
enum ReadLimit {
  /// Bytes of an answer: some five thousand containers with all their labels.
  static let body = 16 << 20
  /// Bytes of an answer that is no success; only its message is of use.
  static let errorBody = 64 << 10
  /// Bytes of one event.
  static let eventLine = 1 << 20
  /// Containers, or networks, of one answer.
  static let records = 20_000
  /// Containers that are asked about one by one before what they told is shown.
  static let inspections = 2_000
  /// Bytes of what is told of one container.
  static let inspection = 256 << 10
  /// Bytes of all aliases and links that are kept of an engine's containers.
  static let aliases = 1 << 20
  /// Bytes of a file of a user's: as text and as JSON it takes many times as much.
  static let userFile = 8 << 20
  /// Elements of a list, or keys of an object, inside one of them.
  static let elements = 1_000
  /// Characters of a name, an id, an image: a name has at most 255 in every engine, an image's at most 639.
  static let text = 1_024
  /// Bytes of events, and of what comes in their place (interim responses without end), in each `window`.
  static let stream = 256 << 10
  /// Bytes of a file about one container.
  static let recordFile = 4 << 20
  /// Bytes of all files of one user in one reading.
  static let reading = 256 << 20
  /// Entries of a database in one reading: a bucket may lie in many others.
  static let entries = 400_000
  /// Bytes of a file about all of them.
  static let stateFile = 64 << 20
  /// Milliseconds.
  static let window: Int64 = 100
}
