public import Netfilter
public import Paths
public import Topology

/// Why one end can, or can't, reach the other.
public struct Explanation: Hashable, Sendable {
  public enum Verdict: String, Hashable, Sendable {
    case reachable
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
    public var namespace: NamespaceID?
    public var interface: String?
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

  public var source: End
  public var destination: End
  public var verdict: Verdict
  /// What became of the echo requests; nil where none were sent.
  public var probe: EchoOutcome?
  /// What became of the TCP probe, where one was sent.
  public var connection: Connection?
  /// The first fault that the packet meets, request before reply; set unless the verdict is `reachable`.
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
    public var port: UInt16
    public var outcome: ConnectOutcome

    /// Makes a probe.
    public init(port: UInt16, outcome: ConnectOutcome) {
      self.port = port
      self.outcome = outcome
    }
  }

  /// Something that is wrong on the way.
  public struct Finding: Hashable, Sendable {
    public var code: CauseCode
    /// Where.
    public var namespace: NamespaceID?
    /// The namespace's name, for people.
    public var namespaceName: String
    /// The interface that it is about, where it is about one.
    public var interface: String?
    /// Its identity.
    public var link: LinkRef?
    /// Whether it stops the reply, not the request.
    public var isOnReply: Bool
    /// One sentence.
    public var claim: String
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
    public var link: LinkRef?
    public var namespace: NamespaceID?
    public var namespaceName: String
    public var interface: String
    public var role: Hop.Role
    /// What the link counted while the probes were sent; nil where it is not known.
    public var packetsIn: UInt64?
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
    public enum State: String, Hashable, Sendable {
      case ok
      case bad
      case unknown
    }

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

/// The codes of `explain`'s JSON.
public enum CauseCode: String, Hashable, Sendable, CaseIterable {
  case namespaceGone = "namespace-gone"
  case linkDown = "link-down"
  case noCarrier = "no-carrier"
  case noAddress = "no-address"
  case noRoute = "no-route"
  case routeRejects = "route-rejects"
  case wrongSubnet = "wrong-subnet"
  case notABridgePort = "not-a-bridge-port"
  case differentBridges = "different-bridges"
  case bridgeDown = "bridge-down"
  case portNotForwarding = "port-not-forwarding"
  case portIsolated = "port-isolated"
  case vlanMismatch = "vlan-mismatch"
  case floodingOff = "flooding-off"
  case fdbWrongPort = "fdb-wrong-port"
  case neighborFailed = "neighbor-failed"
  case neighborWrongMAC = "neighbor-wrong-mac"
  case neighborOff = "neighbor-off"
  case duplicateAddress = "duplicate-address"
  case duplicateMAC = "duplicate-mac"
  case firewallDrop = "firewall-drop"
  case forwardingOff = "forwarding-off"
  case reversePathFilter = "reverse-path-filter"
  case echoIgnored = "echo-ignored"
  case mtuMismatch = "mtu-mismatch"
  case networkIsolation = "network-isolation"
  /// The destination answers, and nothing listens on the port that was asked for.
  case portClosed = "port-closed"
  case unknown
}
