public import Topology

/// What a container engine says at one moment.
///
/// All text is the engine's own and may hold control characters, but for the reason in `status`.
public struct EngineReport: Hashable, Sendable {
  /// Whether the engine could be asked.
  public enum Status: Hashable, Sendable {
    /// Everything was read, and events are heard.
    case connected
    /// Nobody asked for an engine, and none of the usual sockets exists: nothing to complain about.
    case absent
    /// One line, at most about 200 characters: where, what, and what to do. Containers and networks are those that were
    /// read last; they may be out of date.
    case unavailable(reason: String)
  }

  /// The socket's path.
  public var endpoint: String
  /// The uid of whose engine it is; nil: root's, or that of whoever runs this program.
  public var owner: UInt32?
  /// "docker" or "podman": by what the engine says of itself, else by the path.
  public var runtime: String
  /// Whether the engine could be asked.
  public var status: Status
  /// Sorted by id.
  public var containers: [ContainerRecord]
  /// Sorted by id.
  public var networks: [NetworkRecord]
  /// What its answers left out, where they could be read: one line as in `status`; nil: nothing.
  public var omission: String?
  /// Whether nobody was asked: it was read from the engine's files. What the engine itself says comes first.
  public var isFromFiles = false

  /// Makes a report.
  public init(
    endpoint: String, owner: UInt32? = nil, runtime: String = "docker", status: Status = .connected,
    containers: [ContainerRecord] = [],
    networks: [NetworkRecord] = [], omission: String? = nil
  ) {
    self.endpoint = endpoint
    self.owner = owner
    self.runtime = runtime
    self.status = status
    self.containers = containers
    self.networks = networks
    self.omission = omission
  }

  /// The reason where the engine is unavailable, else what its answers left out; nil: all is known.
  public var trouble: String? {
    if case .unavailable(let reason) = status { reason } else { omission }
  }
}

/// A container, running or not (`GET /containers/json?all=1`). What the engine did not say is empty.
public struct ContainerRecord: Hashable, Sendable {
  /// Whose network namespace the container lives in (`HostConfig.NetworkMode`).
  public enum NetworkMode: Hashable, Sendable {
    /// Its own, without networks.
    case none
    case host
    /// That of another container, by id or name.
    case container(String)
    /// Its own, attached to a network of that name ("bridge" and "default" are docker0); empty where unknown.
    case network(String)
  }

  /// The whole id.
  public var id: String
  /// Without the leading slash; the container's own name first, then names that links gave it.
  public var names: [String]
  /// As it was named when the container was made.
  public var image: String
  /// "running", "exited", "paused" …
  public var state: String
  /// For people: "Up 3 minutes".
  public var status: String
  /// The label `com.docker.compose.project`.
  public var composeProject: String?
  /// The label `com.docker.compose.service`.
  public var composeService: String?
  /// The label `com.docker.swarm.service.name`.
  public var swarmService: String?
  /// Published ports: `0.0.0.0:8080→80/tcp`, runs of them as `0.0.0.0:8000-8009→8000-8009/tcp`.
  public var ports: [String]
  /// Whose network namespace it lives in.
  public var networkMode: NetworkMode
  /// The names of the networks it is attached to, sorted.
  public var networks: [String]
  /// The pod that it is a member of.
  public var pod: Pod?
  /// Its first process, where that is known for sure; else its control group has to tell.
  public var process: ContainerProcess?
  /// What others may call it, by the network's name; a network that is missing has not been asked about.
  public var aliases: [String: [String]] = [:]
  /// What it alone calls others: the alias, and the other's name (`--link`).
  public var links: [String: String] = [:]
  /// What its attachments are made of: where it is the same, so are the aliases.
  var endpoints: [String] = []

  /// Makes a container's record.
  public init(
    id: String, names: [String] = [], image: String = "", state: String = "", status: String = "",
    composeProject: String? = nil, composeService: String? = nil, ports: [String] = [],
    networkMode: NetworkMode = .network(""), networks: [String] = []
  ) {
    self.id = id
    self.names = names
    self.image = image
    self.state = state
    self.status = status
    self.composeProject = composeProject
    self.composeService = composeService
    self.ports = ports
    self.networkMode = networkMode
    self.networks = networks
  }

  /// The first name, else the short id.
  public var name: String { names.first ?? String(id.prefix(12)) }
}

/// A container's first process, and where it lives.
public struct ContainerProcess: Hashable, Sendable {
  /// The process id, as our /proc shows it.
  public var pid: Int32
  /// The inode of its network namespace.
  public var namespace: UInt64
  /// Whether that is our own.
  public var isHere: Bool
  /// The uid of who watches over it; its own where nobody does.
  public var uid: UInt32

  /// Makes a process.
  public init(pid: Int32, namespace: UInt64, isHere: Bool = false, uid: UInt32 = 0) {
    self.pid = pid
    self.namespace = namespace
    self.isHere = isHere
    self.uid = uid
  }
}

/// A container network (`GET /networks`).
public struct NetworkRecord: Hashable, Sendable {
  /// The whole id.
  public var id: String
  /// As the user named it: "bridge", "frontend".
  public var name: String
  /// "bridge", "macvlan", "host" …
  public var driver: String
  /// The bridge's interface on the host (`docker0`, `br-1a2b3c4d5e6f`); nil for drivers without one, and where unknown.
  public var bridge: String?

  /// The interface that its containers' own are children of (macvlan, ipvlan); nil for other drivers.
  public var parent: String?
  /// Its subnets, as the engine wrote them: `172.18.0.0/16`.
  public var subnets: [String] = []
  /// The network's id on the wire (VXLAN), of an overlay network; several where it has several subnets.
  public var vnis: [UInt32] = []
  /// Whether it has no way out (`--internal`).
  public var isInternal = false
  /// Whether what leaves it is masqueraded, as it is by default.
  public var isMasqueraded = true

  /// Makes a network's record.
  public init(id: String, name: String, driver: String = "bridge", bridge: String? = nil, parent: String? = nil) {
    self.id = id
    self.name = name
    self.driver = driver
    self.bridge = bridge
    self.parent = parent
  }
}
