package import Netfilter
internal import Paths
package import Questions
internal import Sentences
package import Topology

/// What has been found out so far; a ruleset is parsed once, when it comes in.
package struct Answers: Sendable {
  /// A namespace's rules at one moment.
  package struct ParsedRules: Sendable {
    package var walk: RuleWalk
    package var ruleset: Ruleset { walk.ruleset }
    /// Sources that could not be read, with the reason.
    package var unread: [(source: RuleSource, why: Unread)] = []
    /// Whether nothing at all could be read.
    package var isBlind = false
    /// Whether iptables-legacy has tables and nft has some, too.
    package var hasTwoFirewalls = false
  }

  private struct RulesKey: Hashable {
    var namespace: NamespaceID
    var moment: Question.Moment
  }

  package init() {}

  private var answers: [Question: Answer] = [:]
  private var readings: [RulesKey: ParsedRules] = [:]

  /// The answer to a question; nil while there is none.
  package subscript(question: Question) -> Answer? { answers[question] }

  /// The traces that were made.
  package var traces: [Question] { answers.keys.filter { if case .trace = $0 { true } else { false } } }

  /// What became of all echo requests.
  package var allEchoes: [EchoOutcome] {
    answers.values.compactMap { if case .echo(let outcome) = $0 { outcome } else { nil } }
  }

  /// What was sent to find that out, a line each: how much, of what, from where to where.
  package func sent(_ name: (NamespaceID) -> String) -> [String] {
    answers.compactMap { question, answer in
      switch (question, answer) {
      case (.echo(let probe), .echo(let outcome)):
        Say.Question.sentEchoes(
          outcome.sent, size: probe.size, from: name(probe.namespace), to: "\(probe.destination)")
      case (.trace(let probe), .trace):
        Say.Question.sentTracedEchoes(
          probe.echo.count, from: name(probe.echo.namespace), to: "\(probe.echo.destination)")
      case (.connect(let probe), .connection):
        Say.Question.sentConnection(
          from: name(probe.namespace), to: "\(probe.destination)", port: "\(probe.port)")
      case (.datagram(let probe), .datagram):
        Say.Question.sentDatagrams(
          atMost: probe.tries, from: name(probe.namespace), to: "\(probe.destination)", port: "\(probe.port)")
      default: nil
      }
    }.sorted()
  }

  package func reading(_ namespace: NamespaceID, _ moment: Question.Moment) -> ParsedRules? {
    readings[RulesKey(namespace: namespace, moment: moment)]
  }

  package mutating func take(_ answer: Answer, to question: Question, in snapshot: Snapshot) {
    guard case .rules(let namespace, let sources, let moment) = question else {
      answers[question] = answer
      return
    }
    // What was printed is not needed any more once it is understood.
    if case .rules = answer { answers[question] = .rules([:]) } else { answers[question] = answer }
    let facts = snapshot.namespaces[namespace].map { NamespaceFacts($0) } ?? .unknown
    readings[RulesKey(namespace: namespace, moment: moment)] = ParsedRules(answer, sources, facts)
  }
}

extension Answers.ParsedRules {
  fileprivate init(_ answer: Answer, _ sources: Set<RuleSource>, _ facts: NamespaceFacts) {
    self.init(walk: RuleWalk(Ruleset(), facts: facts))
    guard case .rules(let printed) = answer else {
      isBlind = true
      let why = if case .unread(let why) = answer { why } else { Unread(Say.Question.noAnswer) }
      unread = [(.nft, why)]
      return
    }
    var texts = RuleTexts(texts: printed, sources: sources)
    var tables = Ruleset()
    var hasLegacy = false
    for (names, source, family) in [
      (RuleSource.legacyTables, RuleSource.iptablesLegacy, RuleTable.Family.ip),
      (.legacyTables6, .ip6tablesLegacy, .ip6),
    ] where sources.contains(source) {
      // Where no legacy table is loaded it does not matter whether there is a tool to list them.
      if let loaded = texts.text(names), loaded.allSatisfy(\.isWhitespace) { continue }
      guard let legacy = texts.rules(source, family, .iptablesLegacy) else { continue }
      hasLegacy = hasLegacy || !legacy.tables.isEmpty
      tables = tables + legacy
    }
    if let read = texts.rules(.iptables, .ip, .iptablesNFT) { tables = tables + read }
    if let read = texts.rules(.ip6tables, .ip6, .iptablesNFT) { tables = tables + read }
    if let listed = texts.text(.nft) {
      do {
        tables = try Ruleset(nftJSON: listed, with: tables)
        if tables.lacksDevices, let chains = texts.text(.nftChains) { tables.addDevices(nftChains: chains) }
      } catch {
        texts.failed[.nft] = Unread(error.description)
      }
    }
    if texts.failed[.nft] == nil {
      // nft tells whether there is anything that iptables-nft-save should have told.
      for (source, family) in [(RuleSource.iptables, RuleTable.Family.ip), (.ip6tables, .ip6)]
      where texts.failed[source] != nil {
        if !tables.tables.contains(where: { $0.family == family && $0.looksLikeIPTables }) {
          texts.failed[source] = nil
        }
      }
    }
    walk = RuleWalk(tables, facts: facts)
    hasTwoFirewalls = hasLegacy && tables.tables.contains { $0.origin != .iptablesLegacy && !$0.chains.isEmpty }
    unread = texts.failed.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key, $0.value) }
    isBlind = texts.failed[.nft] != nil && texts.failed[.iptables] != nil && tables.tables.isEmpty
  }
}

/// What the tools printed, and why some of it could not be had or not be read.
private struct RuleTexts {
  let texts: [RuleSource: RuleText]
  /// Those that were asked for.
  let sources: Set<RuleSource>
  var failed: [RuleSource: Unread] = [:]

  mutating func text(_ source: RuleSource) -> String? {
    guard sources.contains(source) else { return nil }
    switch texts[source] {
    case .text(let text): return text
    case .unread(let why): failed[source] = why
    case nil: failed[source] = Unread(Say.Question.noAnswer)
    }
    return nil
  }

  mutating func rules(_ source: RuleSource, _ family: RuleTable.Family, _ origin: RuleTable.Origin) -> Ruleset? {
    guard let saved = text(source) else { return nil }
    do {
      return try Ruleset(iptablesSave: saved, family: family, origin: origin)
    } catch {
      failed[source] = Unread(error.description)
      return nil
    }
  }
}

extension RuleTable {
  /// Whether nft lists a table that iptables-nft has made: by its name and its chains in capitals.
  fileprivate var looksLikeIPTables: Bool {
    origin == .nft && ["filter", "nat", "mangle", "raw", "security"].contains(name)
      && chains.contains { $0.base != nil && $0.name.allSatisfy(\.isUppercase) }
  }
}
