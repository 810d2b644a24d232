/// The attributes of connection tracking, by what they stand in (linux/netfilter/nfnetlink_conntrack.h).
enum ConntrackAttribute {
  /// `CTA_*`.
  enum Connection {
    /// `CTA_TUPLE_ORIG`: `Tuple`, nested.
    static let original: UInt16 = 1
    /// `CTA_TUPLE_REPLY`: `Tuple`, nested.
    static let reply: UInt16 = 2
    /// `CTA_STATUS`: `IPS_*`, 32 bits.
    static let status: UInt16 = 3
    /// `CTA_PROTOINFO`: nested.
    static let protocolState: UInt16 = 4
    /// `CTA_TIMEOUT`: seconds, 32 bits.
    static let timeout: UInt16 = 7
    /// `CTA_MARK`: 32 bits.
    static let mark: UInt16 = 8
    /// `CTA_COUNTERS_ORIG`: `Counters`, nested.
    static let sentCounters: UInt16 = 9
    /// `CTA_COUNTERS_REPLY`: `Counters`, nested.
    static let replyCounters: UInt16 = 10
    /// `CTA_ZONE`: 16 bits.
    static let zone: UInt16 = 18
  }

  /// `CTA_TUPLE_*`.
  enum Tuple {
    /// `CTA_TUPLE_IP`: `Address`, nested.
    static let addresses: UInt16 = 1
    /// `CTA_TUPLE_PROTO`: `Transport`, nested.
    static let transport: UInt16 = 2
  }

  /// `CTA_IP_*`.
  enum Address {
    /// `CTA_IP_V4_SRC`.
    static let source4: UInt16 = 1
    /// `CTA_IP_V4_DST`.
    static let destination4: UInt16 = 2
    /// `CTA_IP_V6_SRC`.
    static let source6: UInt16 = 3
    /// `CTA_IP_V6_DST`.
    static let destination6: UInt16 = 4
  }

  /// `CTA_PROTO_*`.
  enum Transport {
    /// `CTA_PROTO_NUM`: `IPPROTO_*`, 8 bits.
    static let number: UInt16 = 1
    /// `CTA_PROTO_SRC_PORT`: 16 bits.
    static let sourcePort: UInt16 = 2
    /// `CTA_PROTO_DST_PORT`: 16 bits.
    static let destinationPort: UInt16 = 3
    /// `CTA_PROTO_ICMP_ID`: 16 bits.
    static let echo4: UInt16 = 4
    /// `CTA_PROTO_ICMPV6_ID`: 16 bits.
    static let echo6: UInt16 = 7
  }

  /// `CTA_PROTOINFO_*`, and what is in that of TCP.
  enum ProtocolState {
    /// `CTA_PROTOINFO_TCP`: nested.
    static let tcp: UInt16 = 1
    /// `CTA_PROTOINFO_TCP_STATE`: `TCP_CONNTRACK_*`, 8 bits.
    static let tcpState: UInt16 = 1
  }

  /// `CTA_COUNTERS_*`.
  enum Counters {
    /// `CTA_COUNTERS_PACKETS`: 64 bits.
    static let packets: UInt16 = 1
    /// `CTA_COUNTERS_BYTES`: 64 bits.
    static let bytes: UInt16 = 2
  }

  /// `CTA_STATS_*`: 32 bits each, of one processor.
  enum Statistics {
    /// `CTA_STATS_INSERT_FAILED`.
    static let insertFailed: UInt16 = 9
    /// `CTA_STATS_DROP`.
    static let dropped: UInt16 = 10
    /// `CTA_STATS_EARLY_DROP`.
    static let droppedEarly: UInt16 = 11
  }
}
