/// What a bridge tells beside its link and its ports (linux/if_bridge.h), and the filter of a vxlan (linux/if_link.h).
extension KindTables {
  /// `BR_STATE_*`.
  private static let states = KindField.Format.names(["disabled", "listening", "learning", "forwarding", "blocking"])

  /// `BRIDGE_VLANDB_ENTRY_*` beside the VLAN itself.
  static let portVLAN: KindTable = [
    KindField("BRIDGE_VLANDB_ENTRY_STATE", 3, "state", states),
    KindField("BRIDGE_VLANDB_ENTRY_MCAST_ROUTER", 6, "mcast_router"),
    KindField("BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS", 7, "mcast_n_groups"),
    KindField("BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS", 8, "mcast_max_groups"),
    KindField("BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS", 9, "neigh_suppress", .flag),
  ]

  /// `BRIDGE_VLANDB_GOPTS_*`: what a bridge has for each VLAN, by the keys of `bridge -j vlan global`. Times in hundredths
  /// of a second.
  static let globalVLAN: KindTable = [
    KindField("BRIDGE_VLANDB_GOPTS_ID", 1, "vlan"),
    KindField("BRIDGE_VLANDB_GOPTS_RANGE", 2, "vlanEnd"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_SNOOPING", 3, "mcast_snooping"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_QUERIER", 15, "mcast_querier"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_IGMP_VERSION", 4, "mcast_igmp_version"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_MLD_VERSION", 5, "mcast_mld_version"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_CNT", 6, "mcast_last_member_count"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_LAST_MEMBER_INTVL", 8, "mcast_last_member_interval"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_CNT", 7, "mcast_startup_query_count"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_STARTUP_QUERY_INTVL", 14, "mcast_startup_query_interval"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_MEMBERSHIP_INTVL", 10, "mcast_membership_interval"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_QUERIER_INTVL", 11, "mcast_querier_interval"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_QUERY_INTVL", 12, "mcast_query_interval"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_QUERY_RESPONSE_INTVL", 13, "mcast_query_response_interval"),
    KindField("BRIDGE_VLANDB_GOPTS_MCAST_ROUTER_PORTS", 16, "router_ports", .ports),
    KindField("BRIDGE_VLANDB_GOPTS_MSTI", 18, "msti"),
  ]

  /// `IFLA_BRIDGE_MST_ENTRY_*`.
  static let spanningTree: KindTable = [
    KindField("IFLA_BRIDGE_MST_ENTRY_MSTI", 1, "msti"),
    KindField("IFLA_BRIDGE_MST_ENTRY_STATE", 2, "state", states),
  ]

  /// `MDBA_MDB_EATTR_*`: of a group's member. Its timer changes by itself.
  static let groupMember: KindTable = [
    KindField("MDBA_MDB_EATTR_SOURCE", 4, "src", .address),
    KindField("MDBA_MDB_EATTR_GROUP_MODE", 3, "filter_mode", .names(["exclude", "include"])),
    KindField("MDBA_MDB_EATTR_SRC_LIST", 2, "source_list", .objects(groupSource)),
    // RTPROT_*
    KindField(
      "MDBA_MDB_EATTR_RTPROT", 5, "protocol",
      .namesByValue([0: "unspec", 1: "redirect", 2: "kernel", 3: "boot", 4: "static"])),
    KindField("MDBA_MDB_EATTR_DST", 6, "dst", .address),
    KindField("MDBA_MDB_EATTR_DST_PORT", 7, "dst_port"),
    KindField("MDBA_MDB_EATTR_VNI", 8, "vni"),
    KindField("MDBA_MDB_EATTR_IFINDEX", 9, "via", .link),
    KindField("MDBA_MDB_EATTR_SRC_VNI", 10, "src_vni"),
  ]

  /// `MDBA_MDB_SRCATTR_*`: a sender that a member wants, or not.
  private static let groupSource: KindTable = [KindField("MDBA_MDB_SRCATTR_ADDRESS", 1, "address", .address)]

  /// `VXLAN_VNIFILTER_ENTRY_*`: the networks that a vxlan carries.
  static let vxlanNetwork: KindTable = [
    KindField("VXLAN_VNIFILTER_ENTRY_START", 1, "vni"),
    KindField("VXLAN_VNIFILTER_ENTRY_END", 2, "vniEnd"),
    KindField("VXLAN_VNIFILTER_ENTRY_GROUP", 3, "group", .groupOr("remote")),
    KindField("VXLAN_VNIFILTER_ENTRY_GROUP6", 4, "group", .groupOr("remote")),
  ]
}
