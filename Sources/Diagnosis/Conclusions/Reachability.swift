internal import Netfilter
internal import Topology

/// Who can reach one destination, and what keeps the others from it.
public struct Reachability: Hashable, Sendable {
  /// The destination as it was asked for: `db:5432`.
  public var destination: String
  /// The answer for each source, in the order in which they were asked about.
  public var answers: [Explanation]

  /// Makes a table of those answers.
  public init(destination: String, answers: [Explanation]) {
    self.destination = destination
    self.answers = answers
  }

  /// A cause, and whom it concerns.
  public struct Group: Hashable, Sendable {
    /// As it was found first.
    public var cause: Explanation.Finding
    /// The names of the sources, in their order.
    public var sources: [String]
  }

  private struct Key: Hashable {
    var code: CauseCode
    var namespace: NamespaceID?
    var link: LinkRef?
    /// The rule's text where there is one, else the claim.
    var words: String
  }

  /// The causes, each once: one rule, one link or one claim is one cause, whoever meets it. The one that concerns most
  /// comes first.
  public var groups: [Group] {
    var groups: [Group] = []
    var places: [Key: Int] = [:]
    for answer in answers {
      guard let cause = answer.cause else { continue }
      let key = Key(
        code: cause.code, namespace: cause.namespace, link: cause.link,
        words: cause.rule?.text ?? (cause.link == nil ? cause.claim : ""))
      if let place = places[key] {
        groups[place].sources.append(answer.source.name)
      } else {
        places[key] = groups.count
        groups.append(Group(cause: cause, sources: [answer.source.name]))
      }
    }
    // The order within equals stays.
    return groups.enumerated().sorted { a, b in
      (b.element.sources.count, a.offset) < (a.element.sources.count, b.offset)
    }.map(\.element)
  }

  /// How many of them reach it, in whatever way.
  public var reaching: Int {
    answers.count { $0.verdict == .reachable || $0.verdict == .degraded }
  }
}
