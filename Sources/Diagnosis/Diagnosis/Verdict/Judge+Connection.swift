internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology
internal import Walk

/// What became of a TCP connection, and who listens where it comes to.
extension Judge {
  /// Where a conversation comes out behind all translations, and what listens there.
  private struct Service {
    var namespace: NamespaceID?
    var address: IPAddress?
    var port: ServicePort
    /// Nil: not known.
    var listeners: [Listener]?

    /// Those of its port, whatever their addresses.
    var ofPort: [Listener] {
      (listeners ?? []).filter { $0.port == port.number && $0.transport == port.transport }
    }
    /// Whether a container publishes the port.
    var isPublished = false
    /// Podman's monitor and a Docker without proxies hold published ports so that nobody else takes them, and serve nobody.
    static let holders: Set<String> = ["conmon", "dockerd"]

    /// Those that only hold the port.
    var placeholders: [Listener] { isPublished ? ofPort.filter { Self.holders.contains($0.program ?? "") } : [] }
    /// Those that the conversation comes to.
    var takers: [Listener] {
      ofPort.filter { listener in
        !placeholders.contains(listener) && address.map { listener.takes($0) } ?? false
      }
    }
  }

  private func service(_ port: ServicePort) -> Service {
    guard let arrival = walk.arrival, !arrival.isBeyond else {
      return Service(namespace: subject.destination.namespace, address: subject.destination.address, port: port)
    }
    let inner = arrival.packet.port ?? port.number
    var service = Service(
      namespace: arrival.namespace, address: arrival.packet.destination, port: ServicePort(inner, port.transport))
    if case .listening(let sockets)? = walk.answers[.listening(arrival.namespace, programsOf: [inner])] {
      service.listeners = sockets
    }
    service.isPublished = walk.isUntranslatedPublication(service.port, in: service.namespace)
    return service
  }

  /// Whether somebody listens where the conversation comes out; nil: not known.
  func isTaken(_ port: ServicePort) -> Bool? {
    let service = service(port)
    return service.listeners == nil || service.address == nil ? nil : !service.takers.isEmpty
  }

  /// Why a connection is refused, or would be: nothing listens there, or on another address. `refused` is what was heard.
  func refusal(_ port: ServicePort, _ refused: [Explanation.Evidence]) -> Explanation.Finding {
    let service = service(port)
    let (namespace, address, inner) = (service.namespace, service.address, service.port)
    let isTranslated = inner != port || address != subject.destination.address
    let place = namespace.map { walk.name($0) } ?? subject.destination.name
    if let missing = missingPublication(port, refused) { return missing }
    if let address, !service.ofPort.isEmpty, service.takers.isEmpty {
      let addresses = service.ofPort.map(\.text)
      return walk.finding(
        .listensElsewhere, nil, in: namespace,
        Say.Verdict.listensElsewhere(
          service.ofPort.compactMap(\.program).first, in: place, on: addresses, not: "\(address):\(inner)"),
        [Explanation.Evidence(Say.Verdict.listens(on: addresses), source: "sock_diag")] + refused)
    }
    if !service.takers.isEmpty {
      return walk.finding(
        .unknown, nil, in: namespace,
        Say.Verdict.refusedOnTheWay(port: "\(inner)", of: place),
        refused + service.takers.map { Explanation.Evidence(Say.Verdict.listens(on: [$0.text]), source: "sock_diag") })
    }
    let rule = namespace.flatMap { walk.destinationTranslatedBy[$0] } ?? walk.destinationTranslatedBy.values.first
    let ruleFact = rule.map { [Explanation.Evidence($0.text, source: Say.Walking.rulesOfFilter)] } ?? []
    if isTranslated, let rule, let namespace, walk.destinationTranslatedBy[namespace] != nil {
      var finding = walk.finding(
        .noProgram, nil, in: namespace,
        Say.Verdict.redirectedToNobody(place, port: "\(inner)"), ruleFact + refused)
      finding.rule = rule
      return finding
    }
    return walk.finding(
      .portClosed, nil, in: namespace,
      Say.Verdict.portClosed(
        place, isSilent: refused.isEmpty, inner.transport.rawValue.uppercased(), Int(inner.number),
        sentTo: isTranslated ? address?.description ?? place : nil,
        hint: walk.noPublisher(of: inner, at: subject.destination)),
      refused + (isTranslated ? ruleFact : [])
        + (service.listeners == nil ? [] : [Explanation.Evidence(Say.Verdict.noSocket, source: "sock_diag")]))
  }

  /// A published port without its rule, and nobody who serves it.
  func missingPublication(_ port: ServicePort, _ heard: [Explanation.Evidence]) -> Explanation.Finding? {
    let service = service(port)
    guard service.listeners != nil, service.port == port,
      service.takers.isEmpty, service.ofPort.count == service.placeholders.count,
      var missing = walk.missingPublication(of: port, in: service.namespace)
    else { return nil }
    missing.evidence += service.placeholders.map {
      Explanation.Evidence(Say.Verdict.servesNobody($0.program ?? "", on: $0.text), source: "sock_diag")
    }
    missing.evidence += heard
    return missing
  }

  /// A listener whose queue is full takes no connection; its kernel drops what comes.
  func full(_ port: ServicePort) -> Explanation.Finding? {
    let service = service(port)
    guard let listener = service.takers.first, listener.isFull else { return nil }
    let (namespace, inner) = (service.namespace, service.port)
    let place = namespace.map { walk.name($0) } ?? subject.destination.name
    return walk.finding(
      .queueFull, nil, in: namespace,
      Say.Verdict.queueFull(listener.program, in: place, port: "\(inner)"),
      [
        Explanation.Evidence(
          Say.Verdict.connectionsWait(listener.text, "\(listener.waiting)", backlog: "\(listener.backlog ?? 0)"),
          source: "sock_diag")
      ])
  }

  /// One of the endpoints of a service that does not take connections.
  func deadEndpoint(_ port: ServicePort) -> Explanation.Finding? {
    guard walk.endpoints.count > 1 else { return nil }
    for endpoint in walk.endpoints {
      let probe = subject.connect(endpoint, port.number)
      guard case .connection(let outcome)? = walk.answers[.connect(probe)], outcome != .accepted else { continue }
      let link = walk.snapshot.namespaces.values.lazy.flatMap(\.links).first { $0.has(endpoint.address) }
      let text = "\(endpoint.address):\(probe.port)"
      let rule = walk.destinationTranslatedBy.values.first
      return walk.finding(
        outcome == .refused ? .portClosed : .unknown, nil, in: link?.id.namespace ?? subject.destination.namespace,
        Say.Verdict.deadEndpoint(
          text, amongst: walk.endpoints.count, of: subject.destination.name, isRefused: outcome == .refused),
        [
          Explanation.Evidence(
            Say.Verdict.connecting(to: text, isRefused: outcome == .refused), source: "connect(2)")
        ]
          + (rule.map { [Explanation.Evidence($0.text, source: Say.Walking.rulesOfFilter)] } ?? []))
    }
    return nil
  }
}
