internal import Paths
internal import Session
internal import Topology

extension EngineWish {
  /// What a command needs whose arguments are names of what is in the picture.
  static func names(_ names: [String]) -> EngineWish {
    EngineWish(
      unresolved: { snapshot in
        names.first { name in
          if case .failure(let error) = Endpoint.resolve(name, in: snapshot) { error.isUnknown } else { false }
        }
      }, tell: { Output().warn($0) })
  }

  /// What a command needs that asks about a way: who sends, and whom they call by the name of the other end.
  static func conversation(from sources: [String], to destination: String) -> EngineWish {
    EngineWish(
      unresolved: { snapshot in
        for source in sources {
          guard case .success(let from) = Target.source(source, in: snapshot) else { return source }
          // What nobody in the picture is called may still be: a name for the source's own resolver else.
          if case .success((.name(let name), _)) = Target.destination(destination, from: from, in: snapshot),
            !name.contains(".")
          {
            return name
          }
        }
        return nil
      },
      networks: { snapshot in
        var networks: Set<String> = []
        for source in sources {
          guard case .success(.endpoint(let end)) = Target.source(source, in: snapshot) else { return nil }
          for container in snapshot.namespaces[end.namespace]?.containers ?? [] {
            networks.formUnion(container.attachments.map(\.network))
          }
        }
        return networks
      }, tell: { Output().warn($0) })
  }
}
