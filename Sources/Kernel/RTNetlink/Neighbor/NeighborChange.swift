public import Netlink

/// Requests that change neighbours and forwarding databases: for the laboratory.
public enum NeighborChange {
  /// `RTM_NEWNEIGH`: a neighbour that stays as it is (`NUD_PERMANENT`), in the place of another one.
  public static func setPermanent(index: UInt32, address: [UInt8], hardware: [UInt8]) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newNeighbor, flags: [.request, .ack, .create, .replace])
    let family = address.count == 4 ? Family.inet : Family.inet6
    message.fixed(family, UInt8(0), UInt16(0), index, NeighborMessage.State.permanent, UInt8(0), UInt8(0))
    message.attribute(NeighborMessage.Attribute.destination, address)
    message.attribute(NeighborMessage.Attribute.lladdr, hardware)
    return message
  }

  /// `RTM_DELNEIGH`: a neighbour is forgotten.
  public static func remove(index: UInt32, address: [UInt8]) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.delNeighbor, flags: [.request, .ack])
    let family = address.count == 4 ? Family.inet : Family.inet6
    message.fixed(family, UInt8(0), UInt16(0), index, UInt16(0), UInt8(0), UInt8(0))
    message.attribute(NeighborMessage.Attribute.destination, address)
    return message
  }

  /// `RTM_NEWNEIGH` of the bridge family: a static entry (`NUD_NOARP`) of the bridge that the port `index` belongs to.
  public static func setForwarding(port index: UInt32, hardware: [UInt8]) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newNeighbor, flags: [.request, .ack, .create, .replace])
    message.fixed(
      Family.bridge, UInt8(0), UInt16(0), index, NeighborMessage.State.noARP,
      NeighborMessage.Flag.master | NeighborMessage.Flag.sticky, UInt8(0))
    message.attribute(NeighborMessage.Attribute.lladdr, hardware)
    return message
  }
}
