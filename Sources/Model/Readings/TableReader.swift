internal import CLinux
internal import LinuxSystem
internal import Namespaces
internal import Netlink
public import NetlinkSocket
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
    /// Where it is asked which programs hold it, as they do a tun or tap device: the inodes of the other namespaces that
    /// have a device of that name. It is looked for through /proc.
    public var rivals: Set<UInt64>?

    /// Makes a name.
    public init(index: UInt32, name: [UInt8]) {
      self.index = index
      self.name = name
    }
  }

  /// How the programs of what listens are looked for; nil: it is not asked what listens.
  public var programs: ProgramSearch?

  /// How programs are looked for.
  public enum ProgramSearch: Sendable {
    /// Among these processes only.
    case among([Int32])
    /// Among all, with what is known from the last time.
    case all(SocketNames)
  }

  /// Makes a reader of a namespace's tables.
  public init(rowLimit: Int, namespace: NamespaceID, links: [Named]) {
    self.rowLimit = rowLimit
    self.namespace = namespace
    self.links = links
  }

  /// Reads them all; what could not be read, or not to its end, is named in the result's `unread`.
  public func read() -> NetworkTables {
    var tables = NetworkTables()
    do {
      read(&tables, through: try RequestChannel())
    } catch {
      tables.gaps.append(.unread(.all, "\(error)"))
    }
    readSysctls(&tables)
    // Of several taps, all in one search.
    let survey = links.count { $0.rivals != nil } > 1 ? TapHolders().survey() : nil
    for link in links {
      if let device = Self.device(link.name) { tables.devices[LinkRef(namespace, link.index)] = device }
      if let rivals = link.rivals { readHolders(of: link, rivals, survey, &tables) }
    }
    if let programs { readListeners(&tables, programs) }
    return tables
  }

  private func readListeners(_ tables: inout NetworkTables, _ programs: ProgramSearch) {
    do {
      let reader = try ListenerReader()
      let inodes = reader.inodes(of: nil)
      let names =
        switch programs {
        case .among(let processes): SocketOwners.find(inodes, among: processes)
        // Without /proc nobody can be found, and the sockets stay without a name.
        case .all(let known): known.find(inodes, try? NamespaceFile.ofThread().inode)
        }
      tables.listeners = reader.listeners(names)
      if reader.isCut { tables.gaps.append(.onlyFirst(.listeners, ListenerReader.limit)) }
    } catch {
      // A kernel may be built without it.
      tables.gaps.append(.unread(.listeners, "\(error)"))
    }
  }

  private func readHolders(
    of link: Named, _ rivals: Set<UInt64>, _ survey: [[UInt8]: [TapHolders.Holder]]?, _ tables: inout NetworkTables
  ) {
    // Without /proc nobody can be found, and nothing is said.
    guard let inode = try? NamespaceFile.ofThread().inode else { return }
    let found =
      survey.map { TapHolders.choose($0[link.name] ?? [], inode: inode, rivals: rivals) }
      ?? TapHolders().find(link.name, inode: inode, rivals: rivals)
    if let holders = found {
      tables.holders[LinkRef(namespace, link.index)] = holders.map {
        NetworkTables.Holder(
          NamespaceProcess(pid: $0.pid, name: SafeText.decode($0.name)),
          elsewhere: $0.namespace == inode ? nil : $0.namespace, guest: $0.guest.map(SafeText.decode))
      }
    } else {
      tables.gaps.append(.notAmongFiles(TapHolders.fileLimit))
    }
  }

  /// Reads what the kernel has tables of, by a channel that is open in the namespace.
  public func read(_ tables: inout NetworkTables, through requests: RequestChannel) {
    read(.routes, &tables) { tables throws(RequestError) in
      try dump(requests, RouteMessage.dump(), "RTM_GETROUTE", MessageType.newRoute, into: &tables.routes) {
        payload throws(DecodeError) in TableRecords.route(try RouteMessage(payload), in: namespace)
      }
    }
    for family in [Family.inet, Family.inet6] {
      read(.rules, &tables) { tables throws(RequestError) in
        try dump(requests, RuleMessage.dump(family: family), "RTM_GETRULE", MessageType.newRule, into: &tables.rules) {
          payload throws(DecodeError) in TableRecords.rule(try RuleMessage(payload))
        }
      }
    }
    read(.neighbors, &tables) { tables throws(RequestError) in
      try dump(requests, NeighborMessage.dump(), "RTM_GETNEIGH", MessageType.newNeighbor, into: &tables.neighbors) {
        payload throws(DecodeError) in TableRecords.neighbor(try NeighborMessage(payload), in: namespace)
      }
    }
    read(.proxies, &tables) { tables throws(RequestError) in
      let request = NeighborMessage.dump(flags: NeighborMessage.Flag.proxy)
      try dump(requests, request, "RTM_GETNEIGH", MessageType.newNeighbor, into: &tables.proxies) {
        payload throws(DecodeError) in TableRecords.neighbor(try NeighborMessage(payload), in: namespace)
      }
    }
    read(.fdb, &tables) { tables throws(RequestError) in
      let request = NeighborMessage.dump(family: Family.bridge)
      try dump(requests, request, "RTM_GETNEIGH", MessageType.newNeighbor, into: &tables.fdb) {
        payload throws(DecodeError) in TableRecords.forwarding(try NeighborMessage(payload), in: namespace)
      }
    }
    readBridges(&tables, through: requests)
    let counts: [(NetworkTables.Part, Int)] = [
      (.routes, tables.routes.count), (.neighbors, tables.neighbors.count), (.fdb, tables.fdb.count),
    ]
    for (part, count) in counts where count >= rowLimit { tables.gaps.append(.onlyFirst(part, rowLimit)) }
  }

  func read(
    _ part: NetworkTables.Part, _ tables: inout NetworkTables,
    _ body: (inout NetworkTables) throws(RequestError) -> Void
  ) {
    do {
      try body(&tables)
    } catch {
      // A kernel without IPv6, or without bridges, has no such table.
      if error.isNotSupported { return }
      // Each row that is there is true, but one that is not there may exist.
      tables.gaps.append(error.isInterrupted ? .perhapsNotAll(part, "\(error)") : .unread(part, "\(error)"))
    }
  }

  /// Appends all rows of a dump, each once: the kernel may hand one out twice, and may leave one out, while its table
  /// changes. What has come is there, too, where it throws.
  private func dump<Row: Hashable>(
    _ requests: RequestChannel, _ request: MessageBuilder, _ operation: String, _ type: UInt16,
    into rows: inout [Row], _ row: (RawSpan) throws(DecodeError) -> Row?
  ) throws(RequestError) {
    var new: [Row] = []
    var seen: Set<Row> = []
    defer { rows += new }
    try requests.perform(request, operation: operation) { header, payload throws(DecodeError) in
      guard header.type == type, new.count < rowLimit, let row = try row(payload) else { return }
      if seen.insert(row).inserted { new.append(row) }
    } restart: {
      new.removeAll(keepingCapacity: true)
      seen.removeAll(keepingCapacity: true)
    }
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
