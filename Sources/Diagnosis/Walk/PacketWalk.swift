package import Conclusions
package import Knowledge
package import Netfilter
package import Paths
package import Questions
internal import Sentences
package import Topology

/// One look at everything that is known so far: follows the packet there and back, and notes what it would have to know
/// to go on.
///
/// It starts afresh in every round: what it is told in between makes it see further, and nothing has to be kept in
/// step.
package struct PacketWalk: Sendable {
  package let subject: Subject
  package let answers: Answers
  package var snapshot: Snapshot { subject.snapshot }

  /// Asked for and not answered yet, in order.
  package private(set) var pending: [Question] = []
  /// The links that the request comes by, in order, each once: programs may be attached to them.
  package var devices: [LinkRef] {
    var seen: Set<LinkRef> = []
    return steps.compactMap(\.link).filter { seen.insert($0).inserted }
  }
  /// The links whose counters tell what became of the probes: those of the way and, where that leads out of the picture
  /// and the destination is in it, the destination's own cables.
  package var counted: [LinkRef] { steps.compactMap(\.link) + destinationCables }
  /// Empty where the destination has something else than cables, too, or the way does not lead out of the picture.
  package var destinationCables: [LinkRef] {
    guard arrival?.isBeyond == true, let there = subject.destination.namespace, !isBeyondView(there) else { return [] }
    let links = (snapshot.namespaces[there]?.links ?? []).filter { !$0.isLoopback && !$0.isFallbackTunnel }
    return links.allSatisfy(\.isPair) ? links.map(\.id) : []
  }
  /// What could not be read, one line each.
  package private(set) var unread: [String] = []
  package var notes: [String] = []
  package var accusations: [Accusation] = []
  /// The way of the request.
  package var steps: [Explanation.Step] = []
  /// Whether the packet followed now is the reply.
  package var isReply = false
  /// The step that checks are written to.
  package var current: Int?
  /// Namespaces whose rules the packet met, in order.
  package var filtered: [NamespaceID] = []
  /// Addresses that a namespace has rewritten: the packet before and after.
  package var translations: [NamespaceID: (before: Packet, after: Packet)] = [:]
  /// The rules that did so to the source, and to the destination.
  package var sourceTranslatedBy: [NamespaceID: RuleReference] = [:]
  package var destinationTranslatedBy: [NamespaceID: RuleReference] = [:]
  /// Namespaces whose conntrack has seen the request at a hook of IP.
  package var tracked: Set<NamespaceID> = []
  /// The rules that kept the request from conntrack.
  package var untrackedBy: [NamespaceID: RuleReference] = [:]
  /// The rule that has changed the time to live last.
  package var ttlSetBy: RuleReference?
  /// The namespaces that the request has left, in order.
  package var passages: [Passage] = []
  /// Where rules may send the connection, where they share it among several.
  package var endpoints: [ServicePlace] = []
  /// The tunnels whose outer packet is followed now, the innermost last.
  package var tunnels: [LinkRef] = []
  /// Followed instead of the packet.
  var solicitation: Solicitation?
  /// The size that a router's ICMP message tells, where that message is followed.
  package var message: UInt32?
  /// The source address of the request, as it leaves its namespace.
  package var sender: IPAddress?
  /// The interface of the source that has `sender`: of a source on several networks the kernel chooses which.
  package var sourceLink: LinkRef?
  /// That the packet comes to somebody else who has the destination's address, where no way joins the two.
  package var impostor: Explanation.Finding?

  package var bottlenecks: [MTUBottleneck] = []
  /// The largest packet that comes so far on the way that is followed, in bytes.
  package var largest = UInt32.max
  /// Where the request comes out, as far as can be told.
  package var arrival: Arrival?
  private var domains: [LinkRef: BroadcastDomain] = [:]

  /// The end of the request's way.
  package struct Arrival: Sendable {
    /// The namespace that takes it, or the last one that sends it on.
    package var namespace: NamespaceID
    /// The link that it came in by, or leaves by.
    package var link: LinkRef?
    package var packet: Packet
    /// Whether it has left the picture by that link.
    package var isBeyond = false
    /// What led it out of the picture.
    package var way: ForwardingDecision?
  }

  package init(_ subject: Subject, _ answers: Answers) {
    self.subject = subject
    self.answers = answers
    sourceLink = subject.source.link
  }

  // MARK: What is known

  /// The answer to a question; nil while there is none, or when it could not be read.
  package mutating func ask(_ question: Question) -> Answer? {
    guard let answer = answers[question] else {
      if !pending.contains(question) { pending.append(question) }
      return nil
    }
    if case .unread(let why) = answer {
      noteUnread(question.description(name), why)
      return nil
    }
    return answer
  }

  package mutating func tables(_ namespace: NamespaceID) -> NetworkTables? {
    guard case .tables(let tables)? = ask(.tables(namespace)) else { return nil }
    for line in tables.unread { noteUnread(Say.Walking.unread(name(namespace), line)) }
    return tables
  }

  /// A value below /proc/sys, by its name in sysctl(8); nil where it is not known, or does not exist.
  package mutating func sysctl(_ key: String, in namespace: NamespaceID) -> String? {
    tables(namespace)?.sysctls.first { $0.name == key }?.value
  }

  package mutating func noteUnread(_ what: String, _ why: Unread? = nil) {
    let line =
      if let why {
        if let missing = why.missing, !why.reason.contains(missing) {
          Say.Walking.unread(what, why.reason, missing: missing)
        } else {
          Say.Walking.unread(what, why.reason)
        }
      } else {
        what
      }
    if !unread.contains(line) { unread.append(line) }
  }

  package mutating func note(_ line: String) {
    if !notes.contains(line) { notes.append(line) }
  }

  package mutating func domain(of link: LinkRef) -> BroadcastDomain {
    if let known = domains[link] { return known }
    let found = subject.graph.domain(of: link)
    domains[link] = found
    return found
  }

  // MARK: The way

  /// Goes on to a step; on the way back to the one that the request has passed already.
  package mutating func enter(_ link: Link, _ role: Hop.Role) {
    if let known = steps.firstIndex(where: { $0.link == link.id }) {
      current = known
      return
    }
    // A reply by another way has no steps of its own: what is wrong there is shown where the ways parted.
    if isReply, !steps.isEmpty {
      current = steps.firstIndex { $0.namespace == link.id.namespace } ?? current
      return
    }
    steps.append(
      Explanation.Step(
        link: link.id, namespace: link.id.namespace, namespaceName: name(link.id.namespace), interface: link.name,
        role: role, isOK: true, checks: []))
    current = steps.count - 1
  }

  /// Goes on to the routing of a namespace that the packet only passes.
  package mutating func enterRouting(of namespace: NamespaceID) {
    if let known = steps.firstIndex(where: { $0.link == nil && $0.namespace == namespace }) {
      current = known
      return
    }
    if isReply, !steps.isEmpty {
      current = steps.firstIndex { $0.namespace == namespace } ?? current
      return
    }
    steps.append(
      Explanation.Step(
        namespace: namespace, namespaceName: name(namespace), interface: "", role: .route, isOK: true, checks: []))
    current = steps.count - 1
  }

  /// Writes down what was looked at.
  package mutating func check(_ state: Explanation.Check.State, _ title: String, _ text: String) {
    guard let current else { return }
    let check = Explanation.Check(state, isReply ? Say.Walking.ofReply(title) : title, text)
    guard !steps[current].checks.contains(check) else { return }
    // What a cable or a port is like holds for both ways: once is enough.
    if isReply, steps[current].checks.contains(Explanation.Check(state, title, text)) { return }
    steps[current].checks.append(check)
    switch state {
    case .bad: steps[current].isOK = false
    case .unknown: if steps[current].isOK == true { steps[current].isOK = nil }
    case .ok: break
    }
  }
}
