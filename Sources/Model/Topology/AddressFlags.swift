/// Flags of an address of an interface: `IFA_F_*` of `linux/if_addr.h`.
public struct AddressFlags: OptionSet, Hashable, Sendable {
  /// The bits of `IFA_FLAGS`.
  public let rawValue: UInt32
  /// Makes flags of those bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `IFA_F_SECONDARY`: there is another one of its subnet; of IPv6: a temporary one.
  public static let secondary = AddressFlags(rawValue: 0x01)
  /// `IFA_F_NODAD`: it is used without duplicate address detection.
  public static let noDAD = AddressFlags(rawValue: 0x02)
  /// `IFA_F_OPTIMISTIC`: it may be used while duplicate address detection goes on (RFC 4429).
  public static let optimistic = AddressFlags(rawValue: 0x04)
  /// `IFA_F_DADFAILED`: it is somebody else's, too.
  public static let dadFailed = AddressFlags(rawValue: 0x08)
  /// `IFA_F_HOMEADDRESS`: of Mobile IPv6.
  public static let homeAddress = AddressFlags(rawValue: 0x10)
  /// `IFA_F_DEPRECATED`: nothing new is sent from it.
  public static let deprecated = AddressFlags(rawValue: 0x20)
  /// `IFA_F_TENTATIVE`: duplicate address detection goes on.
  public static let tentative = AddressFlags(rawValue: 0x40)
  /// `IFA_F_PERMANENT`: it has no end.
  public static let permanent = AddressFlags(rawValue: 0x80)
  /// `IFA_F_MANAGETEMPADDR`: temporary addresses are made of it.
  public static let managesTemporary = AddressFlags(rawValue: 0x100)
  /// `IFA_F_NOPREFIXROUTE`: it brings no route with it.
  public static let noPrefixRoute = AddressFlags(rawValue: 0x200)
  /// `IFA_F_MCAUTOJOIN`: it joins multicast groups by itself.
  public static let autoJoin = AddressFlags(rawValue: 0x400)
  /// `IFA_F_STABLE_PRIVACY`: it was made as RFC 7217 says.
  public static let stablePrivacy = AddressFlags(rawValue: 0x800)

  private static let named: [(AddressFlags, String)] = [
    (.secondary, "secondary"), (.noDAD, "nodad"), (.optimistic, "optimistic"), (.dadFailed, "dadfailed"),
    (.homeAddress, "home"), (.deprecated, "deprecated"), (.tentative, "tentative"), (.managesTemporary, "mngtmpaddr"),
    (.noPrefixRoute, "noprefixroute"), (.autoJoin, "autojoin"), (.stablePrivacy, "stable-privacy"),
  ]

  /// The names as `ip -j` has them: of IPv6 `secondary` is `temporary`.
  public func names(isIPv6: Bool) -> [String] { isIPv6 ? names.map { $0 == "secondary" ? "temporary" : $0 } : names }

  /// The names as `ip` prints them; one without `permanent` is `dynamic`.
  public var names: [String] {
    Self.named.filter { contains($0.0) }.map(\.1) + (contains(.permanent) ? [] : ["dynamic"])
  }
}
