/// What has to be known of a container engine that answers Docker's API: where it listens, what its users type, and how
/// it writes down that networks are kept apart.
public struct Engine: Hashable, Sendable {
  /// The word for it in `Container.runtime`, and in its socket's path.
  public let runtime: String
  /// The command that its users type.
  public let tool: String
  /// Root's sockets, absolute paths, the best first.
  public let sockets: [String]
  /// A user's socket, below `XDG_RUNTIME_DIR`.
  public let userSocket: String
  /// Whether a container on the network "none" has to leave it before it can join another one.
  public let leavesNoneFirst: Bool
  /// Whether a daemon of its own keeps its networks.
  public let hasDaemon: Bool
  /// How the names of its chains begin, and of its tables of nf_tables, whatever is in them.
  public let names: [String]
  /// How the names of its chains begin that hold nothing but the isolation of its networks.
  public let isolationChains: [String]
  /// Its chains for networks without a way out (`--internal`).
  public let internalChains: [String]
  /// Tables of nf_tables that it keeps for itself: whatever is dropped there is dropped to isolate.
  public let isolationTables: [String]

  /// Docker: DOCKER-ISOLATION-STAGE-1 and -2 up to 28.0, DOCKER-INTERNAL since, a table of its own since 29.
  public static let docker = Engine(
    runtime: "docker", tool: "docker", sockets: ["/var/run/docker.sock", "/run/docker.sock"],
    userSocket: "docker.sock", leavesNoneFirst: true, hasDaemon: true,
    names: ["DOCKER", "docker-"],
    isolationChains: ["DOCKER-ISOLATION-STAGE-", "DOCKER-INTERNAL"],
    internalChains: ["DOCKER-ISOLATION-STAGE-1", "DOCKER-INTERNAL"], isolationTables: ["docker-bridges"])

  /// Podman: the CNI bridge's chains, and netavark's with iptables and with nft.
  public static let podman = Engine(
    runtime: "podman", tool: "podman", sockets: ["/run/podman/podman.sock"], userSocket: "podman/podman.sock",
    leavesNoneFirst: false, hasDaemon: false, names: ["NETAVARK", "netavark", "CNI-"],
    isolationChains: ["CNI-ISOLATION-STAGE-", "NETAVARK_ISOLATION_", "NETAVARK-ISOLATION-"],
    internalChains: [], isolationTables: [])

  /// All of them, in the order in which they are looked for.
  public static let all = [docker, podman]

  /// The engine that a container's runtime is; Docker, whose words everybody knows, where it is none of them.
  public static func named(_ runtime: String) -> Engine { all.first { $0.runtime == runtime } ?? docker }

  /// What a socket's path says of the engine behind it.
  public static func guess(from path: String) -> Engine { all.last { path.contains($0.runtime) } ?? docker }
}
