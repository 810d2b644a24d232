internal import Questions
internal import Sentences
internal import Topology

/// One server's turn, and how long it is waited for.
struct ServerTurn: Hashable, Sendable {
  var server: ResolverConfiguration.Server
  /// Milliseconds.
  var timeout: Int

  /// Who is asked where resolv.conf names nobody (resolv.conf(5)).
  private static let local = ResolverConfiguration.Server(address: IPAddress([127, 0, 0, 1]) ?? .unspecified)
  /// Milliseconds that a server gets at least.
  private static let least = 100

  /// All turns for one name, as glibc gives them: every server in each attempt, each later one longer, divided by their
  /// count. Where all of them together have no room within `limit` milliseconds, every one is shortened.
  static func schedule(_ configuration: ResolverConfiguration, within limit: Int) -> [ServerTurn] {
    let servers = configuration.servers.isEmpty ? [local] : configuration.servers
    var turns: [ServerTurn] = []
    for _ in 0..<configuration.attempts {
      for (position, server) in servers.enumerated() {
        let seconds = (configuration.timeout << position) / (position > 0 ? servers.count : 1)
        turns.append(ServerTurn(server: server, timeout: max(1, seconds) * 1000))
      }
    }
    let total = turns.reduce(0) { $0 + $1.timeout }
    guard total > limit else { return turns }
    return turns.map { ServerTurn(server: $0.server, timeout: max(least, $0.timeout * max(0, limit) / total)) }
  }
}

/// Questions that are under way to a server.
struct OpenExchange: Sendable {
  struct Query: Sendable {
    let type: DNSMessage.QueryType
    let id: UInt16
    var answer: DNSMessage?
    /// Whether it is an answer of an exchange before this one.
    var wasLogged = false
  }

  let turn: ServerTurn
  let name: DNSName
  private(set) var isTCP: Bool
  private(set) var queries: [Query] = []
  private(set) var failure: (errno: Int32, message: String)?

  init(_ turn: ServerTurn, _ name: DNSName, isTCP: Bool) {
    self.turn = turn
    self.name = name
    self.isTCP = isTCP
  }

  mutating func add(_ type: DNSMessage.QueryType, id: UInt16) { queries.append(Query(type: type, id: id)) }

  func messages(usesEDNS: Bool) -> [[UInt8]] {
    queries.filter { $0.answer == nil }.map {
      DNSMessage.query(id: $0.id, name: name, type: $0.type, usesEDNS: usesEDNS)
    }
  }

  /// The same by TCP, for the answers that were cut.
  func byTCP() -> OpenExchange {
    var again = self
    again.isTCP = true
    for position in again.queries.indices {
      let wasCut = again.queries[position].answer?.isTruncated == true
      if wasCut { again.queries[position].answer = nil }
      again.queries[position].wasLogged = !wasCut
    }
    return again
  }

  /// Takes what came; true where nothing more is waited for. What is no answer to one of the questions is as if it had not
  /// come.
  mutating func take(_ event: NameLookup.Event) -> Bool {
    switch event {
    case .timedOut: return true
    case .failed(let errno, let message):
      failure = (errno, message)
      return true
    case .received(let bytes):
      // Bytes that are no message answer nothing.
      guard let message = try? DNSMessage(bytes),
        let position = queries.firstIndex(where: {
          $0.answer == nil && message.answers(id: $0.id, name: name, type: $0.type)
        })
      else { return false }
      // By TCP nothing is cut.
      if isTCP, message.isTruncated { return false }
      queries[position].answer = message
      return queries.allSatisfy { $0.answer != nil }
    }
  }

  /// What is said of the server where not all was answered.
  var silence: Resolution.Silence? {
    guard queries.contains(where: { $0.answer == nil }) else { return nil }
    let text = failure?.message ?? Say.NameLookup.noAnswer
    return Resolution.Silence(
      server: turn.server.address, errno: failure?.errno, message: isTCP ? Say.NameLookup.byTCP(text) : text)
  }
}

extension DNSMessage {
  /// Whether the next server is asked: this one can't or won't answer, or knows only who else might (a lame delegation).
  var passesOn: Bool {
    switch code {
    case .server, .unimplemented, .refused: true
    case .none: answerCount == 0 && !isAuthoritative && !offersRecursion && additionalCount == 0
    case .name, .format, .other: false
    }
  }

  /// The answer in a word or two.
  var summary: String {
    if isTruncated { return Say.NameLookup.truncated }
    guard code == .none else { return code.text }
    return Say.NameLookup.records(answerCount)
  }
}
