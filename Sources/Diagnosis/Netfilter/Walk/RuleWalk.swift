internal import Sentences

/// Answers what happens to a packet at a hook of netfilter, or says what it would have to know for that.
///
/// ```swift
/// let docker = try Ruleset(iptablesSave: saved, family: .ip, origin: .iptablesNFT)
/// let rules = try Ruleset(nftJSON: listed, with: docker)
/// let walk = RuleWalk(rules, facts: NamespaceFacts(namespace))
/// switch walk.evaluate(packet, at: .forward).verdict {
/// case .accept: …
/// case .drop(let droppingRule): …
/// case .unknown(let matches): …
/// }
/// ```
///
/// A match that can't be decided is followed both ways. Where the ways meet again, what differs in the packet counts as
/// unknown, so the walk takes one pass over the rules however many such matches there are, and an answer that is not
/// `unknown` holds whichever way they go.
public struct RuleWalk: Sendable {
  /// The layer that a hook belongs to; ingress and egress have none.
  public enum Layer: Hashable, Sendable {
    /// IPv4, IPv6 and ARP, after the family of the packet.
    case network
    /// Frames that a bridge passes on.
    case bridge
  }

  /// The most rules that are looked at in one walk: jumps can multiply a few rules into more than a life's worth.
  public static let ruleLimit = 200_000
  /// The most undecided matches that a result names, and the most rules that may drop the packet.
  public static let unknownLimit = 64
  /// The most steps that a trail keeps.
  public static let trailLimit = 256
  /// `NFT_JUMP_STACK_SIZE`; iptables-legacy makes its stack as deep as the rules need.
  static let jumpLimit = 16
  static let legacyJumpLimit = 64

  /// The rules that are walked.
  public let ruleset: Ruleset
  /// What is known of the namespace.
  public let facts: NamespaceFacts
  /// The most rules that are looked at in one walk: fewer, where there is no time for so many.
  public var limit = RuleWalk.ruleLimit
  /// For each table, where its chains stand.
  let chains: [[String: Int]]

  /// Makes a walk over those rules, in a namespace of which those facts are known.
  public init(_ ruleset: Ruleset, facts: NamespaceFacts = .unknown) {
    self.ruleset = ruleset
    self.facts = facts
    chains = ruleset.tables.map { table in
      Dictionary(table.chains.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }
  }

  /// Walks a packet through every base chain of a hook. Complexity: O(rules), unless jumps multiply them.
  public func evaluate(_ packet: Packet, at hook: Hook, layer: Layer = .network) -> WalkResult {
    var journey = ChainTraversal(walk: self)
    var live = packet
    live.isTranslationSettled = false
    var droppingRules: [DroppingRule] = []
    var isCertain = true
    var ended = false
    for base in baseChains(of: hook, layer, packet) {
      let reached = reach(base, live, hook, layer)
      guard reached.truth != .no else { continue }
      let start = journey.unknowns.count
      if reached.truth == .unknown { journey.note(base, reached.what) }
      var outcome = journey.run(base, reached.packet, isCertain: isCertain && reached.truth == .yes)
      if reached.truth == .unknown { outcome.accept(reached.packet) }
      // Doubts that change nothing in the outcome are not reported.
      if outcome.accepted == nil || (outcome.drops.isEmpty && outcome.accepted == reached.packet) {
        journey.unknowns.removeSubrange(start...)
      }
      droppingRules += outcome.drops
      guard var next = outcome.accepted else {
        ended = true
        break
      }
      if next.connection == reached.packet.connection { next.connection = live.connection }
      live = next
      isCertain = isCertain && outcome.drops.isEmpty
    }
    let verdict: WalkResult.Verdict
    if let last = droppingRules.last {
      verdict = ended ? .drop(last) : .unknown(journey.unknowns)
    } else {
      verdict = .accept
    }
    live.isTranslationSettled = false
    return WalkResult(
      verdict: verdict, possibleDroppingRules: droppingRules, trail: journey.trail, packet: live,
      translations: journey.translations)
  }
}

/// A base chain of a ruleset.
struct BaseChain {
  var table: Int
  var chain: Int
  var base: RuleChain.Base
  /// Where the kernel calls it: the chains of kind `nat` share a hook of their own.
  var priority: Int
  /// When the hook that calls it was registered, and when the chain itself was.
  var hookOrder: Int
  var order: Int
}

extension RuleWalk {
  /// The base chains that see the packet at that hook, in the order in which the kernel calls them.
  ///
  /// Of equal priorities the one that was registered last runs first (`nf_hook_entries_grow`). The order of the tables
  /// stands for that of registration; of the legacy tables it is not known. The verdict seldom depends on it, but
  /// the dropping rule may.
  func baseChains(of hook: Hook, _ layer: Layer, _ packet: Packet) -> [BaseChain] {
    var found: [BaseChain] = []
    var order = 0
    // The first nat chain of any hook registers the hooks of them all (`nf_nat_register_fn`).
    var natOrder: Int?
    for (tableIndex, table) in ruleset.tables.enumerated() where !table.isDormant {
      guard RuleWalk.sees(table.family, packet.family, hook, layer) else { continue }
      for (chainIndex, chain) in table.chains.enumerated() {
        guard let base = chain.base else { continue }
        order += 1
        let isNAT = base.kind == .nat && layer == .network
        if isNAT, natOrder == nil { natOrder = order }
        guard base.hook == hook else { continue }
        let isSource = hook == .input || hook == .postrouting
        found.append(
          BaseChain(
            table: tableIndex, chain: chainIndex, base: base,
            priority: isNAT ? (isSource ? 100 : -100) : base.priority,
            hookOrder: isNAT ? natOrder ?? order : order, order: order))
      }
    }
    return found.sorted {
      ($0.priority, $1.hookOrder, $0.base.priority, $1.order) < ($1.priority, $0.hookOrder, $1.base.priority, $0.order)
    }
  }

  private static func sees(_ table: RuleTable.Family, _ packet: Packet.Family, _ hook: Hook, _ layer: Layer) -> Bool {
    if hook == .ingress || hook == .egress { return table == .netdev || table == .inet }
    if layer == .bridge { return table == .bridge }
    return switch packet {
    case .ipv4: table == .ip || table == .inet
    case .ipv6: table == .ip6 || table == .inet
    case .arp: table == .arp
    }
  }

  /// Whether a base chain is called for that packet, and how the packet looks there.
  private func reach(
    _ base: BaseChain, _ packet: Packet, _ hook: Hook, _ layer: Layer
  ) -> (truth: Truth, packet: Packet, what: String) {
    var packet = packet
    if hook == .ingress || hook == .egress {
      if hook == .ingress, packet.connection != .untracked { packet.connection = .invalid }
      guard let devices = base.base.devices, let device = hook == .ingress ? packet.inInterface : packet.outInterface
      else { return (.unknown, packet, Say.Rules.deviceOfChain) }
      return (devices.contains(device) ? .yes : .no, packet, "")
    }
    guard layer == .network else { return (.yes, packet, "") }
    if base.base.kind == .nat {
      // Only the first packet of a connection is asked, and only until one chain has decided.
      switch packet.connection {
      case .established?, .invalid?, .untracked?: return (.no, packet, "")
      case .new?: break
      case .related?, nil: return (.unknown, packet, "ct state")
      }
      switch packet.isTranslationSettled {
      case true?: return (.no, packet, "")
      case false?: return (.yes, packet, "")
      case nil: return (.unknown, packet, "ct status")
      }
    }
    // Conntrack (NF_IP_PRI_CONNTRACK) has not seen the packet yet: there every one is invalid.
    if hook == .prerouting || hook == .output, base.priority <= -200, packet.connection != .untracked {
      packet.connection = base.priority == -200 ? nil : .invalid
    }
    return (.yes, packet, "")
  }
}
