internal import Netlink
internal import NetlinkSocket
internal import RTNetlink
internal import Topology

/// What bridges and vxlans have of tables besides the forwarding database.
extension TableReader {
  /// Rows under the links that they are of.
  private typealias Rows = [LinkRef: [[LinkFact]]]

  func readBridges(_ tables: inout NetworkTables, through requests: RequestChannel) {
    read(.portVLANs, &tables) { tables throws(RequestError) in
      try readPorts(&tables, through: requests)
    }
    // Linux 5.6 and later; it says more of the same VLANs.
    read(.portVLANs, &tables) { tables throws(RequestError) in
      try readVLANs(&tables, through: requests)
    }
    read(.bridgeVLANs, &tables) { tables throws(RequestError) in
      try readGlobals(&tables, through: requests)
    }
    read(.groups, &tables) { tables throws(RequestError) in
      try readGroups(&tables, through: requests)
    }
    read(.vxlanNetworks, &tables) { tables throws(RequestError) in
      try readNetworks(&tables, through: requests)
    }
    read(.links, &tables) { tables throws(RequestError) in
      try readNamespaceIDs(&tables, through: requests)
    }
  }

  private func reference(_ index: UInt32) -> LinkRef { LinkRef(namespace, index) }

  private func rows(_ rows: [[KindFact]]) -> [[LinkFact]] {
    rows.map { row in row.map { LinkRecord.fact($0, namespace) } }
  }

  private func vlan(_ range: LinkMessage.VLANRange, _ facts: [KindFact] = []) -> NetworkTables.PortVLAN {
    NetworkTables.PortVLAN(
      first: range.first, last: range.last, isPVID: range.flags.contains(.pvid),
      isUntagged: range.flags.contains(.untagged), facts: facts.map { LinkRecord.fact($0, namespace) })
  }

  private func readPorts(_ tables: inout NetworkTables, through requests: RequestChannel) throws(RequestError) {
    var vlans: [LinkRef: [NetworkTables.PortVLAN]] = [:]
    var (tunnels, trees): (Rows, Rows) = ([:], [:])
    defer { (tables.vlans, tables.vlanTunnels, tables.spanningTrees) = (vlans, tunnels, trees) }
    try requests.perform(LinkRequest.portVLANs(), operation: "RTM_GETLINK") { header, payload throws(DecodeError) in
      guard header.type == MessageType.newLink else { return }
      let message = try LinkMessage(payload)
      let link = reference(UInt32(bitPattern: message.index))
      if !message.vlans.isEmpty { vlans[link] = message.vlans.map { vlan($0) } }
      if !message.vlanTunnels.isEmpty { tunnels[link] = rows(message.vlanTunnels) }
      if !message.spanningTrees.isEmpty { trees[link] = rows(message.spanningTrees) }
    } restart: {
      (vlans, tunnels, trees) = ([:], [:], [:])
    }
  }

  private func readVLANs(_ tables: inout NetworkTables, through requests: RequestChannel) throws(RequestError) {
    var vlans: [LinkRef: [NetworkTables.PortVLAN]] = [:]
    try requests.perform(BridgeVLANMessage.dump(), operation: "RTM_GETVLAN") { header, payload throws(DecodeError) in
      guard header.type == MessageType.newVLAN else { return }
      let message = try BridgeVLANMessage(payload)
      if message.vlans.isEmpty { return }
      // Of many VLANs a port has several messages.
      vlans[reference(message.index), default: []] += message.vlans.map { vlan($0.range, $0.facts) }
    } restart: {
      vlans = [:]
    }
    tables.vlans = vlans
  }

  private func readGlobals(_ tables: inout NetworkTables, through requests: RequestChannel) throws(RequestError) {
    var found: Rows = [:]
    let request = BridgeVLANMessage.dump(globals: true)
    try requests.perform(request, operation: "RTM_GETVLAN") { header, payload throws(DecodeError) in
      guard header.type == MessageType.newVLAN else { return }
      let message = try BridgeVLANMessage(payload)
      if !message.globals.isEmpty { found[reference(message.index), default: []] += rows(message.globals) }
    } restart: {
      found = [:]
    }
    tables.globalVLANs = found
  }

  private func readGroups(_ tables: inout NetworkTables, through requests: RequestChannel) throws(RequestError) {
    var members: [[LinkFact]] = []
    var routers: [LinkRef: [LinkRef]] = [:]
    defer { (tables.groupMembers, tables.routerPorts) = (members, routers) }
    try requests.perform(MulticastMessage.dump(), operation: "RTM_GETMDB") { header, payload throws(DecodeError) in
      // Before Linux 5.19 the answer has the type of the question.
      guard [MessageType.newMulticast, MessageType.getMulticast].contains(header.type) else { return }
      let message = try MulticastMessage(payload)
      members += rows(message.members).prefix(rowLimit - members.count)
      if !message.routerPorts.isEmpty { routers[reference(message.index)] = message.routerPorts.map(reference) }
    } restart: {
      (members, routers) = ([], [:])
    }
    if members.count >= rowLimit { tables.gaps.append(.onlyFirst(.groups, rowLimit)) }
  }

  private func readNetworks(_ tables: inout NetworkTables, through requests: RequestChannel) throws(RequestError) {
    var found: Rows = [:]
    try requests.perform(TunnelMessage.dump(), operation: "RTM_GETTUNNEL") { header, payload throws(DecodeError) in
      guard header.type == MessageType.newTunnel else { return }
      let message = try TunnelMessage(payload)
      if !message.networks.isEmpty { found[reference(message.index), default: []] += rows(message.networks) }
    } restart: {
      found = [:]
    }
    tables.vxlanNetworks = found
  }

  /// Read inside: the ids count in this namespace's table, as `ip` run there prints them.
  private func readNamespaceIDs(_ tables: inout NetworkTables, through requests: RequestChannel) throws(RequestError) {
    var found: [LinkRef: Int32] = [:]
    try requests.perform(
      LinkRequest.dump(target: nil), operation: "RTM_GETLINK"
    ) { header, payload throws(DecodeError) in
      guard header.type == MessageType.newLink, let lower = try LinkMessage.namespaceID(ofLower: payload) else {
        return
      }
      found[reference(lower.index)] = lower.nsid
    } restart: {
      found = [:]
    }
    tables.namespaceIDs = found
  }
}
