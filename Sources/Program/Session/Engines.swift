internal import Containers
internal import Glibc
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
  /// What watches the files of engines without a service, by whose they are (nil: root's and our own).
  private var files: [UInt32?: FileWatch] = [:]
  /// The namespaces that the files were last read for: nobody had named them.
  private var unnamed: Set<NamespaceID> = []
  /// The ids of all containers in `reports`, by whose word they are.
  private var known: [UInt32?: Set<String>] = [:]
  /// What each report means, by its engine's path: texts are made safe once.
  private var words: [String: ContainerDirectory] = [:]
  /// The engines that nobody has asked yet, of a command that prints once.
  private var others: [EngineEndpoint] = []
  /// What each engine said last, in the order of `ranking`.
  private var reports: [EngineReport] = []
  /// The engines' paths: those with root come first, and are believed first.
  private var ranking: [String] = []
  /// The containers that nobody has named.
  private var missed: Set<String> = []

  init(_ options: SourceOptions) throws(Errno) {
    self.options = options
    mailbox = try Mailbox()
  }

  /// Asks every engine, each on its thread; what is returned waits for the answers. Those are left for `askOthers` that may have
  /// to be started for it and have files that say the same.
  func ask(milliseconds: Int64) throws(EngineEndpointError) -> [EngineQuery] {
    guard options.asksEngine else { return [] }
    let found = try EngineEndpoint.find(options.engine, environment: Standard.environment)
    ranking += found.map(\.path)
    let waiting = found.filter { readsFiles && Engine.guess(from: $0.path).runtime == Engine.podman.runtime }
    others = waiting
    return found.filter { !waiting.contains($0) }.map { EngineQuery(endpoint: $0, timeoutMilliseconds: milliseconds) }
  }

  /// Asks the engines that were left, but for those whose files have been read: Podman answers out of the same ones, where they
  /// have everybody who is seen.
  func askOthers(_ snapshot: Snapshot, milliseconds: Int64) -> [EngineQuery] {
    defer { others = [] }
    return others.filter { endpoint in
      let isSomebodyNew = snapshot.namespaces.values.contains { namespace in
        namespace.owner == endpoint.owner
          && namespace.containers.contains {
            $0.runtime == Engine.podman.runtime && known[endpoint.owner]?.contains($0.id) != true
          }
      }
      return isSomebodyNew || !isRead(endpoint)
    }.map { EngineQuery(endpoint: $0, timeoutMilliseconds: milliseconds) }
  }

  private func isRead(_ endpoint: EngineEndpoint) -> Bool {
    reports.contains {
      $0.isFromFiles && $0.runtime == Engine.podman.runtime && $0.owner == endpoint.owner && $0.trouble == nil
        && !$0.containers.isEmpty
    }
  }

  /// Whether files count: whoever names an engine wants to know what that one says.
  private var readsFiles: Bool { options.asksEngine && options.engine.host == nil && options.engine.context == nil }

  /// Watches every engine whose socket is there and that is not watched yet.
  func watch() throws(EngineEndpointError) {
    guard options.asksEngine else { return }
    for endpoint in try EngineEndpoint.find(options.engine, environment: Standard.environment)
    where watches[endpoint.path] == nil {
      let mailbox = mailbox
      let watch = ContainerWatch(endpoint: endpoint) { mailbox.post($0) }
      watch.start()
      if !missed.isEmpty { watch.want(names: true) }
      ranking.append(endpoint.path)
      watches[endpoint.path] = watch
    }
  }

  /// Reads the files of engines, for who prints once: what is in them has no need of a service.
  func readFiles(_ snapshot: Snapshot, milliseconds: Int) -> [EngineReport] {
    guard readsFiles else { return [] }
    let queries = Self.owners(snapshot).map {
      FileQuery(owner: $0, environment: Self.environment, timeoutMilliseconds: milliseconds)
    }
    return queries.flatMap { $0.wait() }
  }

  /// Has the files of engines read where there is a namespace that nobody has named yet.
  func askFiles(_ snapshot: Snapshot) {
    guard readsFiles else { return }
    let before = unnamed
    let new = snapshot.namespaces.values.filter { !isNamed($0) }
    unnamed = Set(new.map(\.id))
    guard files.isEmpty || !unnamed.isSubset(of: before) else { return }
    let mailbox = mailbox
    let owners = Self.owners(snapshot)
    for owner in files.keys where !owners.contains(owner) {
      files.removeValue(forKey: owner)?.stop()
      reports.removeAll { $0.isFromFiles && $0.owner == owner }
    }
    for owner in owners {
      // Without a thread or a descriptor for it the engines' sockets remain.
      let watch = files[owner] ?? (try? FileWatch(owner: owner, environment: Self.environment) { mailbox.post($0) })
      // As above.
      try? watch?.ask()
      files[owner] = watch
    }
  }

  /// What says where our own files are: with rights that are not its user's, nothing of his does.
  private static var environment: [String: String] { Privilege.current == .lent ? [:] : Standard.environment }

  /// Whose files there are to be read: root's and our own (nil), and with root's rights those of the users with a home whose
  /// namespaces are there, so few that nobody's namespaces take the machine's room for watches (`max_user_instances`).
  private static func owners(_ snapshot: Snapshot) -> [UInt32?] {
    guard geteuid() == 0 else { return [nil] }
    let owners = Set(snapshot.namespaces.values.compactMap(\.owner))
    if owners.isEmpty { return [nil] }
    return [nil] + FileWatch.accounts(among: owners).prefix(16).map(Optional.some)
  }

  /// Whether everything that lives there is known by name.
  private func isNamed(_ namespace: Namespace) -> Bool {
    if namespace.id == .host { return true }
    return namespace.kind == .container
      && namespace.containers.allSatisfy { known[namespace.owner]?.contains($0.id) == true }
  }

  /// Takes over which containers nobody has named.
  func miss(_ ids: Set<String>) {
    guard ids != missed else { return }
    missed = ids
    for watch in watches.values { watch.want(names: !ids.isEmpty) }
  }

  /// Ends all watching.
  func stop() {
    for watch in files.values { watch.stop() }
    files = [:]
    for watch in watches.values { watch.stop() }
    watches = [:]
  }

  private func word(of report: EngineReport) -> ContainerDirectory { words[report.endpoint] ?? ContainerDirectory() }

  /// Takes over what an engine said; returns the names by all of them.
  func take(_ report: EngineReport) -> ContainerDirectory {
    reports.removeAll { $0.endpoint == report.endpoint }
    let rank = ranking.firstIndex(of: report.endpoint) ?? ranking.count
    let place = reports.firstIndex { (ranking.firstIndex(of: $0.endpoint) ?? ranking.count) > rank }
    reports.insert(report, at: place ?? reports.count)
    words[report.endpoint] = ContainerDirectory(report)
    known = Dictionary(
      reports.map { ($0.owner, Set($0.containers.map(\.id))) }, uniquingKeysWith: { $0.union($1) })
    var directory = options.directory
    // An engine that can't be asked now counts with what it said last: of what files say now it may be out of date.
    for report in reports where report.rank == 0 { directory.merge(word(of: report)) }
    for rank in 1...2 {
      for report in reports where report.rank == rank { directory.fill(in: word(of: report)) }
    }
    return directory
  }
}

extension EngineReport {
  /// Who is believed before whom: those that answer, files, what was said before.
  fileprivate var rank: Int {
    if isFromFiles { return 1 }
    if case .unavailable = status { return 2 }
    return 0
  }
}
