internal import Netlink
public import Reachability
public import Topology

/// One event of the kernel's rule trace (`NFT_MSG_TRACE`, `NFTA_TRACE_*` of `linux/netfilter/nf_tables.h`).
///
/// Numbers are in network order, as everywhere in nfnetlink.
public struct TraceEvent: Hashable, Sendable {
  /// `NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_TRACE`.
  public static let messageType: UInt16 = 10 << 8 | 17

  /// The number that all events of one packet in one namespace have (`NFTA_TRACE_ID`).
  public var packet: UInt32 = 0
  /// `NFPROTO_*` of the table.
  public var family: UInt8
  /// `NFT_TRACETYPE_*`: 1 policy, 2 return, 3 rule.
  public var type: UInt32 = 0
  public var table: [UInt8] = []
  public var chain: [UInt8] = []
  public var handle: UInt64?
  /// `NF_*` and `NFT_*`: 0 drop, 1 accept, negative ones are nft's own.
  public var verdict: Int32?
  /// Where a jump or goto leads.
  public var target: [UInt8]?
  /// Of a base chain's end: what its policy is.
  public var policy: Int32?
  /// Only in a packet's first event in each base chain.
  public var transportHeader: [UInt8]?

  /// Decodes the payload behind the message's header; throws `DecodeError` where it can't be.
  init(_ payload: RawSpan) throws {
    guard payload.byteCount >= 4, let family = payload.u8(0) else {
      throw DecodeError("nfgenmsg", "\(payload.byteCount) bytes are too few")
    }
    self.family = family
    try forEachAttribute(in: payload, from: 4) { type, value in
      switch type {
      case 1: table = value.string
      case 2: chain = value.string
      case 3: handle = value.u64().map { UInt64(bigEndian: $0) }
      case 4: self.type = value.u32().map { UInt32(bigEndian: $0) } ?? 0
      case 5:
        try forEachAttribute(in: value) { type, value in
          if type == 1 { verdict = value.i32().map { Int32(bigEndian: $0) } }
          if type == 2 { target = value.string }
        }
      case 6: packet = value.u32().map { UInt32(bigEndian: $0) } ?? 0
      case 9: transportHeader = value.array
      case 16: policy = value.i32().map { Int32(bigEndian: $0) }
      default: break
      }
    }
  }

  /// The same of bytes.
  public init(bytes: [UInt8]) throws { self = try unsafe TraceEvent(bytes.span.bytes) }

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

  /// The event in the words of an explanation; nil for one of a kind or family that is not known.
  public func step(in namespace: NamespaceID, isReply: Bool) -> TraceOutcome.Step? {
    let families: [UInt8: RuleTable.Family] = [1: .inet, 2: .ip, 3: .arp, 5: .netdev, 7: .bridge, 10: .ip6]
    let kinds: [UInt32: TraceOutcome.Step.Kind] = [1: .policy, 2: .chainReturn, 3: .rule]
    guard let family = families[family], var kind = kinds[type] else { return nil }
    // At the end of a chain the kernel tells of a rule that is none.
    if kind == .rule, handle == nil { kind = .chainReturn }
    return TraceOutcome.Step(
      namespace: namespace, kind: kind, family: family, table: SafeText.decode(table), chain: SafeText.decode(chain),
      handle: kind == .rule ? handle : nil, verdict: verdictText(kind), isReply: isReply)
  }

  private func verdictText(_ kind: TraceOutcome.Step.Kind) -> String {
    guard let code = kind == .policy ? policy ?? verdict : verdict else {
      return kind == .chainReturn ? "return" : "continue"
    }
    let name = SafeText.decode(target ?? [])
    switch code {
    case -1: return "continue"
    case -2: return "break"
    case -3: return "jump \(name)"
    case -4: return "goto \(name)"
    case -5: return "return"
    default:
      // Behind the verdict there may be an errno or the number of a queue (NF_VERDICT_MASK).
      let names = ["drop", "accept", "stolen", "queue", "repeat"]
      let low = Int(code & 0xFF)
      return low < names.count ? names[low] : "verdict \(code)"
    }
  }
}
