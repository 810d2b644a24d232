internal import Canvas
internal import Conclusions
internal import Diagnosis
internal import Diagram
internal import Keys
internal import Labels
internal import Paths
internal import Topology

extension State {
  /// The ping on the screen; nil: none.
  public internal(set) var ping: PingPane? {
    get { stack[PingPane.self] }
    set { stack[PingPane.self] = newValue }
  }

  /// Whether its requests are still sent.
  public var isPinging: Bool { stack[Echoes.self] != nil }

  /// Pings over and over, in place of the ping that is on the screen; where the picture does not tell which addresses that
  /// is between, it is found out first.
  mutating func begin(_ source: Target, _ destination: Target, family: AddressFamily) -> [Effect] {
    guard case .endpoint(let from) = source else {
      notify(Say.Notice.cannotSend(from: source.sourceName(in: snapshot), keys.cap(.why)))
      return []
    }
    if case .endpoint(let to) = destination, to.address?.isLoopback != true {
      return begin(PingRoute.choose(from: from, to: to, family: family, in: snapshot))
    }
    let id = makeID()
    let old = closeAll { $0 is RouteSearch }
    open(RouteSearch(id: id, text: destination.destinationName))
    if stack[TargetLine.self] == nil { notify(Say.Notice.lookingFor(destination.destinationName)) }
    return old + [.findRoute(id: id, from: from, to: destination, family)]
  }

  private mutating func begin(_ found: Result<PingRoute, ResolutionError>) -> [Effect] {
    switch found {
    case .failure(let error):
      complain(error.description)
      return []
    case .success(let route):
      let id = makeID()
      let isChosen = stack[Pick.self] != nil
      let old = closeAll { $0 is PingPane || $0 is Echoes || $0 is LitWay || $0 is TargetLine || $0 is Pick }
      lastRoute = route
      // A target that was typed is shown where it stands.
      if isChosen, let link = route.destinationLink { show(link) }
      let hasDiagram = stack.page.map { $0.showsPings } ?? true
      open(PingPane(id: id, route: route, twin: snapshot.twin(of: route), showsDiagram: !hasDiagram))
      open(Echoes(id: id))
      return old + [.startPing(id: id, route)]
    }
  }

  /// Takes which addresses a ping is to be sent between.
  mutating func receive(_ route: Result<PingRoute, ResolutionError>, of id: Int) -> [Effect] {
    guard stack[RouteSearch.self]?.id == id else { return [] }
    stack[RouteSearch.self] = nil
    return begin(route)
  }

  mutating func pingAgain() -> [Effect] {
    guard let last = lastRoute else {
      notify(Say.Notice.nothingPinged(keys.cap(.ping)))
      return []
    }
    return begin(.endpoint(last.source), last.destination, family: last.family)
  }

  mutating func changeFamily(_ family: AddressFamily) -> [Effect] {
    guard let last = ping?.route else { return [] }
    // Addresses that were named are of the old family.
    var (source, target) = (last.source, last.destination)
    source.address = nil
    if case .endpoint(var end) = target {
      end.address = nil
      target = .endpoint(end)
    }
    return begin(.endpoint(source), target, family: family)
  }

  /// Takes what the running ping tells.
  mutating func receive(_ report: PingReport) -> [Effect] {
    if let effects = receiveForMatrix(report) { return effects }
    guard var known = ping, report.id == known.id else { return [] }
    known.take(report, stop: explainedStop, in: self)
    ping = known
    switch report.event {
    case .reply: return forgetSilence()
    case .refused, .unsent: return askAboutSilence()
    case .failed: stack[Echoes.self] = nil
    case .sent, .stranger, .lost: break
    }
    return []
  }
}

extension PingPane {
  /// ENOBUFS: of that the reason says by itself that nothing was sent.
  private static let noBufferSpace: Int32 = 105

  /// That a request did not leave, and why.
  static func unsent(_ reason: String, errno: Int32? = nil) -> String {
    errno == noBufferSpace ? reason : Say.PingPane.unsent(reason)
  }

  /// Why a request was refused, and who says so.
  static func refused(_ reason: String, by router: IPAddress?) -> String {
    router.map { Say.PingPane.refused(reason, by: "\($0)") } ?? reason
  }

  /// `stop` is the hop at which the explanation has the packet stop.
  fileprivate mutating func take(_ report: PingReport, stop explained: Int?, in state: State) {
    let dot = state.glyphs.dot
    switch report.event {
    case .sent(let number):
      sequence = number
      stranger = nil
      statistics.noteSent(number)
      if silentSince == nil { silentSince = report.at }
    case .reply(let number, let milliseconds, let ttl):
      statistics.noteReply(number, milliseconds: milliseconds)
      remark = Say.PingPane.reply(number) + (ttl.map { " \(dot) ttl \($0)" } ?? "")
      isBad = false
      note = ""
      stop = nil
      replyAt = report.at
      silentSince = nil
    case .stranger(_, let address): stranger = address
    case .lost(let number, let lastSeen):
      statistics.noteLost(number)
      // Counters count what others send, too: while it is found out where the packet ends, nothing is marked.
      stop = explained ?? (why?.isFinal == false ? nil : lastSeen)
      let place = lastSeen.flatMap { hop in route.path[clamped: hop]?.link }.flatMap { state.snapshot.link($0) }
      // The claim says more than the counters.
      fail(
        claim ?? Say.PingPane.noReply(number)
          + (place.map { " \(dot) \(Say.PingPane.seenLast(at: $0.name))" } ?? "")
          + (stranger.map { " \(dot) \(Say.PingPane.stranger("\($0)"))" } ?? ""))
    case .refused(let number, let by, let reason):
      statistics.noteLost(number)
      fail(saying: "seq \(number): \(PingPane.refused(reason, by: by))")
    case .unsent(let number, let errno, let reason):
      statistics.noteUnsent(number)
      fail(saying: "seq \(number) \(PingPane.unsent(reason, errno: errno))")
    case .failed(let reason): fail(reason)
    }
  }

  /// The cause, where it was found.
  private var claim: String? { why.flatMap { $0.isFinal ? $0.explanation?.cause?.claim : nil } }

  /// A cause that was found stays: an errno says less.
  private mutating func fail(saying words: String) {
    if claim != nil { note = words }
    fail(claim ?? words)
  }

  private mutating func fail(_ text: String) {
    isBad = true
    replyAt = nil
    remark = text
  }
}
