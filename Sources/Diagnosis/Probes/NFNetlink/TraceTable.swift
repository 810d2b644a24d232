internal import Netlink
internal import Topology

/// A table of our own whose rules switch the kernel's trace on for our echoes, and for nothing else
/// (`linux/netfilter/nf_tables.h`).
///
/// It belongs to the socket that makes it (`NFT_TABLE_F_OWNER`, Linux 5.12): nobody else can change it, and the kernel
/// deletes it when the socket closes, however the program ends.
struct TraceTable {
  /// Whose packets the rules see (`NFPROTO_*`).
  enum Family: UInt8 {
    /// Those that a namespace routes, sends and takes, and those that br_netfilter shows to these hooks.
    case inet = 1
    /// Frames that a bridge forwards.
    case bridge = 7
  }

  var name: String
  var family: Family
  /// The addresses of the request; the source where it is known.
  var source: IPAddress?
  var destination: IPAddress
  /// The identifier of the echoes, where it is known.
  var identifier: UInt16?

  /// Before everything else but what is registered earlier at the same place: conntrack's reassembly.
  private static let priority: Int32 = -400
  private static let subsystem: UInt16 = 10 << 8  // NFNL_SUBSYS_NFTABLES

  /// The messages of one batch (a transaction), one behind the other; the first has `sequence`.
  func batch(sequence: UInt32, port: UInt32) -> [UInt8] {
    var messages = [Self.bracket(16), table]  // NFNL_MSG_BATCH_BEGIN
    for chain in chains { messages.append(newChain(chain.name, hook: chain.hook)) }
    for chain in chains { messages += rules(of: chain.name) }
    messages.append(Self.bracket(17))  // NFNL_MSG_BATCH_END
    var bytes: [UInt8] = []
    for (offset, message) in messages.enumerated() {
      var message = message
      message.address(sequence: sequence &+ UInt32(offset), port: port)
      bytes += message.bytes
    }
    return bytes
  }

  private var chains: [(name: String, hook: UInt32)] {
    switch family {
    case .inet: [("prerouting", 0), ("output", 3)]  // NF_INET_PRE_ROUTING, NF_INET_LOCAL_OUT
    case .bridge: [("prerouting", 0), ("output", 3)]  // NF_BR_PRE_ROUTING, NF_BR_LOCAL_OUT
    }
  }

  private static func bracket(_ type: UInt16) -> MessageBuilder {
    var message = MessageBuilder(type: type, flags: [.request])
    // struct nfgenmsg: family, version, and the subsystem in network order
    message.fixed(UInt8(0), UInt8(0), UInt16(10).bigEndian)
    return message
  }

  private func message(_ type: UInt16) -> MessageBuilder {
    var message = MessageBuilder(type: Self.subsystem | type, flags: [.request, .ack, .create])
    message.fixed(family.rawValue, UInt8(0), UInt16(0))
    return message
  }

  private var table: MessageBuilder {
    var message = message(0)  // NFT_MSG_NEWTABLE
    message.attribute(1, string: name)  // NFTA_TABLE_NAME
    message.attribute(2, UInt32(2).bigEndian)  // NFTA_TABLE_FLAGS: NFT_TABLE_F_OWNER
    return message
  }

  private func newChain(_ chain: String, hook: UInt32) -> MessageBuilder {
    var message = message(3)  // NFT_MSG_NEWCHAIN
    message.attribute(1, string: name)  // NFTA_CHAIN_TABLE
    message.attribute(3, string: chain)  // NFTA_CHAIN_NAME
    message.nested(Self.nested | 4) {  // NFTA_CHAIN_HOOK
      $0.attribute(1, hook.bigEndian)  // NFTA_HOOK_HOOKNUM
      $0.attribute(2, Self.priority.bigEndian)  // NFTA_HOOK_PRIORITY
    }
    message.attribute(7, string: "filter")  // NFTA_CHAIN_TYPE
    return message
  }

  private static let nested: UInt16 = 0x8000  // NLA_F_NESTED

  /// With the identifier known one address is enough: the other may have been translated on the way.
  private func rules(of chain: String) -> [MessageBuilder] {
    var rules: [MessageBuilder] = []
    for isReply in [false, true] {
      let (from, to) = isReply ? (destination, source) : (source, destination)
      if identifier == nil {
        rules.append(rule(chain, isReply: isReply, from: from, to: to))
      } else {
        if from != nil { rules.append(rule(chain, isReply: isReply, from: from, to: nil)) }
        if to != nil { rules.append(rule(chain, isReply: isReply, from: nil, to: to)) }
      }
    }
    return rules
  }

  private func rule(_ chain: String, isReply: Bool, from: IPAddress?, to: IPAddress?) -> MessageBuilder {
    let isIPv6 = destination.isIPv6
    let type: UInt8 = isIPv6 ? (isReply ? 129 : 128) : (isReply ? 0 : 8)
    var message = message(6)  // NFT_MSG_NEWRULE
    message.attribute(1, string: name)  // NFTA_RULE_TABLE
    message.attribute(2, string: chain)  // NFTA_RULE_CHAIN
    message.nested(Self.nested | 4) { list in  // NFTA_RULE_EXPRESSIONS
      switch family {
      case .inet: Self.match(&list, meta: 15, [isIPv6 ? 10 : 2])  // NFT_META_NFPROTO
      case .bridge: Self.match(&list, meta: 1, isIPv6 ? [0x86, 0xDD] : [0x08, 0x00])  // NFT_META_PROTOCOL
      }
      Self.match(&list, meta: 16, [isIPv6 ? 58 : 1])  // NFT_META_L4PROTO
      if let from { Self.match(&list, header: 1, at: isIPv6 ? 8 : 12, from.bytes) }
      if let to { Self.match(&list, header: 1, at: isIPv6 ? 24 : 16, to.bytes) }
      Self.match(&list, header: 2, at: 0, [type])
      if let identifier {
        Self.match(&list, header: 2, at: 4, [UInt8(identifier >> 8), UInt8(identifier & 0xFF)])
      }
      Self.expression(&list, "immediate") {
        $0.attribute(1, Self.register)  // NFTA_IMMEDIATE_DREG
        $0.nested(Self.nested | 2) { $0.attribute(1, [1]) }  // NFTA_IMMEDIATE_DATA: NFTA_DATA_VALUE
      }
      Self.expression(&list, "meta") {
        $0.attribute(2, UInt32(12).bigEndian)  // NFTA_META_KEY: NFT_META_NFTRACE
        $0.attribute(3, Self.register)  // NFTA_META_SREG
      }
    }
    return message
  }

  private static let register = UInt32(1).bigEndian  // NFT_REG_1

  private static func expression(
    _ list: inout MessageBuilder, _ name: String, _ data: (inout MessageBuilder) -> Void
  ) {
    list.nested(nested | 1) {  // NFTA_LIST_ELEM
      $0.attribute(1, string: name)  // NFTA_EXPR_NAME
      $0.nested(nested | 2, data)  // NFTA_EXPR_DATA
    }
  }

  private static func match(_ list: inout MessageBuilder, meta key: UInt32, _ value: [UInt8]) {
    expression(&list, "meta") {
      $0.attribute(1, register)  // NFTA_META_DREG
      $0.attribute(2, key.bigEndian)  // NFTA_META_KEY
    }
    compare(&list, value)
  }

  /// Header 1 is the network's, 2 the transport's (`NFT_PAYLOAD_*_HEADER`); the offset in bytes.
  private static func match(_ list: inout MessageBuilder, header: UInt32, at offset: UInt32, _ value: [UInt8]) {
    expression(&list, "payload") {
      $0.attribute(1, register)  // NFTA_PAYLOAD_DREG
      $0.attribute(2, header.bigEndian)  // NFTA_PAYLOAD_BASE
      $0.attribute(3, offset.bigEndian)  // NFTA_PAYLOAD_OFFSET
      $0.attribute(4, UInt32(value.count).bigEndian)  // NFTA_PAYLOAD_LEN
    }
    compare(&list, value)
  }

  private static func compare(_ list: inout MessageBuilder, _ value: [UInt8]) {
    expression(&list, "cmp") {
      $0.attribute(1, register)  // NFTA_CMP_SREG
      $0.attribute(2, UInt32(0))  // NFTA_CMP_OP: NFT_CMP_EQ
      $0.nested(nested | 3) { $0.attribute(1, value) }  // NFTA_CMP_DATA: NFTA_DATA_VALUE
    }
  }
}
