internal import Netfilter
internal import Paths
internal import Topology

/// Draws the conclusion from everything that was found. The probes decide: where replies come, there is no fault.
struct Judge {
  private var walk: PacketWalk
  private let subject: Subject
  private let echo: EchoOutcome?
  private let connection: Explanation.Connection?

  init(_ walk: PacketWalk) {
    self.walk = walk
    subject = walk.subject
    if case .echo(let outcome)? = walk.answers[.echo(subject.probe)] { echo = outcome } else { echo = nil }
    connection = Judge.connection(walk)
  }

  /// The faults that count even where replies come.
  static let twins: Set<CauseCode> = [.duplicateAddress, .duplicateMAC]

  private static func connection(_ walk: PacketWalk) -> Explanation.Connection? {
    var ports: [UInt16] = []
    if let port = walk.subject.options.port { ports = [port] }
    if let there = walk.subject.destination.namespace, let address = walk.subject.destination.address,
      case .listening(let open)? = walk.answers[.listening(there, address)], let port = open.min()
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
      source: end(subject.source), destination: end(subject.destination), verdict: .unknown, probe: echo,
      connection: connection, path: path, unread: walk.unread, notes: walk.notes)
    decide(&explanation)
    if let echo, echo.received > 0, let size = subject.options.size, let remark = EchoNonce.remark(payload: size) {
      explanation.notes.append(remark)
    }
    return explanation
  }

  private func end(_ end: Subject.End) -> Explanation.End {
    Explanation.End(
      name: end.name, namespace: end.namespace, interface: end.link.flatMap { walk.snapshot.link($0)?.name },
      address: end.address)
  }

  // MARK: The verdict

  private func decide(_ explanation: inout Explanation) {
    if subject.options.port != nil, let connection { return decide(connection, &explanation) }
    if let echo, echo.received > 0 { return decideReplies(echo, &explanation) }
    // A reply to a small packet where the large one that was asked for got none.
    if subject.options.size != nil, isAnswered(subject.isIPv6 ? 104 : 84) {
      explanation.verdict = .degraded
      explanation.cause = size(subject.echoSize)
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
    // Two with one address: it is chance who answers, and whom the next packet comes to.
    if let twin = walk.accusations.first(where: { Judge.twins.contains($0.finding.code) }) {
      explanation.verdict = .degraded
      explanation.cause = twin.finding
      return
    }
    explanation.verdict = .reachable
    for index in explanation.path.indices { explanation.path[index].isOK = true }
  }

  private func decide(_ connection: Explanation.Connection, _ explanation: inout Explanation) {
    switch connection.outcome {
    case .accepted: explanation.verdict = .reachable
    case .refused:
      explanation.verdict = .unreachable
      let (cause, also) = findings(&explanation)
      if let cause, cause.code == .firewallDrop || cause.code == .networkIsolation {
        explanation.cause = cause
        explanation.also = also
        return
      }
      explanation.cause = walk.finding(
        .portClosed, nil, in: subject.destination.namespace,
        "\(subject.destination.name) answers, and nothing listens on TCP port \(connection.port)"
          + (walk.noPublisher(of: connection.port, at: subject.destination).map { ": \($0)" } ?? ""),
        [Explanation.Evidence("ECONNREFUSED from port \(connection.port)", source: "connect(2)")])
    case .timedOut, .failed:
      explanation.verdict = .unreachable
      let (cause, also) = findings(&explanation)
      explanation.cause = cause ?? nothingFound
      explanation.also = also
    }
  }

  /// The cause and the other faults, the best evidence first: the trace, then counters, then what was only read.
  private func findings(
    _ explanation: inout Explanation
  ) -> (cause: Explanation.Finding?, also: [Explanation.Finding]) {
    var certain = walk.accusations.filter { $0.strength == .certain }
    // A rule that would drop the packet, and counted none of the probes, never saw them.
    if let first = certain.first, first.isRefuted {
      if let other = certain.firstIndex(where: { !$0.isRefuted }) {
        certain.swapAt(0, other)
      }
      if let rule = first.finding.rule, certain.first?.finding.rule != rule {
        explanation.notes.append("\(rule.text): would drop it, and its counter did not move while the probes were sent")
      }
    }
    if let dropped = tracedDrop {
      explanation.notes.append("the trace saw the verdict drop in \(dropped.table) \(dropped.chain)")
      if let index = certain.firstIndex(where: { accusation in
        accusation.finding.rule.map { $0.table == dropped.table && $0.chain == dropped.chain } ?? false
      }) {
        certain.insert(certain.remove(at: index), at: 0)
        certain[0].finding.evidence.append(
          Explanation.Evidence("verdict drop for our probe", source: "nftrace"))
      } else {
        certain.insert(Accusation(finding: traced(dropped), strength: .certain), at: 0)
      }
    }
    if let cause = certain.first {
      return (cause.finding, certain.dropFirst().map(\.finding))
    }
    let possible = walk.accusations.filter { $0.strength == .possible }.map(\.finding)
    let likely = walk.accusations.filter { $0.strength == .likely }.map(\.finding)
    // What could not be decided comes before what may be its effect.
    let effects: Set<CauseCode> = [.neighborFailed]
    let strong = likely.filter { !effects.contains($0.code) }
    let ordered = strong + possible + likely.filter { effects.contains($0.code) }
    return (ordered.first, Array(ordered.dropFirst()))
  }

  // MARK: Findings of the end

  private var tracedDrop: TraceOutcome.Step? {
    for question in walk.answers.traces {
      if case .trace(let outcome)? = walk.answers[question] { return outcome.steps.last { $0.verdict == "drop" } }
    }
    return nil
  }

  private func traced(_ step: TraceOutcome.Step) -> Explanation.Finding {
    let whose = step.namespace == .host ? "The host's firewall" : "The firewall of \(walk.name(step.namespace))"
    var finding = walk.finding(
      .firewallDrop, nil, in: step.namespace,
      "\(whose) drops \(step.isReply ? "the reply" : "the packet") in \(step.table) \(step.chain)",
      [Explanation.Evidence("verdict drop for our probe", source: "nftrace")])
    finding.isOnReply = step.isReply
    finding.rule = RuleReference(
      family: step.family, table: step.table, origin: .nft, chain: step.chain, handle: step.handle,
      text: step.kind == .policy ? "policy drop" : "rule with handle \(step.handle ?? 0)")
    return finding
  }

  private func isAnswered(_ size: Int) -> Bool {
    if case .echo(let small)? = walk.answers[.echo(subject.probe(size: size))] {
      small.received > 0
    } else {
      false
    }
  }

  private func size(_ size: Int) -> Explanation.Finding {
    let bottleneck = walk.bottlenecks.first
    let link = bottleneck.flatMap { walk.snapshot.link($0.link) }
    let sender = bottleneck.flatMap { walk.snapshot.link($0.sender) }
    var evidence = [
      Explanation.Evidence("\(size) bytes with DF: no reply; small ones are answered", source: "ICMP echo")
    ]
    if let sender, let link {
      evidence.append(Explanation.Evidence("mtu of \(walk.place(sender)): \(sender.mtu)", source: "IFLA_MTU"))
      evidence.append(Explanation.Evidence("mtu of \(walk.place(link)): \(link.mtu)", source: "IFLA_MTU"))
    }
    let mtu = walk.answers.allEchoes.flatMap(\.errors).compactMap(\.mtu).min()
    if let mtu { evidence.append(Explanation.Evidence("ICMP: packet too big, mtu \(mtu)", source: "IP_RECVERR")) }
    var finding = walk.finding(
      .mtuMismatch, link, in: subject.source.namespace,
      link.map {
        "\(walk.place($0)) takes packets of \($0.mtu) bytes at most, and the sender's link more: large ones vanish"
      } ?? "Packets of \(size) bytes do not get through, small ones do", evidence)
    if let sender, let limit = link?.mtu ?? mtu {
      finding.remedy = walk.command(
        "ip link set dev \(PacketWalk.quoted(sender.name)) mtu \(limit)", in: sender.id.namespace)
    }
    finding.isOnReply = bottleneck?.isReply ?? false
    return finding
  }

  private func onlyEcho(_ connection: Explanation.Connection) -> Explanation.Finding {
    walk.finding(
      .echoIgnored, nil, in: subject.destination.namespace,
      "\(subject.destination.name) answers TCP on port \(connection.port), and no ping: only echo is filtered",
      [Explanation.Evidence("SYN-ACK from port \(connection.port)", source: "connect(2)")])
  }

  private var nothingFound: Explanation.Finding {
    // The kernel does not tell which of the two has no room.
    if echo?.refusals.contains(where: { $0.errno == ErrorNumber.noBufferSpace }) == true {
      return walk.finding(
        .unknown, nil, in: subject.source.namespace,
        "The kernel had no room to send: in its table of neighbours, one for all namespaces, or in a queue on the way out",
        [
          Explanation.Evidence("the kernel would not send: ENOBUFS", source: "sendto(2)"),
          Explanation.Evidence(
            "the table holds net.ipv4.neigh.default.gc_thresh3 entries", source: "ip-sysctl, neigh/default"),
        ])
    }
    let refusal = echo?.refusals.first.map { "the kernel would not send: \($0.message)" }
    var evidence = refusal.map { [Explanation.Evidence($0, source: "sendto(2)")] } ?? []
    if let error = echo?.errors.first, let reporter = error.reporter {
      evidence.append(
        Explanation.Evidence("ICMP type \(error.type) code \(error.code) from \(reporter)", source: "IP_RECVERR"))
    }
    let isBlind = !walk.unread.isEmpty
    return walk.finding(
      .unknown, nil, in: subject.source.namespace,
      isBlind
        ? "Nothing that could be read is wrong; something could not be read"
        : "Nothing that was looked at is wrong, and no reply comes", evidence)
  }

  // MARK: The path

  private var path: [Explanation.Step] {
    let links = walk.steps.compactMap(\.link)
    guard case .counters(let before)? = walk.answers[.counters(links, .before)],
      case .counters(let after)? = walk.answers[.counters(links, .after)]
    else { return walk.steps }
    return walk.steps.map { step in
      guard let link = step.link, let old = before[link], let new = after[link] else { return step }
      var step = step
      step.packetsIn = new.rxPackets &- old.rxPackets
      step.packetsOut = new.txPackets &- old.txPackets
      return step
    }
  }
}
