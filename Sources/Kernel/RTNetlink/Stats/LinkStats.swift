public import Netlink

/// `struct rtnl_link_stats64`, as far as the program shows it.
public struct LinkStats: Hashable, Sendable {
  /// Packets received and sent (`rx_packets`, `tx_packets`).
  public var rxPackets: UInt64, txPackets: UInt64
  /// Bytes of those packets (`rx_bytes`, `tx_bytes`).
  public var rxBytes: UInt64, txBytes: UInt64
  /// Bad packets received, and packets that could not be sent (`rx_errors`, `tx_errors`).
  public var rxErrors: UInt64, txErrors: UInt64
  /// Packets received and not processed, and packets dropped before they were sent (`rx_dropped`, `tx_dropped`).
  public var rxDropped: UInt64, txDropped: UInt64

  /// Reads the struct; fields past the end of a shorter one (older kernel) are 0.
  public init(_ value: RawSpan) {
    func field(_ number: Int) -> UInt64 { value.u64(number * 8) ?? 0 }
    (rxPackets, txPackets) = (field(0), field(1))
    (rxBytes, txBytes) = (field(2), field(3))
    (rxErrors, txErrors) = (field(4), field(5))
    (rxDropped, txDropped) = (field(6), field(7))
  }
}

/// One answer to `RTM_GETSTATS`: a link of our own namespace and its counters.
public struct StatsMessage: Hashable, Sendable {
  /// `ifindex` of `struct if_stats_msg`: the link.
  public var index: Int32
  /// `IFLA_STATS_LINK_64`; nil where the message did not hold it.
  public var stats: LinkStats?

  /// `IFLA_STATS_LINK_64`: `struct rtnl_link_stats64`.
  private static let link64: UInt16 = 1
  /// `IFLA_STATS_FILTER_BIT` of it.
  private static let filterOfLink64: UInt32 = 1 << UInt32(link64 - 1)

  /// Decodes the payload of `RTM_NEWSTATS`.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard let index = payload.i32(4), payload.byteCount >= 12 else {
      throw .short("if_stats_msg", payload.byteCount)
    }
    self.index = index
    try forEachAttribute(of: "if_stats_msg", in: payload, from: 12) { type, value in
      if type == Self.link64 { stats = LinkStats(value) }
    }
  }

  /// `RTM_GETSTATS` dump of all links of our own namespace (there is no target nsid for it).
  public static func dump() -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getStats, flags: [.request, .dump])
    // struct if_stats_msg: family, two pads, ifindex, and which statistics (IFLA_STATS_FILTER_BIT)
    message.fixed(Family.unspecified, UInt8(0), UInt16(0), UInt32(0), filterOfLink64)
    return message
  }
}
