/// The kinds' tables (linux/if_link.h, linux/if_tunnel.h), with iproute2's keys. What changes by itself with the time
/// (timers, how full a queue is) is left out: it would make every reading a change.
enum KindTables {
  /// The table for `IFLA_INFO_DATA` of a kind; nil for one without facts, or unknown here.
  static func data(of kind: String) -> KindTable? { dataByKind[kind] }

  /// The table for `IFLA_INFO_SLAVE_DATA` of a master's kind.
  static func slaveData(of kind: String) -> KindTable? { slaveDataByKind[kind] }

  private static let dataByKind: [String: KindTable] = [
    "bridge": bridge, "vlan": vlan, "macvlan": macvlan, "macvtap": macvlan, "ipvlan": ipvlan, "ipvtap": ipvlan,
    "vxlan": vxlan, "geneve": geneve, "bond": bond, "vrf": vrf, "tun": tun, "netkit": netkit, "gre": gre,
    "gretap": gre, "erspan": gre, "ip6gre": ip6gre, "ip6gretap": ip6gre, "ip6erspan": ip6gre, "vti": vti, "vti6": vti,
    "ipip": tunnel, "sit": tunnel, "ip6tnl": tunnel, "hsr": hsr, "xfrm": xfrm, "amt": amt, "bareudp": bareudp,
    "gtp": gtp,
  ]

  private static let slaveDataByKind: [String: KindTable] = [
    "bridge": bridgePort, "bond": bondMember, "vrf": vrfPort,
  ]

  /// What every link has and nobody but people asks for: what is added here is in the JSON and told by `events`.
  static let link: KindTable = [
    KindField("IFLA_PROMISCUITY", 30, "promiscuity"), KindField("IFLA_ALLMULTI", 61, "allmulti"),
    KindField("IFLA_MIN_MTU", 50, "min_mtu"), KindField("IFLA_MAX_MTU", 51, "max_mtu"),
    KindField("IFLA_NUM_TX_QUEUES", 31, "num_tx_queues"), KindField("IFLA_NUM_RX_QUEUES", 32, "num_rx_queues"),
  ]

  static let vlan: KindTable = [
    KindField("IFLA_VLAN_PROTOCOL", 5, "protocol", .etherType),
    KindField("IFLA_VLAN_ID", 1, "id"),
    KindField(
      "IFLA_VLAN_FLAGS", 2, "flags",
      .bits([(1, "REORDER_HDR"), (2, "GVRP"), (4, "LOOSE_BINDING"), (8, "MVRP"), (16, "BRIDGE_BINDING")])),
  ]

  static let macvlan: KindTable = [
    KindField(
      "IFLA_MACVLAN_MODE", 1, "mode",
      .namesByValue([1: "private", 2: "vepa", 4: "bridge", 8: "passthru", 16: "source"])),
    KindField("IFLA_MACVLAN_BC_QUEUE_LEN", 7, "bcqueuelen"),
    KindField(
      "IFLA_MACVLAN_MACADDR_DATA", 5, "macaddr_data", .nested([KindField("IFLA_MACVLAN_MACADDR", 4, "mac", .hardware)])),
  ]

  static let ipvlan: KindTable = [
    KindField("IFLA_IPVLAN_MODE", 1, "mode", .names(["l2", "l3", "l3s"])),
    KindField("IFLA_IPVLAN_FLAGS", 2, "mode_flag", .names(["bridge", "private", "vepa"])),
  ]

  static let vxlan: KindTable = [
    KindField("IFLA_VXLAN_ID", 1, "id"),
    KindField("IFLA_VXLAN_GROUP", 2, "group", .groupOr("remote")),
    KindField("IFLA_VXLAN_GROUP6", 16, "group6", .groupOr("remote6")),
    KindField("IFLA_VXLAN_LOCAL", 4, "local", .address),
    KindField("IFLA_VXLAN_LOCAL6", 17, "local6", .address),
    KindField("IFLA_VXLAN_LINK", 3, "link", .link),
    KindField("IFLA_VXLAN_PORT_RANGE", 10, "port_range", .portRange),
    KindField("IFLA_VXLAN_PORT", 15, "port", .port),
    KindField("IFLA_VXLAN_LEARNING", 7, "learning", .flag),
    KindField("IFLA_VXLAN_PROXY", 11, "proxy", .flag),
    KindField("IFLA_VXLAN_RSC", 12, "rsc", .flag),
    KindField("IFLA_VXLAN_L2MISS", 13, "l2miss", .flag),
    KindField("IFLA_VXLAN_L3MISS", 14, "l3miss", .flag),
    KindField("IFLA_VXLAN_TOS", 6, "tos"),
    KindField("IFLA_VXLAN_TTL", 5, "ttl"),
    KindField("IFLA_VXLAN_DF", 29, "df", .names(["unset", "set", "inherit"])),
    KindField("IFLA_VXLAN_AGEING", 8, "ageing"),
    KindField("IFLA_VXLAN_LIMIT", 9, "limit"),
    KindField("IFLA_VXLAN_UDP_CSUM", 18, "udp_csum", .flag),
    KindField("IFLA_VXLAN_UDP_ZERO_CSUM6_TX", 19, "udp_zero_csum6_tx", .flag),
    KindField("IFLA_VXLAN_UDP_ZERO_CSUM6_RX", 20, "udp_zero_csum6_rx", .flag),
    KindField("IFLA_VXLAN_GBP", 23, "gbp", .presence),
    KindField("IFLA_VXLAN_GPE", 27, "gpe", .presence),
    KindField("IFLA_VXLAN_COLLECT_METADATA", 25, "external", .flag),
    KindField("IFLA_VXLAN_VNIFILTER", 30, "vnifilter", .flag),
  ]

  static let geneve: KindTable = [
    KindField("IFLA_GENEVE_ID", 1, "id"),
    KindField("IFLA_GENEVE_REMOTE", 2, "remote", .address),
    KindField("IFLA_GENEVE_REMOTE6", 7, "remote6", .address),
    KindField("IFLA_GENEVE_TTL", 3, "ttl"),
    KindField("IFLA_GENEVE_TOS", 4, "tos", .hexadecimal(digits: 1)),
    KindField("IFLA_GENEVE_DF", 13, "df", .names(["unset", "set", "inherit"])),
    KindField("IFLA_GENEVE_PORT", 5, "port", .port),
    KindField("IFLA_GENEVE_COLLECT_METADATA", 6, "external", .presence),
    KindField("IFLA_GENEVE_UDP_CSUM", 8, "udp_csum", .flag),
    KindField("IFLA_GENEVE_UDP_ZERO_CSUM6_TX", 9, "udp_zero_csum6_tx", .flag),
    KindField("IFLA_GENEVE_UDP_ZERO_CSUM6_RX", 10, "udp_zero_csum6_rx", .flag),
    KindField("IFLA_GENEVE_INNER_PROTO_INHERIT", 14, "inner_proto_inherit", .presence),
    KindField("IFLA_GENEVE_LOCAL", 17, "local", .address),
    KindField("IFLA_GENEVE_LOCAL6", 18, "local6", .address),
  ]

  static let vrf: KindTable = [KindField("IFLA_VRF_TABLE", 1, "table")]

  static let vrfPort: KindTable = [KindField("IFLA_VRF_PORT_TABLE", 1, "table")]

  static let tun: KindTable = [
    KindField("IFLA_TUN_TYPE", 3, "type", .namesByValue([1: "tun", 2: "tap"])),
    KindField("IFLA_TUN_PI", 4, "pi", .flag),
    KindField("IFLA_TUN_VNET_HDR", 5, "vnet_hdr", .flag),
    KindField("IFLA_TUN_MULTI_QUEUE", 7, "multi_queue", .flag),
    KindField("IFLA_TUN_PERSIST", 6, "persist", .flag),
    KindField("IFLA_TUN_NUM_QUEUES", 8, "numqueues"),
    KindField("IFLA_TUN_NUM_DISABLED_QUEUES", 9, "numdisabled"),
    KindField("IFLA_TUN_OWNER", 1, "uid"),
    KindField("IFLA_TUN_GROUP", 2, "gid"),
  ]

  static let netkit: KindTable = [
    KindField("IFLA_NETKIT_MODE", 5, "mode", .names(["l2", "l3"])),
    KindField("IFLA_NETKIT_PRIMARY", 2, "type", .names(["peer", "primary"])),
    KindField("IFLA_NETKIT_POLICY", 3, "policy", .namesByValue([0: "forward", 2: "blackhole"])),
    KindField("IFLA_NETKIT_PEER_POLICY", 4, "peer_policy", .namesByValue([0: "forward", 2: "blackhole"])),
  ]

  static let gre: KindTable = [
    KindField("IFLA_GRE_REMOTE", 7, "remote", .addressOrAny),
    KindField("IFLA_GRE_LOCAL", 6, "local", .addressOrAny),
    KindField("IFLA_GRE_LINK", 1, "link", .link),
    KindField("IFLA_GRE_TTL", 8, "ttl"),
    KindField("IFLA_GRE_TOS", 9, "tos"),
    KindField("IFLA_GRE_PMTUDISC", 10, "pmtudisc", .flag),
    KindField("IFLA_GRE_IKEY", 4, "ikey", .dottedKey),
    KindField("IFLA_GRE_OKEY", 5, "okey", .dottedKey),
    KindField("IFLA_GRE_COLLECT_METADATA", 18, "external", .presence),
    KindField("IFLA_GRE_FWMARK", 20, "fwmark", .hexadecimal(digits: 1)),
    KindField("IFLA_GRE_ERSPAN_VER", 22, "erspan_ver"),
    KindField("IFLA_GRE_ERSPAN_INDEX", 21, "erspan_index"),
  ]

  static let ip6gre = KindTable(
    gre.fields.filter { !["ttl", "tos", "pmtudisc"].contains($0.key) } + [
      KindField("IFLA_GRE_TTL", 8, "hoplimit"),
      KindField("IFLA_GRE_ENCAP_LIMIT", 11, "encap_limit"),
      KindField("IFLA_GRE_FLOWINFO", 12, "flowinfo", .hexadecimal(digits: 8)),
    ])

  static let vti: KindTable = [
    KindField("IFLA_VTI_REMOTE", 5, "remote", .addressOrAny),
    KindField("IFLA_VTI_LOCAL", 4, "local", .addressOrAny),
    KindField("IFLA_VTI_LINK", 1, "link", .link),
    KindField("IFLA_VTI_IKEY", 2, "ikey", .dottedKey),
    KindField("IFLA_VTI_OKEY", 3, "okey", .dottedKey),
    KindField("IFLA_VTI_FWMARK", 6, "fwmark", .hexadecimal(digits: 1)),
  ]

  static let tunnel: KindTable = [
    KindField("IFLA_IPTUN_PROTO", 9, "proto", .namesByValue([0: "any", 4: "ipip", 41: "ip6ip", 137: "mplsip"])),
    KindField("IFLA_IPTUN_REMOTE", 3, "remote", .addressOrAny),
    KindField("IFLA_IPTUN_LOCAL", 2, "local", .addressOrAny),
    KindField("IFLA_IPTUN_LINK", 1, "link", .link),
    KindField("IFLA_IPTUN_TTL", 4, "ttl"),
    KindField("IFLA_IPTUN_TOS", 5, "tos"),
    KindField("IFLA_IPTUN_PMTUDISC", 10, "pmtudisc", .flag),
    KindField("IFLA_IPTUN_ENCAP_LIMIT", 6, "encap_limit"),
    KindField("IFLA_IPTUN_COLLECT_METADATA", 19, "external", .presence),
    KindField("IFLA_IPTUN_FWMARK", 20, "fwmark", .hexadecimal(digits: 1)),
  ]

  static let hsr: KindTable = [
    KindField("IFLA_HSR_SLAVE1", 1, "slave1", .link),
    KindField("IFLA_HSR_SLAVE2", 2, "slave2", .link),
    KindField("IFLA_HSR_INTERLINK", 8, "interlink", .link),
    KindField("IFLA_HSR_SUPERVISION_ADDR", 4, "supervision_addr", .hardware),
    KindField("IFLA_HSR_PROTOCOL", 7, "proto"),
    KindField("IFLA_HSR_VERSION", 6, "version"),
  ]

  static let xfrm: KindTable = [
    KindField("IFLA_XFRM_LINK", 1, "link", .link),
    KindField("IFLA_XFRM_IF_ID", 2, "if_id", .hexadecimal(digits: 1)),
    KindField("IFLA_XFRM_COLLECT_METADATA", 3, "external", .presence),
  ]

  static let amt: KindTable = [
    KindField("IFLA_AMT_MODE", 1, "mode", .names(["gateway", "relay"])),
    KindField("IFLA_AMT_RELAY_PORT", 2, "relay_port", .port),
    KindField("IFLA_AMT_GATEWAY_PORT", 3, "gateway_port", .port),
    KindField("IFLA_AMT_LINK", 4, "link", .link),
    KindField("IFLA_AMT_LOCAL_IP", 5, "local", .address),
    KindField("IFLA_AMT_REMOTE_IP", 6, "remote", .address),
    KindField("IFLA_AMT_DISCOVERY_IP", 7, "discovery", .address),
    KindField("IFLA_AMT_MAX_TUNNELS", 8, "max_tunnels"),
  ]

  static let bareudp: KindTable = [
    KindField("IFLA_BAREUDP_PORT", 1, "port", .port),
    KindField("IFLA_BAREUDP_ETHERTYPE", 2, "ethertype", .etherType),
    KindField("IFLA_BAREUDP_SRCPORT_MIN", 3, "srcportmin"),
    KindField("IFLA_BAREUDP_MULTIPROTO_MODE", 4, "multiproto", .presence),
  ]

  static let gtp: KindTable = [
    KindField("IFLA_GTP_PDP_HASHSIZE", 3, "hsize"),
    KindField("IFLA_GTP_ROLE", 4, "role", .names(["ggsn", "sgsn"])),
    KindField("IFLA_GTP_RESTART_COUNT", 6, "restart_count"),
  ]
}
