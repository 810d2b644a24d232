/// What the kernel answered instead of data (`nlmsgerr`, with the extended acknowledgement where there is one).
public struct KernelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was asked ("RTM_GETLINK").
  public var operation: String
  /// A positive errno; 0 is an acknowledgement.
  public var code: Int32
  /// The kernel's own words (`NLMSGERR_ATTR_MSG`); empty where it gave none.
  public var message: String

  /// Makes an error of a positive errno and the kernel's words, which may be empty.
  public init(operation: String, code: Int32, message: String) {
    self.operation = operation
    self.code = code
    self.message = message
  }

  /// What was asked, the errno's number, and the kernel's words where it gave some.
  public var description: String {
    message.isEmpty ? "\(operation): errno \(code)" : "\(operation): errno \(code) (\(message))"
  }
}

/// `NLMSGERR_ATTR_*` (linux/netlink.h): what an extended acknowledgement tells.
enum AcknowledgementAttribute {
  /// `NLMSGERR_ATTR_MSG`: the kernel's own words, a string.
  static let message: UInt16 = 1
}

/// Reads the payload of `NLMSG_ERROR` (errno 0: an acknowledgement) or of `NLMSG_DONE`.
public func decodeError(_ header: MessageHeader, _ payload: RawSpan, operation: String) -> KernelError {
  let code = payload.i32() ?? 0
  var message: [UInt8] = []
  if header.flags.contains(.ackAttributes) {
    var offset = 4
    if header.type == ControlType.error {
      offset = 20  // struct nlmsgerr: the errno and the header of the request …
      if !header.flags.contains(.capped), let echoed = payload.u32(4), echoed >= MessageHeader.size {
        offset += (Int(echoed) - MessageHeader.size + 3) & ~3  // … and its payload
      }
    }
    // An answer too short for what it promises still has its errno.
    try? forEachAttribute(of: "nlmsgerr", in: payload, from: min(offset, payload.byteCount)) { type, value in
      if type == AcknowledgementAttribute.message { message = value.string }
    }
  }
  return KernelError(
    operation: operation, code: code == .min ? .max : abs(code), message: String(decoding: message, as: UTF8.self))
}
