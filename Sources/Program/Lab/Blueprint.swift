internal import Speech
internal import Usage

/// What a laboratory is to look like.
public struct Blueprint: Sendable {
  /// A bridge with its address.
  public struct Bridge: Sendable {
    /// The interface's name, at most 15 bytes.
    public var name: String
    /// The container network's name, as Docker would call it.
    public var network: String
    /// The bridge's IPv4 address, 4 bytes in network order; its prefix has 16 bits.
    public var address: [UInt8]

    /// The address of the n-th host of its /16.
    func address(of host: UInt16) -> [UInt8] { Array(address.prefix(2)) + [UInt8(host >> 8), UInt8(host & 0xFF)] }
  }

  /// A container with an interface on each of its networks.
  public struct Container: Sendable {
    /// The container's name, which its namespace is mounted under.
    public var name: String
    /// The image that such a container would have; a laboratory runs none.
    public var image: String
    /// The bridges, by name, and the number of the host there: the last two bytes of its address.
    public var networks: [(bridge: String, host: UInt16)]
  }

  /// The scenario's name, as `demo --scenario` takes it.
  public var name: String
  /// One line for `demo --list`, in the language that is spoken when it is asked for.
  public var summary: String { words() }
  let words: @Sendable () -> String
  /// The bridges of the laboratory's own namespace.
  public var bridges: [Bridge]
  /// The containers, each in a namespace of its own.
  public var hosts: [Container]
  /// Who sends to whom, and how many bytes a second at the most.
  public var flows: [(from: String, to: String, bytesPerSecond: Int)]
  /// Containers whose port is switched off.
  public var downPorts: Set<String> = []
  /// What is wrong on purpose, done last.
  public var faults: [Fault] = []

  /// All scenarios, the tutorial's first.
  public static let all = [tutorial, shop, fiveHundred, thousand] + broken

  /// The tutorial: docker0 and two busybox containers.
  public static let tutorial = Blueprint(
    name: "tutorial", words: { Say.Scenario.tutorial },
    bridges: [Bridge(name: "docker0", network: "bridge", address: [172, 17, 0, 1])],
    hosts: [
      Container(name: "test1", image: "busybox", networks: [("docker0", 2)]),
      Container(name: "test2", image: "busybox", networks: [("docker0", 3)]),
    ],
    flows: [("test1", "test2", 1400), ("test2", "test1", 900)])

  /// Three bridges, twelve containers, one of them on two networks, some with Chinese names.
  public static let shop = Blueprint(
    name: "shop", words: { Say.Scenario.shop },
    bridges: [
      Bridge(name: "docker0", network: "bridge", address: [172, 17, 0, 1]),
      Bridge(name: "br-frontend", network: "frontend", address: [172, 18, 0, 1]),
      Bridge(name: "br-backend", network: "backend", address: [172, 19, 0, 1]),
    ],
    hosts: [
      Container(name: "web-1", image: "nginx", networks: [("docker0", 2)]),
      Container(name: "web-2", image: "nginx", networks: [("docker0", 3)]),
      Container(name: "cache", image: "redis", networks: [("docker0", 4)]),
      Container(name: "nginx", image: "nginx", networks: [("br-frontend", 2)]),
      Container(name: "支付网关", image: "payment", networks: [("br-frontend", 3)]),
      Container(name: "auth", image: "auth", networks: [("br-frontend", 4)]),
      Container(name: "api", image: "api", networks: [("br-frontend", 5), ("br-backend", 2)]),
      Container(name: "orders", image: "orders", networks: [("br-backend", 3)]),
      Container(name: "stock", image: "stock", networks: [("br-backend", 4)]),
      Container(name: "订单数据库", image: "postgres", networks: [("br-backend", 5)]),
      Container(name: "queue", image: "rabbitmq", networks: [("br-backend", 6)]),
      Container(name: "mail", image: "mail", networks: [("br-backend", 7)]),
    ],
    flows: [
      ("web-1", "cache", 9000), ("web-2", "cache", 7000), ("cache", "web-1", 24_000), ("nginx", "api", 16_000),
      ("api", "nginx", 30_000), ("nginx", "支付网关", 5000), ("支付网关", "nginx", 2500), ("orders", "订单数据库", 12_000),
      ("订单数据库", "orders", 26_000), ("orders", "queue", 4000), ("queue", "mail", 1200), ("stock", "订单数据库", 900),
    ], downPorts: ["auth"])
}
