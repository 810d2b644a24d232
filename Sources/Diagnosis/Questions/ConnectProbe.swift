public import Topology

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
