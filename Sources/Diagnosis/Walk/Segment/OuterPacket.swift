internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Topology

/// What comes of a frame or a packet that a tunnel carries.
enum TunnelOutcome: Sendable {
  /// Out of the far end, by that link.
  case far(Link)
  case beyond
  case lost
}

extension PacketWalk {
  /// A tunnel in a tunnel in a tunnel is looked at no further.
  private static let tunnelLimit = 3

  /// Whether the packets of another tunnel can be followed.
  func canEnter(_ tunnel: Link) -> Bool { tunnels.count < Self.tunnelLimit && !tunnels.contains(tunnel.id) }

  /// The namespace that a tunnel's packets are sent in: where its lower link is, else where it is itself.
  func underlay(of tunnel: Link) -> NamespaceID { tunnel.lower?.namespace ?? tunnel.id.namespace }

  /// Whether a link of the picture has an address.
  func isOwned(_ address: IPAddress) -> Bool {
    snapshot.namespaces.values.contains { $0.links.contains { $0.has(address) } }
  }

  /// Follows a tunnel's own packet, and returns where it comes out; what is known of the inner one stays as it is.
  mutating func follow(_ packet: Packet, of tunnel: Link, from start: NamespaceID) -> Arrival? {
    var packet = packet
    packet.isLocallySent = true
    packet.connection = .new
    if packet.source == nil { packet.source = chosenSource(for: packet, of: tunnel, in: start) }
    let goal = packet.destination.flatMap { address in
      snapshot.namespaces.values.lazy.flatMap(\.links).first { $0.has(address) }?.id
    }
    var outer = self
    outer.tunnels.append(tunnel.id)
    outer.beginOuter()
    outer.run { [packet] in TravelStage(walk: $0, packet: packet, from: start, to: goal) }
    let arrival = outer.arrival
    outer.endOuter(like: self)
    self = outer
    return arrival
  }

  /// Whether all that was found since then is that nobody has an address.
  func isOnlyAbsence(since known: Int) -> Bool {
    accusations.count > known
      && accusations[known...].allSatisfy { [.neighborFailed, .otherWay].contains($0.finding.code) }
  }

  /// Leaves open whether what was found since then stops the packet.
  mutating func doubtAccusations(since known: Int) {
    for index in accusations.indices.dropFirst(known) where accusations[index].strength == .certain {
      accusations[index].strength = .possible
    }
  }

  /// The link of a namespace that a tunnel's own packets have to leave by (`IFLA_VXLAN_LINK`, `IFLA_GRE_LINK`).
  func device(of tunnel: LinkRef?, in namespace: NamespaceID) -> LinkRef? {
    guard let tunnel = tunnel.flatMap({ snapshot.link($0) }), tunnel.kind == "vxlan" || tunnel.isFixedTunnel,
      let lower = tunnel.lower, lower.namespace == namespace, snapshot.link(lower) != nil
    else { return nil }
    return lower
  }

  /// The address that the kernel sends from, where the tunnel names none (`RTA_PREFSRC`).
  private mutating func chosenSource(
    for packet: Packet, of tunnel: Link, in start: NamespaceID
  ) -> IPAddress? {
    guard let destination = packet.destination else { return nil }
    var query = RouteQuery(namespace: start, destination: destination)
    query.mark = packet.mark ?? 0
    query.outLink = device(of: tunnel.id, in: start)
    guard case .route(.route(let way))? = ask(.route(query)) else { return nil }
    return way.preferredSource
  }

  /// The walk goes on with another packet that carries the one that was followed.
  private mutating func beginOuter() {
    arrival = nil
    passages = []
    translations = [:]
  }

  /// Goes on with the inner packet, as it was known before.
  private mutating func endOuter(like before: PacketWalk) {
    arrival = before.arrival
    passages = before.passages
    translations = before.translations
    sourceTranslatedBy = before.sourceTranslatedBy
    destinationTranslatedBy = before.destinationTranslatedBy
    tracked = before.tracked
    untrackedBy = before.untrackedBy
    ttlSetBy = before.ttlSetBy
    endpoints = before.endpoints
    largest = before.largest
    tunnels = before.tunnels
  }
}
