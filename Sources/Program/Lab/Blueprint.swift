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

  /// A cable that plays the host's network card.
  public struct Uplink: Sendable {
    /// The card's name.
    public var name: String
    /// Its address, and that of the other end, 4 bytes in network order; their prefix has 24 bits.
    public var address: [UInt8]
    /// The other end's address.
    public var gateway: [UInt8]
    /// The name of the other end's namespace.
    public var far: String
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
  /// What plays the host's network card; nil: there is none.
  public var uplink: Uplink?
  /// Whether IPv6 is switched off, as in most containers: then nobody speaks before he is asked to.
  public var isIPv4Only = false
  /// Whether the containers are left out until somebody starts them (`Laboratory.arrange`).
  public var startsEmpty = false
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

  /// The tutorial before its first container, for the tour: with what plays the host's network card.
  public static let tour: Blueprint = {
    var plan = tutorial
    plan.uplink = Uplink(
      name: "ens33", address: [192, 168, 126, 131], gateway: [192, 168, 126, 1], far: "lan")
    (plan.flows, plan.isIPv4Only, plan.startsEmpty) = ([], true, true)
    return plan
  }()

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

  /// Whether a port is to stay in the state that a fault gives it.
  var holdsPortStates: Bool {
    faults.contains { if case .port(_, .state, _) = $0 { true } else { false } }
  }

  /// What the host's end of a cable is called: a name as an engine would choose it, the same at every run.
  func nearName(of host: Container, network number: Int) -> String {
    var serial: UInt32 = 0x3A91_C0E
    let cables = hosts.prefix { $0.name != host.name }.reduce(0) { $0 + $1.networks.count } + number
    for _ in 0...cables { serial = serial &* 1_664_525 &+ 1_013_904_223 }
    let hex = String(serial & 0xFFF_FFFF, radix: 16)
    return "veth" + String(repeating: "0", count: max(0, 7 - hex.count)) + hex.suffix(7)
  }
}
