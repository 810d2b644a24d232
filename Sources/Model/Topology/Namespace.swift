internal import Algorithms

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
