internal import JSON
public import Topology

/// `show --format json`: a snapshot with the keys of `ip -j` wherever iproute2 has a word for it.
public struct SnapshotJSON: Sendable {
  /// The number in `"version"`: it grows when a key changes its meaning.
  public static let version = 1

  private let snapshot: Snapshot
  private let tables: [NamespaceID: NetworkTables]

  /// Makes a report of a snapshot; of namespaces with `tables` these are written, too.
  public init(_ snapshot: Snapshot, tables: [NamespaceID: NetworkTables] = [:]) {
    self.snapshot = snapshot
    self.tables = tables
  }

  /// One line of JSON with its newline, piece by piece; only `namespaces` where they are given.
  public func write(of namespaces: Set<NamespaceID>? = nil, to sink: @escaping (Span<UInt8>) -> Void) {
    var json = JSONWriter(reserving: 1 << 16, sink: sink)
    json.object { json in
      json.field("version", Self.version)
      json.field("hostname", snapshot.hostname)
      json.field("taken_at", snapshot.takenAt.rfc3339)
      json.field("warnings", snapshot.warnings.map(\.text))
      if !snapshot.networks.isEmpty {
        json.array("networks") { json in
          for network in snapshot.networks { write(network, &json) }
        }
      }
      json.array("namespaces") { json in
        for namespace in snapshot.namespaces.values where namespaces?.contains(namespace.id) ?? true {
          write(namespace, &json)
        }
      }
    }
    json.endLine()
    json.finish()
  }

  private var facts: FactJSON { FactJSON(snapshot: snapshot) }

  private func write(_ namespace: Namespace, _ json: inout JSONWriter) {
    json.object { json in
      if let cookie = namespace.cookie { json.field("cookie", cookie) }
      if let inode = namespace.inode { json.field("inode", inode) }
      if let owner = namespace.owner { json.field("owner_uid", owner) }
      if let nsid = namespace.nsid { json.field("nsid", nsid) }
      json.field("name", namespace.name)
      json.field("kind", namespace.kind.rawValue)
      json.field("paths", namespace.paths)
      json.field("permission", namespace.permission.rawValue)
      json.array("containers") { json in
        for container in namespace.containers { write(container, &json) }
      }
      json.array("interfaces") { json in
        for link in namespace.links { write(link, tables[namespace.id], &json) }
      }
      if let own = tables[namespace.id] { TablesJSON(snapshot: snapshot, tables: own).write(&json) }
    }
  }

  private func write(_ container: Container, _ json: inout JSONWriter) {
    json.object { json in
      json.field("id", container.id)
      json.field("name", container.name)
      json.field("runtime", container.runtime)
      json.field("image", container.image)
      if let pid = container.pid { json.field("pid", pid) }
      if let pod = container.pod {
        json.field("pod", pod.name)
        if let group = pod.group { json.field("pod_namespace", group) }
        if pod.isInfra { json.field("infra", true) }
      }
      if let project = container.composeProject { json.field("compose_project", project) }
      if let service = container.composeService { json.field("compose_service", service) }
      if let service = container.swarmService { json.field("swarm_service", service) }
      if !container.ports.isEmpty { json.field("ports", container.ports) }
      if !container.attachments.isEmpty {
        json.array("networks") { json in
          for attachment in container.attachments {
            json.object { json in
              json.field("name", attachment.network)
              if !attachment.aliases.isEmpty { json.field("aliases", attachment.aliases) }
            }
          }
        }
      }
      if container.isRemembered { json.field("stale", true) }
    }
  }

  private func write(_ network: ContainerNetwork, _ json: inout JSONWriter) {
    json.object { json in
      json.field("name", network.name)
      json.field("driver", network.driver)
      json.field("runtime", network.runtime)
      if let bridge = network.bridge { json.field("bridge", bridge) }
      if let parent = network.parent { json.field("parent", parent) }
      if !network.subnets.isEmpty { json.field("subnets", network.subnets) }
      if !network.vnis.isEmpty { json.array("vnis") { json in for vni in network.vnis { json.value(Int(vni)) } } }
      if network.isInternal { json.field("internal", true) }
    }
  }

  private func write(_ link: Link, _ tables: NetworkTables?, _ json: inout JSONWriter) {
    json.object { json in
      writeAttributes(of: link, &json)
      writeKind(of: link, &json)
      if !link.addresses.isEmpty {
        json.array("addr_info") { json in
          for address in link.addresses { write(address, &json) }
        }
      }
      if let device = tables?.devices[link.id] {
        json.field("driver", device.driver)
        if let speed = device.speed { json.field("speed", speed) }
      }
      if let holders = tables?.holders[link.id] { write(holders, &json) }
      write(link.counters, &json)
      write(link.peer, &json)
      writeLower(of: link, tables, &json)
      if let network = link.network { json.field("network", network) }
      if let port = link.port { write(port, of: link, &json) }
    }
  }

  /// The programs that hold a tun or tap device open.
  private func write(_ holders: [NetworkTables.Holder], _ json: inout JSONWriter) {
    json.array("programs") { json in
      for holder in holders {
        json.object { json in
          json.field("pid", holder.process.pid)
          json.field("name", holder.process.name)
          if let guest = holder.guest { json.field("guest", guest) }
        }
      }
    }
  }

  /// What every link has, in the order of `ip -j -d link`.
  private func writeAttributes(of link: Link, _ json: inout JSONWriter) {
    json.field("ifindex", link.id.index)
    json.field("ifname", link.name)
    if link.isStale { json.field("stale", true) }
    json.array("flags") { json in link.flags.forEachName { json.value($0) } }
    json.field("mtu", link.mtu)
    if !link.qdisc.isEmpty { json.field("qdisc", link.qdisc) }
    json.field("operstate", link.operState.name)
    if let master = link.master { json.field("master", facts.name(master)) }
    json.field("link_type", link.linkType)
    if !link.broadcastAddress.isEmpty, link.flags.contains(.pointToPoint) { json.field("link_pointtopoint", true) }
    if !link.hardwareAddress.isEmpty { json.field("address", link.hardwareAddressText) }
    if !link.broadcastAddress.isEmpty { json.field("broadcast", link.broadcastAddressText) }
    if !link.alternativeNames.isEmpty { json.field("altnames", link.alternativeNames) }
    if !link.alias.isEmpty { json.field("ifalias", link.alias) }
    json.field("group", link.group == 0 ? "default" : String(link.group))
    json.field("txqlen", link.txQueueLength)
    facts.write(link.attributes.span, &json)
  }

  private func writeKind(of link: Link, _ json: inout JSONWriter) {
    if !link.kind.isEmpty || !link.slaveKind.isEmpty {
      json.object("linkinfo") { json in
        if !link.kind.isEmpty { json.field("info_kind", link.kind) }
        if !link.facts.isEmpty { facts.write(link.facts, as: "info_data", &json) }
        if !link.slaveKind.isEmpty { json.field("info_slave_kind", link.slaveKind) }
        if !link.slaveFacts.isEmpty { facts.write(link.slaveFacts, as: "info_slave_data", &json) }
      }
    }
  }

  /// What a link lies on: by its name, and where it is in another namespace by its number there, as `ip` has it. A pair's
  /// other end has a key of its own, `peer`, and this one only where it is in the same namespace.
  private func writeLower(of link: Link, _ tables: NetworkTables?, _ json: inout JSONWriter) {
    if let lower = link.lower ?? link.peerLink {
      let isElsewhere = lower.namespace != link.id.namespace
      if link.peerLink == nil || !isElsewhere, let name = snapshot.namespaces.linkName(lower) {
        json.field("link", name)
      }
      if isElsewhere { json.field("link_index", lower.index) }
    }
    // It counts in the namespace's own table, so it is read inside.
    if let nsid = tables?.namespaceIDs[link.id] { json.field("link_netnsid", nsid) }
  }

  /// The port as `bridge -d link` has it: what `info_slave_data` holds, in its words.
  private func write(_ port: BridgePort, of link: Link, _ json: inout JSONWriter) {
    json.object("bridge_port") { json in
      json.field("state", port.state.name)
      json.field("isolated", port.isolated)
      json.field("hairpin", port.hairpin)
      json.field("learning", port.learning)
      json.field("flood", port.flood)
      let others = ["state", "isolated", "hairpin", "learning", "flood"]
      for fact in link.slaveFacts where !others.contains(fact.key) {
        json.key(fact.key == "multicast_router" ? "mcast_router" : fact.key)
        facts.write(fact.value, &json)
      }
    }
  }

  private func write(_ address: InterfaceAddress, _ json: inout JSONWriter) {
    json.object { json in
      json.field("family", address.local.isIPv6 ? "inet6" : "inet")
      json.field("local", address.local.description)
      if let peer = address.peer { json.field("address", peer.description) }
      json.field("prefixlen", address.prefixLength)
      if let broadcast = address.broadcast { json.field("broadcast", broadcast.description) }
      json.field("scope", address.scopeName)
      if let label = address.label { json.field("label", label) }
      for name in address.flags.names(isIPv6: address.local.isIPv6) {
        json.key(name)
        json.value(true)
      }
      if let origin = address.originName { json.field("protocol", origin) }
    }
  }

  private func write(_ counters: Counters, _ json: inout JSONWriter) {
    json.object("stats64") { json in
      json.object("rx") { json in
        json.field("bytes", counters.rxBytes)
        json.field("packets", counters.rxPackets)
        json.field("errors", counters.rxErrors)
        json.field("dropped", counters.rxDropped)
      }
      json.object("tx") { json in
        json.field("bytes", counters.txBytes)
        json.field("packets", counters.txPackets)
        json.field("errors", counters.txErrors)
        json.field("dropped", counters.txDropped)
      }
    }
  }

  private func write(_ peer: Peer?, _ json: inout JSONWriter) {
    switch peer {
    case nil: break
    case .unknown(let reason): json.object("peer") { $0.field("unknown", reason) }
    case .link(let ref):
      json.object("peer") { json in
        let far = snapshot.namespaces.identity(of: ref.namespace)
        if let cookie = far?.cookie { json.field("cookie", cookie) }
        if let inode = far?.inode { json.field("inode", inode) }
        json.field("ifindex", ref.index)
        json.field("ifname", snapshot.namespaces.linkName(ref) ?? "")
      }
    }
  }
}
