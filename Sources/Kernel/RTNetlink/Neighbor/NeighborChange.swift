public import Netlink

/// Requests that change neighbours and forwarding databases: for the laboratory.
public enum NeighborChange {
  /// `RTM_NEWNEIGH`: a neighbour that stays as it is (`NUD_PERMANENT`), in the place of another one.
  public static func setPermanent(index: UInt32, address: [UInt8], hardware: [UInt8]) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newNeighbor, flags: [.request, .ack, .create, .replace])
    let family = address.count == 4 ? Family.inet : Family.inet6
    message.fixed(family, UInt8(0), UInt16(0), index, UInt16(0x80), UInt8(0), UInt8(0))
    message.attribute(1, address)  // NDA_DST
    message.attribute(2, hardware)  // NDA_LLADDR
    return message
  }

  /// `RTM_NEWNEIGH` of the bridge family: a static entry (`NUD_NOARP`) of the bridge that the port `index` belongs to.
  public static func setForwarding(port index: UInt32, hardware: [UInt8]) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newNeighbor, flags: [.request, .ack, .create, .replace])
    // NTF_MASTER, the bridge's own table, not the device's; NTF_STICKY: it does not move to where the owner is heard.
    message.fixed(Family.bridge, UInt8(0), UInt16(0), index, UInt16(0x40), UInt8(0x44), UInt8(0))
    message.attribute(2, hardware)
    return message
  }
}
