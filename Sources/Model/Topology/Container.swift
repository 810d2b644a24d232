/// A container that runs in a namespace, as its engine describes it. All text is made safe (`SafeText`).
public struct Container: Hashable, Sendable {
  /// A container network that it is attached to.
  public struct Attachment: Hashable, Sendable {
    /// The network, as its engine calls it.
    public var network: String
    /// What others on that network may call it besides its name: network aliases.
    public var aliases: [String]

    /// Makes an attachment.
    public init(network: String, aliases: [String] = []) {
      self.network = network
      self.aliases = aliases
    }
  }

  /// The whole id (64 hexadecimal digits with Docker).
  public var id: String
  /// The engine's name for it, without a slash; the pod's name or the beginning of the id where no engine speaks of it.
  public var name: String
  /// "docker", "podman" …
  public var runtime: String
  /// The image's name, as it was given when the container was made; empty where unknown.
  public var image: String
  /// "running", "exited" …
  public var state: String
  /// The first process seen in the container's cgroup.
  public var pid: Int32?
  /// The label `com.docker.compose.project` or `io.podman.compose.project`; nil without one.
  public var composeProject: String?
  /// The label `com.docker.compose.service` or `io.podman.compose.service`; nil without one.
  public var composeService: String?
  /// The label `com.docker.swarm.service.name`; nil without one.
  public var swarmService: String?
  /// Published ports: `0.0.0.0:8080→80/tcp`.
  public var ports: [String]
  /// The container networks that it is attached to, by name.
  public var attachments: [Attachment] = []
  /// What it alone calls other containers (`--link`): the alias, and the other's name or id.
  public var links: [String: String] = [:]
  /// The pod that it is a member of.
  public var pod: Pod?
  /// The user whose it is; nil: root's, or ours.
  public var owner: UInt32?
  /// Whether its engine does not answer now: what is told of it is what the engine said last.
  public var isRemembered = false

  /// Makes a container.
  public init(
    id: String, name: String, runtime: String = "docker", image: String = "", state: String = "running",
    pid: Int32? = nil, composeProject: String? = nil, composeService: String? = nil, ports: [String] = []
  ) {
    self.id = id
    self.name = name
    self.runtime = runtime
    self.image = image
    self.state = state
    self.pid = pid
    self.composeProject = composeProject
    self.composeService = composeService
    self.ports = ports
  }

  /// Whether it has processes, by its engine's word.
  public var isAlive: Bool { state == "running" || state == "paused" || state == "restarting" }

  /// What people know it by: of the one that only holds a pod's namespaces that is the pod.
  public var title: String { pod.flatMap { $0.isInfra ? $0.name : nil } ?? name }

  /// What an engine says of it that is out of the ordinary: "paused", "restarting"; nil where it just runs.
  public var remark: String? { state == "running" || state.isEmpty ? nil : state }

  /// What people call it among others of its project: the compose service, or the swarm's service and slot; nil where it is
  /// of no project.
  public var shortName: String? {
    if let swarmService, name.hasPrefix(swarmService + ".") {
      // SERVICE.SLOT.TASK: the task's id is a machine's.
      let slot = name.dropFirst(swarmService.count + 1).prefix { $0 != "." }
      return "\(swarmService).\(slot)"
    }
    return composeService
  }

  /// What it is called on any network besides its name: services, aliases.
  public var innerNames: [String] {
    var names = [composeService, swarmService, shortName, swarmService.map { "tasks.\($0)" }].compactMap(\.self)
    names += attachments.flatMap(\.aliases)
    var seen: Set<String> = [name]
    return names.filter { seen.insert($0).inserted }
  }

  /// Whether those beside it on that network call it so. On Docker's default network (`bridge`) nobody has a name.
  public func isCalled(_ text: String, on network: String) -> Bool {
    guard network != "bridge", let attachment = attachments.first(where: { $0.network == network }) else {
      return false
    }
    let names = [composeService, swarmService, swarmService.map { "tasks.\($0)" }]
    return name == text || names.contains(text) || attachment.aliases.contains(text)
  }
}

/// A group of containers that share a network namespace.
public struct Pod: Hashable, Sendable {
  /// As its users call it.
  public var name: String
  /// The namespace of Kubernetes that it is in; nil for Podman's pods.
  public var group: String?
  /// Whether the container is the one that only holds the pod's namespaces.
  public var isInfra: Bool

  /// Makes a pod.
  public init(name: String, group: String? = nil, isInfra: Bool = false) {
    self.name = name
    self.group = group
    self.isInfra = isInfra
  }

  /// Whether both are of one pod.
  public func isSame(as other: Pod) -> Bool { name == other.name && group == other.group }
}
