/// Something that is wrong in a laboratory, on purpose.
public enum Fault: Sendable {
  /// The host's end of the container's cable is switched off.
  case portDown(String)
  /// The container's eth0 is switched off.
  case interfaceDown(String)
  /// The bridge is switched off.
  case bridgeDown(String)
  /// A setting of the port that the container is plugged into.
  case port(String, PortSetting, UInt8)
  /// The host's end of the cable is a port of nothing.
  case unplugged(String)
  /// The host's end of the cable is a port of another bridge.
  case replugged(String, bridge: String)
  /// eth0 has another address than it should have; nil: none.
  case address(String, [UInt8]?, prefixLength: UInt8)
  /// A route that swallows packets to a container.
  case blackhole(String, to: String)
  /// A neighbour's hardware address that is not the container's, for good.
  case wrongNeighbor(String, of: String)
  /// The bridge is told for good that a container lives behind another one's port.
  case wrongPort(of: String, behind: String)
  /// Both ends of the cable have another MTU, in bytes.
  case mtu(String, UInt32)
  /// A value below /proc/sys/net, in a container or (nil) on the host.
  case sysctl(String?, path: String, value: String)
  /// A base chain without rules, whose policy is drop, in a container or (nil) on the host.
  case dropPolicy(String?, DropPolicy)

  /// A setting of a bridge's port: `IFLA_BRPORT_STATE`, `IFLA_BRPORT_LEARNING`, `IFLA_BRPORT_UNICAST_FLOOD`,
  /// `IFLA_BRPORT_ISOLATED`.
  public enum PortSetting: Sendable { case state, learning, flood, isolated }

  /// Where packets are dropped.
  public enum DropPolicy: Sendable {
    /// What comes in for the namespace itself, over IPv4 and IPv6.
    case input
    /// What it forwards, frames between ports included where br_netfilter shows them to IP.
    case forward
  }
}
