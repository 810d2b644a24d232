internal import Observer
public import Paths
internal import Reports
public import Session
internal import Topology
internal import Usage

/// `ping`: echo requests from inside one namespace to another, with the path that they take.
public struct PingCommand: Sendable {
  /// Who pings: a container's name or id prefix, a namespace's name, an address, or NAMESPACE/INTERFACE.
  public var source: String
  /// Who is pinged, written in the same way, or any address, or a name that the source's programs can resolve.
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
    let run = try CommandRun(options, wish: .conversation(from: [source], to: destination))
    let snapshot = run.live.snapshot
    let (from, to) = try ends(options, in: snapshot)
    var transcript: PingTranscript?
    var failure: ResolutionError?
    // What is known at once is begun before the loop runs; where nothing can be sent there is nothing to wait for.
    run.live.findRoute(1, from: from, to: to, family: family) { result in
      switch result {
      case .failure(let error):
        failure = error
        run.end()
      case .success(let route):
        let begun = PingTranscript(route: route, snapshot: snapshot, payload: payload, json: json)
        transcript = begun
        run.attempt { try run.output.emit(begun.head.utf8) }
        run.live.startPing(
          1, route, interval: Int64(intervalSeconds * 1000), count: count, payload: payload,
          deliver: { report in
            run.attempt { try run.output.emit((transcript?.take(report) ?? "").utf8) }
            if transcript?.isOpen == false { run.end() }
          },
          done: { run.end() })
      }
    }
    try run.run()
    if let failure { throw CommandFailure("ping: \(failure)") }
    guard let transcript else { return run.status ?? 2 }
    try run.output.emit(transcript.tail.utf8)
    if let reason = transcript.failure { throw CommandFailure("ping: \(reason)") }
    return run.status ?? (transcript.statistics.received > 0 ? 0 : 1)
  }

  private func ends(_ options: SourceOptions, in snapshot: Snapshot) throws -> (Endpoint, Target) {
    func take<Value>(_ result: Result<Value, ResolutionError>) throws -> Value {
      try CommandFailure.unwrap("ping", result, options, snapshot)
    }
    guard case .endpoint(let from) = try take(Target.source(source, in: snapshot)) else {
      throw CommandFailure(Say.Failure.noSender(SafeText.clean(source)))
    }
    let (to, port) = try take(Target.destination(destination, from: .endpoint(from), in: snapshot))
    if let port {
      throw CommandFailure(Say.Failure.noPort(source, destination, "\(port)"))
    }
    return (from, to)
  }
}
