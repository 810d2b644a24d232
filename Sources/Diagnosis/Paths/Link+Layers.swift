public import Topology

/// What a link's kind means for the frames that come to it.
extension Link {
  /// Whether frames go between it and its members.
  public var carriesFrames: Bool { isBridge || kind == "bond" || kind == "team" }

  /// Whether its frames travel on the link below it.
  public var isOnItsLower: Bool { ["vlan", "macvlan", "macvtap", "ipvlan", "ipvtap"].contains(kind) }

  /// Whether it shares the link below it with siblings, and can't talk to that link itself.
  public var isSibling: Bool { isOnItsLower && kind != "vlan" }

  /// The VLAN's number (`IFLA_VLAN_ID`), where it is a link of that kind.
  public var vlanID: UInt64? {
    if kind == "vlan", case .number(let id)? = fact("id") { id } else { nil }
  }

  /// Whether frames leave the picture by it: no cable that we can see, but a carrier or a tunnel.
  public var isUplink: Bool {
    if isLoopback || isBridge || isPair || isOnItsLower || kind == "dummy" || kind == "bond" || kind == "team" {
      return isPair && peerLink == nil
    }
    return true
  }

  /// Whether it carries packets without link-layer addresses, by its nature.
  public var isPointToPoint: Bool {
    ["tun", "wireguard", "ipip", "sit", "gre", "ip6tnl", "ip6gre", "vti", "ppp"].contains(kind)
      || (kind == "netkit" && hardwareAddress.allSatisfy { $0 == 0 })
  }
}
