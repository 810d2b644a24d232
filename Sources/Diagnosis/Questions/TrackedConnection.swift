public import Topology

/// A connection that a namespace's connection tracking has in mind (conntrack(8)).
public struct TrackedConnection: Hashable, Sendable {
  /// A packet of one of its directions.
  public struct Direction: Hashable, Sendable {
    /// Where it comes from.
    public var source: IPAddress
    /// Where it goes to.
    public var destination: IPAddress
    /// The port that it comes from; of an echo the identifier; nil of what has none.
    public var sourcePort: UInt16?
    /// The port that it goes to; nil of what has none.
    public var destinationPort: UInt16?
    /// How many such packets there were; nil: they are not counted (net.netfilter.nf_conntrack_acct).
    public var packets: UInt64?

    /// Makes a direction.
    public init(
      source: IPAddress, destination: IPAddress, sourcePort: UInt16? = nil, destinationPort: UInt16? = nil,
      packets: UInt64? = nil
    ) {
      self.source = source
      self.destination = destination
      self.sourcePort = sourcePort
      self.destinationPort = destinationPort
      self.packets = packets
    }
  }

  /// `IPPROTO_*`: 6 is TCP, 17 UDP.
  public var protocolNumber: UInt8
  /// A packet of the side that began, before any translation.
  public var original: Direction
  /// A packet of the other side, as it is expected: where it does not mirror `original`, the connection is translated.
  public var reply: Direction
  /// The state of TCP, as conntrack(8) prints it: `SYN_SENT`; nil of other protocols.
  public var tcpState: String?
  /// Whether packets were seen in both directions.
  public var hasSeenReply = false
  /// Whether its source is translated (`IPS_SRC_NAT`).
  public var isSourceTranslated = false
  /// Whether its destination is translated (`IPS_DST_NAT`).
  public var isDestinationTranslated = false
  /// Whether a flow table carries it past the rules.
  public var isOffloaded = false
  /// Seconds until it is forgotten, where nothing comes meanwhile; nil: not known.
  public var timeout: UInt32?
  /// Its mark.
  public var mark: UInt32 = 0
  /// Its zone: connections of one are none of another.
  public var zone: UInt16 = 0

  /// Makes a connection.
  public init(protocolNumber: UInt8, original: Direction, reply: Direction) {
    self.protocolNumber = protocolNumber
    self.original = original
    self.reply = reply
  }

  /// Whether one of its packets comes from that address or goes there.
  public func touches(_ address: IPAddress) -> Bool {
    original.source == address || original.destination == address || reply.source == address
      || reply.destination == address
  }
}

/// What was read of a namespace's connection tracking.
public struct ConnectionTable: Hashable, Sendable {
  /// The connections that touch one of the addresses asked for.
  public var connections: [TrackedConnection] = []
  /// Such connections that are not kept: there are too many.
  public var omitted = 0
  /// How many connections there are, with all others; nil: not known.
  public var count: UInt64?
  /// How many there may be (net.netfilter.nf_conntrack_max); nil: not known.
  public var limit: UInt64?
  /// Packets dropped because there was no room for their connection, since the namespace was made; nil: not known.
  public var dropped: UInt64?
  /// Connections that were not taken: the same was there already, or no port was left to translate to; nil: not known.
  public var insertFailed: UInt64?
  /// Why there may be more connections than were seen; nil: all were.
  public var partial: Unread?

  /// Makes an empty table: nothing is tracked.
  public init() {}

  /// Whether no other connection has room.
  public var isFull: Bool {
    guard let count, let limit, limit > 0 else { return false }
    return count >= limit
  }
}
