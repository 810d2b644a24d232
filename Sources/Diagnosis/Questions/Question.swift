internal import Sentences
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
  /// The sockets that listen in a namespace, of TCP and UDP; of those of the ports, the programs. Answer: `.listening`.
  case listening(NamespaceID, programsOf: Set<UInt16>)
  /// The queues to userspace that a program reads in a namespace. Answer: `.queues`.
  case queues(NamespaceID)
  /// Programs and actions that are attached to these links. Answer: `.attachments`.
  case attachments([LinkRef])
  /// One attempt to open a TCP connection, closed at once. Answer: `.connection`.
  case connect(ConnectProbe)
  /// Echo requests again, with the kernel's rule trace switched on for them. Answer: `.trace`.
  case trace(TraceProbe)
  /// A name, resolved as the programs of a namespace would. Answer: `.resolution`.
  case resolution(ResolutionQuery)
  /// The connections that a namespace tracks and that touch one of these addresses. Answer: `.connections`.
  case connections(NamespaceID, between: [IPAddress])
  /// Datagrams of UDP to one port. Answer: `.datagram`.
  case datagram(DatagramProbe)
  /// What a WireGuard link knows of its peers. Answer: `.wireGuard`.
  case wireGuard(LinkRef)

  /// Whether something is read before or after the probes were sent.
  public enum Moment: String, Hashable, Sendable {
    /// Before the first probe is sent.
    case before
    /// After the probes, so that the counters hold them.
    case after
  }
}

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
  /// The sockets, in any order.
  case listening([Listener])
  /// The numbers of the queues.
  case queues(Set<UInt16>)
  /// What is attached, in the order of the links.
  case attachments([Attachment])
  /// What became of the attempt to open a TCP connection.
  case connection(ConnectOutcome)
  /// What the rule trace told, and what became of its echo requests.
  case trace(TraceOutcome)
  /// What became of the name.
  case resolution(Resolution)
  /// The connections, and how full the table is.
  case connections(ConnectionTable)
  /// What became of the datagrams.
  case datagram(DatagramOutcome)
  /// Keys, endpoints and allowed addresses.
  case wireGuard(WireGuardDevice)
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

extension Question {
  /// What could not be found out where there is no answer, for people.
  public func description(_ name: (NamespaceID) -> String) -> String {
    switch self {
    case .tables(let namespace): Say.Question.tables(of: name(namespace))
    case .rules(let namespace, _, let moment):
      moment == .before
        ? Say.Question.rules(of: name(namespace)) : Say.Question.rulesAfterProbes(of: name(namespace))
    case .route(let query): Say.Question.route(to: "\(query.destination)", in: name(query.namespace))
    case .counters: Say.Question.counters
    case .echo(let probe): Say.Question.echo(from: name(probe.namespace), to: "\(probe.destination)")
    case .neighbors(let namespace): Say.Question.neighbors(of: name(namespace))
    case .listening(let namespace, _): Say.Question.listening(in: name(namespace))
    case .queues(let namespace): Say.Question.queues(of: name(namespace))
    case .attachments: Say.Question.attachments
    case .connect(let probe):
      Say.Question.connection(from: name(probe.namespace), to: "\(probe.destination):\(probe.port)")
    case .trace: Say.Question.trace
    case .connections(let namespace, _): Say.Question.connections(of: name(namespace))
    case .datagram(let probe):
      Say.Question.datagrams(
        from: name(probe.namespace), to: "\(probe.destination)", port: "\(probe.port)")
    case .wireGuard(let link): Say.Question.wireGuardPeers(of: name(link.namespace))
    case .resolution(let query):
      Say.Question.meaning(of: SafeText.clean(query.name), in: name(query.namespace))
    }
  }
}
