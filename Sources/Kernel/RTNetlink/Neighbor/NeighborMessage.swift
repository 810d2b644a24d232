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
  /// `NDA_MASTER`: the ifindex of the bridge that the entry belongs to.
  public var master: UInt32?
  /// `NDA_PROBES`: how many probes the latest search for it took.
  public var probes: UInt32?

  /// Decodes the payload of a message; throws `DecodeError` where it can't be.
  public init(_ payload: RawSpan) throws {
    guard payload.byteCount >= 12, let family = payload.u8(0), let index = payload.u32(4), let state = payload.u16(8),
      let flags = payload.u8(10)
    else { throw DecodeError("ndmsg", "\(payload.byteCount) bytes are too few") }
    self.family = family
    self.index = index
    self.state = state
    self.flags = flags
    try forEachAttribute(in: payload, from: 12) { type, value in
      switch type {
      case 1: destination = value.array
      case 2: lladdr = value.array
      case 4: probes = value.u32()
      case 5: vlan = value.u16()
      case 6: port = value.u16().map { UInt16(bigEndian: $0) }
      case 7: vni = value.u32()
      case 8: viaIndex = value.u32()
      case 9: master = value.u32()
      case 11: sourceVNI = value.u32()
      default: break
      }
    }
  }

  /// `RTM_GETNEIGH` dump: neighbours of both families, or (family 7) the forwarding databases.
  public static func dump(family: UInt8 = Family.unspecified) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getNeighbor, flags: [.request, .dump])
    message.fixed(family, UInt8(0), UInt16(0), UInt32(0), UInt16(0), UInt8(0), UInt8(0))
    return message
  }
}
