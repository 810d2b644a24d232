/// The other end of a veth or netkit pair.
public enum Peer: Hashable, Sendable {
  /// Both ends name each other.
  case link(LinkRef)
  /// The far end can't be seen; the reason is for people.
  case unknown(String)
}

/// An interface, as the kernel told it last.
public struct Link: Hashable, Sendable, Identifiable {
  /// The link's namespace and ifindex.
  public var id: LinkRef
  /// The name, made safe (`SafeText`).
  public var name: String
  /// `IFF_*` (netdevice(7)).
  public var flags: LinkFlags
  /// `IFLA_OPERSTATE` (RFC 2863).
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
  /// IPv4 first, then in the kernel's order (`RTM_GETADDR`).
  public var addresses: [InterfaceAddress]
  /// Set where `kind` is "bridge".
  public var bridge: BridgeFacts?
  /// Set where the link is a port of a bridge.
  public var port: BridgePort?
  /// `IFLA_GROUP`; 0 is "default".
  public var group: UInt32 = 0
  /// The totals when the link was read last (`IFLA_STATS64`); `Traffic` has newer ones.
  public var counters: Counters
  /// What hardly ever changes, in a box: a snapshot of a thousand containers is copied and compared for every frame.
  var particulars: Boxed<Particulars>

  /// Whether the last reading failed: then it is shown as it was before, for a failure is no absence.
  public var isStale = false

  /// Makes a link; what is not given is empty or the kernel's default.
  public init(
    id: LinkRef, name: String, kind: String = "", slaveKind: String = "", flags: LinkFlags = [],
    operState: OperState = .unknown, mtu: UInt32 = 1500, hardwareAddress: [UInt8] = [],
    broadcastAddress: [UInt8] = [], linkType: String = "ether", qdisc: String = "", txQueueLength: UInt32 = 0,
    master: LinkRef? = nil, lower: LinkRef? = nil, peer: Peer? = nil, addresses: [InterfaceAddress] = [],
    bridge: BridgeFacts? = nil, port: BridgePort? = nil, attributes: [LinkFact] = [], facts: [LinkFact] = [],
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
        linkType: linkType, qdisc: qdisc, attributes: attributes, facts: facts, slaveFacts: slaveFacts,
        network: network,
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

  /// Whether the link's kind (`IFLA_INFO_KIND`) is "bridge".
  public var isBridge: Bool { kind == "bridge" }
  /// Whether `IFF_LOOPBACK` is set.
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

  /// The link-layer address as `02:42:ac:11:00:02`, of a tunnel as the IP address that it is; empty where there is none.
  public var hardwareAddressText: String { Link.hardwareText(hardwareAddress, linkType: linkType) }

  /// The far end's or the broadcast address, in the same form.
  public var broadcastAddressText: String { Link.hardwareText(broadcastAddress, linkType: linkType) }

  /// Bytes of an address of a link of that type (`linkType`): on tunnels they are those of an IP address.
  public static func hardwareText(_ bytes: [UInt8], linkType: String) -> String {
    let isAddress =
      bytes.count == 4 && ["ipip", "sit", "gre"].contains(linkType)
      || bytes.count == 16 && ["tunnel6", "gre6"].contains(linkType)
    return isAddress ? IPAddress(bytes)?.description ?? "" : hardwareText(bytes)
  }

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
