internal import Conclusions
internal import Netfilter
internal import Paths
internal import Questions
internal import Topology

/// A drop that a container engine means to do, as its users would say it.
struct EngineIsolation: Sendable {
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
      guard isEntrance(droppingRule), !isReply, from == nil, let to, to.bridge.id.namespace == here else { return nil }
      return unpublished(destination)
    }
    if let (mine, other) = differentNetworks {
      return EngineIsolation(
        claim:
          "\(source.name) is on the network \(mine) and \(destination.name) on \(other): the engine keeps networks apart",
        remedy: container(source).map { connectCommand(other, $0) })
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
    if let port = subject.options.port, container.publishes(inside: port.number) { return nil }
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
  package func noPublisher(of port: UInt16, at end: Subject.End) -> String? {
    guard let id = end.namespace, let space = snapshot.namespaces[id],
      space.links.contains(where: { $0.isBridge && $0.network != nil })
    else { return nil }
    let everybody = snapshot.namespaces.values.flatMap(\.containers)
    return everybody.contains { $0.publishes(port) } ? nil : "no container publishes it"
  }
}

extension Container {
  /// Whether it is reached by that TCP port of its host.
  func publishes(_ port: UInt16) -> Bool {
    ports.contains { Container.ports(of: $0, side: 0)?.contains(port) ?? false }
  }

  /// Whether that TCP port of its own is reached by one of its host.
  func publishes(inside port: UInt16) -> Bool {
    ports.contains { Container.ports(of: $0, side: 1)?.contains(port) ?? false }
  }

  /// The TCP ports on one side of `0.0.0.0:8000-8009→8000-8009/tcp`; nil where it is of another protocol.
  private static func ports(of text: String, side: Int) -> ClosedRange<UInt16>? {
    let sides = text.split(separator: "→")
    guard sides.count == 2, sides[1].hasSuffix("/tcp"),
      let bounds = sides[side].split(separator: "/").first?.split(separator: ":").last?.split(separator: "-")
        .compactMap({ UInt16($0) }), let low = bounds.first, let high = bounds.last, low <= high
    else { return nil }
    return low...high
  }
}
