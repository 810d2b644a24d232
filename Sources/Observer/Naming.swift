internal import Namespaces
public import Topology

/// What a container engine knows, as far as names are concerned.
public struct ContainerDirectory: Hashable, Sendable {
  /// By the whole id.
  public var containers: [String: Container]
  /// The ids of containers that share another one's namespace (`--network container:X`).
  public var guests: Set<String>
  /// Bridge interface → container network.
  public var networks: [String: String]

  public init(containers: [String: Container] = [:], guests: Set<String> = [], networks: [String: String] = [:]) {
    self.containers = containers
    self.guests = guests
    self.networks = networks
  }
}

/// Gives a namespace its name: container, else nsfs name, else process and pid, else number.
struct Naming {
  let directory: ContainerDirectory

  /// Fills in everything of `namespace` that comes from the census and from the container engine.
  func apply(_ record: NamespaceRecord, to namespace: inout Namespace, hostname: String) {
    namespace.cookie = record.cookie
    namespace.inode = record.inode
    namespace.nsid = record.nsid
    if record.id == .host {
      namespace.kind = .host
      namespace.name = hostname.isEmpty ? "host" : hostname
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
      namespace.name = SafeText.decode(path.split(separator: UInt8(ascii: "/")).last ?? [])
    } else if let process = sighting.processes.first {
      namespace.kind = .process
      namespace.name = "\(SafeText.decode(process.name)) \(process.pid)"
    } else {
      namespace.kind = .unknown
      namespace.name = "netns \(sighting.inode)"
    }
  }

  /// The containers whose processes live there, the one that owns the namespace first.
  private func containers(of sighting: Sighting) -> [Container] {
    var found: [Container] = []
    for process in sighting.processes {
      guard let id = process.containerID, !found.contains(where: { $0.id == id }) else { continue }
      var container =
        directory.containers[id]
        ?? Container(id: id, name: String(id.prefix(12)), runtime: process.isPodman ? "podman" : "unknown")
      container.pid = process.pid
      found.append(container)
    }
    return found.sorted { a, b in
      (directory.guests.contains(a.id) ? 1 : 0, a.name) < (directory.guests.contains(b.id) ? 1 : 0, b.name)
    }
  }
}
