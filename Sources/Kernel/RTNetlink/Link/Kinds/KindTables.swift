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

  private static let slaveDataByKind: [String: KindTable] = ["bridge": bridgePort, "bond": bondMember, "vrf": vrf]

  static let vlan: KindTable = [
    KindField(5, "protocol", .etherType), KindField(1, "id"),
    KindField(
      2, "flags",
      .bits([(1, "REORDER_HDR"), (2, "GVRP"), (4, "LOOSE_BINDING"), (8, "MVRP"), (16, "BRIDGE_BINDING")])),
  ]

  static let macvlan: KindTable = [
    KindField(1, "mode", .namesByValue([1: "private", 2: "vepa", 4: "bridge", 8: "passthru", 16: "source"])),
    KindField(7, "bcqueuelen"),
    KindField(5, "macaddr_data", .nested([KindField(4, "mac", .hardware)])),
  ]

  static let ipvlan: KindTable = [
    KindField(1, "mode", .names(["l2", "l3", "l3s"])),
    KindField(2, "mode_flag", .names(["bridge", "private", "vepa"])),
  ]

  static let vxlan: KindTable = [
    KindField(1, "id"), KindField(2, "group", .groupOr("remote")), KindField(16, "group6", .groupOr("remote6")),
    KindField(4, "local", .address), KindField(17, "local6", .address), KindField(3, "link", .link),
    KindField(10, "port_range", .portRange), KindField(15, "port", .port), KindField(7, "learning", .flag),
    KindField(11, "proxy", .flag), KindField(12, "rsc", .flag), KindField(13, "l2miss", .flag),
    KindField(14, "l3miss", .flag), KindField(6, "tos"), KindField(5, "ttl"),
    KindField(29, "df", .names(["unset", "set", "inherit"])), KindField(8, "ageing"), KindField(9, "limit"),
    KindField(18, "udp_csum", .flag), KindField(19, "udp_zero_csum6_tx", .flag),
    KindField(20, "udp_zero_csum6_rx", .flag), KindField(23, "gbp", .presence), KindField(27, "gpe", .presence),
    KindField(25, "external", .flag), KindField(30, "vnifilter", .flag),
  ]

  static let geneve: KindTable = [
    KindField(1, "id"), KindField(2, "remote", .address), KindField(7, "remote6", .address), KindField(3, "ttl"),
    KindField(4, "tos", .hexadecimal(digits: 1)), KindField(13, "df", .names(["unset", "set", "inherit"])),
    KindField(5, "port", .port), KindField(6, "external", .presence), KindField(8, "udp_csum", .flag),
    KindField(9, "udp_zero_csum6_tx", .flag), KindField(10, "udp_zero_csum6_rx", .flag),
    KindField(14, "inner_proto_inherit", .presence), KindField(16, "local", .address),
    KindField(17, "local6", .address),
  ]

  static let vrf: KindTable = [KindField(1, "table")]

  static let tun: KindTable = [
    KindField(3, "type", .namesByValue([1: "tun", 2: "tap"])), KindField(4, "pi", .flag),
    KindField(5, "vnet_hdr", .flag), KindField(7, "multi_queue", .flag), KindField(6, "persist", .flag),
    KindField(8, "numqueues"), KindField(9, "numdisabled"), KindField(1, "uid"), KindField(2, "gid"),
  ]

  static let netkit: KindTable = [
    KindField(5, "mode", .names(["l2", "l3"])),
    KindField(2, "type", .names(["peer", "primary"])),
    KindField(3, "policy", .namesByValue([0: "forward", 2: "blackhole"])),
    KindField(4, "peer_policy", .namesByValue([0: "forward", 2: "blackhole"])),
  ]

  static let gre: KindTable = [
    KindField(7, "remote", .addressOrAny), KindField(6, "local", .addressOrAny), KindField(1, "link", .link),
    KindField(8, "ttl"), KindField(9, "tos"), KindField(10, "pmtudisc", .flag), KindField(4, "ikey", .dottedKey),
    KindField(5, "okey", .dottedKey), KindField(18, "external", .presence),
    KindField(20, "fwmark", .hexadecimal(digits: 1)), KindField(22, "erspan_ver"), KindField(21, "erspan_index"),
  ]

  static let ip6gre = KindTable(
    gre.fields.filter { !["ttl", "tos", "pmtudisc"].contains($0.key) } + [
      KindField(8, "hoplimit"), KindField(11, "encap_limit"), KindField(12, "flowinfo", .hexadecimal(digits: 8)),
    ])

  static let vti: KindTable = [
    KindField(5, "remote", .addressOrAny), KindField(4, "local", .addressOrAny), KindField(1, "link", .link),
    KindField(2, "ikey", .dottedKey), KindField(3, "okey", .dottedKey), KindField(6, "fwmark", .hexadecimal(digits: 1)),
  ]

  static let tunnel: KindTable = [
    KindField(9, "proto", .namesByValue([0: "any", 4: "ipip", 41: "ip6ip", 137: "mplsip"])),
    KindField(3, "remote", .addressOrAny), KindField(2, "local", .addressOrAny), KindField(1, "link", .link),
    KindField(4, "ttl"), KindField(5, "tos"), KindField(10, "pmtudisc", .flag), KindField(6, "encap_limit"),
    KindField(19, "external", .presence), KindField(20, "fwmark", .hexadecimal(digits: 1)),
  ]

  static let hsr: KindTable = [
    KindField(1, "slave1", .link), KindField(2, "slave2", .link), KindField(8, "interlink", .link),
    KindField(4, "supervision_addr", .hardware), KindField(7, "proto"), KindField(6, "version"),
  ]

  static let xfrm: KindTable = [
    KindField(1, "link", .link), KindField(2, "if_id", .hexadecimal(digits: 1)), KindField(3, "external", .presence),
  ]

  static let amt: KindTable = [
    KindField(1, "mode", .names(["gateway", "relay"])), KindField(2, "relay_port", .port),
    KindField(3, "gateway_port", .port), KindField(4, "link", .link), KindField(5, "local", .address),
    KindField(6, "remote", .address), KindField(7, "discovery", .address), KindField(8, "max_tunnels"),
  ]

  static let bareudp: KindTable = [
    KindField(1, "port", .port), KindField(2, "ethertype", .etherType), KindField(3, "srcportmin"),
    KindField(4, "multiproto", .presence),
  ]

  static let gtp: KindTable = [
    KindField(3, "hsize"), KindField(4, "role", .names(["ggsn", "sgsn"])), KindField(6, "restart_count"),
  ]
}
