/// `IFLA_*` (linux/if_link.h), and the attributes nested in them.
public enum LinkAttribute {
  /// `IFLA_ADDRESS`: the link-layer address, 6 bytes on Ethernet.
  public static let address: UInt16 = 1
  /// `IFLA_BROADCAST`: the link-layer broadcast address.
  public static let broadcast: UInt16 = 2
  /// `IFLA_IFNAME`: a string.
  public static let name: UInt16 = 3
  /// `IFLA_MTU`: 32 bits, in bytes.
  public static let mtu: UInt16 = 4
  /// `IFLA_LINK`: the ifindex of the peer or of the lower link.
  public static let link: UInt16 = 5
  /// `IFLA_QDISC`: the queueing discipline's name, a string.
  public static let qdisc: UInt16 = 6
  /// `IFLA_MASTER`: the ifindex of the bridge, bond or vrf that it belongs to; 0 takes it off.
  public static let master: UInt16 = 10
  /// `IFLA_PROTINFO`: of AF_BRIDGE the port's attributes.
  public static let protocolInfo: UInt16 = 12
  /// `IFLA_XDP`: programs of XDP.
  public static let xdp: UInt16 = 43
  /// `IFLA_TXQLEN`: the length of the transmit queue, in packets.
  public static let txQueueLength: UInt16 = 13
  /// `IFLA_LINKMODE`: `IF_LINK_MODE_*`, one byte.
  public static let linkMode: UInt16 = 17
  /// `IFLA_GROUP`: the number of the link's group.
  public static let group: UInt16 = 27
  /// `IFLA_OPERSTATE`: `IF_OPER_*`, one byte (RFC 2863).
  public static let operState: UInt16 = 16
  /// `IFLA_LINKINFO`: the kind and its data, nested (`Info`).
  public static let linkInfo: UInt16 = 18
  /// `IFLA_NET_NS_PID`: a process in whose namespace the link is to be.
  public static let namespacePID: UInt16 = 19
  /// `IFLA_IFALIAS`: a text that an administrator gave it.
  public static let alias: UInt16 = 20
  /// `IFLA_STATS64`: `struct rtnl_link_stats64`.
  public static let stats64: UInt16 = 23
  /// `IFLA_AF_SPEC`: per address family; of AF_BRIDGE the VLANs.
  public static let familySpecific: UInt16 = 26
  /// `IFLA_EXT_MASK`: `RTEXT_FILTER_*`, what a dump is to hold besides.
  public static let extendedMask: UInt16 = 29
  /// `IFLA_NET_NS_FD`: a descriptor of the namespace that the link is to be in.
  public static let namespaceFD: UInt16 = 28
  /// `IFLA_LINK_NETNSID`: the nsid of the namespace that `link` counts in.
  public static let linkNamespaceID: UInt16 = 37
  /// `IFLA_NEW_NETNSID`: where a link that leaves goes to.
  public static let newNamespaceID: UInt16 = 45
  /// `IFLA_TARGET_NETNSID`.
  public static let targetNamespaceID: UInt16 = 46
  /// `IFLA_NEW_IFINDEX`: the ifindex of a link that leaves, in the namespace that it goes to.
  public static let newIndex: UInt16 = 49
  /// `IFLA_PERM_ADDRESS`: the link-layer address that the device was made with.
  public static let permanentAddress: UInt16 = 54
  /// `IFLA_PROP_LIST`: the alternative names, nested.
  public static let propertyList: UInt16 = 52
  /// `IFLA_ALT_IFNAME`: one alternative name, a string.
  public static let alternativeName: UInt16 = 53

  /// `IFLA_BRIDGE_VLAN_INFO` (linux/if_bridge.h), nested in `familySpecific` of AF_BRIDGE: `struct bridge_vlan_info`.
  public static let bridgeVLANInfo: UInt16 = 2
  /// `IFLA_BRIDGE_VLAN_TUNNEL_INFO`: a VLAN and its tunnel, nested there (`VLANTunnel`).
  public static let bridgeVLANTunnel: UInt16 = 3
  /// `IFLA_BRIDGE_MST`: the port's states in several spanning trees, nested there.
  public static let bridgeMST: UInt16 = 6

  /// `IFLA_BRIDGE_VLAN_TUNNEL_*` (linux/if_bridge.h).
  enum VLANTunnel {
    /// `IFLA_BRIDGE_VLAN_TUNNEL_ID`: 32 bits.
    static let id: UInt16 = 1
    /// `IFLA_BRIDGE_VLAN_TUNNEL_VID`: 16 bits.
    static let vlan: UInt16 = 2
    /// `IFLA_BRIDGE_VLAN_TUNNEL_FLAGS`: `BRIDGE_VLAN_INFO_*`, 16 bits.
    static let flags: UInt16 = 3
  }

  /// `RTEXT_FILTER_*` (linux/rtnetlink.h): what `extendedMask` asks for.
  public enum ExtendedMask {
    /// `RTEXT_FILTER_BRVLAN_COMPRESSED`: the VLANs of bridges' ports, those in a row as one range.
    public static let compressedVLANs: UInt32 = 4
    /// `RTEXT_FILTER_MST`: the states of bridges' ports in several spanning trees.
    public static let spanningTrees: UInt32 = 128
  }

  /// `IFF_*` (linux/if.h), as far as requests and messages need them.
  public enum Flag {
    /// `IFF_UP`: switched on by the administrator.
    public static let up: UInt32 = 1
  }

  /// `IFLA_INFO_*`.
  public enum Info {
    /// `IFLA_INFO_KIND`: the kind's name, a string: `veth`, `bridge` …
    public static let kind: UInt16 = 1
    /// `IFLA_INFO_DATA`: what the kind tells of the link, nested.
    public static let data: UInt16 = 2
    /// `IFLA_INFO_SLAVE_KIND`: the kind of the link's master, a string.
    public static let slaveKind: UInt16 = 4
    /// `IFLA_INFO_SLAVE_DATA`: what the master's kind tells of the link, nested.
    public static let slaveData: UInt16 = 5
    /// `VETH_INFO_PEER`, nested in the data of a veth.
    public static let vethPeer: UInt16 = 1
  }

  /// `IFLA_BR_*`.
  public enum Bridge {
    /// `IFLA_BR_AGEING_TIME`: 32 bits, in hundredths of a second.
    public static let ageingTime: UInt16 = 4
    /// `IFLA_BR_STP_STATE`: 32 bits; 0: no spanning tree.
    public static let stpState: UInt16 = 5
    /// `IFLA_BR_VLAN_FILTERING`: one byte, 0 or 1.
    public static let vlanFiltering: UInt16 = 7
  }

  /// `IFLA_BRPORT_*`.
  public enum BridgePort {
    /// `IFLA_BRPORT_STATE`: `BR_STATE_*`, one byte.
    public static let state: UInt16 = 1
    /// `IFLA_BRPORT_MODE`: hairpin, one byte, 0 or 1.
    public static let mode: UInt16 = 4
    /// `IFLA_BRPORT_LEARNING`: whether addresses are learned from what comes in, one byte.
    public static let learning: UInt16 = 8
    /// `IFLA_BRPORT_UNICAST_FLOOD`: whether frames to unknown addresses go out, one byte.
    public static let unicastFlood: UInt16 = 9
    /// `IFLA_BRPORT_NO`: the port's number in its bridge, 16 bits.
    public static let number: UInt16 = 18
    /// `IFLA_BRPORT_BCAST_FLOOD`: whether broadcast frames go out, one byte.
    public static let broadcastFlood: UInt16 = 30
    /// `IFLA_BRPORT_ISOLATED`: whether it exchanges no frames with other isolated ports, one byte.
    public static let isolated: UInt16 = 33
  }
}

extension LinkMessage {
  /// `ARPHRD_*` (linux/if_arp.h), as far as addresses are written by them.
  public enum HardwareType {
    /// `ARPHRD_TUNNEL`: IPv4 in IPv4.
    public static let tunnel: UInt16 = 768
    /// `ARPHRD_TUNNEL6`: anything in IPv6.
    public static let tunnel6: UInt16 = 769
    /// `ARPHRD_SIT`: IPv6 in IPv4.
    public static let sit: UInt16 = 776
    /// `ARPHRD_IPGRE`: GRE over IPv4.
    public static let gre: UInt16 = 778
    /// `ARPHRD_IP6GRE`: GRE over IPv6.
    public static let gre6: UInt16 = 823
  }

  /// The name of an `ARPHRD_*` as iproute2 has it; `[305]` for one without.
  public static func name(ofHardware type: UInt16) -> String {
    HardwareName(rawValue: type).map(\.text) ?? "[\(type)]"
  }
}
