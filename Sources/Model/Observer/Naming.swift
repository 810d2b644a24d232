internal import Namespaces
internal import Topology

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
          if let controlGroup = process.controlGroup { seen.insert(SafeText.decode(controlGroup.id)) }
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
      guard let controlGroup = process.controlGroup else { continue }
      let id = SafeText.decode(controlGroup.id)
      if let pod = controlGroup.pod, directory.containers[id] == nil {
        if let position = pods[pod] {
          // The pause process has no name in its environment, those that come after it have one.
          if let name = controlGroup.podName { found[position].name = SafeText.decode(name) }
          continue
        }
        pods[pod] = found.count
      }
      guard !found.contains(where: { $0.id == id }) else { continue }
      var container = directory.containers[id] ?? Self.container(controlGroup, id)
      container.pid = process.pid
      found.append(container)
    }
    return found.sorted { a, b in
      (directory.guests.contains(a.id) ? 1 : 0, a.name) < (directory.guests.contains(b.id) ? 1 : 0, b.name)
    }
  }

  /// A container that no engine speaks of.
  private static func container(_ controlGroup: ControlGroup, _ id: String) -> Container {
    let name =
      controlGroup.podName.map(SafeText.decode) ?? controlGroup.pod.map { "pod \(SafeText.decode($0.prefix(8)))" }
    let isNamed = controlGroup.runtime == "lxc" || controlGroup.runtime == "nspawn"
    return Container(
      id: id, name: name ?? (isNamed ? id : String(id.prefix(12))), runtime: controlGroup.runtime ?? "unknown")
  }
}
