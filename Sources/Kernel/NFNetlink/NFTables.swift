internal import Netlink

/// Which packets a table sees (`NFPROTO_*` of `linux/netfilter.h`).
public enum NFFamily: UInt8, Hashable, Sendable {
  /// Packets of IPv4 and IPv6 that a namespace routes, sends and takes, and those that br_netfilter shows to these
  /// hooks (`NFPROTO_INET`).
  case inet = 1
  /// Packets of IPv4 (`NFPROTO_IPV4`).
  case ipv4 = 2
  /// ARP (`NFPROTO_ARP`).
  case arp = 3
  /// What comes in by, or leaves by, one device (`NFPROTO_NETDEV`).
  case netdev = 5
  /// Frames that a bridge forwards (`NFPROTO_BRIDGE`).
  case bridge = 7
  /// Packets of IPv6 (`NFPROTO_IPV6`).
  case ipv6 = 10
}

/// Where on a packet's way a base chain stands: `NF_INET_*` of `linux/netfilter.h`, whose numbers `NF_BR_*` share.
public enum NFHook: UInt32, Hashable, Sendable {
  /// `NF_INET_PRE_ROUTING`.
  case prerouting = 0
  /// `NF_INET_LOCAL_IN`.
  case input = 1
  /// `NF_INET_FORWARD`.
  case forward = 2
  /// `NF_INET_LOCAL_OUT`.
  case output = 3
  /// `NF_INET_POST_ROUTING`.
  case postrouting = 4
}

/// The messages of nf_tables (`linux/netfilter/nfnetlink.h`, `nf_tables.h`).
///
/// Numbers inside their attributes are in network order, as everywhere in nfnetlink.
public enum NFTables {
  /// `NETLINK_NETFILTER`, the protocol of the socket.
  public static let socketProtocol: CInt = 12
  /// `NFNLGRP_NFTRACE`, the multicast group of the rule trace.
  public static let traceGroup: UInt32 = 9

  /// `NFNL_SUBSYS_NFTABLES`, in the upper byte of a message's type.
  static let subsystem: UInt16 = 10
  /// `NLA_F_NESTED`.
  static let nested: UInt16 = 0x8000

  /// The type of a message: `NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_*`.
  static func type(_ message: UInt16) -> UInt16 { subsystem << 8 | message }

  /// One transaction: the kernel takes all of the messages, or none.
  static func batch(_ messages: [MessageBuilder]) -> [MessageBuilder] {
    [bracket(0x10)] + messages + [bracket(0x11)]  // NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END
  }

  private static func bracket(_ type: UInt16) -> MessageBuilder {
    var message = MessageBuilder(type: type, flags: [.request])
    // struct nfgenmsg: family, version, and the subsystem in network order
    message.fixed(UInt8(0), UInt8(0), subsystem.bigEndian)
    return message
  }

  private static func message(_ type: UInt16, _ family: NFFamily) -> MessageBuilder {
    var message = MessageBuilder(type: self.type(type), flags: [.request, .ack, .create])
    message.fixed(family.rawValue, UInt8(0), UInt16(0))
    return message
  }

  /// `NFT_MSG_NEWTABLE`. One that `isOwned` belongs to the socket that makes it (`NFT_TABLE_F_OWNER`, Linux 5.12).
  static func newTable(_ name: String, _ family: NFFamily, isOwned: Bool = false) -> MessageBuilder {
    var message = message(0, family)
    message.attribute(1, string: name)  // NFTA_TABLE_NAME
    if isOwned { message.attribute(2, UInt32(2).bigEndian) }  // NFTA_TABLE_FLAGS
    return message
  }

  /// `NFT_MSG_NEWCHAIN` of a base chain of type filter. With `drops` its policy is drop, and counts what it drops.
  static func newChain(
    _ name: String, of table: String, _ family: NFFamily, at hook: NFHook, priority: Int32, drops: Bool = false
  ) -> MessageBuilder {
    var message = message(3, family)
    message.attribute(1, string: table)  // NFTA_CHAIN_TABLE
    message.attribute(3, string: name)  // NFTA_CHAIN_NAME
    message.nested(nested | 4) { place in  // NFTA_CHAIN_HOOK
      place.attribute(1, hook.rawValue.bigEndian)  // NFTA_HOOK_HOOKNUM
      place.attribute(2, priority.bigEndian)  // NFTA_HOOK_PRIORITY
    }
    if drops { message.attribute(5, UInt32(0)) }  // NFTA_CHAIN_POLICY: NF_DROP
    message.attribute(7, string: "filter")  // NFTA_CHAIN_TYPE
    if drops {
      // NFTA_CHAIN_COUNTERS: a policy counts only where it is told to.
      message.nested(nested | 8) { counters in
        counters.attribute(1, UInt64(0))
        counters.attribute(2, UInt64(0))
      }
    }
    return message
  }

  /// `NFT_MSG_NEWRULE`, with the expressions that `body` appends.
  static func newRule(
    in chain: String, of table: String, _ family: NFFamily, _ body: (inout NFExpressions) -> Void
  ) -> MessageBuilder {
    var message = message(6, family)
    message.attribute(1, string: table)  // NFTA_RULE_TABLE
    message.attribute(2, string: chain)  // NFTA_RULE_CHAIN
    message.nested(nested | 4) { list in  // NFTA_RULE_EXPRESSIONS
      var expressions = NFExpressions(list: list)
      body(&expressions)
      list = expressions.list
    }
    return message
  }
}
