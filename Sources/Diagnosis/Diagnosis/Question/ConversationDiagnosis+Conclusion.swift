internal import Conclusions
internal import Knowledge
internal import Paths
internal import Questions
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
      "a query for \(query.type) of \(query.name) to \(query.server)\(query.isTCP ? " by TCP" : "")"
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
        explanation.notes.append("\(name) has \(all.count) addresses: by \(good) it is reached, after a wait")
      } else {
        explanation = all[first]
        let others = before.compactMap(\.destination.address?.description).joined(separator: ", ")
        if !others.isEmpty { explanation.notes.append("\(others) refuses: programs go on to \(good)") }
      }
    } else {
      for other in all.dropFirst() {
        explanation.also += ([other.cause].compactMap(\.self) + other.also).filter { !explanation.also.contains($0) }
      }
    }
    if let slow = slowness { explanation.notes.append(slow) }
    guard explanation.verdict != .reachable, let resolution, let said = sayer(resolution) else { return }
    let addresses = resolution.addresses.map(\.description).joined(separator: ", ")
    explanation.cause?.evidence.append(Explanation.Evidence("\(name) is \(addresses)", source: said))
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
    let servers = silent.map(\.description).joined(separator: ", ")
    return "the name server \(servers) does not answer: programs wait for it before they ask the next one"
  }

  private func sayer(_ resolution: Resolution) -> String? {
    switch resolution.by {
    case .hostsFile: "hosts(5)"
    case .server(let server): "DNS, \(server)"
    case .literal, nil: nil
    }
  }

  /// That somebody in the picture is called so, and has none of the addresses.
  private func stale(_ name: String, _ resolution: Resolution) -> String? {
    for namespace in snapshot.namespaces.values where namespace.containers.contains(where: { $0.name == name }) {
      let own = namespace.links.filter { !$0.isLoopback }.flatMap(\.addresses).map(\.local)
      if own.isEmpty || own.contains(where: resolution.addresses.contains) { continue }
      let known = own.filter { !$0.isLinkLocal }.map(\.description).joined(separator: ", ")
      return "the container \(name) has \(known) now: what resolves the name is not up to date"
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
      explanation.unread.append(
        "what \(resolution.unasked.joined(separator: ", ")) of nsswitch.conf would say: it is not asked here")
    }
    explanation.cause = cause(of: resolution, name, explanation.source)
    // Who is not named by any engine can't be found by name here, either.
    explanation.unread += snapshot.warnings.filter { $0.source.hasPrefix("containers") }.map(\.text)
    // Perhaps one of the picture's was meant, and misspelt.
    if !name.contains("."), case .failure(let error) = Endpoint.resolve(name, in: snapshot), error.isUnknown {
      if let near = error.suggestions.first, explanation.cause?.code == .nameNotResolved || error.suggestions.count == 1
      {
        explanation.cause?.claim += ". Is \(near) meant?"
      }
      explanation.notes.append(error.description)
    }
    if let resolver {
      let why = isLast ? resolver.conclusion : resolver.explanation
      explanation.also = [why.cause].compactMap(\.self) + why.also
      explanation.path = why.path
      explanation.notes += why.notes
      if let missing = missingTranslation(why) {
        explanation.also.insert(missing, at: 0)
        explanation.cause?.claim += ": \(missing.claim)"
      } else if let first = why.cause, first.code != .unknown {
        explanation.cause?.claim += ": \(Self.lowercased(first.claim))"
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
      claim: "\(words.name)'s translation of 127.0.0.11 is gone from \(container.name)",
      evidence: [
        Explanation.Evidence(
          "no rule of output changes 127.0.0.11:53", source: "packet filter rules of \(container.name)")
      ], remedy: container.hasCommands ? words.restart(PacketWalk.quoted(container.name)) : nil)
  }

  private static func lowercased(_ claim: String) -> String {
    claim.hasPrefix("The ") ? "the " + claim.dropFirst(4) : claim
  }

  private func cause(of resolution: Resolution, _ name: String, _ source: Explanation.End) -> Explanation.Finding {
    let who = source.name
    let servers = resolution.servers.map(\.description).joined(separator: ", ")
    let tried = resolution.tried.filter { $0 != name }
    let others = tried.isEmpty ? "" : " (asked as \(resolution.tried.joined(separator: ", ")))"
    var code = CauseCode.nameNotResolved
    let claim: String
    switch resolution.outcome {
    case .noSuchName where servers.isEmpty:
      claim = "\(who) finds no '\(name)' in its hosts file, and asks no name server"
    case .noSuchName: claim = "There is no name '\(name)'\(others): \(servers) says NXDOMAIN"
    case .noAddress, .found:
      let kind = options.family == .ipv4 ? "IPv4 " : options.family == .ipv6 ? "IPv6 " : ""
      claim = "The name '\(name)' is there, and has no \(kind)address\(servers.isEmpty ? "" : ", says \(servers)")"
    case .serverFailed(let word): claim = "\(who)'s name server \(servers) can't say what '\(name)' is: \(word)"
    case .noServer(let why): claim = "\(who) has no name server to ask for '\(name)': \(why)"
    case .notAName(let why): claim = "'\(name)' can't be a name: \(why)"
    case .noAnswer(let silences):
      code = .resolverUnreachable
      let list = silences.map { $0.errno == nil ? "\($0.server)" : "\($0.server) (\($0.message))" }
      claim = "\(who)'s name server \(list.joined(separator: ", ")) does not answer when it is asked for '\(name)'"
    }
    // The same question may be asked several times.
    var told: [Explanation.Evidence: Int] = [:]
    var evidence: [Explanation.Evidence] = []
    for sent in resolution.sent {
      let fact = Explanation.Evidence(
        "\(sent.server) is asked for \(sent.type) of \(sent.name): \(sent.reply ?? "no answer")",
        source: sent.isTCP ? "DNS over TCP" : "DNS")
      if told[fact] == nil { evidence.append(fact) }
      told[fact, default: 0] += 1
    }
    evidence = evidence.prefix(6).map { fact in
      let times = told[fact] ?? 1
      return times > 1 ? Explanation.Evidence("\(fact.fact), \(times) times", source: fact.source) : fact
    }
    if !resolution.isInHostsFile { evidence.append(Explanation.Evidence("not in the hosts file", source: "hosts(5)")) }
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
    let what = other.name == name ? "\(name) is a container" : "\(name) is what others call \(other.name)"
    if mine == ["bridge"], own.runtime == "docker" {
      finding.claim +=
        ". \(what); Docker's default network, which \(own.name) is on, has no names: networks that users create have"
    } else if mine.isDisjoint(with: theirs) {
      finding.claim += ". \(what) on \(theirs.sorted().joined(separator: ", ")), and \(own.name) is not there"
    }
    finding.evidence.append(
      Explanation.Evidence(
        "\(own.name) is on \(mine.sorted().joined(separator: ", ")), \(other.name) on \(theirs.sorted().joined(separator: ", "))",
        source: "\(own.runtime) API"))
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
    let address = pairs[0].gateway.map(\.description) ?? "the gateway"
    if answer.verdict == .reachable || answer.verdict == .degraded {
      explanation.notes.append("the gateway \(address) answers; beyond it nothing was sent")
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
      explanation.notes.append("the gateway \(address) answers ARP, and no ping")
    } else {
      explanation.verdict = .unreachable
      explanation.cause = pairs[0].finding(
        .neighborFailed, in: pairs[0].exit?.namespace,
        "The gateway \(address) does not answer: neither ping nor the question for its hardware address",
        [
          Explanation.Evidence(
            "\(address): \(entry?.state.names.joined(separator: " ") ?? "no entry")", source: "RTM_GETNEIGH")
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
          "\(link.name) has sent \(link.counters.txPackets) packets, and received none", source: "IFLA_STATS64"))
      explanation.verdict = .unreachable
      explanation.cause = suspicions.first ?? finding
      explanation.also = suspicions.isEmpty ? [] : suspicions.dropFirst() + [finding]
      return
    }
    explanation.notes.append(
      "\(link.name) has no gateway that could be asked: what is beyond it is not known")
  }
}

extension Explanation {
  /// Whether somebody said no at once.
  fileprivate var isRefused: Bool {
    switch (connection?.outcome, datagram?.outcome) {
    case (.refused, _), (_, .refused): true
    case (.failed(let errno, _), _), (_, .failed(let errno, _, _)): errno == ErrorNumber.networkUnreachable
    default: false
    }
  }
}
