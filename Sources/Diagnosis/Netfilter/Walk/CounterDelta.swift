/// What the rules have counted between two readings: a rule that counted exactly as many packets as were sent is better
/// evidence than one that looks as if it dropped them.
///
/// ```swift
/// let delta = CounterDelta(before: first, after: second)
/// let droppers = delta.rises(of: 3).filter(\.drops)
/// ```
///
/// A rule is known again by its family, table, chain, handle and text; one of iptables, which has no handle, by its
/// text and its number among the rules of its chain with that text. So a rule that is put in or taken out between the
/// readings does not shift the others. Rules without a counter are not seen; rules that share a named counter rise
/// together.
public struct CounterDelta: Hashable, Sendable {
  /// A counter that rose.
  public struct Rise: Hashable, Sendable {
    /// The rule, or the policy.
    public var rule: RuleReference
    /// Whether it is the policy of the chain.
    public var isPolicy: Bool
    /// Whether the rule, or the policy, is one that can drop or reject.
    public var drops: Bool
    /// Whether the rule was not there at the first reading; it has counted from 0 then.
    public var isNew: Bool
    /// By how many packets the counter rose.
    public var packets: UInt64
    /// By how many bytes the counter rose.
    public var bytes: UInt64
  }

  /// Every counter that rose, in the order of the second reading.
  public var rises: [Rise] = []
  /// Rules whose counters went back: somebody set them to 0 in between, so that nothing can be said of them.
  public var reset: [RuleReference] = []

  /// Compares two readings of the same namespace. Complexity: O(rules).
  public init(before: Ruleset, after: Ruleset) {
    let old = Dictionary(CounterDelta.entries(before).map { ($0.identity, $0.counters) }) { first, _ in first }
    for entry in CounterDelta.entries(after) {
      let earlier = old[entry.identity]
      let base = earlier ?? RuleCounters(packets: 0, bytes: 0)
      guard entry.counters.packets >= base.packets, entry.counters.bytes >= base.bytes else {
        reset.append(entry.rule)
        continue
      }
      guard entry.counters.packets > base.packets else { continue }
      rises.append(
        Rise(
          rule: entry.rule, isPolicy: entry.isPolicy, drops: entry.drops, isNew: earlier == nil,
          packets: entry.counters.packets - base.packets, bytes: entry.counters.bytes - base.bytes))
    }
  }

  /// The counters that rose by exactly so many packets, and by exactly so many bytes where those are given.
  public func rises(of packets: UInt64, bytes: UInt64? = nil) -> [Rise] {
    rises.filter { $0.packets == packets && (bytes == nil || $0.bytes == bytes) }
  }

  /// The counters that rose by so many packets or more.
  public func rises(ofAtLeast packets: UInt64) -> [Rise] {
    rises.filter { $0.packets >= packets }
  }
}

extension CounterDelta {
  /// What makes a rule the same one at both readings.
  private struct Identity: Hashable {
    var family: RuleTable.Family
    var origin: RuleTable.Origin
    var table: String
    var chain: String
    var handle: UInt64?
    /// Nil for the policy.
    var text: String?
    /// The number among the rules of the chain that have the same text.
    var ordinal: Int
  }

  private struct Entry {
    var identity: Identity
    var rule: RuleReference
    var counters: RuleCounters
    var isPolicy: Bool
    var drops: Bool
  }

  private static func entries(_ ruleset: Ruleset) -> [Entry] {
    var entries: [Entry] = []
    for table in ruleset.tables {
      for chain in table.chains {
        func identity(_ handle: UInt64?, _ text: String?, _ ordinal: Int) -> Identity {
          Identity(
            family: table.family, origin: table.origin, table: table.name, chain: chain.name, handle: handle,
            text: text, ordinal: ordinal)
        }
        var seen: [String: Int] = [:]
        for rule in chain.rules {
          let ordinal = rule.handle == nil ? seen[rule.text, default: 0] : 0
          seen[rule.text] = ordinal + 1
          guard let counters = rule.counters else { continue }
          entries.append(
            Entry(
              identity: identity(rule.handle, rule.text, ordinal), rule: RuleReference(rule, chain, table),
              counters: counters, isPolicy: false, drops: rule.drops))
        }
        if let counters = chain.policyCounters {
          entries.append(
            Entry(
              identity: identity(nil, nil, 0), rule: RuleReference(policyOf: chain, table), counters: counters,
              isPolicy: true, drops: chain.base?.dropsByDefault == true))
        }
      }
    }
    return entries
  }
}

extension Rule {
  /// Whether a statement of the rule itself drops or rejects.
  fileprivate var drops: Bool {
    statements.contains { statement in
      switch statement {
      case .verdict(.drop), .verdict(.reject): true
      case .verdictMap(_, let elements): elements.contains { $0.verdict == .drop }
      default: false
      }
    }
  }
}
