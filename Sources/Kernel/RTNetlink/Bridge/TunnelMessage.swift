public import Netlink

/// The networks that a vxlan carries, as `RTM_NEWTUNNEL` describes them, Linux 5.18 and later (`struct tunnel_msg`).
public struct TunnelMessage: Hashable, Sendable {
  /// The vxlan's ifindex.
  public var index: UInt32
  /// One row for each network or range, by the keys of `bridge -j vni`.
  public var networks: [[KindFact]] = []

  /// `VXLAN_VNIFILTER_ENTRY`: a network or a range of them, nested.
  private static let entry: UInt16 = 1

  /// The size of `struct tunnel_msg`, in bytes.
  static let headerSize = 8

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard let index = payload.u32(4) else { throw .short("tunnel_msg", payload.byteCount) }
    self.index = index
    try forEachAttribute(of: "tunnel_msg", in: payload, from: Self.headerSize) { type, value throws(DecodeError) in
      guard type == Self.entry else { return }
      do throws(DecodeError) {
        networks.append(try KindTables.vxlanNetwork.decode(value))
      } catch { throw error.within("VXLAN_VNIFILTER_ENTRY") }
    }
  }

  /// `RTM_GETTUNNEL` dump of the networks of all vxlans.
  public static func dump() -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getTunnel, flags: [.request, .dump])
    message.fixed(Family.bridge, UInt8(0), UInt16(0), UInt32(0))
    return message
  }
}
