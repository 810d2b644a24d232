import Conclusions
import Fixtures
import Knowledge
import Paths
import Questions
import Topology

@testable import Walk

/// A walk through a model whose questions are answered from the model itself: who is in a subnet is reached by the link that
/// has it, and there are no packet filters.
struct AnsweredWalk {
  var snapshot: Snapshot
  /// Of the namespaces that have some; the others' are empty.
  var tables: [NamespaceID: NetworkTables] = [:]
  var devices: [LinkRef: WireGuardDevice] = [:]
  var listeners: [NamespaceID: [Listener]] = [:]

  /// The finished walk from one link to the address of another.
  func walk(from source: LinkRef, to destination: LinkRef) -> PacketWalk {
    func end(_ link: LinkRef) -> Target {
      .endpoint(Endpoint(namespace: link.namespace, link: link, name: "\(link.namespace.serial)"))
    }
    let subject = Subject(end(source), end(destination), DiagnosisOptions(), snapshot)
    var answers = Answers()
    while true {
      var walk = PacketWalk(subject, answers)
      walk.follow()
      if walk.pending.isEmpty { return walk }
      for question in walk.pending { answers.take(answer(question), to: question, in: snapshot) }
    }
  }

  /// The codes of what is wrong for certain, in the order of the way.
  func codes(from source: LinkRef, to destination: LinkRef) -> [CauseCode] {
    walk(from: source, to: destination).accusations.filter { $0.strength == .certain }.map(\.finding.code)
  }

  /// What is said of the first.
  func claim(from source: LinkRef, to destination: LinkRef) -> String? {
    walk(from: source, to: destination).accusations.first { $0.strength == .certain }?.finding.claim
  }

  private func answer(_ question: Question) -> Answer {
    switch question {
    case .tables(let namespace): .tables(tables[namespace] ?? NetworkTables())
    case .route(let query): .route(route(query))
    case .rules(_, let sources, _): .rules(Dictionary(uniqueKeysWithValues: sources.map { ($0, .text("")) }))
    case .listening(let namespace, _): .listening(listeners[namespace] ?? [])
    case .wireGuard(let link): devices[link].map { .wireGuard($0) } ?? .unread(Unread("WireGuard: not permitted"))
    case .neighbors(let namespace): .neighbors(tables[namespace]?.neighbors ?? [])
    default: .unread(Unread("nobody was asked"))
    }
  }

  private func route(_ query: RouteQuery) -> RouteAnswer {
    let links = snapshot.namespaces[query.namespace]?.links ?? []
    if links.contains(where: { $0.has(query.destination) }) { return .route(RouteDecision(type: "local")) }
    for link in links where link.state != .down {
      for own in link.addresses where own.local.shares(prefix: Int(own.prefixLength), with: query.destination) {
        return .route(RouteDecision(outLink: link.id, preferredSource: own.local))
      }
    }
    return .refused(errno: ErrorNumber.networkUnreachable, message: "")
  }
}

/// The host's bridge with two cables, a's and b's, both in 10.0.0.0/24.
struct TwoOnABridge {
  static let a = LinkRef(NamespaceID(serial: 1), 2)
  static let b = LinkRef(NamespaceID(serial: 2), 2)
  static let bridge = LinkRef(.host, 3)
  static let portOfA = LinkRef(.host, 4)
  static let portOfB = LinkRef(.host, 5)

  /// `onBridge` changes the bridge, `aEnds` and `bEnds` the links of the two besides the cable's end, which has no address then.
  static func snapshot(
    aEnds: [Link] = [], bEnds: [Link] = [], onBridge: (inout Link) -> Void = { _ in }
  ) -> Snapshot {
    var host = Namespace(id: .host, kind: .host, name: "host")
    var br0 = Models.link(bridge, "br0", kind: "bridge")
    onBridge(&br0)
    host.links = [
      br0, Models.link(portOfA, "va", master: bridge, peer: a), Models.link(portOfB, "vb", master: bridge, peer: b),
    ]
    func machine(_ end: LinkRef, _ name: String, _ address: String, _ port: LinkRef, _ others: [Link]) -> Namespace {
      var namespace = Namespace(id: end.namespace, name: name)
      let link = Models.link(end, "eth0", address: others.isEmpty ? address : nil, prefix: 24, peer: port)
      namespace.paths = ["/run/netns/\(name)"]
      namespace.links = [link] + others
      return namespace
    }
    return Snapshot(
      hostname: "h",
      namespaces: [
        host, machine(a, "a", "10.0.0.2", portOfA, aEnds), machine(b, "b", "10.0.0.3", portOfB, bEnds),
      ])
  }

  /// A VLAN on a cable's end, with that address.
  static func vlan(_ id: UInt64, on parent: LinkRef, index: UInt32, _ address: String) -> Link {
    var link = Models.link(
      LinkRef(parent.namespace, index), "eth0.\(id)", kind: "vlan", address: address, prefix: 24)
    link.lower = parent
    link.facts = [LinkFact("protocol", .text("802.1Q")), LinkFact("id", .number(id))]
    return link
  }
}
