internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology
internal import Walk

/// Draws the conclusion from everything that was found. The probes decide: where replies come, there is no fault.
struct Judge {
  let walk: PacketWalk
  let subject: Subject
  let echo: EchoOutcome?
  let connection: Explanation.Connection?
  let datagram: DatagramOutcome?

  /// Whether nothing more is found out.
  private let isLast: Bool

  init(_ walk: PacketWalk, isLast: Bool) {
    self.walk = walk
    self.isLast = isLast
    subject = walk.subject
    if case .echo(let outcome)? = walk.answers[.echo(subject.probe)] { echo = outcome } else { echo = nil }
    connection = Judge.connection(walk)
    if let port = walk.subject.options.port, port.transport == .udp,
      case .datagram(let outcome)? = walk.answers[.datagram(walk.subject.datagram(port.number))]
    {
      datagram = outcome
    } else {
      datagram = nil
    }
  }

  /// The faults that count even where replies come.
  static let twins: Set<CauseCode> = [.duplicateAddress, .duplicateMAC]

  private static func connection(_ walk: PacketWalk) -> Explanation.Connection? {
    var ports: [UInt16] = []
    if let port = walk.subject.options.port {
      guard port.transport == .tcp else { return nil }
      ports = [port.number]
    }
    if let there = walk.subject.destination.namespace, let address = walk.subject.destination.address,
      case .listening(let sockets)? = walk.answers[.listening(there, programsOf: [])],
      let port = sockets.filter({ $0.transport == .tcp && $0.takes(address) }).map(\.port).min()
    {
      ports.append(port)
    }
    for port in ports {
      if case .connection(let outcome)? = walk.answers[.connect(walk.subject.connect(port))] {
        return Explanation.Connection(port: port, outcome: outcome)
      }
    }
    return nil
  }

  var explanation: Explanation {
    var explanation = Explanation(
      source: end(subject.source, walk.sender), destination: end(subject.destination), verdict: .unknown, probe: echo,
      connection: connection, path: path, unread: walk.unread, notes: walk.notes)
    explanation.translation = translation
    if let datagram, let port = subject.options.port {
      explanation.datagram = Explanation.Datagram(port: port.number, outcome: datagram)
    }
    if isLast { decide(&explanation) } else { explanation.withhold() }
    if let echo, echo.received > 0, let size = subject.options.size, let remark = EchoNonce.remark(payload: size) {
      explanation.notes.append(remark)
    }
    return explanation
  }

  /// Of the destination where there is one, else of the source.
  private var translation: Explanation.Translation? {
    func text(_ packet: Packet) -> String {
      let port = packet.port.map { ":\($0)" } ?? ""
      return "\(packet.source?.description ?? "?") > \(packet.destination?.description ?? "?")\(port)"
    }
    let places = walk.filtered.filter { walk.translations[$0] != nil }
    let place = places.first { walk.destinationTranslatedBy[$0] != nil } ?? places.first
    guard let place, let ends = walk.translations[place] else { return nil }
    return Explanation.Translation(
      namespaceName: walk.name(place), before: text(ends.before), after: text(ends.after),
      rule: walk.destinationTranslatedBy[place] ?? walk.sourceTranslatedBy[place])
  }

  private func end(_ end: Subject.End, _ chosen: IPAddress? = nil) -> Explanation.End {
    Explanation.End(
      name: end.name, namespace: end.namespace, interface: end.link.flatMap { walk.snapshot.link($0)?.name },
      address: chosen ?? end.address)
  }

  // MARK: The verdict

  private func decide(_ explanation: inout Explanation) {
    if subject.isPredicted { return predict(&explanation) }
    if subject.isInternet { return decideWayOut(&explanation) }
    if subject.options.port != nil, let connection { return decide(connection, &explanation) }
    if let datagram { return decide(datagram, &explanation) }
    // Ping says nothing of a port.
    if subject.options.port != nil {
      let (cause, also) = findings(&explanation)
      explanation.cause = cause ?? nothingFound
      explanation.also = also
      explanation.verdict = cause.map { $0.code == .unknown } ?? true ? .unknown : .unreachable
      return
    }
    if let echo, echo.received > 0 { return decideReplies(echo, &explanation) }
    // A reply to a small packet where the large one that was asked for got none.
    if subject.options.size != nil, isAnswered(subject.isIPv6 ? 104 : 84) {
      explanation.verdict = .degraded
      explanation.cause = walk.accusations.first(where: \.isOfSize)?.finding ?? size(subject.echoSize)
      return
    }
    let (cause, also) = findings(&explanation)
    explanation.also = also
    explanation.cause = cause
    if let connection, connection.outcome == .accepted {
      explanation.verdict = .degraded
      if cause == nil || cause?.code == .unknown { explanation.cause = onlyEcho(connection) }
      return
    }
    guard let cause else {
      explanation.verdict = echo.map { $0.sent > 0 } == true ? .unreachable : .unknown
      explanation.cause = nothingFound
      return
    }
    let isKnown = cause.code != .unknown
    explanation.verdict = isKnown ? .unreachable : echo.map { $0.sent > 0 } == true ? .unreachable : .unknown
  }

  private func decideReplies(_ echo: EchoOutcome, _ explanation: inout Explanation) {
    if let stranger {
      explanation.verdict = .unreachable
      explanation.cause = stranger
      return
    }
    if echo.received < echo.sent {
      explanation.verdict = .degraded
      let (cause, also) = findings(&explanation)
      explanation.cause = cause ?? nothingFound
      explanation.also = also
      return
    }
    if let bottleneck = walk.bottlenecks.first, subject.options.size == nil,
      case .echo(let large)? = walk.answers[.echo(subject.probe(of: bottleneck))], large.received == 0
    {
      explanation.verdict = .degraded
      explanation.cause = size(Int(bottleneck.size))
      return
    }
    if let twin {
      explanation.verdict = .degraded
      explanation.cause = twin
      return
    }
    explanation.verdict = .reachable
    clear(&explanation)
  }

  /// What seemed bad has let the packet pass.
  func clear(_ explanation: inout Explanation) {
    for step in explanation.path.indices {
      explanation.path[step].isOK = true
      for check in explanation.path[step].checks.indices where explanation.path[step].checks[check].state == .bad {
        explanation.path[step].checks[check].state = .unknown
      }
    }
  }

  /// The cause and the other faults, the best evidence first: the trace, then counters, then what was only read.
  func findings(
    _ explanation: inout Explanation
  ) -> (cause: Explanation.Finding?, also: [Explanation.Finding]) {
    var certain = walk.accusations.filter { $0.strength == .certain && !$0.isOfSize }
    // A rule that would drop the packet, and counted none of the probes, never saw them.
    if let first = certain.first, first.isRefuted {
      if let other = certain.firstIndex(where: { !$0.isRefuted }) {
        certain.swapAt(0, other)
      }
      if let rule = first.finding.rule, certain.first?.finding.rule != rule {
        explanation.notes.append(Say.Verdict.counterDidNotMove(of: rule.text))
      }
    }
    explanation.traceNote =
      tracedDrop.map { Say.Verdict.traceSawDrop(in: $0.table, $0.chain) } ?? tracedSteps.map(Say.Verdict.traceMet)
    if let note = explanation.traceNote { explanation.notes.append(note) }
    if let dropped = tracedDrop {
      if let index = certain.firstIndex(where: { accusation in
        accusation.finding.rule.map { $0.table == dropped.table && $0.chain == dropped.chain } ?? false
      }) {
        certain.insert(certain.remove(at: index), at: 0)
        certain[0].finding.evidence.append(
          Explanation.Evidence(Say.Verdict.dropForProbe, source: "nftrace"))
      } else {
        certain.insert(Accusation(finding: traced(dropped), strength: .certain), at: 0)
      }
    }
    if let fullTable { certain.append(Accusation(finding: fullTable, strength: .certain)) }
    if let reported { certain.insert(Accusation(finding: reported, strength: .certain), at: 0) }
    if let cause = certain.first {
      // The rule that stops both ways is one fault, be it the cause or not, and one remedy mends it.
      var told: Set<RuleReference> = []
      let findings = certain.map(\.finding).filter { $0.rule.map { told.insert($0).inserted } ?? true }
      return (cause.finding, Array(findings.dropFirst()))
    }
    let possible = walk.accusations.filter { $0.strength == .possible }.map(\.finding) + opaque
    let likely = walk.accusations.filter { $0.strength == .likely }.map(\.finding) + stale
    // What could not be decided comes before what may be its effect.
    let effects: Set<CauseCode> = [.neighborFailed]
    let strong = likely.filter { !effects.contains($0.code) }
    let ordered = strong + possible + likely.filter { effects.contains($0.code) }
    let outside = ordered.isEmpty && (wasAsked || subject.isPredicted || subject.isInternet) ? beyondView : nil
    return (ordered.first ?? outside, Array(ordered.dropFirst()))
  }

  /// Whether anything was sent that could have been answered.
  private var wasAsked: Bool { echo.map { $0.sent > 0 } ?? (connection != nil || datagram != nil) }

  /// What the links had counted before the probes, and after them.
  var counters: (before: [LinkRef: Counters], after: [LinkRef: Counters])? {
    let links = walk.counted
    guard case .counters(let before)? = walk.answers[.counters(links, .before)],
      case .counters(let after)? = walk.answers[.counters(links, .after)]
    else { return nil }
    return (before, after)
  }

  private var path: [Explanation.Step] {
    guard let (before, after) = counters else { return walk.steps }
    return walk.steps.map { step in
      guard let link = step.link, let old = before[link], let new = after[link] else { return step }
      var step = step
      step.packetsIn = new.rxPackets &- old.rxPackets
      step.packetsOut = new.txPackets &- old.txPackets
      return step
    }
  }
}
