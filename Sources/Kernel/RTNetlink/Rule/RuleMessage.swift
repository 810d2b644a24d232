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

  /// Decodes the payload of a message; throws `DecodeError` where it can't be.
  public init(_ payload: RawSpan) throws {
    guard payload.byteCount >= 12, let family = payload.u8(0), let destinationLength = payload.u8(1),
      let sourceLength = payload.u8(2), let tos = payload.u8(3), let table = payload.u8(4),
      let action = payload.u8(7), let flags = payload.u32(8)
    else { throw DecodeError("fib_rule_hdr", "\(payload.byteCount) bytes are too few") }
    self.family = family
    self.destinationLength = destinationLength
    self.sourceLength = sourceLength
    self.tos = tos
    self.table = UInt32(table)
    self.action = action
    self.flags = flags
    try forEachAttribute(in: payload, from: 12) { type, value in
      switch type {
      case 1: destination = value.array
      case 2: source = value.array
      case 3: inputName = value.string
      case 4: target = value.u32()
      case 6: priority = value.u32() ?? 0
      case 10: mark = value.u32()
      // -1: nothing is suppressed.
      case 13: suppressGroup = value.u32().flatMap { $0 == .max ? nil : $0 }
      case 14: suppressPrefixLength = value.u32().flatMap { $0 == .max ? nil : $0 }
      case 15: self.table = value.u32() ?? self.table
      case 16: mask = value.u32()
      case 17: outputName = value.string
      case 19: isL3Master = value.u8() != 0
      case 20: userRange = Self.pair(value.u32(0), value.u32(4))
      case 22: ipProtocol = value.u8()
      case 23: sourcePorts = Self.pair(value.u16(0), value.u16(2))
      case 24: destinationPorts = Self.pair(value.u16(0), value.u16(2))
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
