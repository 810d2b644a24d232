internal import JSON
internal import Sentences
import Topology

/// What the statements of a rule may refer to.
struct NFTContext {
  struct SetUse: Hashable {
    var set: NFTName
    var key: [PacketField]
  }

  /// The table of the rule that is being read.
  var home = NFTName(family: .ip, table: "")
  /// The elements of named sets and maps.
  var sets: [NFTName: [JSONValue]] = [:]
  /// Sets to which packets add elements: what was listed can be another by now.
  var dynamicSets: Set<NFTName> = []
  var counters: [NFTName: RuleCounters] = [:]
  /// Named sets as they were read last: many rules ask the same one.
  var readSets: [SetUse: [[MatchElement]]] = [:]

  /// The set `@name` of this table; nil where its elements are not known.
  func set(named text: String) -> (name: NFTName, elements: [JSONValue])? {
    var name = home
    name.name = String(text.dropFirst())
    guard text.hasPrefix("@"), !dynamicSets.contains(name) else { return nil }
    return sets[name].map { (name, $0) }
  }

  /// The counter that a statement names or carries.
  func counter(_ expression: JSONValue) -> RuleCounters? {
    guard let (tag, value) = expression.tagged, tag == "counter" else { return nil }
    guard let named = value.string else { return RuleCounters(nft: value) }
    var name = home
    name.name = named
    return counters[name]
  }

  /// Reads a statement of libnftables-json(5); one that is not understood becomes an unreadable one with its name.
  mutating func statements(_ expression: JSONValue) -> [RuleStatement] {
    guard let (tag, value) = expression.tagged else { return [.unreadable(Say.Rules.statement)] }
    let name = SafeText.clean(tag)
    switch tag {
    case "match": return [.match(condition(value))]
    case "accept", "drop", "continue", "return", "jump", "goto":
      return [verdict(expression).map { .verdict($0) } ?? .unreadable(name)]
    case "reject": return [.verdict(.reject)]
    case "vmap": return [verdictMap(value)]
    case "counter", "log", "last", "dup", "flow", "secmark", "ct helper", "ct timeout", "ct expectation", "reset":
      return [.neutral(name)]
    // These match as long as something counts below a limit; maps and sets that packets fill can be full.
    case "limit", "quota", "ct count", "meter": return [.match(.unreadable(name))]
    case "set", "map":
      let set = value["set"]?.string ?? value["map"]?.string ?? ""
      return [.match(.unreadable(SafeText.clean("\(value["op"]?.string ?? tag) \(set)")))]
    case "mangle": return mangle(value)
    case "dnat": return translate(.destination, value, tag)
    case "snat": return translate(.source, value, tag)
    case "redirect": return translate(.destination, value, tag)
    case "masquerade": return translate(.source, value, tag)
    case "notrack": return [.change(.untracked)]
    case "queue": return [.handover(Handover(name, to: queue(value)))]
    case "tproxy":
      return [.handover(Handover(name, to: .proxy(port: value["port"]?.int.flatMap { UInt16(exactly: $0) })))]
    case "fwd", "synproxy": return [.handover(Handover(name))]
    case "xt":
      let module = SafeText.clean("xt " + (value["name"]?.string ?? ""))
      return value["type"]?.string == "match" ? [.match(.unreadable(module))] : [.unreadable(module)]
    default: return [.unreadable(name)]
    }
  }

  private func verdict(_ value: JSONValue) -> RuleVerdict? {
    guard let (tag, target) = value.tagged else { return value.string.flatMap(verdict(named:)) }
    let chain = target["target"]?.string.map(SafeText.clean)
    switch tag {
    case "jump": return chain.map { .jump($0) }
    case "goto": return chain.map { .goto($0) }
    default: return verdict(named: tag)
    }
  }

  private func verdict(named name: String) -> RuleVerdict? {
    switch name {
    case "accept": .accept
    case "drop": .drop
    case "continue": .next
    case "return": .returnToCaller
    default: nil
    }
  }

  /// `key vmap { … }` or `key vmap @name`.
  private func verdictMap(_ value: JSONValue) -> RuleStatement {
    guard let key = value["key"].flatMap(operands) else { return .unreadable("vmap") }
    var pairs = value["data"]?["set"]?.list
    if let text = value["data"]?.string {
      guard let named = set(named: text) else { return .unreadable("vmap \(SafeText.clean(text))") }
      pairs = named.elements
    }
    guard let pairs else { return .unreadable("vmap") }
    var elements: [VerdictElement] = []
    for pair in pairs {
      guard let parts = pair.list, parts.count == 2, let verdict = verdict(parts[1]) else { return .unreadable("vmap") }
      elements.append(VerdictElement(key: element(parts[0], for: key.map(\.selector)), verdict: verdict))
    }
    return .verdictMap(key, elements)
  }

  private func translate(_ kind: AddressTranslation.Kind, _ value: JSONValue, _ tag: String) -> [RuleStatement] {
    let address = value["addr"]?.string.flatMap { IPAddress($0) }
    let port = value["port"]?.int.flatMap { UInt16(exactly: $0) }
    let isRedirect = tag == "redirect"
    var change = AddressTranslation(
      kind, address: address, port: port, isPortKept: (address != nil || isRedirect) && value["port"] == nil)
    change.isRedirect = isRedirect
    let translation = RuleStatement.translate(change)
    // A look-up that finds nothing ends the rule.
    let isLookup = [value["addr"], value["port"]].contains { $0?["map"] != nil }
    return isLookup ? [.match(.unreadable("\(tag) map")), translation] : [translation]
  }

  /// `queue num 1-3 bypass`.
  private func queue(_ value: JSONValue) -> Handover.Receiver {
    let number = value["num"]
    let ends = (number?["range"]?.list ?? [number ?? .null]).map { $0.int.flatMap { UInt16(exactly: $0) } }
    let flags = value["flags"]?.each.compactMap(\.string) ?? []
    if number == nil { return .queue(0...0, mayBypass: flags.contains("bypass")) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else { return .other }
    return .queue(first...last, mayBypass: flags.contains("bypass"))
  }

  /// `key set value`: only the marks matter for other rules.
  private func mangle(_ value: JSONValue) -> [RuleStatement] {
    guard let (tag, key) = value["key"]?.tagged else { return [.unreadable("mangle")] }
    let field = key["key"]?.string ?? key["field"]?.string ?? key.string ?? ""
    switch (tag, field) {
    case ("meta", "mark"), ("ct", "mark"):
      let changes = markChange(value["value"] ?? .null, isConnection: tag == "ct")
      // A look-up that finds nothing ends the rule.
      return value["value"]?["map"] != nil ? [.match(.unreadable("mark map")), changes] : [changes]
    case ("payload", "dscp"): return [.change(.dscpUnknown)]
    case ("payload", "ttl"), ("payload", "hoplimit"):
      return [.change(value["value"]?.int.flatMap { UInt8(exactly: $0) }.map { .ttl($0) } ?? .ttlUnknown)]
    case ("meta", "nftrace"), ("meta", "priority"), ("tcp option", _), ("ct", _): return [.neutral("mangle")]
    default: return [.unreadable(SafeText.clean("set \(tag) \(field)"))]
    }
  }

  /// A number, the other mark, or a mark with some bits changed.
  private func markChange(_ value: JSONValue, isConnection: Bool) -> RuleStatement {
    func change(_ and: UInt32, _ xor: UInt32) -> RuleStatement {
      .change(isConnection ? .connectionMark(and: and, xor: xor) : .mark(and: and, xor: xor))
    }
    let unknown = RuleStatement.change(isConnection ? .connectionMarkUnknown : .markUnknown)
    if let number = value.uint { return UInt32(exactly: number).map { change(0, $0) } ?? unknown }
    guard let (tag, inner) = value.tagged else { return unknown }
    if (tag == "meta" || tag == "ct") && inner["key"]?.string == "mark" {
      if isConnection == (tag == "ct") { return change(.max, 0) }
      return .change(isConnection ? .connectionMarkFromMark : .markFromConnection)
    }
    guard let parts = inner.list, parts.count == 2, parts[0][isConnection ? "ct" : "meta"]?["key"]?.string == "mark",
      let bits = parts[1].uint.flatMap({ UInt32(exactly: $0) })
    else { return unknown }
    switch tag {
    case "&": return change(bits, 0)
    case "|": return change(~bits, bits)
    case "^": return change(.max, bits)
    default: return unknown
    }
  }
}
