public import Netlink

/// An nsid, as `RTM_NEWNSID`, `RTM_DELNSID` or the answer to `RTM_GETNSID` holds it.
public struct NamespaceIDMessage: Hashable, Sendable {
  /// The id in the table that was asked for; -1: the namespace has none there.
  public var nsid: Int32
  /// The same namespace's id in our own table, where another table was asked for.
  public var current: Int32?

  /// `NETNSA_*`.
  public enum Attribute {
    /// `NETNSA_NSID`: a namespace's id, 32 bits; -1: none, or in `RTM_NEWNSID` one of the kernel's choice.
    public static let nsid: UInt16 = 1
    /// `NETNSA_PID`: a process in the namespace that is meant.
    public static let pid: UInt16 = 2
    /// `NETNSA_FD`: a descriptor of the namespace that is meant.
    public static let fd: UInt16 = 3
    /// `NETNSA_TARGET_NSID`: the namespace whose table is asked for.
    public static let targetNSID: UInt16 = 4
    /// `NETNSA_CURRENT_NSID`: the id in our own table, where another one was asked for.
    public static let currentNSID: UInt16 = 5
  }

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    nsid = -1
    // struct rtgenmsg is one byte, padded to four.
    guard payload.byteCount >= 4 else { throw .short("rtgenmsg", payload.byteCount) }
    try forEachAttribute(of: "rtgenmsg", in: payload, from: 4) { type, value in
      if type == Attribute.nsid { nsid = value.i32() ?? -1 }
      if type == Attribute.currentNSID { current = value.i32() }
    }
  }

  /// `RTM_GETNSID` dump: all ids of our own table.
  public static func dump() -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getNamespaceID, flags: [.request, .dump])
    message.fixed(UInt32(0))
    return message
  }

  /// `RTM_GETNSID` of an id of our own table: refused (ENOENT) where nobody has it.
  public static func get(nsid: Int32) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getNamespaceID, flags: [.request])
    message.fixed(UInt32(0))
    message.attribute(Attribute.nsid, nsid)
    return message
  }

  /// `RTM_GETNSID` of the namespace behind an open nsfs file.
  public static func get(fd: CInt) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getNamespaceID, flags: [.request])
    message.fixed(UInt32(0))
    message.attribute(Attribute.fd, fd)
    return message
  }

  /// `RTM_NEWNSID`: gives the namespace behind an open nsfs file an id in our table, one of the kernel's choice.
  public static func assign(fd: CInt) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newNamespaceID, flags: [.request, .ack])
    message.fixed(UInt32(0))
    message.attribute(Attribute.fd, fd)
    message.attribute(Attribute.nsid, Int32(-1))
    return message
  }
}
