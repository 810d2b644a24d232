public import Netlink

/// A rule of the routing policy, as `RTM_NEWRULE` or `RTM_DELRULE` describes it (`struct fib_rule_hdr`, `FRA_*`).
public struct RuleMessage: Hashable, Sendable {
  /// `fib_rule_hdr.family`: `AF_INET`, `AF_INET6` …
  public var family: UInt8
  /// Bits of the prefixes.
  public var destinationLength: UInt8, sourceLength: UInt8
  /// The type of service that a packet must have; 0: any.
  public var tos: UInt8
  /// `FRA_TABLE` where the message holds it, else the header's eight bits.
  public var table: UInt32
  /// `FR_ACT_*`.
  public var action: UInt8
  /// `FIB_RULE_*`.
  public var flags: UInt32
  /// `FRA_PRIORITY`: rules are tried from the lowest on; 0 where the message does not hold it.
  public var priority: UInt32 = 0
  /// `FRA_DST`: 4 or 16 bytes; nil: any.
  public var destination: [UInt8]?
  /// `FRA_SRC`: 4 or 16 bytes; nil: any.
  public var source: [UInt8]?
  /// `FRA_IIFNAME`: the link that a packet must come in by, as bytes, `lo` for those that begin here; nil: any.
  public var inputName: [UInt8]?
  /// `FRA_OIFNAME`: the link that the packet's socket is bound to, as bytes; nil: any.
  public var outputName: [UInt8]?
  /// `FRA_GOTO`: the priority to go on with.
  public var target: UInt32?
  /// `FRA_FWMARK`: the mark that a packet must have, in the bits of `mask`; nil: 0.
  public var mark: UInt32?
  /// `FRA_FWMASK`: the bits of the mark that count; nil: none does, and any mark matches.
  public var mask: UInt32?
  /// `FRA_SUPPRESS_PREFIXLEN`: routes with so many bits or fewer do not count; nil: all count.
  public var suppressPrefixLength: UInt32?
  /// `FRA_SUPPRESS_IFGROUP`: routes by a link of that group do not count; nil: all count.
  public var suppressGroup: UInt32?
  /// `FRA_L3MDEV`: the table of the vrf that the packet is in.
  public var isL3Master = false
  /// `FRA_UID_RANGE`: the users whose packets match; nil: any.
  public var userRange: Range?
  /// `FRA_IP_PROTO`: `IPPROTO_*`; nil: any.
  public var ipProtocol: UInt8?
  /// `FRA_SPORT_RANGE`, in host order; nil: any.
  public var sourcePorts: Range?
  /// `FRA_DPORT_RANGE`, in host order; nil: any.
  public var destinationPorts: Range?

  /// Two numbers, both included.
  public struct Range: Hashable, Sendable {
    /// The least one.
    public var low: UInt32
    /// The greatest one.
    public var high: UInt32
  }

  /// `FRA_*` (linux/fib_rules.h).
  public enum Attribute {
    /// `FRA_DST`: 4 or 16 bytes.
    public static let destination: UInt16 = 1
    /// `FRA_SRC`: 4 or 16 bytes.
    public static let source: UInt16 = 2
    /// `FRA_IIFNAME`: a string.
    public static let inputName: UInt16 = 3
    /// `FRA_GOTO`: the priority of another rule.
    public static let target: UInt16 = 4
    /// `FRA_PRIORITY`: 32 bits.
    public static let priority: UInt16 = 6
    /// `FRA_FWMARK`: 32 bits.
    public static let mark: UInt16 = 10
    /// `FRA_SUPPRESS_IFGROUP`: the number of a group; all ones: none.
    public static let suppressGroup: UInt16 = 13
    /// `FRA_SUPPRESS_PREFIXLEN`: bits of a prefix; all ones: none.
    public static let suppressPrefixLength: UInt16 = 14
    /// `FRA_TABLE`: 32 bits, which take the place of the header's eight.
    public static let table: UInt16 = 15
    /// `FRA_FWMASK`: 32 bits.
    public static let mask: UInt16 = 16
    /// `FRA_OIFNAME`: a string.
    public static let outputName: UInt16 = 17
    /// `FRA_L3MDEV`: one byte, 0 or 1.
    public static let l3Master: UInt16 = 19
    /// `FRA_UID_RANGE`: `struct fib_rule_uid_range`.
    public static let userRange: UInt16 = 20
    /// `FRA_IP_PROTO`: one byte.
    public static let ipProtocol: UInt16 = 22
    /// `FRA_SPORT_RANGE`: `struct fib_rule_port_range`.
    public static let sourcePorts: UInt16 = 23
    /// `FRA_DPORT_RANGE`: `struct fib_rule_port_range`.
    public static let destinationPorts: UInt16 = 24
  }

  /// `FR_ACT_*` (linux/fib_rules.h): what a rule does with the packets that match.
  public enum Action {
    /// `FR_ACT_TO_TBL`: looks into its table.
    public static let table: UInt8 = 1
    /// `FR_ACT_NOP`: goes on with the next rule.
    public static let nop: UInt8 = 3
    /// `FR_ACT_BLACKHOLE`: drops them without a word.
    public static let blackhole: UInt8 = 6
    /// `FR_ACT_UNREACHABLE`: drops them, and says `ENETUNREACH`.
    public static let unreachable: UInt8 = 7
    /// `FR_ACT_PROHIBIT`: drops them, and says `EACCES`.
    public static let prohibit: UInt8 = 8
  }

  /// `FIB_RULE_INVERT` (linux/fib_rules.h), of `flags`: the packets that do not match are meant.
  public static let invert: UInt32 = 0x2

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= 12, let family = payload.u8(0), let destinationLength = payload.u8(1),
      let sourceLength = payload.u8(2), let tos = payload.u8(3), let table = payload.u8(4),
      let action = payload.u8(7), let flags = payload.u32(8)
    else { throw .short("fib_rule_hdr", payload.byteCount) }
    self.family = family
    self.destinationLength = destinationLength
    self.sourceLength = sourceLength
    self.tos = tos
    self.table = UInt32(table)
    self.action = action
    self.flags = flags
    try forEachAttribute(of: "fib_rule_hdr", in: payload, from: 12) { type, value in
      switch type {
      case Attribute.destination: destination = value.array
      case Attribute.source: source = value.array
      case Attribute.inputName: inputName = value.string
      case Attribute.target: target = value.u32()
      case Attribute.priority: priority = value.u32() ?? 0
      case Attribute.mark: mark = value.u32()
      // -1: nothing is suppressed.
      case Attribute.suppressGroup: suppressGroup = value.u32().flatMap { $0 == .max ? nil : $0 }
      case Attribute.suppressPrefixLength: suppressPrefixLength = value.u32().flatMap { $0 == .max ? nil : $0 }
      case Attribute.table: self.table = value.u32() ?? self.table
      case Attribute.mask: mask = value.u32()
      case Attribute.outputName: outputName = value.string
      case Attribute.l3Master: isL3Master = value.u8() != 0
      case Attribute.userRange: userRange = Self.pair(value.u32(0), value.u32(4))
      case Attribute.ipProtocol: ipProtocol = value.u8()
      case Attribute.sourcePorts: sourcePorts = Self.pair(value.u16(0), value.u16(2))
      case Attribute.destinationPorts: destinationPorts = Self.pair(value.u16(0), value.u16(2))
      default: break
      }
    }
  }

  private static func pair(_ low: (some BinaryInteger)?, _ high: (some BinaryInteger)?) -> Range? {
    guard let low, let high else { return nil }
    return Range(low: UInt32(truncatingIfNeeded: low), high: UInt32(truncatingIfNeeded: high))
  }

  /// `RTM_GETRULE` dump of one family.
  public static func dump(family: UInt8) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getRule, flags: [.request, .dump])
    message.fixed(family, UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt32(0))
    return message
  }
}
