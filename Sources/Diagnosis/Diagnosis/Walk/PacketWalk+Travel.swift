internal import Netfilter
internal import Paths
internal import Topology

/// Where a namespace sends a packet.
struct ForwardingDecision: Sendable {
  var out: Link?
  /// Whom the frame is for: the gateway, or the destination itself.
  var nextHop: IPAddress?
  var isLocal = false
  /// Bytes, of the route.
  var mtu: UInt32?
}

/// Where a frame comes out.
enum SegmentExit: Sendable {
  /// In by that link; by that port of it, where it is a bridge; and whether the hook prerouting of IP has been called
  /// for it on the bridge already.
  case link(Link, port: Link?, didPrerouting: Bool)
  /// By that link out of the picture.
  case outside(Link)
  case lost
}

extension PacketWalk {
  /// Follows a packet from a namespace, or from where it comes into one, until somebody takes it.
  mutating func travel(_ packet: Packet, from start: NamespaceID, by first: Link? = nil, to goal: LinkRef?) {
    var packet = packet
    var here = start
    var incoming = first
    var port: Link?
    var didPrerouting = false
    if first == nil, !isReply, let link = subject.source.link.flatMap({ snapshot.link($0) }) { enter(link, .source) }
    // More namespaces than this route in a circle.
    for _ in 0..<8 {
      packet.physicalIn = port?.name ?? ""
      packet.physicalOut = ""
      let way =
        if let incoming {
          receive(&packet, in: here, by: incoming, didPrerouting: didPrerouting, to: goal)
        } else {
          send(&packet, in: here, to: goal)
        }
      if way?.isLocal == true {
        let loopback = snapshot.namespaces[here]?.links.first(where: \.isLoopback)
        return deliver(packet, in: here, by: incoming ?? loopback)
      }
      guard let way, let out = way.out, let nextHop = way.nextHop ?? packet.destination else { return }
      packet.inInterface = incoming == nil ? "" : packet.inInterface
      filter(.postrouting, &packet, in: here)
      masquerade(&packet, by: out)
      restoreSource(&packet, in: here)
      packet.ttl = nil
      packet.mark = 0
      switch cross(from: out, to: nextHop, packet: &packet, mtu: way.mtu, goal: goal, isFirst: incoming == nil) {
      case .lost: return
      case .outside(let link):
        check(.ok, "uplink", "leaves this machine's picture by \(link.name)")
        if !isReply { arrival = (link.id.namespace, link.id, packet) }
        return
      case .link(let link, let through, let did):
        here = link.id.namespace
        incoming = link
        port = through
        didPrerouting = did
      }
    }
    note("the packet goes round in a circle between namespaces")
  }

  /// What came in by a link: the hooks up to forward, and where the namespace sends it.
  private mutating func receive(
    _ packet: inout Packet, in here: NamespaceID, by link: Link, didPrerouting: Bool, to goal: LinkRef?
  ) -> ForwardingDecision? {
    packet.inInterface = link.name
    packet.outInterface = ""
    packet.isLocallySent = false
    packet.connection = state(in: here)
    if !didPrerouting { filter(.prerouting, &packet, in: here) }
    restoreDestination(&packet, in: here)
    if let goal, goal.namespace != here { enterRouting(of: here) }
    let way = route(packet, in: here, by: link, to: goal)
    guard let out = way?.out, way?.isLocal != true else { return way }
    packet.outInterface = out.name
    filter(.forward, &packet, in: here)
    return way
  }

  /// What the namespace itself sends: the hook output, which may change the route, and where it is sent.
  private mutating func send(_ packet: inout Packet, in here: NamespaceID, to goal: LinkRef?) -> ForwardingDecision? {
    packet.inInterface = ""
    packet.isLocallySent = true
    packet.connection = state(in: here)
    var way = route(packet, in: here, by: nil, to: goal)
    packet.outInterface = way?.out?.name ?? (way?.isLocal == true ? "lo" : nil)
    let before = packet
    filter(.output, &packet, in: here)
    if packet.destination != before.destination || packet.mark != before.mark, packet.destination != nil {
      way = route(packet, in: here, by: nil, to: goal) ?? way
      packet.outInterface = way?.out?.name ?? packet.outInterface
    }
    if way?.isLocal == true {
      packet.inInterface = "lo"
      packet.outInterface = ""
      packet.isLocallySent = true
    }
    return way
  }

  /// Conntrack's word for the packet: a reply is known where the request was seen.
  func state(in namespace: NamespaceID) -> Packet.ConnectionState {
    !isReply ? .new : tracked.contains(namespace) ? .established : .invalid
  }

  // MARK: Translated addresses

  /// A masqueraded packet carries an address of the link that it leaves by.
  private mutating func masquerade(_ packet: inout Packet, by out: Link) {
    guard packet.source == nil, packet.isSourceTranslated != false, let destination = packet.destination else { return }
    let addresses = out.addresses.filter { $0.local.isIPv6 == destination.isIPv6 && !$0.local.isLinkLocal }
    let near = addresses.first { $0.local.shares(prefix: Int($0.prefixLength), with: destination) }
    packet.source = (near ?? addresses.first)?.local
  }

  /// What the request's translation has done to the destination of its reply is undone before the routing decision.
  private func restoreDestination(_ packet: inout Packet, in namespace: NamespaceID) {
    guard isReply, let done = translations[namespace], packet.destination == done.after.source else { return }
    packet.destination = done.before.source
  }

  /// And what it has done to the source, after it.
  private func restoreSource(_ packet: inout Packet, in namespace: NamespaceID) {
    guard isReply, let done = translations[namespace], packet.source == done.after.destination else { return }
    packet.source = done.before.destination
  }

  // MARK: The end of the way

  /// The packet is for this namespace.
  private mutating func deliver(_ packet: Packet, in here: NamespaceID, by link: Link?) {
    var packet = packet
    if let link { enter(link, steps.isEmpty ? .source : .destination) }
    filter(.input, &packet, in: here)
    guard !isReply else { return }
    arrival = (here, link?.id, packet)
    lookAtEcho(in: here)
  }

  /// Whether the destination answers echo at all.
  private mutating func lookAtEcho(in here: NamespaceID) {
    guard subject.options.port == nil else { return }
    let key = subject.isIPv6 ? "net.ipv6.icmp.echo_ignore_all" : "net.ipv4.icmp_echo_ignore_all"
    guard let value = sysctl(key, in: here) else { return }
    guard value != "0" else { return check(.ok, "echo", "not ignored") }
    let path = "/proc/sys/" + key.split(separator: ".").joined(separator: "/")
    var accusation = Accusation(
      finding: finding(
        .echoIgnored, nil, in: here, "\(name(here)) is set to ignore ping",
        [Explanation.Evidence("\(key) = \(value)", source: path)], remedy: "sysctl -w \(key)=0"),
      strength: .certain)
    accusation.isAboutEchoOnly = true
    accuse(accusation, check: "echo")
  }
}
