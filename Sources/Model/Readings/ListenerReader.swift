internal import LinuxSystem
internal import Netlink
public import NetlinkSocket
internal import SockDiag
public import Topology

/// The sockets that listen in a namespace (sock_diag(7)): of TCP, and of UDP those without a far end.
public struct ListenerReader: Sendable {
  /// More sockets than this are not looked at.
  public static let limit = 65_536

  private let sockets: [(transport: TransportProtocol, socket: SocketMessage)]

  /// Reads them, those of TCP and of IPv4 first. To be run inside the namespace; nothing stays open.
  public init() throws(RequestError) {
    var found: [(transport: TransportProtocol, socket: SocketMessage)] = []
    let channel = try RequestChannel(family: SocketMessage.netlinkFamily)
    for (transport, kind) in [(TransportProtocol.tcp, SocketMessage.Kind.listeningTCP), (.udp, .unconnectedUDP)] {
      for family in [UInt8(2), 10] {
        let start = found.count
        try channel.perform(SocketMessage.dump(kind, family: family), operation: "SOCK_DIAG_BY_FAMILY") {
          header, payload throws(DecodeError) in
          guard header.type == SocketMessage.type, found.count < Self.limit else { return }
          let socket = try SocketMessage(payload)
          if socket.state == kind.state { found.append((transport, socket)) }
        } restart: {
          found.removeSubrange(start...)
        }
      }
    }
    sockets = found
  }

  /// Whether there were more than are looked at.
  public var isCut: Bool { sockets.count >= Self.limit }

  /// The inodes of those on the ports; nil: of all.
  public func inodes(of ports: Set<UInt16>?) -> Set<UInt32> {
    Set(sockets.map(\.socket).filter { $0.inode != 0 && ports?.contains($0.port) ?? true }.map(\.inode))
  }

  /// The listeners; `programs` are names by the inodes of the sockets.
  public func listeners(_ programs: [UInt32: String]) -> [Listener] {
    sockets.compactMap { transport, socket in
      IPAddress(socket.address).map { address in
        Listener(
          transport, address: address, port: socket.port, isIPv6Only: socket.isIPv6Only, waiting: socket.receiveQueue,
          backlog: transport == .tcp ? socket.sendQueue : nil, program: programs[socket.inode])
      }
    }
  }
}
