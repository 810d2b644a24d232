/// `IFF_*` of an interface (netdevice(7)).
public struct LinkFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `IFF_UP`: switched on by the administrator.
  public static let up = LinkFlags(rawValue: 0x1)
  /// `IFF_LOOPBACK`.
  public static let loopback = LinkFlags(rawValue: 0x8)
  /// `IFF_NOARP`.
  public static let noARP = LinkFlags(rawValue: 0x80)
  /// `IFF_PROMISC`.
  public static let promiscuous = LinkFlags(rawValue: 0x100)
  /// `IFF_LOWER_UP`: there is a carrier.
  public static let lowerUp = LinkFlags(rawValue: 0x10000)

  /// The names in the order and spelling of `ip -j link`: `["BROADCAST", "MULTICAST", "UP", "LOWER_UP"]`, with
  /// `NO-CARRIER` first where the interface is up without one. Bits without a name come last, in hexadecimal.
  public var names: [String] {
    var names: [String] = []
    forEachName { names.append($0) }
    return names
  }

  /// The same, one by one.
  public func forEachName(_ body: (String) -> Void) {
    if contains(.up), !contains(LinkFlags(rawValue: 0x40)) { body("NO-CARRIER") }
    // IFF_RUNNING is told by NO-CARRIER's absence, as in iproute2's print_link_flags().
    var rest = rawValue & ~0x40
    for (bit, name) in Self.table where rest & bit != 0 {
      body(name)
      rest &= ~bit
    }
    if rest != 0 { body(String(rest, radix: 16)) }
  }

  private static let table: [(UInt32, String)] = [
    (0x8, "LOOPBACK"), (0x2, "BROADCAST"), (0x10, "POINTOPOINT"), (0x1000, "MULTICAST"), (0x80, "NOARP"),
    (0x200, "ALLMULTI"), (0x100, "PROMISC"), (0x400, "MASTER"), (0x800, "SLAVE"), (0x4, "DEBUG"),
    (0x8000, "DYNAMIC"), (0x4000, "AUTOMEDIA"), (0x2000, "PORTSEL"), (0x20, "NOTRAILERS"), (0x1, "UP"),
    (0x10000, "LOWER_UP"), (0x20000, "DORMANT"), (0x40000, "ECHO"),
  ]
}

/// The operational state (`IFLA_OPERSTATE`, RFC 2863).
public enum OperState: Hashable, Sendable {
  case unknown, notPresent, down, lowerLayerDown, testing, dormant, up
  /// A value that this program does not know.
  case other(UInt8)

  /// The state for the kernel's `IF_OPER_*` value.
  public init(_ value: UInt8) {
    let known: [OperState] = [.unknown, .notPresent, .down, .lowerLayerDown, .testing, .dormant, .up]
    self = Int(value) < known.count ? known[Int(value)] : .other(value)
  }

  /// The name as `ip` prints it.
  public var name: String {
    switch self {
    case .unknown: "UNKNOWN"
    case .notPresent: "NOTPRESENT"
    case .down: "DOWN"
    case .lowerLayerDown: "LOWERLAYERDOWN"
    case .testing: "TESTING"
    case .dormant: "DORMANT"
    case .up: "UP"
    case .other(let value): String(value)
    }
  }
}

/// What a person wants to know of a link's state, in one word.
public enum LinkState: Hashable, Sendable {
  /// Up, and there is a carrier.
  case up
  /// Switched on, but nothing at the other end of the cable (`IFF_UP` without `IFF_LOWER_UP`).
  case noCarrier
  /// Switched off (`IFF_UP` not set).
  case down

  /// The word on the screen.
  public var word: String {
    switch self {
    case .up: "up"
    case .noCarrier: "no carrier"
    case .down: "down"
    }
  }
}

/// Counters of a link (`struct rtnl_link_stats64`): totals since the link was made.
public struct Counters: Hashable, Sendable {
  public var rxBytes: UInt64, txBytes: UInt64
  public var rxPackets: UInt64, txPackets: UInt64
  public var rxErrors: UInt64, txErrors: UInt64
  public var rxDropped: UInt64, txDropped: UInt64

  /// Makes counters; all are zero unless given.
  public init(
    rxBytes: UInt64 = 0, txBytes: UInt64 = 0, rxPackets: UInt64 = 0, txPackets: UInt64 = 0, rxErrors: UInt64 = 0,
    txErrors: UInt64 = 0, rxDropped: UInt64 = 0, txDropped: UInt64 = 0
  ) {
    (self.rxBytes, self.txBytes, self.rxPackets, self.txPackets) = (rxBytes, txBytes, rxPackets, txPackets)
    (self.rxErrors, self.txErrors, self.rxDropped, self.txDropped) = (rxErrors, txErrors, rxDropped, txDropped)
  }

  /// The same counters as the other end of a cable counts them: what one end sends, the other receives.
  public var swapped: Counters {
    Counters(
      rxBytes: txBytes, txBytes: rxBytes, rxPackets: txPackets, txPackets: rxPackets, rxErrors: txErrors,
      txErrors: rxErrors, rxDropped: txDropped, txDropped: rxDropped)
  }
}

/// The other end of a veth or netkit pair.
public enum Peer: Hashable, Sendable {
  /// Both ends name each other.
  case link(LinkRef)
  /// The far end can't be seen; the reason is for people.
  case unknown(String)
}

/// A bridge's own facts (`IFLA_BR_*`).
public struct BridgeFacts: Hashable, Sendable {
  /// Whether the spanning tree protocol runs.
  public var stp: Bool
  /// Whether the bridge filters by VLAN.
  public var vlanFiltering: Bool
  /// Seconds after which a learnt address is forgotten.
  public var ageingSeconds: Double

  /// Makes a bridge's facts.
  public init(stp: Bool = false, vlanFiltering: Bool = false, ageingSeconds: Double = 300) {
    self.stp = stp
    self.vlanFiltering = vlanFiltering
    self.ageingSeconds = ageingSeconds
  }
}

/// A port's facts on its bridge (`IFLA_BRPORT_*`).
public struct BridgePort: Hashable, Sendable {
  /// `BR_STATE_*`.
  public enum State: Hashable, Sendable {
    case disabled, listening, learning, forwarding, blocking
    /// A value that this program does not know.
    case other(UInt8)

    /// The state for the kernel's `BR_STATE_*` value.
    public init(_ value: UInt8) {
      let known: [State] = [.disabled, .listening, .learning, .forwarding, .blocking]
      self = Int(value) < known.count ? known[Int(value)] : .other(value)
    }

    /// The name as `bridge` prints it.
    public var name: String {
      switch self {
      case .disabled: "disabled"
      case .listening: "listening"
      case .learning: "learning"
      case .forwarding: "forwarding"
      case .blocking: "blocking"
      case .other(let value): String(value)
      }
    }

    /// The name in a few letters, for the wire.
    public var shortName: String {
      switch self {
      case .forwarding: "fwd"
      case .disabled: "off"
      default: name
      }
    }
  }

  public var state: State
  /// The port's number on the bridge (`IFLA_BRPORT_NO`).
  public var number: UInt16
  public var isolated: Bool
  public var hairpin: Bool
  public var learning: Bool
  /// Whether frames for an unknown address are sent to this port (`IFLA_BRPORT_UNICAST_FLOOD`).
  public var flood: Bool
  /// Whether broadcast frames are sent to this port (`IFLA_BRPORT_BCAST_FLOOD`).
  public var broadcastFlood: Bool

  /// Makes a port's facts; the defaults are the kernel's.
  public init(
    state: State = .forwarding, number: UInt16 = 0, isolated: Bool = false, hairpin: Bool = false,
    learning: Bool = true, flood: Bool = true, broadcastFlood: Bool = true
  ) {
    self.state = state
    self.number = number
    self.isolated = isolated
    self.hairpin = hairpin
    self.learning = learning
    self.flood = flood
    self.broadcastFlood = broadcastFlood
  }
}

/// An interface, as the kernel told it last.
public struct Link: Hashable, Sendable, Identifiable {
  public var id: LinkRef
  /// The name, made safe (`SafeText`).
  public var name: String
  public var flags: LinkFlags
  public var operState: OperState
  /// Bytes.
  public var mtu: UInt32
  /// The length of the transmit queue, in packets.
  public var txQueueLength: UInt32
  /// The interface that this one is a port or member of.
  public var master: LinkRef?
  /// The interface below (a VLAN's parent, a macvlan's), other than a veth's peer.
  public var lower: LinkRef?
  /// A veth's or netkit's other end; nil for every other kind.
  public var peer: Peer?
  public var addresses: [InterfaceAddress]
  /// Set where `kind` is "bridge".
  public var bridge: BridgeFacts?
  /// Set where the link is a port of a bridge.
  public var port: BridgePort?
  /// `IFLA_GROUP`; 0 is "default".
  public var group: UInt32 = 0
  /// How many users want every frame (`IFLA_PROMISCUITY`).
  public var promiscuity: UInt32 = 0
  /// How many users want every multicast frame (`IFLA_ALLMULTI`).
  public var allMulticast: UInt32 = 0
  /// `IFLA_NUM_TX_QUEUES` and `IFLA_NUM_RX_QUEUES`.
  public var queues = Queues()
  /// Bytes (`IFLA_MIN_MTU`).
  public var minimumMTU: UInt32 = 0
  /// Bytes (`IFLA_MAX_MTU`); 0: no limit.
  public var maximumMTU: UInt32 = 0
  public var counters: Counters
  /// What hardly ever changes, in a box: a snapshot of a thousand containers is copied and compared for every frame.
  var particulars: Boxed<Particulars>

  /// How many queues a device has.
  public struct Queues: Hashable, Sendable {
    public var tx: UInt32 = 0
    public var rx: UInt32 = 0

    /// Makes counts of queues.
    public init(tx: UInt32 = 0, rx: UInt32 = 0) {
      self.tx = tx
      self.rx = rx
    }
  }

  /// Makes a link; what is not given is empty or the kernel's default.
  public init(
    id: LinkRef, name: String, kind: String = "", slaveKind: String = "", flags: LinkFlags = [],
    operState: OperState = .unknown, mtu: UInt32 = 1500, hardwareAddress: [UInt8] = [],
    broadcastAddress: [UInt8] = [], linkType: String = "ether", qdisc: String = "", txQueueLength: UInt32 = 0,
    master: LinkRef? = nil, lower: LinkRef? = nil, peer: Peer? = nil, addresses: [InterfaceAddress] = [],
    bridge: BridgeFacts? = nil, port: BridgePort? = nil, facts: [LinkFact] = [],
    slaveFacts: [LinkFact] = [], network: String? = nil,
    alternativeNames: [String] = [], alias: String = "", counters: Counters = Counters()
  ) {
    self.id = id
    self.name = name
    self.flags = flags
    self.operState = operState
    self.mtu = mtu
    self.txQueueLength = txQueueLength
    self.master = master
    self.lower = lower
    self.peer = peer
    self.addresses = addresses
    self.bridge = bridge
    self.port = port
    self.particulars = Boxed(
      Particulars(
        kind: kind, slaveKind: slaveKind, hardwareAddress: hardwareAddress, broadcastAddress: broadcastAddress,
        linkType: linkType, qdisc: qdisc, facts: facts, slaveFacts: slaveFacts, network: network,
        alternativeNames: alternativeNames, alias: alias))
    self.counters = counters
  }
}

extension Link {
  /// Up, no carrier or down.
  public var state: LinkState {
    if !flags.contains(.up) { return .down }
    return flags.contains(.lowerUp) && operState != .lowerLayerDown && operState != .down ? .up : .noCarrier
  }

  public var isBridge: Bool { kind == "bridge" }
  public var isLoopback: Bool { flags.contains(.loopback) }

  /// Whether the link is one end of a pair (veth, netkit).
  public var isPair: Bool { kind == "veth" || kind == "netkit" }

  /// The other end, where both ends name each other.
  public var peerLink: LinkRef? {
    if case .link(let ref) = peer { ref } else { nil }
  }

  /// The title on the screen: the container network's name where there is one, else the kernel's name.
  ///
  /// Docker calls the network on docker0 "bridge", which tells nobody anything: there the kernel's name stays.
  public var title: String {
    if let network, network != "bridge", !network.isEmpty { network } else { name }
  }

  /// The address to show first: IPv4 before IPv6, global before link-local.
  public var primaryAddress: InterfaceAddress? {
    addresses.min { a, b in
      (a.local.isIPv6 ? 1 : 0, a.local.isLinkLocal ? 1 : 0) < (b.local.isIPv6 ? 1 : 0, b.local.isLinkLocal ? 1 : 0)
    }
  }

  /// The link-layer address as `02:42:ac:11:00:02`; empty where there is none.
  public var hardwareAddressText: String { Link.hardwareText(hardwareAddress) }

  /// Bytes of a link-layer address as `02:42:ac:11:00:02`.
  public static func hardwareText(_ bytes: [UInt8]) -> String {
    String(capacity: 3 * bytes.count) { text in
      for position in bytes.indices {
        if position > 0 { text.append(0x3A) }
        text.append(digit: bytes[position] >> 4)
        text.append(digit: bytes[position] & 15)
      }
    }
  }
}
