internal import Conclusions
internal import Netfilter
internal import Paths
internal import Questions
internal import Topology

/// What became of a TCP connection, and who listens where it comes to.
extension Judge {
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
  func refusal(_ port: UInt16) -> Explanation.Finding {
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
  func full(_ port: UInt16) -> Explanation.Finding? {
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
  func deadEndpoint(_ port: UInt16) -> Explanation.Finding? {
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
}
