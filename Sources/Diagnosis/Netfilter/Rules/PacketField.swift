internal import Sentences

/// A field that a rule can ask of a packet, by netfilter's names.
///
/// `family` is the network protocol that the field belongs to: in a packet of another the field is absent.
public enum PacketField: Hashable, Sendable {
  /// Which address a match on routing asks about.
  public enum Side: Hashable, Sendable {
    case source
    case destination
  }

  /// Which interface the answer must be on.
  public enum Scope: Hashable, Sendable {
    /// Any interface of the namespace.
    case anywhere
    /// The one that the packet came in by.
    case inInterface
    /// The one that the packet leaves by.
    case outInterface
  }

  /// The interface that the packet came in by (`iifname`).
  case inInterface
  /// The interface that the packet leaves by (`oifname`).
  case outInterface
  /// The bridge's port that a bridged packet came in by (`physdev in`).
  case physicalIn
  /// The bridge's port that a bridged packet leaves by (`physdev out`).
  case physicalOut
  /// The bridge of the port that the frame came in by (`ibrname`).
  case inBridge
  /// The bridge of the port that the frame leaves by (`obrname`).
  case outBridge
  case etherSource
  case etherDestination
  /// The EtherType: `ether type`, `meta protocol`.
  case etherType
  /// `NFPROTO_*`.
  case networkProtocol
  /// `IPPROTO_*`, with the extension headers of IPv6 skipped.
  case transportProtocol
  /// The source or the destination address of the header.
  case address(Side, Packet.Family)
  /// The protocol field of the IPv4 header, the next header of the IPv6 one.
  case headerProtocol(Packet.Family)
  /// `ip length`: the whole packet; `ip6 length`: what follows the header.
  case headerLength(Packet.Family)
  /// `meta length`, and the match `length` of iptables: the whole packet.
  case length
  /// Time to live, or the hop limit.
  case ttl(Packet.Family)
  /// Differentiated services code point (RFC 2474).
  case dscp(Packet.Family)
  /// The fragment offset in units of 8 bytes and its flags (`ip frag-off`).
  case fragmentOffset
  /// Whether this is a later fragment, 0 or 1 (iptables `-f`).
  case laterFragment
  /// The ports; nil asks whatever transport there is (`th`).
  case port(Side, UInt8?)
  case tcpFlags
  case icmpType(Packet.Family)
  case icmpCode(Packet.Family)
  /// 1: who has that address? 2: I have (`ARPOP_*`).
  case arpOperation
  /// The packet's mark (`meta mark`).
  case mark
  /// How the frame was addressed (`PACKET_*` of packet(7)).
  case packetType
  /// Conntrack's word for the packet (`NF_CT_STATE_BIT`).
  case connectionState
  /// `IPS_*` bits, of which only the two of translation are known.
  case connectionStatus
  /// Whether it goes the way of the first packet or the other way (`IP_CT_DIR_*`).
  case connectionDirection
  /// The mark of the connection.
  case connectionMark
  /// The type of an address in the routing table (`RTN_*`).
  case addressType(Side, Scope)
  /// The user that owns the sending socket.
  case ownerUID
  /// The group that owns the sending socket.
  case ownerGID
  /// A header's field that is not decoded: absent where the packet has no such header, else unknown.
  case undecoded(family: Packet.Family?, transport: UInt8?, name: String)

  /// The field as nft(8) names it.
  public var name: String {
    switch self {
    case .inInterface: "iifname"
    case .outInterface: "oifname"
    case .physicalIn: "physdev in"
    case .physicalOut: "physdev out"
    case .inBridge: "ibrname"
    case .outBridge: "obrname"
    case .etherSource: "ether saddr"
    case .etherDestination: "ether daddr"
    case .etherType: "ether type"
    case .networkProtocol: "nfproto"
    case .transportProtocol: "l4proto"
    case .address(let side, let family): "\(PacketField.prefix(family)) \(side == .source ? "saddr" : "daddr")"
    case .headerProtocol(let family): family == .ipv6 ? "ip6 nexthdr" : "ip protocol"
    case .headerLength(let family): "\(PacketField.prefix(family)) length"
    case .length: "length"
    case .ttl(let family): family == .ipv6 ? "ip6 hoplimit" : "ip ttl"
    case .dscp(let family): "\(PacketField.prefix(family)) dscp"
    case .fragmentOffset: "ip frag-off"
    case .laterFragment: "fragment"
    case .port(let side, _): side == .source ? "sport" : "dport"
    case .tcpFlags: "tcp flags"
    case .icmpType(let family): family == .ipv6 ? "icmpv6 type" : "icmp type"
    case .icmpCode(let family): family == .ipv6 ? "icmpv6 code" : "icmp code"
    case .arpOperation: "arp operation"
    case .mark: "mark"
    case .packetType: "pkttype"
    case .connectionState: "ct state"
    case .connectionStatus: "ct status"
    case .connectionDirection: "ct direction"
    case .connectionMark: "ct mark"
    case .addressType(let side, _): Say.Rules.type(of: side == .source ? "saddr" : "daddr")
    case .ownerUID: "skuid"
    case .ownerGID: "skgid"
    case .undecoded(_, _, let name): name
    }
  }

  private static func prefix(_ family: Packet.Family) -> String {
    switch family {
    case .ipv4: "ip"
    case .ipv6: "ip6"
    case .arp: "arp"
    }
  }
}
