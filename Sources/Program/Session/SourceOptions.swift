public import Observer

/// Where the program looks, for every command.
public struct SourceOptions: Sendable {
  /// How the observer is to look at the kernel.
  public var observer: TopologyObserver.Options
  /// `--docker-host`; nil: DOCKER_HOST, else the usual sockets.
  public var dockerHost: String?
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
    observer: TopologyObserver.Options, dockerHost: String? = nil, asksEngine: Bool = true,
    directory: ContainerDirectory = ContainerDirectory(), interval: Double = 1,
    diagnostics: Diagnostics = .none
  ) {
    self.observer = observer
    self.dockerHost = dockerHost
    self.asksEngine = asksEngine
    self.directory = directory
    self.interval = interval
    self.diagnostics = diagnostics
  }
}
