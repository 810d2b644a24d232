internal import Conclusions
internal import Diagnosis
internal import Paths
public import Questions
public import Reports
public import Session
internal import Topology
internal import Usage

/// `explain A B C…` and `explain --from-all`: who can reach one destination.
public struct ReachCommand: Sendable {
  /// Who is asked about, as the user wrote it; empty: everybody in the picture who has an address.
  public var sources: [String]
  /// What is to be reached, as one would type it into an application.
  public var destination: String
  /// What is wanted.
  public var options: DiagnosisOptions
  /// Whether JSON is printed, and not text.
  public var json: Bool
  /// How text is to look.
  public var style: TextStyle

  /// So many are asked about at once: their probes wait side by side, and counters still tell whose packets they saw.
  private static let width = 4

  /// Makes the command.
  public init(sources: [String], destination: String, options: DiagnosisOptions, json: Bool, style: TextStyle) {
    self.sources = sources
    self.destination = destination
    self.options = options
    self.json = json
    self.style = style
  }

  /// Finds out who can, and prints the table. Returns 0 where all can, 1 where one can't, 2 where that can't be told.
  ///
  /// Throws `CommandFailure` where a name leads nowhere or nothing can be written.
  public func run(_ sourceOptions: SourceOptions) throws -> Int32 {
    let run = try CommandRun(sourceOptions, wish: .conversation(from: sources, to: destination), interruptFails: true)
    let diagnoses = try sources(sourceOptions, run.live.snapshot).map {
      try diagnosis(from: $0, sourceOptions, in: run.live.snapshot)
    }
    guard !diagnoses.isEmpty else { throw CommandFailure(Say.Failure.nobody) }
    var answers = [Explanation?](repeating: nil, count: diagnoses.count)
    var next = 0
    func begin() {
      guard next < diagnoses.count else {
        if !answers.contains(where: { $0 == nil }) { run.end() }
        return
      }
      let number = next
      next += 1
      run.live.explain(number, diagnoses[number]) { explanation, isFinal in
        guard isFinal else { return }
        answers[number] = explanation
        begin()
      }
    }
    for _ in 0..<min(Self.width, diagnoses.count) { begin() }
    try run.run()
    if let status = run.status { return status }
    let report = ReachabilityReport(Reachability(destination: destination, answers: answers.compactMap(\.self)))
    try run.output.emit(json ? report.json + [10] : Array(report.text(style).utf8))
    return report.exitStatus
  }

  private func sources(_ sourceOptions: SourceOptions, _ snapshot: Snapshot) throws -> [Target] {
    guard sources.isEmpty else {
      return try sources.map {
        try CommandFailure.unwrap("explain", Target.source($0, in: snapshot), sourceOptions, snapshot)
      }
    }
    return snapshot.namespaces.values.filter { namespace in
      namespace.links.contains { link in
        !link.isLoopback && link.addresses.contains { !$0.local.isLinkLocal }
      }
    }.map { .endpoint(Endpoint(namespace: $0.id, name: $0.name)) }
  }

  private func diagnosis(
    from source: Target, _ sourceOptions: SourceOptions, in snapshot: Snapshot
  ) throws -> ConversationDiagnosis {
    let (to, port) = try CommandFailure.unwrap(
      "explain", Target.destination(destination, from: source, in: snapshot), sourceOptions, snapshot)
    var options = options
    options.port = port ?? options.port
    return ConversationDiagnosis(from: source, to: to, options: options, in: snapshot)
  }
}
