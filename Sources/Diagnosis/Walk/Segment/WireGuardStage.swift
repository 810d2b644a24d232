internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology

/// A packet's way through WireGuard: to which peer it belongs, how the outer packet gets there, and whether the peer knows
/// the sender and takes the packet (wg(8); `wg_xmit`, `wg_packet_consume_data_done`).
struct WireGuardStage: WalkStage {
  var walk: PacketWalk
  /// The tunnel's near end.
  let tunnel: Link
  /// The packet that is carried.
  let packet: Packet

  mutating func run() -> TunnelOutcome {
    guard walk.canEnter(tunnel), let destination = packet.destination else { return .lost }
    guard let own = device(tunnel) else { return .beyond }
    guard !own.publicKey.isEmpty, own.publicKey.contains(where: { $0 != 0 }) else {
      return lost(
        Say.WireGuard.noPrivateKey(walk.place(tunnel)), Say.WireGuard.noPublicKey, "WGDEVICE_A_PUBLIC_KEY")
    }
    guard let peer = own.peer(of: destination) else {
      return lost(
        Say.WireGuard.noPeer(walk.place(tunnel), for: "\(destination)", of: own.peers.count),
        own.peers.first.map { "allowed ips: \($0.allowedText)" } ?? Say.WireGuard.noPeer, "WGPEER_A_ALLOWEDIPS")
    }
    let outcome = travel(to: peer, own)
    if case .lost = outcome, !peer.hadHandshake { walk.check(.bad, Say.Tunnel.title, Say.WireGuard.noHandshake) }
    return outcome
  }

  /// What a device knows; nil while it is asked, and where it can't be read.
  private mutating func device(_ link: Link) -> WireGuardDevice? {
    guard case .wireGuard(let device)? = walk.ask(.wireGuard(link.id)) else { return nil }
    return device
  }

  private mutating func lost(_ claim: String, _ fact: String, _ source: String) -> TunnelOutcome {
    walk.accuse(
      walk.finding(.tunnelMismatch, tunnel, claim, [Explanation.Evidence("\(tunnel.name): \(fact)", source: source)]),
      .certain, check: Say.Tunnel.title)
    return .lost
  }

  // MARK: To the peer

  private mutating func travel(to peer: WireGuardDevice.Peer, _ own: WireGuardDevice) -> TunnelOutcome {
    let far = link(with: peer.publicKey, peer.endpointPort)
    // Whoever was heard from is known by where it was heard: what was set before does not count any more.
    if walk.isReply, let far, walk.steps.contains(where: { $0.link == far.link.id }) {
      return take(by: far, peer, own)
    }
    guard let endpoint = peer.endpoint else {
      return lost(
        Say.WireGuard.noEndpoint(walk.place(tunnel), ofWhoHas: packet.destination?.description ?? ""),
        Say.WireGuard.noEndpoint, "WGPEER_A_ENDPOINT")
    }
    guard let start = socket(of: tunnel, own.port) else { return .beyond }
    var outer = Packet(
      family: endpoint.isIPv6 ? .ipv6 : .ipv4, source: nil, destination: endpoint,
      transport: .udp(source: own.port, destination: peer.endpointPort))
    outer.mark = own.mark
    let known = walk.accusations.count
    let arrival = walk.follow(outer, of: tunnel, from: start)
    // Conntrack has known the flow since the peers last spoke: what would stop a new one need not stop this.
    if peer.hadHandshake, let far {
      walk.doubtAccusations(since: known)
      return take(by: far, peer, own)
    }
    guard let arrival else {
      guard !walk.isOwned(endpoint), walk.isOnlyAbsence(since: known) else { return .lost }
      // That nobody has the address is what the entry is wrong about.
      walk.accusations.removeSubrange(known...)
      return lost(
        Say.WireGuard.endpointOfNobody(walk.place(tunnel), "\(endpoint)"),
        "endpoint \(endpoint):\(peer.endpointPort)", "WGPEER_A_ENDPOINT")
    }
    if arrival.isBeyond || walk.isBeyondView(arrival.namespace) { return .beyond }
    return enter(arrival, endpoint, peer, own, far)
  }

  /// Whether whoever is at the endpoint is the peer.
  private mutating func enter(
    _ arrival: PacketWalk.Arrival, _ endpoint: IPAddress, _ peer: WireGuardDevice.Peer, _ own: WireGuardDevice,
    _ far: (link: Link, device: WireGuardDevice)?
  ) -> TunnelOutcome {
    let port = arrival.packet.transport?.port ?? peer.endpointPort
    if let far, far.link.state == .down {
      walk.look(at: far.link, as: .route)
      return .far(far.link)
    }
    if let far, far.device.port == port, socket(of: far.link, far.device.port) == arrival.namespace {
      return take(by: far, peer, own)
    }
    if isProgram(at: port, in: arrival.namespace) { return .beyond }
    guard let far else { return accuseStranger(arrival.namespace, port) }
    return lost(
      Say.WireGuard.otherPort(
        walk.place(tunnel), to: "\(endpoint)", port: Int(peer.endpointPort), walk.place(far.link),
        listensOn: Int(far.device.port),
        of: far.link.id.namespace == arrival.namespace ? nil : walk.name(far.link.id.namespace)),
      "endpoint \(endpoint):\(peer.endpointPort)", "WGPEER_A_ENDPOINT")
  }

  /// Whether a socket that is no link's takes what comes to the port: a WireGuard of a program's, or one who passes it on.
  private mutating func isProgram(at port: UInt16, in namespace: NamespaceID) -> Bool {
    guard case .listening(let sockets)? = walk.ask(.listening(namespace, programsOf: [])) else { return true }
    guard sockets.contains(where: { $0.transport == .udp && $0.port == port }) else { return false }
    for link in candidates where device(link)?.port == port {
      if socket(of: link, port) == namespace { return false }
    }
    walk.note(Say.WireGuard.program(at: Int(port), of: walk.name(namespace)))
    return true
  }

  /// The WireGuard links that may be the far end, first those where the endpoints are.
  private var candidates: [Link] {
    let own = walk.answers[.wireGuard(tunnel.id)]
    var endpoints: [IPAddress] = []
    if case .wireGuard(let device)? = own { endpoints = device.peers.compactMap(\.endpoint) }
    var near: [Link] = []
    var others: [Link] = []
    for namespace in walk.snapshot.namespaces.values {
      let links = namespace.links.filter { $0.kind == "wireguard" && $0.id != tunnel.id }
      guard !links.isEmpty else { continue }
      if namespace.links.contains(where: { link in endpoints.contains { link.has($0) } }) {
        near += links
      } else {
        others += links
      }
    }
    return Array((near + others).prefix(Self.deviceLimit + 1))
  }

  /// The link of the picture that has that key, and of several the one that listens where the peer is.
  private mutating func link(with key: [UInt8], _ port: UInt16) -> (link: Link, device: WireGuardDevice)? {
    let links = candidates
    var found: (link: Link, device: WireGuardDevice)?
    for link in links.prefix(Self.deviceLimit) {
      guard let device = device(link), device.publicKey == key else { continue }
      if found == nil || (found?.device.port != port && device.port == port) { found = (link, device) }
    }
    if found == nil, links.count > Self.deviceLimit {
      walk.noteUnread(Say.WireGuard.tooMany(Self.deviceLimit))
    }
    return found
  }

  /// More of them are not asked for their keys.
  private static let deviceLimit = 64

  /// The namespace that a device's socket is in, which is the one that the link was made in (`wg_newlink`), wherever it has
  /// moved to: the one where somebody listens on its port.
  private mutating func socket(of link: Link, _ port: UInt16) -> NamespaceID? {
    let known = [link.id.namespace, .host].filter { walk.snapshot.namespaces[$0] != nil }
    for place in known {
      guard case .listening(let sockets)? = walk.ask(.listening(place, programsOf: [])) else { return nil }
      if sockets.contains(where: { $0.transport == .udp && $0.port == port }) { return place }
    }
    walk.note(Say.WireGuard.unknownOrigin(of: walk.place(link)))
    return nil
  }

  private mutating func accuseStranger(_ namespace: NamespaceID, _ port: UInt16) -> TunnelOutcome {
    // One that could not be read may have the key.
    guard walk.pending.isEmpty, allKeysAreKnown else { return .lost }
    let there = walk.snapshot.namespaces[namespace]?.links.first { $0.kind == "wireguard" && $0.state != .down }
    return lost(
      there.map { Say.WireGuard.otherKey(walk.place(tunnel), than: walk.place($0)) }
        ?? Say.WireGuard.noKey(walk.place(tunnel), at: walk.name(namespace), port: Int(port)),
      Say.WireGuard.keyOfNobody, "WGPEER_A_PUBLIC_KEY")
  }

  /// Whether all links that may be the far end were asked for their keys, and told them.
  private var allKeysAreKnown: Bool {
    let links = candidates
    return links.count <= Self.deviceLimit
      && links.allSatisfy { if case .wireGuard? = walk.answers[.wireGuard($0.id)] { true } else { false } }
  }

  // MARK: The far end

  private mutating func take(
    by far: (link: Link, device: WireGuardDevice), _ peer: WireGuardDevice.Peer, _ own: WireGuardDevice
  ) -> TunnelOutcome {
    let there = walk.place(far.link)
    walk.look(at: far.link, as: .route)
    guard let entry = far.device.peers.first(where: { $0.publicKey == own.publicKey }) else {
      return lost(
        Say.WireGuard.unknownSender(there, walk.place(tunnel)),
        Say.WireGuard.keyOfNoPeer(of: there), "WGPEER_A_PUBLIC_KEY")
    }
    guard entry.presharedKeyMark == peer.presharedKeyMark else {
      return lost(
        Say.WireGuard.otherPresharedKey(walk.place(tunnel), there),
        Say.WireGuard.presharedKeys(
          hasOne: peer.presharedKeyMark != nil, farHasOne: entry.presharedKeyMark != nil),
        "WGPEER_A_PRESHARED_KEY")
    }
    if let source = packet.source, far.device.peer(of: source)?.publicKey != own.publicKey {
      return lost(
        Say.WireGuard.senderNotAllowed(there, "\(source)", from: walk.place(tunnel), allowed: entry.allowedText),
        Say.WireGuard.allowedThere(entry.allowedText), "WGPEER_A_ALLOWEDIPS")
    }
    walk.check(.ok, Say.Tunnel.title, Say.WireGuard.peer(peer.allowedText, hadHandshake: peer.hadHandshake))
    return .far(far.link)
  }
}
