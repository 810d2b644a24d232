/// What the real things of a lesson's laboratory are called: read from the kernel by who tells the lesson.
package struct LessonPlaces: Sendable {
  /// The host's end of test1's cable.
  package var port1: String
  /// The host's end of test2's cable.
  package var port2: String
  /// The hardware address of test2's eth0.
  package var mac2: String
  /// The family of the host's table that drops what is forwarded: `inet` where br_netfilter shows it the frames between
  /// ports, else `bridge`.
  package var filterFamily: String

  package init(port1: String, port2: String, mac2: String, filterFamily: String) {
    self.port1 = port1
    self.port2 = port2
    self.mac2 = mac2
    self.filterFamily = filterFamily
  }
}

extension LessonName {
  /// The commands that mend it, for a shell in the laboratory's own namespaces.
  ///
  /// `nsenter` where they belong inside a container: `ip -n NAME` and `ip netns exec NAME` mount a sysfs, which a user
  /// namespace may not where something lies over a part of /sys, as in a container.
  package func solution(_ places: LessonPlaces) -> [String] {
    func inside(_ name: String, _ command: String) -> String { "nsenter --net=/run/netns/\(name) \(command)" }
    return switch self {
    case .portDown: ["ip link set dev \(places.port2) up"]
    case .interfaceDown: [inside("test2", "ip link set dev eth0 up")]
    case .bridgeDown: ["ip link set dev docker0 up"]
    case .unplugged, .wrongBridge: ["ip link set dev \(places.port2) master docker0"]
    case .isolatedPorts: ["bridge link set dev \(places.port2) isolated off"]
    case .learning: ["bridge link set dev \(places.port2) state forwarding"]
    case .floodingOff: ["bridge link set dev \(places.port2) flood on learning on"]
    case .wrongPort: ["bridge fdb del \(places.mac2) dev \(places.port1) master"]
    case .wrongSubnet:
      [
        inside("test2", "ip address del 172.27.0.3/16 dev eth0"),
        inside("test2", "ip address add 172.17.0.3/16 dev eth0"),
      ]
    case .noAddress: [inside("test2", "ip address add 172.17.0.3/16 dev eth0")]
    case .blackhole: [inside("test1", "ip route del blackhole 172.17.0.3")]
    case .staleNeighbor: [inside("test1", "ip neigh del 172.17.0.3 dev eth0")]
    case .duplicateAddress:
      [
        inside("test3", "ip address del 172.17.0.3/16 dev eth0"),
        inside("test1", "ip neigh flush to 172.17.0.3"),
      ]
    case .twoNetworks: ["sysctl -w net.ipv4.ip_forward=1"]
    case .forwardDrop: ["nft 'chain \(places.filterFamily) filter forward { policy accept; }'"]
    case .inputDrop: [inside("test2", "nft 'chain inet filter input { policy accept; }'")]
    case .replyFilter: [inside("test1", "nft 'chain inet filter input { policy accept; }'")]
    case .pingIgnored: [inside("test2", "sysctl -w net.ipv4.icmp_echo_ignore_all=0")]
    case .mtu:
      ["ip link set dev \(places.port2) mtu 1500", inside("test2", "ip link set dev eth0 mtu 1500")]
    }
  }
}
