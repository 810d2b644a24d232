internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology

/// Routing by links that belong to a VRF: each VRF has a table of its own (ip-vrf(8), `l3mdev`).
extension RoutingStage {
  /// The VRF that a link is in; nil: none.
  private func vrf(of link: Link?) -> Link? {
    link?.master.flatMap { walk.snapshot.link($0) }.flatMap { $0.kind == "vrf" ? $0 : nil }
  }

  /// The link to ask by, where a packet came in by one of a VRF: so the kernel looks into that one's table.
  var vrfOfIncoming: Link? { vrf(of: incoming) }

  /// Whether a route of the VRF's own refuses just that: a default that refuses is how a VRF is kept from the main table, as
  /// the kernel's documentation has it, and means no more than that there is no route.
  mutating func isRejectedInVRF(_ destination: IPAddress) -> Bool {
    guard let table = vrfOfIncoming?.vrfTable else { return false }
    return walk.tables(here)?.routes.contains {
      UInt64($0.table) == table && $0.prefixLength > 0 && $0.holds(destination)
        && ["unreachable", "blackhole", "prohibit"].contains($0.type)
    } ?? false
  }

  /// A VRF without a route to where the goal lies, in another VRF or in none. Returns whether that is so.
  mutating func accuseMissingLeak(_ query: RouteQuery, _ answer: Explanation.Evidence) -> Bool {
    guard let incoming, let vrf = vrfOfIncoming, let table = vrf.vrfTable else { return false }
    let expected = expectedWay(to: query.destination)?.out
    let right = expected.flatMap { link in goal.map { walk.domain(of: link.id).contains($0) } == true ? link : nil }
    var remedies: [String] = []
    if let right, let there = leak(to: query.destination, by: right, from: incoming) {
      remedies.append(there)
      // One way alone is not enough: the reply comes in by the other.
      if let source = packet.source, let back = leakBack(to: source, by: incoming, from: right) {
        remedies.append(back)
      }
    }
    walk.accuse(
      walk.finding(
        .noRoute, incoming, in: here,
        Say.Routing.noRoute(
          walk.name(here), to: "\(query.destination)", vrf: vrf.name, table: "\(table)", of: incoming.name),
        [
          answer,
          Explanation.Evidence("\(incoming.name): master \(vrf.name), table \(table)", source: "IFLA_VRF_TABLE"),
        ],
        remedy: remedies.isEmpty ? nil : remedies.joined(separator: " && ")), .certain, check: Say.Walking.route)
    return true
  }

  /// The route that the reply needs, where its table has none.
  private mutating func leakBack(to source: IPAddress, by link: Link, from right: Link) -> String? {
    guard !walk.isReply else { return nil }
    var query = RouteQuery(namespace: here, destination: source)
    query.outLink = vrf(of: right)?.id
    guard case .route(.refused)? = walk.ask(.route(query)) else { return nil }
    return leak(to: source, by: link, from: right)
  }

  /// `ip route add 10.2.0.0/24 dev vb table 101`: the subnet of a link, for the table that packets from another are routed
  /// by.
  private func leak(to destination: IPAddress, by link: Link, from incoming: Link) -> String? {
    guard
      let own = link.addresses.first(where: { $0.local.shares(prefix: Int($0.prefixLength), with: destination) })
    else { return nil }
    let ip = destination.isIPv6 ? "ip -6" : "ip"
    let network = "\(own.local.network(own.prefixLength))/\(own.prefixLength)"
    let table = vrf(of: incoming)?.vrfTable.map { " table \($0)" } ?? ""
    return walk.command("\(ip) route add \(network) dev \(PacketWalk.quoted(link.name))\(table)", in: here)
  }
}
