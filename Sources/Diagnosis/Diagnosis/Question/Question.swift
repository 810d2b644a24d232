internal import Netfilter
internal import Paths
public import Topology

/// Something that an explanation has to know of the kernel, and that only somebody with system calls can find out.
///
/// Each case says which case of `Answer` belongs to it. Whatever can't be found out is answered with `.unread`.
public enum Question: Hashable, Sendable {
  /// Routes, rules, neighbours, fdb, VLANs and settings of a namespace. Answer: `.tables`.
  case tables(NamespaceID)
  /// What the tools print of a namespace's packet filter, run inside it. Answer: `.rules`.
  case rules(NamespaceID, Set<RuleSource>, Moment)
  /// Where the kernel would send a packet (`RTM_GETROUTE`). Answer: `.route`.
  case route(RouteQuery)
  /// Counters of these links. Answer: `.counters`.
  case counters([LinkRef], Moment)
  /// Echo requests. Answer: `.echo`.
  case echo(EchoProbe)
  /// The neighbours of a namespace, now that the probes have been sent. Answer: `.neighbors`.
  case neighbors(NamespaceID)
  /// The TCP ports on which something listens in a namespace, on that address or on all. Answer: `.listening`.
  case listening(NamespaceID, IPAddress)
  /// One attempt to open a TCP connection, closed at once. Answer: `.connection`.
  case connect(ConnectProbe)
  /// Echo requests again, with the kernel's rule trace switched on for them. Answer: `.trace`.
  case trace(TraceProbe)

  /// Whether something is read before or after the probes were sent.
  public enum Moment: String, Hashable, Sendable {
    /// Before the first probe is sent.
    case before
    /// After the probes, so that the counters hold them.
    case after
  }
}

/// A tool, or a file, that tells of a namespace's packet filter.
public enum RuleSource: String, Hashable, Sendable, CaseIterable {
  /// `iptables-nft-save -c`, or an `iptables-save` whose `-V` says `nf_tables`.
  case iptables
  /// The same of ip6tables.
  case ip6tables
  /// `iptables-legacy-save -c`, or an `iptables-save` whose `-V` says `legacy`. Asked only where `legacyTables` is not
  /// empty: nothing is loaded by it then.
  case iptablesLegacy
  /// The same of ip6tables.
  case ip6tablesLegacy
  /// `nft -j list ruleset`.
  case nft
  /// `nft list chains`: before 1.0.7 the JSON does not say which devices a chain at ingress belongs to.
  case nftChains
  /// `/proc/net/ip_tables_names` as read inside (`/proc/thread-self/net/…`); a file that does not exist is an empty
  /// text.
  case legacyTables
  /// `/proc/net/ip6_tables_names`.
  case legacyTables6

  /// The usual command, or the file's path.
  public var command: String {
    switch self {
    case .iptables: "iptables-nft-save -c"
    case .ip6tables: "ip6tables-nft-save -c"
    case .iptablesLegacy: "iptables-legacy-save -c"
    case .ip6tablesLegacy: "ip6tables-legacy-save -c"
    case .nft: "nft -j list ruleset"
    case .nftChains: "nft list chains"
    case .legacyTables: "/proc/net/ip_tables_names"
    case .legacyTables6: "/proc/net/ip6_tables_names"
    }
  }
}

/// What the kernel is asked of its routing (`RTM_GETROUTE` without `RTM_F_FIB_MATCH`).
public struct RouteQuery: Hashable, Sendable {
  /// The namespace whose routing is asked.
  public var namespace: NamespaceID
  /// `RTA_DST`.
  public var destination: IPAddress
  /// `RTA_SRC`; nil: the kernel's choice.
  public var source: IPAddress?
  /// `RTA_IIF`: the interface that the packet came in by, of a packet that is not this namespace's own. With it the
  /// kernel also applies rp_filter and, for IPv4, ip_forward.
  public var inLink: LinkRef?
  /// `RTA_OIF`, where the sender is bound to an interface.
  public var outLink: LinkRef?
  /// `RTA_MARK`.
  public var mark: UInt32
  /// `RTA_IP_PROTO`.
  public var protocolNumber: UInt8?
  /// `RTA_DPORT`.
  public var destinationPort: UInt16?

  /// Makes a query.
  public init(
    namespace: NamespaceID, destination: IPAddress, source: IPAddress? = nil, inLink: LinkRef? = nil,
    outLink: LinkRef? = nil, mark: UInt32 = 0, protocolNumber: UInt8? = nil, destinationPort: UInt16? = nil
  ) {
    self.namespace = namespace
    self.destination = destination
    self.source = source
    self.inLink = inLink
    self.outLink = outLink
    self.mark = mark
    self.protocolNumber = protocolNumber
    self.destinationPort = destinationPort
  }
}

/// A series of echo requests.
public struct EchoProbe: Hashable, Sendable {
  /// The namespace that they are sent from.
  public var namespace: NamespaceID
  /// The source address; nil: the kernel's choice (the address has gone, or the probe goes to itself).
  public var source: IPAddress?
  /// The address to send to.
  public var destination: IPAddress
  /// The interface to send by: needed for a link-local IPv6 address only (`sin6_scope_id`), else nil.
  public var outLink: LinkRef?
  /// Bytes of the whole packet with its IP header: 84 is ping's 56 bytes of data over IPv4.
  public var size: Int
  /// Whether to forbid fragmentation (`IP_PMTUDISC_PROBE`).
  public var forbidsFragments: Bool
  /// How many requests are sent.
  public var count: Int
  /// Milliseconds between two of them.
  public var interval: Int
  /// Milliseconds after the last request; a request that has no reply by then is lost.
  public var timeout: Int

  /// Makes a series.
  public init(
    namespace: NamespaceID, source: IPAddress?, destination: IPAddress, outLink: LinkRef? = nil, size: Int,
    forbidsFragments: Bool = false, count: Int = 3, interval: Int = 200, timeout: Int = 600
  ) {
    self.namespace = namespace
    self.source = source
    self.destination = destination
    self.outLink = outLink
    self.size = size
    self.forbidsFragments = forbidsFragments
    self.count = count
    self.interval = interval
    self.timeout = timeout
  }
}

/// An attempt to open a TCP connection.
public struct ConnectProbe: Hashable, Sendable {
  /// The namespace that it is made from.
  public var namespace: NamespaceID
  /// The source address; nil: the kernel's choice.
  public var source: IPAddress?
  /// The address to connect to.
  public var destination: IPAddress
  /// The interface to connect by: needed for a link-local IPv6 address only (`sin6_scope_id`), else nil.
  public var outLink: LinkRef?
  /// The TCP port to connect to.
  public var port: UInt16
  /// Milliseconds after which no answer is waited for any more.
  public var timeout: Int

  /// Makes an attempt.
  public init(
    namespace: NamespaceID, source: IPAddress?, destination: IPAddress, outLink: LinkRef? = nil, port: UInt16,
    timeout: Int = 500
  ) {
    self.namespace = namespace
    self.source = source
    self.destination = destination
    self.outLink = outLink
    self.port = port
    self.timeout = timeout
  }
}

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
