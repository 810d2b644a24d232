public import Topology

/// A name that is to be resolved as the programs of a namespace would do it: with their hosts file, their resolv.conf, and
/// their name servers, asked from where they are.
public struct ResolutionQuery: Hashable, Sendable {
  /// Which addresses are wanted.
  public enum Families: String, Hashable, Sendable {
    /// Whatever there is (`AF_UNSPEC`).
    case both
    /// IPv4 only (`AF_INET`).
    case ipv4
    /// IPv6 only (`AF_INET6`).
    case ipv6
  }

  /// The namespace from which the name servers are asked.
  public var namespace: NamespaceID
  /// A process of that namespace: the files are those below its root. Nil: none is known.
  public var process: Int32?
  /// What `ip netns` calls the namespace: its files are those of /etc/netns/NAME, where they are there (ip-netns(8)). Asked
  /// only without a process; without either the files are the machine's own.
  public var mountName: String?
  /// The name, as a program would ask for it: with a dot at its end it is complete.
  public var name: String
  /// Which addresses are wanted.
  public var families: Families
  /// Milliseconds within which the name servers are asked: where resolv.conf allows them more, every wait is shortened.
  public var timeout: Int

  /// Makes a query.
  public init(
    namespace: NamespaceID, process: Int32? = nil, mountName: String? = nil, name: String, families: Families = .both,
    timeout: Int = 5000
  ) {
    self.namespace = namespace
    self.process = process
    self.mountName = mountName
    self.name = name
    self.families = families
    self.timeout = timeout
  }
}

/// What became of a name.
public struct Resolution: Hashable, Sendable {
  /// Who named the addresses, or said that there are none.
  public enum Source: Hashable, Sendable {
    /// The name is an address itself.
    case literal
    /// hosts(5).
    case hostsFile
    /// A name server, by its address.
    case server(IPAddress)
  }

  /// How it ended.
  public enum Outcome: Hashable, Sendable {
    /// It has addresses.
    case found
    /// There is no such name: NXDOMAIN (RFC 1035, 4.1.1), or no source that was asked has it.
    case noSuchName
    /// The name is there, and has no address of the families wanted (NODATA, RFC 2308).
    case noAddress
    /// Every server that answered said that it can't, or won't: `SERVFAIL`, `REFUSED`, `NOTIMP` …
    case serverFailed(String)
    /// No server answered.
    case noAnswer([Silence])
    /// There is no server to ask, and why.
    case noServer(String)
    /// It can't be a name in the DNS, and why: a label of more than 63 bytes.
    case notAName(String)

    /// The outcome in a word, for JSON.
    public var word: String {
      switch self {
      case .found: "found"
      case .noSuchName: "no-such-name"
      case .noAddress: "no-address"
      case .serverFailed: "server-failed"
      case .noAnswer: "no-answer"
      case .noServer: "no-server"
      case .notAName: "not-a-name"
      }
    }
  }

  /// A server that was asked in vain.
  public struct Silence: Hashable, Sendable {
    /// Its address.
    public var server: IPAddress
    /// What the socket said instead of an answer (positive): `ECONNREFUSED`, `ENETUNREACH`, `EPERM` …; nil: nothing.
    public var errno: Int32?
    /// The errno in words; else that there was no answer.
    public var message: String

    /// Makes one; the message is made safe.
    public init(server: IPAddress, errno: Int32? = nil, message: String) {
      self.server = server
      self.errno = errno
      self.message = SafeText.clean(message)
    }
  }

  /// One question that was sent.
  public struct Sent: Hashable, Sendable {
    /// To whom.
    public var server: IPAddress
    /// The whole name, made safe.
    public var name: String
    /// `A` or `AAAA`.
    public var type: String
    /// Whether by TCP.
    public var isTCP: Bool
    /// What came of it: `NXDOMAIN`, `2 records`, `truncated`, `Connection refused`; nil: nothing.
    public var reply: String?

    /// Makes one.
    public init(server: IPAddress, name: String, type: String, isTCP: Bool, reply: String? = nil) {
      self.server = server
      self.name = name
      self.type = type
      self.isTCP = isTCP
      self.reply = reply
    }
  }

  /// The name as it was asked for, made safe.
  public var name: String
  /// How it ended.
  public var outcome: Outcome
  /// Who said so; nil: nobody did (no server answered, or none was asked).
  public var by: Source?
  /// The servers that were asked, each once, in their order.
  public var servers: [IPAddress] = []
  /// The name that the addresses belong to: behind aliases, or with a domain of the search list; made safe.
  public var canonicalName: String?
  /// The addresses, each once, in the order in which they came.
  public var addresses: [IPAddress] = []
  /// The names that the servers were asked for, in their order, made safe: `db.example.org`, `db`.
  public var tried: [String] = []
  /// Whether the hosts file has the name, whatever was asked first.
  public var isInHostsFile = false
  /// Everything that was sent.
  public var sent: [Sent] = []
  /// Sources that nsswitch.conf(5) names and that were not asked: `mdns4_minimal`, `resolve`. What they would have said
  /// is not known.
  public var unasked: [String] = []
  /// Files that could not be read, or not to their end, and why.
  public var unread: [String] = []
  /// Answers that were there and are not kept: there are too many.
  public var omitted = 0

  /// Makes a resolution; the name is made safe.
  public init(name: String, outcome: Outcome, by: Source? = nil, addresses: [IPAddress] = []) {
    self.name = SafeText.clean(name)
    self.outcome = outcome
    self.by = by
    self.addresses = addresses
  }

  /// The IPv4 addresses.
  public var ipv4: [IPAddress] { addresses.filter { !$0.isIPv6 } }
  /// The IPv6 addresses.
  public var ipv6: [IPAddress] { addresses.filter(\.isIPv6) }
}
