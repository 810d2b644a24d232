internal import Conclusions
internal import Diagnosis
internal import LinuxSystem
internal import Paths
internal import Questions
internal import Reports
public import Session
internal import SystemPackage
internal import Topology
internal import Usage

/// `metrics`: what there is, as Prometheus reads it.
public struct MetricsCommand: Sendable {
  /// Two ends, as the user wrote them: from whom, and what is to be reached.
  public typealias Pair = (source: String, destination: String)

  /// Who is asked about.
  public var pairs: [Pair]
  /// The file that is replaced; nil: standard output.
  public var output: String?
  /// The program's version.
  public var version: String

  /// How long all pairs together may take, in milliseconds, and how many are asked about at once.
  private static let (patience, width) = (Int64(10_000), 4)

  /// Makes the command.
  public init(pairs: [Pair], output: String?, version: String) {
    self.pairs = pairs
    self.output = output
    self.version = version
  }

  /// Reads, asks, and writes. Returns 0, also where a pair can't reach each other: that is a value.
  ///
  /// Throws `CommandFailure` where nothing can be read or written; the file is then as it was.
  public func run(_ options: SourceOptions) throws -> Int32 {
    let run = try CommandRun(options, wish: .names([]), interruptFails: true)
    let answers = try ask(run)
    if let status = run.status { return status }
    let results = zip(pairs, answers).map {
      MetricsText.Pair(source: $0.source, destination: $0.destination, explanation: $1)
    }
    let seconds = Double(SystemClock.realtimeNanoseconds / 1_000_000) / 1000
    let text = Array(MetricsText(run.live.snapshot, pairs: results, version: version, seconds: seconds).text.utf8)
    run.output.warn(run.live.snapshot.warnings)
    guard let output else {
      try run.output.emit(text)
      return 0
    }
    do throws(Errno) { try AtomicFile.write(text, to: output) } catch {
      throw CommandFailure(Say.Failure.metricsFile(SafeText.clean(output), "\(error)"))
    }
    return 0
  }

  /// What was found out of each pair; nil where nothing was in time, or where a name leads nowhere just now.
  private func ask(_ run: CommandRun) throws -> [Explanation?] {
    var answers = [Explanation?](repeating: nil, count: pairs.count)
    let snapshot = run.live.snapshot
    var diagnoses: [(number: Int, diagnosis: ConversationDiagnosis)] = []
    for (number, pair) in pairs.enumerated() {
      switch diagnosis(of: pair, in: snapshot) {
      case .success(let diagnosis): diagnoses.append((number, diagnosis))
      // Containers come and go: what is not there now is not known.
      case .failure(let error): run.output.warn(Say.Failure.metricsPair(pair.source, pair.destination, "\(error)"))
      }
    }
    if diagnoses.isEmpty { return answers }
    var (next, open) = (0, diagnoses.count)
    func begin() {
      guard next < diagnoses.count else { return }
      let (number, diagnosis) = diagnoses[next]
      next += 1
      run.live.explain(number, diagnosis) { explanation, isFinal in
        guard isFinal else { return }
        answers[number] = explanation
        open -= 1
        if open == 0 { run.end() } else { begin() }
      }
    }
    for _ in 0..<min(Self.width, diagnoses.count) { begin() }
    run.live.loop.schedule(afterMilliseconds: Self.patience) { run.end() }
    try run.run()
    return answers
  }

  private func diagnosis(of pair: Pair, in snapshot: Snapshot) -> Result<ConversationDiagnosis, ResolutionError> {
    Target.source(pair.source, in: snapshot).flatMap { from in
      Target.destination(pair.destination, from: from, in: snapshot).map { to, port in
        ConversationDiagnosis(from: from, to: to, options: DiagnosisOptions(port: port), in: snapshot)
      }
    }
  }
}
