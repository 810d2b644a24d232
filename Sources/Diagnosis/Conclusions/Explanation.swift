public import Netfilter
public import Paths
public import Questions
public import Topology

/// Why one end can, or can't, reach the other.
public struct Explanation: Hashable, Sendable {
  /// Whether the source reaches the destination.
  public enum Verdict: String, Hashable, Sendable {
    /// Replies come, or the TCP port accepts.
    case reachable
    /// No reply comes, the TCP port refuses, or a fault that was read stops the packet.
    case unreachable
    /// It works, but not as it should: large packets vanish, some are lost, only ping is filtered.
    case degraded
    /// It can't be told.
    case unknown
  }

  /// One of the two ends, as it was chosen.
  public struct End: Hashable, Sendable {
    /// What a person calls it.
    public var name: String
    /// Its namespace; nil for an address outside of the picture and for a container that is not running.
    public var namespace: NamespaceID?
    /// The name of the interface that has the address; nil where none could be chosen.
    public var interface: String?
    /// The address that the probes go from or to; nil where none could be chosen.
    public var address: IPAddress?

    /// Makes an end.
    public init(
      name: String, namespace: NamespaceID? = nil, interface: String? = nil, address: IPAddress? = nil
    ) {
      self.name = name
      self.namespace = namespace
      self.interface = interface
      self.address = address
    }
  }

  /// Where the request starts.
  public var source: End
  /// Where the request is to go.
  public var destination: End
  /// Whether the source reaches the destination, by the probes first and by what was read second.
  public var verdict: Verdict
  /// What became of the echo requests; nil where none were sent.
  public var probe: EchoOutcome?
  /// What became of the TCP probe, where one was sent.
  public var connection: Connection?
  /// What was asked for, where it is more than two ends.
  public var target: ConversationTarget?
  /// What became of the name, where the destination was one that nothing in the picture has.
  public var resolution: Resolution?
  /// What became of datagrams, where they were sent.
  public var datagram: Datagram?
  /// What a rule makes of the request's ends: of its destination, where there is one that does.
  public var translation: Translation?
  /// What was sent to find it out, a line each.
  public var sent: [String] = []
  /// Whether nothing was sent: somebody beyond the picture would be the sender.
  public var isPredicted = false
  /// The first fault that the packet meets, request before reply; set unless the verdict is `reachable`, or is still
  /// to come.
  public var cause: Finding?
  /// Other faults, in the order in which a packet would meet them.
  public var also: [Finding]
  /// The way, from the source to the destination.
  public var path: [Step]
  /// What could not be read, one line each, with the capability or the tool that is missing.
  public var unread: [String]
  /// What a reader should know besides, one line each: layers of evidence that disagree, two firewalls at once,
  /// the host's own network.
  public var notes: [String]
  /// The one of the notes that says what the kernel's trace saw of our probes; nil: there was no trace, or it met nothing.
  public var traceNote: String?

  /// Makes an explanation.
  public init(
    source: End, destination: End, verdict: Verdict, probe: EchoOutcome? = nil, connection: Connection? = nil,
    cause: Finding? = nil, also: [Finding] = [], path: [Step] = [], unread: [String] = [], notes: [String] = []
  ) {
    self.source = source
    self.destination = destination
    self.verdict = verdict
    self.probe = probe
    self.connection = connection
    self.cause = cause
    self.also = also
    self.path = path
    self.unread = unread
    self.notes = notes
  }

  /// A TCP probe.
  public struct Connection: Hashable, Sendable {
    /// The TCP port that was tried.
    public var port: UInt16
    /// What became of the attempt.
    public var outcome: ConnectOutcome

    /// Makes a probe.
    public init(port: UInt16, outcome: ConnectOutcome) {
      self.port = port
      self.outcome = outcome
    }
  }

  /// Takes the verdict back while something is still asked: nobody is accused, and nothing on the way is called bad.
  public mutating func withhold() {
    verdict = .unknown
    cause = nil
    also = []
    for step in path.indices {
      if path[step].isOK == false { path[step].isOK = nil }
      for check in path[step].checks.indices where path[step].checks[check].state == .bad {
        path[step].checks[check].state = .unknown
      }
    }
  }

  /// Datagrams of UDP.
  public struct Datagram: Hashable, Sendable {
    /// The UDP port that they were sent to.
    public var port: UInt16
    /// What became of them.
    public var outcome: DatagramOutcome

    /// Makes a probe.
    public init(port: UInt16, outcome: DatagramOutcome) {
      self.port = port
      self.outcome = outcome
    }
  }

  /// What a conversation is asked for.
  public struct ConversationTarget: Hashable, Sendable {
    /// As it was typed, without a port.
    public var name: String
    /// The address that was taken; nil: none is known.
    public var address: IPAddress?
    /// The port; nil: echo.
    public var port: ServicePort?

    /// Makes a target.
    public init(name: String, address: IPAddress?, port: ServicePort?) {
      self.name = name
      self.address = address
      self.port = port
    }
  }

  /// What a rule makes of the ends of a packet.
  public struct Translation: Hashable, Sendable {
    /// The namespace that does it, for people.
    public var namespaceName: String
    /// `172.17.0.2 > 192.0.2.2:8080`.
    public var before: String
    /// The same after it.
    public var after: String
    /// The rule; nil: it can't be named.
    public var rule: RuleReference?

    /// Makes a translation.
    public init(namespaceName: String, before: String, after: String, rule: RuleReference?) {
      self.namespaceName = namespaceName
      self.before = before
      self.after = after
      self.rule = rule
    }
  }

  /// Something that is wrong on the way.
  public struct Finding: Hashable, Sendable {
    /// What kind of fault it is.
    public var code: CauseCode
    /// The namespace that it is in; nil where it is in none of the model.
    public var namespace: NamespaceID?
    /// The namespace's name, for people.
    public var namespaceName: String
    /// The name of the interface that it is about; nil where it is about none.
    public var interface: String?
    /// The identity of that interface.
    public var link: LinkRef?
    /// Whether it stops the reply, not the request.
    public var isOnReply: Bool
    /// What is wrong, in one sentence.
    public var claim: String
    /// The facts that the claim rests on.
    public var evidence: [Evidence]
    /// A command that mends it, to be printed and never run; nil where there is none.
    public var remedy: String?
    /// The rule, of `firewall-drop` and `network-isolation`.
    public var rule: RuleReference?

    /// Makes a finding.
    public init(
      code: CauseCode, namespace: NamespaceID? = nil, namespaceName: String, interface: String? = nil,
      link: LinkRef? = nil, isOnReply: Bool = false, claim: String, evidence: [Evidence], remedy: String? = nil,
      rule: RuleReference? = nil
    ) {
      self.code = code
      self.namespace = namespace
      self.namespaceName = namespaceName
      self.interface = interface
      self.link = link
      self.isOnReply = isOnReply
      self.claim = claim
      self.evidence = evidence
      self.remedy = remedy
      self.rule = rule
    }
  }

  /// A fact, and where it was read.
  public struct Evidence: Hashable, Sendable {
    /// What was read or measured, in one line: `master of veth1 is br0`.
    public var fact: String
    /// `IFLA_BRPORT_ISOLATED`, `RTM_GETROUTE`, `/proc/sys/net/ipv4/ip_forward` …
    public var source: String

    /// Makes a fact.
    public init(_ fact: String, source: String) {
      self.fact = fact
      self.source = source
    }
  }

  /// One link on the way, or the routing of a namespace.
  public struct Step: Hashable, Sendable {
    /// The link; nil for the routing of a namespace.
    public var link: LinkRef?
    /// The namespace that the link is in, or whose routing it is.
    public var namespace: NamespaceID?
    /// The namespace's name, for people.
    public var namespaceName: String
    /// The link's name; empty for the routing of a namespace.
    public var interface: String
    /// What the link is on the way.
    public var role: Hop.Role
    /// Packets that the link received while the probes were sent; nil where they are not known.
    public var packetsIn: UInt64?
    /// Packets that the link sent in that time; nil where they are not known.
    public var packetsOut: UInt64?
    /// False where a fault is at this step; nil where something here could not be told.
    public var isOK: Bool?
    /// What was looked at here, in order.
    public var checks: [Check]

    /// Makes a step.
    public init(
      link: LinkRef? = nil, namespace: NamespaceID? = nil, namespaceName: String, interface: String, role: Hop.Role,
      packetsIn: UInt64? = nil, packetsOut: UInt64? = nil, isOK: Bool?, checks: [Check]
    ) {
      self.link = link
      self.namespace = namespace
      self.namespaceName = namespaceName
      self.interface = interface
      self.role = role
      self.packetsIn = packetsIn
      self.packetsOut = packetsOut
      self.isOK = isOK
      self.checks = checks
    }
  }

  /// One thing that was looked at.
  public struct Check: Hashable, Sendable {
    /// What came of a look.
    public enum State: String, Hashable, Sendable {
      /// Nothing is wrong here.
      case ok
      /// A fault was found here.
      case bad
      /// Something could not be read or decided.
      case unknown
    }

    /// What came of it.
    public var state: State
    /// What: `link`, `route`, `port`, `fdb`, `forward rules`; with `reply: ` before it on the way back.
    public var title: String
    /// What was found: `up`, `10.0.0.0/24 by eth0`.
    public var text: String

    /// Makes a check.
    public init(_ state: State, _ title: String, _ text: String) {
      self.state = state
      self.title = title
      self.text = text
    }
  }
}
