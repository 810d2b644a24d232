public import Netlink

extension RouteMessage {
  /// A question to the kernel's routing: where would a packet of these addresses go?
  public struct Lookup: Hashable, Sendable {
    /// 4 or 16 bytes; the source, where there is one, of the same family.
    public var destination: [UInt8]
    /// `RTA_SRC`; nil: the kernel chooses it.
    public var source: [UInt8]?
    /// `RTA_IIF`: the packet came in by that link, so it is not the namespace's own.
    public var inputIndex: UInt32?
    /// `RTA_OIF`.
    public var outputIndex: UInt32?
    /// `RTA_MARK`; 0 is not sent.
    public var mark: UInt32
    /// `RTA_IP_PROTO`.
    public var ipProtocol: UInt8?
    /// `RTA_DPORT`.
    public var destinationPort: UInt16?

    /// Makes a question.
    public init(
      destination: [UInt8], source: [UInt8]? = nil, inputIndex: UInt32? = nil, outputIndex: UInt32? = nil,
      mark: UInt32 = 0, ipProtocol: UInt8? = nil, destinationPort: UInt16? = nil
    ) {
      self.destination = destination
      self.source = source
      self.inputIndex = inputIndex
      self.outputIndex = outputIndex
      self.mark = mark
      self.ipProtocol = ipProtocol
      self.destinationPort = destinationPort
    }
  }

  /// `RTM_GETROUTE` of one packet, answered with the route that the kernel resolves for it (no `RTM_F_FIB_MATCH`).
  ///
  /// For IPv4, `RTM_F_LOOKUP_TABLE` makes the kernel name the route's table; without the flag it always says main. For
  /// IPv6 it always names the table, and strict checking refuses the flag.
  public static func lookup(_ question: Lookup) -> MessageBuilder {
    let isIPv6 = question.destination.count == 16
    let bits = UInt8(truncatingIfNeeded: question.destination.count * 8)
    var message = MessageBuilder(type: MessageType.getRoute, flags: [.request])
    // struct rtmsg: family, two prefix lengths, tos, table, protocol, scope, type, flags
    message.fixed(
      isIPv6 ? Family.inet6 : Family.inet, bits, question.source == nil ? UInt8(0) : bits, UInt8(0), UInt8(0),
      UInt8(0), UInt8(0), UInt8(0), isIPv6 ? 0 : Flag.lookupTable,
    )
    message.attribute(Attribute.destination, question.destination)
    if let source = question.source { message.attribute(Attribute.source, source) }
    if let index = question.inputIndex { message.attribute(Attribute.inputIndex, index) }
    if let index = question.outputIndex { message.attribute(Attribute.outputIndex, index) }
    if question.mark != 0 { message.attribute(Attribute.mark, question.mark) }
    if let number = question.ipProtocol { message.attribute(Attribute.ipProtocol, number) }
    if let port = question.destinationPort { message.attribute(Attribute.destinationPort, port.bigEndian) }
    return message
  }

  /// `RTN_*` in words: `unicast`, `local`, `blackhole` …; the number where it has no word.
  public var typeName: String { Kind(rawValue: type).map { "\($0)" } ?? String(type) }

  /// `RTPROT_*` in words: `kernel`, `static`, `dhcp` …; the number where it has no word.
  public var originName: String { Origin(rawValue: routingProtocol).map { "\($0)" } ?? String(routingProtocol) }
}
