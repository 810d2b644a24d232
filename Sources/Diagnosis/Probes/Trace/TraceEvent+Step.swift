internal import NFNetlink
internal import Netfilter
internal import Questions
internal import Topology

extension TraceEvent {
  /// The event in the words of an explanation; nil for one of a kind or family that is not known.
  func step(in namespace: NamespaceID, isReply: Bool) -> TraceOutcome.Step? {
    let families: [NFFamily: RuleTable.Family] = [
      .inet: .inet, .ipv4: .ip, .arp: .arp, .netdev: .netdev, .bridge: .bridge, .ipv6: .ip6,
    ]
    let kinds: [TraceEvent.Kind: TraceOutcome.Step.Kind] = [.policy: .policy, .return: .chainReturn, .rule: .rule]
    guard let family = NFFamily(rawValue: family).flatMap({ families[$0] }),
      var kind = TraceEvent.Kind(rawValue: type).flatMap({ kinds[$0] })
    else { return nil }
    // At the end of a chain the kernel tells of a rule that is none.
    if kind == .rule, handle == nil { kind = .chainReturn }
    return TraceOutcome.Step(
      namespace: namespace, kind: kind, family: family, table: SafeText.decode(table), chain: SafeText.decode(chain),
      handle: kind == .rule ? handle : nil, verdict: verdictText(kind), isReply: isReply)
  }

  private func verdictText(_ kind: TraceOutcome.Step.Kind) -> String {
    guard let code = kind == .policy ? policy ?? verdict : verdict else {
      return kind == .chainReturn ? "return" : "continue"
    }
    let name = SafeText.decode(target ?? [])
    switch NFVerdict(code) {
    case .jump: return "jump \(name)"
    case .goto: return "goto \(name)"
    case let verdict?: return "\(verdict)"
    case nil: return "verdict \(code)"
    }
  }
}
