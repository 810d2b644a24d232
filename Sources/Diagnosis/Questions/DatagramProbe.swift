public import Topology

/// Datagrams of UDP to one port, with something in them that makes a server of that port speak.
public struct DatagramProbe: Hashable, Sendable {
  /// The namespace that they are sent from.
  public var namespace: NamespaceID
  /// The source address; nil: the kernel's choice.
  public var source: IPAddress?
  /// The address to send to.
  public var destination: IPAddress
  /// The interface to send by: needed for a link-local IPv6 address only (`sin6_scope_id`), else nil.
  public var outLink: LinkRef?
  /// The UDP port to send to.
  public var port: UInt16
  /// How often it is sent where nothing comes back; the times between are the same.
  public var tries: Int
  /// Milliseconds after which no answer is waited for any more.
  public var timeout: Int

  /// Makes a probe.
  public init(
    namespace: NamespaceID, source: IPAddress? = nil, destination: IPAddress, outLink: LinkRef? = nil, port: UInt16,
    tries: Int = 3, timeout: Int = 900
  ) {
    self.namespace = namespace
    self.source = source
    self.destination = destination
    self.outLink = outLink
    self.port = port
    self.tries = tries
    self.timeout = timeout
  }
}

/// What became of datagrams.
public enum DatagramOutcome: Hashable, Sendable {
  /// Something came back from that address and port; milliseconds since the last one was sent.
  case answered(milliseconds: Double)
  /// Somebody says that the port is closed (`ECONNREFUSED`): the destination, or a firewall in its name. `by`: whose address
  /// the message has; nil: not known.
  case refused(by: IPAddress?)
  /// Any other errno (positive): `EHOSTUNREACH`, `ENETUNREACH`, `EPERM`, `EACCES` …; `by`: who reported it; nil: this host.
  case failed(errno: Int32, message: String, by: IPAddress?)
  /// Nothing came back of so many: a server that does not know what it was sent is silent, too.
  case silent(sent: Int)
}
