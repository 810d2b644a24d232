internal import LinuxSystem
internal import NetlinkSocket
internal import Observer
internal import Readings
internal import Reports
public import Session
internal import Topology
internal import Usage

/// `events`: every change in every namespace, as it happens, or those of a recording.
public struct EventsCommand: Sendable {
  /// Whether each event is a line of JSON, and not of text.
  public var json: Bool
  /// A recording of rtmon(8); nil: this machine, now.
  public var file: String?
  /// Only these objects; empty: all but neighbours.
  public var objects: Set<String>

  /// Makes the command.
  public init(json: Bool = false, file: String? = nil, objects: Set<String> = []) {
    self.json = json
    self.file = file
    self.objects = objects
  }

  func wants(_ event: Event) -> Bool {
    // What was lost or can't be read is always said.
    if [.overrun, .malformed].contains(event.object) { return true }
    if objects.isEmpty { return event.object != .neighbor && event.object != .nsid || file != nil }
    return objects.contains(event.object.rawValue)
  }

  /// Prints until the program is ended, or the recording is; returns the exit status.
  ///
  /// Throws `CommandFailure` where the recording can't be read or nothing can be written.
  public func run(_ options: SourceOptions) throws -> Int32 {
    if let file { return try replay(file) }
    var options = options
    options.observer.tellsEvents = true
    // Who is spoken of from the first line on has his name.
    let run = try CommandRun(options, wish: EngineWish())
    let live = run.live
    let teller = EventTeller(self, live.snapshot, run.output)
    try live.start(rechecks: true) { [unowned live] news in
      run.attempt { try teller.tell(news.events, live.snapshot) }
    }
    run.output.warn(live.snapshot.warnings)
    try run.run()
    return run.status ?? 0
  }

  private func replay(_ file: String) throws -> Int32 {
    Standard.ignoreBrokenPipes()
    let bytes: [UInt8]
    do {
      let opened = try Privilege.open(file)
      bytes = try SmallFile.read(opened.rawValue, limit: 1 << 30)
    } catch {
      throw CommandFailure("events: \(file): \(error)")
    }
    var ledger = EventLedger()
    var failure: (any Error)?
    var out: [UInt8] = []
    func flush(_ limit: Int) {
      guard out.count > limit, failure == nil else { return }
      do {
        try Output().emit(out)
      } catch let error {
        failure = error
      }
      out.removeAll(keepingCapacity: true)
    }
    var damage: Recording.Damage?
    do {
      try Recording(bytes).forEach { time, header, payload in
        guard let event = ledger.replay(header, payload, at: time), wants(event) else { return }
        let report = EventReport(event, at: nil)
        out += json ? report.json : Array(report.text(withDate: true).utf8)
        out.append(10)
        flush(1 << 16)
      }
    } catch {
      damage = error
    }
    flush(0)
    if let failure { throw failure }
    if let damage { throw CommandFailure(Say.Failure.damaged(file, at: damage.offset, damage.reason)) }
    return 0
  }
}
