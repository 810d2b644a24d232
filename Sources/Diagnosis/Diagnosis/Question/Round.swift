internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Topology
internal import Walk

/// One round of a diagnosis: what is to be asked next, and what can be said.
///
/// First it asks for everything that can be read, as far as the packet's way leads; then for the counters, the probes
/// and the counters again. Only where something failed it asks for what tells more: the rules' counters, neighbours, a
/// TCP connection, the trace.
struct Round: Sendable {
  private(set) var questions: [Question] = []
  let walk: PacketWalk

  init(_ subject: Subject, _ answers: Answers) {
    var walk = PacketWalk(subject, answers)
    walk.follow()
    if walk.pending.isEmpty {
      if subject.isPredicted { Round.askOfArrival(&walk, subject) }
      if walk.canProbe { Round.probe(&walk, subject) }
    }
    questions = walk.pending
    self.walk = walk
  }

  /// What can be said. The packet is the judge, and whoever knows more may clear whom others accuse: while something is
  /// still asked nobody is accused, unless it is the last word.
  func explanation(isLast: Bool) -> Explanation { Judge(walk, isLast: isLast || questions.isEmpty).explanation }

  /// Asks for the next step of the evidence; each waits for the one before it.
  private static func probe(_ walk: inout PacketWalk, _ subject: Subject) {
    let links = walk.counted
    _ = walk.ask(.counters(links, .before))
    guard walk.pending.isEmpty else { return }
    let echo = walk.ask(.echo(subject.probe))
    let connection = subject.options.port.flatMap { port in
      walk.ask(
        port.transport == .tcp
          ? .connect(subject.connect(port.number)) : .datagram(subject.datagram(port.number)))
    }
    guard walk.pending.isEmpty else { return }
    _ = walk.ask(.counters(links, .after))
    guard case .echo(let outcome)? = echo else { return }
    if let connection, let port = subject.options.port {
      if askOfConnection(connection, port, &walk, subject) { return }
    }
    if outcome.received > 0 { return askOfReplies(outcome, &walk, subject) }
    for namespace in walk.trackers { if let question = walk.connections(of: namespace) { _ = walk.ask(question) } }
    if subject.options.size != nil { _ = walk.ask(.echo(subject.probe(size: subject.isIPv6 ? 104 : 84))) }
    for namespace in walk.filtered { _ = walk.ask(.rules(namespace, PacketWalk.ruleSources, .after)) }
    for namespace in Set([subject.source.namespace, subject.destination.namespace].compactMap(\.self)).sorted() {
      _ = walk.ask(.neighbors(namespace))
    }
    if subject.options.usesTrace {
      var namespaces: [NamespaceID] = []
      for step in walk.steps { if let id = step.namespace, !namespaces.contains(id) { namespaces.append(id) } }
      _ = walk.ask(.trace(TraceProbe(namespaces: namespaces, echo: subject.probe(size: subject.echoSize))))
    }
    _ = walk.ask(.attachments(walk.devices))
    guard subject.options.port == nil, let there = subject.destination.namespace,
      let address = subject.destination.address
    else { return }
    // A port that somebody listens on tells whether only ping is filtered.
    guard case .listening(let sockets)? = walk.ask(.listening(there, programsOf: [])),
      let port = sockets.filter({ $0.transport == .tcp && $0.takes(address) }).map(\.port).min()
    else { return }
    _ = walk.ask(.connect(subject.connect(port)))
  }

  /// What tells more where replies came.
  private static func askOfReplies(_ outcome: EchoOutcome, _ walk: inout PacketWalk, _ subject: Subject) {
    if outcome.received < outcome.sent {
      for namespace in walk.filtered { _ = walk.ask(.rules(namespace, PacketWalk.ruleSources, .after)) }
    }
    // Is it the right one who answers?
    if walk.accusations.contains(where: { Judge.twins.contains($0.finding.code) }) {
      _ = subject.source.namespace.map { walk.ask(.neighbors($0)) }
    }
    // Small ones get through: do the large ones, where a cable on the way is narrower than the sender believes?
    if let bottleneck = walk.bottlenecks.first, subject.options.size == nil {
      _ = walk.ask(.echo(subject.probe(of: bottleneck)))
    }
  }

  /// What tells more of a TCP connection: the endpoints of a service, what listens, and the rules' counters. Returns
  /// whether it was accepted, and nothing else is to be asked.
  private static func askOfConnection(
    _ connection: Answer, _ port: ServicePort, _ walk: inout PacketWalk, _ subject: Subject
  ) -> Bool {
    if walk.endpoints.count > 1, port.transport == .tcp {
      for endpoint in walk.endpoints.prefix(endpointLimit) {
        _ = walk.ask(.connect(subject.connect(endpoint, port.number)))
      }
    }
    if case .connection(.accepted) = connection {
      // Who has accepted may only hold the place.
      if walk.isUntranslatedPublication(port, in: walk.arrival?.namespace) { askOfArrival(&walk, subject) }
      return true
    }
    for namespace in walk.trackers { if let question = walk.connections(of: namespace) { _ = walk.ask(question) } }
    if case .datagram(.answered) = connection { return true }
    askOfArrival(&walk, subject)
    for namespace in walk.filtered { _ = walk.ask(.rules(namespace, PacketWalk.ruleSources, .after)) }
    return false
  }

  /// What listens where the request comes out.
  private static func askOfArrival(_ walk: inout PacketWalk, _ subject: Subject) {
    guard let port = subject.options.port, let arrival = walk.arrival, !arrival.isBeyond else { return }
    _ = walk.ask(.listening(arrival.namespace, programsOf: [arrival.packet.port ?? port.number]))
  }

  /// More endpoints of a service are not tried.
  private static let endpointLimit = 8
}
