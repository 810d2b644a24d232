internal import Sentences
public import Topology

// What containers call each other: compose and swarm services, network aliases, links. Such a name means something to those
// on one network only, as the engine's own name server has it.

extension Snapshot {
  /// Whom somebody in a namespace calls so on its networks, each once: by name, by service, by alias, by a link of its own.
  public func neighbors(named text: String, of source: NamespaceID) -> [Endpoint] {
    var found: [Endpoint] = []
    for own in namespaces[source]?.containers ?? [] {
      let networks = own.attachments.map(\.network)
      for namespace in namespaces.values where namespace.id != source {
        for other in namespace.containers where other.runtime == own.runtime && other.owner == own.owner {
          let network = networks.first { other.isCalled(text, on: $0) }
          let isLinked = own.links[text].map { other.name == $0 || other.id == $0 } ?? false
          guard network != nil || isLinked else { continue }
          found.append(endpoint(other, in: namespace, on: network))
        }
      }
    }
    return found
  }

  /// Who is called so by those beside him, whatever network that is on: `db`, `shop/db` of a compose project.
  ///
  /// What a user's containers are called by others is no word of the host's: it could be any.
  func called(_ text: String) -> [Endpoint] {
    namespaces.values.flatMap { namespace in
      namespace.containers.filter { container in
        if container.owner != nil { return false }
        if container.innerNames.contains(text) { return true }
        guard let project = container.composeProject, let service = container.composeService else { return false }
        return text == "\(project)/\(service)"
      }.map { endpoint($0, in: namespace, on: nil) }
    }
  }

  /// A container, with its interface on a network where that is known.
  private func endpoint(_ container: Container, in namespace: Namespace, on network: String?) -> Endpoint {
    let link = network.flatMap { network in
      namespace.links.first { link in
        let near = peer(of: link)
        return near?.master.flatMap { self.link($0)?.network } == network || link.network == network
      }
    }
    // Who is on one network only needs no interface to be told by.
    let isPlain = namespace.shownLinks.count < 2
    return Endpoint(namespace: namespace.id, link: isPlain ? nil : link?.id, name: container.name)
  }

  /// Of one that is called so by others: which container, and on which networks.
  func introduced(_ endpoint: Endpoint) -> String {
    guard let container = namespaces[endpoint.namespace]?.containers.first(where: { $0.name == endpoint.name }),
      !container.attachments.isEmpty
    else { return endpoint.name }
    return Say.Endpoint.introduced(endpoint.name, on: container.attachments.map(\.network))
  }
}
