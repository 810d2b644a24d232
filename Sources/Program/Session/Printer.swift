internal import LinuxSystem
internal import Observer
internal import Reachability
internal import Reports
internal import SystemPackage
internal import Topology

/// What is printed and then is done: `show` and `ping`.
public enum Printer {
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
  static func emit(_ text: some Sequence<UInt8>) throws(Failure) { try emit(Array(text).span) }

  /// The same for a snapshot as JSON, as it is made: its reader need not wait for the end.
  static func emit(_ report: SnapshotJSON, of namespaces: Set<NamespaceID>?) throws {
    var failure: Failure?
    report.write(of: namespaces) { text in
      if failure != nil { return }
      do throws(Failure) { try emit(text) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private static func emit(_ text: Span<UInt8>) throws(Failure) {
    do {
      try Standard.write(text)
    } catch {
      if error == .brokenPipe { throw Failure("", status: 0) }
      throw Failure("writing to standard output: \(error)")
    }
  }

  // MARK: show

  /// What `show` prints.
  public enum Format: String, Sendable, CaseIterable { case text, json, svg }

  /// Prints one snapshot: the diagram, or JSON. With `names` only those namespaces and what they hang on.
  public static func show(
    _ options: WorldOptions, format: Format, names: [String], tables wantsTables: Bool = false, style: Style
  ) throws {
    Standard.ignoreBrokenPipes()
    let world = try World(options, engineMilliseconds: 1000)
    // Who prints once ends then: what the process holds is given back by the kernel, all at once.
    _ = unsafe Unmanaged.passRetained(world)
    let snapshot = world.observer.snapshot
    let wanted = try namespaces(named: names, in: snapshot)
    if format == .json {
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
      return try emit(SnapshotJSON(snapshot, tables: tables), of: wanted)
    }
    if format == .svg {
      try emit(svg(snapshot, only: wanted, style: style).utf8)
    } else {
      try emit(text(snapshot, only: wanted, style: style).utf8)
    }
    for warning in snapshot.warnings {
      try? Standard.write(Array("netns-top: \(warning.text)\n".utf8), to: 2)
    }
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
    let world = try World(options, engineMilliseconds: 1000)
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
    var isDone = false
    world.startPing(
      1, route, interval: Int64(request.intervalSeconds * 1000), count: request.count, payload: request.payload,
      deliver: { report in
        do {
          try emit(transcript.take(report).utf8)
        } catch let error {
          failure = error
          world.loop.stop()
        }
      },
      done: {
        isDone = true
        world.loop.stop()
      })
    // What can't be sent is told at once, before the loop runs: then there is nothing to wait for.
    if transcript.isOpen, failure == nil, !isDone { world.loop.run() }
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
