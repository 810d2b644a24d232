internal import Conclusions
internal import Diagram
internal import Labels
internal import Paths
internal import Topology

extension State {
  /// A ping without a reply for so long is asked about: a container answers in less than a millisecond.
  private static let patience: Int64 = 500

  // MARK: The page

  /// `w`: why does it work, or not? Of the ping on the screen, or of two that are chosen.
  mutating func askWhy() -> [Effect] {
    if let ping {
      guard let known = ping.why else {
        return explain(.endpoint(ping.route.source), ping.route.destination, nil, ping.route.family)
      }
      let old = closeAll { $0 is WhyPage }
      open(WhyPage(inquiry: known))
      return old
    }
    if let source = stack[SourceMark.self]?.element, source != selection { return startMarked(source, for: .why) }
    return beginPick(for: .why)
  }

  /// `t`: asks again, with the kernel's own word on every rule that our probes meet.
  mutating func traceWhy() -> [Effect] {
    guard let asked = stack[WhyPage.self]?.inquiry else { return [] }
    if asked.explanation?.verdict == .reachable {
      notify(Say.Notice.nothingToTrace)
      return []
    }
    return explain(asked.from, asked.to, asked.port, asked.family, traces: true)
  }

  /// Opens the page about two ends, and has it found out.
  mutating func explain(
    _ from: Target, _ to: Target, _ port: ServicePort?, _ family: AddressFamily, traces: Bool = false
  ) -> [Effect] {
    let old = closeAll { $0 is WhyPage || $0 is Pick || $0 is TargetLine || $0 is LitWay }
    let inquiry = Inquiry(id: makeID(), from: from, to: to, port: port, family: family, traces: traces)
    open(WhyPage(inquiry: inquiry))
    return old + [inquiry.effect]
  }

  // MARK: The ping

  /// When a ping without a reply is to be asked about; nil where it has a reply, or where it was asked about already.
  var whyDeadline: Timestamp? {
    guard isPinging, let ping, ping.why == nil, let since = ping.silentSince else { return nil }
    return Timestamp(milliseconds: since.milliseconds + State.patience)
  }

  /// Asks why the running ping has no reply, once for each silence.
  mutating func askAboutSilence() -> [Effect] {
    guard isPinging, let running = ping, running.why == nil else { return [] }
    let route = running.route
    let inquiry = Inquiry(
      id: makeID(), from: .endpoint(route.source), to: route.destination, family: route.family)
    ping?.why = inquiry
    return [inquiry.effect]
  }

  /// Drops the ping's diagnosis once a reply has come, and ends it unless the page shows it.
  mutating func forgetSilence() -> [Effect] {
    guard let why = ping?.why else { return [] }
    ping?.why = nil
    return ending(why)
  }

  /// What ends a diagnosis that nobody wants to know of any more.
  func ending(_ inquiry: Inquiry) -> [Effect] {
    let isWanted = stack[WhyPage.self]?.inquiry.id == inquiry.id || ping?.why?.id == inquiry.id
    return inquiry.isFinal || isWanted ? [] : [.stopExplaining(id: inquiry.id)]
  }

  /// The hop at which the explanation has the packet stop.
  var explainedStop: Int? {
    guard let ping, let cause = ping.why?.explanation?.cause else { return nil }
    let path = ping.route.path
    return cause.link.flatMap { link in path.firstIndex { $0.link == link } }
      ?? cause.namespace.flatMap { namespace in path.firstIndex { $0.link.namespace == namespace } }
  }

  // MARK: Answers

  mutating func receive(_ explanation: Explanation, of id: Int, isFinal: Bool) {
    if stack[WhyPage.self]?.inquiry.id == id {
      stack[WhyPage.self]?.inquiry.take(explanation, isFinal: isFinal)
      if isFinal { lightWay(of: explanation) }
      if isFinal, stack[WhyPage.self]?.inquiry.traces == true {
        notify(explanation.traceNote ?? Say.Notice.traceAddsNothing)
      }
    }
    if ping?.why?.id == id {
      ping?.why?.take(explanation, isFinal: isFinal)
      if isFinal, let cause = explanation.cause, explanation.verdict != .reachable {
        if let stop = explainedStop { ping?.stop = stop }
        ping?.remark = cause.claim
        ping?.isBad = true
      }
    }
    if isFinal { receiveForMatrix(explanation, of: id) }
  }
}
