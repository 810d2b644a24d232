internal import Observer
public import Paths
internal import Reports
public import Session
internal import Topology

/// `ping`: echo requests from inside one namespace to another, with the path that they take.
public struct PingCommand: Sendable {
  /// Who pings: a container's name or id prefix, a namespace's name, an address, or NAMESPACE/INTERFACE.
  public var source: String
  /// Who is pinged, written in the same way.
  public var destination: String
  /// The family of both addresses.
  public var family: AddressFamily
  /// How many requests.
  public var count: Int
  /// Seconds between two requests.
  public var intervalSeconds: Double
  /// Bytes behind the ICMP header.
  public var payload: Int
  /// Whether one JSON object is printed at the end, and not a line each.
  public var json: Bool

  /// Makes the command.
  public init(
    source: String, destination: String, family: AddressFamily = .any, count: Int = 4, intervalSeconds: Double = 1,
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

  /// Sends the requests and prints what becomes of them. Returns 0 where there was a reply, else 1.
  ///
  /// Throws `CommandFailure` where a name leads nowhere, the ping can't go on, or nothing can be written.
  public func run(_ options: SourceOptions) throws -> Int32 {
    let run = try CommandRun(options, engineMilliseconds: 1000)
    let snapshot = run.live.snapshot
    let route = try route(in: snapshot)
    var transcript = PingTranscript(route: route, snapshot: snapshot, payload: payload, json: json)
    try run.output.emit(transcript.head.utf8)
    // What can't be sent is told at once, before the loop runs: then there is nothing to wait for.
    run.live.startPing(
      1, route, interval: Int64(intervalSeconds * 1000), count: count, payload: payload,
      deliver: { report in
        run.attempt { try run.output.emit(transcript.take(report).utf8) }
        if !transcript.isOpen { run.end() }
      },
      done: { run.end() })
    try run.run()
    try run.output.emit(transcript.tail.utf8)
    if let reason = transcript.failure { throw CommandFailure("ping: \(reason)") }
    return run.status ?? (transcript.statistics.received > 0 ? 0 : 1)
  }

  private func route(in snapshot: Snapshot) throws -> PingRoute {
    func endpoint(_ text: String) throws -> Endpoint {
      switch Endpoint.resolve(text, in: snapshot) {
      case .success(let endpoint): return endpoint
      case .failure(let error): throw CommandFailure("ping: \(error)")
      }
    }
    let (from, to) = (try endpoint(source), try endpoint(destination))
    switch PingRoute.choose(from: from, to: to, family: family, in: snapshot) {
    case .success(let route): return route
    case .failure(let error): throw CommandFailure("ping: \(error)")
    }
  }
}
