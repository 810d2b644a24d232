internal import Algorithms

/// A container that runs in a namespace, as its engine describes it. All text is made safe (`SafeText`).
public struct Container: Hashable, Sendable {
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
  /// Published ports: `0.0.0.0:8080→80/tcp`.
  public var ports: [String]
  /// The pod that it is a member of.
  public var pod: Pod?

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

/// A process that lives in a namespace.
public struct NamespaceProcess: Hashable, Sendable {
  /// The process id, as /proc of this program shows it.
  public var pid: Int32
  /// `/proc/PID/comm`, made safe.
  public var name: String

  /// Makes a process.
  public init(pid: Int32, name: String) {
    self.pid = pid
    self.name = name
  }
}

/// A network namespace with its links.
public struct Namespace: Hashable, Sendable, Identifiable {
  /// Where the namespace's name comes from.
  public enum Kind: String, Hashable, Sendable {
    /// The namespace that the program runs in.
    case host
    /// A container's process lives in it.
    case container
    /// A name below an nsfs mount (`ip netns add`).
    case named
    /// Known by a process only.
    case process
    /// No container, mount or process names it.
    case unknown
  }

  /// How much of the namespace can be read.
  public enum Permission: String, Hashable, Sendable {
    /// Links and addresses, and it can be entered.
    case full
    /// Links and addresses.
    case links
    /// Only that it exists.
    case none
  }

  /// The serial number in the model, never reused.
  public var id: NamespaceID
  /// The id in our own namespace's table (`RTM_GETNSID`), where it has one.
  public var nsid: Int32?
  /// `SO_NETNS_COOKIE`: never reused while the kernel runs.
  public var cookie: UInt64?
  /// The inode of the nsfs file: reused at once.
  public var inode: UInt64?
  /// The user whose user namespace it belongs to (`NS_GET_OWNER_UID` of ioctl_ns(2)); nil: ours, root's, or not known.
  public var owner: UInt32?
  /// Where `name` comes from.
  public var kind: Kind
  /// What the screen shows: the container's name, else the nsfs name, else process and pid.
  public var name: String
  /// Where it is mounted (`/run/netns/blue`), made safe.
  public var paths: [String]
  /// The processes seen in it: at most 32 (`Census.processLimit`); empty where none may be seen.
  public var processes: [NamespaceProcess]
  /// The containers in it, the one that owns the namespace first; empty where there is none.
  public var containers: [Container]
  /// How much of it this program may read.
  public var permission: Permission
  /// Sorted by ifindex.
  public var links: [Link]

  /// Makes a namespace.
  public init(
    id: NamespaceID, nsid: Int32? = nil, cookie: UInt64? = nil, inode: UInt64? = nil, kind: Kind = .unknown,
    name: String, paths: [String] = [], processes: [NamespaceProcess] = [], containers: [Container] = [],
    permission: Permission = .full, links: [Link] = []
  ) {
    self.id = id
    self.nsid = nsid
    self.cookie = cookie
    self.inode = inode
    self.kind = kind
    self.name = name
    self.paths = paths
    self.processes = processes
    self.containers = containers
    self.permission = permission
    self.links = links
  }

  /// The link with that ifindex, in O(log n).
  public func link(_ index: UInt32) -> Link? {
    linkPosition(index).map { links[$0] }
  }

  /// Where the link with that ifindex stands in `links`, in O(log n).
  public func linkPosition(_ index: UInt32) -> Int? {
    let place = links.partitioningIndex { $0.id.index >= index }
    return place < links.count && links[place].id.index == index ? place : nil
  }

  /// The links that people look for: without loopback, and without the kernel's fallback tunnels that are down.
  public var shownLinks: [Link] {
    links.filter { !$0.isLoopback && !$0.isFallbackTunnel }
  }
}

extension Link {
  /// `tunl0`, `sit0` and the like: made by the kernel in every namespace as a module loads, down, of no use.
  public var isFallbackTunnel: Bool {
    !flags.contains(.up)
      && ["tunl0", "sit0", "ip6tnl0", "gre0", "gretap0", "erspan0", "ip6gre0", "ip_vti0", "ip6_vti0"].contains(name)
  }
}
