internal import Canvas
internal import Story
package import Topology

/// The laboratory's things by the names that the story gives them, as the kernel has them now.
package struct TourFacts: Sendable {
  /// The bridge and the two containers of the tutorial, and the addresses that they are to have.
  package static let bridge = "docker0"
  package static let containers = ["test1", "test2"]
  static let bridgeAddress = IPAddress([172, 17, 0, 1])
  static let addresses = ["test1": IPAddress([172, 17, 0, 2]), "test2": IPAddress([172, 17, 0, 3])]

  /// A container: its eth0, and the host's end of the cable.
  struct End: Sendable {
    var namespace: Namespace
    var eth: Link
    var port: Link?

    /// `172.17.0.2/16`; empty where it has none.
    var address: String { eth.primaryAddress?.text ?? "" }
    var mac: String { eth.hardwareAddressText }
  }

  package let snapshot: Snapshot
  let bridge: Link?
  let first: End?
  let second: End?
  /// The host's links that are neither loopback, the bridge nor a port: what plays the network card.
  let uplink: Link?

  package init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    let host = snapshot.namespaces[.host]
    bridge = host?.links.first { $0.name == Self.bridge }
    uplink = host?.links.first { $0.name == "ens33" }
    func end(_ name: String) -> End? {
      guard let namespace = snapshot.namespaces.values.first(where: { $0.id != .host && $0.name == name }),
        let eth = namespace.links.first(where: { $0.name == "eth0" })
      else { return nil }
      return End(namespace: namespace, eth: eth, port: snapshot.peer(of: eth))
    }
    first = end(Self.containers[0])
    second = end(Self.containers[1])
  }

  func end(_ name: String) -> End? { name == Self.containers[0] ? first : second }

  /// What keeps the laboratory from being one with these containers, all well; nil: nothing does.
  func flaw(running wanted: [String]) -> String? {
    guard let bridge else { return Say.Tour.isMissing(Self.bridge) }
    if !bridge.flags.contains(.up) { return Say.Tour.isDown(bridge.name) }
    if let address = Self.bridgeAddress, !Self.has(bridge, address) {
      return Say.Tour.hasNot(bridge.name, "\(address)/16")
    }
    for name in Self.containers {
      guard wanted.contains(name) else {
        if end(name) != nil { return Say.Tour.isSurplus(name) }
        continue
      }
      if let flaw = flaw(of: name, at: bridge) { return flaw }
    }
    return nil
  }

  private static func has(_ link: Link, _ address: IPAddress) -> Bool {
    link.addresses.contains { $0.local == address && $0.prefixLength == 16 }
  }

  private func flaw(of name: String, at bridge: Link) -> String? {
    guard let end = end(name) else {
      let isThere = snapshot.namespaces.values.contains { $0.id != .host && $0.name == name }
      return Say.Tour.isMissing(isThere ? "\(name)/eth0" : name)
    }
    guard let port = end.port else { return Say.Tour.isMissing("eth0@\(name)") }
    if !end.eth.flags.contains(.up) { return Say.Tour.isDown("\(name)/eth0") }
    if !port.flags.contains(.up) { return Say.Tour.isDown(port.name) }
    if port.master != bridge.id { return Say.Tour.isNoPort(port.name, of: bridge.name) }
    if let address = Self.addresses[name] ?? nil, !Self.has(end.eth, address) {
      return Say.Tour.hasNot("\(name)/eth0", "\(address)/16")
    }
    return nil
  }
}
