internal import Containers
internal import LinuxSystem
internal import Observer
internal import SystemPackage

/// The container engines: who is asked and watched, and what each said last. Lives on the model's thread.
final class Engines {
  /// Where the engines' threads leave what they hear.
  let mailbox: Mailbox<EngineReport>
  private let options: SourceOptions
  /// What watches each engine, by its socket's path.
  private var watches: [String: ContainerWatch] = [:]
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

  /// Asks every engine, each on its thread; what is returned waits for the answers.
  func ask(milliseconds: Int64) throws(EngineEndpointError) -> [EngineQuery] {
    guard options.asksEngine else { return [] }
    let queries = try EngineEndpoint.find(options.engine, environment: Standard.environment).map {
      (path: $0.path, query: EngineQuery(endpoint: $0, timeoutMilliseconds: milliseconds))
    }
    ranking += queries.map(\.path)
    return queries.map(\.query)
  }

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

  /// Takes over which containers nobody has named.
  func miss(_ ids: Set<String>) {
    guard ids != missed else { return }
    missed = ids
    for watch in watches.values { watch.want(names: !ids.isEmpty) }
  }

  /// Ends all watching.
  func stop() {
    for watch in watches.values { watch.stop() }
    watches = [:]
  }

  /// Takes over what an engine said; returns the names by all of them.
  func take(_ report: EngineReport) -> ContainerDirectory {
    reports.removeAll { $0.endpoint == report.endpoint }
    let rank = ranking.firstIndex(of: report.endpoint) ?? ranking.count
    let place = reports.firstIndex { (ranking.firstIndex(of: $0.endpoint) ?? ranking.count) > rank }
    reports.insert(report, at: place ?? reports.count)
    var directory = options.directory
    // An engine that can't be asked now counts with what it said last.
    for report in reports { directory.merge(ContainerDirectory(report)) }
    return directory
  }
}
