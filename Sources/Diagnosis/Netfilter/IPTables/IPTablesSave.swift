import Topology

extension Ruleset {
  /// Reads what `iptables-save -c` (family `ip`) or `ip6tables-save -c` (family `ip6`) prints, of the nft or the legacy
  /// variant (iptables-save(8)); counters may be missing.
  ///
  /// A match or target that is not understood becomes an unreadable statement of its rule. Throws where the text is not
  /// of iptables-save. Complexity: O(n).
  public init(
    iptablesSave text: String, family: RuleTable.Family, origin: RuleTable.Origin
  ) throws(RulesError) {
    var reader = IPTablesSave(family: family, origin: origin)
    // By bytes: to Swift "\r\n" is one character, which is no "\n".
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      reader.line += 1
      try reader.read(Substring(line.last == UInt8(ascii: "\r") ? line.dropLast() : line))
    }
    guard reader.table == nil else { throw reader.error("the table has no COMMIT: the text is cut off") }
    self.init(tables: reader.tables)
  }
}

/// Reads the lines of iptables-save one by one.
private struct IPTablesSave {
  let family: RuleTable.Family
  let origin: RuleTable.Origin
  var tables: [RuleTable] = []
  var table: RuleTable?
  /// Where each chain of the table stands.
  var positions: [String: Int] = [:]
  /// How many rules each chain of the table has so far.
  var counts: [Int] = []
  var line = 0

  init(family: RuleTable.Family, origin: RuleTable.Origin) {
    self.family = family
    self.origin = origin
  }

  func error(_ reason: String) -> RulesError {
    RulesError(tool: family == .ip6 ? "ip6tables-save" : "iptables-save", place: "line \(line)", reason: reason)
  }

  mutating func read(_ line: Substring) throws(RulesError) {
    switch line.first {
    case nil, "#": break
    case "*":
      guard table == nil else { throw error("a table begins before the COMMIT of the last one") }
      let name = String(line.dropFirst())
      guard !name.isEmpty else { throw error("a table without a name") }
      table = RuleTable(family: family, name: SafeText.clean(name), origin: origin)
      positions = [:]
      counts = []
    case ":": try readChain(line.dropFirst())
    case "[", "-": try readRule(line)
    default:
      guard line == "COMMIT", let done = table else { throw error("'\(line.prefix(40))' is no line of iptables-save") }
      tables.append(done)
      table = nil
    }
  }

  /// `FORWARD DROP [12:3456]`; a chain of the user's has the policy `-`.
  private mutating func readChain(_ text: Substring) throws(RulesError) {
    guard let tableName = table?.name else { throw error("a chain outside of a table") }
    let words = text.split(separator: " ")
    guard words.count >= 2, let name = words.first.map({ SafeText.clean(String($0)) }) else {
      throw error("a chain needs a name and a policy")
    }
    guard positions[name] == nil else { throw error("the chain '\(name)' is there twice") }
    var chain = RuleChain(name: name)
    if words[1] != "-" {
      guard words[1] == "ACCEPT" || words[1] == "DROP" else { throw error("'\(words[1])' is no policy") }
      chain.base = RuleChain.Base(iptables: tableName, chain: name, dropsByDefault: words[1] == "DROP")
      chain.policyCounters = words.count > 2 ? RuleCounters(iptables: words[2]) : nil
    }
    positions[name] = positions.count
    counts.append(0)
    table?.chains.append(chain)
  }

  private mutating func readRule(_ text: Substring) throws(RulesError) {
    guard table != nil else { throw error("a rule outside of a table") }
    var rest = text
    var counters: RuleCounters?
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]"), let read = RuleCounters(iptables: rest[...end]) else {
        throw error("counters that are not [packets:bytes]")
      }
      counters = read
      rest = rest[rest.index(after: end)...].drop { $0 == " " }
    }
    guard let words = IPTablesWord.split(rest) else { throw error("a quote is not closed") }
    guard words.count >= 2, words[0].isOption("-A") else { throw error("a rule must begin with -A and a chain") }
    let chain = SafeText.clean(words[1].text)
    guard let position = positions[chain] else { throw error("the chain '\(chain)' is not declared") }
    var rule = IPTablesRule(words: words[2...], family: family, chain: chain, chains: positions)
    do {
      try rule.read()
    } catch {
      throw self.error(error.reason)
    }
    counts[position] += 1
    table?.chains[position].rules.append(
      Rule(
        statements: rule.statements, counters: counters, line: counts[position], text: SafeText.clean(String(rest))))
  }
}

extension RuleCounters {
  /// Reads `[packets:bytes]`.
  fileprivate init?(iptables text: some StringProtocol) {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
    let parts = text.dropFirst().dropLast().split(separator: ":")
    guard parts.count == 2, let packets = UInt64(parts[0]), let bytes = UInt64(parts[1]) else { return nil }
    self.init(packets: packets, bytes: bytes)
  }
}

extension RuleChain.Base {
  /// Where a chain of iptables hangs (`NF_IP_PRI_*` of `linux/netfilter_ipv4.h`); nil where iptables has no such one.
  fileprivate init?(iptables table: String, chain: String, dropsByDefault: Bool) {
    let hooks: [String: Hook] = [
      "PREROUTING": .prerouting, "INPUT": .input, "FORWARD": .forward, "OUTPUT": .output, "POSTROUTING": .postrouting,
    ]
    guard let hook = hooks[chain] else { return nil }
    let priority: Int
    switch (table, hook) {
    case ("raw", .prerouting), ("raw", .output): priority = -300
    case ("mangle", _): priority = -150
    case ("nat", .prerouting), ("nat", .output): priority = -100
    case ("filter", .input), ("filter", .forward), ("filter", .output): priority = 0
    case ("security", .input), ("security", .forward), ("security", .output): priority = 50
    case ("nat", .input), ("nat", .postrouting): priority = 100
    default: return nil
    }
    let kind: Kind = table == "nat" ? .nat : table == "mangle" && hook == .output ? .route : .filter
    self.init(kind: kind, hook: hook, priority: priority, dropsByDefault: dropsByDefault)
  }
}
