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
  case setting(String?, path: String, value: String)
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

extension Blueprint {
  /// docker0 with test1 and test2, and something wrong between them.
  private static func pair(
    _ name: String, _ summary: String, _ faults: [Fault], more: [Host] = [], bridges: [Bridge] = [],
    second: String = "docker0"
  ) -> Blueprint {
    Blueprint(
      name: name, summary: summary,
      bridges: [Bridge(name: "docker0", network: "bridge", address: [172, 17, 0, 1])] + bridges,
      hosts: [
        Host(name: "test1", image: "busybox", networks: [("docker0", 2)]),
        Host(name: "test2", image: "busybox", networks: [(second, 3)]),
      ] + more, flows: [], faults: faults)
  }

  /// Networks that do not work, each for one reason: press `p` from test1 to test2.
  public static let broken: [Blueprint] = [
    pair("port-down", "the host's end of test2's cable is switched off", [.portDown("test2")]),
    pair("interface-down", "eth0 inside test2 is switched off", [.interfaceDown("test2")]),
    pair("bridge-down", "docker0 is switched off", [.bridgeDown("docker0")]),
    pair("unplugged", "test2's cable ends at the host, but in no bridge", [.unplugged("test2")]),
    pair(
      "wrong-bridge", "test2 is plugged into another bridge than its address says",
      [.replugged("test2", bridge: "br-other")],
      bridges: [Bridge(name: "br-other", network: "other", address: [172, 18, 0, 1])]),
    pair(
      "isolated-ports", "both ports are isolated: the bridge passes nothing between them",
      [.port("test1", .isolated, 1), .port("test2", .isolated, 1)]),
    pair(
      "stp-learning", "test2's port is still learning, as spanning tree lets it for 15 s; here it stays so",
      [.port("test2", .state, 2)]),
    pair(
      "flooding-off", "test2's port neither learns nor gets what the bridge floods",
      [.port("test2", .flood, 0), .port("test2", .learning, 0)]),
    pair(
      "wrong-port", "docker0 believes that test2 lives behind test1's port", [.wrongPort(of: "test2", behind: "test1")]),
    pair(
      "wrong-subnet", "test2 has an address of another subnet", [.address("test2", [172, 27, 0, 3], prefixLength: 16)]),
    pair("no-address", "test2 has no address", [.address("test2", nil, prefixLength: 16)]),
    pair("blackhole", "test1 has a route that swallows packets to test2", [.blackhole("test1", to: "test2")]),
    pair("stale-neighbor", "test1 has a wrong MAC for test2, for good", [.wrongNeighbor("test1", of: "test2")]),
    pair(
      "duplicate-address", "test3 has the address of test2, too",
      [.address("test3", [172, 17, 0, 3], prefixLength: 16)],
      more: [Host(name: "test3", image: "busybox", networks: [("docker0", 4)])]),
    pair(
      "two-networks", "test2 is on another network, and the host does not forward",
      [.setting(nil, path: "ipv4/ip_forward", value: "0")],
      bridges: [Bridge(name: "br-backend", network: "backend", address: [172, 19, 0, 1])], second: "br-backend"),
    pair(
      "forward-drop", "the host's firewall drops what it forwards, frames on docker0 as well",
      [.dropPolicy(nil, .forward)]),
    pair("input-drop", "a firewall inside test2 drops what comes in", [.dropPolicy("test2", .input)]),
    pair(
      "reply-filter", "test1 gets the reply, and drops it", [.dropPolicy("test1", .input)]),
    pair(
      "ping-ignored", "test2 answers no ping, but TCP",
      [.setting("test2", path: "ipv4/icmp_echo_ignore_all", value: "1")]),
    pair("mtu", "test2's cable is narrower than the others: large packets vanish", [.mtu("test2", 1200)]),
  ]
}
