internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology
internal import Walk

/// What connection tracking has in mind (conntrack(8)).
extension Judge {
  /// The tables that were read, each with its namespace.
  private var tables: [(namespace: NamespaceID, table: ConnectionTable)] {
    walk.trackers.compactMap { namespace in
      guard let question = walk.connections(of: namespace), case .connections(let table)? = walk.answers[question]
      else {
        return nil
      }
      return (namespace, table)
    }
  }

  /// No other connection has room: its first packet is dropped.
  var fullTable: Explanation.Finding? {
    for (namespace, table) in tables where table.isFull {
      let (count, limit) = (table.count ?? 0, table.limit ?? 0)
      return walk.finding(
        .connectionsFull, nil, in: namespace,
        Say.Verdict.tableFull(walk.name(namespace)),
        [
          Explanation.Evidence(
            "nf_conntrack_count = \(count), nf_conntrack_max = \(limit)", source: "/proc/sys/net/netfilter")
        ])
    }
    return nil
  }

  /// Connections that are led elsewhere than a new one would be: the rules have changed since their first packet.
  var stale: [Explanation.Finding] {
    // Where several endpoints share the connections each of them is right.
    guard walk.endpoints.count < 2, let address = subject.destination.address else { return [] }
    return tables.compactMap { namespace, table in
      table.connections.lazy.compactMap { stale($0, address, in: namespace) }.first
    }
  }

  private func stale(
    _ connection: TrackedConnection, _ address: IPAddress, in namespace: NamespaceID
  ) -> Explanation.Finding? {
    let transport = subject.options.port?.transport
    guard transport != nil, connection.protocolNumber == (transport == .tcp ? 6 : 17), connection.zone == 0,
      connection.original.destination == address,
      connection.original.destinationPort == subject.options.port?.number,
      // An old connection of TCP goes on as it began, and is well.
      transport == .udp || !connection.hasSeenReply
    else { return nil }
    let wanted = walk.translations[namespace]?.after.destination ?? address
    let used = connection.reply.source
    // One of our own probes, or of somebody who began after the rules had changed.
    guard used != wanted else { return nil }
    let (original, port) = (connection.original, connection.original.destinationPort ?? 0)
    let name = transport == .tcp ? "tcp" : "udp"
    let rule = walk.destinationTranslatedBy[namespace]
    var remedy = "conntrack -D -p \(name) -s \(original.source) -d \(address) --dport \(port)"
    if let from = original.sourcePort { remedy += " --sport \(from)" }
    return walk.finding(
      .staleConnection, nil, in: namespace,
      Say.Verdict.stale(
        from: "\(original.source)" + (original.sourcePort.map { ":\($0)" } ?? ""), to: "\(address):\(port)",
        goesTo: "\(used)", trackedBy: walk.name(namespace), rulesSay: "\(wanted)"),
      [
        Explanation.Evidence(
          Say.Verdict.tracked(
            "\(name) \(original.source) > \(address):\(port)", repliesFrom: "\(used)",
            isAnswered: connection.hasSeenReply), source: "ctnetlink")
      ] + (rule.map { [Explanation.Evidence($0.text, source: Say.Walking.rulesOfFilter)] } ?? []),
      remedy: remedy)
  }
}

extension PacketWalk {
  /// The namespaces whose connection tracking decides where the packets go: those that translate or pass them on.
  var trackers: [NamespaceID] {
    let forwarding = passages.filter(\.isForwarded).map(\.namespace)
    return tracked.filter { translations[$0] != nil || forwarding.contains($0) }.sorted()
  }

  /// What is asked of it; nil: the destination has no address.
  func connections(of namespace: NamespaceID) -> Question? {
    subject.destination.address.map { .connections(namespace, between: [$0]) }
  }
}
