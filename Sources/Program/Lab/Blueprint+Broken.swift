internal import Usage

extension Blueprint {
  /// docker0 with test1 and test2, and something wrong between them.
  private static func pair(
    _ name: String, _ words: @escaping @Sendable () -> String, _ faults: [Fault], more: [Container] = [],
    bridges: [Bridge] = [], second: String = "docker0"
  ) -> Blueprint {
    Blueprint(
      name: name, words: words,
      bridges: [Bridge(name: "docker0", network: "bridge", address: [172, 17, 0, 1])] + bridges,
      hosts: [
        Container(name: "test1", image: "busybox", networks: [("docker0", 2)]),
        Container(name: "test2", image: "busybox", networks: [(second, 3)]),
      ] + more, flows: [], faults: faults)
  }

  /// Networks that do not work, each for one reason: press `p` from test1 to test2.
  public static let broken: [Blueprint] = [
    pair("port-down", { Say.Scenario.portDown }, [.portDown("test2")]),
    pair("interface-down", { Say.Scenario.interfaceDown }, [.interfaceDown("test2")]),
    pair("bridge-down", { Say.Scenario.bridgeDown }, [.bridgeDown("docker0")]),
    pair("unplugged", { Say.Scenario.unplugged }, [.unplugged("test2")]),
    pair(
      "wrong-bridge", { Say.Scenario.wrongBridge }, [.replugged("test2", bridge: "br-other")],
      bridges: [Bridge(name: "br-other", network: "other", address: [172, 18, 0, 1])]),
    pair(
      "isolated-ports", { Say.Scenario.isolatedPorts }, [.port("test1", .isolated, 1), .port("test2", .isolated, 1)]),
    pair("stp-learning", { Say.Scenario.stpLearning }, [.port("test2", .state, 2)]),
    pair("flooding-off", { Say.Scenario.floodingOff }, [.port("test2", .flood, 0), .port("test2", .learning, 0)]),
    pair("wrong-port", { Say.Scenario.wrongPort }, [.wrongPort(of: "test2", behind: "test1")]),
    pair("wrong-subnet", { Say.Scenario.wrongSubnet }, [.address("test2", [172, 27, 0, 3], prefixLength: 16)]),
    pair("no-address", { Say.Scenario.noAddress }, [.address("test2", nil, prefixLength: 16)]),
    pair("blackhole", { Say.Scenario.blackhole }, [.blackhole("test1", to: "test2")]),
    pair("stale-neighbor", { Say.Scenario.staleNeighbor }, [.wrongNeighbor("test1", of: "test2")]),
    pair(
      "duplicate-address", { Say.Scenario.duplicateAddress }, [.address("test3", [172, 17, 0, 3], prefixLength: 16)],
      more: [Container(name: "test3", image: "busybox", networks: [("docker0", 4)])]),
    pair(
      "two-networks", { Say.Scenario.twoNetworks }, [.sysctl(nil, path: "ipv4/ip_forward", value: "0")],
      bridges: [Bridge(name: "br-backend", network: "backend", address: [172, 19, 0, 1])], second: "br-backend"),
    pair("forward-drop", { Say.Scenario.forwardDrop }, [.dropPolicy(nil, .forward)]),
    pair("input-drop", { Say.Scenario.inputDrop }, [.dropPolicy("test2", .input)]),
    pair("reply-filter", { Say.Scenario.replyFilter }, [.dropPolicy("test1", .input)]),
    pair(
      "ping-ignored", { Say.Scenario.pingIgnored }, [.sysctl("test2", path: "ipv4/icmp_echo_ignore_all", value: "1")]),
    pair("mtu", { Say.Scenario.mtu }, [.mtu("test2", 1200)]),
  ]
}
