public import Netlink

/// A route, as `RTM_NEWROUTE` or `RTM_DELROUTE` describes it (`struct rtmsg` and `RTA_*`, rtnetlink(7)).
public struct RouteMessage: Hashable, Sendable {
  /// `rtm_family`: `AF_INET`, `AF_INET6` …
  public var family: UInt8
  /// Bits of the destination and of the source prefix.
  public var destinationLength: UInt8, sourceLength: UInt8
  /// `rtm_tos`: the type of service that a packet must have; 0: any.
  public var tos: UInt8
  /// `RTA_TABLE` where the message holds it, else the header's eight bits.
  public var table: UInt32
  /// `RTPROT_*`.
  public var routingProtocol: UInt8
  /// `RT_SCOPE_*`.
  public var scope: UInt8
  /// `RTN_*`: unicast, local, blackhole …
  public var type: UInt8
  /// `RTNH_F_*` and `RTM_F_*`.
  public var flags: UInt32
  /// `RTA_DST`: 4 or 16 bytes; nil for a prefix of no bits, that of a default route.
  public var destination: [UInt8]?
  /// `RTA_SRC`: the prefix that a packet must come from, 4 or 16 bytes; nil: any.
  public var source: [UInt8]?
  /// `RTA_PREFSRC`: the source address of packets that begin here; nil: the kernel chooses.
  public var preferredSource: [UInt8]?
  /// `RTA_PRIORITY`: the metric; of two routes the lower one is taken.
  public var priority: UInt32?
  /// The one next hop, out of the message's own attributes; empty where `hops` has them.
  public var hop = NextHop()
  /// `RTA_MULTIPATH`.
  public var hops: [NextHop] = []
  /// `RTA_METRICS`: value by number (`RTAX_*`).
  public var metrics: [UInt16: UInt32] = [:]
  /// `RTA_PREF`: 0 medium, 1 high, 3 low (RFC 4191).
  public var preference: UInt8?
  /// `RTA_IIF`: in a lookup's answer, the link that the packet was said to come in by.
  public var inputIndex: UInt32?
  /// `RTA_MARK`: in a lookup's answer, the packet's mark.
  public var mark: UInt32?
  /// `RTA_NH_ID`: the number of a next-hop object.
  public var nextHopID: UInt32?

  /// Where a route leads to.
  public struct NextHop: Hashable, Sendable {
    /// `RTA_OIF`.
    public var index: UInt32?
    /// `RTA_GATEWAY`, of the route's own family.
    public var gateway: [UInt8]?
    /// `RTA_VIA`: a gateway of another family, and that family.
    public var via: [UInt8]?
    /// `RTA_VIA`: the family of `via` (`AF_*`); 0 where there is none.
    public var viaFamily: UInt8 = 0
    /// `rtnh_hops`: the weight less one.
    public var hops: UInt8 = 0
    /// `RTNH_F_*`.
    public var flags: UInt8 = 0
    /// `RTA_ENCAP_TYPE`: `LWTUNNEL_ENCAP_*`.
    public var encapsulation: UInt16?
  }

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= 12, let family = payload.u8(0), let destinationLength = payload.u8(1),
      let sourceLength = payload.u8(2), let tos = payload.u8(3), let table = payload.u8(4),
      let routingProtocol = payload.u8(5), let scope = payload.u8(6), let type = payload.u8(7),
      let flags = payload.u32(8)
    else { throw .short("rtmsg", payload.byteCount) }
    self.family = family
    self.destinationLength = destinationLength
    self.sourceLength = sourceLength
    self.tos = tos
    self.table = UInt32(table)
    self.routingProtocol = routingProtocol
    self.scope = scope
    self.type = type
    self.flags = flags
    try forEachAttribute(of: "rtmsg", in: payload, from: 12) { type, value throws(DecodeError) in
      switch type {
      case Attribute.destination: destination = value.array
      case Attribute.source: source = value.array
      case Attribute.inputIndex: inputIndex = value.u32()
      case Attribute.priority: priority = value.u32()
      case Attribute.preferredSource: preferredSource = value.array
      case Attribute.metrics:
        try forEachAttribute(of: "RTA_METRICS", in: value) { type, value in
          metrics[type] = value.u32()
        }
      case Attribute.hops: try decodeHops(value)
      case Attribute.table: self.table = value.u32() ?? self.table
      case Attribute.mark: mark = value.u32()
      case Attribute.preference: preference = value.u8()
      case Attribute.nextHopID: nextHopID = value.u32()
      default: hop.take(type, value)
      }
    }
  }

  /// `struct rtnexthop`: length, flags, hops, ifindex, then attributes.
  private mutating func decodeHops(_ list: RawSpan) throws(DecodeError) {
    var offset = 0
    while list.byteCount - offset >= 8, let length = list.u16(offset) {
      guard length >= 8, Int(length) <= list.byteCount - offset else {
        throw DecodeError(
          "RTA_MULTIPATH", "hop at byte \(offset): length \(length) with \(list.byteCount - offset) bytes left"
        )
      }
      var next = NextHop()
      next.flags = list.u8(offset + 2) ?? 0
      next.hops = list.u8(offset + 3) ?? 0
      next.index = list.u32(offset + 4)
      try forEachAttribute(of: "RTA_MULTIPATH", in: list.extracting(offset..<(offset + Int(length))), from: 8) {
        next.take($0, $1)
      }
      hops.append(next)
      offset += (Int(length) + 3) & ~3
    }
  }

  /// `RTM_GETROUTE` dump of all tables and families of the socket's own namespace.
  public static func dump(family: UInt8 = Family.unspecified) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getRoute, flags: [.request, .dump])
    message.fixed(family, UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt8(0), UInt32(0))
    return message
  }
}

extension RouteMessage.NextHop {
  fileprivate mutating func take(_ type: UInt16, _ value: RawSpan) {
    typealias Attribute = RouteMessage.Attribute
    switch type {
    case Attribute.outputIndex: index = value.u32()
    case Attribute.gateway: gateway = value.array
    case Attribute.via:
      viaFamily = UInt8(truncatingIfNeeded: value.u16() ?? 0)
      via = Array(value.array.dropFirst(2))
    case Attribute.encapsulation: encapsulation = value.u16()
    default: break
    }
  }
}
