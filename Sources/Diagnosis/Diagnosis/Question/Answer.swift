public import Netfilter
internal import Paths
public import Topology

/// What was found out; the answer to one `Question`.
public enum Answer: Hashable, Sendable {
  /// Routes, rules, neighbours, forwarding database, VLANs and settings of the namespace.
  case tables(NetworkTables)
  /// The raw text that each tool printed. A source that was asked for and is not there counts as unread.
  case rules([RuleSource: RuleText])
  /// What the kernel said of the route, also where it refused.
  case route(RouteAnswer)
  /// Links that are gone, or whose counters could not be read, are left out.
  case counters([LinkRef: Counters])
  /// What became of the echo requests.
  case echo(EchoOutcome)
  /// The entries of the namespace (`RTM_GETNEIGH`); empty where it has none.
  case neighbors([Neighbor])
  /// Ports, in any order.
  case listening([UInt16])
  /// What became of the attempt to open a TCP connection.
  case connection(ConnectOutcome)
  /// What the rule trace told, and what became of its echo requests.
  case trace(TraceOutcome)
  /// It could not be found out.
  case unread(Unread)
}

/// Why something could not be read.
public struct Unread: Error, Hashable, Sendable {
  /// The reason, for people: `EPERM: operation not permitted`, `no such program`.
  public var reason: String
  /// The capability or the tool that is missing, where that is the reason: `CAP_NET_RAW`, `nft`.
  public var missing: String?

  /// Makes a reason.
  public init(_ reason: String, missing: String? = nil) {
    self.reason = SafeText.clean(reason)
    self.missing = missing.map(SafeText.clean)
  }
}

/// What a tool printed.
public enum RuleText: Hashable, Sendable {
  /// The output with its counters; of a file, what is in it.
  case text(String)
  /// Why there is no output.
  case unread(Unread)
}

/// What the kernel said of a route.
public enum RouteAnswer: Hashable, Sendable {
  /// The route that the kernel chose.
  case route(RouteDecision)
  /// The kernel's errno (positive) and its own message where it gave one, else empty.
  case refused(errno: Int32, message: String)
}

/// A route that the kernel chose for one packet.
public struct RouteDecision: Hashable, Sendable {
  /// `unicast`, `local`, `broadcast`, `multicast`, `blackhole` … (`rtm_type`, as `RouteEntry.type`).
  public var type: String
  /// `RTA_TABLE`, 254: main.
  public var table: UInt32
  /// The next hop (`RTA_GATEWAY`, `RTA_VIA`); nil: the destination is on the link itself.
  public var gateway: IPAddress?
  /// `RTA_OIF`.
  public var outLink: LinkRef?
  /// `RTA_PREFSRC`.
  public var preferredSource: IPAddress?
  /// `RTAX_MTU`, bytes.
  public var mtu: UInt32?

  /// Makes a decision.
  public init(
    type: String = "unicast", table: UInt32 = 254, gateway: IPAddress? = nil, outLink: LinkRef? = nil,
    preferredSource: IPAddress? = nil, mtu: UInt32? = nil
  ) {
    self.type = type
    self.table = table
    self.gateway = gateway
    self.outLink = outLink
    self.preferredSource = preferredSource
    self.mtu = mtu
  }
}

/// What became of a series of echo requests.
public struct EchoOutcome: Hashable, Sendable {
  /// How many were handed to the kernel, also those that it refused to send.
  public var sent: Int
  /// How many of them had a reply in time.
  public var received: Int
  /// Milliseconds, of each reply.
  public var roundTrips: [Double]
  /// ICMP errors that came back.
  public var errors: [ICMPError]
  /// Why the kernel refused to send: errno (positive) and its text. One for each refusal.
  public var refusals: [SendRefusal]

  /// Makes an outcome.
  public init(
    sent: Int, received: Int, roundTrips: [Double] = [], errors: [ICMPError] = [], refusals: [SendRefusal] = []
  ) {
    self.sent = sent
    self.received = received
    self.roundTrips = roundTrips
    self.errors = errors
    self.refusals = refusals
  }

  /// A request that the kernel would not send.
  public struct SendRefusal: Hashable, Sendable {
    /// Positive.
    public var errno: Int32
    /// The errno's own text, where known with the MTU in bytes; control characters are escaped.
    public var message: String

    /// Makes a refusal.
    public init(errno: Int32, message: String) {
      self.errno = errno
      self.message = SafeText.clean(message)
    }
  }
}

/// An error that somebody on the way reported (RFC 792, RFC 4443).
public struct ICMPError: Hashable, Sendable {
  /// Who reported it; nil: this host's own stack, by the error queue.
  public var reporter: IPAddress?
  /// 3: destination unreachable, 11: time exceeded; of ICMPv6 1, 3, and 2: packet too big.
  public var type: UInt8
  /// Says more of the type: of type 3, 1 is host unreachable and 4 fragmentation needed.
  public var code: UInt8
  /// The next link's MTU in bytes, of a packet too big.
  public var mtu: UInt32?

  /// Makes an error.
  public init(reporter: IPAddress? = nil, type: UInt8, code: UInt8, mtu: UInt32? = nil) {
    self.reporter = reporter
    self.type = type
    self.code = code
    self.mtu = mtu
  }
}

/// What became of an attempt to connect.
public enum ConnectOutcome: Hashable, Sendable {
  /// SYN-ACK: somebody listens.
  case accepted
  /// RST: the destination answered that nobody listens (`ECONNREFUSED`). A firewall may have said it in its name.
  case refused
  /// No answer within `ConnectProbe.timeout`, or `ETIMEDOUT`.
  case timedOut
  /// Any other errno (positive): `EHOSTUNREACH`, `ENETUNREACH`, `EACCES` …
  case failed(errno: Int32, message: String)
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
