public import Topology

/// Datagrams to a UDP port.
public struct DatagramProbe: Hashable, Sendable {
  public var namespace: NamespaceID
  public var source: IPAddress?
  public var destination: IPAddress
  public var outLink: LinkRef?
  public var port: UInt16
  public var timeout: Int

  public init(
    namespace: NamespaceID, source: IPAddress?, destination: IPAddress, outLink: LinkRef? = nil, port: UInt16,
    timeout: Int = 1000
  ) {
    self.namespace = namespace
    self.source = source
    self.destination = destination
    self.outLink = outLink
    self.port = port
    self.timeout = timeout
  }
}

/// What became of datagrams.
public enum DatagramOutcome: Hashable, Sendable {
  case answered
  case refused
  case silent
  case failed(errno: Int32, message: String)
}
