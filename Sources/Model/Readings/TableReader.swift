internal import CLinux
internal import LinuxSystem
internal import Namespaces
internal import Netlink
internal import NetlinkSocket
internal import RTNetlink
internal import SystemPackage
public import Topology

/// Reads the tables of one namespace. To be run inside it, on the thread that may enter: nothing stays open.
public struct TableReader: Sendable {
  /// How many rows of one table are kept at most; `unread` says where that was reached. A full Internet routing table
  /// is no thing for a pane.
  public let rowLimit: Int
  /// The namespace that is read.
  public let namespace: NamespaceID
  /// Links whose settings and drivers are wanted: ifindex and name bytes.
  public let links: [Named]

  /// A link by its number and its name.
  public struct Named: Sendable {
    /// The ifindex.
    public var index: UInt32
    /// The name's bytes (`IFLA_IFNAME`).
    public var name: [UInt8]

    /// Makes a name.
    public init(index: UInt32, name: [UInt8]) {
      self.index = index
      self.name = name
    }
  }

  /// Makes a reader of a namespace's tables.
  public init(rowLimit: Int, namespace: NamespaceID, links: [Named]) {
    self.rowLimit = rowLimit
    self.namespace = namespace
    self.links = links
  }

  /// Reads them all; what could not be read is named in the result's `unread`.
  public func read() -> NetworkTables {
    var tables = NetworkTables()
    do {
      let requests = try RequestChannel()
      read("routes", &tables) { tables in
        tables.routes = try rows(requests, RouteMessage.dump(), "RTM_GETROUTE", MessageType.newRoute) {
          TableRecords.route(try RouteMessage($0), in: namespace)
        }
      }
      read("rules", &tables) { tables in
        for family in [Family.inet, Family.inet6] {
          tables.rules += try rows(requests, RuleMessage.dump(family: family), "RTM_GETRULE", MessageType.newRule) {
            TableRecords.rule(try RuleMessage($0))
          }
        }
      }
      read("neighbours", &tables) { tables in
        tables.neighbors = try rows(
          requests, NeighborMessage.dump(), "RTM_GETNEIGH", MessageType.newNeighbor
        ) { TableRecords.neighbor(try NeighborMessage($0), in: namespace) }
      }
      read("fdb", &tables) { tables in
        tables.fdb = try rows(
          requests, NeighborMessage.dump(family: Family.bridge), "RTM_GETNEIGH", MessageType.newNeighbor
        ) { TableRecords.forwarding(try NeighborMessage($0), in: namespace) }
      }
      read("port VLANs", &tables) { tables in
        try requests.perform(LinkRequest.portVLANs(), operation: "RTM_GETLINK") { header, payload in
          guard header.type == MessageType.newLink else { return }
          let message = try LinkMessage(payload)
          let vlans = message.vlans.map {
            NetworkTables.PortVLAN(
              first: $0.first, last: $0.last, isPVID: $0.flags & 2 != 0, isUntagged: $0.flags & 4 != 0)
          }
          if !vlans.isEmpty { tables.vlans[LinkRef(namespace, UInt32(bitPattern: message.index))] = vlans }
        }
      }
    } catch {
      tables.unread.append("tables: \(error)")
    }
    for (name, count) in [
      ("routes", tables.routes.count), ("neighbours", tables.neighbors.count), ("fdb", tables.fdb.count),
    ] where count >= rowLimit { tables.unread.append("\(name): only the first \(rowLimit)") }
    readSysctls(&tables)
    for link in links {
      if let device = Self.device(link.name) { tables.devices[LinkRef(namespace, link.index)] = device }
    }
    return tables
  }

  private func read(
    _ what: String, _ tables: inout NetworkTables, _ body: (inout NetworkTables) throws -> Void
  ) {
    do {
      try body(&tables)
    } catch {
      // A kernel without IPv6, or without bridges, has no such table.
      if let refused = error as? RequestError, refused.isNotSupported { return }
      tables.unread.append("\(what): \(error)")
    }
  }

  /// All rows of a dump, each once: the kernel may hand one out twice, and may leave one out, while its table changes.
  private func rows<Row: Hashable>(
    _ requests: RequestChannel, _ request: MessageBuilder, _ operation: String, _ type: UInt16,
    _ row: (RawSpan) throws -> Row?
  ) throws -> [Row] {
    var rows: [Row] = []
    var seen: Set<Row> = []
    do {
      try requests.perform(request, operation: operation) { header, payload in
        guard header.type == type, rows.count < rowLimit, let row = try row(payload) else { return }
        if seen.insert(row).inserted { rows.append(row) }
      } restart: {
        rows.removeAll(keepingCapacity: true)
        seen.removeAll(keepingCapacity: true)
      }
    } catch {
      if !error.isInterrupted { throw error }
    }
    return rows
  }

  private static func device(_ name: [UInt8]) -> NetworkTables.Device? {
    guard name.count < 16 else { return nil }
    var driver = [CChar](repeating: 0, count: 32)
    var speed: UInt32 = 0
    let text = name.map { CChar(bitPattern: $0) } + [0]
    guard unsafe nt_ethtool(text, &driver, &speed) == 0 else { return nil }
    let bytes = driver.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    // SPEED_UNKNOWN is all ones; a link that is down says 0 or that.
    return NetworkTables.Device(
      driver: SafeText.decode(bytes), speed: speed == 0 || speed == .max ? nil : speed)
  }
}
