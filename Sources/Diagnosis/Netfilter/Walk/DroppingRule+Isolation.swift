internal import Topology

extension DroppingRule {
  init(_ rule: Rule, _ chain: RuleChain, _ table: RuleTable, isReject: Bool) {
    self.init(
      rule: RuleReference(rule, chain, table), isPolicy: false, isReject: isReject, counters: rule.counters,
      isNetworkIsolation: rule.isNetworkIsolation(in: chain.name, of: table))
  }

  init(policyOf chain: RuleChain, _ table: RuleTable) {
    self.init(
      rule: RuleReference(policyOf: chain, table), isPolicy: true, isReject: false, counters: chain.policyCounters,
      isNetworkIsolation: false)
  }
}

extension Rule {
  /// Whether a drop by this rule is an engine's isolation of its networks: by the chain's name and the rule's shape.
  fileprivate func isNetworkIsolation(in chain: String, of table: RuleTable) -> Bool {
    for engine in Engine.all {
      if table.origin == .nft, engine.isolationTables.contains(table.name) { return true }
      if engine.isolationChains.contains(where: { chain.hasPrefix($0) }) { return true }
    }
    switch (table.name, chain) {
    case ("filter", "FORWARD"), ("filter", "DOCKER-FORWARD"):
      // icc=false: -i docker0 -o docker0 -j DROP
      return interfaces.map { $0.in.name == $0.out.name && !$0.in.isNegated && !$0.out.isNegated } ?? false
    case ("filter", "DOCKER"):
      // A port that is not published, asked for from outside of the network: ! -i docker0 -o docker0 -j DROP
      return interfaces.map { $0.in.name == $0.out.name && $0.in.isNegated && !$0.out.isNegated } ?? false
    case ("raw", "PREROUTING"):
      // A container's address, asked for past its bridge: -d 172.17.0.2/32 ! -i docker0 -j DROP
      guard conditions.count == 2, case .compare(let address, .equal, _) = conditions[0],
        case .compare(let interface, .notEqual, _) = conditions[1]
      else { return false }
      guard case .address(.destination, _)? = address.first?.selector else { return false }
      return interface.first?.selector == .inInterface
    default: return false
    }
  }

  /// The two interfaces, where the rule asks for one of each and for nothing else.
  private var interfaces: (in: (name: String, isNegated: Bool), out: (name: String, isNegated: Bool))? {
    guard conditions.count == 2, let first = conditions[0].interface(.inInterface),
      let second = conditions[1].interface(.outInterface)
    else { return nil }
    return (first, second)
  }
}

extension Match {
  /// The one name that the condition asks of that field.
  fileprivate func interface(_ selector: PacketField) -> (name: String, isNegated: Bool)? {
    guard case .compare(let operands, let comparison, let elements) = self, operands == [MatchOperand(selector)],
      elements.count == 1, case .exactly(.name(let name))? = elements.first?.first
    else { return nil }
    switch comparison {
    case .equal: return (name, false)
    case .notEqual: return (name, true)
    default: return nil
    }
  }
}
