/// A rule or a policy that drops the packet.
public struct DroppingRule: Hashable, Sendable {
  /// The rule; a policy has its text alone.
  public var rule: RuleReference
  /// Whether it is the policy of the base chain: no rule took the packet.
  public var isPolicy: Bool
  /// Whether the sender is told (an ICMP error or a TCP reset).
  public var isReject: Bool
  /// What it has counted so far, where it counts.
  public var counters: RuleCounters?
  /// To whom it hands the packet, where it does not drop by itself.
  public var handover: Handover?
  /// Whether this is the isolation between the networks of a container engine, and not somebody's firewall.
  public var isNetworkIsolation: Bool
}
