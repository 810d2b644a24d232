internal import Topology

/// The commands that users of a container engine would type: all that a diagnosis says in an engine's words.
///
/// Names are given as a shell takes them (`PacketWalk.quoted`).
struct EngineWords {
  /// The engine's command.
  private let tool: String
  /// Whether a container on the network "none" has to leave it before it can join another one.
  private let leavesNoneFirst: Bool

  /// The words of the engine that runs a container; Docker's where it is not known.
  init(_ container: Container) {
    switch container.runtime {
    case "podman": (tool, leavesNoneFirst) = ("podman", false)
    default: (tool, leavesNoneFirst) = ("docker", true)
    }
  }

  /// Starts a container.
  func start(_ container: String) -> String { "\(tool) start \(container)" }

  /// Puts a container on a network: `docker network connect frontend db`.
  func connect(_ network: String, _ container: String) -> String { "\(tool) network connect \(network) \(container)" }

  /// Gives a container without any network one.
  func join(_ network: String, _ container: String) -> String {
    let connect = connect(network, container)
    return leavesNoneFirst ? "\(tool) network disconnect none \(container) && \(connect)" : connect
  }
}
