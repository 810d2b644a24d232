internal import Conclusions
internal import Knowledge
internal import Paths
internal import Questions
internal import Sentences
internal import Topology
internal import Walk

/// What is said of a conversation.
extension ConversationDiagnosis {
  func conclude(isLast: Bool) -> Explanation {
    let isOver = isLast || questions.isEmpty
    var explanation = isOver ? whole(isLast: isLast) : pairs.first?.explanation ?? blank
    if !isOver { explanation.withhold() }
    explanation.resolution = resolution
    explanation.sent = sent
    if name != nil || options.port != nil {
      explanation.target = Explanation.ConversationTarget(
        name: name ?? explanation.destination.name, address: explanation.destination.address, port: options.port)
    }
    return explanation
  }

  /// What was sent for it, by whatever part.
  private var sent: [String] {
    let queries = (resolution?.sent ?? []).map { query in
      Say.Conversation.query(query.type, of: query.name, to: "\(query.server)", isTCP: query.isTCP)
    }
    let diagnoses = pairs + [resolver, gateway].compactMap(\.self)
    return (queries + diagnoses.flatMap(\.sent)).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private var blank: Explanation {
    var (namespace, interface): (NamespaceID?, String?) = (nil, nil)
    var label = "?"
    if case .endpoint(let endpoint) = source {
      namespace = endpoint.namespace
      interface = endpoint.link.flatMap { snapshot.link($0)?.name }
      label = endpoint.name
    }
    return Explanation(
      source: Explanation.End(name: label, namespace: namespace, interface: interface),
      destination: Explanation.End(name: name ?? "?"), verdict: .unknown)
  }

  private func whole(isLast: Bool) -> Explanation {
    if pairs.isEmpty { return unresolved(isLast: isLast) }
    if gateway != nil || isWayOut { return wayOut(isLast: isLast) }
    let all = pairs.map { isLast ? $0.conclusion : $0.explanation }
    var explanation = all[0]
    if let name { weigh(&explanation, name, all) }
    return explanation
  }

  // MARK: Several addresses

  /// A program tries one address after the other: it works where one of them does, late where that is not the first.
  private func weigh(_ explanation: inout Explanation, _ name: String, _ all: [Explanation]) {
    let works = all.map { $0.verdict == .reachable || $0.verdict == .degraded }
    if let first = works.firstIndex(of: true) {
      // One that refuses costs no time; one that is silent costs seconds before the next one is tried.
      let before = all[..<first]
      let good = all[first].destination.address?.description ?? name
      if let silent = before.first(where: { !$0.isRefused }) {
        explanation = silent
        explanation.verdict = .degraded
        explanation.notes.append(Say.Conversation.reachedAfterWait(name, addresses: all.count, by: good))
      } else {
        explanation = all[first]
        let others = before.compactMap(\.destination.address?.description)
        if !others.isEmpty { explanation.notes.append(Say.Conversation.refuses(others, thenTried: good)) }
      }
    } else {
      for other in all.dropFirst() {
        explanation.also += ([other.cause].compactMap(\.self) + other.also).filter { !explanation.also.contains($0) }
      }
    }
    if let slow = slowness { explanation.notes.append(slow) }
    guard explanation.verdict != .reachable, let resolution, let said = sayer(resolution) else { return }
    explanation.cause?.evidence.append(
      Explanation.Evidence(Say.Conversation.means(name, resolution.addresses.map(\.description)), source: said))
    if let stale = stale(name, resolution) { explanation.notes.append(stale) }
  }

  /// That a program waits for a name server that does not answer before it asks the next one.
  private var slowness: String? {
    guard let resolution else { return nil }
    let answering = Set(resolution.sent.filter { $0.reply != nil }.map(\.server))
    let silent = resolution.servers.filter { server in
      !answering.contains(server) && resolution.sent.contains { $0.server == server }
    }
    guard !silent.isEmpty, !answering.isEmpty else { return nil }
    return Say.Conversation.serverCostsTime(silent.map(\.description))
  }

  private func sayer(_ resolution: Resolution) -> String? {
    switch resolution.by {
    case .hostsFile: "hosts(5)"
    case .server(let server): Say.Conversation.server("\(server)")
    case .literal, nil: nil
    }
  }

  /// That somebody in the picture is called so, and has none of the addresses.
  private func stale(_ name: String, _ resolution: Resolution) -> String? {
    for namespace in snapshot.namespaces.values where namespace.containers.contains(where: { $0.name == name }) {
      let own = namespace.links.filter { !$0.isLoopback }.flatMap(\.addresses).map(\.local)
      if own.isEmpty || own.contains(where: resolution.addresses.contains) { continue }
      return Say.Conversation.nameIsStale(name, now: own.filter { !$0.isLinkLocal }.map(\.description))
    }
    return nil
  }

  // MARK: No address

  private func unresolved(isLast: Bool) -> Explanation {
    var explanation = blank
    guard let resolution, let name else { return explanation }
    explanation.verdict = .unreachable
    explanation.unread = resolution.unread
    // What could not be read may name a server that knows.
    if case .noServer = resolution.outcome, !resolution.unread.isEmpty { explanation.verdict = .unknown }
    if !resolution.unasked.isEmpty {
      explanation.unread.append(Say.Conversation.unasked(resolution.unasked))
    }
    explanation.cause = cause(of: resolution, name, explanation.source)
    // Who is not named by any engine can't be found by name here, either.
    explanation.unread += snapshot.warnings.filter { $0.source.hasPrefix("containers") }.map(\.text)
    // Perhaps one of the picture's was meant, and misspelt.
    if !name.contains("."), case .failure(let error) = Endpoint.resolve(name, in: snapshot), error.isUnknown {
      if let near = error.suggestions.first, explanation.cause?.code == .nameNotResolved || error.suggestions.count == 1
      {
        explanation.extendClaim { Say.Conversation.isMeant($0, near) }
      }
      explanation.notes.append(error.description)
    }
    if let resolver {
      let why = isLast ? resolver.conclusion : resolver.explanation
      explanation.also = [why.cause].compactMap(\.self) + why.also
      explanation.path = why.path
      explanation.notes += why.notes
      explanation.traceNote = explanation.traceNote ?? why.traceNote
      if let missing = missingTranslation(why) {
        explanation.also.insert(missing, at: 0)
        explanation.extendClaim { Say.Conversation.because($0, missing.claim) }
      } else if let first = why.cause, first.code != .unknown {
        explanation.extendClaim { Say.Conversation.because($0, first.claim) }
      }
    }
    return explanation
  }

  /// Docker's own name server is reached by a translation that lives in the container's namespace.
  private func missingTranslation(_ why: Explanation) -> Explanation.Finding? {
    guard why.translation == nil, resolver?.knowsRules(of: why.source.namespace) == true,
      why.destination.address == IPAddress("127.0.0.11"),
      let id = why.source.namespace, let container = snapshot.namespaces[id]?.containers.first
    else { return nil }
    let words = EngineWords(container)
    return Explanation.Finding(
      code: .ruleMissing, namespace: id, namespaceName: why.source.name,
      claim: Say.Conversation.translationGone(words.name, from: container.name),
      evidence: [
        Explanation.Evidence(
          Say.Conversation.noTranslationRule, source: Say.Conversation.packetFilterRules(of: container.name))
      ], remedy: container.hasCommands ? words.restart(PacketWalk.quoted(container.name)) : nil)
  }

  private func cause(of resolution: Resolution, _ name: String, _ source: Explanation.End) -> Explanation.Finding {
    let who = source.name
    let servers = resolution.servers.map(\.description)
    var code = CauseCode.nameNotResolved
    let claim: String
    switch resolution.outcome {
    case .noSuchName where servers.isEmpty: claim = Say.NameLookup.notInHostsFile(name, who)
    case .noSuchName:
      let isAsTyped = resolution.tried.allSatisfy { $0 == name }
      claim = Say.Conversation.noSuchName(name, asked: isAsTyped ? [] : resolution.tried, says: servers)
    case .noAddress, .found:
      let kind = options.family == .ipv4 ? "IPv4" : options.family == .ipv6 ? "IPv6" : ""
      claim = Say.Conversation.noAddress(name, kind, says: servers)
    case .serverFailed(let code): claim = Say.NameLookup.serverFailed(servers, of: who, name, code)
    case .noServer(let why): claim = Say.NameLookup.noServer(who, name, why)
    case .notAName(let why): claim = Say.NameLookup.notAName(name, why)
    case .noAnswer(let silences):
      code = .resolverUnreachable
      let list = silences.map { $0.errno == nil ? "\($0.server)" : Say.Conversation.silent("\($0.server)", $0.message) }
      claim = Say.NameLookup.serverIsSilent(list, of: who, name)
    }
    // The same question may be asked several times.
    var told: [Explanation.Evidence: Int] = [:]
    var evidence: [Explanation.Evidence] = []
    for sent in resolution.sent {
      let fact = Explanation.Evidence(
        Say.Conversation.asked("\(sent.server)", sent.type, of: sent.name, sent.reply ?? Say.NameLookup.noAnswer),
        source: sent.isTCP ? Say.Conversation.overTCP : "DNS")
      if told[fact] == nil { evidence.append(fact) }
      told[fact, default: 0] += 1
    }
    evidence = evidence.prefix(6).map { fact in
      let times = told[fact] ?? 1
      return times > 1 ? Explanation.Evidence(Say.Conversation.times(fact.fact, times), source: fact.source) : fact
    }
    if !resolution.isInHostsFile {
      evidence.append(Explanation.Evidence(Say.Conversation.notInHostsFile, source: "hosts(5)"))
    }
    var finding = Explanation.Finding(
      code: code, namespace: source.namespace,
      namespaceName: source.namespace.flatMap { snapshot.namespaces[$0]?.name } ?? "", claim: claim,
      evidence: Array(evidence))
    addNetworkWords(&finding, name, source)
    return finding
  }

  /// Engines give names to containers on a network of their own only: Docker's default bridge has none.
  private func addNetworkWords(_ finding: inout Explanation.Finding, _ name: String, _ source: Explanation.End) {
    guard let here = source.namespace.flatMap({ snapshot.namespaces[$0] }), let own = here.containers.first else {
      return
    }
    // Who is called so, he himself before those that others call so.
    let called = snapshot.namespaces.values.filter { $0.id != here.id }.flatMap { namespace in
      namespace.containers.filter { $0.name == name || $0.innerNames.contains(name) }.map { (namespace, $0) }
    }
    guard let (there, other) = called.first(where: { $0.1.name == name }) ?? called.first else { return }
    let mine = own.attachments.isEmpty ? networks(of: here) : Set(own.attachments.map(\.network))
    var theirs = other.attachments.isEmpty ? networks(of: there) : Set(other.attachments.map(\.network))
    if other.name != name { theirs = theirs.filter { other.isCalled(name, on: $0) } }
    // Where no engine names them nothing is known of what they share.
    guard !mine.isEmpty, !theirs.isEmpty else { return }
    // A name server that answers would not know it, either.
    if mine.isDisjoint(with: theirs) || mine == ["bridge"] { finding.code = .nameNotResolved }
    if mine == ["bridge"], own.runtime == "docker" {
      finding.claim = Say.Conversation.defaultNetworkHasNoNames(finding.claim, name, of: other.name, own: own.name)
    } else if mine.isDisjoint(with: theirs) {
      finding.claim = Say.Conversation.otherNetworks(
        finding.claim, name, of: other.name, on: theirs.sorted(), own: own.name)
    }
    finding.evidence.append(
      Explanation.Evidence(
        Say.Conversation.areOn(own.name, mine.sorted(), other.name, theirs.sorted()), source: "\(own.runtime) API"))
  }

  private func networks(of namespace: Namespace) -> Set<String> {
    Set(
      namespace.links.compactMap { link in
        let port = snapshot.peer(of: link) ?? link
        return port.master.flatMap { snapshot.link($0)?.network }
      })
  }

  // MARK: The way out

  private var isWayOut: Bool { pairs.first?.isWayOut == true }

  /// The way out is right as far as it can be read: the gateway decides.
  private func wayOut(isLast: Bool) -> Explanation {
    var explanation = isLast ? pairs[0].conclusion : pairs[0].explanation
    guard explanation.verdict == .reachable else { return explanation }
    guard let gateway else {
      lookAtSilentLink(&explanation)
      return explanation
    }
    let answer = isLast ? gateway.conclusion : gateway.explanation
    explanation.probe = answer.probe
    weigh(&explanation, answer)
    return explanation
  }

  /// What the gateway's answer, or its silence, says of the way out.
  private func weigh(_ explanation: inout Explanation, _ answer: Explanation) {
    let address = pairs[0].gateway.map(\.description) ?? "?"
    if answer.verdict == .reachable || answer.verdict == .degraded {
      explanation.notes.append(Say.Conversation.gatewayAnswers(address))
      return
    }
    // It could not be asked.
    if answer.verdict == .unknown {
      explanation.verdict = .unknown
      explanation.cause = answer.cause
      explanation.unread += answer.unread.filter { !explanation.unread.contains($0) }
      return
    }
    let suspicions = pairs[0].suspicions
    let entry = gatewayNeighbors?.first { $0.address == pairs[0].gateway }
    if let first = suspicions.first {
      explanation.cause = first
      explanation.also = Array(suspicions.dropFirst())
      explanation.verdict = .unreachable
    } else if let cause = answer.cause, cause.code != .unknown, cause.code != .beyondView,
      !(entry?.isUsable == true && isItsOwn(cause, answer))
    {
      explanation.cause = cause
      explanation.also = answer.also
      explanation.verdict = .unreachable
      explanation.path = answer.path
    } else if entry?.isUsable == true {
      explanation.notes.append(Say.Conversation.gatewayAnswersARP(address))
    } else {
      explanation.verdict = .unreachable
      explanation.cause = pairs[0].finding(
        .neighborFailed, in: pairs[0].exit?.namespace,
        Say.Conversation.gatewayIsSilent(address),
        [
          Explanation.Evidence(
            Say.Conversation.neighbor(address, entry?.state.names.joined(separator: " ")), source: "RTM_GETNEIGH")
        ])
    }
  }

  /// Whether a gateway only keeps ping for itself: what is sent through it does not meet that.
  private func isItsOwn(_ cause: Explanation.Finding, _ answer: Explanation) -> Bool {
    cause.namespace == answer.destination.namespace && [.echoIgnored, .firewallDrop].contains(cause.code)
  }

  /// Without a gateway nobody can be asked: a link that has sent, and got nothing ever, leads nowhere.
  private func lookAtSilentLink(_ explanation: inout Explanation) {
    guard let link = pairs[0].exit?.link.flatMap({ snapshot.link($0) }) else { return }
    let suspicions = pairs[0].suspicions
    if link.counters.rxPackets == 0, link.counters.txPackets > 0, var finding = pairs[0].beyondView {
      finding.evidence.append(
        Explanation.Evidence(
          Say.Conversation.onlySends(link.name, "\(link.counters.txPackets)"), source: "IFLA_STATS64"))
      explanation.verdict = .unreachable
      explanation.cause = suspicions.first ?? finding
      explanation.also = suspicions.isEmpty ? [] : suspicions.dropFirst() + [finding]
      return
    }
    explanation.notes.append(Say.Conversation.noGateway(link.name))
  }
}

extension Explanation {
  /// Says more in the cause's claim, where there is one.
  fileprivate mutating func extendClaim(_ extended: (String) -> String) {
    guard let claim = cause?.claim else { return }
    cause?.claim = extended(claim)
  }

  /// Whether somebody said no at once.
  fileprivate var isRefused: Bool {
    switch (connection?.outcome, datagram?.outcome) {
    case (.refused, _), (_, .refused): true
    case (.failed(let errno, _), _), (_, .failed(let errno, _, _)): errno == ErrorNumber.networkUnreachable
    default: false
    }
  }
}
