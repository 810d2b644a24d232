internal import Netlink

/// A table of our own whose rules switch the kernel's trace on for our echoes, and for nothing else
/// (`linux/netfilter/nf_tables.h`).
///
/// It belongs to the socket that makes it (`NFT_TABLE_F_OWNER`, Linux 5.12): nobody else can change it, and the kernel
/// deletes it when the socket closes, however the program ends.
public struct TraceTable: Hashable, Sendable {
  /// The table's name.
  public var name: String
  /// Whose packets the rules see: `inet` those of IP, `bridge` the frames that a bridge forwards.
  public var family: NFFamily
  /// The addresses of the request, 4 or 16 bytes in network order; the source where it is known.
  public var source: [UInt8]?
  /// The request's destination, 4 or 16 bytes in network order.
  public var destination: [UInt8]
  /// The identifier of the echoes, where it is known.
  public var identifier: UInt16?

  /// Makes a table for the echoes between two addresses.
  public init(
    name: String, family: NFFamily, source: [UInt8]? = nil, destination: [UInt8], identifier: UInt16? = nil
  ) {
    self.name = name
    self.family = family
    self.source = source
    self.destination = destination
    self.identifier = identifier
  }

  /// Before everything else but what is registered earlier at the same place: conntrack's reassembly.
  private static let priority: Int32 = -400
  private static let hooks: [NFHook] = [.prerouting, .output]

  private var isIPv6: Bool { destination.count == 16 }

  /// The messages of one batch (a transaction), one behind the other; the first has `sequence`.
  public func batch(sequence: UInt32, port: UInt32) -> [UInt8] {
    var messages = [NFTables.newTable(name, family, isOwned: true)]
    for hook in Self.hooks {
      messages.append(NFTables.newChain("\(hook)", of: name, family, at: hook, priority: Self.priority))
    }
    for hook in Self.hooks { messages += rules(of: "\(hook)") }
    var bytes: [UInt8] = []
    for (offset, message) in NFTables.batch(messages).enumerated() {
      var message = message
      message.address(sequence: sequence &+ UInt32(offset), port: port)
      bytes += message.bytes
    }
    return bytes
  }

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

  private func rule(_ chain: String, isReply: Bool, from: [UInt8]?, to: [UInt8]?) -> MessageBuilder {
    let type: UInt8 = isIPv6 ? (isReply ? 129 : 128) : (isReply ? 0 : 8)
    return NFTables.newRule(in: chain, of: name, family) { expressions in
      if family == .bridge {
        expressions.match(meta: .etherType, isIPv6 ? [0x86, 0xDD] : [0x08, 0x00])  // ETH_P_IPV6, ETH_P_IP
      } else {
        expressions.match(meta: .family, [(isIPv6 ? NFFamily.ipv6 : .ipv4).rawValue])
      }
      expressions.match(meta: .transport, [isIPv6 ? 58 : 1])  // IPPROTO_ICMPV6, IPPROTO_ICMP
      if let from { expressions.match(.network, at: isIPv6 ? 8 : 12, from) }
      if let to { expressions.match(.network, at: isIPv6 ? 24 : 16, to) }
      expressions.match(.transport, at: 0, [type])
      if let identifier {
        expressions.match(.transport, at: 4, [UInt8(identifier >> 8), UInt8(identifier & 0xFF)])
      }
      expressions.trace()
    }
  }
}
