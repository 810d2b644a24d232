internal import Canvas
internal import Diagram
internal import LinuxSystem
internal import Observer
internal import Reachability
internal import Reports
internal import SystemPackage
internal import Topology

/// What is printed and then is done: `show` and `ping`.
public enum Printer {
  /// How text is to look.
  public struct Style: Sendable {
    public enum Color: String, Sendable, CaseIterable { case auto, always, never }
    public enum Glyphs: String, Sendable, CaseIterable { case auto, unicode, ascii }
    public var color: Color
    public var glyphs: Glyphs
    /// Columns; nil: the terminal's, else 100.
    public var width: Int?

    public init(color: Color = .auto, glyphs: Glyphs = .auto, width: Int? = nil) {
      self.color = color
      self.glyphs = glyphs
      self.width = width
    }

    /// Whether standard output gets colours (`--color`, else NO_COLOR, else whether it is a terminal).
    var usesColor: Bool {
      switch color {
      case .always: true
      case .never: false
      case .auto:
        Standard.isTerminal(1) && Standard.environment["NO_COLOR", default: ""].isEmpty
          && Standard.environment["TERM"] != "dumb"
      }
    }

    var glyphSet: GlyphSet {
      switch glyphs {
      case .unicode: return .unicode
      case .ascii: return .ascii
      case .auto:
        let environment = Standard.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        // Without any locale there is no terminal's word against UTF-8: pipes and files take it.
        guard let locale = locale?.lowercased() else { return .unicode }
        return locale.contains("utf-8") || locale.contains("utf8") ? .unicode : .ascii
      }
    }
  }

  /// What ended a command early, with the exit status that goes with it.
  public struct Failure: Error, CustomStringConvertible {
    public var description: String
    public var status: Int32

    public init(_ description: String, status: Int32 = 2) {
      self.description = description
      self.status = status
    }
  }

  /// Writes to standard output; a reader that has gone ends the program quietly.
  static func emit(_ text: some Sequence<UInt8>) throws {
    do {
      try Standard.write(Array(text))
    } catch {
      if error == .brokenPipe { throw Failure("", status: 0) }
      throw Failure("writing to standard output: \(error)")
    }
  }

  // MARK: show

  /// Prints one snapshot: the diagram, or JSON. With `names` only those namespaces and what they hang on.
  public static func show(
    _ options: WorldOptions, json: Bool, names: [String], tables wantsTables: Bool = false, style: Style
  ) throws {
    Standard.ignoreBrokenPipes()
    let world = try World(options)
    try world.askEngineOnce(timeoutMilliseconds: 1000)
    let snapshot = world.observer.snapshot
    let wanted = try namespaces(named: names, in: snapshot)
    if json {
      var tables: [NamespaceID: NamespaceTables] = [:]
      for id in wanted ?? (wantsTables ? Set(snapshot.namespaces.ids) : []) {
        do {
          tables[id] = try world.observer.tables(of: id)
        } catch {
          var none = NamespaceTables()
          none.unread = ["tables: \(error)"]
          tables[id] = none
        }
      }
      return try emit(SnapshotJSON(snapshot, tables: tables).line(of: wanted) + [10])
    }
    try emit(text(snapshot, only: wanted, style: style).utf8)
    for warning in snapshot.warnings {
      try? Standard.write(Array("netns-top: \(warning.text)\n".utf8), to: 2)
    }
  }

  /// The diagram as text, through the same layout as the viewer's.
  static func text(_ snapshot: Snapshot, only wanted: Set<NamespaceID>?, style: Style) -> String {
    var shown = snapshot
    if let wanted {
      shown.namespaces = NamespaceTable(
        snapshot.namespaces.values.filter { wanted.contains($0.id) || $0.id == .host })
    }
    var slots = Slots()
    slots.settle(shown, at: shown.takenAt)
    let width = max(40, min(400, style.width ?? Standard.columns(of: 1) ?? 100))
    let layout = Layout(shown, slots: slots, viewport: Size(width: width, height: 48), coarsest: .row)
    var canvas = Canvas(layout.size)
    layout.paint(
      into: &canvas, rect: Rect(x: 0, y: 0, width: layout.size.width, height: layout.size.height), scroll: 0,
      snapshot: shown, decor: Decor(), glyphs: style.glyphSet)
    let rows = style.usesColor ? canvas.ansi(.dark, colors: .indexed256) : canvas.rows
    return rows.joined(separator: "\n") + "\n"
  }

  // MARK: ping

  /// What `ping` is asked for.
  public struct PingRequest: Sendable {
    public var source: String
    public var destination: String
    public var family: Family
    public var count: Int
    public var intervalSeconds: Double
    public var payload: Int
    public var json: Bool

    public enum Family: Sendable { case any, ipv4, ipv6 }

    public init(
      source: String, destination: String, family: Family = .any, count: Int = 4, intervalSeconds: Double = 1,
      payload: Int = 56, json: Bool = false
    ) {
      self.source = source
      self.destination = destination
      self.family = family
      self.count = count
      self.intervalSeconds = intervalSeconds
      self.payload = payload
      self.json = json
    }
  }

  /// Sends echo requests and prints what becomes of them. Returns 0 where there was a reply, else 1.
  public static func ping(_ options: WorldOptions, _ request: PingRequest) throws -> Int32 {
    Standard.ignoreBrokenPipes()
    let signals = try SignalSource([SignalSource.Number.interrupt, SignalSource.Number.terminate])
    let world = try World(options)
    try world.askEngineOnce(timeoutMilliseconds: 1000)
    let route = try route(request, world.observer.snapshot)
    var transcript = PingTranscript(route: route, snapshot: world.observer.snapshot, json: request.json)
    try emit(transcript.head.utf8)
    var failure: (any Error)?
    var status: Int32?
    try world.loop.watch(signals.descriptor) {
      for arrival in signals.take() where arrival.number == SignalSource.Number.terminate {
        status = 128 + arrival.number
      }
      world.loop.stop()
    }
    world.startPing(
      1, route, interval: Int64(request.intervalSeconds * 1000), count: request.count, payload: request.payload,
      deliver: { report in
        do {
          try emit(transcript.take(report).utf8)
        } catch let error {
          failure = error
          world.loop.stop()
        }
      }, done: { world.loop.stop() })
    if transcript.isOpen, failure == nil { world.loop.run() }
    world.stopPing(1)
    if let failure { throw failure }
    try emit(transcript.tail.utf8)
    if let reason = transcript.failure { throw Failure("ping: \(reason)") }
    return status ?? (transcript.statistics.received > 0 ? 0 : 1)
  }

  private static func route(_ request: PingRequest, _ snapshot: Snapshot) throws -> Route {
    func endpoint(_ text: String) throws -> Endpoint {
      switch Endpoint.resolve(text, in: snapshot) {
      case .success(let endpoint): return endpoint
      case .failure(let error): throw Failure("ping: \(error)")
      }
    }
    let family: Route.Family =
      switch request.family {
      case .any: .any
      case .ipv4: .ipv4
      case .ipv6: .ipv6
      }
    let (source, destination) = (try endpoint(request.source), try endpoint(request.destination))
    switch Route.choose(from: source, to: destination, family: family, in: snapshot) {
    case .success(let route): return route
    case .failure(let error): throw Failure("ping: \(error)")
    }
  }
}
