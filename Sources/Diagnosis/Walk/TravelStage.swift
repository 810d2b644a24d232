internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
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
  /// The bridge's port that it came in by, and whether the bridge has called the hook prerouting of IP for it.
  private var port: LinkRef?
  private var didPrerouting = false

  /// `link`: the one that the packet comes in by from outside of the picture; nil: it is sent in `start`.
  init(walk: PacketWalk, packet: Packet, from start: NamespaceID, by link: LinkRef? = nil, to goal: LinkRef?) {
    self.walk = walk
    self.packet = packet
    here = start
    incoming = link.flatMap { walk.snapshot.link($0) }
    self.goal = goal
  }

  /// More namespaces than this route in a circle.
  private static let namespaceLimit = 8

  mutating func run() {
    if !walk.isReply, let link = walk.sourceLink.flatMap({ walk.snapshot.link($0) }) {
      walk.enter(link, .source)
    }
    var last: (namespace: NamespaceID, way: ForwardingDecision)?
    for _ in 0..<Self.namespaceLimit {
      if let last, knowsNoWay {
        here = last.namespace
        return end(beyond: nil, last.way)
      }
      packet.physicalIn = port.flatMap { walk.snapshot.link($0)?.name } ?? ""
      packet.physicalOut = ""
      let way = if let incoming { receive(by: incoming) } else { send() }
      if way?.isLocal == true {
        lookAtLoopback()
        return deliver(by: incoming ?? walk.snapshot.namespaces[here]?.links.first(where: \.isLoopback))
      }
      guard let way, let exit = leave(by: way) else { return }
      switch exit {
      case .lost: return
      case .outside(let link):
        walk.check(.ok, Say.Walking.uplink, Say.Travel.leavesPicture(by: link.name))
        leavePicture(way)
        return
      case .link(let link, let through, let did):
        // Back to where the stranger is: beyond that link it is not known who passes it on.
        if walk.subject.isPredicted, walk.isReply, walk.tunnels.isEmpty, way.out?.id == walk.steps.first?.link {
          return leavePicture(way)
        }
        if walk.isBeyondView(link.id.namespace) { return end(beyond: link, way) }
        last = (here, way)
        here = link.id.namespace
        incoming = link
        port = through?.id
        didPrerouting = did
      }
    }
    walk.note(Say.Travel.circle)
  }

  /// The packet comes to a namespace that nothing leads into.
  private mutating func end(beyond link: Link?, _ way: ForwardingDecision) {
    if let link {
      walk.check(.unknown, Say.Walking.uplink, Say.Travel.pictureEnds(at: walk.name(link.id.namespace)))
    }
    leavePicture(way)
  }

  /// Whether the packet is for the internet, and is at somebody else's router that has no route for the address that
  /// stands for it: it lets others out by what it knows, and that is its own affair.
  private var knowsNoWay: Bool {
    mutating get {
      guard walk.subject.isInternet, !walk.isReply, walk.tunnels.isEmpty, here != .host,
        here != walk.subject.source.namespace, let destination = packet.destination,
        case .route(.refused(let errno, _))? = walk.ask(.route(RouteQuery(namespace: here, destination: destination)))
      else { return false }
      return errno == ErrorNumber.networkUnreachable
    }
  }

  private mutating func leavePicture(_ way: ForwardingDecision) {
    if walk.isReply, walk.tunnels.isEmpty {
      if walk.subject.isPredicted { lookAtTranslation() }
      return
    }
    walk.arrival = PacketWalk.Arrival(
      namespace: here, link: way.out?.id, packet: packet, isBeyond: true, way: way)
    if walk.tunnels.isEmpty { lookAtSourceBeyond(way) }
  }

  /// Out of the namespace and through the segment behind it; nil where it is not known by which link, or to whom.
  private mutating func leave(by way: ForwardingDecision) -> SegmentExit? {
    guard let out = way.out, let nextHop = way.nextHop ?? packet.destination else { return nil }
    if incoming != nil { lookAtSize(out, way.mtu) }
    packet.inInterface = incoming == nil ? "" : packet.inInterface
    walk.filter(.postrouting, &packet, in: here, to: nextHop)
    restoreSource()
    if !walk.isReply {
      walk.passages.append(
        PacketWalk.Passage(namespace: here, out: out, packet: packet, isForwarded: incoming != nil))
    }
    packet.mark = 0
    packet.connectionMark = 0
    let isFirst = incoming == nil
    let isBridged =
      didPrerouting && out.id == incoming?.id && !walk.isReply
      && walk.translations[here].map { $0.before.destination != $0.after.destination } ?? false
    let bridgedFrom = isBridged ? port : nil
    let exit: SegmentExit
    (exit, packet) = walk.run { [packet, goal] in
      SegmentStage(
        walk: $0, out: out, nextHop: nextHop, packet: packet, mtu: way.mtu, route: way.route, goal: goal,
        isFirst: isFirst,
        bridgedFrom: bridgedFrom)
    }
    return exit
  }

  /// Whether anybody outside of the picture can answer the source that the packet carries: nobody there can be asked, so
  /// that it counts only where no answer comes.
  private mutating func lookAtSourceBeyond(_ way: ForwardingDecision) {
    guard let source = packet.source, let out = way.out, incoming != nil,
      walk.snapshot.namespaces[here]?.links.contains(where: { $0.has(source) }) == false
    else { return }
    if walk.accuseTranslation(to: source, [], .likely) { return }
    let isOnLink = out.addresses.contains { $0.local.shares(prefix: Int($0.prefixLength), with: source) }
    guard source == walk.sender, source.isPrivate, !isOnLink else { return }
    walk.accuseMissingMasquerade(source, by: out, [], .likely)
  }

  private mutating func route() -> ForwardingDecision? {
    walk.run { [packet, here, incoming, goal] in
      RoutingStage(walk: $0, packet: packet, here: here, incoming: incoming, goal: goal)
    }
  }

  /// What came in by a link: the hooks up to forward, and where the namespace sends it.
  private mutating func receive(by link: Link) -> ForwardingDecision? {
    packet.inInterface = link.name
    packet.outInterface = ""
    packet.isLocallySent = false
    if !didPrerouting {
      packet.connection = walk.state(in: here)
      walk.filter(.prerouting, &packet, in: here)
    }
    restoreDestination()
    if let goal, goal.namespace != here { walk.enterRouting(of: here) }
    let way = route()
    guard let out = way?.out, way?.isLocal != true else { return way }
    spendHop(link)
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

  /// A packet that may not be cut and does not fit: the router says so, unless its own rules keep the message back.
  private mutating func lookAtSize(_ out: Link, _ mtu: UInt32?) {
    let limit = min(out.mtu, mtu ?? .max)
    guard walk.subject.options.size != nil, walk.tunnels.isEmpty, let length = packet.length, length > Int(limit),
      let sender = packet.source, let incoming
    else { return }
    let isIPv6 = packet.family == .ipv6
    var message = Packet(
      family: packet.family,
      source: incoming.addresses.first { $0.local.isIPv6 == isIPv6 && !$0.local.isLinkLocal }?.local,
      destination: sender,
      transport: isIPv6 ? .icmpv6(type: 2, code: 0) : .icmp(type: 3, code: 4), outInterface: incoming.name,
      connection: .related)
    message.inInterface = ""
    message.isLocallySent = true
    walk.message = limit
    defer { walk.message = nil }
    walk.filter(.output, &message, in: here)
    walk.filter(.postrouting, &message, in: here)
  }

  /// A router takes one hop of the packet's time to live, before its forward rules see it.
  private mutating func spendHop(_ link: Link) {
    guard let hops = packet.ttl else { return }
    packet.ttl = hops > 1 ? hops - 1 : nil
    guard hops <= 1 else { return }
    var evidence = [
      Explanation.Evidence(Say.Travel.comes(to: walk.name(here), hops: Int(hops)), source: "RFC 1812, 5.3.1")
    ]
    if let rule = walk.ttlSetBy { evidence.append(Explanation.Evidence(rule.text, source: Say.Walking.rulesOfFilter)) }
    walk.accuse(
      walk.finding(
        .ttlExceeded, link, in: here,
        Say.Travel.hopsEnd(in: walk.name(here), isReply: walk.isReply),
        evidence), .certain, check: Say.Walking.timeToLive)
  }

  // MARK: Translated addresses

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

  /// What a namespace sends to itself goes by its loopback, whatever the address.
  private mutating func lookAtLoopback() {
    guard incoming == nil, !walk.isReply,
      let loopback = walk.snapshot.namespaces[here]?.links.first(where: \.isLoopback),
      loopback.state == .down
    else { return }
    walk.accuse(
      walk.finding(
        .linkDown, loopback,
        Say.Travel.loopbackDown(walk.place(loopback), of: walk.name(here)),
        [Explanation.Evidence(Say.Travel.isNotSet("IFF_UP", on: loopback.name), source: "ifi_flags")],
        remedy: "ip link set dev \(PacketWalk.quoted(loopback.name)) up"), .certain, check: Say.Walking.link)
  }

  /// The packet is for this namespace.
  private mutating func deliver(by link: Link?) {
    if let link { walk.enter(link, walk.steps.isEmpty ? .source : .destination) }
    walk.filter(.input, &packet, in: here)
    if !walk.tunnels.isEmpty {
      walk.arrival = PacketWalk.Arrival(namespace: here, link: link?.id, packet: packet)
      return
    }
    guard !walk.isReply else { return lookAtTranslation() }
    walk.arrival = PacketWalk.Arrival(namespace: here, link: link?.id, packet: packet)
    lookAtEcho()
  }

  /// The reply must come back from the address that was asked, or its socket does not know it.
  private mutating func lookAtTranslation() {
    guard let asked = walk.subject.destination.address, let source = packet.source, source != asked,
      here == walk.subject.source.namespace || walk.subject.isPredicted,
      let place = walk.translations.first(where: { $0.value.before.destination == asked })?.key
    else { return }
    var evidence = [
      Explanation.Evidence(Say.Travel.replyComes(from: "\(source)", not: "\(asked)"), source: "conntrack")
    ]
    if let rule = walk.destinationTranslatedBy[place] {
      evidence.insert(Explanation.Evidence(rule.text, source: Say.Walking.rulesOfFilter), at: 0)
    }
    let key = "net.bridge.bridge-nf-call-\(walk.subject.isIPv6 ? "ip6tables" : "iptables")"
    var remedy: String?
    if let value = walk.sysctl(key, in: place), value == "0" {
      evidence.append(
        Explanation.Evidence(Say.Travel.bridgeSkipsRules("\(key) = 0"), source: "/proc/sys"))
      remedy = "sysctl -w \(key)=1"
    }
    var finding = walk.finding(
      .replyBypassesTranslation, nil, in: place,
      Say.Travel.isNotTranslatedBack(walk.name(place), from: "\(asked)", to: "\(source)"),
      evidence, remedy: remedy)
    finding.rule = walk.destinationTranslatedBy[place]
    walk.accuse(finding, .certain, check: Say.Walking.translation)
  }

  /// Whether the destination walk.answers echo at all.
  private mutating func lookAtEcho() {
    guard walk.subject.options.port == nil else { return }
    let key = walk.subject.isIPv6 ? "net.ipv6.icmp.echo_ignore_all" : "net.ipv4.icmp_echo_ignore_all"
    guard let value = walk.sysctl(key, in: here) else { return }
    guard value != "0" else { return walk.check(.ok, Say.Walking.echo, Say.Travel.echoNotIgnored) }
    let path = "/proc/sys/" + key.split(separator: ".").joined(separator: "/")
    walk.accuse(
      walk.finding(
        .echoIgnored, nil, in: here, Say.Travel.ignoresPing(walk.name(here)),
        [Explanation.Evidence("\(key) = \(value)", source: path)], remedy: "sysctl -w \(key)=0"), .certain,
      check: Say.Walking.echo)
  }
}

extension PacketWalk {
  /// Conntrack's word for the packet: a reply is known where the request was seen; the packets of a tunnel go each way
  /// by themselves.
  func state(in namespace: NamespaceID) -> Packet.ConnectionState {
    !isReply || !tunnels.isEmpty ? .new : tracked.contains(namespace) ? .established : .invalid
  }
}
