/// The names that iptables and nft print for numbers.
enum ProtocolNames {
  /// `IPPROTO_*`.
  static let transport: [String: UInt64] = [
    "ip": 0, "icmp": 1, "igmp": 2, "ipencap": 4, "ipip": 4, "tcp": 6, "egp": 8, "igp": 9, "udp": 17, "dccp": 33,
    "ipv6": 41, "ipv6-route": 43, "ipv6-frag": 44, "gre": 47, "esp": 50, "ah": 51, "icmpv6": 58, "ipv6-icmp": 58,
    "ipv6-nonxt": 59, "ipv6-opts": 60, "eigrp": 88, "ospf": 89, "ospfigp": 89, "pim": 103, "comp": 108, "vrrp": 112,
    "l2tp": 115, "sctp": 132, "udplite": 136, "mpls-in-ip": 137, "mptcp": 262,
  ]

  /// The transport protocol of a match of iptables or of a payload protocol of nft.
  static let modules: [String: UInt8] = ["tcp": 6, "udp": 17, "dccp": 33, "sctp": 132, "udplite": 136]

  /// Bits of the TCP header.
  static let tcpFlags: [String: UInt64] = [
    "fin": 0x01, "syn": 0x02, "rst": 0x04, "psh": 0x08, "ack": 0x10, "urg": 0x20, "ecn": 0x40, "cwr": 0x80,
  ]

  /// `NF_CT_STATE_BIT` and its two exceptions.
  static let connectionStates: [String: UInt64] = [
    "invalid": 1, "established": 2, "related": 4, "new": 8, "untracked": 64,
  ]

  /// `IPS_*` of `linux/netfilter/nf_conntrack_common.h`.
  static let connectionStatus: [String: UInt64] = [
    "expected": 1, "seen-reply": 2, "assured": 4, "confirmed": 8, "snat": 16, "dnat": 32, "dying": 512,
  ]

  /// `IP_CT_DIR_*`.
  static let connectionDirections: [String: UInt64] = ["original": 0, "reply": 1]

  /// `RTN_*` of `linux/rtnetlink.h`.
  static let addressTypes: [String: UInt64] = [
    "unspec": 0, "unicast": 1, "local": 2, "broadcast": 3, "anycast": 4, "multicast": 5, "blackhole": 6,
    "unreachable": 7, "prohibit": 8, "throw": 9, "nat": 10, "xresolve": 11,
  ]

  /// `PACKET_*` of packet(7).
  static let packetTypes: [String: UInt64] = [
    "unicast": 0, "host": 0, "broadcast": 1, "multicast": 2, "other": 3, "otherhost": 3,
  ]

  /// `ETH_P_*`.
  static let etherTypes: [String: UInt64] = [
    "ip": 0x0800, "arp": 0x0806, "vlan": 0x8100, "8021q": 0x8100, "8021ad": 0x88A8, "ip6": 0x86DD,
  ]

  /// `NFPROTO_*`.
  static let families: [String: UInt64] = ["ipv4": 2, "ipv6": 10]

  /// RFC 792 and its followers.
  static let icmpTypes: [String: UInt64] = [
    "echo-reply": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5, "echo-request": 8,
    "router-advertisement": 9, "router-solicitation": 10, "time-exceeded": 11, "parameter-problem": 12,
    "timestamp-request": 13, "timestamp-reply": 14, "info-request": 15, "info-reply": 16, "address-mask-request": 17,
    "address-mask-reply": 18,
  ]

  static let icmpCodes: [String: UInt64] = [
    "net-unreachable": 0, "host-unreachable": 1, "prot-unreachable": 2, "port-unreachable": 3, "frag-needed": 4,
    "net-prohibited": 9, "host-prohibited": 10, "admin-prohibited": 13,
  ]

  /// RFC 4443, RFC 4861.
  static let icmpv6Types: [String: UInt64] = [
    "destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "parameter-problem": 4,
    "echo-request": 128, "echo-reply": 129, "mld-listener-query": 130, "mld-listener-report": 131,
    "mld-listener-done": 132, "mld-listener-reduction": 132, "nd-router-solicit": 133, "nd-router-advert": 134,
    "nd-neighbor-solicit": 135, "nd-neighbor-advert": 136, "nd-redirect": 137, "router-renumbering": 138,
    "ind-neighbor-solicit": 141, "ind-neighbor-advert": 142, "mld2-listener-report": 143,
  ]

  static let icmpv6Codes: [String: UInt64] = [
    "no-route": 0, "admin-prohibited": 1, "addr-unreachable": 3, "port-unreachable": 4, "policy-fail": 5,
    "reject-route": 6,
  ]

  /// RFC 2474, RFC 2597, RFC 3246.
  static let dscp: [String: UInt64] = [
    "cs0": 0, "lephb": 1, "cs1": 8, "af11": 10, "af12": 12, "af13": 14, "cs2": 16, "af21": 18, "af22": 20, "af23": 22,
    "cs3": 24, "af31": 26, "af32": 28, "af33": 30, "cs4": 32, "af41": 34, "af42": 36, "af43": 38, "cs5": 40, "ef": 46,
    "cs6": 48, "cs7": 56,
  ]
}
