internal import Containers
internal import LinuxSystem
internal import Observer
internal import SystemPackage
internal import Topology

/// The container engines: who is asked and watched, and what each said last. Lives on the model's thread.
final class Engines {
  /// Where the engines' threads leave what they hear.
  let mailbox: Mailbox<EngineReport>
  private let options: SourceOptions
  /// What watches each engine, by its socket's path.
  private var watches: [String: ContainerWatch] = [:]
  /// What watches the files of engines without a service; nil where that can't be, or is not wanted.
  private var files: FileWatch?
  /// The namespaces and containers that the files were last read for.
  private var unnamed: Set<NamespaceID> = []
  /// What each engine said last, in the order of `ranking`.
  private var reports: [EngineReport] = []
  /// The engines' paths: those with root come first, and are believed first.
  private var ranking: [String] = []

  init(_ options: SourceOptions) throws(Errno) {
    self.options = options
    mailbox = try Mailbox()
  }

  /// Asks every engine, each on its thread; what is returned waits for the answers.
  func ask(milliseconds: Int64) throws(EngineEndpointError) -> [EngineQuery] {
    guard options.asksEngine else { return [] }
    let queries = try EngineEndpoint.find(option: options.dockerHost, environment: Standard.environment).map {
      (path: $0.path, query: EngineQuery(endpoint: $0, timeoutMilliseconds: milliseconds))
    }
    ranking += queries.map(\.path)
    return queries.map(\.query)
  }

  /// Watches every engine whose socket is there and that is not watched yet.
  func watch() throws(EngineEndpointError) {
    guard options.asksEngine else { return }
    for endpoint in try EngineEndpoint.find(option: options.dockerHost, environment: Standard.environment)
    where watches[endpoint.path] == nil {
      let mailbox = mailbox
      let watch = ContainerWatch(endpoint: endpoint) { mailbox.post($0) }
      watch.start()
      ranking.append(endpoint.path)
      watches[endpoint.path] = watch
    }
  }

  /// Reads the files of engines, for who prints once: what is in them has no need of a service.
  func readFiles(_ snapshot: Snapshot, milliseconds: Int) -> [EngineReport] {
    guard options.asksEngine, options.dockerHost == nil else { return [] }
    return FileQuery(
      users: Self.owners(snapshot), environment: Standard.environment, timeoutMilliseconds: milliseconds
    ).wait()
  }

  /// Has the files of engines read where there is a namespace that nobody has named yet.
  func askFiles(_ snapshot: Snapshot) {
    guard options.asksEngine, options.dockerHost == nil else { return }
    let now = Set(snapshot.namespaces.values.filter { !isNamed($0) }.map(\.id))
    defer { unnamed = now }
    guard files == nil || !now.isSubset(of: unnamed) else { return }
    let mailbox = mailbox
    // Without a thread or a descriptor for it the engines' sockets remain.
    files = files ?? (try? FileWatch(environment: Standard.environment) { mailbox.post($0) })
    try? files?.ask(users: Self.owners(snapshot))
  }

  private static func owners(_ snapshot: Snapshot) -> Set<UInt32> {
    Set(snapshot.namespaces.values.compactMap(\.owner))
  }

  /// Whether everything that lives there is known by name.
  private func isNamed(_ namespace: Namespace) -> Bool {
    if namespace.id == .host { return true }
    return namespace.kind == .container
      && namespace.containers.allSatisfy { container in
        reports.contains { report in report.containers.contains { $0.id == container.id } }
      }
  }

  /// Ends all watching.
  func stop() {
    files?.stop()
    files = nil
    for watch in watches.values { watch.stop() }
    watches = [:]
  }

  /// Whether the files that were read say all that an engine would: Podman answers out of the same ones, but its service may
  /// have to be started for it.
  func isReadFromFiles(_ query: EngineQuery) -> Bool {
    Engine.guess(from: query.path).runtime == Engine.podman.runtime
      && reports.contains {
        $0.isFromFiles && $0.runtime == Engine.podman.runtime && $0.owner == query.owner && $0.trouble == nil
          && !$0.containers.isEmpty
      }
  }

  /// Takes over what an engine said; returns the names by all of them.
  func take(_ report: EngineReport) -> ContainerDirectory {
    reports.removeAll { $0.endpoint == report.endpoint }
    let rank = ranking.firstIndex(of: report.endpoint) ?? ranking.count
    let place = reports.firstIndex { (ranking.firstIndex(of: $0.endpoint) ?? ranking.count) > rank }
    reports.insert(report, at: place ?? reports.count)
    var directory = options.directory
    // An engine that can't be asked now counts with what it said last.
    for report in reports where !report.isFromFiles { directory.merge(ContainerDirectory(report)) }
    for report in reports where report.isFromFiles { directory.fill(in: ContainerDirectory(report)) }
    return directory
  }
}
