internal import Canvas
internal import LinuxSystem
internal import Observer
public import Reachability
internal import Reports
internal import SystemPackage
internal import Topology
internal import Viewer

extension Printer {
  /// What `explain` is asked for.
  public struct ExplainRequest: Sendable {
    public var source: String
    public var destination: String
    public var options: Inquiry.Options
    public var json: Bool

    public init(source: String, destination: String, options: Inquiry.Options, json: Bool = false) {
      self.source = source
      self.destination = destination
      self.options = options
      self.json = json
    }
  }

  /// Finds out why one end can, or can't, reach the other, and prints it. Returns 0 where it can, 1 where it can't, and 2
  /// where that can't be told.
  public static func explain(_ options: WorldOptions, _ request: ExplainRequest, style: Style) throws -> Int32 {
    Standard.ignoreBrokenPipes()
    let signals = try SignalSource([SignalSource.Number.interrupt, SignalSource.Number.terminate])
    let world = try World(options, engineMilliseconds: 1000)
    let snapshot = world.observer.snapshot
    func target(_ text: String) throws -> Inquiry.Target {
      switch Inquiry.Target.resolve(text, in: snapshot) {
      case .success(let target): return target
      case .failure(let error): throw Failure("explain: \(error)")
      }
    }
    let source = try target(request.source)
    let inquiry = Inquiry(from: source, to: try target(request.destination), options: request.options, in: snapshot)
    var status: Int32?
    try world.loop.watch(signals.descriptor) {
      for arrival in signals.take() { status = 128 + arrival.number }
      world.loop.stop()
    }
    var found: Explanation?
    world.explain(1, inquiry) { explanation, isFinal in
      found = explanation
      if isFinal { world.loop.stop() }
    }
    world.loop.run()
    world.stopExplaining(1)
    if let status { return status }
    guard let found else { throw Failure("explain: nothing was found out") }
    if request.json {
      try emit(ExplanationJSON(found).bytes + [10])
    } else {
      let width = style.width ?? Standard.columns(of: 1) ?? 100
      let text = ExplanationText(found, width: min(120, width), glyphs: style.glyphSet)
      let lines = text.canvas.ansi(style.theme, colors: style.colors)
      try emit((lines.joined(separator: "\n") + "\n").utf8)
    }
    switch found.verdict {
    case .reachable, .degraded: return 0
    case .unreachable: return 1
    case .unknown: return 2
    }
  }
}
