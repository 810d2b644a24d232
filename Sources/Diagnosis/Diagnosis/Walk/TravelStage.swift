internal import Netfilter
internal import Paths
internal import Topology

/// A packet's way from a namespace until somebody takes it.
struct TravelStage: WalkStage {
  var walk: PacketWalk
  private var packet: Packet
  /// Where it is.
  private var here: NamespaceID
  /// The link that it came in by; nil: it is sent here.
  private var incoming: Link?
  private let goal: LinkRef?

  init(walk: PacketWalk, packet: Packet, from start: NamespaceID, to goal: LinkRef?) {
    self.walk = walk
    self.packet = packet
    here = start
    self.goal = goal
  }

  /// More namespaces than this route in a circle.
  private static let namespaceLimit = 8

  mutating func run() {
    if !walk.isReply, let link = walk.subject.source.link.flatMap({ walk.snapshot.link($0) }) {
      walk.enter(link, .source)
    }
    var port: Link?
    var didPrerouting = false
    for _ in 0..<Self.namespaceLimit {
      packet.physicalIn = port?.name ?? ""
      packet.physicalOut = ""
      let way = if let incoming { receive(by: incoming, didPrerouting: didPrerouting) } else { send() }
      if way?.isLocal == true {
        return deliver(by: incoming ?? walk.snapshot.namespaces[here]?.links.first(where: \.isLoopback))
      }
      guard let way, let exit = leave(by: way) else { return }
      switch exit {
      case .lost: return
      case .outside(let link):
        walk.check(.ok, "uplink", "leaves this machine's picture by \(link.name)")
        if !walk.isReply { walk.arrival = (link.id.namespace, link.id, packet) }
        return
      case .link(let link, let through, let did):
        here = link.id.namespace
        incoming = link
        port = through
        didPrerouting = did
      }
    }
    walk.note("the packet goes round in a circle between namespaces")
  }

  /// Out of the namespace and through the segment behind it; nil where it is not known by which link, or to whom.
  private mutating func leave(by way: ForwardingDecision) -> SegmentExit? {
    guard let out = way.out, let nextHop = way.nextHop ?? packet.destination else { return nil }
    packet.inInterface = incoming == nil ? "" : packet.inInterface
    walk.filter(.postrouting, &packet, in: here)
    masquerade(by: out)
    restoreSource()
    packet.ttl = nil
    packet.mark = 0
    let isFirst = incoming == nil
    let exit: SegmentExit
    (exit, packet) = walk.run { [packet, goal] in
      SegmentStage(
        walk: $0, out: out, nextHop: nextHop, packet: packet, mtu: way.mtu, goal: goal, isFirst: isFirst)
    }
    return exit
  }

  private mutating func route() -> ForwardingDecision? {
    walk.run { [packet, here, incoming, goal] in
      RoutingStage(walk: $0, packet: packet, here: here, incoming: incoming, goal: goal)
    }
  }

  /// What came in by a link: the hooks up to forward, and where the namespace sends it.
  private mutating func receive(by link: Link, didPrerouting: Bool) -> ForwardingDecision? {
    packet.inInterface = link.name
    packet.outInterface = ""
    packet.isLocallySent = false
    packet.connection = walk.state(in: here)
    if !didPrerouting { walk.filter(.prerouting, &packet, in: here) }
    restoreDestination()
    if let goal, goal.namespace != here { walk.enterRouting(of: here) }
    let way = route()
    guard let out = way?.out, way?.isLocal != true else { return way }
    packet.outInterface = out.name
    walk.filter(.forward, &packet, in: here)
    return way
  }

  /// What the namespace itself sends: the hook output, which may change the route, and where it is sent.
  private mutating func send() -> ForwardingDecision? {
    packet.inInterface = ""
    packet.isLocallySent = true
    packet.connection = walk.state(in: here)
    var way = route()
    packet.outInterface = way?.out?.name ?? (way?.isLocal == true ? "lo" : nil)
    let before = packet
    walk.filter(.output, &packet, in: here)
    if packet.destination != before.destination || packet.mark != before.mark, packet.destination != nil {
      way = route() ?? way
      packet.outInterface = way?.out?.name ?? packet.outInterface
    }
    if way?.isLocal == true {
      packet.inInterface = "lo"
      packet.outInterface = ""
      packet.isLocallySent = true
    }
    return way
  }

  // MARK: Translated addresses

  /// A masqueraded packet carries an address of the link that it leaves by.
  private mutating func masquerade(by out: Link) {
    guard packet.source == nil, packet.isSourceTranslated != false, let destination = packet.destination else { return }
    let addresses = out.addresses.filter { $0.local.isIPv6 == destination.isIPv6 && !$0.local.isLinkLocal }
    let near = addresses.first { $0.local.shares(prefix: Int($0.prefixLength), with: destination) }
    packet.source = (near ?? addresses.first)?.local
  }

  /// What the request's translation has done to the destination of its reply is undone before the routing decision.
  private mutating func restoreDestination() {
    guard walk.isReply, let done = walk.translations[here], packet.destination == done.after.source else { return }
    packet.destination = done.before.source
  }

  /// And what it has done to the source, after it.
  private mutating func restoreSource() {
    guard walk.isReply, let done = walk.translations[here], packet.source == done.after.destination else { return }
    packet.source = done.before.destination
  }

  // MARK: The end of the way

  /// The packet is for this namespace.
  private mutating func deliver(by link: Link?) {
    if let link { walk.enter(link, walk.steps.isEmpty ? .source : .destination) }
    walk.filter(.input, &packet, in: here)
    guard !walk.isReply else { return }
    walk.arrival = (here, link?.id, packet)
    lookAtEcho()
  }

  /// Whether the destination walk.answers echo at all.
  private mutating func lookAtEcho() {
    guard walk.subject.options.port == nil else { return }
    let key = walk.subject.isIPv6 ? "net.ipv6.icmp.echo_ignore_all" : "net.ipv4.icmp_echo_ignore_all"
    guard let value = walk.sysctl(key, in: here) else { return }
    guard value != "0" else { return walk.check(.ok, "echo", "not ignored") }
    let path = "/proc/sys/" + key.split(separator: ".").joined(separator: "/")
    walk.accuse(
      walk.finding(
        .echoIgnored, nil, in: here, "\(walk.name(here)) is set to ignore ping",
        [Explanation.Evidence("\(key) = \(value)", source: path)], remedy: "sysctl -w \(key)=0"), .certain,
      check: "echo")
  }
}

extension PacketWalk {
  /// Conntrack's word for the packet: a reply is known where the request was seen.
  func state(in namespace: NamespaceID) -> Packet.ConnectionState {
    !isReply ? .new : tracked.contains(namespace) ? .established : .invalid
  }
}
