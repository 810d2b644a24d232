internal import LinuxSystem
internal import Logging
internal import Synchronization
public import SystemPackage
internal import Topology
internal import Usage

/// What a developer wants to know afterwards, appended to a file (`--log-file`): lost events, resyncs, an engine's
/// troubles, slow frames. Addresses, names and times of the machine's own networks may stand in it; nothing of what
/// containers hold or are given does.
public struct Diagnostics: Sendable {
  /// Frames that take longer are told: 50 ms.
  private static let slowFrame: Int64 = 50_000_000

  private let logger: Logger?
  private let file: LogFile?

  /// Tells nobody.
  public static let none = Diagnostics()

  private init() {
    logger = nil
    file = nil
  }

  /// Appends to a file, which is made for the user alone where it is not there; nil: to none, until `goOn` names one.
  /// Throws `Errno` as `Privilege.openLog`.
  public init(file path: String?) throws(Errno) {
    let file = LogFile()
    self.file = file
    logger = Logger(label: "netns-top") { _ in file }
    try goOn(in: path)
  }

  /// Goes on in a file that is opened now, be it another one or a new one of the same name (logrotate(8)); nil: nowhere.
  /// Where it can't be opened all stays as it was. Throws `Errno` as `Privilege.openLog`.
  func goOn(in path: String?) throws(Errno) {
    guard var path else { return file?.goOn(in: nil) ?? () }
    // In the configuration file there is no shell that would know a home.
    if path.hasPrefix("~/"), let home = Standard.environment["HOME"] { path = home + path.dropFirst(1) }
    file?.goOn(in: LogFile.Handle(try Privilege.openLog(path), path))
  }

  /// Why diagnostics are missing from the file, once, where they could not be written; standard error was told, too.
  func takeComplaint() -> String? { file?.takeComplaint() }

  /// The first snapshot was taken.
  func begun(nanoseconds: Int64, namespaces: Int) {
    logger?.notice("begun: first snapshot after \(Self.ms(nanoseconds)), \(namespaces) namespaces")
  }

  /// The kernel dropped so many batches of events: the buffer was full.
  func lost(_ overruns: Int) { logger?.warning("events: the buffer was full \(overruns) times") }

  /// Everything was read again.
  func resync(nanoseconds: Int64, namespaces: Int) {
    logger?.warning("resync: read everything again, \(Self.ms(nanoseconds)), \(namespaces) namespaces")
  }

  /// Events were lost, or something can't be read: what the screen warns of.
  func trouble(_ source: String, _ text: String) { logger?.warning("\(source): \(text)") }

  /// What the screen warned of is over.
  func recovered(_ source: String) { logger?.notice("\(source): well again") }

  /// A frame has been drawn and shown.
  func frame(drawing: Int64, showing: Int64, namespaces: Int) {
    guard drawing + showing > Self.slowFrame else { return }
    logger?.warning(
      "slow frame: drawing \(Self.ms(drawing)), showing \(Self.ms(showing)), \(namespaces) namespaces")
  }

  private static func ms(_ nanoseconds: Int64) -> String { "\(nanoseconds / 1_000_000) ms" }
}

/// One line an entry: time in UTC, level, text without control characters.
private struct LogFile: LogHandler {
  fileprivate struct Failure {
    var isTold = false
    var complaint: String?
  }

  final class Handle: Sendable {
    fileprivate let descriptor: OwnedDescriptor
    fileprivate let path: String
    fileprivate let failure = Mutex(Failure())
    init(_ descriptor: consuming OwnedDescriptor, _ path: String) {
      self.descriptor = descriptor
      self.path = path
    }
  }

  /// The file that is written to at the moment: several threads tell, one of them changes it.
  private final class Place: Sendable {
    let handle = Mutex<Handle?>(nil)
  }

  private let place = Place()
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]

  private var handle: Handle? { place.handle.withLock { $0 } }

  func goOn(in handle: Handle?) { place.handle.withLock { $0 = handle } }

  func takeComplaint() -> String? {
    handle?.failure.withLock { failure in
      defer { failure.complaint = nil }
      return failure.complaint
    }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    guard let handle else { return }
    let time = Timestamp(milliseconds: SystemClock.realtimeNanoseconds / 1_000_000)
    let line = "\(time.rfc3339) \(event.level) \(SafeText.clean("\(event.message)"))\n"
    // Diagnostics that can't be written are no reason to stop, and not to be missed in silence.
    do {
      try Standard.write(Array(line.utf8), to: handle.descriptor.rawValue)
    } catch {
      complain(SafeText.clean(Say.Failure.incompleteLog(handle.path, "\(error)")), of: handle)
    }
  }

  private func complain(_ text: String, of handle: Handle) {
    let isFirst = handle.failure.withLock { failure in
      if failure.isTold { return false }
      failure = Failure(isTold: true, complaint: text)
      return true
    }
    // Standard error that can't be written has nobody to be told to.
    if isFirst { try? Standard.write(Array("netns-top: \(text)\n".utf8), to: 2) }
  }
}
