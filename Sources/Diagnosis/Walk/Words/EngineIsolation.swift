package import Conclusions
package import Knowledge
internal import Netfilter
package import Paths
internal import Questions
internal import Sentences
package import Topology

/// A drop that a container engine means to do, as its users would say it.
struct EngineIsolation: Sendable {
  var code = CauseCode.networkIsolation
  var claim: String
  var fact: Explanation.Evidence?
  var remedy: String?
}

extension PacketWalk {
  /// Whether a drop is an engine keeping its networks apart, or closed to the outside; nil: it is somebody's firewall.
  func isolation(by droppingRule: DroppingRule, in here: NamespaceID) -> EngineIsolation? {
    let (source, destination) = (subject.source, subject.destination)
    let from = container(source) == nil ? nil : network(of: sourceLink)
    let to = container(destination) == nil ? nil : network(of: destination.link)
    if !droppingRule.isNetworkIsolation {
      if let missing = missingRule(droppingRule, from, in: here) { return missing }
      guard isEntrance(droppingRule), !isReply, from == nil, let to, to.bridge.id.namespace == here else { return nil }
      return unpublished(destination)
    }
    if let (mine, other) = differentNetworks {
      return EngineIsolation(
        claim: Say.Isolation.differentNetworks(source.name, on: mine, destination.name, on: other),
        remedy: container(source).flatMap { connectCommand(other, $0) })
    }
    if let from, let to, from.bridge.id == to.bridge.id {
      return EngineIsolation(claim: Say.Isolation.noTalk(within: from.name))
    }
    if isInternal(droppingRule.rule) {
      if let from {
        return EngineIsolation(claim: Say.Isolation.noWayOut(of: from.name))
      }
      if let to {
        return EngineIsolation(claim: Say.Isolation.noWayIn(to: to.name))
      }
    }
    if from == nil, to != nil, !isReply { return unpublished(destination) }
    return EngineIsolation(claim: Say.Isolation.drops(isReply: isReply))
  }

  /// Whether it drops what leaves, or enters, an internal network.
  private func isInternal(_ rule: RuleReference) -> Bool {
    Engine.all.contains { $0.internalChains.contains(rule.chain) }
  }

  /// Where a packet ends that comes from outside and that no published port takes: Docker sets this policy.
  private func isEntrance(_ droppingRule: DroppingRule) -> Bool {
    droppingRule.isPolicy && droppingRule.rule.table == "filter" && droppingRule.rule.chain == "FORWARD"
  }

  private func unpublished(_ end: Subject.End) -> EngineIsolation? {
    guard let container = container(end) else { return nil }
    // One that is published, and does not get through all the same, has another cause.
    if let port = subject.options.port, container.publishes(inside: port) { return nil }
    let claim =
      subject.options.port.map {
        Say.Isolation.unpublished(end.name, transport: $0.transport.rawValue.uppercased(), port: Int($0.number))
      } ?? Say.Isolation.pingIsUnpublished(end.name)
    return EngineIsolation(
      claim: claim,
      fact: Explanation.Evidence(
        Say.Isolation.publishedPorts(of: container.name, container.ports), source: "\(container.runtime) API"))
  }

  /// What to say of a port that nothing listens on, where containers might publish it.
  package func noPublisher(of port: ServicePort, at end: Subject.End) -> String? {
    guard let id = end.namespace, let space = snapshot.namespaces[id],
      space.links.contains(where: { $0.isBridge && $0.network != nil })
    else { return nil }
    return publisher(of: port) == nil ? Say.Isolation.noPublisher : nil
  }

  // MARK: What ought to be there

  private func publisher(of port: ServicePort) -> Container? {
    snapshot.namespaces.values.lazy.flatMap(\.containers).first { $0.publishes(port) }
  }

  /// Whether it is a port of the host that a container publishes, and that no rule translates.
  package func isUntranslatedPublication(_ port: ServicePort, in namespace: NamespaceID?) -> Bool {
    namespace == .host && knowsRules(of: .host) && translations[.host] == nil && publisher(of: port) != nil
  }

  /// Whether the rules of a namespace were read: else nothing can be said to be missing among them.
  package func knowsRules(of namespace: NamespaceID?) -> Bool {
    namespace.flatMap { answers.reading($0, .before) }.map { !$0.isBlind } ?? false
  }

  /// A published port of the host that nothing translates and nobody listens on: the engine's rule is gone.
  package func missingPublication(of port: ServicePort, in namespace: NamespaceID?) -> Explanation.Finding? {
    guard isUntranslatedPublication(port, in: namespace), let container = publisher(of: port) else { return nil }
    let words = EngineWords(container)
    let ending =
      subject.destination.address?.isLoopback == true
      ? "" : endingWithoutRules(words) ?? Say.Isolation.goneTranslation(words.whenRulesAreMade)
    let text = container.ports.first {
      Container.ports(of: $0, side: 0, port.transport)?.contains(port.number) ?? false
    }
    return finding(
      .ruleMissing, nil, in: .host,
      Say.Isolation.untranslated(container.name, port: "\(port)", engine: words.name, ending: ending),
      [
        Explanation.Evidence(Say.Isolation.publishes(container.name, text), source: "\(container.runtime) API"),
        Explanation.Evidence(Say.Isolation.noDestinationRule, source: Say.Walking.rulesOfFilter),
      ])
  }

  /// That the host has no rule at all of an engine; nil where others of it are there: then one is gone.
  private func endingWithoutRules(_ words: EngineWords) -> String? {
    guard let known = answers.reading(.host, .before), !words.isIn(known.ruleset) else { return nil }
    return Say.Isolation.noRules(of: words.name)
  }

  /// The policy drops what a container sends, which its engine lets out by a rule of its own for each network.
  private func missingRule(
    _ droppingRule: DroppingRule, _ from: (bridge: Link, name: String)?, in here: NamespaceID
  ) -> EngineIsolation? {
    guard isEntrance(droppingRule), !isReply, let from, from.bridge.id.namespace == here, differentNetworks == nil,
      let container = container(subject.source)
    else { return nil }
    let engine = EngineWords(container).name
    return EngineIsolation(
      code: .ruleMissing,
      claim: Say.Isolation.noWayOutRule(
        chain: droppingRule.rule.chain, engine: engine, network: from.name, bridge: from.bridge.name),
      fact: Explanation.Evidence(
        Say.Isolation.isNetwork(from.bridge.name, from.name), source: "\(container.runtime) API"))
  }

  /// What an engine says of the source's network, where the rule that masquerades it is not there.
  func masqueradeWords(of bridge: Link?) -> (claim: String, fact: Explanation.Evidence)? {
    guard let bridge, let network = bridge.network, let container = container(subject.source) else { return nil }
    let words = EngineWords(container)
    let isWanted = !bridge.networkTraits.contains(.unmasqueraded)
    let claim =
      isWanted
      ? endingWithoutRules(words)
        ?? Say.Isolation.goneMasquerade(of: network, engine: words.name, words.whenRulesAreMade)
      : Say.Isolation.noMasquerade(of: network)
    return (
      claim,
      Explanation.Evidence(
        Say.Isolation.masquerade(of: network, isWanted: isWanted), source: "\(container.runtime) API")
    )
  }
}
