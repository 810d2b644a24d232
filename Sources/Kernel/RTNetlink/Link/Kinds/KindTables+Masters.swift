extension KindTables {
  /// `IFLA_BR_*`. Times in hundredths of a second, as the kernel's USER_HZ has it.
  static let bridge: KindTable = [
    KindField(1, "forward_delay"), KindField(2, "hello_time"), KindField(3, "max_age"), KindField(4, "ageing_time"),
    KindField(5, "stp_state"), KindField(6, "priority"), KindField(7, "vlan_filtering"),
    KindField(8, "vlan_protocol", .etherType), KindField(11, "bridge_id", .bridgeID),
    KindField(10, "root_id", .bridgeID), KindField(12, "root_port"), KindField(13, "root_path_cost"),
    KindField(14, "topology_change"), KindField(15, "topology_change_detected"), KindField(39, "vlan_default_pvid"),
    KindField(41, "vlan_stats_enabled"), KindField(45, "vlan_stats_per_port"),
    KindField(9, "group_fwd_mask", .hexadecimalBare), KindField(20, "group_addr", .hardware),
    KindField(23, "mcast_snooping"), KindField(22, "mcast_router"), KindField(24, "mcast_query_use_ifaddr"),
    KindField(25, "mcast_querier"), KindField(26, "mcast_hash_elasticity"), KindField(27, "mcast_hash_max"),
    KindField(28, "mcast_last_member_cnt"), KindField(29, "mcast_startup_query_cnt"),
    KindField(30, "mcast_last_member_intvl"), KindField(31, "mcast_membership_intvl"),
    KindField(32, "mcast_querier_intvl"), KindField(33, "mcast_query_intvl"),
    KindField(34, "mcast_query_response_intvl"), KindField(35, "mcast_startup_query_intvl"),
    KindField(42, "mcast_stats_enabled"), KindField(43, "mcast_igmp_version"), KindField(44, "mcast_mld_version"),
    KindField(36, "nf_call_iptables"), KindField(37, "nf_call_ip6tables"), KindField(38, "nf_call_arptables"),
    KindField(49, "fdb_max_learned"),
  ]

  /// `IFLA_BRPORT_*`.
  static let bridgePort: KindTable = [
    KindField(1, "state", .names(["disabled", "listening", "learning", "forwarding", "blocking"])),
    KindField(2, "priority"), KindField(3, "cost"), KindField(4, "hairpin", .flag), KindField(5, "guard", .flag),
    KindField(6, "root_block", .flag), KindField(7, "fastleave", .flag), KindField(8, "learning", .flag),
    KindField(9, "flood", .flag), KindField(17, "id", .hexadecimal(digits: 1)),
    KindField(18, "no", .hexadecimal(digits: 1)), KindField(15, "designated_port"),
    KindField(16, "designated_cost"), KindField(14, "bridge_id", .bridgeID), KindField(13, "root_id", .bridgeID),
    KindField(19, "topology_change_ack"), KindField(20, "config_pending"), KindField(10, "proxy_arp", .flag),
    KindField(12, "proxy_arp_wifi", .flag), KindField(25, "multicast_router"), KindField(27, "mcast_flood", .flag),
    KindField(30, "bcast_flood", .flag), KindField(28, "mcast_to_unicast", .flag),
    KindField(32, "neigh_suppress", .flag), KindField(31, "group_fwd_mask", .hexadecimalBare),
    KindField(29, "vlan_tunnel", .flag), KindField(33, "isolated", .flag), KindField(39, "locked", .flag),
    KindField(34, "backup_port", .link), KindField(40, "mab", .flag),
  ]

  /// `IFLA_BOND_*`.
  static let bond: KindTable = [
    KindField(
      1, "mode",
      .names([
        "balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb",
      ])),
    KindField(2, "active_slave", .link), KindField(3, "miimon"), KindField(4, "updelay"), KindField(5, "downdelay"),
    KindField(28, "peer_notify_delay"), KindField(6, "use_carrier"), KindField(7, "arp_interval"),
    KindField(30, "arp_missed_max"), KindField(8, "arp_ip_target", .addresses),
    KindField(31, "ns_ip6_target", .addresses),
    KindField(
      9, "arp_validate",
      .names(["none", "active", "backup", "all", "filter", "filter_active", "filter_backup"])),
    KindField(10, "arp_all_targets", .names(["any", "all"])), KindField(11, "primary", .link),
    KindField(12, "primary_reselect", .names(["always", "better", "failure"])),
    KindField(13, "fail_over_mac", .names(["none", "active", "follow"])),
    KindField(
      14, "xmit_hash_policy",
      .names(["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"])),
    KindField(15, "resend_igmp"), KindField(16, "num_peer_notif"), KindField(17, "all_slaves_active"),
    KindField(18, "min_links"), KindField(19, "lp_interval"), KindField(20, "packets_per_slave"),
    KindField(29, "ad_lacp_active", .onOff), KindField(21, "ad_lacp_rate", .names(["slow", "fast"])),
    KindField(32, "coupled_control", .onOff), KindField(33, "broadcast_neighbor", .onOff),
    KindField(22, "ad_select", .names(["stable", "bandwidth", "count"])),
    KindField(
      23, "ad_info",
      .nested([
        KindField(1, "aggregator"), KindField(2, "num_ports"), KindField(3, "actor_key"),
        KindField(4, "partner_key"), KindField(5, "partner_mac", .hardware),
      ])),
    KindField(24, "ad_actor_sys_prio"), KindField(25, "ad_user_port_key"),
    KindField(26, "ad_actor_system", .hardware), KindField(27, "tlb_dynamic_lb"),
  ]

  /// `IFLA_BOND_SLAVE_*`.
  static let bondMember: KindTable = [
    KindField(1, "state", .names(["ACTIVE", "BACKUP"])),
    KindField(2, "mii_status", .names(["UP", "GOING_DOWN", "DOWN", "GOING_BACK"])),
    KindField(3, "link_failure_count"), KindField(4, "perm_hwaddr", .hardware), KindField(5, "queue_id"),
    KindField(9, "prio", .signed), KindField(6, "ad_aggregator_id"), KindField(7, "ad_actor_oper_port_state"),
    KindField(8, "ad_partner_oper_port_state"), KindField(10, "actor_port_prio"),
  ]
}
