/// A value in a box of its own: a copy costs one reference, and two copies that still share it are equal at once.
struct Boxed<Value: Hashable & Sendable>: Hashable, Sendable {
  private final class Box: Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
  }

  private var box: Box

  init(_ value: Value) { box = Box(value) }

  var value: Value {
    get { box.value }
    set { box = Box(newValue) }
  }

  static func == (a: Self, b: Self) -> Bool { a.box === b.box || a.box.value == b.box.value }

  func hash(into hasher: inout Hasher) { hasher.combine(box.value) }

  /// Takes over the other's box where it holds the same.
  mutating func share(_ other: Self) {
    if box !== other.box, box.value == other.box.value { box = other.box }
  }
}

extension Link {
  /// What a link is made with and seldom loses.
  struct Particulars: Hashable, Sendable {
    var kind: String
    var slaveKind: String
    var hardwareAddress: [UInt8]
    var broadcastAddress: [UInt8]
    var linkType: String
    var qdisc: String
    var attributes: [LinkFact]
    var facts: [LinkFact]
    var slaveFacts: [LinkFact]
    var network: String?
    var lostNetwork: String? = nil
    var networkTraits: NetworkTraits = []
    var alternativeNames: [String]
    var alias: String
  }

  /// Shares what is equal with an older reading of the same link: from then on both are compared at no cost.
  public mutating func share(with older: Link) { particulars.share(older.particulars) }

  /// `IFLA_INFO_KIND` ("veth", "bridge", "vlan" …); empty for hardware and loopback.
  public var kind: String {
    get { particulars.value.kind }
    set { particulars.value.kind = newValue }
  }

  /// `IFLA_INFO_SLAVE_KIND`: what its master is ("bridge", "bond" …); empty without a master.
  public var slaveKind: String {
    get { particulars.value.slaveKind }
    set { particulars.value.slaveKind = newValue }
  }

  /// The link-layer address; empty where there is none.
  public var hardwareAddress: [UInt8] {
    get { particulars.value.hardwareAddress }
    set { particulars.value.hardwareAddress = newValue }
  }

  /// The link-layer broadcast address; empty where there is none.
  public var broadcastAddress: [UInt8] {
    get { particulars.value.broadcastAddress }
    set { particulars.value.broadcastAddress = newValue }
  }

  /// The name of the link layer as `ip` prints it ("ether", "loopback", "none" …).
  public var linkType: String {
    get { particulars.value.linkType }
    set { particulars.value.linkType = newValue }
  }

  /// The queueing discipline (`IFLA_QDISC`).
  public var qdisc: String {
    get { particulars.value.qdisc }
    set { particulars.value.qdisc = newValue }
  }

  /// What every link has and only people ask for (`promiscuity`, `min_mtu` …), by the keys of `ip -j -d link`.
  public var attributes: [LinkFact] {
    get { particulars.value.attributes }
    set { particulars.value.attributes = newValue }
  }

  /// What the link's own kind tells of it, in the order of iproute2.
  public var facts: [LinkFact] {
    get { particulars.value.facts }
    set { particulars.value.facts = newValue }
  }

  /// What its master's kind tells of it.
  public var slaveFacts: [LinkFact] {
    get { particulars.value.slaveFacts }
    set { particulars.value.slaveFacts = newValue }
  }

  /// The container network on this bridge, where a container engine names it.
  public var network: String? {
    get { particulars.value.network }
    set { particulars.value.network = newValue }
  }

  /// What the engine says of the container network on this bridge.
  public var networkTraits: NetworkTraits {
    get { particulars.value.networkTraits }
    set { particulars.value.networkTraits = newValue }
  }

  /// The container network that its engine has the cable lead to, where that has left the network's bridge; made safe.
  public var lostNetwork: String? {
    get { particulars.value.lostNetwork }
    set { particulars.value.lostNetwork = newValue }
  }

  /// Alternative names, made safe.
  public var alternativeNames: [String] {
    get { particulars.value.alternativeNames }
    set { particulars.value.alternativeNames = newValue }
  }

  /// The alias (`ip link set … alias`), made safe; empty where there is none.
  public var alias: String {
    get { particulars.value.alias }
    set { particulars.value.alias = newValue }
  }
}

/// How a container network differs from what its engine makes by default.
public struct NetworkTraits: OptionSet, Hashable, Sendable {
  /// The bits; they are no kernel's.
  public var rawValue: UInt8
  /// Makes a set of those bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// It has no way out (`--internal`).
  public static let isInternal = NetworkTraits(rawValue: 1)
  /// What leaves it is not to be masqueraded (`com.docker.network.bridge.enable_ip_masquerade=false`).
  public static let unmasqueraded = NetworkTraits(rawValue: 2)
}
