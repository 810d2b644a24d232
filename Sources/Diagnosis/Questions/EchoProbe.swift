public import Topology

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
  /// Who answered from another address than was asked: none of it is a reply. Each once.
  public var strangers: [IPAddress]

  /// Makes an outcome.
  public init(
    sent: Int, received: Int, roundTrips: [Double] = [], errors: [ICMPError] = [], refusals: [SendRefusal] = [],
    strangers: [IPAddress] = []
  ) {
    self.sent = sent
    self.received = received
    self.roundTrips = roundTrips
    self.errors = errors
    self.refusals = refusals
    self.strangers = strangers
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
