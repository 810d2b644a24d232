internal import NetlinkSocket
internal import Questions
internal import Readings
internal import Topology

/// The sockets that listen in a namespace (sock_diag(7)).
enum Listening {
  /// Reads them, those of IPv4 first; `ports` are those whose programs are looked for.
  static func read(
    in namespace: NamespaceID, programsOf ports: Set<UInt16>, _ access: KernelAccess
  ) throws(Unread) -> [Listener] {
    let result = try access.visit(namespace) { Result { () throws(RequestError) in try ListenerReader() } }
    let reader: ListenerReader
    switch result {
    case .success(let found): reader = found
    case .failure(let error): throw Unread("sock_diag: \(error)")
    }
    let wanted = reader.inodes(of: ports)
    let names = wanted.isEmpty ? [:] : SocketOwners.find(wanted, access.snapshot().namespaces[namespace]?.inode)
    return reader.listeners(names)
  }
}
