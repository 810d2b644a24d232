package import Netfilter

extension Ruleset {
  /// Whether a rule, or a policy, has a counter.
  package func counts(_ reference: RuleReference) -> Bool {
    for table in tables where table.name == reference.table && table.family == reference.family {
      guard table.origin == reference.origin, let chain = table.chains.first(where: { $0.name == reference.chain })
      else { continue }
      for rule in chain.rules where RuleReference(rule, chain, table) == reference { return rule.counters != nil }
      if RuleReference(policyOf: chain, table) == reference { return chain.policyCounters != nil }
    }
    return false
  }
}
