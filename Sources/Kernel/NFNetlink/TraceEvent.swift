public import Netlink

/// One event of the kernel's rule trace (`NFT_MSG_TRACE`, `NFTA_TRACE_*` of `linux/netfilter/nf_tables.h`).
///
/// Numbers are in network order, as everywhere in nfnetlink.
public struct TraceEvent: Hashable, Sendable {
  /// `NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_TRACE`.
  public static let messageType = NFTables.type(NFMessage.trace)

  /// The number that all events of one packet in one namespace have (`NFTA_TRACE_ID`).
  public var packet: UInt32 = 0
  /// `NFPROTO_*` of the table.
  public var family: UInt8
  /// `NFT_TRACETYPE_*`: a `Kind`, or another.
  public var type: UInt32 = 0
  /// The table's name, as the kernel has it (`NFTA_TRACE_TABLE`).
  public var table: [UInt8] = []
  /// The chain's name (`NFTA_TRACE_CHAIN`).
  public var chain: [UInt8] = []
  /// The rule's handle (`NFTA_TRACE_RULE_HANDLE`).
  public var handle: UInt64?
  /// A `NFVerdict` as a number.
  public var verdict: Int32?
  /// The chain that a jump or goto leads to (`NFTA_VERDICT_CHAIN`); nil for other verdicts.
  public var target: [UInt8]?
  /// The policy of a base chain, in the event at the chain's end (`NFTA_TRACE_POLICY`); nil in others.
  public var policy: Int32?
  /// The transport header's bytes (`NFTA_TRACE_TRANSPORT_HEADER`), only in a packet's first event in each base chain;
  /// nil in others.
  public var transportHeader: [UInt8]?

  /// `NFT_TRACETYPE_*`.
  public enum Kind: UInt32, Hashable, Sendable {
    /// `NFT_TRACETYPE_POLICY`: the policy of a base chain decides.
    case policy = 1
    /// `NFT_TRACETYPE_RETURN`: the end of a chain.
    case `return` = 2
    /// `NFT_TRACETYPE_RULE`: a rule that matches.
    case rule = 3
  }

  /// Decodes the payload behind the message's header.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= 4, let family = payload.u8(0) else {
      throw .short("nfgenmsg", payload.byteCount)
    }
    self.family = family
    typealias Attribute = NFAttribute.Trace
    try forEachAttribute(of: "nfgenmsg", in: payload, from: 4) { type, value throws(DecodeError) in
      switch type {
      case Attribute.table: table = value.string
      case Attribute.chain: chain = value.string
      case Attribute.handle: handle = value.u64().map { UInt64(bigEndian: $0) }
      case Attribute.type: self.type = value.u32().map { UInt32(bigEndian: $0) } ?? 0
      case Attribute.verdict:
        try forEachAttribute(of: "NFTA_TRACE_VERDICT", in: value) { type, value in
          if type == NFAttribute.Verdict.code { verdict = value.i32().map { Int32(bigEndian: $0) } }
          if type == NFAttribute.Verdict.chain { target = value.string }
        }
      case Attribute.packet: packet = value.u32().map { UInt32(bigEndian: $0) } ?? 0
      case Attribute.transportHeader: transportHeader = value.array
      case Attribute.policy: policy = value.i32().map { Int32(bigEndian: $0) }
      default: break
      }
    }
  }

  /// Decodes bytes; throws `DecodeError` where they are no event.
  public init(bytes: [UInt8]) throws(DecodeError) { self = try unsafe TraceEvent(bytes.span.bytes) }

  /// Which echo the packet is, where the event has its header: whether the reply, and its number in the series.
  public var echo: (isReply: Bool, sequence: UInt16)? {
    guard let header = transportHeader, header.count >= 8 else { return nil }
    let sequence = UInt16(header[6]) << 8 | UInt16(header[7])
    switch header[0] {
    case 8, 128: return (false, sequence)
    case 0, 129: return (true, sequence)
    default: return nil
    }
  }
}
