internal import Namespaces
internal import Topology

/// Gives a namespace its name: container, else nsfs name, else process and pid, else number.
///
/// What a user can write himself (his engine's answers, the control groups of his processes) never names what is not his:
/// whose a namespace is, the kernel says (`Sighting.owner`).
final class Naming {
  let directory: ContainerDirectory
  /// The containers of root's that were seen in some namespace other than our own.
  private var seen: Set<String> = []
  /// Names that a user's container may not have for itself.
  private var taken: Set<String>
  /// Names of pods that are in several namespaces of Kubernetes.
  private let ambiguousPods: Set<String>
  /// The ids of the containers that were met and that no engine speaks of.
  private(set) var unnamed: Set<String> = []
  /// What containers are called within their projects, by id, where that tells them from all others.
  private let shortNames: [String: String]

  /// Makes the names for those namespaces.
  init(directory: ContainerDirectory, records: some Sequence<NamespaceRecord>, usesShortNames: Bool = false) {
    self.directory = directory
    shortNames = usesShortNames ? Self.shortNames(directory) : [:]
    taken = Set(directory.names.map(Self.seen))
    taken.formUnion(Self.shortNames(directory).values.map(Self.seen))
    ambiguousPods = directory.ambiguousPods
    // On most hosts there is nobody who could take a name, and no container on the host's network.
    let hasUsers = records.contains { $0.sighting?.owner != nil }
    guard hasUsers || !directory.hostGuests.isEmpty else { return }
    for record in records where record.id != .host {
      guard let sighting = record.sighting, sighting.owner == nil else { continue }
      for container in containers(of: sighting) {
        seen.insert(container.id)
        taken.insert(Self.seen(container.name))
      }
      for path in sighting.paths {
        taken.insert(Self.seen(SafeText.decode(path.split(separator: UInt8(ascii: "/")).last ?? [])))
      }
    }
  }

  /// Fills in everything of `namespace` that comes from the census and from the container engine.
  func apply(_ record: NamespaceRecord, to namespace: inout Namespace, hostname: String) {
    namespace.cookie = record.cookie
    namespace.inode = record.inode
    namespace.nsid = record.nsid
    if record.id == .host {
      namespace.kind = .host
      namespace.name = hostname.isEmpty ? "host" : hostname
      namespace.paths = record.sighting?.paths.map(SafeText.decode) ?? []
      namespace.containers = hostContainers
      return
    }
    guard let sighting = record.sighting else {
      namespace.kind = .unknown
      namespace.permission = record.isReadable ? .links : .none
      namespace.name = record.nsid.map { "netns \($0)" } ?? "netns"
      return
    }
    namespace.permission = record.isReadable ? (sighting.file == nil ? .links : .full) : .none
    namespace.owner = sighting.owner
    namespace.paths = sighting.paths.map(SafeText.decode)
    namespace.processes = sighting.processes.map { NamespaceProcess(pid: $0.pid, name: SafeText.decode($0.name)) }
    namespace.containers = containers(of: sighting)
    name(&namespace, sighting)
  }

  /// The containers that live on the host's own network. What only holds a pod's namespaces has nothing to do there.
  private var hostContainers: [Container] {
    let guests = directory.hostGuests.filter { $0.isAlive && !seen.contains($0.id) && $0.pod?.isInfra != true }
    let users = directory.userHostGuests.map { owner, container in
      var container = container
      container.name += " (uid \(owner))"
      container.owner = owner
      return container
    }
    return (guests + users).sorted { $0.name < $1.name }
  }

  /// Says where its name comes from.
  private func name(_ namespace: inout Namespace, _ sighting: Sighting) {
    if let first = namespace.containers.first {
      namespace.kind = .container
      // A pod counts as one.
      let others = namespace.containers.dropFirst().count { other in
        guard let pod = first.pod, let its = other.pod else { return true }
        return !pod.isSame(as: its)
      }
      namespace.name = (shortNames[first.id] ?? title(of: first, sighting.owner)) + (others == 0 ? "" : " +\(others)")
    } else if let name = Infrastructure.name(of: sighting) {
      namespace.kind = .process
      namespace.name = name
    } else if let path = sighting.paths.first {
      namespace.kind = .named
      let name = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
      namespace.name = SafeText.decode(name)
      // A user can mount his own namespace anywhere that he may write, and not where root's engine does.
      if sighting.owner == nil, let overlay = directory.overlay(mountedAs: namespace.name) { namespace.name = overlay }
    } else if sighting.processes.contains(where: { $0.pid <= 2 }) {
      // Kernel threads live in the first namespace of all, and the first process as a rule.
      namespace.kind = .process
      namespace.name = "initial netns"
    } else if let process = sighting.processes.first(where: { !Infrastructure.isPart(of: $0.name) }) {
      namespace.kind = .process
      namespace.name = "\(SafeText.decode(process.name)) \(process.pid)"
    } else {
      namespace.kind = .unknown
      namespace.name = "netns \(sighting.inode)"
    }
  }

  /// The names within projects that nobody else of root's engines has, as such a one or in full.
  private static func shortNames(_ directory: ContainerDirectory) -> [String: String] {
    let living = directory.words.filter { $0.owner == nil }.flatMap { $0.containers.values.filter(\.isAlive) }
    var counts: [String: Int] = [:]
    for container in living {
      counts[container.name, default: 0] += 1
      if let short = container.shortName, short != container.name { counts[short, default: 0] += 1 }
    }
    let pairs = living.compactMap { container in
      container.shortName.flatMap { counts[$0] == 1 ? (container.id, $0) : nil }
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// The states of who has no process, by its engine's word.
  private static let idle: Set<String> = ["exited", "stopped", "created", "initialized", "unknown"]

  /// The containers whose processes live there, the one that owns the namespace first. A pod counts as one.
  private func containers(of sighting: Sighting) -> [Container] {
    var found: [Container] = []
    var guests: Set<String> = []
    var pods: [[UInt8]: Int] = [:]
    for process in sighting.processes {
      guard let controlGroup = process.controlGroup else {
        if let (container, isGuest) = container(of: process, sighting),
          !found.contains(where: { $0.id == container.id })
        {
          if isGuest { guests.insert(container.id) }
          found.append(container)
        }
        continue
      }
      let id = SafeText.decode(controlGroup.id)
      let word = believed(controlGroup, id, sighting.owner)
      if let pod = controlGroup.pod, word == nil {
        if let position = pods[pod] {
          // The pause process has no name in its environment, those that come after it have one.
          if let name = controlGroup.podName { found[position].name = marked(SafeText.decode(name), sighting.owner) }
          continue
        }
        pods[pod] = found.count
      }
      guard !found.contains(where: { $0.id == id }) else { continue }
      var container = word?.containers[id] ?? Self.container(controlGroup, id)
      container.name = marked(container.name, sighting.owner)
      if word == nil, !Self.isNamed(controlGroup) { unnamed.insert(id) }
      if word == nil, controlGroup.outer != nil || directory.isKnown(id, about: sighting.owner) {
        container.name = disbelieved(controlGroup, id, sighting.owner)
      }
      container.owner = sighting.owner
      container.pid = process.pid
      // Whoever said so last saw less than we do.
      if Self.idle.contains(container.state) { container.state = "running" }
      if word?.guests.contains(id) == true { guests.insert(id) }
      found.append(container)
    }
    // What holds a pod's namespaces owns them.
    func rank(_ container: Container) -> Int {
      container.pod?.isInfra == true ? 0 : guests.contains(container.id) ? 2 : 1
    }
    return found.sorted { (rank($0), $0.name) < (rank($1), $1.name) }
  }

  /// The container whose first process that is, by what its engine has written down, and whether it is a guest: without a control
  /// group of its own (rootless without systemd, `ctr`) that tells alone.
  private func container(of process: ProcessSighting, _ sighting: Sighting) -> (container: Container, isGuest: Bool)? {
    let id = directory.container(of: process.pid, in: sighting.inode, about: sighting.owner)
    guard let id, let word = directory.word(on: id, about: sighting.owner), var container = word.containers[id] else {
      return nil
    }
    container.name = marked(container.name, sighting.owner)
    container.owner = sighting.owner
    container.pid = process.pid
    return (container, word.guests.contains(id))
  }

  /// What a namespace is called after the container that owns it: a member of a pod after the pod, with the namespace of
  /// Kubernetes behind it where another one has a pod of that name.
  private func title(of container: Container, _ owner: UInt32?) -> String {
    guard let pod = container.pod else { return container.name }
    guard let group = pod.group, ambiguousPods.contains(pod.name) else { return marked(pod.name, owner) }
    return marked("\(pod.name).\(group)", owner)
  }

  /// The engine that says what container a process belongs to; nil: none that is to be believed. An engine does not
  /// run one of its containers inside another: who writes that into the path of a control group is somebody in the outer.
  private func believed(_ controlGroup: ControlGroup, _ id: String, _ owner: UInt32?) -> ContainerDirectory.Word? {
    guard let word = directory.word(on: id, about: owner) else { return nil }
    if let outer = controlGroup.outer.map(SafeText.decode), word.containers[outer] != nil { return nil }
    return word
  }

  /// The name of a user's container, with whose it is where somebody else's has that name already, or where it would be taken for
  /// an address, an id, or a word that means something where names are typed.
  private func marked(_ name: String, _ owner: UInt32?) -> String {
    guard let owner else { return name }
    let isSpecial =
      ["host", "internet"].contains(name) || name.hasPrefix("outside") || name.contains("/") || name.contains(":")
      || IPAddress(name) != nil || (name.utf8.count >= 6 && name.allSatisfy(\.isHexDigit))
    return isSpecial || taken.contains(Self.seen(name)) ? "\(name) (uid \(owner))" : name
  }

  /// A name as it looks: without what nobody sees.
  private static func seen(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }))
  }

  /// What is called here that claims to be a container of which an engine says otherwise.
  private func disbelieved(_ controlGroup: ControlGroup, _ id: String, _ owner: UInt32?) -> String {
    let outer = controlGroup.outer.map(SafeText.decode)
    let place = outer.flatMap { directory.word(on: $0, about: owner)?.containers[$0]?.name }
    // Who is inside of a container says himself what he is called.
    let inner = outer == nil ? nil : Self.container(controlGroup, id).name
    return (inner ?? String(id.prefix(12)))
      + (owner.map { " (uid \($0))" } ?? (place ?? outer.map { String($0.prefix(12)) }).map { " (in \($0))" } ?? "")
  }

  /// Whether the id of a container is its name.
  private static func isNamed(_ controlGroup: ControlGroup) -> Bool {
    controlGroup.runtime == "lxc" || controlGroup.runtime == "nspawn"
  }

  /// A container that no engine speaks of.
  private static func container(_ controlGroup: ControlGroup, _ id: String) -> Container {
    let name =
      controlGroup.podName.map(SafeText.decode) ?? controlGroup.pod.map { "pod \(SafeText.decode($0.prefix(8)))" }
    return Container(
      id: id, name: name ?? (isNamed(controlGroup) ? id : String(id.prefix(12))),
      runtime: controlGroup.runtime ?? "unknown")
  }
}
