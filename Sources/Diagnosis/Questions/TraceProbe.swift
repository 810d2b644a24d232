public import Netfilter
public import Topology

/// Echo requests that the kernel's rule trace follows.
public struct TraceProbe: Hashable, Sendable {
  /// The namespaces in which to switch the trace on: those that the packet passes.
  public var namespaces: [NamespaceID]
  /// The requests that are sent and followed.
  public var echo: EchoProbe

  /// Makes a probe.
  public init(namespaces: [NamespaceID], echo: EchoProbe) {
    self.namespaces = namespaces
    self.echo = echo
  }
}

/// What the kernel's rule trace told.
public struct TraceOutcome: Hashable, Sendable {
  /// What became of the echo requests that were traced.
  public var echo: EchoOutcome
  /// In the order in which the kernel told them.
  public var steps: [Step]
  /// Namespaces in which no trace could be switched on.
  public var unread: [NamespaceID: Unread]

  /// Makes an outcome.
  public init(echo: EchoOutcome, steps: [Step], unread: [NamespaceID: Unread] = [:]) {
    self.echo = echo
    self.steps = steps
    self.unread = unread
  }

  /// One event of `NFNLGRP_NFTRACE`.
  public struct Step: Hashable, Sendable {
    /// What the kernel tells of (`NFT_TRACETYPE_*`).
    public enum Kind: String, Hashable, Sendable {
      /// A rule whose matches all held (`NFT_TRACETYPE_RULE`).
      case rule
      /// The end of a base chain, where its policy decides (`NFT_TRACETYPE_POLICY`).
      case policy
      /// A return to the calling chain (`NFT_TRACETYPE_RETURN`).
      case chainReturn = "return"
    }

    /// Where the packet was at this step.
    public var namespace: NamespaceID
    /// Whether a rule, a policy or a return is meant.
    public var kind: Kind
    /// The family of the table.
    public var family: RuleTable.Family
    /// The table's name, safe to show.
    public var table: String
    /// The chain's name, safe to show.
    public var chain: String
    /// The rule's handle; nil for a policy or a return.
    public var handle: UInt64?
    /// `accept`, `drop`, `continue`, `jump NAME`, `goto NAME`, `return`, `queue`.
    public var verdict: String
    /// Whether the packet traced is the reply.
    public var isReply: Bool

    /// Makes a step; names are made safe.
    public init(
      namespace: NamespaceID, kind: Kind, family: RuleTable.Family, table: String, chain: String,
      handle: UInt64? = nil, verdict: String, isReply: Bool = false
    ) {
      self.namespace = namespace
      self.kind = kind
      self.family = family
      self.table = SafeText.clean(table)
      self.chain = SafeText.clean(chain)
      self.handle = handle
      self.verdict = SafeText.clean(verdict)
      self.isReply = isReply
    }
  }
}
