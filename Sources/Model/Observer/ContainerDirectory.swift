internal import Containers
internal import Namespaces
public import Topology

/// What container engines know, as far as names are concerned, and whom each of them may be believed about.
///
/// An engine that root runs speaks of everything; one that a user runs (rootless) only of what is in that user's own user
/// namespaces: it can say what it likes.
public struct ContainerDirectory: Hashable, Sendable {
  /// What one engine says.
  public struct Word: Hashable, Sendable {
    /// Its socket's path.
    public var endpoint: String
    /// The uid of whose engine it is; nil: root's, or that of whoever runs this program.
    public var owner: UInt32?
    /// By the whole id.
    public var containers: [String: Container]
    /// The ids of containers that share another one's namespace (`--network container:X`).
    public var guests: Set<String>
    /// The ids of containers that live in their engine's own namespace (`--network host`).
    public var hostGuests: Set<String>
    /// Bridge interface → container network.
    public var networks: [String: String]
    /// The networks themselves.
    public var records: [ContainerNetwork] = []
    /// Bridge → what is out of the ordinary with its network.
    public var traits: [String: NetworkTraits] = [:]
    /// The bridge interfaces that a container has to be on for the networks that it is attached to, by its whole id.
    public var bridges: [String: Set<String>] = [:]
    /// Interface of the host → the container network whose interfaces are its children (macvlan, ipvlan).
    public var parents: [String: String] = [:]
    /// The first processes of containers by their pid, where their engine wrote that down.
    var processes: [Int32: FirstProcess] = [:]
    /// The whole id of a network that spans hosts → its name: a namespace of its own carries it.
    public var overlays: [String: String] = [:]

    /// Makes a word; what is not given is empty.
    public init(
      endpoint: String, owner: UInt32? = nil, containers: [String: Container] = [:], guests: Set<String> = [],
      hostGuests: Set<String> = [], networks: [String: String] = [:]
    ) {
      self.endpoint = endpoint
      self.owner = owner
      self.containers = containers
      self.guests = guests
      self.hostGuests = hostGuests
      self.networks = networks
    }

    /// Whether it is believed about a namespace that belongs to a user (nil: to root, or to us).
    func isBelieved(about owner: UInt32?) -> Bool { self.owner == owner }
  }

  /// A container's first process.
  struct FirstProcess: Hashable, Sendable {
    var process: ContainerProcess
    /// The container's whole id.
    var container: String
  }

  /// The words, root's before those of users, else in the order in which they came.
  public private(set) var words: [Word] = []

  /// Makes a directory of one word, or of none.
  public init(_ words: Word...) { words.forEach { add($0) } }

  /// Adds what another engine says.
  public mutating func add(_ word: Word) {
    let place = word.owner == nil ? words.firstIndex { $0.owner != nil } : nil
    words.insert(word, at: place ?? words.endIndex)
  }

  /// Adds all of another directory.
  public mutating func merge(_ other: ContainerDirectory) { other.words.forEach { add($0) } }

  /// Adds what was read of an engine's files: of a container that an engine speaks of itself, it is right.
  public mutating func fill(in other: ContainerDirectory) {
    for var word in other.words {
      for engine in words where engine.owner == word.owner {
        for id in engine.containers.keys { word.containers[id] = nil }
        for bridge in engine.networks.keys { word.networks[bridge] = nil }
      }
      add(word)
    }
  }

  /// The container whose first process that is, by who is believed about the namespace of that owner.
  func container(of process: Int32, in inode: UInt64, about owner: UInt32?) -> String? {
    for word in words where word.isBelieved(about: owner) {
      if let first = word.processes[process], first.process.namespace == inode { return first.container }
    }
    return nil
  }

  /// The containers of users that live on the host's own network, with their owners: their first process was seen there, and
  /// it is that user's.
  var userHostGuests: [(owner: UInt32, container: Container)] {
    words.flatMap { word in
      guard let owner = word.owner else { return [(owner: UInt32, container: Container)]() }
      return word.processes.values.compactMap { first in
        guard first.process.isHere, first.process.uid == owner else { return nil }
        return self.word(on: first.container, about: owner)?.containers[first.container].map { container in
          var container = container
          container.pid = first.process.pid
          return (owner, container)
        }
      }
    }
  }

  /// The pods of Kubernetes whose name pods of several of its namespaces have.
  var ambiguousPods: Set<String> {
    var groups: [String: Set<String>] = [:]
    for container in words.lazy.flatMap(\.containers.values) {
      if let pod = container.pod { groups[pod.name, default: []].insert(pod.group ?? "") }
    }
    return Set(groups.filter { $0.value.count > 1 }.keys)
  }

  /// The first engine that knows a container and is believed about the namespace of that owner.
  func word(on id: String, about owner: UInt32?) -> Word? {
    words.first { $0.isBelieved(about: owner) && $0.containers[id] != nil }
  }

  /// Whether an engine speaks of that container that has a word to say about the namespace of that owner, believed or not: of
  /// root's namespaces users' engines have none.
  func isKnown(_ id: String, about owner: UInt32?) -> Bool {
    words.contains { ($0.owner == nil || owner != nil) && $0.containers[id] != nil }
  }

  /// The containers that live on the host's own network: only those of root's engines can.
  var hostGuests: [Container] {
    let ids = words.filter { $0.owner == nil }.reduce(into: Set<String>()) { $0.formUnion($1.hostGuests) }
    return ids.compactMap { id in word(on: id, about: nil)?.containers[id] }
  }

  /// Every container once, by the word that comes first; a user's has his uid behind its name.
  var containers: [String: Container] {
    words.reduce(into: [:]) { all, word in
      for (id, container) in word.containers where all[id] == nil {
        var container = container
        container.owner = word.owner
        if let owner = word.owner { container.name += " (uid \(owner))" }
        all[id] = container
      }
    }
  }

  /// The networks of root's engines, sorted by name.
  var networks: [ContainerNetwork] {
    words.filter { $0.owner == nil }.flatMap(\.records).sorted { ($0.name, $0.runtime) < ($1.name, $1.runtime) }
  }

  /// The names that root's engines give: of containers and of pods.
  var names: Set<String> {
    let containers = words.filter { $0.owner == nil }.flatMap(\.containers.values)
    return Set(containers.map(\.name)).union(containers.compactMap(\.pod?.name))
  }

  /// The container network that a bridge of the host belongs to.
  func network(ofBridge bridge: String) -> String? {
    words.lazy.filter { $0.owner == nil }.compactMap { $0.networks[bridge] }.first
  }

  /// What the engine says of the container network on a bridge of the host.
  func traits(ofBridge bridge: String) -> NetworkTraits {
    words.lazy.filter { $0.owner == nil && $0.networks[bridge] != nil }.first?.traits[bridge] ?? []
  }

  /// The container network whose interfaces are children of an interface of the host.
  func network(ofParent parent: String) -> String? {
    words.lazy.filter { $0.owner == nil }.compactMap { $0.parents[parent] }.first
  }

  /// What carries a namespace that Docker mounts as `GENERATION-ID` or `lb_ID` (of the id its first ten, or nine, letters):
  /// the overlay network's name.
  func overlay(mountedAs name: String) -> String? {
    let isBalancer = name.hasPrefix("lb_")
    guard let prefix = isBalancer ? name.dropFirst(3) : name.split(separator: "-").last, prefix.count >= 9 else {
      return nil
    }
    for word in words where word.owner == nil {
      if let found = word.overlays.first(where: { $0.key.hasPrefix(prefix) })?.value {
        return isBalancer ? "\(found) (load balancer)" : "\(found) (overlay)"
      }
    }
    return nil
  }
}
