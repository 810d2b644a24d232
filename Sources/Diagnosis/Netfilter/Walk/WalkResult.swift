/// Where a rule stands, for people: what `explain` prints as its evidence.
public struct RuleReference: Hashable, Sendable {
  /// The table's family.
  public var family: RuleTable.Family
  /// The table's name.
  public var table: String
  /// Whose table it is.
  public var origin: RuleTable.Origin
  /// The chain's name.
  public var chain: String
  /// nft's handle; a rule of iptables has a line instead, a policy has neither.
  public var handle: UInt64?
  /// The rule's number in its chain, from 1.
  public var line: Int?
  /// The rule as the user's tool prints it.
  public var text: String

  /// Makes a reference.
  public init(
    family: RuleTable.Family, table: String, origin: RuleTable.Origin, chain: String, handle: UInt64? = nil,
    line: Int? = nil, text: String
  ) {
    self.family = family
    self.table = table
    self.origin = origin
    self.chain = chain
    self.handle = handle
    self.line = line
    self.text = text
  }

  /// Where a rule of a chain stands.
  public init(_ rule: Rule, _ chain: RuleChain, _ table: RuleTable) {
    self.init(
      family: table.family, table: table.name, origin: table.origin, chain: chain.name, handle: rule.handle,
      line: rule.line, text: rule.text)
  }

  /// Where the policy of a base chain stands.
  public init(policyOf chain: RuleChain, _ table: RuleTable) {
    let word = chain.base?.dropsByDefault == true ? "drop" : "accept"
    self.init(
      family: table.family, table: table.name, origin: table.origin, chain: chain.name,
      text: table.origin == .nft ? "policy \(word)" : "-P \(chain.name) \(word.uppercased())")
  }
}

/// A match that could not be decided, and the rule that it belongs to.
public struct UnknownMatch: Hashable, Sendable {
  /// The rule; a policy has its text alone.
  public var rule: RuleReference
  /// The name of the match, or of the packet's field that is not known.
  public var what: String
}

/// What becomes of a packet at one hook.
public struct WalkResult: Hashable, Sendable {
  /// What is certain of its fate.
  public enum Verdict: Hashable, Sendable {
    /// Every base chain lets it pass, for certain.
    case accept
    /// It is dropped for certain. Where several rules could do that, this one does if no undecided match before it
    /// takes the packet.
    case drop(DroppingRule)
    /// It depends on these.
    case unknown([UnknownMatch])
  }

  /// What a rule does to a packet that outlasts the hook.
  public struct Effects: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// Makes effects of their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The connection's source is translated.
    public static let source = Effects(rawValue: 1)
    /// The connection's destination is translated.
    public static let destination = Effects(rawValue: 2)
    /// The time to live, or the hop limit, is changed.
    public static let hops = Effects(rawValue: 4)
    /// Conntrack leaves the packet alone.
    public static let untracked = Effects(rawValue: 8)

    init(_ statements: [RuleStatement]) {
      self = []
      for statement in statements {
        switch statement {
        case .translate(let translation): insert(translation.kind == .source ? .source : .destination)
        case .change(.ttl), .change(.ttlAdded), .change(.ttlUnknown): insert(.hops)
        case .change(.untracked): insert(.untracked)
        default: break
        }
      }
    }
  }

  /// A rule that the packet matched.
  public struct Step: Hashable, Sendable {
    /// The rule; a policy has its text alone.
    public var rule: RuleReference
    /// False where the match, or the way to the rule, could not be decided.
    public var isCertain: Bool
    /// The verdict; nil where the rule only counts, logs or changes the packet.
    public var verdict: RuleVerdict?
    /// What the rule does to the packet besides.
    public var effects: Effects
  }

  /// The packet's fate.
  public var verdict: Verdict
  /// Every rule and policy that may drop the packet, in the order of the walk.
  public var possibleDroppingRules: [DroppingRule]
  /// The rules that the packet matched, in order; at most `RuleWalk.trailLimit` of them.
  public var trail: [Step]
  /// The packet as it leaves the hook: marked, translated; what may or may not have been changed is unknown.
  public var packet: Packet
  /// The translations that were done, or may have been.
  public var translations: [AddressTranslation]

  /// Whether the packet's destination is another one behind this hook; nil where that can't be told.
  public var isDestinationTranslated: Bool? { packet.isDestinationTranslated }
}
