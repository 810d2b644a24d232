internal import Conclusions
internal import Diagram
internal import Labels
internal import Topology

/// The way that an explanation tells of, on the diagram below its page: as far as there is something to be seen.
struct LitWay: Layer {
  /// The links that a packet comes to, in order.
  let hops: [LinkRef]
  /// The one at which it stops; nil: none does.
  let stop: Int?

  var escapeLabel: String { Say.Footer.clear }

  func closed(in state: inout State) -> [Effect] {
    state.notify(Say.Notice.wayUnlit)
    return []
  }
}

extension LitWay {
  /// Nil where no two links of the way are told.
  fileprivate init?(_ explanation: Explanation) {
    var links: [LinkRef] = []
    for link in explanation.path.compactMap(\.link) where link != links.last { links.append(link) }
    guard links.count > 1 else { return nil }
    hops = links
    guard let cause = explanation.cause, explanation.verdict != .reachable else {
      stop = nil
      return
    }
    stop =
      cause.link.flatMap { links.firstIndex(of: $0) }
      ?? cause.namespace.flatMap { namespace in links.firstIndex { $0.namespace == namespace } }
  }
}

extension State {
  /// Lights the way of the page that says why, unless a ping's is lit.
  mutating func lightWay(of explanation: Explanation) {
    stack[LitWay.self] = nil
    guard ping == nil, let way = LitWay(explanation) else { return }
    stack.insert(way, below: WhyPage.self)
  }
}
