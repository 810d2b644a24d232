extension KindTables {
  /// `IFLA_BR_*`. Times in hundredths of a second, as the kernel's USER_HZ has it.
  static let bridge: KindTable = [
    KindField("IFLA_BR_FORWARD_DELAY", 1, "forward_delay"),
    KindField("IFLA_BR_HELLO_TIME", 2, "hello_time"),
    KindField("IFLA_BR_MAX_AGE", 3, "max_age"),
    KindField("IFLA_BR_AGEING_TIME", 4, "ageing_time"),
    KindField("IFLA_BR_STP_STATE", 5, "stp_state"),
    KindField("IFLA_BR_PRIORITY", 6, "priority"),
    KindField("IFLA_BR_VLAN_FILTERING", 7, "vlan_filtering"),
    KindField("IFLA_BR_VLAN_PROTOCOL", 8, "vlan_protocol", .etherType),
    KindField("IFLA_BR_BRIDGE_ID", 11, "bridge_id", .bridgeID),
    KindField("IFLA_BR_ROOT_ID", 10, "root_id", .bridgeID),
    KindField("IFLA_BR_ROOT_PORT", 12, "root_port"),
    KindField("IFLA_BR_ROOT_PATH_COST", 13, "root_path_cost"),
    KindField("IFLA_BR_TOPOLOGY_CHANGE", 14, "topology_change"),
    KindField("IFLA_BR_TOPOLOGY_CHANGE_DETECTED", 15, "topology_change_detected"),
    KindField("IFLA_BR_VLAN_DEFAULT_PVID", 39, "vlan_default_pvid"),
    KindField("IFLA_BR_VLAN_STATS_ENABLED", 41, "vlan_stats_enabled"),
    KindField("IFLA_BR_VLAN_STATS_PER_PORT", 45, "vlan_stats_per_port"),
    KindField("IFLA_BR_GROUP_FWD_MASK", 9, "group_fwd_mask", .mask),
    KindField("IFLA_BR_GROUP_ADDR", 20, "group_addr", .hardware),
    KindField("IFLA_BR_MCAST_SNOOPING", 23, "mcast_snooping"),
    KindField("IFLA_BR_MCAST_ROUTER", 22, "mcast_router"),
    KindField("IFLA_BR_MCAST_QUERY_USE_IFADDR", 24, "mcast_query_use_ifaddr"),
    KindField("IFLA_BR_MCAST_QUERIER", 25, "mcast_querier"),
    KindField("IFLA_BR_MCAST_HASH_ELASTICITY", 26, "mcast_hash_elasticity"),
    KindField("IFLA_BR_MCAST_HASH_MAX", 27, "mcast_hash_max"),
    KindField("IFLA_BR_MCAST_LAST_MEMBER_CNT", 28, "mcast_last_member_cnt"),
    KindField("IFLA_BR_MCAST_STARTUP_QUERY_CNT", 29, "mcast_startup_query_cnt"),
    KindField("IFLA_BR_MCAST_LAST_MEMBER_INTVL", 30, "mcast_last_member_intvl"),
    KindField("IFLA_BR_MCAST_MEMBERSHIP_INTVL", 31, "mcast_membership_intvl"),
    KindField("IFLA_BR_MCAST_QUERIER_INTVL", 32, "mcast_querier_intvl"),
    KindField("IFLA_BR_MCAST_QUERY_INTVL", 33, "mcast_query_intvl"),
    KindField("IFLA_BR_MCAST_QUERY_RESPONSE_INTVL", 34, "mcast_query_response_intvl"),
    KindField("IFLA_BR_MCAST_STARTUP_QUERY_INTVL", 35, "mcast_startup_query_intvl"),
    KindField("IFLA_BR_MCAST_STATS_ENABLED", 42, "mcast_stats_enabled"),
    KindField("IFLA_BR_MCAST_IGMP_VERSION", 43, "mcast_igmp_version"),
    KindField("IFLA_BR_MCAST_MLD_VERSION", 44, "mcast_mld_version"),
    KindField("IFLA_BR_NF_CALL_IPTABLES", 36, "nf_call_iptables"),
    KindField("IFLA_BR_NF_CALL_IP6TABLES", 37, "nf_call_ip6tables"),
    KindField("IFLA_BR_NF_CALL_ARPTABLES", 38, "nf_call_arptables"),
    KindField("IFLA_BR_FDB_N_LEARNED", 48, "fdb_n_learned"),
    KindField("IFLA_BR_FDB_MAX_LEARNED", 49, "fdb_max_learned"),
    // BR_BOOLOPT_*: each option is a bit.
    KindField(
      "IFLA_BR_MULTI_BOOLOPT", 46, "",
      .options([
        (1, "no_linklocal_learn"), (2, "mcast_vlan_snooping"), (4, "mst_enabled"), (8, "mdb_offload_fail_notification"),
        (16, "fdb_local_vlan_0"),
      ])),
    KindField("IFLA_BR_MCAST_QUERIER_STATE", 47, "", .within(querier)),
  ]

  /// `BRIDGE_QUERIER_*` (linux/if_bridge.h): who asks for the groups. Its timers change by themselves.
  private static let querier = KindTable(
    [
      KindField("BRIDGE_QUERIER_IP_ADDRESS", 1, "mcast_querier_state_ipv4.mcast_querier_ipv4_addr", .addressAsIs),
      KindField("BRIDGE_QUERIER_IP_PORT", 2, "mcast_querier_state_ipv4.mcast_querier_ipv4_port"),
      KindField("BRIDGE_QUERIER_IPV6_ADDRESS", 5, "mcast_querier_state_ipv6.mcast_querier_ipv6_addr", .addressAsIs),
      KindField("BRIDGE_QUERIER_IPV6_PORT", 6, "mcast_querier_state_ipv6.mcast_querier_ipv6_port"),
    ],
    gathered: [
      "mcast_querier_state_ipv4": "mcast_querier_ipv4_addr", "mcast_querier_state_ipv6": "mcast_querier_ipv6_addr",
    ])

  /// `IFLA_BRPORT_*`.
  static let bridgePort: KindTable = [
    KindField(
      "IFLA_BRPORT_STATE", 1, "state", .names(["disabled", "listening", "learning", "forwarding", "blocking"])),
    KindField("IFLA_BRPORT_PRIORITY", 2, "priority"),
    KindField("IFLA_BRPORT_COST", 3, "cost"),
    KindField("IFLA_BRPORT_MODE", 4, "hairpin", .flag),
    KindField("IFLA_BRPORT_GUARD", 5, "guard", .flag),
    KindField("IFLA_BRPORT_PROTECT", 6, "root_block", .flag),
    KindField("IFLA_BRPORT_FAST_LEAVE", 7, "fastleave", .flag),
    KindField("IFLA_BRPORT_LEARNING", 8, "learning", .flag),
    KindField("IFLA_BRPORT_UNICAST_FLOOD", 9, "flood", .flag),
    KindField("IFLA_BRPORT_ID", 17, "id", .mask),
    KindField("IFLA_BRPORT_NO", 18, "no", .mask),
    KindField("IFLA_BRPORT_DESIGNATED_PORT", 15, "designated_port"),
    KindField("IFLA_BRPORT_DESIGNATED_COST", 16, "designated_cost"),
    KindField("IFLA_BRPORT_BRIDGE_ID", 14, "bridge_id", .bridgeID),
    KindField("IFLA_BRPORT_ROOT_ID", 13, "root_id", .bridgeID),
    KindField("IFLA_BRPORT_TOPOLOGY_CHANGE_ACK", 19, "topology_change_ack"),
    KindField("IFLA_BRPORT_CONFIG_PENDING", 20, "config_pending"),
    KindField("IFLA_BRPORT_PROXYARP", 10, "proxy_arp", .flag),
    KindField("IFLA_BRPORT_PROXYARP_WIFI", 12, "proxy_arp_wifi", .flag),
    KindField("IFLA_BRPORT_MULTICAST_ROUTER", 25, "multicast_router"),
    KindField("IFLA_BRPORT_MCAST_FLOOD", 27, "mcast_flood", .flag),
    KindField("IFLA_BRPORT_BCAST_FLOOD", 30, "bcast_flood", .flag),
    KindField("IFLA_BRPORT_MCAST_TO_UCAST", 28, "mcast_to_unicast", .flag),
    KindField("IFLA_BRPORT_NEIGH_SUPPRESS", 32, "neigh_suppress", .flag),
    KindField("IFLA_BRPORT_GROUP_FWD_MASK", 31, "group_fwd_mask", .maskAndNames("group_fwd_mask_str", reserved)),
    KindField("IFLA_BRPORT_VLAN_TUNNEL", 29, "vlan_tunnel", .flag),
    KindField("IFLA_BRPORT_ISOLATED", 33, "isolated", .flag),
    KindField("IFLA_BRPORT_LOCKED", 39, "locked", .flag),
    KindField("IFLA_BRPORT_BACKUP_PORT", 34, "backup_port", .link),
    KindField("IFLA_BRPORT_MAB", 40, "mab", .flag),
    KindField("IFLA_BRPORT_NEIGH_VLAN_SUPPRESS", 43, "neigh_vlan_suppress", .flag),
    KindField("IFLA_BRPORT_BACKUP_NHID", 44, "backup_nhid"),
    KindField("IFLA_BRPORT_MCAST_N_GROUPS", 41, "mcast_n_groups"),
    KindField("IFLA_BRPORT_MCAST_MAX_GROUPS", 42, "mcast_max_groups"),
    KindField("IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT", 37, "mcast_eht_hosts_limit"),
    KindField("IFLA_BRPORT_MCAST_EHT_HOSTS_CNT", 38, "mcast_eht_hosts_cnt"),
  ]

  /// The last byte of the addresses 01:80:c2:00:00:0x that a bridge keeps for itself, and the protocols that have a name.
  private static let reserved = [0: "stp", 2: "lacp", 14: "lldp"]

  /// `IFLA_BOND_*`.
  static let bond: KindTable = [
    KindField(
      "IFLA_BOND_MODE", 1, "mode",
      .names([
        "balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb",
      ])),
    KindField("IFLA_BOND_ACTIVE_SLAVE", 2, "active_slave", .link),
    KindField("IFLA_BOND_MIIMON", 3, "miimon"),
    KindField("IFLA_BOND_UPDELAY", 4, "updelay"),
    KindField("IFLA_BOND_DOWNDELAY", 5, "downdelay"),
    KindField("IFLA_BOND_PEER_NOTIF_DELAY", 28, "peer_notify_delay"),
    KindField("IFLA_BOND_USE_CARRIER", 6, "use_carrier"),
    KindField("IFLA_BOND_ARP_INTERVAL", 7, "arp_interval"),
    KindField("IFLA_BOND_MISSED_MAX", 30, "arp_missed_max"),
    KindField("IFLA_BOND_ARP_IP_TARGET", 8, "arp_ip_target", .addresses),
    KindField("IFLA_BOND_NS_IP6_TARGET", 31, "ns_ip6_target", .addresses),
    KindField(
      "IFLA_BOND_ARP_VALIDATE", 9, "arp_validate",
      .namesOrNothing(["none", "active", "backup", "all", "filter", "filter_active", "filter_backup"])),
    KindField("IFLA_BOND_ARP_ALL_TARGETS", 10, "arp_all_targets", .names(["any", "all"])),
    KindField("IFLA_BOND_PRIMARY", 11, "primary", .link),
    KindField("IFLA_BOND_PRIMARY_RESELECT", 12, "primary_reselect", .names(["always", "better", "failure"])),
    KindField("IFLA_BOND_FAIL_OVER_MAC", 13, "fail_over_mac", .names(["none", "active", "follow"])),
    KindField(
      "IFLA_BOND_XMIT_HASH_POLICY", 14, "xmit_hash_policy",
      .names(["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"])),
    KindField("IFLA_BOND_RESEND_IGMP", 15, "resend_igmp"),
    KindField("IFLA_BOND_NUM_PEER_NOTIF", 16, "num_peer_notif"),
    KindField("IFLA_BOND_ALL_SLAVES_ACTIVE", 17, "all_slaves_active"),
    KindField("IFLA_BOND_MIN_LINKS", 18, "min_links"),
    KindField("IFLA_BOND_LP_INTERVAL", 19, "lp_interval"),
    KindField("IFLA_BOND_PACKETS_PER_SLAVE", 20, "packets_per_slave"),
    KindField("IFLA_BOND_AD_LACP_ACTIVE", 29, "ad_lacp_active", .onOff),
    KindField("IFLA_BOND_AD_LACP_RATE", 21, "ad_lacp_rate", .names(["slow", "fast"])),
    KindField("IFLA_BOND_COUPLED_CONTROL", 32, "coupled_control", .flag),
    KindField("IFLA_BOND_BROADCAST_NEIGH", 33, "broadcast_neighbor", .flag),
    KindField("IFLA_BOND_AD_SELECT", 22, "ad_select", .names(["stable", "bandwidth", "count"])),
    KindField(
      "IFLA_BOND_AD_INFO", 23, "ad_info",
      .nested([
        KindField("IFLA_BOND_AD_INFO_AGGREGATOR", 1, "aggregator"),
        KindField("IFLA_BOND_AD_INFO_NUM_PORTS", 2, "num_ports"),
        KindField("IFLA_BOND_AD_INFO_ACTOR_KEY", 3, "actor_key"),
        KindField("IFLA_BOND_AD_INFO_PARTNER_KEY", 4, "partner_key"),
        KindField("IFLA_BOND_AD_INFO_PARTNER_MAC", 5, "partner_mac", .hardware),
      ])),
    KindField("IFLA_BOND_AD_ACTOR_SYS_PRIO", 24, "ad_actor_sys_prio"),
    KindField("IFLA_BOND_AD_USER_PORT_KEY", 25, "ad_user_port_key"),
    KindField("IFLA_BOND_AD_ACTOR_SYSTEM", 26, "ad_actor_system", .hardware),
    KindField("IFLA_BOND_TLB_DYNAMIC_LB", 27, "tlb_dynamic_lb"),
  ]

  /// A port's state as LACP has it (IEEE 802.1AX, 6.4.2.3).
  private static let portState: [(UInt64, String)] = [
    (1, "active"), (2, "short_timeout"), (4, "aggregating"), (8, "in_sync"), (16, "collecting"), (32, "distributing"),
    (64, "defaulted"), (128, "expired"),
  ]

  /// `IFLA_BOND_SLAVE_*`.
  static let bondMember: KindTable = [
    KindField("IFLA_BOND_SLAVE_STATE", 1, "state", .names(["ACTIVE", "BACKUP"])),
    KindField("IFLA_BOND_SLAVE_MII_STATUS", 2, "mii_status", .names(["UP", "GOING_DOWN", "DOWN", "GOING_BACK"])),
    KindField("IFLA_BOND_SLAVE_LINK_FAILURE_COUNT", 3, "link_failure_count"),
    KindField("IFLA_BOND_SLAVE_PERM_HWADDR", 4, "perm_hwaddr", .hardware),
    KindField("IFLA_BOND_SLAVE_QUEUE_ID", 5, "queue_id"),
    KindField("IFLA_BOND_SLAVE_PRIO", 9, "prio", .signed),
    KindField("IFLA_BOND_SLAVE_AD_AGGREGATOR_ID", 6, "ad_aggregator_id"),
    KindField(
      "IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE", 7, "ad_actor_oper_port_state",
      .numberAndBits("ad_actor_oper_port_state_str", portState)),
    KindField(
      "IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE", 8, "ad_partner_oper_port_state",
      .numberAndBits("ad_partner_oper_port_state_str", portState)),
    KindField("IFLA_BOND_SLAVE_ACTOR_PORT_PRIO", 10, "actor_port_prio"),
  ]
}
