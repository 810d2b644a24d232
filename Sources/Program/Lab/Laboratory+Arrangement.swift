internal import CLinux
internal import Glibc
internal import Namespaces
internal import Netlink
internal import NetlinkSocket
internal import RTNetlink
internal import SystemPackage
internal import Usage

/// A laboratory that is changed while somebody looks on, and put in order again whatever was done to it.
extension Laboratory {
  /// Makes what is missing of a blueprint, takes away containers that are not among `containers`, and mends what is broken:
  /// links that are switched off, ports of the wrong bridge, addresses that are none of the blueprint's.
  public func arrange(_ blueprint: Blueprint, containers: [String]) throws(LaboratoryError) {
    for host in blueprint.hosts where !containers.contains(host.name) { end(host.name) }
    for bridge in blueprint.bridges { try arrange(bridge) }
    for host in blueprint.hosts where containers.contains(host.name) { try arrange(host, blueprint) }
  }

  /// Makes the bridges and these containers anew; what bears a name that they need goes, whoever made it.
  public func rebuild(_ blueprint: Blueprint, containers: [String]) throws(LaboratoryError) {
    for host in blueprint.hosts {
      end(host.name)
      for number in host.networks.indices { removeLink(blueprint.nearName(of: host, network: number)) }
    }
    for bridge in blueprint.bridges {
      removeLink(bridge.name)
      try build(bridge)
    }
    for host in blueprint.hosts where containers.contains(host.name) { try build(host, blueprint) }
  }

  private func removeLink(_ name: String) {
    let index = unsafe if_nametoindex(name)
    // Where it stays, what takes its name can't be made, and that is told.
    if index != 0 { try? perform(LinkChange.remove(index: index), Say.Scenario.cable(of: name)) }
  }

  /// Empties the bridges' tables and what the containers know of each other.
  public func forget(_ blueprint: Blueprint) throws(LaboratoryError) {
    for bridge in blueprint.bridges {
      try perform(LinkChange.flush(bridge: index(bridge.name)), Say.Scenario.table(of: bridge.name))
    }
    let addresses = blueprint.hosts.compactMap { blueprint.address(of: $0.name) }
    for host in blueprint.hosts where files[host.name] != nil {
      let failure = try visit(host.name) { () -> String? in Self.forgetNeighbors("eth0", addresses) }
      if let failure { throw LaboratoryError(Say.Scenario.inside(host.name, failure)) }
    }
  }

  /// In the calling thread's namespace; returns what went wrong.
  private static func forgetNeighbors(_ name: String, _ addresses: [[UInt8]]) -> String? {
    let index = unsafe if_nametoindex(name)
    if index == 0 { return nil }
    do {
      let channel = try RequestChannel()
      for address in addresses {
        do {
          try channel.perform(NeighborChange.remove(index: index, address: address), operation: "RTM_DELNEIGH")
        } catch  where error.errno == .noSuchFileOrDirectory {}
      }
      return nil
    } catch { return "\(error)" }
  }

  private func arrange(_ bridge: Blueprint.Bridge) throws(LaboratoryError) {
    if unsafe if_nametoindex(bridge.name) == 0 { return try build(bridge) }
    try set(bridge.name, up: true)
    try address(bridge.name, bridge.address, prefixLength: 16)
  }

  private func arrange(_ host: Blueprint.Container, _ blueprint: Blueprint) throws(LaboratoryError) {
    let isWhole = files[host.name] != nil && ports[host.name].map { unsafe if_nametoindex($0) != 0 } ?? false
    guard isWhole, let port = ports[host.name] else {
      end(host.name)
      return try build(host, blueprint)
    }
    try set(port, up: true)
    guard let network = host.networks.first, let right = blueprint.address(of: host.name) else { return }
    try set(port, master: network.bridge)
    let failure = try visit(host.name) { () -> String? in Self.readdress("eth0", to: right) }
    guard failure != nil else { return }
    // Somebody was thorough in there.
    end(host.name)
    try build(host, blueprint)
  }

  /// Takes a container away, and its cable with it: somebody may be in its namespace still, and keep that.
  private func end(_ name: String) {
    if let port = ports.removeValue(forKey: name) { removeLink(port) }
    removeNamespace(name)
  }

  /// In the calling thread's namespace: leaves a link one IPv4 address and the default route, and switches it on. Returns
  /// what went wrong.
  private static func readdress(_ name: String, to right: [UInt8]) -> String? {
    let index = unsafe if_nametoindex(name)
    if index == 0 { return "no \(name)" }
    do {
      let channel = try RequestChannel()
      var wrong: [AddressMessage] = []
      var isThere = false
      try channel.perform(AddressMessage.dump(target: nil, index: index), operation: "RTM_GETADDR") {
        (_, payload) throws(DecodeError) in
        let found = try AddressMessage(payload)
        guard found.index == index, found.local?.count == 4 else { return }
        if found.local == right, found.prefixLength == 16 { isThere = true } else { wrong.append(found) }
      } restart: {
        (wrong, isThere) = ([], false)
      }
      for address in wrong {
        try channel.perform(
          AddressMessage.remove(index: index, bytes: address.local ?? [], prefixLength: address.prefixLength),
          operation: "RTM_DELADDR")
      }
      try channel.perform(LinkChange.set(index: index, up: true), operation: "RTM_NEWLINK")
      if isThere { return nil }
      try channel.perform(
        AddressMessage.add(index: index, bytes: right, prefixLength: 16, broadcast: [right[0], right[1], 255, 255]),
        operation: "RTM_NEWADDR")
      try channel.perform(
        RouteChange.addDefault(gateway: Array(right.prefix(2)) + [0, 1]), operation: "RTM_NEWROUTE")
      return nil
    } catch { return "\(error)" }
  }
}
