/// A network namespace in the model: a serial number, given once and never again.
///
/// The kernel offers three names for a namespace and all of them are reused or unknown at times: the nsid is
/// recycled at once, the inode too, and the cookie is known only after somebody has been inside. The observer
/// hands out a serial each time that an nsid is met anew, and joins it with the cookie as soon as that is known, so
/// whoever holds a `NamespaceID` can never be shown another namespace under the same key.
public struct NamespaceID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The serial number; 0 is the namespace that the program runs in.
  public let serial: UInt32

  /// Makes the identity with that serial number.
  public init(serial: UInt32) { self.serial = serial }

  /// The namespace that the program runs in.
  public static let host = NamespaceID(serial: 0)

  /// The order of the serial numbers.
  public static func < (a: NamespaceID, b: NamespaceID) -> Bool { a.serial < b.serial }

  /// The identity for logs and tests: `ns#3`.
  public var description: String { "ns#\(serial)" }
}

/// A link's identity: an ifindex means nothing without its namespace (two containers' eth0 both have ifindex 2).
public struct LinkRef: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The namespace that the link is in.
  public let namespace: NamespaceID
  /// The kernel's ifindex in that namespace.
  public let index: UInt32

  /// Makes the identity of the link with that ifindex in that namespace.
  public init(_ namespace: NamespaceID, _ index: UInt32) {
    self.namespace = namespace
    self.index = index
  }

  /// Both numbers at once: a frame of a thousand containers looks up tens of thousands of them.
  public func hash(into hasher: inout Hasher) { hasher.combine(UInt64(namespace.serial) << 32 | UInt64(index)) }

  /// The order of the namespaces, and within one that of the ifindexes.
  public static func < (a: LinkRef, b: LinkRef) -> Bool {
    (a.namespace, a.index) < (b.namespace, b.index)
  }

  /// The identity for logs and tests: `ns#3/2`.
  public var description: String { "\(namespace)/\(index)" }
}
