internal import LinuxSystem
internal import Netlink
internal import NetlinkSocket
internal import Paths
internal import Questions
internal import SockDiag
internal import SystemPackage
internal import Topology

/// The sockets that listen in a namespace (sock_diag(7)).
enum Listening {
  /// Reads them, those of IPv4 first; `ports` are those whose programs are looked for.
  static func read(
    in namespace: NamespaceID, programsOf ports: Set<UInt16>, _ access: KernelAccess
  ) throws(Unread) -> [Listener] {
    let result = try access.visit(namespace) { dump() }
    let sockets: [(transport: TransportProtocol, socket: SocketMessage)]
    switch result {
    case .success(let found): sockets = found
    case .failure(let error): throw Unread("sock_diag: \(error)")
    }
    let wanted = Set(sockets.map(\.socket).filter { ports.contains($0.port) && $0.inode != 0 }.map(\.inode))
    let owners = wanted.isEmpty ? [:] : SocketOwners.find(wanted, access.snapshot().namespaces[namespace]?.inode)
    return sockets.compactMap { transport, socket in
      IPAddress(socket.address).map { address in
        Listener(
          transport, address: address, port: socket.port, isIPv6Only: socket.isIPv6Only, waiting: socket.receiveQueue,
          backlog: transport == .tcp ? socket.sendQueue : nil, program: owners[socket.inode])
      }
    }
  }

  /// To be run inside the namespace.
  private static func dump() -> Result<[(transport: TransportProtocol, socket: SocketMessage)], RequestError> {
    Result { () throws(RequestError) in
      var found: [(transport: TransportProtocol, socket: SocketMessage)] = []
      let channel = try RequestChannel(family: SocketMessage.netlinkFamily)
      for (transport, kind) in [(TransportProtocol.tcp, SocketMessage.Kind.listeningTCP), (.udp, .unconnectedUDP)] {
        for family in [UInt8(2), 10] {
          let start = found.count
          try channel.perform(SocketMessage.dump(kind, family: family), operation: "SOCK_DIAG_BY_FAMILY") {
            header, payload throws(DecodeError) in
            guard header.type == SocketMessage.type, found.count < limit else { return }
            let socket = try SocketMessage(payload)
            if socket.state == kind.state { found.append((transport, socket)) }
          } restart: {
            found.removeSubrange(start...)
          }
        }
      }
      return found
    }
  }

  /// More sockets than this are not looked at.
  private static let limit = 65_536
}

/// Which programs have sockets open, by the links below /proc/PID/fd.
enum SocketOwners {
  /// The most processes that are looked at, descriptors of each, and descriptors in all: they can be anybody's.
  private static let processLimit = 4096
  private static let descriptorLimit = 1024
  private static let budget = 20_000

  /// The names of programs by the inodes of their sockets; where several have one open, the first that is seen. Those
  /// of the namespace with that inode are looked at first, the others only for what is left: an engine's name server
  /// has its sockets in the container, and lives outside.
  static func find(_ inodes: Set<UInt32>, _ namespace: UInt64?) -> [UInt32: String] {
    var names: [UInt32: String] = [:]
    // Without /proc the programs stay unnamed.
    guard let entries = try? SmallFile.names(in: "/proc") else { return names }
    let processes = entries.filter { $0.allSatisfy { (0x30...0x39).contains($0) } }.prefix(processLimit)
      .map { String(decoding: $0, as: UTF8.self) }
    let home = namespace.map { Array("net:[\($0)]".utf8) }
    let (inside, outside) = processes.reduce(into: ([String](), [String]())) { halves, process in
      // One that is gone by now, or that we may not look into, has nothing to tell.
      let link = try? SmallFile.target(of: "/proc/\(process)/ns/net")
      if let link, link == home { halves.0.append(process) } else { halves.1.append(process) }
    }
    var budget = budget
    for process in inside + outside where names.count < inodes.count { look(process, inodes, &names, &budget) }
    return names
  }

  private static func look(
    _ process: String, _ inodes: Set<UInt32>, _ names: inout [UInt32: String], _ budget: inout Int
  ) {
    // One that is gone by now, or that we may not look into, has nothing to tell.
    guard let descriptors = try? SmallFile.names(in: "/proc/\(process)/fd") else { return }
    for descriptor in descriptors.prefix(min(descriptorLimit, budget)) {
      budget -= 1
      let path = "/proc/\(process)/fd/\(String(decoding: descriptor, as: UTF8.self))"
      // A descriptor that was closed meanwhile is none of those that are looked for.
      guard let target = try? SmallFile.target(of: path), target.starts(with: Array("socket:[".utf8)),
        let inode = UInt32(String(decoding: target.dropFirst(8).dropLast(), as: UTF8.self)), inodes.contains(inode),
        names[inode] == nil
      else { continue }
      // Without a name it is no answer.
      guard let name = try? SmallFile.read("/proc/\(process)/comm", limit: 64) else { return }
      names[inode] = SafeText.decode(name.prefix { $0 != 10 })
    }
  }
}
