internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology
internal import Walk

/// The verdict where a port was asked for.
extension Judge {
  /// Who refuses in somebody else's name.
  private static let speakingForOthers: Set<CauseCode> = [.firewallDrop, .networkIsolation, .noProgram]

  /// Of a TCP connection that was tried.
  func decide(_ connection: Explanation.Connection, _ explanation: inout Explanation) {
    let port = ServicePort(connection.port)
    switch connection.outcome {
    case .accepted:
      if let stranger {
        explanation.verdict = .unreachable
        explanation.cause = stranger
        return
      }
      if let twin {
        explanation.verdict = .degraded
        explanation.cause = twin
        return
      }
      if let dead = deadEndpoint(port) {
        explanation.verdict = .degraded
        explanation.cause = dead
        return
      }
      if let missing = missingPublication(port, []) {
        explanation.verdict = .unreachable
        explanation.cause = missing
        return
      }
      explanation.verdict = .reachable
      clear(&explanation)
    case .refused:
      decideRefusal(
        port, [Explanation.Evidence(Say.Verdict.refused(port: "\(port)"), source: "connect(2)")], &explanation)
    case .timedOut, .failed:
      explanation.verdict = .unreachable
      let (cause, also) = findings(&explanation)
      explanation.cause =
        cause.flatMap { $0.code == .beyondView ? nil : $0 } ?? full(port) ?? cause ?? nothingFound
      explanation.also = also
    }
  }

  private func decideRefusal(
    _ port: ServicePort, _ refused: [Explanation.Evidence], _ explanation: inout Explanation
  ) {
    explanation.verdict = .unreachable
    // Who refuses is not who was asked.
    if let other = stranger ?? twin {
      explanation.cause = other
      explanation.cause?.evidence += refused
      return
    }
    let (cause, also) = findings(&explanation)
    // Who refuses in somebody else's name is known, or may be known.
    if let cause, Judge.speakingForOthers.contains(cause.code) {
      explanation.cause = cause
      explanation.also = also
      return
    }
    if isTaken(port) == true, let rejection = walk.accusations.lazy.compactMap(\.rejection).first {
      explanation.cause = rejection
      explanation.cause?.evidence += refused
      return
    }
    explanation.cause = deadEndpoint(port) ?? refusal(port, refused)
  }

  /// Of datagrams that were sent. Silence is no answer, and no refusal: what was read tells them apart.
  func decide(_ outcome: DatagramOutcome, _ explanation: inout Explanation) {
    guard let port = subject.options.port else { return }
    switch outcome {
    case .answered:
      if let stranger {
        explanation.verdict = .unreachable
        explanation.cause = stranger
        return
      }
      explanation.verdict = .reachable
      clear(&explanation)
      explanation.also = stale
    case .refused(let reporter):
      let said = Say.Verdict.unreachable(port: "\(port)", from: reporter.map { "\($0)" })
      decideRefusal(port, [Explanation.Evidence(said, source: "recv(2)")], &explanation)
    case .failed(_, let message, _):
      explanation.verdict = .unreachable
      let (cause, also) = findings(&explanation)
      explanation.cause = cause ?? nothingFound
      explanation.cause?.evidence.append(Explanation.Evidence(Say.Verdict.datagram(message), source: "recv(2)"))
      explanation.also = also
    case .silent: decideSilence(port, &explanation)
    }
  }

  private func decideSilence(_ port: ServicePort, _ explanation: inout Explanation) {
    let (cause, also) = findings(&explanation)
    let isStopped = cause.map { $0.code != .unknown && $0.code != .beyondView } ?? false
    explanation.also = also
    if isStopped {
      explanation.verdict = .unreachable
      explanation.cause = cause
      return
    }
    switch walk.unread.isEmpty ? isTaken(port) : nil {
    case true?:
      // Nothing on the way stops it, and a socket takes it.
      explanation.verdict = .reachable
      explanation.also = stale
      explanation.notes.append(Say.Verdict.silenceIsNoFault)
      clear(&explanation)
    case false?:
      explanation.verdict = .unreachable
      explanation.cause = refusal(port, [])
    case nil:
      explanation.verdict = .unknown
      explanation.cause = cause ?? nothingFound
    }
  }

  // MARK: Where nothing can be sent

  /// Of a packet that somebody beyond the picture would send.
  func predict(_ explanation: inout Explanation) {
    explanation.isPredicted = true
    let (cause, also) = findings(&explanation)
    explanation.also = also
    if let cause {
      explanation.cause = cause
      explanation.verdict = cause.code == .unknown || cause.code == .beyondView ? .unknown : .unreachable
      return
    }
    // Nothing was sent: what could not be read may stop it, and no probe says otherwise.
    guard let arrival = walk.arrival, !arrival.isBeyond, walk.unread.isEmpty else {
      explanation.cause = nothingFound
      return
    }
    guard let port = subject.options.port else {
      explanation.verdict = .reachable
      return
    }
    switch isTaken(port) {
    case true?:
      if let full = full(port) {
        explanation.verdict = .unreachable
        explanation.cause = full
      } else {
        explanation.verdict = .reachable
      }
    case false?:
      explanation.verdict = .unreachable
      explanation.cause = refusal(port, [])
    case nil: explanation.cause = nothingFound
    }
  }

  /// Of the way to the internet: what stops it for certain. What depends on an answer is said where none comes.
  func decideWayOut(_ explanation: inout Explanation) {
    let certain = walk.accusations.filter { $0.strength == .certain && !$0.isOfSize }
    if let first = certain.first {
      explanation.verdict = .unreachable
      explanation.cause = first.finding
      explanation.also = certain.dropFirst().map(\.finding)
      return
    }
    guard walk.arrival?.isBeyond == true else {
      let (cause, also) = findings(&explanation)
      explanation.cause = cause ?? nothingFound
      explanation.also = also
      explanation.verdict = cause.map { $0.code != .unknown } == true ? .unreachable : .unknown
      return
    }
    explanation.verdict = .reachable
    clear(&explanation)
  }
}
