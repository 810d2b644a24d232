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

  /// Twenty-four of them.
  public static let all: [(name: String, snapshot: Snapshot)] = [
    ("shop", shop), ("thirteen", thirteen), ("mixed", mixed), ("compose-1x12", compose(1, of: 12)),
    ("compose-2x6", compose(2, of: 6)), ("compose-3x3", compose(3, of: 3)), ("compose-4x4", compose(4, of: 4)),
    ("compose-5x3", compose(5, of: 3)), ("compose-6x5", compose(6, of: 5)), ("compose-8x3", compose(8, of: 3)),
    ("compose-10x6", compose(10, of: 6)), ("compose-14x3", compose(14, of: 3)), ("compose-20x1", compose(20, of: 1)),
    ("compose-20x3", compose(20, of: 3)), ("one-of-10", flat(10, "worker")), ("one-of-30", flat(30, "runner")),
    ("one-of-60", flat(60, "job")), ("one-of-300", flat(300, "task")),
  ]
}
