public import Netlink

/// A TCP or UDP socket, as `SOCK_DIAG_BY_FAMILY` describes it (`struct inet_diag_msg`, sock_diag(7)).
public struct SocketMessage: Hashable, Sendable {
  /// `AF_INET` (2) or `AF_INET6` (10).
  public var family: UInt8
  /// `TCP_*`: 10 is `TCP_LISTEN`.
  public var state: UInt8
  /// The local address in network order, 4 or 16 bytes; all zeros: every address.
  public var address: [UInt8]
  /// The local port.
  public var port: UInt16
  /// The ifindex that the socket is bound to; 0: none.
  public var interface: UInt32
  /// Bytes that wait to be read; of a listener, connections that wait to be accepted (`idiag_rqueue`).
  public var receiveQueue: UInt32
  /// Bytes that wait to be sent; of a listener, how many connections may wait (`idiag_wqueue`, the backlog).
  public var sendQueue: UInt32
  /// The inode of its file; 0: nobody has it open any more.
  public var inode: UInt32
  /// `INET_DIAG_SKV6ONLY`: whether a socket of IPv6 takes no IPv4.
  public var isIPv6Only = false

  /// What is asked for.
  public enum Kind: Sendable {
    /// Sockets of TCP that listen.
    case listeningTCP
    /// Sockets of UDP without a far end: they take what comes from anybody.
    case unconnectedUDP

    /// `TCP_LISTEN`, and for UDP `TCP_CLOSE`.
    public var state: UInt8 { self == .listeningTCP ? 10 : 7 }
    /// `IPPROTO_TCP`, `IPPROTO_UDP`.
    fileprivate var number: UInt8 { self == .listeningTCP ? 6 : 17 }
  }

  private enum Attribute {
    /// `INET_DIAG_SKV6ONLY`.
    static let isIPv6Only: UInt16 = 11
  }

  /// `sizeof(struct inet_diag_msg)`.
  private static let size = 72

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= Self.size, let family = payload.u8(0), let state = payload.u8(1),
      let port = payload.u16(4), let interface = payload.u32(40), let receiveQueue = payload.u32(56),
      let sendQueue = payload.u32(60), let inode = payload.u32(68)
    else { throw .short("inet_diag_msg", payload.byteCount) }
    self.family = family
    self.state = state
    self.port = UInt16(bigEndian: port)
    address = (8..<(family == 10 ? 24 : 12)).compactMap { payload.u8($0) }
    self.interface = interface
    self.receiveQueue = receiveQueue
    self.sendQueue = sendQueue
    self.inode = inode
    try forEachAttribute(of: "inet_diag_msg", in: payload, from: Self.size) { type, value in
      if type == Attribute.isIPv6Only { isIPv6Only = value.u8(0) == 1 }
    }
  }

  /// The protocol of the netlink socket: `NETLINK_SOCK_DIAG`.
  public static let netlinkFamily: Int32 = 4
  /// `SOCK_DIAG_BY_FAMILY`: the type of requests and answers.
  public static let type: UInt16 = 20

  /// A dump of such sockets of a family (`struct inet_diag_req_v2`).
  public static func dump(_ kind: Kind, family: UInt8) -> MessageBuilder {
    var message = MessageBuilder(type: type, flags: [.request, .dump])
    // sdiag_family, sdiag_protocol, idiag_ext, pad, idiag_states.
    let extensions: UInt8 = 0
    let padding: UInt8 = 0
    let states = UInt32(1) << UInt32(kind.state)
    message.fixed(family, kind.number, extensions, padding, states)
    // struct inet_diag_sockid: nothing is asked of it.
    for _ in 0..<6 { message.fixed(UInt64(0)) }
    return message
  }
}
