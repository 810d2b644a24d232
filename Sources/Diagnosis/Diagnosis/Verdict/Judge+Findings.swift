internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology
internal import Walk

/// Findings that follow from the probes and from all that was read, not from one place on the way.
extension Judge {
  /// Programs and actions on the way, of which nobody can tell what they do with the packet.
  var opaque: [Explanation.Finding] {
    guard case .attachments(let found)? = walk.answers[.attachments(walk.devices)] else { return [] }
    return found.map { attachment in
      let link = walk.snapshot.link(attachment.link)
      let what = attachment.kind.isEmpty ? attachment.place : "\(attachment.place) (\(attachment.kind))"
      let source =
        attachment.place == "XDP" ? "IFLA_XDP" : attachment.place == "qdisc" ? "RTM_GETQDISC" : "clsact, RTM_GETTFILTER"
      return walk.finding(
        .opaqueProgram, link, in: attachment.link.namespace,
        link.map { Say.Verdict.hasProgram(walk.place($0), what) } ?? Say.Verdict.linkHasProgram(what),
        [Explanation.Evidence(Say.Verdict.attached(what, to: link?.name), source: source)])
    }
  }

  /// A router said that the packet's time to live ended at it (RFC 792, RFC 4443), unless that was found before.
  var reported: Explanation.Finding? {
    let isExpired: (ICMPError) -> Bool = { $0.type == (subject.isIPv6 ? 3 : 11) && $0.code == 0 }
    guard let error = echo?.errors.first(where: isExpired), let reporter = error.reporter,
      !walk.accusations.contains(where: { $0.finding.code == .ttlExceeded })
    else { return nil }
    let links = walk.snapshot.namespaces.values.flatMap(\.links).filter { $0.has(reporter) }
    let link = links.first { link in walk.steps.contains { $0.namespace == link.id.namespace } } ?? links.first
    return walk.finding(
      .ttlExceeded, link, in: link?.id.namespace ?? subject.source.namespace,
      Say.Verdict.timeToLiveEnds(at: link.map { walk.name($0.id.namespace) }, "\(reporter)"),
      [
        Explanation.Evidence(
          Say.Verdict.timeExceeded(type: Int(error.type), from: "\(reporter)"), source: "IP_RECVERR")
      ])
  }

  /// The packet has left the picture, and nothing here is wrong.
  var beyondView: Explanation.Finding? {
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
      evidence.append(told(error, by: reporter))
    }
    let way = rule.map { Say.Verdict.byRule("\($0.priority)", table: arrival.way?.route?.tableName ?? "") } ?? ""
    if let goal = subject.destination.link, let far = walk.snapshot.link(goal), !walk.isBeyondView(goal.namespace) {
      return walk.finding(
        .otherWay, out,
        Say.Verdict.sentOutOfPicture(
          by: here, out.name, way, but: subject.destination.name, liesAt: walk.place(far)),
        evidence)
    }
    return walk.finding(
      .beyondView, out,
      Say.Verdict.sentBeyondView(by: here, out.name, way),
      evidence)
  }

  var tracedDrop: TraceOutcome.Step? {
    for question in walk.answers.traces {
      if case .trace(let outcome)? = walk.answers[question] { return outcome.steps.last { $0.verdict == "drop" } }
    }
    return nil
  }

  /// How often a rule or a policy met the traced probes; nil: nothing was traced.
  var tracedSteps: Int? {
    let outcomes = walk.answers.traces.compactMap { question in
      if case .trace(let outcome)? = walk.answers[question] { outcome } else { nil }
    }
    return outcomes.isEmpty ? nil : outcomes.reduce(0) { $0 + $1.steps.count { $0.kind != .chainReturn } }
  }

  func traced(_ step: TraceOutcome.Step) -> Explanation.Finding {
    var finding = walk.finding(
      .firewallDrop, nil, in: step.namespace,
      Say.Verdict.firewallDrops(
        of: step.namespace == .host ? nil : walk.name(step.namespace), isReply: step.isReply,
        in: step.table, step.chain),
      [Explanation.Evidence(Say.Verdict.dropForProbe, source: "nftrace")])
    finding.isOnReply = step.isReply
    finding.rule = RuleReference(
      family: step.family, table: step.table, origin: .nft, chain: step.chain, handle: step.handle,
      text: step.kind == .policy ? "policy drop" : Say.Verdict.rule(withHandle: "\(step.handle ?? 0)"))
    return finding
  }

  func isAnswered(_ size: Int) -> Bool {
    if case .echo(let small)? = walk.answers[.echo(subject.probe(size: size))] {
      small.received > 0
    } else {
      false
    }
  }

  func size(_ size: Int) -> Explanation.Finding {
    let bottleneck = walk.bottlenecks.first
    let link = bottleneck.flatMap { walk.snapshot.link($0.link) }
    let sender = bottleneck.flatMap { walk.snapshot.link($0.sender) }
    var evidence = [
      Explanation.Evidence(Say.Verdict.largeIsLost(size), source: Say.Verdict.echoProbe)
    ]
    if let sender, let link {
      evidence.append(
        Explanation.Evidence(Say.Verdict.mtu(of: walk.place(sender), "\(sender.mtu)"), source: "IFLA_MTU"))
      evidence.append(Explanation.Evidence(Say.Verdict.mtu(of: walk.place(link), "\(link.mtu)"), source: "IFLA_MTU"))
    }
    let mtu = walk.answers.allEchoes.flatMap(\.errors).compactMap(\.mtu).min()
    if let mtu { evidence.append(Explanation.Evidence(Say.Verdict.tooBig(mtu: "\(mtu)"), source: "IP_RECVERR")) }
    var finding = walk.finding(
      .mtuMismatch, link, in: subject.source.namespace,
      link.map { Say.Verdict.takesAtMost("\($0.mtu)", walk.place($0)) } ?? Say.Verdict.doNotGetThrough(size), evidence)
    if let sender, let limit = link?.mtu ?? mtu {
      finding.remedy = walk.command(
        "ip link set dev \(PacketWalk.quoted(sender.name)) mtu \(limit)", in: sender.id.namespace)
    }
    finding.isOnReply = bottleneck?.isReply ?? false
    return finding
  }

  func onlyEcho(_ connection: Explanation.Connection) -> Explanation.Finding {
    walk.finding(
      .echoIgnored, nil, in: subject.destination.namespace,
      Say.Verdict.onlyEchoFiltered(subject.destination.name, answersOn: "\(connection.port)"),
      [Explanation.Evidence(Say.Verdict.accepted(port: "\(connection.port)"), source: "connect(2)")])
  }

  var nothingFound: Explanation.Finding {
    // The kernel does not tell which of the two has no room.
    if echo?.refusals.contains(where: { $0.errno == ErrorNumber.noBufferSpace }) == true {
      return walk.finding(
        .unknown, nil, in: subject.source.namespace,
        Say.Verdict.noRoomToSend,
        [
          Explanation.Evidence(Say.Verdict.kernelRefused("ENOBUFS"), source: "sendto(2)"),
          Explanation.Evidence(
            Say.Verdict.neighborTableLimit, source: "ip-sysctl, neigh/default"),
        ])
    }
    let refusal = echo?.refusals.first.map { Say.Verdict.kernelRefused($0.message) }
    var evidence = refusal.map { [Explanation.Evidence($0, source: "sendto(2)")] } ?? []
    if let error = echo?.errors.first, let reporter = error.reporter {
      evidence.append(told(error, by: reporter))
    }
    let isBlind = !walk.unread.isEmpty
    return walk.finding(
      .unknown, nil, in: subject.source.namespace,
      isBlind ? Say.Verdict.nothingFoundOfWhatWasRead : Say.Verdict.nothingFound, evidence)
  }

  private func told(_ error: ICMPError, by reporter: IPAddress) -> Explanation.Evidence {
    Explanation.Evidence(
      Say.Verdict.icmpError(type: Int(error.type), code: Int(error.code), from: "\(reporter)"), source: "IP_RECVERR")
  }
}
