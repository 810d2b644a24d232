public import Netlink

/// A family of generic netlink (linux/genetlink.h): its number is the kernel's choice, and is asked for by name.
public enum GenericFamily {
  /// The protocol of the netlink socket: `NETLINK_GENERIC`.
  public static let netlinkFamily: Int32 = 16
  /// `GENL_ID_CTRL`: the type of requests to the controller, and of its answers.
  public static let controller: UInt16 = 16
  /// The size of `struct genlmsghdr`, in bytes.
  static let headerSize = 4

  /// `CTRL_*`.
  private enum Control {
    /// `CTRL_CMD_GETFAMILY`.
    static let getFamily: UInt8 = 3
    /// `CTRL_ATTR_FAMILY_ID`: 16 bits.
    static let familyID: UInt16 = 1
    /// `CTRL_ATTR_FAMILY_NAME`.
    static let familyName: UInt16 = 2
  }

  /// A request for the number of a family; the kernel refuses with `ENOENT` where no module of that name is loaded.
  public static func lookup(_ name: String) -> MessageBuilder {
    var message = request(type: controller, command: Control.getFamily, flags: [.request])
    message.attribute(Control.familyName, string: name)
    return message
  }

  /// The number in the controller's answer: the type of requests to the family, and of its answers.
  public static func number(_ payload: RawSpan) throws(DecodeError) -> UInt16 {
    var number: UInt16?
    try forEachAttribute(of: "genlmsghdr", in: payload, from: headerSize) { type, value in
      if type == Control.familyID { number = value.u16() }
    }
    guard let number else { throw .short("CTRL_ATTR_FAMILY_ID", payload.byteCount) }
    return number
  }

  static func request(type: UInt16, command: UInt8, flags: MessageFlags) -> MessageBuilder {
    var message = MessageBuilder(type: type, flags: flags)
    // struct genlmsghdr: cmd, version, reserved
    let version: UInt8 = 1
    let reserved: UInt16 = 0
    message.fixed(command, version, reserved)
    return message
  }
}
