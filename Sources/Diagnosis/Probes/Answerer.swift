public import LinuxSystem
public import Questions
public import Topology

/// Answers questions about the kernel, several at a time, on the event loop.
///
/// What takes long (tools, probes, the trace), and what may wait for the kernel's lock on links (counters, tables), goes on
/// between the loop's other work; what is read at once (routes, listening ports) takes well under a millisecond each.
public final class Answerer {
  /// Reads the tables of a namespace, and calls back at once or later.
  public typealias TableReading = (NamespaceID, @escaping (Result<NetworkTables, Unread>) -> Void) -> Void

  private let access: KernelAccess
  private let tables: TableReading
  private let loop: EventLoop
  private var tasks: [Int: any ProbeTask] = [:]
  private var next = 0
  private var isStopped = false

  /// Makes an answerer; it gets into namespaces by `access`, and `tables` reads their tables.
  public init(access: KernelAccess, tables: @escaping TableReading, loop: EventLoop) {
    self.access = access
    self.tables = tables
    self.loop = loop
  }

  /// Answers one question; `reply` is called once, perhaps before this returns, and never after `stop`.
  public func ask(_ question: Question, _ reply: @escaping (Answer) -> Void) {
    guard !isStopped else { return }
    switch question {
    case .tables(let namespace): readTables(namespace, reply) { .tables($0) }
    case .neighbors(let namespace): readTables(namespace, reply, Answerer.neighbors)
    case .route(let query): reply(Answerer.answer { () throws(Unread) in .route(try .lookup(query, access)) })
    case .counters(let links, _):
      access.counters(links) { [weak self] found in
        if let self, !isStopped { reply(.counters(found)) }
      }
    case .listening(let namespace, let ports):
      reply(
        Answerer.answer { () throws(Unread) in
          .listening(try Listening.read(in: namespace, programsOf: ports, access))
        })
    case .queues(let namespace):
      reply(Answerer.answer { () throws(Unread) in .queues(try PacketQueues.read(in: namespace, access)) })
    case .wireGuard(let link):
      reply(Answerer.answer { () throws(Unread) in .wireGuard(try WireGuardReading.read(link, access)) })
    case .attachments(let links): reply(Answerer.answer { () throws(Unread) in try attachments(links) })
    case .rules(let namespace, let sources, _): run(RuleReading(sources, of: namespace, access, loop), reply)
    case .echo(let probe): run(EchoTask(probe, access, loop), reply)
    case .connect(let probe): run(ConnectAttempt(probe, access, loop), reply)
    case .trace(let probe): run(TraceRun(probe, access, loop), reply)
    case .connections(let namespace, let addresses):
      run(ConnectionReading(of: namespace, addresses, access, loop), reply)
    case .datagram(let probe): run(DatagramTask(probe, access, loop), reply)
    case .resolution(let query): run(NameTask(query, access, loop), reply)
    }
  }

  /// What can't be read of one namespace is left out where there are others.
  private func attachments(_ links: [LinkRef]) throws(Unread) -> Answer {
    var found: [Attachment] = []
    var failure: Unread?
    var namespaces: [NamespaceID] = []
    for link in links where !namespaces.contains(link.namespace) { namespaces.append(link.namespace) }
    for namespace in namespaces {
      do {
        found += try Attachments.read(links.filter { $0.namespace == namespace }, in: namespace, access)
      } catch { failure = error }
    }
    if found.isEmpty, let failure { throw failure }
    return .attachments(found)
  }

  /// Ends every probe and every subprocess; nothing more is answered.
  public func stop() {
    isStopped = true
    for task in tasks.values { task.stop() }
    tasks = [:]
  }

  private func run(_ task: some ProbeTask, _ reply: @escaping (Answer) -> Void) {
    next += 1
    let number = next
    tasks[number] = task
    task.start { [weak self] answer in
      self?.tasks[number] = nil
      reply(answer)
    }
  }

  private static func answer(_ body: () throws(Unread) -> Answer) -> Answer {
    do { return try body() } catch { return .unread(error) }
  }

  private func readTables(
    _ namespace: NamespaceID, _ reply: @escaping (Answer) -> Void, _ make: @escaping (NetworkTables) -> Answer
  ) {
    tables(namespace) { [weak self] result in
      guard let self, !isStopped else { return }
      switch result {
      case .success(let tables): reply(make(tables))
      case .failure(let reason): reply(.unread(reason))
      }
    }
  }

  private static func neighbors(_ tables: NetworkTables) -> Answer {
    if tables.neighbors.isEmpty,
      let gap = tables.gaps.first(where: { $0.part == .neighbors || $0.part == .all })
    {
      return .unread(Unread(gap.text))
    }
    return .neighbors(tables.neighbors)
  }
}
