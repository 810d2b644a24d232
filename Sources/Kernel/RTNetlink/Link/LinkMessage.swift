public import Netlink

/// An interface as `RTM_NEWLINK` or `RTM_DELLINK` describes it.
///
/// Every field after `index` is nil or empty where the message did not hold it: messages about one change hold little.
public struct LinkMessage: Hashable, Sendable {
  /// `ifi_family`: `AF_UNSPEC`, or `AF_BRIDGE` where the message is about a bridge's port.
  public var family: UInt8
  /// `ARPHRD_*`.
  public var type: UInt16
  /// `ifi_index`: the ifindex.
  public var index: Int32
  /// `IFF_*`.
  public var flags: UInt32
  /// The name's bytes: any but `/`, NUL and white space.
  public var name: [UInt8]?
  /// `IFLA_ADDRESS`: the link-layer address, 6 bytes on Ethernet.
  public var address: [UInt8]?
  /// `IFLA_BROADCAST`: the link-layer broadcast address; of a point-to-point tunnel the far end.
  public var broadcast: [UInt8]?
  /// `IFLA_PERM_ADDRESS`: the link-layer address that the device was made with.
  public var permanentAddress: [UInt8]?
  /// Bytes.
  public var mtu: UInt32?
  /// `IFLA_LINK`: the peer's or the lower link's ifindex, in the namespace `linkNamespaceID`.
  public var link: Int32?
  /// `IFLA_LINK_NETNSID`. In a reply it counts in the table of whoever asked; in an event, in that of the namespace the
  /// event comes from (the kernel's rtnl_fill_link_netnsid). Only replies may feed the model.
  public var linkNamespaceID: Int32?
  /// `IFLA_MASTER`: the ifindex of the bridge, bond or vrf that it belongs to.
  public var master: UInt32?
  /// `IFLA_OPERSTATE`: `IF_OPER_*` (RFC 2863).
  public var operState: UInt8?
  /// `IFLA_QDISC`: the queueing discipline's name, as bytes.
  public var qdisc: [UInt8]?
  /// `IFLA_TXQLEN`, in packets.
  public var txQueueLength: UInt32?
  /// `IFLA_IFALIAS`: a text that an administrator gave it, any bytes.
  public var alias: [UInt8]?
  /// `IFLA_ALT_IFNAME`, each as bytes.
  public var alternativeNames: [[UInt8]] = []
  /// `IFLA_INFO_KIND`: the kind's name as bytes; nil also for a link without a kind, such as a physical one.
  public var kind: [UInt8]?
  /// `IFLA_INFO_SLAVE_KIND`: the kind of its master, as bytes.
  public var slaveKind: [UInt8]?
  /// `IFLA_STATS64`: its counters.
  public var stats: LinkStats?
  /// Of a bridge: its settings, out of `IFLA_INFO_DATA`.
  public var bridge: Bridge?
  /// Of a bridge's port: its settings, out of `IFLA_INFO_SLAVE_DATA` or, in messages of AF_BRIDGE, `IFLA_PROTINFO`.
  public var port: Port?
  /// What else every link has, by the keys of `ip -j -d link`.
  public var attributes: [KindFact] = []
  /// What its kind tells of it (`IFLA_INFO_DATA`), by the keys of `ip -j -d link`.
  public var facts: [KindFact] = []
  /// What its master's kind tells of it (`IFLA_INFO_SLAVE_DATA`).
  public var slaveFacts: [KindFact] = []
  /// `IFLA_GROUP`: the number of its group; 0 is the default one.
  public var group: UInt32?
  /// `IFLA_LINKMODE`: `IF_LINK_MODE_*`, 0 default, 1 dormant, 2 testing.
  public var linkMode: UInt8?
  /// `IFLA_NEW_NETNSID`: set in the `RTM_DELLINK` of a link that moved to another namespace.
  public var newNamespaceID: Int32?
  /// `IFLA_NEW_IFINDEX`: its number there.
  public var newIndex: UInt32?

  /// VLANs of a bridge's port (`IFLA_BRIDGE_VLAN_INFO`), in messages of AF_BRIDGE that were asked for with them.
  public var vlans: [VLANRange] = []

  /// Of a bridge's port, one row each: which VLANs go through a tunnel under which number, by the keys of `bridge -j vlan
  /// tunnelshow`.
  public var vlanTunnels: [[KindFact]] = []
  /// Of a bridge's port, one row each: its state in the spanning trees beside the first, by the keys of `bridge -j mst`.
  public var spanningTrees: [[KindFact]] = []

  /// `IFLA_BR_*`; nil where the message did not hold it.
  public struct Bridge: Hashable, Sendable {
    /// Hundredths of a second.
    public var ageingTime: UInt32?
    /// `IFLA_BR_STP_STATE`: 0 no spanning tree, 1 the kernel's, 2 that of a program.
    public var stpState: UInt32?
    /// `IFLA_BR_VLAN_FILTERING`: 0 or 1.
    public var vlanFiltering: UInt8?
  }

  /// `IFLA_BRPORT_*`; nil where the message did not hold it.
  public struct Port: Hashable, Sendable {
    /// `IFLA_BRPORT_STATE`: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking (`BR_STATE_*`).
    public var state: UInt8?
    /// `IFLA_BRPORT_MODE`: 1 where frames may go out by the port that they came in by.
    public var hairpin: UInt8?
    /// `IFLA_BRPORT_LEARNING`: 1 where addresses are learned from what comes in.
    public var learning: UInt8?
    /// `IFLA_BRPORT_UNICAST_FLOOD`: 1 where frames to unknown addresses go out by it.
    public var unicastFlood: UInt8?
    /// `IFLA_BRPORT_BCAST_FLOOD`: 1 where broadcast frames go out by it.
    public var broadcastFlood: UInt8?
    /// `IFLA_BRPORT_NO`: its number in the bridge, from 1.
    public var number: UInt16?
    /// `IFLA_BRPORT_ISOLATED`: 1 where it exchanges no frames with other isolated ports.
    public var isolated: UInt8?
  }

  /// The size of `struct ifinfomsg`, in bytes.
  public static let headerSize = 16

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard let family = payload.u8(0), let type = payload.u16(2), let index = payload.i32(4),
      let flags = payload.u32(8), payload.byteCount >= Self.headerSize
    else { throw .short("ifinfomsg", payload.byteCount) }
    self.family = family
    self.type = type
    self.index = index
    self.flags = flags
    try forEachAttribute(of: "ifinfomsg", in: payload, from: Self.headerSize) { type, value throws(DecodeError) in
      try decode(type, value)
    }
  }

  private mutating func decode(_ type: UInt16, _ value: RawSpan) throws(DecodeError) {
    switch type {
    case LinkAttribute.address: address = value.array
    case LinkAttribute.broadcast: broadcast = value.array
    case LinkAttribute.permanentAddress: permanentAddress = value.array
    case LinkAttribute.name: name = value.string
    case LinkAttribute.mtu: mtu = value.u32()
    case LinkAttribute.link: link = value.i32()
    case LinkAttribute.linkNamespaceID: linkNamespaceID = value.i32()
    case LinkAttribute.master: master = value.u32()
    case LinkAttribute.operState: operState = value.u8()
    case LinkAttribute.qdisc: qdisc = value.string
    case LinkAttribute.txQueueLength: txQueueLength = value.u32()
    case LinkAttribute.alias: alias = value.string
    case LinkAttribute.group: group = value.u32()
    case LinkAttribute.linkMode: linkMode = value.u8()
    case LinkAttribute.newIndex: newIndex = value.u32()
    case LinkAttribute.stats64: stats = LinkStats(value)
    case LinkAttribute.newNamespaceID: newNamespaceID = value.i32()
    case LinkAttribute.linkInfo: try decodeInfo(value)
    case LinkAttribute.protocolInfo where family == Family.bridge:
      // An old kernel sends the state alone, as one byte.
      if value.byteCount == 1 {
        port = Port(state: value.u8())
      } else {
        do {
          port = try Port(value)
          slaveFacts = try KindTables.bridgePort.decode(value)
        } catch { throw error.within("IFLA_PROTINFO") }
      }
    // In messages of other families the attribute has another shape.
    case LinkAttribute.familySpecific where family == Family.bridge: try decodeVLANs(value)
    case LinkAttribute.propertyList:
      try forEachAttribute(of: "IFLA_PROP_LIST", in: value) { type, value in
        if type == LinkAttribute.alternativeName { alternativeNames.append(value.string) }
      }
    default: try KindTables.link.decode(type, value, into: &attributes)
    }
  }

  /// Two passes: the kinds say how the data are to be read, and nothing promises that they come first.
  private mutating func decodeInfo(_ info: RawSpan) throws(DecodeError) {
    try forEachAttribute(of: "IFLA_LINKINFO", in: info) { type, value in
      if type == LinkAttribute.Info.kind { kind = value.string }
      if type == LinkAttribute.Info.slaveKind { slaveKind = value.string }
    }
    try forEachAttribute(of: "IFLA_LINKINFO", in: info) { type, value throws(DecodeError) in
      if type == LinkAttribute.Info.data, let kind { try decodeData(value, String(decoding: kind, as: UTF8.self)) }
      if type == LinkAttribute.Info.slaveData, let slaveKind {
        try decodeSlaveData(value, String(decoding: slaveKind, as: UTF8.self))
      }
    }
  }

  /// An error names a kind only where there is a table for it: the name is one of ours then, not any bytes.
  private mutating func decodeData(_ data: RawSpan, _ kind: String) throws(DecodeError) {
    do {
      if kind == "bridge" { bridge = try Bridge(data) }
      if let table = KindTables.data(of: kind) { facts = try table.decode(data) }
    } catch { throw error.within("IFLA_INFO_DATA of \(kind)") }
  }

  private mutating func decodeSlaveData(_ data: RawSpan, _ kind: String) throws(DecodeError) {
    do {
      if kind == "bridge" { port = try Port(data) }
      if let table = KindTables.slaveData(of: kind) { slaveFacts = try table.decode(data) }
    } catch { throw error.within("IFLA_INFO_SLAVE_DATA of \(kind)") }
  }
}

extension LinkMessage.Bridge {
  init(_ data: RawSpan) throws(DecodeError) {
    try forEachAttribute(in: data) { type, value in
      switch type {
      case LinkAttribute.Bridge.ageingTime: ageingTime = value.u32()
      case LinkAttribute.Bridge.stpState: stpState = value.u32()
      case LinkAttribute.Bridge.vlanFiltering: vlanFiltering = value.u8()
      default: break
      }
    }
  }
}

/// What the model itself asks of a port; all of it, for people, is `facts` by the table of `KindTables+Masters`.
extension LinkMessage.Port {
  init(state: UInt8?) { self.state = state }

  init(_ data: RawSpan) throws(DecodeError) {
    try forEachAttribute(in: data) { type, value in
      switch type {
      case LinkAttribute.BridgePort.state: state = value.u8()
      case LinkAttribute.BridgePort.mode: hairpin = value.u8()
      case LinkAttribute.BridgePort.learning: learning = value.u8()
      case LinkAttribute.BridgePort.unicastFlood: unicastFlood = value.u8()
      case LinkAttribute.BridgePort.broadcastFlood: broadcastFlood = value.u8()
      case LinkAttribute.BridgePort.number: number = value.u16()
      case LinkAttribute.BridgePort.isolated: isolated = value.u8()
      default: break
      }
    }
  }
}
