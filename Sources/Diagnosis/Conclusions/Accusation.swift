/// A finding, and what the judge has to know about it.
package struct Accusation: Sendable {
  package enum Strength: Sendable {
    /// It stops the packet for certain.
    case certain
    /// It goes with the symptom, and may be the effect of something else.
    case likely
    /// It could not be decided whether it stops the packet.
    case possible
  }

  package var finding: Explanation.Finding
  package var strength: Strength
  /// Whether the rule's counter did not move while the probes were lost: then it never saw them.
  package var isRefuted = false
  /// Whether it stops only the message that a packet is too large.
  package var isOfSize = false
  /// What could not be decided as a certain finding, where it would reject: somebody who listens and is refused all the
  /// same decides it.
  package var rejection: Explanation.Finding?

  package init(finding: Explanation.Finding, strength: Strength) {
    self.finding = finding
    self.strength = strength
  }
}
