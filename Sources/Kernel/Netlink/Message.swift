/// `struct nlmsghdr` (netlink(7)): 16 bytes before every message.
public struct MessageHeader: Hashable, Sendable {
  /// Bytes, the header included.
  public var length: UInt32
  /// `nlmsg_type`: one of `ControlType`, or a number that the netlink family gives a meaning to.
  public var type: UInt16
  /// `NLM_F_*`.
  public var flags: MessageFlags
  /// `nlmsg_seq`: the number of a request, which its answers and the notifications that it causes bear too; 0: of none.
  public var sequence: UInt32
  /// The port id of the socket that asked, or 0.
  public var port: UInt32

  /// Makes a header of its fields.
  @inlinable
  public init(length: UInt32, type: UInt16, flags: MessageFlags, sequence: UInt32, port: UInt32) {
    self.length = length
    self.type = type
    self.flags = flags
    self.sequence = sequence
    self.port = port
  }

  /// The size of the header, in bytes.
  @inlinable
  public static var size: Int { 16 }
}

/// `NLM_F_*`.
public struct MessageFlags: OptionSet, Hashable, Sendable {
  /// The bits of `nlmsg_flags`.
  public let rawValue: UInt16
  /// Makes flags of those bits.
  @inlinable
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `NLM_F_REQUEST`: a message to the kernel.
  public static let request = MessageFlags(rawValue: 0x1)
  /// `NLM_F_MULTI`: one of several messages, which `NLMSG_DONE` ends.
  public static let multi = MessageFlags(rawValue: 0x2)
  /// `NLM_F_ACK`: success is to be acknowledged, too.
  public static let ack = MessageFlags(rawValue: 0x4)
  /// `NLM_F_DUMP_INTR`: the tables changed while they were dumped.
  public static let dumpInterrupted = MessageFlags(rawValue: 0x10)
  /// `NLM_F_DUMP`.
  public static let dump = MessageFlags(rawValue: 0x300)
  /// `NLM_F_REPLACE`.
  public static let replace = MessageFlags(rawValue: 0x100)
  /// `NLM_F_EXCL`: what is there already is an error (`EEXIST`).
  public static let exclusive = MessageFlags(rawValue: 0x200)
  /// `NLM_F_CREATE`: what is not there is made.
  public static let create = MessageFlags(rawValue: 0x400)
  /// `NLM_F_CAPPED`: the request was not echoed in the error.
  public static let capped = MessageFlags(rawValue: 0x100)
  /// `NLM_F_ACK_TLVS`: attributes follow the error.
  public static let ackAttributes = MessageFlags(rawValue: 0x200)
}

/// Message types that every netlink family has.
public enum ControlType {
  /// `NLMSG_NOOP`.
  public static let noop: UInt16 = 1
  /// `NLMSG_ERROR`.
  public static let error: UInt16 = 2
  /// `NLMSG_DONE`.
  public static let done: UInt16 = 3
  /// `NLMSG_OVERRUN`.
  public static let overrun: UInt16 = 4
}

/// Walks the messages of one datagram.
///
/// `body` gets each header and the payload behind it, and may refuse it. Throws at the first message that is refused, or
/// whose length can't be; those before it have been handed over.
@inlinable
public func forEachMessage(
  in datagram: RawSpan, _ body: (MessageHeader, RawSpan) throws(DecodeError) -> Void
) throws(DecodeError) {
  var offset = 0
  while datagram.byteCount - offset >= MessageHeader.size {
    guard let length = datagram.u32(offset), let type = datagram.u16(offset + 4), let flags = datagram.u16(offset + 6),
      let sequence = datagram.u32(offset + 8), let port = datagram.u32(offset + 12)
    else { return }
    guard length >= MessageHeader.size, Int(length) <= datagram.byteCount - offset else {
      throw .length(Int(length), left: datagram.byteCount - offset, of: "message of type \(type)", at: offset)
        .within("nlmsghdr")
    }
    let header = MessageHeader(
      length: length, type: type, flags: MessageFlags(rawValue: flags), sequence: sequence, port: port)
    try body(header, datagram.extracting((offset + MessageHeader.size)..<(offset + Int(length))))
    offset += (Int(length) + 3) & ~3
  }
  guard offset >= datagram.byteCount else { throw .short("nlmsghdr", datagram.byteCount - offset) }
}

/// `struct nlattr` (netlink(7)): what the 16 bits of an attribute's type hold besides its number.
public enum AttributeType {
  /// `NLA_F_NESTED`: attributes are within.
  public static let nested: UInt16 = 0x8000
  /// `NLA_F_NET_BYTEORDER`: the payload is in network order.
  public static let networkOrder: UInt16 = 0x4000
  /// `NLA_TYPE_MASK`: the bits of the number.
  @inlinable
  public static var mask: UInt16 { 0x3FFF }
}

/// Walks the attributes (`struct nlattr`) of a payload from `offset` on.
///
/// The type comes without its flags (`NLA_F_NESTED`, `NLA_F_NET_BYTEORDER`). The kernel does not set the first
/// everywhere: the caller has to know which attributes nest. Throws at the first one that `body` refuses, or whose
/// length can't be; `layer` is where they are, for the error alone.
@inlinable
public func forEachAttribute(
  of layer: @autoclosure () -> String, in payload: RawSpan, from offset: Int = 0,
  _ body: (UInt16, RawSpan) throws(DecodeError) -> Void
) throws(DecodeError) {
  do {
    try forEachAttribute(in: payload, from: offset, body)
  } catch { throw error.within(layer()) }
}

/// The same, where the caller adds the layer to the error.
@inlinable
public func forEachAttribute(
  in payload: RawSpan, from offset: Int = 0, _ body: (UInt16, RawSpan) throws(DecodeError) -> Void
) throws(DecodeError) {
  var offset = offset
  while payload.byteCount - offset >= 4 {
    guard let length = payload.u16(offset), let type = payload.u16(offset + 2) else { return }
    let number = type & AttributeType.mask
    guard length >= 4, Int(length) <= payload.byteCount - offset else {
      throw .length(Int(length), left: payload.byteCount - offset, of: "attribute \(number)", at: offset)
    }
    try body(number, payload.extracting((offset + 4)..<(offset + Int(length))))
    offset += (Int(length) + 3) & ~3
  }
}

extension DecodeError {
  /// The error of a length that is less than that of its own header, or more than there is.
  @usableFromInline
  static func length(_ length: Int, left: Int, of what: @autoclosure () -> String, at offset: Int) -> DecodeError {
    DecodeError("\(what()) at byte \(offset)", "length \(length) with \(left) bytes left")
  }
}
