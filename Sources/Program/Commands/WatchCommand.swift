internal import LinuxSystem
internal import Observer
public import Reports
public import Session

/// `show --watch`: the live model, printed at each change until the program is ended.
///
/// A burst is one change; at most ten a second are printed, and the last one always is.
public struct WatchCommand: Sendable {
  /// Milliseconds between a change and its print.
  private static let delay: Int64 = 100

  /// Whether a line of JSON is printed, and not the diagram.
  public var json: Bool
  /// Only these namespaces and what they hang on; empty: all.
  public var names: [String]
  /// How text is to look.
  public var style: TextStyle

  /// Makes the command.
  public init(json: Bool, names: [String] = [], style: TextStyle) {
    self.json = json
    self.names = names
    self.style = style
  }

  /// Prints; returns the exit status. Throws `CommandFailure` where a name leads nowhere or nothing can be written.
  public func run(_ options: SourceOptions) throws -> Int32 {
    let run = try CommandRun(options, wish: .names(names))
    let source = run.live
    let wanted = try ShowCommand.namespaces(named: names, options, in: source.snapshot)
    var isDue = false
    func print() {
      isDue = false
      let snapshot = source.snapshot
      run.attempt {
        if json {
          try run.output.emit(SnapshotJSON(snapshot), of: wanted)
        } else {
          let services = ServicesText(snapshot, of: wanted).text(style)
          try run.output.emit((DiagramReport.text(snapshot, only: wanted, style: style) + services + "\n").utf8)
        }
      }
    }
    print()
    try source.start(rechecks: true) { _ in
      if isDue { return }
      isDue = true
      source.loop.schedule(afterMilliseconds: Self.delay) { print() }
    }
    try run.run()
    return run.status ?? 0
  }
}
