public import Diagnosis
internal import Diagram
public import Paths
internal import Topology

/// What is being found out, or was, of one pair.
public struct ExplanationState: Sendable, Hashable {
  /// The number that the answers carry.
  public var id: Int
  /// The end that is to reach the other.
  public var from: Endpoint
  /// The end that is to be reached.
  public var to: Endpoint
  /// The address family that is asked about.
  public var family = AddressFamily.any
  /// The best that can be said so far; nil: nothing yet.
  public var explanation: Explanation?
  /// Whether the explanation will not change any more.
  public var isFinal = false
}

extension State {
  /// A ping without a reply for so long is asked about: a container answers in less than a millisecond.
  static let patience: Int64 = 500

  // MARK: The page

  /// `w`: why does it work, or not? Of the ping on the screen, of the matrix's pair, or of two that are chosen.
  mutating func askWhy() -> [Effect] {
    if case .pick(let source) = mode {
      mode = .walk
      guard let target = selection, let from = endpoint(of: source), let to = endpoint(of: target) else { return [] }
      marked = nil
      return explain(from, to, .any)
    }
    if page == .explanation { return [] }
    if shownPage == .matrix, let matrix {
      let place = matrix.cursor
      guard place.row != place.column else {
        notify("that is one container, not a pair")
        return []
      }
      return explain(matrix.members[place.row].endpoint, matrix.members[place.column].endpoint, matrix.family)
    }
    if let ping {
      if let known = ping.why {
        explained = known
        openExplanation()
        return []
      }
      return explain(ping.route.source, ping.route.destination, ping.route.family)
    }
    if let marked, let selection, marked != selection, let from = endpoint(of: marked), let to = endpoint(of: selection)
    {
      return explain(from, to, .any)
    }
    let effects = askForTarget()
    if case .pick = mode { picksForWhy = true }
    return effects
  }

  /// `t`: asks again, with the kernel's own word on every rule that our probes meet.
  mutating func traceWhy() -> [Effect] {
    guard let asked = explained else { return [] }
    if asked.explanation?.verdict == .reachable {
      notify("replies come: there is nothing to trace")
      return []
    }
    return explain(asked.from, asked.to, asked.family, traces: true)
  }

  private mutating func explain(
    _ from: Endpoint, _ to: Endpoint, _ family: AddressFamily, traces: Bool = false
  ) -> [Effect] {
    let old = stopExplaining()
    explained = ExplanationState(id: nextPingID, from: from, to: to, family: family)
    nextPingID += 1
    openExplanation()
    return old + [.explain(id: nextPingID - 1, from: from, to: to, family, traces: traces)]
  }

  private mutating func openExplanation() {
    if page != .explanation { pageBeforeExplanation = page }
    page = .explanation
    pageScroll = 0
    matches = nil
    searchText = ""
    relayout()
  }

  mutating func closeExplanation() -> [Effect] {
    let effects = stopExplaining()
    page = pageBeforeExplanation
    explained = nil
    relayout()
    return effects
  }

  /// Ends the diagnosis of the page, unless it is the ping's as well.
  private func stopExplaining() -> [Effect] {
    guard let explained, !explained.isFinal, explained.id != ping?.why?.id else { return [] }
    return [.stopExplaining(id: explained.id)]
  }

  // MARK: The ping

  /// When a ping without a reply is to be asked about; nil where it has a reply, or where it was asked about already.
  var whyDeadline: Timestamp? {
    guard let ping, ping.isRunning, ping.why == nil, let since = ping.silentSince else { return nil }
    return Timestamp(milliseconds: since.milliseconds + State.patience)
  }

  /// Asks why the running ping has no reply, once for each silence.
  mutating func askAboutSilence() -> [Effect] {
    guard let running = ping, running.isRunning, running.why == nil else { return [] }
    let id = nextPingID
    nextPingID += 1
    let route = running.route
    ping?.why = ExplanationState(id: id, from: route.source, to: route.destination, family: route.family)
    return [.explain(id: id, from: route.source, to: route.destination, route.family)]
  }

  /// Drops the ping's diagnosis once a reply has come or the ping has ended, and ends it unless the page shows it.
  mutating func forgetSilence() -> [Effect] {
    guard let why = ping?.why else { return [] }
    ping?.why = nil
    return why.isFinal || explained?.id == why.id ? [] : [.stopExplaining(id: why.id)]
  }

  /// The hop at which the explanation has the packet stop.
  var explainedStop: Int? {
    guard let ping, let cause = ping.why?.explanation?.cause else { return nil }
    let path = ping.route.path
    return cause.link.flatMap { link in path.firstIndex { $0.link == link } }
      ?? cause.namespace.flatMap { namespace in path.firstIndex { $0.link.namespace == namespace } }
  }

  // MARK: Answers

  mutating func receive(_ explanation: Explanation, of id: Int, isFinal: Bool) {
    if explained?.id == id {
      explained?.explanation = explanation
      explained?.isFinal = isFinal
    }
    if ping?.why?.id == id {
      ping?.why?.explanation = explanation
      ping?.why?.isFinal = isFinal
      if isFinal, let cause = explanation.cause, explanation.verdict != .reachable {
        if let stop = explainedStop { ping?.stop = stop }
        ping?.remark = cause.claim
        ping?.isBad = true
      }
    }
    guard isFinal, matrix?.diagnosis?.id == id, let place = matrix?.diagnosis?.place else { return }
    matrix?.diagnosis = nil
    if let cause = explanation.cause {
      matrix?[place].code = cause.code
      matrix?[place].cause = cause.claim
    } else {
      matrix?[place].cause = explanation.verdict == .reachable ? "it works now" : "no cause was found"
    }
  }

  // MARK: The matrix

  /// The most cells that are explained by themselves; the one under the cursor is, in any case.
  private static let cellLimit = 64

  /// Asks about the next cell that failed: the one under the cursor first. One at a time, once nothing else is asked.
  mutating func explainCells() -> [Effect] {
    guard let known = matrix, known.diagnosis == nil, known.running.isEmpty, known.queue.isEmpty else { return [] }
    var next: Matrix.Place?
    if known.cursor.row != known.cursor.column, known[known.cursor].wantsCause {
      next = known.cursor
    } else if known.explained < State.cellLimit {
      next = known.places.first { known[$0].wantsCause }
    }
    guard let next else { return [] }
    let id = nextPingID
    nextPingID += 1
    matrix?.diagnosis = (id, next)
    matrix?.explained += 1
    matrix?[next].isAsked = true
    return [
      .explain(
        id: id, from: known.members[next.row].endpoint, to: known.members[next.column].endpoint, known.family)
    ]
  }
}
