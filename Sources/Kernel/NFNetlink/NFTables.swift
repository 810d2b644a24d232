internal import Netlink

/// Which packets a table sees (`NFPROTO_*` of `linux/netfilter.h`).
public enum NFFamily: UInt8, Hashable, Sendable {
  /// `NFPROTO_INET`: packets of IPv4 and IPv6 that a namespace routes, sends and takes, and those that br_netfilter shows
  /// to these hooks.
  case inet = 1
  /// `NFPROTO_IPV4`: packets of IPv4.
  case ipv4 = 2
  /// `NFPROTO_ARP`.
  case arp = 3
  /// `NFPROTO_NETDEV`: what comes in by, or leaves by, one device.
  case netdev = 5
  /// `NFPROTO_BRIDGE`: frames that a bridge forwards.
  case bridge = 7
  /// `NFPROTO_IPV6`: packets of IPv6.
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
  /// `NFT_TABLE_F_OWNER`: the table belongs to the socket that makes it.
  private static let owner: UInt32 = 0x2
  /// `NF_DROP` (linux/netfilter.h).
  private static let drop: UInt32 = 0

  /// The type of a message: `NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_*`.
  static func type(_ message: UInt16) -> UInt16 { subsystem << 8 | message }

  /// One transaction: the kernel takes all of the messages, or none.
  static func batch(_ messages: [MessageBuilder]) -> [MessageBuilder] {
    [bracket(NFMessage.batchBegin)] + messages + [bracket(NFMessage.batchEnd)]
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
    var message = message(NFMessage.newTable, family)
    message.attribute(NFAttribute.Table.name, string: name)
    if isOwned { message.attribute(NFAttribute.Table.flags, owner.bigEndian) }
    return message
  }

  /// `NFT_MSG_NEWCHAIN` of a base chain of type filter. With `drops` its policy is drop, and counts what it drops.
  static func newChain(
    _ name: String, of table: String, _ family: NFFamily, at hook: NFHook, priority: Int32, drops: Bool = false
  ) -> MessageBuilder {
    typealias Chain = NFAttribute.Chain
    var message = message(NFMessage.newChain, family)
    message.attribute(Chain.table, string: table)
    message.attribute(Chain.name, string: name)
    message.nested(AttributeType.nested | Chain.hook) { place in
      place.attribute(NFAttribute.Hook.number, hook.rawValue.bigEndian)
      place.attribute(NFAttribute.Hook.priority, priority.bigEndian)
    }
    if drops { message.attribute(Chain.policy, drop.bigEndian) }
    message.attribute(Chain.type, string: "filter")
    if drops {
      // A policy counts only where it is told to.
      message.nested(AttributeType.nested | Chain.counters) { counters in
        counters.attribute(NFAttribute.Counter.bytes, UInt64(0))
        counters.attribute(NFAttribute.Counter.packets, UInt64(0))
      }
    }
    return message
  }

  /// `NFT_MSG_NEWRULE`, with the expressions that `body` appends.
  static func newRule(
    in chain: String, of table: String, _ family: NFFamily, _ body: (inout NFExpressions) -> Void
  ) -> MessageBuilder {
    var message = message(NFMessage.newRule, family)
    message.attribute(NFAttribute.Rule.table, string: table)
    message.attribute(NFAttribute.Rule.chain, string: chain)
    message.nested(AttributeType.nested | NFAttribute.Rule.expressions) { list in
      var expressions = NFExpressions(list: list)
      body(&expressions)
      list = expressions.list
    }
    return message
  }
}
