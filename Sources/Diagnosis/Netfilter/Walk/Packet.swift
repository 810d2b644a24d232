public import Topology

/// What is known of one packet at one hook of netfilter.
///
/// Every field may be nil: it is not known, and a match on it can't be decided. An interface that is known not to be
/// there (`oifname` in prerouting, `iifname` in output, the bridge's ports of a routed packet) is the empty string, as
/// the kernel compares it.
public struct Packet: Hashable, Sendable {
  /// The network layer's protocol; the numbers are `NFPROTO_*` of `linux/netfilter.h`.
  public enum Family: UInt8, Hashable, Sendable {
    case ipv4 = 2
    case arp = 3
    case ipv6 = 10

    /// The EtherType (`ETH_P_*`).
    public var etherType: UInt16 {
      switch self {
      case .ipv4: 0x0800
      case .arp: 0x0806
      case .ipv6: 0x86DD
      }
    }
  }

  /// The transport header; ports, types and codes are nil where they are not known.
  public enum Transport: Hashable, Sendable {
    case icmp(type: UInt8?, code: UInt8?)
    case icmpv6(type: UInt8?, code: UInt8?)
    case tcp(source: UInt16?, destination: UInt16?, flags: TCPFlags?)
    case udp(source: UInt16?, destination: UInt16?)
    /// Any other protocol, by its number (`IPPROTO_*`).
    case other(UInt8)

    /// The protocol's number (`IPPROTO_*`).
    public var number: UInt8 {
      switch self {
      case .icmp: 1
      case .tcp: 6
      case .udp: 17
      case .icmpv6: 58
      case .other(let number): number
      }
    }
  }

  /// The flags of a TCP header (RFC 9293, 3.1).
  public struct TCPFlags: OptionSet, Hashable, Sendable {
    /// The byte of the header.
    public let rawValue: UInt8
    /// Makes flags of the byte of the header.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// No more data.
    public static let fin = TCPFlags(rawValue: 0x01)
    /// Begins a connection.
    public static let syn = TCPFlags(rawValue: 0x02)
    /// Ends a connection at once.
    public static let rst = TCPFlags(rawValue: 0x04)
    /// Deliver at once.
    public static let psh = TCPFlags(rawValue: 0x08)
    /// The acknowledgment number counts.
    public static let ack = TCPFlags(rawValue: 0x10)
    /// The urgent pointer counts.
    public static let urg = TCPFlags(rawValue: 0x20)
  }

  /// Conntrack's word for the packet; the raw values are the kernel's state bits (`NF_CT_STATE_BIT`).
  public enum ConnectionState: UInt8, Hashable, Sendable {
    case invalid = 1
    case established = 2
    case related = 4
    case new = 8
    case untracked = 64
  }

  /// How the frame was addressed (`PACKET_*` of packet(7)).
  public enum PacketType: UInt8, Hashable, Sendable {
    /// To this host (`PACKET_HOST`).
    case host = 0
    case broadcast = 1
    case multicast = 2
    /// To another host (`PACKET_OTHERHOST`).
    case other = 3
  }

  /// The network layer's protocol.
  public var family: Family
  /// The source address.
  public var source: IPAddress?
  /// The destination address.
  public var destination: IPAddress?
  /// The transport header.
  public var transport: Transport?
  /// Of ARP: 1 asks, 2 answers (`ARPOP_*`).
  public var arpOperation: UInt8?
  /// The length of the packet with its IP header, in bytes.
  public var length: Int?
  /// Time to live, or the hop limit.
  public var ttl: UInt8?
  /// Differentiated services code point.
  public var dscp: UInt8? = 0
  /// Whether this is a fragment other than the first: such a one has no transport header.
  public var isLaterFragment: Bool? = false
  /// The interface that it came in by (`iifname`); for a bridged packet at a hook of IP, the bridge.
  public var inInterface: String?
  /// The interface that it leaves by (`oifname`).
  public var outInterface: String?
  /// The bridge's port that a bridged packet came in by (`physdev`); empty for a routed one.
  public var physicalIn: String? = ""
  /// The bridge's port that it leaves by; empty for a routed one.
  public var physicalOut: String? = ""
  /// The bridge of the port that it came in by (`ibrname`), at the hooks of the bridge family.
  public var inBridge: String?
  /// The bridge of the port that it leaves by (`obrname`), at the hooks of the bridge family.
  public var outBridge: String?
  /// The source address of the frame, six bytes, as far as the packet still has one.
  public var sourceMAC: [UInt8]?
  /// The destination address of the frame, six bytes, as far as the packet still has one.
  public var destinationMAC: [UInt8]?
  /// How the frame was addressed.
  public var packetType: PacketType?
  /// Conntrack's word for it; `.invalid` in a namespace where no rule asks for conntrack or translates: it is off
  /// there.
  public var connection: ConnectionState?
  /// Whether it goes against the connection's first packet; nil: not known.
  public var isReply: Bool?
  /// Whether conntrack has rewritten the destination of this connection.
  public var isDestinationTranslated: Bool? = false
  /// Whether conntrack has rewritten the source of this connection.
  public var isSourceTranslated: Bool? = false
  /// Whether a chain of kind `nat` has decided at this hook already (`nf_nat_initialized`); the others are not asked.
  var isTranslationSettled: Bool? = false
  /// `SO_MARK`, `meta mark`: 0 for a fresh packet of our own unless something sets it.
  public var mark: UInt32? = 0
  /// The mark of its connection.
  public var connectionMark: UInt32? = 0
  /// Whether a socket of this namespace sent it; rules on the owner ask only such packets.
  public var isLocallySent: Bool?
  /// The user that owns the sending socket.
  public var ownerUID: UInt32?
  /// The group that owns the sending socket.
  public var ownerGID: UInt32?

  /// Makes a packet of which only this much is known; everything else starts as a fresh, untranslated, unmarked one.
  public init(
    family: Family, source: IPAddress? = nil, destination: IPAddress? = nil, transport: Transport? = nil,
    inInterface: String? = nil, outInterface: String? = nil, connection: ConnectionState? = nil
  ) {
    self.family = family
    self.source = source
    self.destination = destination
    self.transport = transport
    self.inInterface = inInterface
    self.outInterface = outInterface
    self.connection = connection
  }

  /// An echo request between two addresses, new to conntrack; nil where the addresses are of different families.
  ///
  /// `length` is that of the whole packet (84 for ping(8)'s 56 bytes of data).
  public static func echoRequest(
    from source: IPAddress, to destination: IPAddress, length: Int? = 84, inInterface: String? = nil,
    outInterface: String? = nil
  ) -> Packet? {
    guard source.isIPv6 == destination.isIPv6 else { return nil }
    var packet = Packet(
      family: source.isIPv6 ? .ipv6 : .ipv4, source: source, destination: destination,
      transport: source.isIPv6 ? .icmpv6(type: 128, code: 0) : .icmp(type: 8, code: 0), inInterface: inInterface,
      outInterface: outInterface, connection: .new)
    packet.length = length
    return packet
  }

  /// What is certain of a packet that may be either of two: the fields that differ become unknown.
  func joined(with other: Packet) -> Packet {
    if self == other { return self }
    var both = self
    func same<Value: Equatable>(_ field: WritableKeyPath<Packet, Value?>) {
      if self[keyPath: field] != other[keyPath: field] { both[keyPath: field] = nil }
    }
    same(\.source)
    same(\.destination)
    same(\.transport)
    same(\.length)
    same(\.ttl)
    same(\.dscp)
    same(\.connection)
    same(\.isDestinationTranslated)
    same(\.isSourceTranslated)
    same(\.isTranslationSettled)
    same(\.mark)
    same(\.connectionMark)
    same(\.outInterface)
    same(\.sourceMAC)
    same(\.destinationMAC)
    return both
  }
}
