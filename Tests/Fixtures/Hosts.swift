public import Topology

/// Hosts of the kinds that people have, by name.
public enum Hosts {
  /// A compose project: a bridge with the name and the containers that compose gives.
  private static func project(_ name: String, _ number: Int, _ services: [String]) -> Models.Network {
    let hex = String(UInt64(number + 1) &* 0x9E37_79B9_7F4A & 0xFFFF_FFFF_FFFF | 0x1000_0000_0000, radix: 16)
    return Models.Network(
      "br-" + hex.prefix(12), network: "\(name)_default", subnet: "172.\(18 + number)",
      containers: services.map { "\(name)-\($0)-1" })
  }

  private static let names = [
    "shop", "blog", "wiki", "git", "ci", "mail", "chat", "crm", "dns", "vpn", "mon", "log", "db", "idp", "nextcloud",
    "immich", "paperless", "homeassistant", "vaultwarden", "gitea",
  ]

  /// So many compose projects with so many containers each.
  public static func compose(_ projects: Int, of count: Int) -> Snapshot {
    let services = [
      "web", "api", "db", "cache", "worker", "queue", "cron", "mail", "search", "proxy", "auth", "metrics",
    ]
    return Models.host(
      (0..<projects).map { project(names[$0 % names.count], $0, Array(services.prefix(count))) })
  }

  /// docker0 and networks of several sizes, a container on three of them.
  private static let mixed = Models.host(
    [
      Models.Network("docker0", network: "bridge", subnet: "172.17", containers: ["portainer", "watchtower"]),
      project("shop", 1, ["web", "api", "db", "cache", "worker"]),
      Models.Network(
        "br-0f1e2d3c4b5a", network: "proxy", subnet: "172.30",
        containers: ["traefik", "shop-web-1", "blog-web-1", "whoami"]),
      project("blog", 2, ["web", "db"]),
      Models.Network("br-5a4b3c2d1e0f", network: "empty", subnet: "172.31", containers: []),
    ], down: ["whoami"])

  /// The demo's shop: what a newcomer sees first.
  private static let shop = Models.host(
    [
      Models.Network("docker0", network: "bridge", subnet: "172.17", containers: ["web-1", "web-2", "cache"]),
      Models.Network("br-5f1c0a9d2e77", network: "frontend", subnet: "172.18", containers: ["nginx", "auth", "api"]),
      Models.Network(
        "br-90ab11c2d3e4", network: "backend", subnet: "172.19", containers: ["api", "orders", "stock", "queue"]),
    ], down: ["auth"])

  /// Three bridges with thirteen namespaces, one on two of them.
  private static let thirteen = Models.host(
    [
      Models.Network("br-dmz", subnet: "10.1", containers: ["ey-edge1", "ey-edge2", "ey-waf"]),
      Models.Network(
        "br-app", subnet: "10.2",
        containers: ["ey-web", "ey-api", "ey-auth", "ey-cart-service-with-a-long-name-v2", "ey-batch", "ey-mail"]),
      Models.Network("br-db", subnet: "10.3", containers: ["ey-api", "ey-pg1", "ey-pg2", "ey-redis", "ey-kafka"]),
    ], down: ["ey-batch"])

  /// One bridge of so many.
  private static func flat(_ count: Int, _ prefix: String) -> Snapshot {
    Models.host([
      Models.Network(
        "docker0", network: "bridge", subnet: "172.17", containers: (1...count).map { "\(prefix)-\($0)" })
    ])
  }

  private static func ref(_ index: UInt32, _ space: UInt32 = 0) -> LinkRef {
    LinkRef(NamespaceID(serial: space), index)
  }

  /// A swarm's node: the gateway bridge, an overlay in a namespace of its own, tasks on both, agents on the host's network.
  private static let swarm: Snapshot = {
    var snapshot = Models.host([
      Models.Network(
        "docker_gwbridge", network: "docker_gwbridge", subnet: "172.18",
        containers: ["shop_web.1.k3v9x0a2b4c6", "shop_web.2.p8q7r6s5t4u3", "shop_db.1.z1y2x3w4v5u6"]),
      Models.Network("docker0", network: "bridge", subnet: "172.17", containers: []),
    ])
    var overlay = Namespace(id: NamespaceID(serial: 50), kind: .named, name: "shop_backend (overlay)")
    overlay.links = [
      Models.link(ref(2, 50), "br0", kind: "bridge", address: "10.0.1.1", prefix: 24),
      Models.link(ref(3, 50), "vxlan0", kind: "vxlan", master: ref(2, 50)),
    ]
    overlay.links[1].facts = [LinkFact("id", .number(4097)), LinkFact("remote", .text("192.0.2.12"))]
    for serial in UInt32(1)...3 {
      let (near, far) = (ref(3 + serial, 50), ref(5, serial))
      overlay.links.append(Models.link(near, "veth\(serial - 1)", master: ref(2, 50), peer: far))
      snapshot.namespaces[NamespaceID(serial: serial)]?.links.append(
        Models.link(far, "eth1", address: "10.0.1.\(serial + 2)", prefix: 24, peer: near))
    }
    snapshot.namespaces[overlay.id] = overlay
    snapshot.namespaces[.host]?.containers = [
      Container(id: "e1", name: "node-exporter"), Container(id: "e2", name: "cadvisor", state: "paused"),
    ]
    return snapshot
  }()

  /// Four nodes of kind on one network, one of them paused, and pods behind the first.
  private static let kind: Snapshot = {
    var snapshot = Models.host([
      Models.Network(
        "br-7a6b5c4d3e2f", network: "kind", subnet: "172.18",
        containers: ["kind-control-plane", "kind-worker", "kind-worker2", "kind-worker3"]),
      Models.Network("docker0", network: "bridge", subnet: "172.17", containers: ["registry"]),
    ])
    snapshot.namespaces[NamespaceID(serial: 4)]?.containers[0].state = "paused"
    for (number, pod) in ["coredns-5dd5756b68-abcde", "local-path-provisioner-6f"].enumerated() {
      let (near, far) = (ref(UInt32(10 + number), 1), ref(2, UInt32(60 + number)))
      snapshot.namespaces[NamespaceID(serial: 1)]?.links.append(
        Models.link(near, "veth\(number)a1b2c3d", peer: far))
      snapshot.namespaces[NamespaceID(serial: UInt32(60 + number))] = Namespace(
        id: NamespaceID(serial: UInt32(60 + number)), kind: .container, name: pod,
        links: [Models.link(far, "eth0", address: "10.244.0.\(number + 2)", prefix: 24, peer: near)])
    }
    return snapshot
  }()

  /// Guests of libvirt: taps on its bridge, and one that nobody holds any more.
  private static let libvirt: Snapshot = {
    var snapshot = Models.host([
      Models.Network("virbr0", subnet: "192.168", containers: []),
      Models.Network("docker0", network: "bridge", subnet: "172.17", containers: ["web"]),
    ])
    let bridge = ref(3)
    for number in UInt32(0)..<4 {
      var tap = Models.link(ref(20 + number), "vnet\(number)", kind: "tun", master: bridge, carrier: number < 3)
      tap.facts = [LinkFact("type", .text("tap"))]
      snapshot.namespaces[.host]?.links.append(tap)
    }
    return snapshot
  }()

  /// Containers whose interfaces are children of the host's own.
  private static let macvlan: Snapshot = {
    var host = Namespace(id: .host, kind: .host, name: "edge01")
    host.links = [
      Models.link(ref(2), "enp3s0", kind: "", address: "192.0.2.10", prefix: 24),
      Models.link(ref(3), "enp3s0.20", kind: "vlan"),
      Models.link(ref(4), "docker0", kind: "bridge", address: "172.17.0.1"),
    ]
    host.links[1].lower = ref(2)
    host.links[1].facts = [LinkFact("id", .number(20))]
    var spaces = [host]
    for (number, name) in ["pihole", "homeassistant", "unifi", "camera-proxy"].enumerated() {
      var child = Models.link(
        ref(2, UInt32(number + 1)), "eth0", kind: number < 3 ? "macvlan" : "ipvlan", address: "192.0.2.\(20 + number)",
        prefix: 24)
      child.lower = number < 2 ? ref(2) : ref(3)
      child.facts = [LinkFact("mode", .text(number < 3 ? "bridge" : "l2"))]
      child.network = number < 2 ? "lan" : "iot"
      spaces.append(
        Namespace(id: NamespaceID(serial: UInt32(number + 1)), kind: .container, name: name, links: [child]))
    }
    var snapshot = Snapshot(hostname: "edge01", namespaces: spaces)
    snapshot.revision = 1
    return snapshot
  }()

  /// A router: a trunk with VLANs, some of them ports of bridges, a VRF, a tunnel.
  private static let trunk: Snapshot = {
    var host = Namespace(id: .host, kind: .host, name: "edge01")
    host.links = [Models.link(ref(2), "eth0", kind: "", address: "192.0.2.1", prefix: 24)]
    for (number, vlan) in [10, 20, 30, 40].enumerated() as EnumeratedSequence<[UInt64]> {
      let bridge = ref(UInt32(10 + number))
      host.links.append(Models.link(bridge, "br\(vlan)", kind: "bridge", address: "10.\(vlan).0.1", prefix: 24))
      var link = Models.link(ref(UInt32(20 + number)), "eth0.\(vlan)", kind: "vlan", master: number < 3 ? bridge : nil)
      link.lower = ref(2)
      link.facts = [LinkFact("id", .number(vlan))]
      host.links.append(link)
    }
    var vrf = Models.link(ref(30), "vrf-blue", kind: "vrf", address: "10.9.0.1", prefix: 24)
    vrf.facts = [LinkFact("table", .number(10))]
    host.links += [vrf, Models.link(ref(31), "wg0", kind: "wireguard", address: "10.8.0.1", prefix: 24)]
    var spaces = [host]
    for (number, name) in ["dhcp", "radius", "voip-gateway", "printer-spooler"].enumerated() {
      let (near, far) = (ref(UInt32(40 + number)), ref(2, UInt32(number + 1)))
      spaces[0].links.append(Models.link(near, "ve-\(name.prefix(8))", master: ref(UInt32(10 + number % 3)), peer: far))
      spaces.append(
        Namespace(
          id: NamespaceID(serial: UInt32(number + 1)), kind: .named, name: name,
          links: [
            Models.link(far, "host0", address: "10.\(10 + number % 3 * 10).0.\(number + 5)", prefix: 24, peer: near)
          ]))
    }
    spaces[0].links.sort { $0.id < $1.id }
    var snapshot = Snapshot(hostname: "edge01", namespaces: spaces)
    snapshot.revision = 1
    return snapshot
  }()

  /// Twenty-four of them.
  public static let all: [(name: String, snapshot: Snapshot)] = [
    ("shop", shop), ("thirteen", thirteen), ("mixed", mixed), ("compose-1x12", compose(1, of: 12)),
    ("compose-2x6", compose(2, of: 6)), ("compose-3x3", compose(3, of: 3)), ("compose-4x4", compose(4, of: 4)),
    ("compose-5x3", compose(5, of: 3)), ("compose-6x5", compose(6, of: 5)), ("compose-8x3", compose(8, of: 3)),
    ("compose-10x6", compose(10, of: 6)), ("compose-14x3", compose(14, of: 3)), ("compose-20x1", compose(20, of: 1)),
    ("compose-20x3", compose(20, of: 3)), ("one-of-10", flat(10, "worker")), ("one-of-30", flat(30, "runner")),
    ("one-of-60", flat(60, "job")), ("one-of-300", flat(300, "task")),
    ("swarm", swarm), ("kind", kind), ("libvirt", libvirt), ("macvlan", macvlan), ("trunk", trunk),
    ("dind", Kinds.dind),
  ]
}
