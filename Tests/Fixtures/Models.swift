public import Topology

/// Models that many tests share.
public enum Models {
  /// An interface that is up, with one IPv4 address.
  public static func link(
    _ ref: LinkRef, _ name: String, kind: String = "veth", address: String? = nil, prefix: UInt8 = 16,
    master: LinkRef? = nil, peer: LinkRef? = nil, up: Bool = true, carrier: Bool = true
  ) -> Link {
    var link = Link(id: ref, name: name, kind: kind)
    link.flags = LinkFlags(rawValue: 0x1002 | (up ? 1 : 0) | (up && carrier ? 0x10040 : 0))
    link.operState = up && carrier ? .up : .down
    link.hardwareAddress = [0x02, 0x42, 0xAC, UInt8(ref.namespace.serial & 0xFF), 0, UInt8(ref.index & 0xFF)]
    if let address, let ip = IPAddress(address) {
      link.addresses = [InterfaceAddress(local: ip, prefixLength: prefix)]
    }
    link.master = master
    if master != nil {
      link.slaveKind = "bridge"
      link.port = BridgePort(state: up && carrier ? .forwarding : .disabled, number: UInt16(ref.index & 0xFF))
    }
    if kind == "bridge" { link.bridge = BridgeFacts() }
    link.peer = peer.map { .link($0) }
    return link
  }

  /// What a bridge of a model has on it: names of containers, and which of them are down.
  public struct Network: Sendable {
    /// The bridge's interface on the host.
    public var bridge: String
    /// The container network's name; nil: no engine speaks of it.
    public var network: String?
    /// The first two parts of its IPv4 addresses ("172.17"); the bridge has .0.1.
    public var subnet: String
    /// The containers' names; the first has the address .0.2.
    public var containers: [String]
    /// Makes a network.
    public init(_ bridge: String, network: String? = nil, subnet: String, containers: [String]) {
      self.bridge = bridge
      self.network = network
      self.subnet = subnet
      self.containers = containers
    }
  }

  /// A host with those networks; a container that is named on several of them has an interface on each.
  public static func host(_ networks: [Network], down: Set<String> = []) -> Snapshot {
    var host = Namespace(id: .host, kind: .host, name: "edge01")
    host.links.append(link(LinkRef(.host, 1), "lo", kind: ""))
    host.links[0].flags = LinkFlags(rawValue: 0x10049)
    var containers: [String: Namespace] = [:]
    var order: [String] = []
    var index: UInt32 = 3
    for network in networks {
      let bridge = LinkRef(.host, index)
      var bridgeLink = link(bridge, network.bridge, kind: "bridge", address: network.subnet + ".0.1")
      bridgeLink.network = network.network
      host.links.append(bridgeLink)
      index += 1
      for (number, name) in network.containers.enumerated() {
        if containers[name] == nil {
          containers[name] = Namespace(
            id: NamespaceID(serial: UInt32(order.count + 1)), inode: 4_026_532_000 + UInt64(order.count),
            kind: .container, name: name, containers: [Container(id: "c\(order.count)", name: name, image: "busybox")])
          order.append(name)
        }
        guard var namespace = containers[name] else { continue }
        let far = LinkRef(namespace.id, UInt32(2 + namespace.links.count))
        let near = LinkRef(.host, index)
        let isDown = down.contains(name)
        let hex = String(UInt32(truncatingIfNeeded: Int(index) &* 2_654_435_761) & 0xFFF_FFFF | 0x1000000, radix: 16)
        host.links.append(
          link(near, "veth" + hex.suffix(7), master: bridge, peer: far, up: !isDown))
        namespace.links.append(
          link(
            far, "eth\(namespace.links.count)",
            address: "\(network.subnet).\((number + 2) / 250).\((number + 2) % 250)",
            peer: near, carrier: !isDown))
        containers[name] = namespace
        index += 1
      }
    }
    var snapshot = Snapshot(hostname: "edge01", namespaces: [host] + order.compactMap { containers[$0] })
    snapshot.revision = 1
    // 2026-11-23 12:04:33 UTC
    snapshot.takenAt = Timestamp(milliseconds: 1_795_435_473_000)
    return snapshot
  }

  /// The tutorial: docker0, test1 and test2.
  public static let seed = host([
    Network("docker0", network: "bridge", subnet: "172.17", containers: ["test1", "test2"])
  ])

  /// Three bridges, twelve containers, one down, one on two networks, Chinese names.
  public static let twelve = host(
    [
      Network("docker0", network: "bridge", subnet: "172.17", containers: ["web-1", "web-2", "cache"]),
      Network(
        "br-5f1c0a9d2e77", network: "frontend", subnet: "172.18", containers: ["nginx", "支付网关", "auth", "api"]),
      Network(
        "br-90ab11c2d3e4", network: "backend", subnet: "172.19",
        containers: ["api", "orders", "stock", "订单数据库", "queue", "mail"]),
    ], down: ["auth"])

  /// Rates for every link of a model: a wave that differs from link to link, 60 samples.
  public static func traffic(_ snapshot: Snapshot) -> Traffic {
    var traffic = Traffic()
    for namespace in snapshot.namespaces.values {
      for link in namespace.links where link.state == .up {
        var counters = Counters()
        for second in 0...60 {
          traffic.record(counters, of: link.id, at: Double(second))
          let wave = UInt64((Int(link.id.index) * 37 + second * second * 13) % 11)
          counters.rxBytes += wave * 130 * UInt64(link.id.index % 5 + 1)
          counters.txBytes += wave * 140 * UInt64(link.id.index % 5 + 1)
        }
      }
    }
    return traffic
  }
}

/// Random numbers from a seed (SplitMix64), so that a failing property can be run again.
public struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  /// Makes a generator; the same seed gives the same numbers.
  public init(seed: UInt64) { state = seed }
  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
