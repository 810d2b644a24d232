internal import Canvas
package import Guides
internal import Keys
internal import LinuxSystem
package import Session
internal import SystemPackage
internal import Topology
internal import Viewer

/// `demo --tour --plain`: the tour as text, for pipes and for screen readers. It goes on by itself, as fast as things happen.
package final class TourTranscript {
  /// Columns of the text; the output of commands is printed as long as it is.
  private static let columns = 100
  /// Milliseconds between two looks at how things stand, and how long one beat is waited for.
  private static let (pace, patience) = (Int64(100), Int64(15_000))

  private let run: CommandRun
  private let runner: EffectRunner
  private let obey: (LaboratoryOrder) -> String?
  private let isASCII: Bool
  private var state: GuidedState
  private var waited: Int64 = 0
  private var title = ""

  /// Begins a transcript of what a guide tells; `obey` does to the laboratory what it orders, and returns what went wrong.
  ///
  /// Throws one line where the kernel can't be read.
  package init(
    _ guide: any Guide, _ options: SourceOptions, isASCII: Bool, obey: @escaping (LaboratoryOrder) -> String?
  ) throws {
    run = try CommandRun(options)
    runner = EffectRunner(run.live)
    state = GuidedState(guide: guide)
    self.isASCII = isASCII
    self.obey = obey
  }

  /// Prints all of it. Returns the exit status.
  ///
  /// Throws one line where nothing can be written.
  package func print() throws -> Int32 {
    runner.perform = { [unowned self] in perform($0) }
    perform(.resize(Size(width: 120, height: 40)))
    perform(.snapshot(run.live.snapshot))
    try run.live.start { [unowned self] news in
      if let snapshot = news.snapshot { perform(.snapshot(snapshot)) }
      if let traffic = news.traffic { perform(.traffic(traffic)) }
    }
    look()
    try run.run()
    return run.status ?? 0
  }

  private var now: Timestamp { Timestamp(milliseconds: SystemClock.realtimeNanoseconds / 1_000_000) }

  private func perform(_ action: Action) {
    for effect in state.update(action, at: now) {
      switch effect {
      case .viewer(let effect): _ = runner.run(effect)
      case .laboratory(let order): if let failure = obey(order) { run.attempt { throw CommandFailure(failure) } }
      case .explain(let id, let from, let to): runner.explain(id, from: from, to: to)
      case .keepDrawing, .openShell: break
      }
    }
  }

  /// Prints what has come to its end, and goes on.
  private func look() {
    run.live.loop.schedule(afterMilliseconds: Self.pace) { [unowned self] in look() }
    run.live.sample(others: [])
    perform(.tick)
    waited += Self.pace
    guard let guide = state.guide, guide.isSettled || waited >= Self.patience else { return }
    waited = 0
    tell(guide)
    if guide.isOver { run.end() } else { perform(.key(.enter)) }
  }

  private func tell(_ guide: any Guide) {
    let caption = guide.caption
    var text = ""
    if caption.title != title {
      title = caption.title
      text += "\n\(title)\n\(String(repeating: "-", count: displayWidth(title)))\n"
    }
    text += "\n" + wrapped(caption.text, columns: Self.columns).joined(separator: "\n") + "\n"
    if !guide.awaitsAct, let exhibit = guide.exhibit, !exhibit.lines.isEmpty {
      text += "\n" + exhibit.text.map { "  \(isASCII ? Exhibit.ascii($0) : $0)\n" }.joined()
    }
    run.attempt { try run.output.emit(text.utf8) }
  }
}
