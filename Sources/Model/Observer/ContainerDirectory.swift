internal import Namespaces
public import Topology

/// What a container engine knows, as far as names are concerned.
public struct ContainerDirectory: Hashable, Sendable {
  /// By the whole id.
  public var containers: [String: Container]
  /// The ids of containers that share another one's namespace (`--network container:X`).
  public var guests: Set<String>
  /// The ids of containers that live in their engine's own namespace (`--network host`).
  public var hostGuests: Set<String>
  /// For each engine (its socket's path): bridge interface → container network.
  public var networks: [String: [String: String]]
  /// Container id → its engine, a key of `networks`.
  public var engines: [String: String]
  /// The engines, the one that is believed first at the front.
  public private(set) var ranking: [String]

  /// Makes a directory.
  public init(
    containers: [String: Container] = [:], guests: Set<String> = [], hostGuests: Set<String> = [],
    networks: [String: [String: String]] = [:], engines: [String: String] = [:]
  ) {
    self.containers = containers
    self.guests = guests
    self.hostGuests = hostGuests
    self.networks = networks
    self.engines = engines
    ranking = networks.keys.sorted()
  }

  /// Adds what another engine says; where both know a container by the same id, what is here already stays.
  public mutating func merge(_ other: ContainerDirectory) {
    containers.merge(other.containers) { first, _ in first }
    engines.merge(other.engines) { first, _ in first }
    networks.merge(other.networks) { first, _ in first }
    ranking += other.ranking.filter { !ranking.contains($0) }
    guests.formUnion(other.guests)
    hostGuests.formUnion(other.hostGuests)
  }

  /// The container network that a bridge belongs to; `engine` nil: of any engine.
  func network(ofBridge bridge: String, engine: String? = nil) -> String? {
    if let engine { return networks[engine]?[bridge] }
    return ranking.lazy.compactMap { networks[$0]?[bridge] }.first
  }
}
