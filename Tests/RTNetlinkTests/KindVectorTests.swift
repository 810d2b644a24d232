import Netlink
import RTNetlink
import Testing

/// Links of kinds that few kernels at hand have, as bytes written down from the kernel's own description of them
/// (`linux/if_link.h`, `linux/if_tunnel.h`, `linux/if_bridge.h`; the numbers of the attributes stand beside them). They are
/// built here, not captured: what they prove is that the tables say what the headers say.
@Suite struct KindVectorTests {
  /// An attribute: its number, and its payload.
  private struct Attribute {
    var bytes: [UInt8]

    init(_ type: UInt16, _ payload: [UInt8]) {
      let length = UInt16(payload.count + 4)
      bytes = [UInt8(length & 255), UInt8(length >> 8), UInt8(type & 255), UInt8(type >> 8)] + payload
      while bytes.count % 4 != 0 { bytes.append(0) }
    }

    init(_ type: UInt16, _ text: String) { self.init(type, Array(text.utf8) + [0]) }
    init(_ type: UInt16, byte: UInt8) { self.init(type, [byte]) }
    init(_ type: UInt16, _ number: UInt16) { self.init(type, [UInt8(number & 255), UInt8(number >> 8)]) }
    init(_ type: UInt16, word number: UInt32) {
      self.init(type, (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }
    init(_ type: UInt16, port number: UInt16) { self.init(type, [UInt8(number >> 8), UInt8(number & 255)]) }
    init(_ type: UInt16, _ nested: [Attribute]) { self.init(type, nested.flatMap(\.bytes)) }
  }

  private func link(family: UInt8 = 0, index: UInt8 = 7, _ attributes: [Attribute]) throws -> LinkMessage {
    // struct ifinfomsg: family, padding, type (ARPHRD_ETHER), index, flags, change
    let bytes = [family, 0, 1, 0, index, 0, 0, 0, 0x43, 0, 1, 0, 0, 0, 0, 0] + attributes.flatMap(\.bytes)
    return try unsafe LinkMessage(bytes.span.bytes)
  }

  /// IFLA_LINKINFO (18) with IFLA_INFO_KIND (1) and IFLA_INFO_DATA (2).
  private func link(_ kind: String, _ data: [Attribute]) throws -> LinkMessage {
    try link([Attribute(3, "x0"), Attribute(18, [Attribute(1, kind), Attribute(2, data)])])
  }

  private func facts(_ kind: String, _ data: [Attribute]) throws -> [String: KindValue] {
    let message = try link(kind, data)
    #expect(message.kind == Array(kind.utf8))
    return Dictionary(message.facts.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func vlan() throws {
    let found = try facts(
      "vlan",
      [
        Attribute(1, 100),  // IFLA_VLAN_ID
        Attribute(2, [0x05, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]),  // IFLA_VLAN_FLAGS: struct ifla_vlan_flags
        Attribute(5, port: 0x88A8),  // IFLA_VLAN_PROTOCOL
      ])
    #expect(
      found == [
        "id": .number(100), "protocol": .text("802.1ad"),
        "flags": .list([.text("REORDER_HDR"), .text("LOOSE_BINDING")]),
      ])
  }

  @Test func bond() throws {
    let found = try facts(
      "bond",
      [
        Attribute(1, byte: 4),  // IFLA_BOND_MODE: BOND_MODE_8023AD
        Attribute(3, word: 100),  // IFLA_BOND_MIIMON
        Attribute(8, [Attribute(0, [192, 0, 2, 1]), Attribute(1, [192, 0, 2, 9])]),  // IFLA_BOND_ARP_IP_TARGET
        Attribute(14, byte: 1),  // IFLA_BOND_XMIT_HASH_POLICY: BOND_XMIT_POLICY_LAYER34
        Attribute(21, byte: 1),  // IFLA_BOND_AD_LACP_RATE
        Attribute(23, [Attribute(1, 1), Attribute(2, 2), Attribute(5, [2, 0, 0, 0, 0, 9])]),  // IFLA_BOND_AD_INFO
        Attribute(2, word: 0),  // IFLA_BOND_ACTIVE_SLAVE: none
      ])
    #expect(found["mode"] == .text("802.3ad"))
    #expect(found["miimon"] == .number(100))
    #expect(found["arp_ip_target"] == .list([.text("192.0.2.1"), .text("192.0.2.9")]))
    #expect(found["xmit_hash_policy"] == .text("layer3+4"))
    #expect(found["ad_lacp_rate"] == .text("fast"))
    #expect(
      found["ad_info"]
        == .object([
          KindFact("aggregator", .number(1)), KindFact("num_ports", .number(2)),
          KindFact("partner_mac", .text("02:00:00:00:00:09")),
        ]))
    #expect(found["active_slave"] == nil)
  }

  /// IFLA_INFO_SLAVE_KIND (4) and IFLA_INFO_SLAVE_DATA (5), in either order.
  @Test func membersOfBondAndVRF() throws {
    let bond = try link([
      Attribute(10, word: 3),  // IFLA_MASTER
      Attribute(
        18,
        [
          Attribute(
            5,
            [
              Attribute(1, byte: 1), Attribute(2, byte: 2), Attribute(3, word: 4),  // STATE, MII_STATUS, FAILURE_COUNT
              Attribute(4, [2, 0, 0, 0, 0, 1]), Attribute(9, word: 0xFFFF_FFFE),  // PERM_HWADDR, PRIO
            ]), Attribute(4, "bond"),
        ]),
    ])
    #expect(bond.master == 3)
    #expect(
      bond.slaveFacts == [
        KindFact("state", .text("BACKUP")), KindFact("mii_status", .text("DOWN")),
        KindFact("link_failure_count", .number(4)), KindFact("perm_hwaddr", .text("02:00:00:00:00:01")),
        KindFact("prio", .signed(-2)),
      ])
    // IFLA_VRF_PORT_TABLE
    let vrf = try link([Attribute(18, [Attribute(4, "vrf"), Attribute(5, [Attribute(1, word: 10)])])])
    #expect(vrf.slaveFacts == [KindFact("table", .number(10))])
  }

  @Test func vrfDummyIfbAndWireguard() throws {
    #expect(try facts("vrf", [Attribute(1, word: 70_000)]) == ["table": .number(70_000)])  // IFLA_VRF_TABLE
    for kind in ["dummy", "ifb", "wireguard", "nlmon", "a kind of tomorrow"] {
      #expect(try facts(kind, [Attribute(1, word: 7)]).isEmpty)
    }
  }

  @Test func ipvlan() throws {
    #expect(
      try facts("ipvlan", [Attribute(1, 2), Attribute(2, 1)])  // IFLA_IPVLAN_MODE: L3S, IFLA_IPVLAN_FLAGS: private
        == ["mode": .text("l3s"), "private": .flag(true)])
    #expect(try facts("ipvtap", [Attribute(1, 9)]) == ["mode": .number(9)])
  }

  @Test func geneve() throws {
    let found = try facts(
      "geneve",
      [
        Attribute(1, word: 5001), Attribute(2, [192, 0, 2, 7]),  // IFLA_GENEVE_ID, REMOTE
        Attribute(5, port: 6081), Attribute(3, byte: 64),  // PORT, TTL
      ])
    #expect(
      found == [
        "id": .number(5001), "remote": .text("192.0.2.7"), "port": .number(6081), "ttl": .number(64),
      ])
    // IFLA_GENEVE_COLLECT_METADATA
    #expect(try facts("geneve", [Attribute(6, [UInt8]())]) == ["external": .flag(true)])
    // IFLA_GENEVE_GRO_HINT, of which nothing is told, and IFLA_GENEVE_LOCAL
    #expect(
      try facts("geneve", [Attribute(16, [UInt8]()), Attribute(17, [192, 0, 2, 8])]) == ["local": .text("192.0.2.8")])
  }

  @Test func netkit() throws {
    // IFLA_NETKIT_MODE l3, PRIMARY, POLICY blackhole, PEER_POLICY forward
    let found = try facts(
      "netkit",
      [Attribute(5, word: 1), Attribute(2, byte: 1), Attribute(3, word: 2), Attribute(4, word: 0)])
    #expect(
      found == [
        "mode": .text("l3"), "type": .text("primary"), "policy": .text("blackhole"), "peer_policy": .text("forward"),
      ])
  }

  @Test func tunnels() throws {
    let gre = try facts(
      "gre",
      [
        Attribute(6, [192, 0, 2, 1]), Attribute(7, [0, 0, 0, 0]), Attribute(4, [0, 0, 0, 42]),  // LOCAL, REMOTE, IKEY
        Attribute(8, byte: 64), Attribute(10, byte: 1),  // TTL, PMTUDISC
      ])
    #expect(gre["local"] == .text("192.0.2.1"))
    #expect(gre["remote"] == .text("any"))
    #expect(gre["ikey"] == nil, "GRE_KEY is not set")
    // IFLA_GRE_IFLAGS in network order: GRE_KEY and GRE_SEQ; a key of zeros is one, too.
    #expect(
      try facts("gre", [Attribute(2, port: 0x3000), Attribute(4, [0, 0, 0, 0])])
        == ["ikey": .text("0.0.0.0"), "iseq": .flag(true)])
    #expect(gre["pmtudisc"] == .flag(true))
    let six = try facts("ip6tnl", [Attribute(2, [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1])])
    #expect(six["local"] == .text("2001:db8::1"))
  }

  /// IFLA_IPTUN_FLAGS of IPv6: what a flag says stands in the place of a value.
  @Test func flagsStandInThePlaceOfValues() throws {
    // IP6_TNL_F_IGN_ENCAP_LIMIT and IP6_TNL_F_USE_ORIG_TCLASS; ENCAP_LIMIT, FLOWINFO
    let found = try facts(
      "ip6tnl", [Attribute(8, word: 3), Attribute(6, byte: 4), Attribute(7, [0x02, 0x01, 0x23, 0x45])])
    #expect(
      found == [
        "ip6_tnl_f_ign_encap_limit": .flag(true), "ip6_tnl_f_use_orig_tclass": .flag(true),
        "flowlabel": .text("0x12345"),
      ])
    // TUNNEL_ENCAP_NONE: no object; FOU: one.
    #expect(try facts("ipip", [Attribute(15, 0), Attribute(16, 1), Attribute(18, port: 5555)]).isEmpty)
    #expect(
      try facts("ipip", [Attribute(15, 1), Attribute(16, 1), Attribute(18, port: 5555)])
        == [
          "encap": .object([
            KindFact("type", .text("fou")), KindFact("csum", .flag(true)), KindFact("csum6", .flag(false)),
            KindFact("remcsum", .flag(false)), KindFact("dport", .number(5555)),
          ])
        ])
  }

  /// Macvlan in source mode: IFLA_MACVLAN_MACADDR_COUNT, and each address in IFLA_MACVLAN_MACADDR_DATA.
  @Test func everySourceOfAMacvlan() throws {
    let found = try facts(
      "macvlan",
      [
        Attribute(1, word: 16), Attribute(6, word: 2),
        Attribute(5, [Attribute(4, [2, 0, 0, 0, 0, 1]), Attribute(4, [2, 0, 0, 0, 0, 2])]),
      ])
    #expect(found["macaddr_count"] == .number(2))
    #expect(found["macaddr_data"] == .list([.text("02:00:00:00:00:01"), .text("02:00:00:00:00:02")]))
  }

  @Test func vlanMaps() throws {
    // IFLA_VLAN_EGRESS_QOS: IFLA_VLAN_QOS_MAPPING, struct ifla_vlan_qos_mapping; the second is too short.
    let found = try facts(
      "vlan", [Attribute(3, [Attribute(1, [5, 0, 0, 0, 6, 0, 0, 0]), Attribute(1, [5, 0, 0, 0])])])
    #expect(
      found == [
        "egress_qos": .list([.object([KindFact("from", .number(5)), KindFact("to", .number(6))])])
      ])
  }

  @Test func hardwareNames() {
    #expect(
      [1, 772, 824, 826, 769, 305].map(LinkMessage.name(ofHardware:)) == [
        "ether", "loopback", "netlink", "[826]", "tunnel6", "[305]",
      ])
  }

  /// Nothing of the tables of bridges trusts a length.
  @Test func truncatedTablesOfBridges() throws {
    let vlan =
      [UInt8](repeating: 0, count: 8) + Attribute(1, [Attribute(1, [6, 0, 9, 0]), Attribute(3, byte: 3)]).bytes
    for count in 0..<vlan.count {
      let bytes = Array(vlan[..<count])
      let message = try? unsafe BridgeVLANMessage(bytes.span.bytes)
      #expect(message?.vlans.isEmpty ?? true, "\(count) bytes")
    }
    let whole = try unsafe BridgeVLANMessage(vlan.span.bytes)
    #expect(whole.vlans.map(\.range.first) == [9])
    #expect(whole.vlans.first?.facts == [KindFact("state", .text("forwarding"))])
    // A member of a group needs all of struct br_mdb_entry.
    for count in 0..<28 {
      let entry = [UInt8](repeating: 1, count: count)
      let bytes = [UInt8](repeating: 0, count: 8) + Attribute(1, [Attribute(1, [Attribute(1, entry)])]).bytes
      #expect(try unsafe MulticastMessage(bytes.span.bytes).members.isEmpty)
    }
  }

  /// IFLA_AF_SPEC (26) of an AF_BRIDGE message: IFLA_BRIDGE_VLAN_INFO (2), single VLANs and a range.
  @Test func vlansOfAPort() throws {
    func info(_ flags: UInt16, _ id: UInt16) -> Attribute {
      Attribute(2, [UInt8(flags & 255), UInt8(flags >> 8), UInt8(id & 255), UInt8(id >> 8)])
    }
    // PVID | UNTAGGED, then RANGE_BEGIN and RANGE_END
    let message = try link(family: 7, [Attribute(26, [info(6, 1), info(8, 100), info(16, 199), info(0, 300)])])
    #expect(message.vlans.map(\.first) == [1, 100, 300])
    #expect(message.vlans.map(\.last) == [1, 199, 300])
    #expect(message.vlans.map(\.flags) == [[.pvid, .untagged], [], []])
  }

  /// A payload that is too short for its field, or empty, is no fact; the others stay.
  @Test func shortPayloadsAreNoFacts() throws {
    #expect(try facts("vlan", [Attribute(1, [UInt8]()), Attribute(5, [1]), Attribute(2, [1])]).isEmpty)
    #expect(try facts("bond", [Attribute(3, [UInt8]()), Attribute(1, byte: 1)]) == ["mode": .text("active-backup")])
    #expect(try facts("geneve", [Attribute(2, [1, 2, 3]), Attribute(5, [1])]).isEmpty)
  }
}
