/// Why bytes are no netlink message: which layer they were refused by, and what is wrong with them.
public struct DecodeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// "message", "attribute", "ifinfomsg" …
  public var layer: String
  /// What is wrong, in words.
  public var reason: String

  /// Makes an error of a layer and a reason.
  public init(_ layer: String, _ reason: String) {
    self.layer = layer
    self.reason = reason
  }

  /// Layer and reason in one line.
  public var description: String { "\(layer): \(reason)" }
}

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
