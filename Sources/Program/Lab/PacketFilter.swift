internal import Netlink

/// nf_tables messages for the one thing that the laboratory does with a firewall: a base chain whose policy is drop
/// (linux/netfilter/nfnetlink.h, nf_tables.h).
enum PacketFilter {
  /// `NETLINK_NETFILTER`.
  static let netlinkFamily: CInt = 12
  /// A batch that makes the table `filter` with one chain, of family inet (`NFPROTO_INET`) or `NFPROTO_BRIDGE`.
  static func drop(_ policy: Fault.DropPolicy, ofBridge isBridge: Bool) -> [MessageBuilder] {
    let family: UInt8 = isBridge ? 7 : 1
    let (name, hook): (String, UInt32) =
      switch policy {
      case .input: ("input", 1)  // NF_INET_LOCAL_IN
      case .forward: ("forward", 2)  // NF_INET_FORWARD
      }
    // Parts of nf_tables' numbers are written in network order.
    var table = message(0, family, [.request, .ack, .create])  // NFT_MSG_NEWTABLE
    table.attribute(1, string: "filter")  // NFTA_TABLE_NAME
    var chain = message(3, family, [.request, .ack, .create])  // NFT_MSG_NEWCHAIN
    chain.attribute(1, string: "filter")  // NFTA_CHAIN_TABLE
    chain.attribute(3, string: name)  // NFTA_CHAIN_NAME
    chain.nested(4 | nested) { place in  // NFTA_CHAIN_HOOK
      place.attribute(1, hook.bigEndian)
      place.attribute(2, UInt32(0))  // priority filter
    }
    chain.attribute(5, UInt32(0))  // NFTA_CHAIN_POLICY: NF_DROP
    chain.attribute(7, string: "filter")  // NFTA_CHAIN_TYPE
    // NFTA_CHAIN_COUNTERS: a policy counts only where it is told to.
    chain.nested(8 | nested) { counters in
      counters.attribute(1, UInt64(0))
      counters.attribute(2, UInt64(0))
    }
    return [boundary(0x10), table, chain, boundary(0x11)]  // NFNL_MSG_BATCH_BEGIN, _END
  }

  /// `NLA_F_NESTED`.
  private static let nested: UInt16 = 0x8000

  private static func message(_ type: UInt16, _ family: UInt8, _ flags: MessageFlags) -> MessageBuilder {
    var message = MessageBuilder(type: 10 << 8 | type, flags: flags)  // NFNL_SUBSYS_NFTABLES
    message.fixed(family, UInt8(0), UInt16(0))
    return message
  }

  private static func boundary(_ type: UInt16) -> MessageBuilder {
    var message = MessageBuilder(type: type, flags: [.request])
    message.fixed(UInt8(0), UInt8(0), UInt16(10).bigEndian)
    return message
  }
}
