internal import Conclusions
internal import Knowledge
package import Netfilter
internal import Paths
internal import Sentences
package import Topology

/// What is wrong with the source of a packet that nobody can answer.
extension PacketWalk {
  /// The request as a namespace let it go.
  package struct Passage: Sendable {
    package var namespace: NamespaceID
    package var out: Link
    package var packet: Packet
    /// Whether the namespace only passed it on.
    package var isForwarded: Bool
  }

  /// Accuses whoever gave the request a source that the reply can't be sent to. Returns whether there is somebody: else
  /// the way back is what is wrong.
  mutating func accuseSource(_ source: IPAddress, _ evidence: [Explanation.Evidence]) -> Bool {
    guard isReply else { return false }
    if accuseTranslation(to: source, evidence, .certain) { return true }
    guard source == sender else { return false }
    if accuseChosenSource(source, evidence) { return true }
    guard let router = passages.first(where: { $0.isForwarded && $0.packet.source == source }),
      isContainerNetwork(router.namespace), leadsOutside(router.out)
    else { return false }
    return accuseMissingMasquerade(source, by: router.out, evidence, .certain)
  }

  /// A rule that translates to an address that no link of its namespace has.
  mutating func accuseTranslation(
    to source: IPAddress, _ evidence: [Explanation.Evidence], _ strength: Accusation.Strength
  ) -> Bool {
    guard
      let place = translations.first(where: { $0.value.after.source == source && $0.value.before.source != source })?
        .key,
      snapshot.namespaces[place]?.links.contains(where: { $0.has(source) }) != true
    else { return false }
    let rule = sourceTranslatedBy[place]
    var finding = finding(
      .wrongSource, nil, in: place,
      Say.Routing.translatesToNobody(name(place), "\(source)"),
      (rule.map { [Explanation.Evidence($0.text, source: Say.Walking.rulesOfFilter)] } ?? [])
        + [Explanation.Evidence(Say.Routing.noLink(of: name(place), has: "\(source)"), source: "IFA_LOCAL")] + evidence)
    finding.isOnReply = false
    finding.rule = rule
    accuse(finding, strength, check: Say.Walking.translation)
    return true
  }

  /// The kernel's choice, where another address of the same link would be answered.
  private mutating func accuseChosenSource(_ source: IPAddress, _ evidence: [Explanation.Evidence]) -> Bool {
    guard subject.leavesSource, let first = passages.first, !first.isForwarded else { return false }
    let others = first.out.addresses.filter {
      $0.local != source && $0.local.isIPv6 == source.isIPv6 && $0.local.isLinkLocal == source.isLinkLocal
    }
    guard let own = first.out.addresses.first(where: { $0.local == source }) ?? holder(of: source, in: first.namespace),
      let other = others.first(where: { !$0.local.shares(prefix: Int(own.prefixLength), with: source) })
    else { return false }
    let route = tables(first.namespace)?.routes.first { $0.preferredSource == source && $0.type == "unicast" }
    var finding = finding(
      .wrongSource, first.out, in: first.namespace,
      Say.Routing.wrongSource(name(first.namespace), "\(source)", but: "\(other.local)"),
      (route.map { [Explanation.Evidence(text(of: $0), source: "RTM_GETROUTE dump")] } ?? []) + evidence)
    finding.isOnReply = false
    accuse(finding, .certain, check: Say.Walking.route)
    return true
  }

  private func holder(of address: IPAddress, in namespace: NamespaceID) -> InterfaceAddress? {
    snapshot.namespaces[namespace]?.links.lazy.flatMap(\.addresses).first { $0.local == address }
  }

  /// Whether a link is an uplink, or a bridge with one: a bridge of containers alone is none.
  private mutating func leadsOutside(_ out: Link) -> Bool {
    !out.isBridge || domain(of: out.id).links.contains { snapshot.link($0)?.isUplink ?? false }
  }

  /// Whether the source's cable leads to a bridge of that namespace, as a container's does.
  private func isContainerNetwork(_ router: NamespaceID) -> Bool {
    guard let link = sourceLink.flatMap({ snapshot.link($0) }) else { return false }
    return snapshot.peer(of: link)?.master.map { $0.namespace == router } ?? false
  }

  /// Nobody outside knows the networks of containers: what leaves the machine has to carry one of its own addresses. Returns
  /// whether it can be said: the rules were read.
  @discardableResult
  mutating func accuseMissingMasquerade(
    _ source: IPAddress, by out: Link, _ evidence: [Explanation.Evidence], _ strength: Accusation.Strength
  ) -> Bool {
    let here = out.id.namespace
    guard knowsRules(of: here) else { return false }
    let near = snapshot.namespaces[here]?.links.lazy.compactMap { link in
      link.addresses.first { $0.local.shares(prefix: Int($0.prefixLength), with: source) }.map { (link, $0) }
    }.first
    let words = masqueradeWords(of: near?.0)
    let tool = source.isIPv6 ? "ip6tables" : "iptables"
    let remedy = near.map { link, own in
      "\(tool) -t nat -A POSTROUTING -s \(own.local.network(own.prefixLength))/\(own.prefixLength) ! -o \(PacketWalk.quoted(link.name)) -j MASQUERADE"
    }
    var finding = finding(
      .noMasquerade, out, in: here,
      Say.Routing.noMasquerade(name(here), by: out.name, "\(source)") + (words?.claim ?? ""),
      [Explanation.Evidence(Say.Routing.postroutingKeeps("\(source)"), source: Say.Walking.rulesOfFilter)]
        + (words.map { [$0.fact] } ?? []) + evidence,
      remedy: remedy)
    finding.isOnReply = false
    accuse(finding, strength, check: Say.Walking.translation)
    return true
  }
}
