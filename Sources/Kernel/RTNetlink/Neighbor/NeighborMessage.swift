public import Netlink

/// A neighbour, or (family 7) an entry of a bridge's forwarding database, as `RTM_NEWNEIGH` or `RTM_DELNEIGH`
/// describes it (`struct ndmsg`, `NDA_*`).
public struct NeighborMessage: Hashable, Sendable {
  /// `ndm_family`: `AF_INET`, `AF_INET6` or `AF_BRIDGE` (7).
  public var family: UInt8
  /// `ndm_ifindex`: the link by which it is reached.
  public var index: UInt32
  /// `NUD_*`, a mask.
  public var state: UInt16
  /// `NTF_*`.
  public var flags: UInt8
  /// `NDA_FLAGS_EXT`: `NTF_EXT_*`, for which the header's byte has no room.
  public var extendedFlags: UInt32 = 0
  /// The neighbour's address; of a vxlan's entry the far tunnel end.
  public var destination: [UInt8]?
  /// `NDA_LLADDR`: the link-layer address, 6 bytes on Ethernet; nil where none is known.
  public var lladdr: [UInt8]?
  /// `NDA_VLAN`: the VLAN of a forwarding entry; nil: of none.
  public var vlan: UInt16?
  /// `NDA_PORT`, in host order.
  public var port: UInt16?
  /// `NDA_VNI`: the network's number on the way to a vxlan's far end; nil: the vxlan's own.
  public var vni: UInt32?
  /// `NDA_SRC_VNI`: the network that the entry belongs to, of a vxlan that carries several.
  public var sourceVNI: UInt32?
  /// `NDA_IFINDEX`: the link by which a vxlan's far end is reached; nil: as the routes say.
  public var viaIndex: UInt32?
  /// `NDA_LINK_NETNSID`: where that link is, in the table of the namespace that was asked; nil: in the same namespace.
  public var linkNamespaceID: Int32?
  /// `NDA_MASTER`: the ifindex of the bridge that the entry belongs to.
  public var master: UInt32?
  /// `NDA_PROBES`: how many probes the latest search for it took.
  public var probes: UInt32?

  /// `NDA_*` (linux/neighbour.h).
  public enum Attribute {
    /// `NDA_DST`: the neighbour's address, 4 or 16 bytes.
    public static let destination: UInt16 = 1
    /// `NDA_LLADDR`: the link-layer address, 6 bytes on Ethernet.
    public static let lladdr: UInt16 = 2
    /// `NDA_PROBES`: how many probes were sent, 32 bits.
    public static let probes: UInt16 = 4
    /// `NDA_VLAN`: 16 bits.
    public static let vlan: UInt16 = 5
    /// `NDA_PORT`: a UDP port in network order.
    public static let port: UInt16 = 6
    /// `NDA_VNI`: 32 bits.
    public static let vni: UInt16 = 7
    /// `NDA_IFINDEX`: the ifindex of the link by which a vxlan's far end is reached.
    public static let index: UInt16 = 8
    /// `NDA_MASTER`: the ifindex of the bridge.
    public static let master: UInt16 = 9
    /// `NDA_LINK_NETNSID`: the nsid of the namespace that `index` counts in.
    public static let linkNamespaceID: UInt16 = 10
    /// `NDA_SRC_VNI`: 32 bits.
    public static let sourceVNI: UInt16 = 11
    /// `NDA_FLAGS_EXT`: 32 bits.
    public static let extendedFlags: UInt16 = 15
  }

  /// `NUD_*` (linux/neighbour.h), as far as requests need them.
  public enum State {
    /// `NUD_NOARP`: nobody is asked; in a forwarding database: static, and not aged.
    public static let noARP: UInt16 = 0x40
    /// `NUD_PERMANENT`: it stays as it is.
    public static let permanent: UInt16 = 0x80
  }

  /// `NTF_*` (linux/neighbour.h), as far as requests need them.
  public enum Flag {
    /// `NTF_MASTER`: of the table of the link's master, not of the link's own.
    public static let master: UInt8 = 0x04
    /// `NTF_PROXY`: an address that is answered for, not a neighbour.
    public static let proxy: UInt8 = 0x08
    /// `NTF_STICKY`: it does not move to where its owner is heard.
    public static let sticky: UInt8 = 0x40
    /// `NTF_EXT_LOCKED`, of `extendedFlags`: whoever has the address is not let through (`locked`, `mab`).
    public static let locked: UInt32 = 0x2
  }

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= 12, let family = payload.u8(0), let index = payload.u32(4), let state = payload.u16(8),
      let flags = payload.u8(10)
    else { throw .short("ndmsg", payload.byteCount) }
    self.family = family
    self.index = index
    self.state = state
    self.flags = flags
    try forEachAttribute(of: "ndmsg", in: payload, from: 12) { type, value in
      switch type {
      case Attribute.destination: destination = value.array
      case Attribute.lladdr: lladdr = value.array
      case Attribute.probes: probes = value.u32()
      case Attribute.vlan: vlan = value.u16()
      case Attribute.port: port = value.u16().map { UInt16(bigEndian: $0) }
      case Attribute.vni: vni = value.u32()
      case Attribute.index: viaIndex = value.u32()
      case Attribute.linkNamespaceID: linkNamespaceID = value.i32()
      case Attribute.master: master = value.u32()
      case Attribute.extendedFlags: extendedFlags = value.u32() ?? 0
      case Attribute.sourceVNI: sourceVNI = value.u32()
      default: break
      }
    }
  }

  /// `RTM_GETNEIGH` dump: neighbours of both families, or (family 7) the forwarding databases; with `Flag.proxy` the
  /// addresses that are answered for.
  public static func dump(family: UInt8 = Family.unspecified, flags: UInt8 = 0) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getNeighbor, flags: [.request, .dump])
    message.fixed(family, UInt8(0), UInt16(0), UInt32(0), UInt16(0), flags, UInt8(0))
    return message
  }
}
