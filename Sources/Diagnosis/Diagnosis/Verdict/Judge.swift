internal import Netfilter
internal import Paths
internal import Topology

/// Draws the conclusion from everything that was found. The probes decide: where replies come, there is no fault.
struct Judge {
  private var walk: PacketWalk
  private let subject: Subject
  private let echo: EchoOutcome?
  private let connection: Explanation.Connection?

  /// Whether nothing more is found out.
  private let isLast: Bool

  init(_ walk: PacketWalk, isLast: Bool) {
    self.walk = walk
    self.isLast = isLast
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
      case .listening(let sockets)? = walk.answers[.listening(there, programsOf: [])],
      let port = sockets.filter({ $0.takes(address) }).map(\.port).min()
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
    if isLast { decide(&explanation) } else { suspend(&explanation) }
    if let echo, echo.received > 0, let size = subject.options.size, let remark = EchoNonce.remark(payload: size) {
      explanation.notes.append(remark)
    }
    return explanation
  }

  private func end(_ end: Subject.End, _ chosen: IPAddress? = nil) -> Explanation.End {
    Explanation.End(
      name: end.name, namespace: end.namespace, interface: end.link.flatMap { walk.snapshot.link($0)?.name },
      address: chosen ?? end.address)
  }

  // MARK: The verdict

  /// Nobody is accused, and nothing on the way is called bad.
  private func suspend(_ explanation: inout Explanation) {
    for step in explanation.path.indices {
      if explanation.path[step].isOK == false { explanation.path[step].isOK = nil }
      for check in explanation.path[step].checks.indices where explanation.path[step].checks[check].state == .bad {
        explanation.path[step].checks[check].state = .unknown
      }
    }
  }

  private func decide(_ explanation: inout Explanation) {
    if subject.options.port != nil, let connection { return decide(connection, &explanation) }
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
    clear(&explanation)
  }

  private func decide(_ connection: Explanation.Connection, _ explanation: inout Explanation) {
    switch connection.outcome {
    case .accepted:
      if let dead = deadEndpoint(connection.port) {
        explanation.verdict = .degraded
        explanation.cause = dead
        return
      }
      explanation.verdict = .reachable
      clear(&explanation)
    case .refused:
      explanation.verdict = .unreachable
      let (cause, also) = findings(&explanation)
      // Who refuses in somebody else's name is known, or may be known.
      let speaksForOthers: Set<CauseCode> = [.firewallDrop, .networkIsolation, .noProgram]
      if let cause, speaksForOthers.contains(cause.code) {
        explanation.cause = cause
        explanation.also = also
        return
      }
      explanation.cause = deadEndpoint(connection.port) ?? refusal(connection.port)
    case .timedOut, .failed:
      explanation.verdict = .unreachable
      let (cause, also) = findings(&explanation)
      explanation.cause =
        cause.flatMap { $0.code == .beyondView ? nil : $0 } ?? full(connection.port) ?? cause ?? nothingFound
      explanation.also = also
    }
  }

  // MARK: Who listens

  /// The place that a connection comes to behind all translations, and what listens there.
  private func service(_ port: UInt16) -> (namespace: NamespaceID?, address: IPAddress?, port: UInt16, [Listener]?) {
    guard let arrival = walk.arrival, !arrival.isBeyond else {
      return (subject.destination.namespace, subject.destination.address, port, nil)
    }
    let inner = arrival.packet.port ?? port
    var listeners: [Listener]?
    if case .listening(let sockets)? = walk.answers[.listening(arrival.namespace, programsOf: [inner])] {
      listeners = sockets
    }
    return (arrival.namespace, arrival.packet.destination, inner, listeners)
  }

  /// Why a connection is refused: nothing listens there, or on another address.
  private func refusal(_ port: UInt16) -> Explanation.Finding {
    let (namespace, address, inner, listeners) = service(port)
    let refused = Explanation.Evidence("ECONNREFUSED from port \(port)", source: "connect(2)")
    let same = (listeners ?? []).filter { $0.port == inner }
    let isTranslated = inner != port || address != subject.destination.address
    let place = namespace.map { walk.name($0) } ?? subject.destination.name
    if let address, !same.isEmpty, !same.contains(where: { $0.takes(address) }) {
      let program = same.compactMap(\.program).first.map { "\($0) listens" } ?? "a program listens"
      let addresses = same.map(\.text).joined(separator: ", ")
      return walk.finding(
        .listensElsewhere, nil, in: namespace,
        "In \(place) \(program) on \(addresses) only, and the connection comes to \(address):\(inner)",
        [Explanation.Evidence("listens on \(addresses)", source: "sock_diag"), refused])
    }
    if listeners != nil, same.contains(where: { address.map($0.takes) ?? false }) {
      return walk.finding(
        .unknown, nil, in: namespace,
        "Something listens on port \(inner) of \(place), and the connection is refused all the same: somebody on the way refuses it",
        [refused] + same.map { Explanation.Evidence("listens on \($0.text)", source: "sock_diag") })
    }
    let rule = namespace.flatMap { walk.destinationTranslatedBy[$0] } ?? walk.destinationTranslatedBy.values.first
    if isTranslated, let rule, let namespace, walk.destinationTranslatedBy[namespace] != nil {
      var finding = walk.finding(
        .noProgram, nil, in: namespace,
        "\(place) redirects the connection to its port \(inner), where nothing listens",
        [Explanation.Evidence(rule.text, source: "packet filter rules"), refused])
      finding.rule = rule
      return finding
    }
    let target =
      isTranslated ? " \(inner) of \(address?.description ?? place), where the connection is sent" : " \(inner)"
    return walk.finding(
      .portClosed, nil, in: namespace,
      "\(place) answers, and nothing listens on TCP port\(target)"
        + (walk.noPublisher(of: inner, at: subject.destination).map { ": \($0)" } ?? ""),
      [refused]
        + (isTranslated ? rule.map { [Explanation.Evidence($0.text, source: "packet filter rules")] } ?? [] : []))
  }

  /// A listener whose queue is full takes no connection; its kernel drops what comes.
  private func full(_ port: UInt16) -> Explanation.Finding? {
    let (namespace, address, inner, listeners) = service(port)
    guard let address, let listener = listeners?.first(where: { $0.port == inner && $0.takes(address) }),
      listener.isFull
    else { return nil }
    let place = namespace.map { walk.name($0) } ?? subject.destination.name
    return walk.finding(
      .queueFull, nil, in: namespace,
      "\(listener.program ?? "The program") in \(place) listens on port \(inner) and does not accept: its queue is full",
      [
        Explanation.Evidence(
          "\(listener.text): \(listener.waiting) connections wait, the backlog is \(listener.backlog ?? 0)",
          source: "sock_diag")
      ])
  }

  /// One of the endpoints of a service that does not take connections.
  private func deadEndpoint(_ port: UInt16) -> Explanation.Finding? {
    guard walk.endpoints.count > 1 else { return nil }
    for endpoint in walk.endpoints {
      let probe = subject.connect(endpoint, port)
      guard case .connection(let outcome)? = walk.answers[.connect(probe)], outcome != .accepted else { continue }
      let link = walk.snapshot.namespaces.values.lazy.flatMap(\.links).first { $0.has(endpoint.address) }
      let text = "\(endpoint.address):\(probe.port)"
      let rule = walk.destinationTranslatedBy.values.first
      return walk.finding(
        outcome == .refused ? .portClosed : .unknown, nil, in: link?.id.namespace ?? subject.destination.namespace,
        "One of the \(walk.endpoints.count) endpoints of \(subject.destination.name), \(text), "
          + (outcome == .refused ? "refuses: nothing listens there" : "does not answer"),
        [
          Explanation.Evidence(
            "connect to \(text): \(outcome == .refused ? "ECONNREFUSED" : "no answer")", source: "connect(2)")
        ]
          + (rule.map { [Explanation.Evidence($0.text, source: "packet filter rules")] } ?? []))
    }
    return nil
  }

  /// What seemed bad has let the packet pass.
  private func clear(_ explanation: inout Explanation) {
    for step in explanation.path.indices {
      explanation.path[step].isOK = true
      for check in explanation.path[step].checks.indices where explanation.path[step].checks[check].state == .bad {
        explanation.path[step].checks[check].state = .unknown
      }
    }
  }

  /// The cause and the other faults, the best evidence first: the trace, then counters, then what was only read.
  private func findings(
    _ explanation: inout Explanation
  ) -> (cause: Explanation.Finding?, also: [Explanation.Finding]) {
    var certain = walk.accusations.filter { $0.strength == .certain && !$0.isOfSize }
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
    if let reported { certain.insert(Accusation(finding: reported, strength: .certain), at: 0) }
    if let cause = certain.first {
      return (cause.finding, certain.dropFirst().map(\.finding))
    }
    let possible = walk.accusations.filter { $0.strength == .possible }.map(\.finding) + opaque
    let likely = walk.accusations.filter { $0.strength == .likely }.map(\.finding)
    // What could not be decided comes before what may be its effect.
    let effects: Set<CauseCode> = [.neighborFailed]
    let strong = likely.filter { !effects.contains($0.code) }
    let ordered = strong + possible + likely.filter { effects.contains($0.code) }
    let outside = ordered.isEmpty ? beyondView : nil
    return (ordered.first ?? outside, Array(ordered.dropFirst()))
  }

  /// Programs and actions on the way, of which nobody can tell what they do with the packet.
  private var opaque: [Explanation.Finding] {
    guard case .attachments(let found)? = walk.answers[.attachments(walk.devices)] else { return [] }
    return found.map { attachment in
      let link = walk.snapshot.link(attachment.link)
      let what = attachment.kind.isEmpty ? attachment.place : "\(attachment.place) (\(attachment.kind))"
      let source =
        attachment.place == "XDP" ? "IFLA_XDP" : attachment.place == "qdisc" ? "RTM_GETQDISC" : "clsact, RTM_GETTFILTER"
      return walk.finding(
        .opaqueProgram, link, in: attachment.link.namespace,
        "\(link.map(walk.place) ?? "A link") has a program that can do anything with the packet: \(what)",
        [Explanation.Evidence("\(link?.name ?? "link"): \(what)", source: source)])
    }
  }

  /// A router said that the packet's time to live ended at it (RFC 792, RFC 4443), unless that was found before.
  private var reported: Explanation.Finding? {
    let isExpired: (ICMPError) -> Bool = { $0.type == (subject.isIPv6 ? 3 : 11) && $0.code == 0 }
    guard let error = echo?.errors.first(where: isExpired), let reporter = error.reporter,
      !walk.accusations.contains(where: { $0.finding.code == .ttlExceeded })
    else { return nil }
    let links = walk.snapshot.namespaces.values.flatMap(\.links).filter { $0.has(reporter) }
    let link = links.first { link in walk.steps.contains { $0.namespace == link.id.namespace } } ?? links.first
    return walk.finding(
      .ttlExceeded, link, in: link?.id.namespace ?? subject.source.namespace,
      "The packet's time to live ends at \(link.map { walk.name($0.id.namespace) } ?? "a router") (\(reporter)): too many hops, or a circle",
      [
        Explanation.Evidence(
          "ICMP type \(error.type), time exceeded, from \(reporter)", source: "IP_RECVERR")
      ])
  }

  /// The packet has left the picture, and nothing here is wrong.
  private var beyondView: Explanation.Finding? {
    guard let arrival = walk.arrival, arrival.isBeyond, let out = arrival.link.flatMap({ walk.snapshot.link($0) })
    else { return nil }
    let here = walk.name(out.id.namespace)
    var evidence: [Explanation.Evidence] = []
    var rule: RoutingRule?
    if let route = arrival.way?.route {
      evidence.append(Explanation.Evidence(walk.text(of: route), source: "RTM_GETROUTE dump"))
      var copy = walk
      rule = copy.rule(leadingTo: route, in: out.id.namespace)
    }
    if let rule { evidence.append(Explanation.Evidence(rule.text, source: "RTM_GETRULE")) }
    for error in echo?.errors.prefix(2) ?? [] {
      guard let reporter = error.reporter else { continue }
      evidence.append(
        Explanation.Evidence("ICMP type \(error.type) code \(error.code) from \(reporter)", source: "IP_RECVERR"))
    }
    let way = rule.map { " (rule \($0.priority), table \(arrival.way?.route?.tableName ?? ""))" } ?? ""
    if let goal = subject.destination.link, let far = walk.snapshot.link(goal), !walk.isBeyondView(goal.namespace) {
      return walk.finding(
        .otherWay, out,
        "\(here) sends it out of the picture by \(out.name)\(way), where nothing comes back from; \(subject.destination.name) lies at \(walk.place(far))",
        evidence)
    }
    return walk.finding(
      .beyondView, out,
      "\(here) sends it on by \(out.name)\(way), and nothing comes back: beyond there this machine sees nothing",
      evidence)
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
