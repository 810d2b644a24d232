/// A place in the kernel's path where netfilter asks its chains (`NF_INET_*`, `NF_NETDEV_*`).
public enum Hook: String, Hashable, Sendable {
  /// Every packet that comes in, before it is routed (`NF_INET_PRE_ROUTING`).
  case prerouting
  /// What is for the namespace itself (`NF_INET_LOCAL_IN`).
  case input
  /// What is passed on (`NF_INET_FORWARD`).
  case forward
  /// What the namespace itself sends (`NF_INET_LOCAL_OUT`).
  case output
  /// Every packet that leaves, after it was routed (`NF_INET_POST_ROUTING`).
  case postrouting
  /// What a device receives, before everything else (`NF_NETDEV_INGRESS`, `NF_INET_INGRESS`).
  case ingress
  /// What a device is to send, after everything else (`NF_NETDEV_EGRESS`).
  case egress
}

/// A counter of packets and bytes.
public struct RuleCounters: Hashable, Sendable {
  /// Packets.
  public var packets: UInt64
  /// Bytes, of the packets with their IP headers.
  public var bytes: UInt64

  /// Makes a counter.
  public init(packets: UInt64, bytes: UInt64) {
    self.packets = packets
    self.bytes = bytes
  }
}

/// The rules of one network namespace, whoever wrote them.
public struct Ruleset: Hashable, Sendable {
  /// The tables, in the order in which their reader listed them: the order of their creation.
  public var tables: [RuleTable]

  /// Makes a list of these tables.
  public init(tables: [RuleTable] = []) { self.tables = tables }

  /// The rules of both.
  public static func + (a: Ruleset, b: Ruleset) -> Ruleset { Ruleset(tables: a.tables + b.tables) }
}

/// A table of one family.
public struct RuleTable: Hashable, Sendable {
  /// The families of nft(8); iptables knows the first two.
  public enum Family: String, Hashable, Sendable {
    case ip
    case ip6
    /// IPv4 and IPv6 together.
    case inet
    case bridge
    case arp
    /// Whatever single devices receive or send.
    case netdev
  }

  /// Whose table it is, and so which tool changes it.
  public enum Origin: Hashable, Sendable {
    /// iptables on top of nf_tables; nft(8) lists these tables too.
    case iptablesNFT
    /// iptables with the kernel's old tables, of which nft(8) knows nothing.
    case iptablesLegacy
    /// nft(8), or a program that speaks to nf_tables by itself.
    case nft
  }

  /// Which packets the table sees.
  public var family: Family
  /// The name, safe to show.
  public var name: String
  /// Whose table it is.
  public var origin: Origin
  /// Whether its base chains are switched off (nft's flag `dormant`).
  public var isDormant: Bool
  /// The chains, in the order of their creation.
  public var chains: [RuleChain]

  /// Makes a table.
  public init(family: Family, name: String, origin: Origin, isDormant: Bool = false, chains: [RuleChain] = []) {
    self.family = family
    self.name = name
    self.origin = origin
    self.isDormant = isDormant
    self.chains = chains
  }
}

/// A chain; one with a base is called by the kernel, the others are jumped to.
public struct RuleChain: Hashable, Sendable {
  /// How a base chain hangs in the kernel.
  public struct Base: Hashable, Sendable {
    /// `nat` chains see only the first packet of a connection; `route` ones look the route up again after a change.
    public enum Kind: String, Hashable, Sendable {
      case filter
      case nat
      case route
    }

    /// What the chain is for.
    public var kind: Kind
    /// Where the kernel calls it.
    public var hook: Hook
    /// Lower runs first (`NF_IP_PRI_*`).
    public var priority: Int
    /// Whether a packet that falls off the end is dropped.
    public var dropsByDefault: Bool
    /// The devices of an ingress or egress chain; nil where the reader did not tell them (nft 1.0.6 does not).
    public var devices: [String]?

    /// Makes the base of a chain.
    public init(kind: Kind = .filter, hook: Hook, priority: Int, dropsByDefault: Bool, devices: [String]? = nil) {
      self.kind = kind
      self.hook = hook
      self.priority = priority
      self.dropsByDefault = dropsByDefault
      self.devices = devices
    }
  }

  /// The name, safe to show.
  public var name: String
  /// How it hangs in the kernel; nil for a chain that is only jumped to.
  public var base: Base?
  /// The policy's counters; only iptables has them.
  public var policyCounters: RuleCounters?
  /// The rules, in order.
  public var rules: [Rule]

  /// Makes a chain.
  public init(name: String, base: Base? = nil, policyCounters: RuleCounters? = nil, rules: [Rule] = []) {
    self.name = name
    self.base = base
    self.policyCounters = policyCounters
    self.rules = rules
  }
}

/// A rule: statements that are carried out in order until a match fails or a verdict is given.
public struct Rule: Hashable, Sendable {
  /// What it asks and does, in order.
  public var statements: [RuleStatement]
  /// Its first counter, where it has one.
  public var counters: RuleCounters?
  /// nft's handle, unique in its table.
  public var handle: UInt64?
  /// The rule's number in its chain, from 1, as `iptables -L --line-numbers` prints it; nft rules have a handle
  /// instead.
  public var line: Int?
  /// The rule as the user's tool prints it, without counters, safe to show.
  public var text: String

  /// Makes a rule.
  public init(
    statements: [RuleStatement], counters: RuleCounters? = nil, handle: UInt64? = nil, line: Int? = nil,
    text: String = ""
  ) {
    self.statements = statements
    self.counters = counters
    self.handle = handle
    self.line = line
    self.text = text
  }

  /// What the rule asks of a packet, in order.
  public var conditions: [Match] {
    statements.compactMap { if case .match(let condition) = $0 { condition } else { nil } }
  }
}
