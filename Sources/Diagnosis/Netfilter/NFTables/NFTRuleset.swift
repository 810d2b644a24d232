internal import JSON
import Topology

extension Ruleset {
  /// Reads what `nft -j list ruleset` prints (libnftables-json(5)), from nftables 0.9 on.
  ///
  /// The result holds the tables of `iptables`, too. Those that were read from the iptables-save of the nft variant
  /// stand in the place that nft lists them in, since it prints their matches as opaque `xt` expressions; those of the
  /// legacy variant, of which nft knows nothing, come first. Statements and expressions that are not understood become
  /// unreadable ones of their rule. Throws where the text is no JSON, or not nft's. Complexity: O(n).
  public init(nftJSON text: String, with iptables: Ruleset = Ruleset()) throws(RulesError) {
    var reader = NFTReader(iptables: iptables)
    var json = JSONReader(text)
    // Sets and counters are listed between the chains and the rules, but nothing promises that. The text is read twice,
    // object by object: as values it would take twenty times its room.
    try NFTReader.forEachObject(&json) { object, position throws(RulesError) in
      try reader.readDeclaration(object, position)
    }
    try NFTReader.forEachObject(&json) { object, position throws(RulesError) in
      try reader.readRule(object, position)
    }
    self.init(tables: iptables.tables.filter { !reader.placed.contains(NFTName($0)) } + reader.tables)
  }
}

/// A table's or a set's name, in its family.
struct NFTName: Hashable {
  var family: RuleTable.Family
  var table: String
  var name = ""
}

extension NFTName {
  /// The name of a table that nft knows; that of a legacy one is none of its own.
  fileprivate init(_ table: RuleTable) {
    self.init(family: table.family, table: table.origin == .iptablesLegacy ? "" : table.name)
  }
}

/// Reads the objects of nft's list.
struct NFTReader {
  static let tool = "nft -j list ruleset"

  var tables: [RuleTable] = []
  /// The tables of iptables that nft lists, too.
  private(set) var placed: Set<NFTName> = []
  private let iptables: [NFTName: RuleTable]
  private var tablePositions: [NFTName: Int] = [:]
  private var chainPositions: [NFTName: Int] = [:]
  private var context = NFTContext()

  init(iptables: Ruleset) {
    self.iptables = Dictionary(
      iptables.tables.filter { $0.origin == .iptablesNFT }.map { (NFTName($0), $0) }
    ) { first, _ in first }
  }

  /// The objects of the list, each with its place in it.
  fileprivate static func forEachObject(
    _ json: inout JSONReader, _ body: (JSONValue, Int) throws(RulesError) -> Void
  ) throws(RulesError) {
    do {
      guard try json.enterList("nftables") else {
        throw RulesError(tool: tool, place: "nftables", reason: "the list is missing")
      }
      var position = 0
      while let object = try json.nextElement() {
        try body(object, position)
        position += 1
      }
    } catch let error as JSONFailure {
      throw RulesError(tool: tool, place: "line \(error.line)", reason: error.reason)
    } catch let error as RulesError {
      throw error
    } catch {
      throw RulesError(tool: tool, place: "nftables", reason: "\(error)")
    }
  }

  private func error(_ place: String, _ reason: String) -> RulesError {
    RulesError(tool: NFTReader.tool, place: place, reason: reason)
  }

  /// The table that an object is in; nil where its family is not known or iptables tells what is in it.
  private func home(_ value: JSONValue, _ place: String, table key: String = "table") throws(RulesError) -> NFTName? {
    guard let family = value["family"]?.string, let table = value[key]?.string else {
      throw error(place, "the family or the table is missing")
    }
    guard let family = RuleTable.Family(rawValue: family) else { return nil }
    let name = NFTName(family: family, table: SafeText.clean(table))
    return iptables[name] == nil ? name : nil
  }

  /// Reads a table, a chain, a set, a map or a counter.
  mutating func readDeclaration(_ object: JSONValue, _ position: Int) throws(RulesError) {
    guard let (tag, value) = object.tagged else { throw error("nftables[\(position)]", "not an object of one member") }
    let place = "nftables[\(position)].\(tag)"
    switch tag {
    case "table":
      guard let name = try home(value, place, table: "name") else { return putInPlace(value) }
      // nftables 1.0.6 cuts the flag's name off.
      let flags = value["flags"]?.each.compactMap(\.string) ?? []
      tablePositions[name] = tables.count
      tables.append(
        RuleTable(
          family: name.family, name: name.table, origin: .nft, isDormant: flags.contains { $0.hasPrefix("dorm") }))
    case "chain": try readChain(value, place)
    case "set", "map":
      guard var name = try home(value, place) else { return }
      guard let own = value["name"]?.string else { throw error(place, "the name is missing") }
      name.name = own
      context.sets[name] = value["elem"]?.list ?? []
      if value["flags"]?.each.contains(where: { $0.string == "dynamic" }) == true { context.dynamicSets.insert(name) }
    case "counter":
      guard var name = try home(value, place) else { return }
      name.name = value["name"]?.string ?? ""
      context.counters[name] = RuleCounters(nft: value)
    case "rule":
      // nftables 1.0.6 does not print the flag `dynamic`: the rules that fill a set tell it too.
      guard var name = try home(value, place) else { return }
      for expression in value["expr"]?.list ?? [] {
        guard let (tag, value) = expression.tagged, tag == "set" || tag == "map",
          let set = value[tag]?.string
        else { continue }
        name.name = String(set.drop { $0 == "@" })
        context.dynamicSets.insert(name)
      }
    default: break
    }
  }

  /// Puts the table of iptables in the place of the one that nft lists.
  private mutating func putInPlace(_ value: JSONValue) {
    guard let family = value["family"]?.string.flatMap({ RuleTable.Family(rawValue: $0) }) else { return }
    let name = NFTName(family: family, table: SafeText.clean(value["name"]?.string ?? ""))
    guard let table = iptables[name], placed.insert(name).inserted else { return }
    tables.append(table)
  }

  private mutating func readChain(_ value: JSONValue, _ place: String) throws(RulesError) {
    guard var name = try home(value, place) else { return }
    guard let own = value["name"]?.string else { throw error(place, "the name is missing") }
    guard let table = tablePositions[name] else { throw error(place, "the table '\(name.table)' is not declared") }
    name.name = SafeText.clean(own)
    var chain = RuleChain(name: name.name)
    if let hook = value["hook"]?.string {
      // A hook of a kernel newer than this program: the chain can't be placed.
      guard let hook = Hook(rawValue: hook) else { throw error(place + ".hook", "the hook '\(hook)' is not known") }
      let kind = value["type"]?.string.flatMap { RuleChain.Base.Kind(rawValue: $0) } ?? .filter
      chain.base = RuleChain.Base(
        kind: kind, hook: hook, priority: Int(value["prio"]?.int ?? 0),
        dropsByDefault: value["policy"]?.string == "drop",
        devices: value["dev"].map { $0.each.compactMap(\.string).map(SafeText.clean) })
    }
    chainPositions[name] = tables[table].chains.count
    tables[table].chains.append(chain)
  }

  /// Reads a rule; its table, chain and sets are known by now.
  mutating func readRule(_ object: JSONValue, _ position: Int) throws(RulesError) {
    guard let (tag, value) = object.tagged, tag == "rule" else { return }
    let place = "nftables[\(position)].rule"
    guard var name = try home(value, place) else { return }
    guard let table = tablePositions[name] else { throw error(place, "the table '\(name.table)' is not declared") }
    name.name = SafeText.clean(value["chain"]?.string ?? "")
    guard let chain = chainPositions[name] else { throw error(place, "the chain '\(name.name)' is not declared") }
    let expressions = value["expr"]?.list ?? []
    context.home = NFTName(family: name.family, table: name.table)
    var rule = Rule(statements: [], handle: value["handle"]?.uint)
    for expression in expressions {
      rule.statements += context.statements(expression)
      if rule.counters == nil { rule.counters = context.counter(expression) }
    }
    rule.text = SafeText.clean(NFTText.rule(expressions, comment: value["comment"]?.string))
    tables[table].chains[chain].rules.append(rule)
  }
}

extension RuleCounters {
  /// Reads `{"packets": …, "bytes": …}`.
  init?(nft value: JSONValue) {
    guard let packets = value["packets"]?.uint, let bytes = value["bytes"]?.uint else { return nil }
    self.init(packets: packets, bytes: bytes)
  }
}
