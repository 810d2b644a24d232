/// What is read of a namespace only on demand: its routes, rules, neighbours, forwarding databases and sysctls.
public struct NetworkTables: Hashable, Sendable {
  /// The routes of all tables, IPv4 and IPv6, in the kernel's order (`RTM_GETROUTE`).
  public var routes: [RouteEntry] = []
  /// The rules of the routing policy, IPv4's before IPv6's (`RTM_GETRULE`).
  public var rules: [RoutingRule] = []
  /// The neighbours of all links, IPv4 and IPv6 (`RTM_GETNEIGH`).
  public var neighbors: [Neighbor] = []
  /// The addresses that are answered for on a link though they are not its own (`ip neigh show proxy`, `NTF_PROXY`).
  public var proxies: [Neighbor] = []
  /// The entries of all bridges and of links with a table of their own (vxlan), as `bridge fdb` lists them.
  public var fdb: [ForwardingEntry] = []
  /// VLANs of each port of a bridge that filters by VLAN.
  public var vlans: [LinkRef: [PortVLAN]] = [:]
  /// What bridges have for each VLAN as a whole, by the keys of `bridge -j vlan global` (Linux 5.15 and later).
  public var globalVLANs: [LinkRef: [[LinkFact]]] = [:]
  /// Of ports whose VLANs go through a tunnel: under which numbers, by the keys of `bridge -j vlan tunnelshow`.
  public var vlanTunnels: [LinkRef: [[LinkFact]]] = [:]
  /// Of ports in several spanning trees: their states, by the keys of `bridge -j mst`.
  public var spanningTrees: [LinkRef: [[LinkFact]]] = [:]
  /// The networks that a vxlan with a filter carries, by the keys of `bridge -j vni`.
  public var vxlanNetworks: [LinkRef: [[LinkFact]]] = [:]
  /// Members of groups of multicast that bridges and vxlans know, by the keys of `bridge -d -j mdb`.
  public var groupMembers: [[LinkFact]] = []
  /// Of bridges: the ports behind which there is a router of multicast.
  public var routerPorts: [LinkRef: [LinkRef]] = [:]
  /// Of links that lie on one in another namespace: that one's id in the table of the namespace that was read
  /// (`IFLA_LINK_NETNSID`).
  public var namespaceIDs: [LinkRef: Int32] = [:]
  /// sysctl(8) names and their values.
  public var sysctls: [Sysctl] = []
  /// What the device's driver tells (ethtool(8)).
  public var devices: [LinkRef: Device] = [:]
  /// The programs that hold a tun or tap device open; no entry: not asked for.
  public var holders: [LinkRef: [Holder]] = [:]
  /// What listens: sockets of TCP, and of UDP those without a far end; nil: not asked for, or not read.
  public var listeners: [Listener]?
  /// What could not be read, or not to its end.
  public var gaps: [Gap] = []

  /// Makes empty tables.
  public init() {}

  /// A value below /proc/sys.
  public struct Sysctl: Hashable, Sendable {
    /// `net.ipv4.ip_forward`.
    public var name: String
    /// The file's first line, made safe.
    public var value: String

    /// Makes a setting.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What a driver tells of its device.
  public struct Device: Hashable, Sendable {
    /// The driver's name (`ETHTOOL_GDRVINFO`), made safe.
    public var driver: String
    /// Mb/s; nil where the driver does not know.
    public var speed: UInt32?

    /// Makes a device.
    public init(driver: String, speed: UInt32?) {
      self.driver = driver
      self.speed = speed
    }
  }

  /// A program that holds a tun or tap device open.
  public struct Holder: Hashable, Sendable {
    /// The process.
    public var process: NamespaceProcess
    /// The inode of its namespace, where that is another than the device's.
    public var elsewhere: UInt64?
    /// What the virtual machine is called that it runs, made safe; nil where it runs none.
    public var guest: String?

    /// Makes a holder.
    public init(_ process: NamespaceProcess, elsewhere: UInt64? = nil, guest: String? = nil) {
      self.process = process
      self.elsewhere = elsewhere
      self.guest = guest
    }
  }

  /// A VLAN, or a range of them, on a bridge's port.
  public struct PortVLAN: Hashable, Sendable {
    /// The VLAN's id, or the lowest of the range (`IFLA_BRIDGE_VLAN_INFO`).
    public var first: UInt16
    /// The highest id of the range; `first` for a single VLAN.
    public var last: UInt16
    /// Frames without a tag belong to it.
    public var isPVID: Bool
    /// Frames leave without their tag.
    public var isUntagged: Bool
    /// The rest, by the keys of `bridge -d -j vlan`: `state`, `mcast_router` … (Linux 5.6 and later).
    public var facts: [LinkFact]

    /// Makes a VLAN of a port.
    public init(first: UInt16, last: UInt16, isPVID: Bool, isUntagged: Bool, facts: [LinkFact] = []) {
      self.first = first
      self.last = last
      self.isPVID = isPVID
      self.isUntagged = isUntagged
      self.facts = facts
    }
  }
}

/// A route (`RTM_NEWROUTE`).
public struct RouteEntry: Hashable, Sendable {
  /// Where packets go next.
  public struct Hop: Hashable, Sendable {
    /// The next router (`RTA_GATEWAY`, or `RTA_VIA` for one of the other family); nil: the link leads there.
    public var gateway: IPAddress?
    /// The link that packets leave by (`RTA_OIF`); nil where the route names none.
    public var link: LinkRef?
    /// The share among several hops: `rtnh_hops` + 1, so at least 1.
    public var weight: Int
    /// `RTNH_F_*` as `ip route` names them; empty unless the route is a multipath one, else they are the route's.
    public var flags: [String]

    /// Makes a next hop.
    public init(gateway: IPAddress? = nil, link: LinkRef? = nil, weight: Int = 1, flags: [String] = []) {
      self.gateway = gateway
      self.link = link
      self.weight = weight
      self.flags = flags
    }
  }

  /// Whether it is one of IPv6.
  public var isIPv6: Bool
  /// `unicast`, `local`, `blackhole`, `unreachable`, `prohibit` …
  public var type: String
  /// Nil: every destination.
  public var destination: IPAddress?
  /// Bits.
  public var prefixLength: UInt8
  /// The routing table's number (`RTA_TABLE`): a `RoutingTable`, or another.
  public var table: UInt32
  /// `kernel`, `static`, `boot` …
  public var origin: String
  /// `RT_SCOPE_*` as a word: `global`, `link`, `host`.
  public var scope: String
  /// The source addresses that it is for (`RTA_SRC`), without their prefix length; nil: all.
  public var source: IPAddress?
  /// The address that packets from here carry (`RTA_PREFSRC`).
  public var preferredSource: IPAddress?
  /// `RTA_PRIORITY`: of routes to one destination the lowest is taken; nil counts as 0.
  public var metric: UInt32?
  /// The type of service that a packet must have (`rtm_tos`); 0: any.
  public var tos: UInt8
  /// One, or several for a multipath route; empty for a route that leads nowhere.
  public var hops: [Hop]
  /// `RTNH_F_*` and `RTM_F_*` as `ip route` names them ("linkdown", "onlink").
  public var flags: [String]
  /// `mtu`, `advmss` … in the order of the kernel's numbers.
  public var metrics: [Metric]
  /// `low`, `medium`, `high` (RFC 4191); IPv6 only.
  public var preference: String?

  /// A value of `RTA_METRICS`.
  public struct Metric: Hashable, Sendable {
    /// The word of `ip route` for `RTAX_*` (`mtu`, `advmss`).
    public var name: String
    /// The kernel's number: bytes for `mtu` and `advmss`, ms for `rto_min`.
    public var value: UInt32

    /// Makes a metric.
    public init(name: String, value: UInt32) {
      self.name = name
      self.value = value
    }
  }

  /// Makes a route.
  public init(
    isIPv6: Bool, type: String, destination: IPAddress?, prefixLength: UInt8,
    table: UInt32 = RoutingTable.main.rawValue,
    origin: String = "boot", scope: String = "global", source: IPAddress? = nil, preferredSource: IPAddress? = nil,
    metric: UInt32? = nil, tos: UInt8 = 0, hops: [Hop] = [], flags: [String] = [], metrics: [Metric] = [],
    preference: String? = nil
  ) {
    self.isIPv6 = isIPv6
    self.type = type
    self.destination = destination
    self.prefixLength = prefixLength
    self.table = table
    self.origin = origin
    self.scope = scope
    self.source = source
    self.preferredSource = preferredSource
    self.metric = metric
    self.tos = tos
    self.hops = hops
    self.flags = flags
    self.metrics = metrics
    self.preference = preference
  }

  /// `default`, `10.0.0.0/24`, `10.0.0.1`.
  public var destinationText: String {
    guard let destination, prefixLength > 0 || destination.bytes.contains(where: { $0 != 0 }) else {
      return prefixLength == 0 ? "default" : "0/\(prefixLength)"
    }
    return Int(prefixLength) == destination.bytes.count * 8
      ? destination.description : "\(destination)/\(prefixLength)"
  }

  /// The table's name as `ip` has it without /etc/iproute2: `main`, `local`, `default`, or the number.
  public var tableName: String { RoutingRule.name(ofTable: table) }
}

/// A rule of the routing policy (`RTM_NEWRULE`).
public struct RoutingRule: Hashable, Sendable {
  /// Whether the rule is one of IPv6.
  public var isIPv6: Bool
  /// `FRA_PRIORITY`: the rule with the lowest is asked first.
  public var priority: UInt32
  /// What it asks of a packet and what it does, by the keys of `ip -j rule`, in its order.
  public var fields: [LinkFact]

  /// Makes a rule.
  public init(isIPv6: Bool, priority: UInt32, fields: [LinkFact]) {
    self.isIPv6 = isIPv6
    self.priority = priority
    self.fields = fields
  }

  /// A routing table's name as `ip` has it without /etc/iproute2.
  public static func name(ofTable table: UInt32) -> String {
    RoutingTable(rawValue: table).map { "\($0)" } ?? String(table)
  }
}

/// The routing tables that have names: `RT_TABLE_*` (linux/rtnetlink.h). The cases are iproute2's words.
public enum RoutingTable: UInt32, Sendable {
  /// `RT_TABLE_DEFAULT`: what is asked last.
  case `default` = 253
  /// `RT_TABLE_MAIN`: where routes go that nobody says a table of.
  case main = 254
  /// `RT_TABLE_LOCAL`: the namespace's own addresses, and broadcasts.
  case local = 255
}

/// A neighbour (`RTM_NEWNEIGH`): whose link-layer address stands for an IP address.
public struct Neighbor: Hashable, Sendable {
  /// The neighbour's IP address (`NDA_DST`).
  public var address: IPAddress
  /// The link that the neighbour is reached by (`ndm_ifindex`).
  public var link: LinkRef
  /// The link-layer address (`NDA_LLADDR`), 6 bytes on Ethernet; empty where it is not known.
  public var hardwareAddress: [UInt8]
  /// How far it is known.
  public var state: NeighborState
  /// What else is said of it.
  public var flags: NeighborFlags

  /// Makes a neighbour.
  public init(
    address: IPAddress, link: LinkRef, hardwareAddress: [UInt8], state: NeighborState,
    flags: NeighborFlags = []
  ) {
    self.address = address
    self.link = link
    self.hardwareAddress = hardwareAddress
    self.state = state
    self.flags = flags
  }

  /// Whether a packet can be sent to it now: INCOMPLETE and FAILED can't.
  public var isUsable: Bool { !state.isEmpty && state.isDisjoint(with: [.incomplete, .failed]) }
}
