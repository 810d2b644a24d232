public import Netlink

/// Requests about links.
public enum LinkRequest {
  /// `RTM_GETLINK` dump of our own namespace (nil) or of the one with that nsid in our table.
  public static func dump(target nsid: Int32?) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getLink, flags: [.request, .dump])
    message.linkHeader(index: 0)
    if let nsid { message.attribute(LinkAttribute.targetNamespaceID, nsid) }
    return message
  }

  /// `RTM_GETLINK` of one link.
  public static func get(index: Int32, target nsid: Int32?) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getLink, flags: [.request])
    message.linkHeader(index: index)
    if let nsid { message.attribute(LinkAttribute.targetNamespaceID, nsid) }
    return message
  }

  /// `RTM_GETLINK` dump of the ports of bridges with their VLANs, tunnels and spanning trees.
  public static func portVLANs() -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getLink, flags: [.request, .dump])
    message.linkHeader(family: Family.bridge, index: 0)
    message.attribute(
      LinkAttribute.extendedMask,
      LinkAttribute.ExtendedMask.compressedVLANs | LinkAttribute.ExtendedMask.spanningTrees)
    return message
  }
}

extension MessageBuilder {
  /// Appends `struct ifinfomsg`.
  public mutating func linkHeader(
    family: UInt8 = Family.unspecified, index: Int32, flags: UInt32 = 0, change: UInt32 = 0
  ) {
    fixed(family, UInt8(0), UInt16(0), index, flags, change)
  }
}

extension LinkMessage {
  /// Whether the link that a message describes has a program of XDP (`IFLA_XDP_ATTACHED`): asked for only where a packet
  /// got lost, so no part of the model.
  public static func hasXDP(_ payload: RawSpan) throws(DecodeError) -> Bool {
    var mode: UInt8 = 0
    try forEachAttribute(of: "ifinfomsg", in: payload, from: 16) { type, value throws(DecodeError) in
      guard type == LinkAttribute.xdp else { return }
      try forEachAttribute(of: "IFLA_XDP", in: value, from: 0) { inner, value in
        if inner == 2 { mode = value.u8(0) ?? 0 }
      }
    }
    return mode != 0
  }

  /// The ifindex of the link that a message describes, and where the link that it lies on is (`IFLA_LINK_NETNSID`); nil
  /// where that is in the same namespace. Of a thousand links nothing else is decoded.
  public static func namespaceID(ofLower payload: RawSpan) throws(DecodeError) -> (index: UInt32, nsid: Int32)? {
    guard let index = payload.u32(4) else { throw .short("ifinfomsg", payload.byteCount) }
    var found: Int32?
    try forEachAttribute(of: "ifinfomsg", in: payload, from: headerSize) { type, value in
      if type == LinkAttribute.linkNamespaceID { found = value.i32() }
    }
    return found.map { (index, $0) }
  }
}
