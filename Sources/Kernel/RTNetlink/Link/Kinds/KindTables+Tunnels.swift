/// Tunnels: packets in packets. Those of a kind that two protocols have are a table each.
extension KindTables {
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
    KindField("IFLA_VXLAN_TOS", 6, "tos", .mark),
    KindField("IFLA_VXLAN_TTL", 5, "ttl"),
    KindField("IFLA_VXLAN_DF", 29, "df", .names(["unset", "set", "inherit"])),
    KindField("IFLA_VXLAN_AGEING", 8, "ageing"),
    KindField("IFLA_VXLAN_LIMIT", 9, "limit"),
    KindField("IFLA_VXLAN_UDP_CSUM", 18, "udp_csum", .flag),
    KindField("IFLA_VXLAN_UDP_ZERO_CSUM6_TX", 19, "udp_zero_csum6_tx", .flag),
    KindField("IFLA_VXLAN_UDP_ZERO_CSUM6_RX", 20, "udp_zero_csum6_rx", .flag),
    KindField("IFLA_VXLAN_LABEL", 26, "label", .flowLabel),
    KindField("IFLA_VXLAN_REMCSUM_TX", 21, "remcsum_tx", .flag),
    KindField("IFLA_VXLAN_REMCSUM_RX", 22, "remcsum_rx", .flag),
    KindField("IFLA_VXLAN_LOCALBYPASS", 31, "localbypass", .flag),
    KindField("IFLA_VXLAN_RESERVED_BITS", 33, "reserved_bits", .prefixedDigits),
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
    KindField("IFLA_GENEVE_TOS", 4, "tos", .mark),
    KindField("IFLA_GENEVE_LABEL", 11, "label", .flowLabel),
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

  /// `TUNNEL_ENCAP_*` (linux/if_tunnel.h): by which the packets of a tunnel are packed once more; 0 is none.
  private static let encapsulation = KindField.Format.namedOnly([1: "fou", 2: "gue", 3: "mpls"])

  /// `TUNNEL_ENCAP_FLAG_*`.
  private static let encapsulationFlags = KindField.Format.switches([
    (1, "encap.csum"), (2, "encap.csum6"), (4, "encap.remcsum"),
  ])

  /// `IP6_TNL_F_*` (linux/ip6_tunnel.h), under the keys that iproute2 made of them.
  private static let ip6Flags = KindField.Format.marks([
    (0x01, "ip6_tnl_f_ign_encap_limit"), (0x02, "ip6_tnl_f_use_orig_tclass"), (0x04, "ip6_tnl_f_use_orig_flowlabel"),
    (0x10, "ip6_tnl_f_rcv_dscp_copy"), (0x08, "ip6_tnl_f_mip6_dev"), (0x40, "ip6_tnl_f_allow_local_remote"),
    (0x20, "ip6_tnl_f_use_orig_fwmark"),
  ])

  /// What a flag of a tunnel over IPv6 says in the place of a value.
  private static let ip6Replacing = [
    "ip6_tnl_f_ign_encap_limit": "encap_limit", "ip6_tnl_f_use_orig_tclass": "tclass",
    "ip6_tnl_f_use_orig_flowlabel": "flowlabel", "ip6_tnl_f_use_orig_fwmark": "fwmark",
  ]

  /// What GRE over IPv4 and over IPv6 have both. `GRE_KEY` 0x2000, `GRE_SEQ` 0x1000, `GRE_CSUM` 0x8000: a key of zeros
  /// is one, too.
  private static let greFields: [KindField] = [
    KindField("IFLA_GRE_REMOTE", 7, "remote", .addressOrAny),
    KindField("IFLA_GRE_LOCAL", 6, "local", .addressOrAny),
    KindField("IFLA_GRE_LINK", 1, "link", .link),
    KindField("IFLA_GRE_TTL", 8, "ttl"),
    KindField("IFLA_GRE_IKEY", 4, "ikey", .dottedQuad),
    KindField("IFLA_GRE_OKEY", 5, "okey", .dottedQuad),
    KindField(
      "IFLA_GRE_IFLAGS", 2, "", .marksInNetworkOrder([(0x2000, "has ikey"), (0x1000, "iseq"), (0x8000, "icsum")])),
    KindField(
      "IFLA_GRE_OFLAGS", 3, "", .marksInNetworkOrder([(0x2000, "has okey"), (0x1000, "oseq"), (0x8000, "ocsum")])),
    KindField("IFLA_GRE_COLLECT_METADATA", 18, "external", .presence),
    KindField("IFLA_GRE_FWMARK", 20, "fwmark", .mark),
    KindField("IFLA_GRE_ERSPAN_INDEX", 21, "erspan_index"),
    KindField("IFLA_GRE_ERSPAN_VER", 22, "erspan_ver"),
    KindField("IFLA_GRE_ERSPAN_DIR", 23, "erspan_dir", .names(["ingress", "egress"])),
    KindField("IFLA_GRE_ERSPAN_HWID", 24, "erspan_hwid", .mask),
    KindField("IFLA_GRE_ENCAP_TYPE", 14, "encap.type", encapsulation),
    KindField("IFLA_GRE_ENCAP_SPORT", 16, "encap.sport", .port),
    KindField("IFLA_GRE_ENCAP_DPORT", 17, "encap.dport", .port),
    KindField("IFLA_GRE_ENCAP_FLAGS", 15, "", encapsulationFlags),
  ]

  private static let greMarks = ["ikey": "has ikey", "okey": "has okey"]

  static let gre = KindTable(
    greFields + [
      KindField("IFLA_GRE_TOS", 9, "tos", .mark),
      KindField("IFLA_GRE_PMTUDISC", 10, "pmtudisc", .flag),
      KindField("IFLA_GRE_IGNORE_DF", 19, "ignore_df", .flagIfSet),
    ], marks: greMarks, gathered: ["encap": "type"])

  static let ip6gre = KindTable(
    greFields + [
      KindField("IFLA_GRE_ENCAP_LIMIT", 11, "encap_limit"),
      KindField("IFLA_GRE_FLOWINFO", 12, "", .flow),
      KindField("IFLA_GRE_FLAGS", 13, "", ip6Flags),
    ], replacing: ip6Replacing, marks: greMarks, gathered: ["encap": "type"])

  static let vti: KindTable = [
    KindField("IFLA_VTI_REMOTE", 5, "remote", .addressOrAny),
    KindField("IFLA_VTI_LOCAL", 4, "local", .addressOrAny),
    KindField("IFLA_VTI_LINK", 1, "link", .link),
    KindField("IFLA_VTI_IKEY", 2, "ikey", .dottedKey),
    KindField("IFLA_VTI_OKEY", 3, "okey", .dottedKey),
    KindField("IFLA_VTI_FWMARK", 6, "fwmark", .mark),
  ]

  /// What IPv4, IPv6 and MPLS in IPv4 or IPv6 have.
  private static let tunnelFields: [KindField] = [
    KindField("IFLA_IPTUN_REMOTE", 3, "remote", .addressOrAny),
    KindField("IFLA_IPTUN_LOCAL", 2, "local", .addressOrAny),
    KindField("IFLA_IPTUN_LINK", 1, "link", .link),
    KindField("IFLA_IPTUN_TTL", 4, "ttl"),
    KindField("IFLA_IPTUN_COLLECT_METADATA", 19, "external", .presence),
    KindField("IFLA_IPTUN_FWMARK", 20, "fwmark", .mark),
    KindField("IFLA_IPTUN_ENCAP_TYPE", 15, "encap.type", encapsulation),
    KindField("IFLA_IPTUN_ENCAP_SPORT", 17, "encap.sport", .port),
    KindField("IFLA_IPTUN_ENCAP_DPORT", 18, "encap.dport", .port),
    KindField("IFLA_IPTUN_ENCAP_FLAGS", 16, "", encapsulationFlags),
  ]

  /// `IPPROTO_*` of what is carried.
  static let ipip = KindTable(
    tunnelFields + [
      KindField("IFLA_IPTUN_PROTO", 9, "proto", .namesByValue([0: "any", 4: "ipip", 41: "ip6ip", 137: "mplsip"])),
      KindField("IFLA_IPTUN_TOS", 5, "tos", .mark),
      KindField("IFLA_IPTUN_PMTUDISC", 10, "pmtudisc", .flag),
    ], gathered: ["encap": "type"])

  /// The prefixes of 6rd are told where they have a length. `SIT_ISATAP` is 1.
  static let sit = KindTable(
    ipip.fields + [
      KindField("IFLA_IPTUN_FLAGS", 8, "", .marks([(1, "isatap")])),
      KindField("IFLA_IPTUN_6RD_PREFIX", 11, "prefix", .addressAsIs),
      KindField("IFLA_IPTUN_6RD_PREFIXLEN", 13, "prefixlen"),
      KindField("IFLA_IPTUN_6RD_RELAY_PREFIX", 12, "relay_prefix", .address),
      KindField("IFLA_IPTUN_6RD_RELAY_PREFIXLEN", 14, "relay_prefixlen"),
    ], gathered: ["encap": "type"])

  static let ip6tnl = KindTable(
    tunnelFields + [
      KindField("IFLA_IPTUN_PROTO", 9, "proto", .namesByValue([0: "any", 4: "ipip6", 41: "ip6ip6"])),
      KindField("IFLA_IPTUN_ENCAP_LIMIT", 6, "encap_limit"),
      KindField("IFLA_IPTUN_FLOWINFO", 7, "", .flow),
      KindField("IFLA_IPTUN_FLAGS", 8, "", ip6Flags),
    ], replacing: ip6Replacing, gathered: ["encap": "type"])
}
