/// Why bytes are no netlink message: the layers that they were refused in, and what is wrong with them.
///
/// A decoder names its layer where it walks attributes, so an error that comes from deep within reads
/// `ifinfomsg: IFLA_LINKINFO: IFLA_INFO_DATA of vlan: attribute 2 at byte 8: length 90 with 12 bytes left`. Nothing of
/// it is built while all is well.
public struct DecodeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// From the outermost one in: the structs and attributes by their names in the kernel's headers.
  public private(set) var layers: [String]
  /// What is wrong, in words; offsets count from the begin of the innermost layer.
  public let reason: String

  /// Makes an error of a layer, such as "ifinfomsg", and a reason.
  public init(_ layer: String, _ reason: String) {
    layers = [layer]
    self.reason = reason
  }

  /// The error of a fixed header that is cut.
  public static func short(_ layer: String, _ bytes: Int) -> DecodeError {
    DecodeError(layer, "\(bytes) bytes are too few")
  }

  /// The same error, seen from the layer around its own.
  public func within(_ layer: String) -> DecodeError {
    var error = self
    error.layers.insert(layer, at: 0)
    return error
  }

  /// Layers and reason in one line.
  public var description: String { (layers + [reason]).joined(separator: ": ") }
}
