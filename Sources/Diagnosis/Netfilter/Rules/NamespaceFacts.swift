public import Topology

/// What matches on routing ask of the namespace that the rules are in.
public struct NamespaceFacts: Hashable, Sendable {
  /// An address of an interface of the namespace.
  public struct LocalAddress: Hashable, Sendable {
    /// The interface's name.
    public var interface: String
    /// The address (`IFA_LOCAL`).
    public var address: IPAddress
    /// The broadcast address (`IFA_BROADCAST`), where it has one.
    public var broadcast: IPAddress?

    /// Makes an address of an interface.
    public init(interface: String, address: IPAddress, broadcast: IPAddress? = nil) {
      self.interface = interface
      self.address = address
      self.broadcast = broadcast
    }
  }

  /// The types of addresses that matches ask for (`RTN_*` of `linux/rtnetlink.h`).
  public enum AddressType: UInt64, Hashable, Sendable {
    case unspecified = 0
    case unicast = 1
    case local = 2
    case broadcast = 3
    case anycast = 4
    case multicast = 5
    case blackhole = 6
    case unreachable = 7
    case prohibit = 8
  }

  /// Every address of the namespace; nil where they could not be read.
  public var addresses: [LocalAddress]?

  /// Makes facts of these addresses.
  public init(addresses: [LocalAddress]?) { self.addresses = addresses }

  /// Nothing is known: only multicast, limited broadcast and loopback addresses can be told apart.
  public static let unknown = NamespaceFacts(addresses: nil)

  /// The facts of a namespace of the model.
  public init(_ namespace: Namespace) {
    addresses = namespace.links.flatMap { link in
      link.addresses.map { LocalAddress(interface: link.name, address: $0.local, broadcast: $0.broadcast) }
    }
  }

  /// The types that an address can have in the kernel's eyes, asked of one interface or of all; nil: can't be told.
  ///
  /// IPv4 asks the local table alone (`inet_dev_addr_type`); IPv6 also the routes, which are not known here, so that a
  /// foreign address has one of several types.
  func types(of address: IPAddress, on interface: String?) -> [AddressType]? {
    if address.isIPv6 {
      if address.bytes[0] == 0xFF { return [.multicast] }
    } else {
      if address.bytes[0] == 0 || address.bytes == [255, 255, 255, 255] { return [.broadcast] }
      if address.bytes[0] & 0xF0 == 0xE0 { return [.multicast] }
    }
    if address.isLoopback, interface == nil || interface == "lo" { return [.local] }
    guard let addresses else { return nil }
    for local in addresses where interface == nil || local.interface == interface {
      if local.address == address { return [.local] }
      if local.broadcast == address, !address.isIPv6 { return [.broadcast] }
    }
    return address.isIPv6 ? [.unicast, .anycast, .blackhole, .unreachable, .prohibit] : [.unicast]
  }
}
