package import Conclusions
internal import Netfilter
internal import Paths
internal import Sentences
package import Topology

extension PacketWalk {
  /// A finding about a link or a namespace, with nothing filled in that does not follow from it.
  package func finding(
    _ code: CauseCode, _ link: Link?, in namespace: NamespaceID? = nil, _ claim: String,
    _ evidence: [Explanation.Evidence], remedy: String? = nil
  ) -> Explanation.Finding {
    let place = link?.id.namespace ?? namespace
    return Explanation.Finding(
      code: code, namespace: place, namespaceName: place.map(name) ?? "", interface: link?.name, link: link?.id,
      isOnReply: isReply, claim: Say.Place.beginning(claim), evidence: evidence,
      remedy: remedy.map { text in place.map { command(text, in: $0) } ?? text }, rule: nil)
  }

  /// Adds a finding, unless the same one has been met already, and marks the step that it belongs to. Returns what was
  /// added; nil: nothing.
  @discardableResult
  package mutating func accuse(
    _ finding: Explanation.Finding, _ strength: Accusation.Strength, check: String? = nil
  ) -> Accusation? {
    accuse(Accusation(finding: finding, strength: strength), check: check)
  }

  /// The same of an accusation that is more than a finding.
  @discardableResult
  package mutating func accuse(_ accusation: Accusation, check title: String? = nil) -> Accusation? {
    let finding = accusation.finding
    let isKnown = accusations.contains {
      $0.finding.code == finding.code && $0.finding.namespace == finding.namespace && $0.finding.link == finding.link
        && $0.finding.rule == finding.rule && (finding.link != nil || $0.finding.claim == finding.claim)
    }
    if let title {
      check(accusation.strength == .possible || accusation.isRefuted ? .unknown : .bad, title, finding.claim)
    }
    if isKnown { return nil }
    accusations.append(accusation)
    return accusation
  }

  /// Whether a link was found at fault by itself.
  package func isAccused(_ link: LinkRef) -> Bool {
    accusations.contains { $0.finding.link == link && $0.strength == .certain }
  }
}
