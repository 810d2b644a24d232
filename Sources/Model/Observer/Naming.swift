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

/// Gives a namespace its name: container, else nsfs name, else process and pid, else number.
final class Naming {
  let directory: ContainerDirectory
  /// The containers that were seen in some namespace other than our own.
  let seen: Set<String>

  /// Makes the names for those namespaces.
  init(directory: ContainerDirectory, records: some Sequence<NamespaceRecord>) {
    self.directory = directory
    var seen: Set<String> = []
    if !directory.hostGuests.isEmpty {
      for record in records where record.id != .host {
        for process in record.sighting?.processes ?? [] {
          if let workload = process.workload { seen.insert(SafeText.decode(workload.id)) }
        }
      }
    }
    self.seen = seen
  }

  /// Fills in everything of `namespace` that comes from the census and from the container engine.
  func apply(_ record: NamespaceRecord, to namespace: inout Namespace, hostname: String) {
    namespace.cookie = record.cookie
    namespace.inode = record.inode
    namespace.nsid = record.nsid
    if record.id == .host {
      namespace.kind = .host
      namespace.name = hostname.isEmpty ? "host" : hostname
      namespace.containers = directory.hostGuests.subtracting(seen).compactMap { directory.containers[$0] }
        .filter { $0.state == "running" }.sorted { $0.name < $1.name }
      return
    }
    guard let sighting = record.sighting else {
      namespace.kind = .unknown
      namespace.permission = record.isReadable ? .links : .none
      namespace.name = record.nsid.map { "netns \($0)" } ?? "netns"
      return
    }
    namespace.permission = record.isReadable ? (sighting.file == nil ? .links : .full) : .none
    namespace.paths = sighting.paths.map(SafeText.decode)
    namespace.processes = sighting.processes.map { NamespaceProcess(pid: $0.pid, name: SafeText.decode($0.name)) }
    namespace.containers = containers(of: sighting)
    if let first = namespace.containers.first {
      namespace.kind = .container
      namespace.name = namespace.containers.count == 1 ? first.name : "\(first.name) +\(namespace.containers.count - 1)"
    } else if let path = sighting.paths.first {
      namespace.kind = .named
      let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
      namespace.name = SafeText.decode(name)
    } else if sighting.processes.contains(where: { $0.pid <= 2 }) {
      // Kernel threads live in the first namespace of all, and the first process as a rule.
      namespace.kind = .process
      namespace.name = "initial netns"
    } else if let process = sighting.processes.first {
      namespace.kind = .process
      namespace.name = "\(SafeText.decode(process.name)) \(process.pid)"
    } else {
      namespace.kind = .unknown
      namespace.name = "netns \(sighting.inode)"
    }
  }

  /// The containers whose processes live there, the one that owns the namespace first. A pod counts as one.
  private func containers(of sighting: Sighting) -> [Container] {
    var found: [Container] = []
    var pods: [[UInt8]: Int] = [:]
    for process in sighting.processes {
      guard let workload = process.workload else { continue }
      let id = SafeText.decode(workload.id)
      if let pod = workload.pod, directory.containers[id] == nil {
        if let position = pods[pod] {
          // The pause process has no name in its environment, those that come after it have one.
          if let name = workload.podName { found[position].name = SafeText.decode(name) }
          continue
        }
        pods[pod] = found.count
      }
      guard !found.contains(where: { $0.id == id }) else { continue }
      var container = directory.containers[id] ?? Self.container(workload, id)
      container.pid = process.pid
      found.append(container)
    }
    return found.sorted { a, b in
      (directory.guests.contains(a.id) ? 1 : 0, a.name) < (directory.guests.contains(b.id) ? 1 : 0, b.name)
    }
  }

  /// A container that no engine speaks of.
  private static func container(_ workload: Workload, _ id: String) -> Container {
    let name = workload.podName.map(SafeText.decode) ?? workload.pod.map { "pod \(SafeText.decode($0.prefix(8)))" }
    let isNamed = workload.runtime == "lxc" || workload.runtime == "nspawn"
    return Container(
      id: id, name: name ?? (isNamed ? id : String(id.prefix(12))), runtime: workload.runtime ?? "unknown")
  }
}
