internal import Diagnosis
package import Paths
internal import Questions
internal import Topology
package import Viewer

/// Runs what a state wants of the kernel, and tells it what came of it; what is the terminal's is left to others.
package final class EffectRunner {
  private let source: LiveSource
  /// Takes what has happened, on the source's loop.
  package var perform: (Action) -> Void = { _ in }

  package init(_ source: LiveSource) { self.source = source }

  /// Begins what is wanted; false: it is none of the kernel's.
  package func run(_ effect: Effect) -> Bool {
    switch effect {
    case .startPing(let id, let route):
      source.startPing(id, route, deliver: { [self] report in perform(.ping(report)) })
    case .probe(let id, let route):
      source.startPing(id, route, count: 1, deliver: { [self] report in perform(.ping(report)) })
    case .stopPing(let id): source.stopPing(id)
    case .findRoute(let id, let from, let to, let family):
      source.findRoute(id, from: from, to: to, family: family) { [self] in perform(.route(id: id, $0)) }
    case .stopFinding(let id): source.stopFinding(id)
    case .explain(let id, let from, let to, let port, let family, let traces):
      let options = DiagnosisOptions(family: family, port: port, usesTrace: traces, interval: 100)
      explain(id, ConversationDiagnosis(from: from, to: to, options: options, in: source.snapshot))
    case .stopExplaining(let id): source.stopExplaining(id)
    case .rescan: source.rescan()
    case .readTables(let id, let link):
      source.readTables(of: id, about: link) { [self] in perform(.tables($0, $1)) }
    case .quit, .suspend, .redraw, .reload, .copy, .use: return false
    }
    return true
  }

  /// Begins a diagnosis between two containers.
  package func explain(_ id: Int, from: Endpoint, to: Endpoint) {
    let options = DiagnosisOptions(interval: 100)
    explain(id, ConversationDiagnosis(from: .endpoint(from), to: .endpoint(to), options: options, in: source.snapshot))
  }

  private func explain(_ id: Int, _ diagnosis: ConversationDiagnosis) {
    source.explain(id, diagnosis) { [self] explanation, isFinal in
      perform(.explanation(id: id, explanation, isFinal: isFinal))
    }
  }
}
