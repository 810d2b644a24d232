public import Containers
internal import LinuxSystem
public import Observer
public import Topology

/// Where the program looks, for every command.
public struct SourceOptions: Sendable {
  /// How the observer is to look at the kernel.
  public var observer: TopologyObserver.Options
  /// The container engine that the user wants to be asked.
  public var engine: EngineChoice
  /// Whether a container engine is asked at all.
  public var asksEngine: Bool
  /// Names that are known without an engine.
  public var directory: ContainerDirectory
  /// Seconds between two samples of the counters.
  public var interval: Double
  /// Who is told what went wrong meanwhile.
  public var diagnostics: Diagnostics

  /// Makes options; counters are sampled once a second unless `interval` says otherwise.
  public init(
    observer: TopologyObserver.Options, engine: EngineChoice = EngineChoice(), asksEngine: Bool = true,
    directory: ContainerDirectory = ContainerDirectory(), interval: Double = 1,
    diagnostics: Diagnostics = .none
  ) {
    self.observer = observer
    self.engine = engine
    self.asksEngine = asksEngine
    self.directory = directory
    self.interval = interval
    self.diagnostics = diagnostics
  }

  /// Why a name of a container may lead nowhere: what the model warns of that has to do with names, and engines that nobody
  /// complains of because they are not there.
  public func reasons(_ snapshot: Snapshot) -> [String] {
    let known = snapshot.warnings.filter { $0.source.hasPrefix("containers") || $0.source == "permissions" }.map(\.text)
    guard asksEngine, let absence = EngineEndpoint.absence(engine, environment: Standard.environment) else {
      return known
    }
    return known + [absence]
  }
}
