public import Netlink

/// One entry of connection tracking (`IPCTNL_MSG_CT_NEW`, linux/netfilter/nfnetlink_conntrack.h).
///
/// Numbers are in network order, as everywhere in nfnetlink.
public struct ConntrackMessage: Hashable, Sendable {
  /// Where a packet of one direction comes from and goes to.
  public struct Tuple: Hashable, Sendable {
    /// In network order, 4 or 16 bytes; empty where the kernel did not say.
    public var source: [UInt8] = []
    /// Where it goes to; likewise.
    public var destination: [UInt8] = []
    /// `IPPROTO_*`.
    public var protocolNumber: UInt8 = 0
    /// The port that it comes from; nil of protocols without ports.
    public var sourcePort: UInt16?
    /// The port that it goes to; nil of protocols without ports.
    public var destinationPort: UInt16?
    /// The identifier of an echo (ICMP, ICMPv6).
    public var echo: UInt16?
  }

  /// Packets and bytes of one direction (`CTA_COUNTERS_*`).
  public struct Counters: Hashable, Sendable {
    /// How many packets.
    public var packets: UInt64 = 0
    /// How many bytes, with their IP headers.
    public var bytes: UInt64 = 0
  }

  /// What is known of a connection (`IPS_*` of linux/netfilter/nf_conntrack_common.h).
  public struct Status: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt32
    /// Makes a status of its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// `IPS_SEEN_REPLY`: packets were seen in both directions.
    public static let seenReply = Status(rawValue: 0x2)
    /// `IPS_ASSURED`: it is not given up early.
    public static let assured = Status(rawValue: 0x4)
    /// `IPS_SRC_NAT`: its source is translated.
    public static let sourceTranslated = Status(rawValue: 0x10)
    /// `IPS_DST_NAT`: its destination is translated.
    public static let destinationTranslated = Status(rawValue: 0x20)
    /// `IPS_DYING`: it is being removed.
    public static let dying = Status(rawValue: 0x200)
    /// `IPS_OFFLOAD`: a flow table carries it past the rules.
    public static let offloaded = Status(rawValue: 0x4000)
  }

  /// How far a connection of TCP is (`TCP_CONNTRACK_*` of linux/netfilter/nf_conntrack_tcp.h).
  public enum TCPState: UInt8, Hashable, Sendable {
    /// `TCP_CONNTRACK_NONE`.
    case none = 0
    /// `TCP_CONNTRACK_SYN_SENT`.
    case synSent = 1
    /// `TCP_CONNTRACK_SYN_RECV`.
    case synReceived = 2
    /// `TCP_CONNTRACK_ESTABLISHED`.
    case established = 3
    /// `TCP_CONNTRACK_FIN_WAIT`.
    case finWait = 4
    /// `TCP_CONNTRACK_CLOSE_WAIT`.
    case closeWait = 5
    /// `TCP_CONNTRACK_LAST_ACK`.
    case lastAck = 6
    /// `TCP_CONNTRACK_TIME_WAIT`.
    case timeWait = 7
    /// `TCP_CONNTRACK_CLOSE`.
    case close = 8
    /// `TCP_CONNTRACK_SYN_SENT2`: both sides began.
    case synSentTwice = 9

    /// The state as conntrack(8) prints it.
    public var text: String {
      switch self {
      case .none: "NONE"
      case .synSent: "SYN_SENT"
      case .synReceived: "SYN_RECV"
      case .established: "ESTABLISHED"
      case .finWait: "FIN_WAIT"
      case .closeWait: "CLOSE_WAIT"
      case .lastAck: "LAST_ACK"
      case .timeWait: "TIME_WAIT"
      case .close: "CLOSE"
      case .synSentTwice: "SYN_SENT2"
      }
    }
  }

  /// A packet of the side that began.
  public var original = Tuple()
  /// A packet of the other side, as it is expected.
  public var reply = Tuple()
  /// What is known of it.
  public var status: Status = []
  /// Seconds until it is forgotten; nil while it is carried by a flow table.
  public var timeout: UInt32?
  /// `TCP_CONNTRACK_*`; nil of other protocols.
  public var tcpState: UInt8?
  /// The mark (`CTA_MARK`).
  public var mark: UInt32 = 0
  /// The zone (`CTA_ZONE`).
  public var zone: UInt16 = 0
  /// Of the side that began; nil where nothing is counted (net.netfilter.nf_conntrack_acct).
  public var sent: Counters?
  /// Of the other side.
  public var received: Counters?

  /// Decodes the payload behind the message's header.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= 4 else { throw .short("nfgenmsg", payload.byteCount) }
    typealias Attribute = ConntrackAttribute.Connection
    try forEachAttribute(of: "nfgenmsg", in: payload, from: 4) { type, value throws(DecodeError) in
      switch type {
      case Attribute.original: original = try Tuple(value, "CTA_TUPLE_ORIG")
      case Attribute.reply: reply = try Tuple(value, "CTA_TUPLE_REPLY")
      case Attribute.status: status = Status(rawValue: value.u32().map { UInt32(bigEndian: $0) } ?? 0)
      case Attribute.protocolState: tcpState = try Self.tcpState(value)
      case Attribute.timeout: timeout = value.u32().map { UInt32(bigEndian: $0) }
      case Attribute.mark: mark = value.u32().map { UInt32(bigEndian: $0) } ?? 0
      case Attribute.sentCounters: sent = try Counters(value, "CTA_COUNTERS_ORIG")
      case Attribute.replyCounters: received = try Counters(value, "CTA_COUNTERS_REPLY")
      case Attribute.zone: zone = value.u16().map { UInt16(bigEndian: $0) } ?? 0
      default: break
      }
    }
  }

  /// Decodes bytes; throws `DecodeError` where they are no entry.
  public init(bytes: [UInt8]) throws(DecodeError) { self = try unsafe ConntrackMessage(bytes.span.bytes) }

  private static func tcpState(_ payload: RawSpan) throws(DecodeError) -> UInt8? {
    var state: UInt8?
    try forEachAttribute(of: "CTA_PROTOINFO", in: payload) { type, value throws(DecodeError) in
      guard type == ConntrackAttribute.ProtocolState.tcp else { return }
      try forEachAttribute(of: "CTA_PROTOINFO_TCP", in: value) { type, value in
        if type == ConntrackAttribute.ProtocolState.tcpState { state = value.u8() }
      }
    }
    return state
  }
}

extension ConntrackMessage.Tuple {
  fileprivate init(_ payload: RawSpan, _ layer: String) throws(DecodeError) {
    self.init()
    try forEachAttribute(of: layer, in: payload) { type, value throws(DecodeError) in
      switch type {
      case ConntrackAttribute.Tuple.addresses: try takeAddresses(value)
      case ConntrackAttribute.Tuple.transport: try takeTransport(value)
      default: break
      }
    }
  }

  private mutating func takeAddresses(_ payload: RawSpan) throws(DecodeError) {
    typealias Attribute = ConntrackAttribute.Address
    try forEachAttribute(of: "CTA_TUPLE_IP", in: payload) { type, value throws(DecodeError) in
      switch type {
      case Attribute.source4, Attribute.source6: source = try Self.address(value)
      case Attribute.destination4, Attribute.destination6: destination = try Self.address(value)
      default: break
      }
    }
  }

  private static func address(_ value: RawSpan) throws(DecodeError) -> [UInt8] {
    guard value.byteCount == 4 || value.byteCount == 16 else {
      throw DecodeError("CTA_IP", "\(value.byteCount) bytes are no address")
    }
    return value.array
  }

  private mutating func takeTransport(_ payload: RawSpan) throws(DecodeError) {
    typealias Attribute = ConntrackAttribute.Transport
    try forEachAttribute(of: "CTA_TUPLE_PROTO", in: payload) { type, value in
      let number = value.u16().map { UInt16(bigEndian: $0) }
      switch type {
      case Attribute.number: protocolNumber = value.u8() ?? 0
      case Attribute.sourcePort: sourcePort = number
      case Attribute.destinationPort: destinationPort = number
      case Attribute.echo4, Attribute.echo6: echo = number
      default: break
      }
    }
  }
}

extension ConntrackMessage.Counters {
  fileprivate init(_ payload: RawSpan, _ layer: String) throws(DecodeError) {
    self.init()
    try forEachAttribute(of: layer, in: payload) { type, value in
      let number = value.u64().map { UInt64(bigEndian: $0) } ?? 0
      switch type {
      case ConntrackAttribute.Counters.packets: packets = number
      case ConntrackAttribute.Counters.bytes: bytes = number
      default: break
      }
    }
  }
}
