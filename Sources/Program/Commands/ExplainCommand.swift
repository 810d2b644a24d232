internal import Conclusions
internal import Diagnosis
internal import Observer
internal import Paths
public import Questions
public import Reports
public import Session
internal import Topology
internal import Usage

/// `explain`: why one end can, or can't, reach the other.
public struct ExplainCommand: Sendable {
  /// The end that starts, as the user wrote it: a name, an id prefix, an address or NAMESPACE/INTERFACE.
  public var source: String
  /// The end that is to be reached, written in the same way.
  public var destination: String
  /// What is wanted.
  public var options: DiagnosisOptions
  /// Whether JSON is printed, and not text.
  public var json: Bool
  /// How text is to look.
  public var style: TextStyle
  /// Whether the text says what was sent.
  public var isVerbose: Bool

  /// Makes the command.
  public init(
    source: String, destination: String, options: DiagnosisOptions, json: Bool = false, style: TextStyle,
    isVerbose: Bool = false
  ) {
    self.source = source
    self.destination = destination
    self.options = options
    self.json = json
    self.style = style
    self.isVerbose = isVerbose
  }

  /// Finds out why, and prints it. Returns 0 where one can reach the other, 1 where it can't, 2 where that can't be told.
  ///
  /// Throws `CommandFailure` where a name leads nowhere or nothing can be written.
  public func run(_ sourceOptions: SourceOptions) throws -> Int32 {
    let run = try CommandRun(sourceOptions, wish: .conversation(from: [source], to: destination), interruptFails: true)
    let snapshot = run.live.snapshot
    let from = try CommandFailure.unwrap("explain", Target.source(source, in: snapshot), sourceOptions, snapshot)
    let (to, port) = try CommandFailure.unwrap(
      "explain", Target.destination(destination, from: from, in: snapshot), sourceOptions, snapshot)
    var options = options
    if let port, let asked = options.port, port != asked {
      throw CommandFailure(Say.Failure.twoPorts("\(asked)", destination: destination, "\(port)"))
    }
    options.port = port ?? options.port
    let diagnosis = ConversationDiagnosis(from: from, to: to, options: options, in: snapshot)
    var found: Explanation?
    run.live.explain(1, diagnosis) { explanation, isFinal in
      found = explanation
      if isFinal { run.end() }
    }
    try run.run()
    if let status = run.status { return status }
    guard let found else { throw CommandFailure(Say.Failure.nothing) }
    let report = ExplanationReport(found, showsSent: isVerbose)
    try run.output.emit(json ? report.json + [10] : Array(report.text(style).utf8))
    return report.exitStatus
  }
}
