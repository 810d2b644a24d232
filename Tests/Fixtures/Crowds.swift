public import Topology

extension Models {
  /// Five hundred containers on four bridges, seven of them on two, three down.
  public static let fiveHundred: Snapshot = {
    let frontend = (1...100).map { "nginx-\($0)" }
    let backend = ["nginx-24", "nginx-25", "nginx-26", "nginx-58", "nginx-61"] + (1...62).map { "orders-\($0)" }
    let monitor = ["orders-9", "orders-30"] + (1...26).map { "probe-\($0)" }
    return host(
      [
        Network("docker0", network: "bridge", subnet: "172.17", containers: (1...312).map { "wkr-\($0)" }),
        Network("br-5f1c0a9d2e77", network: "frontend", subnet: "172.18", containers: frontend),
        Network("br-90ab11c2d3e4", network: "backend", subnet: "172.19", containers: backend),
        Network("br-7712aa00c4f1", network: "monitor", subnet: "172.20", containers: monitor),
      ], down: ["wkr-78", "wkr-211", "orders-34"])
  }()

  /// As many containers on docker0 as a bridge has ports, and an uplink.
  public static let fullDocker = crowd(1023, down: ["c-7", "c-400", "c-1023"])

  /// So many containers on docker0, and an uplink.
  public static func crowd(_ count: Int, down: Set<String> = []) -> Snapshot {
    var snapshot = host(
      [Network("docker0", network: "bridge", subnet: "172.17", containers: (1...max(1, count)).map { "c-\($0)" })],
      down: down)
    snapshot.namespaces[.host]?.links.insert(
      link(LinkRef(.host, 2), "eth0", kind: "", address: "10.0.0.7", prefix: 24), at: 1)
    return snapshot
  }

  /// Chinese, Japanese and Korean names, short and long, on networks with such names.
  public static let wide = host(
    [
      Network("docker0", network: "bridge", subnet: "172.17", containers: ["支付网关", "订单数据库主节点一号", "库存"]),
      Network(
        "br-1f2e3d4c5b6a", network: "前端网络与负载均衡", subnet: "172.18",
        containers: ["支付网关", "ログイン認証サービス", "결제-게이트웨이-서버-01", "a界b世c"]),
    ], down: ["库存"])

  /// Rates that differ from link to link by several powers of ten, the same at every call; no history.
  public static func busy(_ snapshot: Snapshot) -> Traffic {
    var traffic = Traffic()
    for namespace in snapshot.namespaces.values {
      for link in namespace.links where link.state == .up {
        var generator = SeededGenerator(seed: UInt64(namespace.id.serial) << 16 | UInt64(link.id.index))
        traffic.record(Counters(), of: link.id, at: 0)
        let exponent = Int.random(in: 0...99, using: &generator)
        let power =
          exponent < 45 ? 0 : exponent < 62 ? 3 : exponent < 80 ? 4 : exponent < 92 ? 5 : exponent < 98 ? 6 : 7
        var scale: UInt64 = power == 0 ? 0 : 1
        for _ in 0..<power { scale *= 10 }
        let counters = Counters(
          rxBytes: scale * UInt64.random(in: 1...4, using: &generator),
          txBytes: scale * UInt64.random(in: 1...4, using: &generator))
        traffic.record(counters, of: link.id, at: 1)
      }
    }
    return traffic
  }
}

extension Models {
  /// Takes a container away, with both ends of its cables, as the kernel does.
  public static func remove(_ id: NamespaceID, from snapshot: inout Snapshot) {
    let ports = Set((snapshot.namespaces[id]?.links ?? []).compactMap(\.peerLink))
    snapshot.namespaces[id] = nil
    snapshot.namespaces[.host]?.links.removeAll { ports.contains($0.id) }
  }

  /// Starts a container on a bridge of the host. Its number must be higher than all that were there, for the kernel
  /// gives no ifindex twice in a row. Returns its identity.
  @discardableResult
  public static func join(
    _ name: String, number: UInt32, to bridge: LinkRef, of snapshot: inout Snapshot
  ) -> NamespaceID {
    let index = 10_000 &+ number
    let id = NamespaceID(serial: number)
    let (near, far) = (LinkRef(.host, index), LinkRef(id, 2))
    snapshot.namespaces[.host]?.links.append(link(near, "veth\(index)", master: bridge, peer: far))
    snapshot.namespaces[id] = Namespace(
      id: id, kind: .container, name: name,
      links: [link(far, "eth0", address: "172.17.\(index / 250).\(index % 250)", peer: near)])
    return id
  }
}
