public import Questions
internal import Sentences
internal import Topology

/// How a name is resolved by the library that the program that asks uses: which files are looked into, which servers are asked, for
/// which names, how long each is waited for. It sends nothing itself: it says what is to be sent, and is told what came.
///
/// ```swift
/// var lookup = NameLookup(query, files)
/// var step = lookup.start()
/// while case .ask(let exchange) = step { step = lookup.take(send(exchange)) }
/// ```
public struct NameLookup: Sendable {
  /// The C library, of those that go about it in ways of their own.
  public enum Libc: Hashable, Sendable {
    /// glibc: Debian, Fedora …
    case glibc
    /// musl: Alpine. It knows no nsswitch.conf, searches for no name with enough dots, and gives a search up at anything
    /// but NXDOMAIN.
    case musl
  }

  /// The files that say how.
  public struct Files: Hashable, Sendable {
    /// /etc/hosts.
    public var hosts: NameServiceFile
    /// /etc/resolv.conf.
    public var resolver: NameServiceFile
    /// /etc/nsswitch.conf.
    public var services: NameServiceFile
    /// Who reads them.
    public var libc: Libc

    /// Makes files.
    public init(
      hosts: NameServiceFile, resolver: NameServiceFile, services: NameServiceFile = .absent,
      libc: Libc = .glibc
    ) {
      self.hosts = hosts
      self.resolver = resolver
      self.services = libc == .musl ? .absent : services
      self.libc = libc
    }
  }

  /// Questions for one server, to be sent at once by one socket.
  public struct Exchange: Hashable, Sendable {
    /// Whom to ask.
    public var server: ResolverConfiguration.Server
    /// Whether by TCP, each message behind its length (RFC 1035, 4.2.2); else each is a datagram.
    public var isTCP: Bool
    /// The messages.
    public var messages: [[UInt8]]
    /// Milliseconds that the answers are waited for.
    public var timeout: Int

    /// `53`, of UDP and TCP.
    public static let port: UInt16 = 53
  }

  /// What became of an exchange.
  public enum Event: Hashable, Sendable {
    /// A message came from the server.
    case received([UInt8])
    /// The socket says that nothing can be sent, or that somebody refused it (errno, positive, and in words).
    case failed(errno: Int32, message: String)
    /// The time is up.
    case timedOut
  }

  /// What is to be done next.
  public enum Step: Hashable, Sendable {
    /// Send this by a new socket; the one before is of no use any more.
    case ask(Exchange)
    /// Go on waiting.
    case wait
    /// It has ended.
    case done(Resolution)
  }

  /// How the servers of one name are doing.
  private struct Candidate: Sendable {
    var name: DNSName
    /// The next of the schedule.
    var turn = 0
    var latestFailure: DNSMessage.Code?
    var silences: [Resolution.Silence] = []
  }

  private let name: [UInt8]
  private let families: ResolutionQuery.Families
  private let hosts: HostsFile
  private let configuration: ResolverConfiguration
  private let schedule: [ServerTurn]
  private let files: Files
  private let identifier: @Sendable () -> UInt16
  private var services: ArraySlice<NameServiceSwitch.Service>
  private var wasDNSAsked = false
  private var endsBehindDNS: Set<NameServiceSwitch.Status> = []
  private var search: SearchWalk
  private var candidate: Candidate?
  private var exchange: OpenExchange?
  private var resolution: Resolution
  /// Silences of all names so far: what is told where nobody answers in the end.
  private var silences: [Resolution.Silence] = []

  /// Makes a lookup. `hostDomain` is what is searched where resolv.conf names nothing (the host's own name from its first
  /// dot on); each question gets an `identifier` that nobody can guess.
  public init(
    _ query: ResolutionQuery, _ files: Files, hostDomain: String? = nil,
    identifier: @escaping @Sendable () -> UInt16 = { .random(in: 0...UInt16.max) }
  ) {
    name = Array(query.name.utf8)
    families = query.families
    self.files = files
    self.identifier = identifier
    hosts = HostsFile(files.hosts.bytes)
    configuration = ResolverConfiguration(files.resolver.bytes)
    schedule = ServerTurn.schedule(configuration, within: query.timeout)
    services = NameServiceSwitch(files.services.bytes).services[...]
    search = SearchWalk(
      name, configuration, hostDomain: files.libc == .glibc ? hostDomain.map { Array($0.utf8) } : nil, files.libc)
    resolution = Resolution(name: query.name, outcome: .noSuchName)
    resolution.isInHostsFile = hosts.find(name, .both, files.libc) != nil
    resolution.unread = [
      files.services.complaint("/etc/nsswitch.conf"), files.hosts.complaint("/etc/hosts"),
      files.resolver.complaint("/etc/resolv.conf"),
    ].compactMap(\.self)
  }

  /// Begins; to be called once.
  public mutating func start() -> Step {
    if let address = IPAddress(resolution.name) { return found([address], by: .literal, canonical: nil) }
    return nextService()
  }

  /// Takes what became of the exchange that was asked for.
  public mutating func take(_ event: Event) -> Step {
    guard var open = exchange else { return .done(resolution) }
    let isSettled = open.take(event)
    exchange = open
    return isSettled ? settle(open) : .wait
  }

  /// Ends it before its time: what is not known by now is not found out.
  public mutating func giveUp() -> Resolution {
    if var open = exchange {
      _ = open.take(.timedOut)
      settleLog(open)
      candidate?.silences += open.silence.map { [$0] } ?? []
    }
    let verdict: SearchWalk.Verdict =
      candidate?.latestFailure.map { .failed($0) } ?? .silent(isRefused: false)
    silences += candidate?.silences ?? []
    exchange = nil
    _ = search.next(after: verdict)
    conclude(search.conclusion)
    return resolution
  }

  private mutating func nextService() -> Step {
    while let service = services.popFirst() {
      switch service.name {
      case "files":
        if let (addresses, canonical) = hosts.find(name, families, files.libc) {
          return found(addresses, by: .hostsFile, canonical: SafeText.decode(canonical))
        }
        if service.endsAt.contains(files.hosts.isText ? .notFound : .unavailable) { return end() }
      case "dns":
        if wasDNSAsked { continue }
        wasDNSAsked = true
        endsBehindDNS = service.endsAt
        return nextName(after: nil)
      default: if !resolution.unasked.contains(service.name) { resolution.unasked.append(service.name) }
      }
    }
    return end()
  }

  private mutating func end() -> Step {
    if resolution.outcome == .noSuchName, resolution.by == nil { resolution.by = .hostsFile }
    return .done(resolution)
  }

  private mutating func found(_ addresses: [IPAddress], by source: Resolution.Source, canonical: String?) -> Step {
    resolution.outcome = .found
    resolution.by = source
    resolution.addresses = addresses
    resolution.canonicalName = canonical
    return .done(resolution)
  }
}

// MARK: Names and servers

extension NameLookup {
  private mutating func nextName(after verdict: SearchWalk.Verdict?) -> Step {
    silences += candidate?.silences ?? []
    candidate = nil
    if case .unread(let reason) = files.resolver { return endDNS(.noServer(reason), .unavailable) }
    guard !schedule.isEmpty else { return endDNS(.noServer(Say.NameLookup.noAttempts), .unavailable) }
    guard let text = search.next(after: verdict) else {
      let status = conclude(search.conclusion)
      return afterDNS(status)
    }
    do throws(DNSName.Fault) {
      let name = try DNSName(text)
      resolution.tried.append(name.description)
      candidate = Candidate(name: name)
      return nextTurn()
    } catch {
      // One of the search list's; a name that is none itself comes to the same with every domain.
      let fault = error
      do throws(DNSName.Fault) { _ = try DNSName(name) } catch { return endDNS(.notAName(fault.reason), .notFound) }
      return nextName(after: .noSuchName)
    }
  }

  private mutating func nextTurn() -> Step {
    guard let current = candidate else { return .done(resolution) }
    guard current.turn < schedule.count else {
      if let code = current.latestFailure { return nextName(after: .failed(code)) }
      let isRefused = current.silences.allSatisfy { $0.errno != nil }
      return nextName(after: .silent(isRefused: isRefused))
    }
    let turn = schedule[current.turn]
    candidate?.turn += 1
    let types: [DNSMessage.QueryType] =
      switch families {
      case .both: [.a, .aaaa]
      case .ipv4: [.a]
      case .ipv6: [.aaaa]
      }
    var open = OpenExchange(turn, current.name, isTCP: configuration.usesTCP && files.libc == .glibc)
    for type in types { open.add(type, id: freshIdentifier(open)) }
    return ask(open)
  }

  private func freshIdentifier(_ open: OpenExchange) -> UInt16 {
    let id = identifier()
    return open.queries.contains { $0.id == id } ? id &+ 1 : id
  }

  private mutating func ask(_ open: OpenExchange) -> Step {
    let address = open.turn.server.address
    if !resolution.servers.contains(address) { resolution.servers.append(address) }
    exchange = open
    return .ask(
      Exchange(
        server: open.turn.server, isTCP: open.isTCP, messages: open.messages(usesEDNS: configuration.usesEDNS),
        timeout: open.turn.timeout))
  }

  /// Writes down what was sent, and what came of it.
  private mutating func settleLog(_ open: OpenExchange) {
    for query in open.queries where !query.wasLogged {
      resolution.sent.append(
        Resolution.Sent(
          server: open.turn.server.address, name: open.name.description, type: query.type.text, isTCP: open.isTCP,
          reply: query.answer?.summary ?? open.failure?.message))
    }
  }

  private mutating func settle(_ open: OpenExchange) -> Step {
    exchange = nil
    settleLog(open)
    if !open.isTCP, open.queries.contains(where: { $0.answer?.isTruncated == true }) { return ask(open.byTCP()) }
    let answers = open.queries.compactMap(\.answer).filter { !$0.passesOn }
    if answers.contains(where: { $0.code == .none && $0.answerCount > 0 }) { return take(answers, open) }
    if answers.contains(where: { $0.code == .name }) {
      resolution.by = .server(open.turn.server.address)
      return nextName(after: .noSuchName)
    }
    let isWhole = open.queries.allSatisfy { $0.answer != nil }
    if isWhole, answers.contains(where: { $0.code == .none }) {
      resolution.by = .server(open.turn.server.address)
      return nextName(after: .noAddress)
    }
    if isWhole, let other = answers.first {
      resolution.by = .server(open.turn.server.address)
      return nextName(after: .failed(other.code))
    }
    if let failed = open.queries.compactMap(\.answer).first(where: { $0.passesOn }) {
      candidate?.latestFailure = failed.code
      resolution.by = .server(open.turn.server.address)
    }
    if let silence = open.silence { candidate?.silences.append(silence) }
    return nextTurn()
  }

  /// Some answer has records: with or without an address among them, the search ends here.
  private mutating func take(_ answers: [DNSMessage], _ open: OpenExchange) -> Step {
    let results = answers.filter { $0.code == .none }.map(\.result)
    let addresses = results.flatMap(\.addresses)
    resolution.omitted = answers.reduce(0) { $0 + $1.omitted }
    let named = results.first { !$0.addresses.isEmpty } ?? results.first
    resolution.by = .server(open.turn.server.address)
    resolution.canonicalName = named?.canonical.description
    if addresses.isEmpty { return endDNS(.noAddress, .notFound) }
    return found(addresses, by: .server(open.turn.server.address), canonical: resolution.canonicalName)
  }

  @discardableResult
  private mutating func conclude(_ verdict: SearchWalk.Verdict) -> NameServiceSwitch.Status {
    switch verdict {
    case .noSuchName:
      resolution.outcome = .noSuchName
      return .notFound
    case .noAddress:
      resolution.outcome = .noAddress
      return .notFound
    case .failed(let code):
      resolution.outcome = .serverFailed(code.text)
      return code == .server ? .tryAgain : .notFound
    case .silent:
      resolution.by = nil
      resolution.outcome = silence
      return .unavailable
    }
  }

  /// Each server once, with what was last heard of it.
  private var silence: Resolution.Outcome {
    let each = resolution.servers.compactMap { server in silences.last { $0.server == server } }
    if configuration.servers.isEmpty {
      return .noServer(
        files.resolver == .absent ? Say.NameLookup.noResolverFile : Say.NameLookup.noServerNamed)
    }
    return .noAnswer(each)
  }

  private mutating func endDNS(_ outcome: Resolution.Outcome, _ status: NameServiceSwitch.Status) -> Step {
    resolution.outcome = outcome
    return afterDNS(status)
  }

  private mutating func afterDNS(_ status: NameServiceSwitch.Status) -> Step {
    endsBehindDNS.contains(status) ? end() : nextService()
  }
}

extension NameServiceFile {
  fileprivate var isText: Bool { if case .text = self { true } else { false } }
}
