extension Blueprint {
  /// docker0 with test1 and test2, and something wrong between them.
  private static func pair(
    _ name: String, _ summary: String, _ faults: [Fault], more: [Container] = [], bridges: [Bridge] = [],
    second: String = "docker0"
  ) -> Blueprint {
    Blueprint(
      name: name, summary: summary,
      bridges: [Bridge(name: "docker0", network: "bridge", address: [172, 17, 0, 1])] + bridges,
      hosts: [
        Container(name: "test1", image: "busybox", networks: [("docker0", 2)]),
        Container(name: "test2", image: "busybox", networks: [(second, 3)]),
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
      more: [Container(name: "test3", image: "busybox", networks: [("docker0", 4)])]),
    pair(
      "two-networks", "test2 is on another network, and the host does not forward",
      [.sysctl(nil, path: "ipv4/ip_forward", value: "0")],
      bridges: [Bridge(name: "br-backend", network: "backend", address: [172, 19, 0, 1])], second: "br-backend"),
    pair(
      "forward-drop", "the host's firewall drops what it forwards, frames on docker0 as well",
      [.dropPolicy(nil, .forward)]),
    pair("input-drop", "a firewall inside test2 drops what comes in", [.dropPolicy("test2", .input)]),
    pair(
      "reply-filter", "test1 gets the reply, and drops it", [.dropPolicy("test1", .input)]),
    pair(
      "ping-ignored", "test2 answers no ping, but TCP",
      [.sysctl("test2", path: "ipv4/icmp_echo_ignore_all", value: "1")]),
    pair("mtu", "test2's cable is narrower than the others: large packets vanish", [.mtu("test2", 1200)]),
  ]
}
