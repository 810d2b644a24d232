public import Netlink

/// Requests that change routes: for the laboratory.
public enum RouteChange {
  /// `RTM_NEWROUTE` of a default route by way of an IPv4 gateway.
  public static func addDefault(gateway: [UInt8]) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newRoute, flags: [.request, .ack, .create])
    // struct rtmsg: family, two prefix lengths, tos, table main, protocol boot, scope universe, type unicast, flags
    message.fixed(Family.inet, UInt8(0), UInt8(0), UInt8(0), UInt8(254), UInt8(3), UInt8(0), UInt8(1), UInt32(0))
    message.attribute(5, gateway)  // RTA_GATEWAY
    return message
  }

  /// `RTM_NEWROUTE` of an IPv4 route of type blackhole, which swallows what it matches.
  public static func addBlackhole(_ destination: [UInt8], prefixLength: UInt8) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newRoute, flags: [.request, .ack, .create])
    // As above; the type is RTN_BLACKHOLE.
    message.fixed(Family.inet, prefixLength, UInt8(0), UInt8(0), UInt8(254), UInt8(3), UInt8(0), UInt8(6), UInt32(0))
    message.attribute(1, destination)  // RTA_DST
    return message
  }
}
