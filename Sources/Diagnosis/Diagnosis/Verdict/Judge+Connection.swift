internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
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
      let program = service.ofPort.compactMap(\.program).first.map { "\($0) listens" } ?? "a program listens"
      let addresses = service.ofPort.map(\.text).joined(separator: ", ")
      return walk.finding(
        .listensElsewhere, nil, in: namespace,
        "In \(place) \(program) on \(addresses) only, and the connection comes to \(address):\(inner)",
        [Explanation.Evidence("listens on \(addresses)", source: "sock_diag")] + refused)
    }
    if !service.takers.isEmpty {
      return walk.finding(
        .unknown, nil, in: namespace,
        "Something listens on port \(inner) of \(place), and the connection is refused all the same: somebody on the way refuses it",
        refused + service.takers.map { Explanation.Evidence("listens on \($0.text)", source: "sock_diag") })
    }
    let rule = namespace.flatMap { walk.destinationTranslatedBy[$0] } ?? walk.destinationTranslatedBy.values.first
    let ruleFact = rule.map { [Explanation.Evidence($0.text, source: "packet filter rules")] } ?? []
    if isTranslated, let rule, let namespace, walk.destinationTranslatedBy[namespace] != nil {
      var finding = walk.finding(
        .noProgram, nil, in: namespace,
        "\(place) redirects the connection to its port \(inner), where nothing listens", ruleFact + refused)
      finding.rule = rule
      return finding
    }
    let target =
      isTranslated
      ? " \(inner.number) of \(address?.description ?? place), where the connection is sent" : " \(inner.number)"
    return walk.finding(
      .portClosed, nil, in: namespace,
      "\(place) \(refused.isEmpty ? "gets it" : "answers"), and nothing listens on \(inner.transport.rawValue.uppercased()) port\(target)"
        + (walk.noPublisher(of: inner, at: subject.destination).map { ": \($0)" } ?? ""),
      refused + (isTranslated ? ruleFact : [])
        + (service.listeners == nil ? [] : [Explanation.Evidence("no socket takes it", source: "sock_diag")]))
  }

  /// A published port without its rule, and nobody who serves it.
  func missingPublication(_ port: ServicePort, _ heard: [Explanation.Evidence]) -> Explanation.Finding? {
    let service = service(port)
    guard service.listeners != nil, service.port == port,
      service.takers.isEmpty, service.ofPort.count == service.placeholders.count,
      var missing = walk.missingPublication(of: port, in: service.namespace)
    else { return nil }
    missing.evidence += service.placeholders.map {
      Explanation.Evidence("\($0.program ?? "") listens on \($0.text), and serves nobody", source: "sock_diag")
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
      "\(listener.program ?? "The program") in \(place) listens on port \(inner) and does not accept: its queue is full",
      [
        Explanation.Evidence(
          "\(listener.text): \(listener.waiting) connections wait, the backlog is \(listener.backlog ?? 0)",
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
}
