public import Netlink

/// An address of an interface, as `RTM_NEWADDR` or `RTM_DELADDR` describes it.
public struct AddressMessage: Hashable, Sendable {
  /// `ifa_family`: `AF_INET` or `AF_INET6`.
  public var family: UInt8
  /// `ifa_prefixlen`: bits of the network's part.
  public var prefixLength: UInt8
  /// `IFA_F_*`: all 32 bits where the message holds `IFA_FLAGS`, else the header's eight.
  public var flags: UInt32
  /// `RT_SCOPE_*`.
  public var scope: UInt8
  /// `ifa_index`: the ifindex of the link that has the address.
  public var index: UInt32
  /// `IFA_ADDRESS`: the far end of a point-to-point link, else the same as `local`.
  public var address: [UInt8]?
  /// `IFA_LOCAL`: this end; IPv6 has it only on point-to-point links.
  public var local: [UInt8]?
  /// `IFA_BROADCAST`: 4 bytes in network order; nil where there is none, as always for IPv6.
  public var broadcast: [UInt8]?
  /// `IFA_LABEL`: bytes such as `eth0:1`, only for IPv4; nil where there is none.
  public var label: [UInt8]?
  /// `IFA_PROTO`: `IFAPROT_*`, who set it; nil: the kernel does not say (before Linux 5.18).
  public var origin: UInt8?

  /// `IFA_*`.
  public enum Attribute {
    /// `IFA_ADDRESS`: 4 or 16 bytes.
    public static let address: UInt16 = 1
    /// `IFA_LOCAL`: 4 or 16 bytes.
    public static let local: UInt16 = 2
    /// `IFA_LABEL`: a string.
    public static let label: UInt16 = 3
    /// `IFA_BROADCAST`: 4 bytes.
    public static let broadcast: UInt16 = 4
    /// `IFA_FLAGS`: 32 bits, which take the place of the header's eight.
    public static let flags: UInt16 = 8
    /// `IFA_PROTO`: one byte.
    public static let origin: UInt16 = 11
    /// `IFA_TARGET_NETNSID`.
    public static let targetNamespaceID: UInt16 = 10
  }

  /// `IFA_F_*`, as far as requests need them.
  public enum Flag {
    /// `IFA_F_NODAD`: it is used without duplicate address detection.
    public static let noDAD: UInt8 = 0x02
  }

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard let family = payload.u8(0), let prefixLength = payload.u8(1), let flags = payload.u8(2),
      let scope = payload.u8(3), let index = payload.u32(4)
    else { throw .short("ifaddrmsg", payload.byteCount) }
    self.family = family
    self.prefixLength = prefixLength
    self.flags = UInt32(flags)
    self.scope = scope
    self.index = index
    try forEachAttribute(of: "ifaddrmsg", in: payload, from: 8) { type, value in
      switch type {
      case Attribute.address: address = value.array
      case Attribute.local: local = value.array
      case Attribute.label: label = value.string
      case Attribute.broadcast: broadcast = value.array
      case Attribute.origin: origin = value.u8()
      case Attribute.flags: self.flags = value.u32() ?? self.flags
      default: break
      }
    }
  }

  /// `RTM_GETADDR` dump of our own namespace (nil) or of the one with that nsid; of one link where `index` is not 0.
  public static func dump(target nsid: Int32?, index: UInt32 = 0, family: UInt8 = Family.unspecified)
    -> MessageBuilder
  {
    var message = MessageBuilder(type: MessageType.getAddress, flags: [.request, .dump])
    message.fixed(family, UInt8(0), UInt8(0), UInt8(0), index)
    if let nsid { message.attribute(Attribute.targetNamespaceID, nsid) }
    return message
  }

  /// `RTM_NEWADDR` of a new address; `bytes` are 4 or 16.
  public static func add(index: UInt32, bytes: [UInt8], prefixLength: UInt8, broadcast: [UInt8]? = nil)
    -> MessageBuilder
  {
    var message = MessageBuilder(type: MessageType.newAddress, flags: [.request, .ack, .create, .exclusive])
    let family = bytes.count == 4 ? Family.inet : Family.inet6
    message.fixed(family, prefixLength, bytes.count == 4 ? 0 : Flag.noDAD, UInt8(0), index)
    message.attribute(Attribute.local, bytes)
    message.attribute(Attribute.address, bytes)
    if let broadcast { message.attribute(Attribute.broadcast, broadcast) }
    return message
  }

  /// `RTM_DELADDR`.
  public static func remove(index: UInt32, bytes: [UInt8], prefixLength: UInt8) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.delAddress, flags: [.request, .ack])
    message.fixed(
      bytes.count == 4 ? Family.inet : Family.inet6, prefixLength, UInt8(0), UInt8(0), index,
    )
    message.attribute(Attribute.local, bytes)
    return message
  }
}
