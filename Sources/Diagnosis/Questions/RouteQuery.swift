public import Topology

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
