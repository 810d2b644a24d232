package import Netfilter

extension WalkResult {
  /// The last rule that the packet matched with such an effect.
  package func rule(_ effect: Effects) -> RuleReference? { trail.last { $0.effects.contains(effect) }?.rule }
}
