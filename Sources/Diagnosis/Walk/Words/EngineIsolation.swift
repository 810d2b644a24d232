package import Conclusions
package import Knowledge
internal import Netfilter
package import Paths
internal import Questions
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
    let from = container(source) == nil ? nil : network(of: source.link)
    let to = container(destination) == nil ? nil : network(of: destination.link)
    if !droppingRule.isNetworkIsolation {
      if let missing = missingRule(droppingRule, from, in: here) { return missing }
      guard isEntrance(droppingRule), !isReply, from == nil, let to, to.bridge.id.namespace == here else { return nil }
      return unpublished(destination)
    }
    if let (mine, other) = differentNetworks {
      return EngineIsolation(
        claim:
          "\(source.name) is on the network \(mine) and \(destination.name) on \(other): the engine keeps networks apart",
        remedy: container(source).flatMap { connectCommand(other, $0) })
    }
    if let from, let to, from.bridge.id == to.bridge.id {
      return EngineIsolation(claim: "The network \(from.name) lets no container talk to another one (icc=false)")
    }
    if isInternal(droppingRule.rule) {
      if let from {
        return EngineIsolation(claim: "The network \(from.name) has no way out: it is an internal one (--internal)")
      }
      if let to {
        return EngineIsolation(claim: "The network \(to.name) has no way in: it is an internal one (--internal)")
      }
    }
    if from == nil, to != nil, !isReply { return unpublished(destination) }
    return EngineIsolation(
      claim: "The container engine's isolation of networks drops \(isReply ? "the reply" : "the packet")")
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
    let published = container.ports.isEmpty ? "none" : container.ports.joined(separator: ", ")
    let claim =
      subject.options.port.map {
        "\(end.name) does not publish \($0.transport.rawValue.uppercased()) port \($0.number), and from outside only published ports are let in"
      } ?? "From outside only published ports of \(end.name) are let in, and ping is none"
    return EngineIsolation(
      claim: claim,
      fact: Explanation.Evidence(
        "published ports of \(container.name): \(published)", source: "\(container.runtime) API"))
  }

  /// What to say of a port that nothing listens on, where containers might publish it.
  package func noPublisher(of port: ServicePort, at end: Subject.End) -> String? {
    guard let id = end.namespace, let space = snapshot.namespaces[id],
      space.links.contains(where: { $0.isBridge && $0.network != nil })
    else { return nil }
    return publisher(of: port) == nil ? "no container publishes it" : nil
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
    let engine = EngineWords(container).name
    let text = container.ports.first {
      Container.ports(of: $0, side: 0, port.transport)?.contains(port.number) ?? false
    }
    return finding(
      .ruleMissing, nil, in: .host,
      "\(container.name) publishes port \(port), and no rule translates it, and no proxy of \(engine)'s listens\(subject.destination.address?.isLoopback == true ? "" : goneWords(container, "its DNAT"))",
      [
        Explanation.Evidence("\(container.name) publishes \(text ?? "it")", source: "\(container.runtime) API"),
        Explanation.Evidence("no rule of prerouting changes the destination", source: "packet filter rules"),
      ])
  }

  /// That a rule of an engine is gone, where others of it are there; else that there are none.
  private func goneWords(_ container: Container, _ what: String) -> String {
    let words = EngineWords(container)
    if let known = answers.reading(.host, .before), !words.isIn(known.ruleset) {
      return
        ". The host has none of \(words.name)'s rules: somebody has removed them, or it was told to make none (iptables=false)"
    }
    return ". \(what.prefix(1).uppercased() + what.dropFirst()) is gone. \(words.whenRulesAreMade)"
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
      claim:
        "The host's policy of \(droppingRule.rule.chain) drops the packet: \(engine)'s rule that lets out what comes from the network \(from.name) (\(from.bridge.name)) is not there",
      fact: Explanation.Evidence("\(from.bridge.name) is the network \(from.name)", source: "\(container.runtime) API"))
  }

  /// What an engine says of the source's network, where the rule that masquerades it is not there.
  func masqueradeWords(of bridge: Link?) -> (claim: String, fact: Explanation.Evidence)? {
    guard let bridge, let network = bridge.network, let container = container(subject.source) else { return nil }
    let engine = EngineWords(container).name
    let isWanted = !bridge.networkTraits.contains(.unmasqueraded)
    return (
      isWanted
        ? goneWords(container, "\(engine)'s masquerade of the network \(network)")
        : ". The network \(network) was made without masquerade",
      Explanation.Evidence("the network \(network) says masquerade=\(isWanted)", source: "\(container.runtime) API")
    )
  }
}

extension Container {
  /// Whether it is reached by that port of its host.
  func publishes(_ port: ServicePort) -> Bool {
    ports.contains { Container.ports(of: $0, side: 0, port.transport)?.contains(port.number) ?? false }
  }

  /// Whether that port of its own is reached by one of its host.
  func publishes(inside port: ServicePort) -> Bool {
    ports.contains { Container.ports(of: $0, side: 1, port.transport)?.contains(port.number) ?? false }
  }

  /// The ports on one side of `0.0.0.0:8000-8009→8000-8009/tcp`; nil where it is of another protocol.
  fileprivate static func ports(
    of text: String, side: Int, _ transport: TransportProtocol
  ) -> ClosedRange<UInt16>? {
    let sides = text.split(separator: "→")
    guard sides.count == 2, sides[1].hasSuffix("/\(transport.rawValue)"),
      let bounds = sides[side].split(separator: "/").first?.split(separator: ":").last?.split(separator: "-")
        .compactMap({ UInt16($0) }), let low = bounds.first, let high = bounds.last, low <= high
    else { return nil }
    return low...high
  }
}
