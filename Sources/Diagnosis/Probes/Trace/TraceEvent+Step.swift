internal import Diagnosis
internal import NFNetlink
internal import Netfilter
internal import Topology

extension TraceEvent {
  /// The event in the words of an explanation; nil for one of a kind or family that is not known.
  func step(in namespace: NamespaceID, isReply: Bool) -> TraceOutcome.Step? {
    let families: [UInt8: RuleTable.Family] = [1: .inet, 2: .ip, 3: .arp, 5: .netdev, 7: .bridge, 10: .ip6]
    let kinds: [UInt32: TraceOutcome.Step.Kind] = [1: .policy, 2: .chainReturn, 3: .rule]
    guard let family = families[family], var kind = kinds[type] else { return nil }
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
    switch code {
    case -1: return "continue"
    case -2: return "break"
    case -3: return "jump \(name)"
    case -4: return "goto \(name)"
    case -5: return "return"
    default:
      // Behind the verdict there may be an errno or the number of a queue (NF_VERDICT_MASK).
      let names = ["drop", "accept", "stolen", "queue", "repeat"]
      let low = Int(code & 0xFF)
      return low < names.count ? names[low] : "verdict \(code)"
    }
  }
}
