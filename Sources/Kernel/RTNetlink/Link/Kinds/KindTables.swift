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
    "ipip": ipip, "sit": sit, "ip6tnl": ip6tnl, "macsec": macsec, "hsr": hsr, "xfrm": xfrm, "amt": amt,
    "bareudp": bareudp,
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
    KindField("IFLA_GSO_MAX_SIZE", 41, "gso_max_size"), KindField("IFLA_GSO_MAX_SEGS", 40, "gso_max_segs"),
    KindField("IFLA_TSO_MAX_SIZE", 59, "tso_max_size"), KindField("IFLA_TSO_MAX_SEGS", 60, "tso_max_segs"),
    KindField("IFLA_GRO_MAX_SIZE", 58, "gro_max_size"),
    KindField("IFLA_GSO_IPV4_MAX_SIZE", 63, "gso_ipv4_max_size"),
    KindField("IFLA_GRO_IPV4_MAX_SIZE", 64, "gro_ipv4_max_size"),
  ]

  static let vlan: KindTable = [
    KindField("IFLA_VLAN_PROTOCOL", 5, "protocol", .etherType),
    KindField("IFLA_VLAN_ID", 1, "id"),
    KindField(
      "IFLA_VLAN_FLAGS", 2, "flags",
      .bits([(1, "REORDER_HDR"), (2, "GVRP"), (8, "MVRP"), (4, "LOOSE_BINDING"), (16, "BRIDGE_BINDING")])),
    KindField("IFLA_VLAN_INGRESS_QOS", 4, "ingress_qos", .pairs("from", "to")),
    KindField("IFLA_VLAN_EGRESS_QOS", 3, "egress_qos", .pairs("from", "to")),
  ]

  static let macvlan: KindTable = [
    KindField(
      "IFLA_MACVLAN_MODE", 1, "mode",
      .namesByValue([1: "private", 2: "vepa", 4: "bridge", 8: "passthru", 16: "source"])),
    // MACVLAN_FLAG_*
    KindField("IFLA_MACVLAN_FLAGS", 2, "", .marks([(1, "nopromisc"), (2, "nodst")])),
    KindField("IFLA_MACVLAN_BC_QUEUE_LEN", 7, "bcqueuelen"),
    KindField("IFLA_MACVLAN_BC_QUEUE_LEN_USED", 8, "usedbcqueuelen"),
    KindField("IFLA_MACVLAN_BC_CUTOFF", 9, "bclim", .signed),
    KindField("IFLA_MACVLAN_MACADDR_COUNT", 6, "macaddr_count"),
    KindField("IFLA_MACVLAN_MACADDR_DATA", 5, "macaddr_data", .hardwareList),
  ]

  static let ipvlan: KindTable = [
    KindField("IFLA_IPVLAN_MODE", 1, "mode", .names(["l2", "l3", "l3s"])),
    // IPVLAN_F_*
    KindField("IFLA_IPVLAN_FLAGS", 2, "", .choice([0: "bridge", 1: "private", 2: "vepa"])),
  ]

  static let macsec: KindTable = [
    KindField("IFLA_MACSEC_SCI", 1, "sci", .digits),
    KindField("IFLA_MACSEC_PROTECT", 8, "protect", .flag),
    KindField(
      "IFLA_MACSEC_CIPHER_SUITE", 4, "cipher_suite",
      .namesByValue([
        // MACSEC_CIPHER_ID_*; the first is what the standard called the second before it had a list (linux/if_macsec.h).
        0x0080_0200_0100_0001: "GCM-AES-128", 0x0080_C200_0100_0001: "GCM-AES-128",
        0x0080_C200_0100_0002: "GCM-AES-256", 0x0080_C200_0100_0003: "GCM-AES-XPN-128",
        0x0080_C200_0100_0004: "GCM-AES-XPN-256",
      ])),
    KindField("IFLA_MACSEC_ICV_LEN", 3, "icv_len"),
    KindField("IFLA_MACSEC_ENCODING_SA", 6, "encoding_sa"),
    KindField("IFLA_MACSEC_VALIDATION", 13, "validation", .names(["disabled", "check", "strict"])),
    KindField("IFLA_MACSEC_ENCRYPT", 7, "encrypt", .flag),
    KindField("IFLA_MACSEC_INC_SCI", 9, "inc_sci", .flag),
    KindField("IFLA_MACSEC_ES", 10, "es", .flag),
    KindField("IFLA_MACSEC_SCB", 11, "scb", .flag),
    KindField("IFLA_MACSEC_REPLAY_PROTECT", 12, "replay_protect", .flag),
    KindField("IFLA_MACSEC_WINDOW", 5, "window"),
    KindField("IFLA_MACSEC_OFFLOAD", 15, "offload", .names(["off", "phy", "mac"])),
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
    KindField("IFLA_NETKIT_SCRUB", 6, "scrub", .names(["none", "default"])),
    KindField("IFLA_NETKIT_PEER_SCRUB", 7, "peer_scrub", .names(["none", "default"])),
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
    KindField("IFLA_XFRM_IF_ID", 2, "if_id", .mask),
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
