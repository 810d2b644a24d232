public import Netlink

/// Requests that change routes: for the laboratory.
public enum RouteChange {
  /// `RTM_NEWROUTE` of a default route by way of an IPv4 gateway.
  public static func addDefault(gateway: [UInt8]) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newRoute, flags: [.request, .ack, .create])
    message.routeHeader(prefixLength: 0, .unicast)
    message.attribute(RouteMessage.Attribute.gateway, gateway)
    return message
  }

  /// `RTM_NEWROUTE` of an IPv4 route of type blackhole, which swallows what it matches.
  public static func addBlackhole(_ destination: [UInt8], prefixLength: UInt8) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newRoute, flags: [.request, .ack, .create])
    message.routeHeader(prefixLength: prefixLength, .blackhole)
    message.attribute(RouteMessage.Attribute.destination, destination)
    return message
  }
}

extension MessageBuilder {
  /// Appends `struct rtmsg` of a route of IPv4: family, two prefix lengths, tos, table, protocol, scope, type, flags.
  fileprivate mutating func routeHeader(prefixLength: UInt8, _ kind: RouteMessage.Kind) {
    fixed(
      Family.inet, prefixLength, UInt8(0), UInt8(0), RouteMessage.Table.main, RouteMessage.Origin.boot.rawValue,
      RouteMessage.Scope.universe, kind.rawValue, UInt32(0))
  }
}
