package import Netfilter
internal import Sentences
package import Topology

/// The commands that users of a container engine would type: all that a diagnosis says in an engine's words.
///
/// Names are given as a shell takes them.
package struct EngineWords {
  private let engine: Engine

  /// The words of the engine that runs a container; Docker's where it is not known.
  package init(_ container: Container) { engine = Engine.named(container.runtime) }

  /// Its name in a sentence: `Docker`.
  package var name: String { engine.runtime.prefix(1).uppercased() + engine.runtime.dropFirst() }

  /// Whether some table or chain of a namespace is its own.
  package func isIn(_ ruleset: Ruleset) -> Bool {
    ruleset.tables.contains { table in
      engine.names.contains { name in
        table.name.hasPrefix(name) || table.chains.contains { $0.name.hasPrefix(name) }
      }
    }
  }

  /// When it writes its rules, as a sentence without its full stop.
  package var whenRulesAreMade: String {
    engine.hasDaemon
      ? Say.Conclusion.makesRulesWhenItStarts(name) : Say.Conclusion.makesRulesWhenContainersStart(name)
  }

  /// Starts a container anew.
  package func restart(_ container: String) -> String { "\(engine.tool) restart \(container)" }

  /// Starts a container.
  package func start(_ container: String) -> String { "\(engine.tool) start \(container)" }

  /// Puts a container on a network: `docker network connect frontend db`.
  package func connect(_ network: String, _ container: String) -> String {
    "\(engine.tool) network connect \(network) \(container)"
  }

  /// Gives a container without any network one.
  package func join(_ network: String, _ container: String) -> String {
    let connect = connect(network, container)
    return engine.leavesNoneFirst ? "\(engine.tool) network disconnect none \(container) && \(connect)" : connect
  }
}
