internal import Netlink

/// An interface as `RTM_NEWLINK` or `RTM_DELLINK` describes it.
///
/// Every field after `index` is nil or empty where the message did not hold it: messages about one change hold little.
public struct LinkMessage: Hashable, Sendable {
  public var family: UInt8
  /// `ARPHRD_*`.
  public var type: UInt16
  public var index: Int32
  /// `IFF_*`.
  public var flags: UInt32
  /// The name's bytes: any but `/`, NUL and white space.
  public var name: [UInt8]?
  public var address: [UInt8]?
  public var broadcast: [UInt8]?
  /// Bytes.
  public var mtu: UInt32?
  /// `IFLA_LINK`: the peer's or the lower link's ifindex, in the namespace `linkNamespaceID`.
  public var link: Int32?
  /// `IFLA_LINK_NETNSID`. In a reply it counts in the table of whoever asked; in an event, in that of the namespace the
  /// event comes from (`reference`: rtnl_fill_link_netnsid). Only replies may feed the model.
  public var linkNamespaceID: Int32?
  public var master: UInt32?
  public var operState: UInt8?
  public var qdisc: [UInt8]?
  public var txQueueLength: UInt32?
  public var alias: [UInt8]?
  public var alternativeNames: [[UInt8]] = []
  public var kind: [UInt8]?
  public var slaveKind: [UInt8]?
  public var stats: LinkStats?
  public var bridge: Bridge?
  public var port: Port?
  /// The one number that tells a link of its kind from another: a VLAN's id, a vxlan's VNI, a vrf's table.
  public var kindNumber: UInt32?
  /// `IFLA_NEW_NETNSID`: set in the `RTM_DELLINK` of a link that moved to another namespace.
  public var newNamespaceID: Int32?

  /// `IFLA_BR_*`; nil where the message did not hold it.
  public struct Bridge: Hashable, Sendable {
    /// Hundredths of a second.
    public var ageingTime: UInt32?
    public var stpState: UInt32?
    public var vlanFiltering: UInt8?
  }

  /// `IFLA_BRPORT_*`; nil where the message did not hold it.
  public struct Port: Hashable, Sendable {
    public var state: UInt8?
    public var hairpin: UInt8?
    public var learning: UInt8?
    public var unicastFlood: UInt8?
    public var broadcastFlood: UInt8?
    public var number: UInt16?
    public var isolated: UInt8?
  }

  /// The size of `struct ifinfomsg`, in bytes.
  public static let headerSize = 16

  /// Decodes the payload of a message; throws `DecodeError` where the header or an attribute can't be.
  public init(_ payload: RawSpan) throws {
    guard let family = payload.u8(0), let type = payload.u16(2), let index = payload.i32(4),
      let flags = payload.u32(8), payload.byteCount >= Self.headerSize
    else { throw DecodeError("ifinfomsg", "\(payload.byteCount) bytes are too few") }
    self.family = family
    self.type = type
    self.index = index
    self.flags = flags
    try forEachAttribute(in: payload, from: Self.headerSize) { type, value in
      try decode(type, value)
    }
  }

  private mutating func decode(_ type: UInt16, _ value: RawSpan) throws {
    switch type {
    case LinkAttribute.address: address = value.array
    case LinkAttribute.broadcast: broadcast = value.array
    case LinkAttribute.name: name = value.string
    case LinkAttribute.mtu: mtu = value.u32()
    case LinkAttribute.link: link = value.i32()
    case LinkAttribute.linkNamespaceID: linkNamespaceID = value.i32()
    case LinkAttribute.master: master = value.u32()
    case LinkAttribute.operState: operState = value.u8()
    case LinkAttribute.qdisc: qdisc = value.string
    case LinkAttribute.txQueueLength: txQueueLength = value.u32()
    case LinkAttribute.alias: alias = value.string
    case LinkAttribute.stats64: stats = LinkStats(value)
    case LinkAttribute.newNamespaceID: newNamespaceID = value.i32()
    case LinkAttribute.linkInfo: try decodeInfo(value)
    case LinkAttribute.propertyList:
      try forEachAttribute(in: value) { type, value in
        if type == LinkAttribute.alternativeName { alternativeNames.append(value.string) }
      }
    default: break
    }
  }

  /// Two passes: the kinds say how the data are to be read, and nothing promises that they come first.
  private mutating func decodeInfo(_ info: RawSpan) throws {
    try forEachAttribute(in: info) { type, value in
      if type == LinkAttribute.Info.kind { kind = value.string }
      if type == LinkAttribute.Info.slaveKind { slaveKind = value.string }
    }
    let kindText = kind.map { String(decoding: $0, as: UTF8.self) }
    let isBridgePort = slaveKind.map { $0.elementsEqual("bridge".utf8) } ?? false
    try forEachAttribute(in: info) { type, value in
      if type == LinkAttribute.Info.data, let kindText { try decodeData(kindText, value) }
      if type == LinkAttribute.Info.slaveData, isBridgePort { port = try Port(value) }
    }
  }

  private mutating func decodeData(_ kind: String, _ data: RawSpan) throws {
    switch kind {
    case "bridge": bridge = try Bridge(data)
    case "vlan":  // IFLA_VLAN_ID
      try forEachAttribute(in: data) { type, value in
        if type == 1 { kindNumber = value.u16().map(UInt32.init) }
      }
    case "vxlan", "geneve", "vrf":  // IFLA_VXLAN_ID, IFLA_GENEVE_ID, IFLA_VRF_TABLE
      try forEachAttribute(in: data) { type, value in
        if type == 1 { kindNumber = value.u32() }
      }
    default: break
    }
  }
}

extension LinkMessage.Bridge {
  init(_ data: RawSpan) throws {
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

extension LinkMessage.Port {
  init(_ data: RawSpan) throws {
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
