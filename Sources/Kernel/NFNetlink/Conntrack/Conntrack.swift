public import Netlink

/// What is asked of connection tracking (linux/netfilter/nfnetlink.h, nfnetlink_conntrack.h). Nothing of it changes anything.
public enum Conntrack {
  /// `NFNL_SUBSYS_CTNETLINK`, in the upper byte of a message's type.
  private static let subsystem: UInt16 = 1

  private enum Message {
    /// `IPCTNL_MSG_CT_NEW`: an entry.
    static let entry: UInt16 = 0
    /// `IPCTNL_MSG_CT_GET`.
    static let get: UInt16 = 1
    /// `IPCTNL_MSG_CT_GET_STATS_CPU`: also the type of its answers.
    static let statistics: UInt16 = 4
  }

  /// The type of a message that holds an entry.
  public static let entryType = subsystem << 8 | Message.entry
  /// The type of a message that holds the numbers of one processor.
  public static let statisticsType = subsystem << 8 | Message.statistics

  /// A dump of the entries of a family; nil: of both.
  public static func entries(_ family: NFFamily?) -> MessageBuilder {
    dump(Message.get, family?.rawValue ?? 0)
  }

  /// A dump of the numbers of each processor.
  public static func statistics() -> MessageBuilder { dump(Message.statistics, 0) }

  private static func dump(_ type: UInt16, _ family: UInt8) -> MessageBuilder {
    var message = MessageBuilder(type: subsystem << 8 | type, flags: [.request, .dump])
    // struct nfgenmsg: family, version, resource
    let version: UInt8 = 0
    let resource: UInt16 = 0
    message.fixed(family, version, resource)
    return message
  }
}

/// What connection tracking could not do, of one processor since the namespace was made (`CTA_STATS_*`).
public struct ConntrackStatistics: Hashable, Sendable {
  /// Packets that were dropped because no entry could be made for them: the table is full.
  public var dropped: UInt32 = 0
  /// Entries that were made and not taken: the same flow was there already, or no port is left to translate to.
  public var insertFailed: UInt32 = 0
  /// Entries that had to make room for others.
  public var droppedEarly: UInt32 = 0

  /// Decodes the payload behind the message's header.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= 4 else { throw .short("nfgenmsg", payload.byteCount) }
    try forEachAttribute(of: "nfgenmsg", in: payload, from: 4) { type, value in
      let number = value.u32().map { UInt32(bigEndian: $0) } ?? 0
      switch type {
      case ConntrackAttribute.Statistics.insertFailed: insertFailed = number
      case ConntrackAttribute.Statistics.dropped: dropped = number
      case ConntrackAttribute.Statistics.droppedEarly: droppedEarly = number
      default: break
      }
    }
  }
}
