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

  /// Whether a tunnel takes its far ends and numbers from each packet (`IFLA_GENEVE_COLLECT_METADATA` and its like).
  public var isExternal: Bool { fact("external") == .flag(true) }

  /// Whether the far end of a tunnel of this kind is set with the link.
  public var isFixedTunnel: Bool { isFixedTunnelOfPackets || isFixedTunnelOfFrames }

  /// Of those the ones that carry packets, without a hardware address.
  public var isFixedTunnelOfPackets: Bool { ["gre", "ip6gre", "ipip", "sit", "ip6tnl"].contains(kind) }

  /// And those that carry frames.
  public var isFixedTunnelOfFrames: Bool { ["gretap", "ip6gretap", "erspan", "ip6erspan", "geneve"].contains(kind) }
}

extension Link {
  /// How a macvlan or ipvlan treats its siblings: a macvlan's own mode, or the flag that all ipvlans of a parent share.
  package var siblingMode: String {
    guard kind.hasPrefix("ipv") else { return if case .text(let mode)? = fact("mode") { mode } else { "" } }
    return ["private", "vepa"].first { fact($0) == .flag(true) } ?? "bridge"
  }

  /// Where the kernel says so.
  package var siblingModeSource: String { kind.hasPrefix("ipv") ? "IFLA_IPVLAN_FLAGS" : "IFLA_MACVLAN_MODE" }
}

extension Link {
  /// Whether two links hold each other to be on one segment: each is in a subnet of the other's.
  package func isNeighbor(of far: Link) -> Bool {
    let pairs = addresses.filter { !$0.local.isLinkLocal }.flatMap { mine in far.addresses.map { (mine, $0) } }
    return pairs.contains { mine, other in
      mine.local.shares(prefix: Int(mine.prefixLength), with: other.local)
        && other.local.shares(prefix: Int(other.prefixLength), with: mine.local)
    }
  }
}
