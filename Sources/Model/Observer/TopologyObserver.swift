internal import Labels
internal import LinuxSystem
public import Namespaces
internal import Netlink
internal import NetlinkSocket
internal import OrderedCollections
internal import RTNetlink
internal import Readings
internal import SystemPackage
public import Topology

/// Keeps one snapshot true: the only place where netlink, namespaces and containers meet the model.
///
/// An event never changes the model: it says where to look again. What changes it is a fresh read, whose nsids count in
/// our own table. Work is collected while events are drained and done by `reconcile`, so that a burst costs one pass.
public final class TopologyObserver {
  /// How the observer is to look.
  public struct Options: Sendable {
    /// Where the census looks for namespaces: processes and mounts.
    public var sources: Census.Sources
    /// The name of our own namespace and of the snapshot (gethostname(2)), made safe; empty: the namespace is "host".
    public var hostname: String
    /// The receive buffer for events, in bytes.
    public var receiveBuffer: Int32
    /// Whether missing capabilities are worth a warning.
    public var warnsOfCapabilities: Bool
    /// Whether every message is told as an event, routes and neighbours included (`events`).
    public var tellsEvents: Bool
    /// Whether a container goes by its name within its project (`db`, not `shop-db-1`) where nobody else is called so.
    public var usesShortNames = false

    /// Makes options; the receive buffer is 8 MiB unless given.
    public init(
      sources: Census.Sources = Census.Sources(), hostname: String = "", receiveBuffer: Int32 = 8 << 20,
      warnsOfCapabilities: Bool = true, tellsEvents: Bool = false
    ) {
      self.sources = sources
      self.hostname = hostname
      self.receiveBuffer = receiveBuffer
      self.warnsOfCapabilities = warnsOfCapabilities
      self.tellsEvents = tellsEvents
    }
  }

  /// The model as it is now.
  public private(set) var snapshot: Snapshot
  /// The rates, as of the last `sample`.
  public private(set) var traffic = Traffic()
  /// The thread that may enter namespaces.
  public let entry: EntryThread
  /// Another one, for tables, which take their time; born when somebody asks for the first.
  let tableEntry: EntryThread
  /// Whose the sockets are that listen where somebody looks.
  let socketNames = SocketNames()

  let kernel: KernelReader
  let events: EventStream
  let census: Census
  private let options: Options
  var store = NamespaceStore()
  var pending = PendingWork()
  private var directory = ContainerDirectory()
  var warnings: [String: Warning] = [:]
  var ledger: EventLedger?
  var told: [Event] = []
  /// What is to be read once more a little later.
  var late = LateWork()
  /// Links and namespaces whose reading has failed, until one does not.
  var failures = ReadingFailures()
  /// Which namespaces are to be read again next, for what the kernel does not tell.
  var recheck: [NamespaceID] = []
  /// The ids of the containers of the last snapshot that no engine speaks of.
  public private(set) var unnamed: Set<String> = []
  /// How often events were lost since the start.
  public private(set) var overruns = 0

  /// Opens the sockets, in the order that loses nothing: events are heard before the first dump.
  ///
  /// Throws `RequestError` or `Errno` where not even our own links can be read.
  public init(_ options: Options) throws {
    self.options = options
    var groups = [
      MulticastGroup.link, MulticastGroup.ipv4Address, MulticastGroup.ipv6Address, MulticastGroup.namespaceID,
    ]
    if options.tellsEvents {
      groups += [
        MulticastGroup.ipv4Route, MulticastGroup.ipv6Route, MulticastGroup.ipv4Rule, MulticastGroup.ipv6Rule,
        MulticastGroup.neighbor,
      ]
    }
    events = try EventStream(groups: groups, receiveBuffer: options.receiveBuffer)
    kernel = try KernelReader()
    entry = try EntryThread()
    tableEntry = try EntryThread()
    census = Census(options.sources)
    snapshot = Snapshot(hostname: options.hostname)
    if options.warnsOfCapabilities, let warning = Capabilities().warning { warnings[warning.source] = warning }
    try begin(withHelper: true)
  }

  /// The same over transports that are open: for tests, whose kernel is a script.
  init(_ options: Options, events: EventStream, requests: RequestChannel) throws {
    self.options = options
    self.events = events
    kernel = KernelReader(requests)
    entry = try EntryThread()
    tableEntry = try EntryThread()
    census = Census(options.sources)
    snapshot = Snapshot(hostname: options.hostname)
    try begin(withHelper: false)
  }

  private func begin(withHelper: Bool) throws {
    if options.tellsEvents {
      // What is there at the start is no event.
      ledger = EventLedger()
      ledger?.isSeeding = true
    }
    store[.host].cookie = kernel.requests.namespaceCookie
    // Without /proc our own namespace has no number to be shown.
    store[.host].inode = try? NamespaceFile.ofThread().inode
    try readFirst(withHelper: withHelper)
    ledger?.isSeeding = false
  }

  /// The events since the last call, in order; only with `tellsEvents`.
  public func takeEvents() -> [Event] {
    defer { told = [] }
    return told
  }

  static var microseconds: Int64 { SystemClock.realtimeNanoseconds / 1000 }

  /// What the loop watches.
  public var descriptor: CInt { events.descriptor }

  /// Reads all events that have arrived and remembers where to look again. True where there is work to do.
  public func drain() -> Bool {
    let drained = events.drain { nsid, header, payload in
      note(nsid: nsid, header, payload)
    }
    if drained.overrun {
      pending.everything = true
      pending.census = true
      pending.overruns += 1
      overruns += 1
      if ledger != nil {
        told.append(
          Event(
            microseconds: Self.microseconds, namespace: .host, object: .overrun, action: .changed,
            subject: Say.Changes.eventsLost))
      }
    }
    if let failure = drained.failure {
      // What happened meanwhile is not known: all is read, and whoever looks is told that nothing is heard.
      pending.everything = true
      pending.census = true
      warn("event socket", Say.Observed.deaf("\(failure)"))
    } else if drained.datagrams > 0 {
      warn("event socket", nil)
    }
    return pending.hasWork
  }

  /// Asks for a new census with the next `reconcile`: a mount or a process has come or gone.
  public func noteNamesChanged() { pending.census = true }

  /// Takes what the container engine says; names follow with the next `reconcile`. Processes are looked for again, unless
  /// that was done just now.
  public func adopt(_ directory: ContainerDirectory, rightAfterCensus: Bool = false) {
    guard directory != self.directory else { return }
    self.directory = directory
    if rightAfterCensus { pending.changed = true } else { pending.census = true }
  }

  /// Shows or (nil) takes back the warning of that source.
  public func warn(_ source: String, _ text: @autoclosure () -> String?) {
    // Not the text that was made: the warning says it in two languages.
    let warning = text() == nil ? nil : Warning(source: source, text: text() ?? "")
    if warnings[source] != warning {
      warnings[source] = warning
      pending.naming = true
    }
  }

  /// Whether everything has to be read again: that is dear, and not to be done in every frame.
  public var needsResync: Bool { pending.everything }

  /// Whether there is something that is read better a little later.
  public var hasLateWork: Bool { late.hasWork }

  /// Asks for what was put off to be done with the next `reconcile`.
  public func noteLateWork() {
    pending.addresses.append(contentsOf: late.addresses)
    pending.links.append(contentsOf: late.links)
    pending.dump.append(contentsOf: late.namespaces)
    late = LateWork()
  }

  /// Asks for a part of all namespaces to be read again with the next `reconcile`: dumps leave rows out silently, and
  /// some changes raise no event. Called once a second, everything has its turn within half a minute.
  public func noteRecheck() {
    // While known changes wait to be read, there is no time to look for unknown ones.
    guard pending.links.isEmpty else { return }
    // What could not be read is tried again each time.
    tellFailures()
    pending.links.append(contentsOf: failures.links.keys)
    pending.dump.append(contentsOf: failures.namespaces.keys.filter { store.contains($0) })
    if recheck.isEmpty { recheck = store.all }
    let count = max(1, (store.all.count + 29) / 30)
    let unread = store.all.filter { !store[$0].isReadable }.prefix(64)
    for id in recheck.suffix(count) + unread where store.contains(id) {
      // What could not be read may be readable now.
      store[id].isReadable = true
      pending.dump.append(id)
    }
    recheck.removeLast(min(count, recheck.count))
  }

  /// Whether there is something to read again.
  public var hasWork: Bool { pending.hasWork }

  /// Reads again what has to be read again. True where the snapshot changed.
  ///
  /// `mustStop` is asked between two readings: what is not done when it says so is left for the next call, first come,
  /// first served. Every reading waits for the kernel's one lock on links, and others who hold it all the time must not
  /// keep what is known already from being shown.
  @discardableResult
  public func reconcile(mustStop: () -> Bool = { false }) throws -> Bool {
    guard pending.hasWork else { return false }
    var work = pending
    pending = PendingWork()
    pending.changed = work.changed
    pending.overruns = work.overruns
    let unswept = work.everything ? try sweepIDs(&work) : work.unswept
    if work.census { adopt(census.take(kernel.requests, cookie: cookie), &work) }
    store.ownNSID = kernel.ownNamespaceID()
    openBorn(&work)
    if work.everything { readAgain(&work) }
    try read(&work, mustStop)
    if let unswept {
      if mustStop() {
        pending.unswept = unswept
      } else {
        sweepRest(behind: unswept, &work)
        openBorn(&work)
        try read(&work, mustStop)
      }
    }
    if pending.changed || work.census { return publish() }
    return work.naming ? publish(isModelNew: false) : false
  }

  /// Makes the next snapshot; false where nothing that is shown differs from the last one.
  @discardableResult
  func publish(isModelNew: Bool = true) -> Bool {
    var next = snapshot
    // Where only a warning came or went, the model is the same.
    if isModelNew {
      let naming = store.naming(directory, usesShortNames: options.usesShortNames)
      next.networks = directory.networks
      next.namespaces = store.model(naming, hostname: options.hostname)
      unnamed = naming.unnamed
      keepNames(in: &next)
      let living = Set(next.namespaces.values.flatMap { $0.containers.map(\.id) })
      next.stoppedContainers = directory.containers.values
        .filter { !living.contains($0.id) && !$0.isAlive }.sorted { $0.name < $1.name }
    }
    if pending.overruns > 0 {
      warnings["events"] = Warning(source: "events", text: Say.Observed.eventsLost)
    }
    next.warnings = warnings.values.sorted { $0.source < $1.source }
    if isModelNew { pending.changed = false }
    pending.overruns = 0
    guard next != snapshot else { return false }
    next.revision += 1
    next.takenAt = Timestamp(milliseconds: SystemClock.realtimeNanoseconds / 1_000_000)
    snapshot = next
    let current = snapshot
    traffic.prune { current.link($0) != nil }
    return true
  }

  /// A container's processes end before its namespace does: until that is gone it keeps its name.
  private func keepNames(in next: inout Snapshot) {
    for id in next.namespaces.ids {
      guard next.namespaces[id]?.kind == .unknown, let old = snapshot.namespaces[id], old.kind == .container else {
        continue
      }
      next.namespaces[id]?.kind = old.kind
      next.namespaces[id]?.name = old.name
      next.namespaces[id]?.containers = old.containers
    }
  }

  /// Reads the counters of all links of our own namespace, and of `others` one by one, and works out rates.
  ///
  /// A container's eth0 counts what its near end counts with rx and tx swapped: one request for all of them.
  public func sample(others: [LinkRef] = []) throws {
    let now = Double(SystemClock.monotonicNanoseconds) / 1e9
    for (index, counters) in try kernel.statistics() {
      let ref = LinkRef(.host, index)
      guard let link = snapshot.link(ref) else { continue }
      traffic.record(counters, of: ref, at: now)
      if let far = link.peerLink, far.namespace != .host { traffic.record(counters.swapped, of: far, at: now) }
    }
    for ref in others where ref.namespace != .host {
      if case .some(.host) = snapshot.link(ref)?.peerLink?.namespace { continue }
      if let counters = counters(of: ref) { traffic.record(counters, of: ref, at: now) }
    }
  }

  /// The counters of one link, read now; nil where it has gone or can't be read.
  public func counters(of ref: LinkRef) -> Counters? {
    guard store.contains(ref.namespace), ref.namespace == .host || store[ref.namespace].nsid != nil else { return nil }
    // Whoever asks takes a link that can't be read for one that counts nothing that is known.
    let message = (try? kernel.link(nsid: store[ref.namespace].nsid, index: ref.index)) ?? nil
    return message?.stats.map(LinkRecord.counters)
  }

  /// The links of a namespace by number and name, for those who go there.
  func namedLinks(of id: NamespaceID) -> [TableReader.Named] {
    guard store.contains(id) else { return [] }
    return store[id].links.rows.map { TableReader.Named(index: $0.link.id.index, name: $0.nameBytes) }
  }

  /// Whether the next `reconcile` looks for namespaces, names and ways in.
  public var needsCensus: Bool { pending.census }

  /// The ways into other namespaces; those that are known only by their links have none.
  public var files: [NamespaceID: NamespaceFile] {
    var files: [NamespaceID: NamespaceFile] = [:]
    for id in store.all { files[id] = store[id].sighting?.file }
    return files
  }

  /// A way into a namespace; nil for one that is known only by its links.
  public func file(of id: NamespaceID) -> NamespaceFile? {
    // Without /proc there is no way in even to our own.
    if id == .host { return try? NamespaceFile.ofThread() }
    return store.contains(id) ? store[id].sighting?.file : nil
  }
}
