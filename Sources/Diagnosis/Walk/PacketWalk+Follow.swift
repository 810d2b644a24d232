internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology

extension PacketWalk {
  /// Whether the two ends are known well enough to send something.
  package var canProbe: Bool {
    !subject.isInternet && subject.source.namespace.map { snapshot.namespaces[$0] != nil } ?? false
      && subject.destination.address != nil
      && subject.source.address != nil
  }

  /// Follows the packet there, and its reply back.
  package mutating func follow() {
    guard run({ EndsStage(walk: $0) }) else { return }
    guard let source = subject.source.address, let destination = subject.destination.address else { return }
    guard !subject.isPredicted else { return followStranger(from: source, to: destination) }
    guard let from = subject.source.namespace else { return }
    if subject.isLocal, subject.source.name != subject.destination.name {
      note(Say.Walking.sharedNamespace)
    }
    let sender = chosenSource(in: from, to: destination) ?? source
    self.sender = sender
    if let owner = link(with: sender, in: from) { sourceLink = owner }
    var request = request(sender, destination)
    request.ttl = timeToLive(in: from, isIPv6: destination.isIPv6)
    run { [subject] in TravelStage(walk: $0, packet: request, from: from, to: subject.destination.link) }
    followReply()
  }

  /// A packet of somebody beyond the picture, that comes in by an uplink.
  private mutating func followStranger(from source: IPAddress, to destination: IPAddress) {
    guard let link = uplink(for: destination, of: source).flatMap({ snapshot.link($0) }) else {
      guard pending.isEmpty else { return }
      accuse(
        finding(.noRoute, nil, in: .host, Say.Travel.noUplink, []), .certain, check: Say.Walking.uplink)
      return
    }
    sender = source
    var request = request(source, destination)
    request.isLocallySent = false
    enter(link, .source)
    check(.ok, Say.Walking.uplink, Say.Travel.comesIn(by: link.name))
    run { [subject] in
      TravelStage(
        walk: $0, packet: request, from: link.id.namespace, by: link.id, to: subject.destination.link)
    }
    followReply()
  }

  /// The link by which a stranger's packet comes: the one that was named, the one that has the address, or that by which
  /// the host would answer.
  private mutating func uplink(for destination: IPAddress, of source: IPAddress) -> LinkRef? {
    if let named = subject.uplink { return named }
    let links = snapshot.namespaces[.host]?.links.filter { $0.isUplink && !$0.isLoopback } ?? []
    if let own = links.first(where: { $0.has(destination) }) { return own.id }
    if case .route(.route(let way))? = ask(.route(RouteQuery(namespace: .host, destination: source))),
      let link = way.outLink
    {
      return link
    }
    return pending.isEmpty
      ? links.first { link in link.addresses.contains { $0.local.isIPv6 == destination.isIPv6 } }?.id : nil
  }

  private mutating func followReply() {
    guard let arrival, let reply = reply(to: arrival.packet, from: arrival) else { return }
    isReply = true
    largest = .max
    current = steps.indices.last
    run { [sourceLink] in
      TravelStage(
        walk: $0, packet: reply, from: arrival.namespace, by: arrival.isBeyond ? arrival.link : nil, to: sourceLink)
    }
    isReply = false
  }

  /// The source address that the kernel gives a packet of a program that names none (`RTA_PREFSRC`); nil where it was
  /// named, or can't be asked.
  private mutating func chosenSource(in namespace: NamespaceID, to destination: IPAddress) -> IPAddress? {
    guard subject.leavesSource, !destination.isLinkLocal || !destination.isIPv6 else { return nil }
    guard case .route(.route(let way))? = ask(.route(RouteQuery(namespace: namespace, destination: destination)))
    else { return nil }
    return way.preferredSource
  }

  /// The interface that has an address and is no loopback, where the one that was thought of has it not.
  private func link(with address: IPAddress, in namespace: NamespaceID) -> LinkRef? {
    if let link = sourceLink.flatMap({ snapshot.link($0) }), link.has(address) { return nil }
    return snapshot.namespaces[namespace]?.links.first { !$0.isLoopback && $0.has(address) }?.id
  }

  private func request(_ source: IPAddress, _ destination: IPAddress) -> Packet {
    var packet =
      Packet.echoRequest(from: source, to: destination, length: subject.echoSize)
      ?? Packet(family: .ipv4, source: source, destination: destination)
    if let port = subject.options.port {
      packet.transport =
        port.transport == .tcp
        ? .tcp(source: nil, destination: port.number, flags: .syn) : .udp(source: nil, destination: port.number)
      packet.length = nil
    }
    packet.isLocallySent = true
    return packet
  }

  /// The hops that a packet of the namespace's own starts with; of IPv6 every link and route may say another number.
  private mutating func timeToLive(in namespace: NamespaceID, isIPv6: Bool) -> UInt8? {
    isIPv6 ? nil : sysctl("net.ipv4.ip_default_ttl", in: namespace).flatMap { UInt8($0) }
  }

  private mutating func reply(to request: Packet, from arrival: Arrival) -> Packet? {
    guard let source = request.destination else { return nil }
    var packet = Packet(family: request.family, source: source, destination: request.source, connection: .established)
    packet.length = request.length
    packet.isReply = true
    if case .tcp(let from, let to, _)? = request.transport {
      packet.transport = .tcp(source: to, destination: from, flags: [.syn, .ack])
    } else if case .udp(let from, let to)? = request.transport {
      packet.transport = .udp(source: to, destination: from)
    } else {
      packet.transport = request.family == .ipv6 ? .icmpv6(type: 129, code: 0) : .icmp(type: 0, code: 0)
    }
    packet.isLocallySent = !arrival.isBeyond
    packet.ttl = arrival.isBeyond ? nil : timeToLive(in: arrival.namespace, isIPv6: request.family == .ipv6)
    return packet
  }
}
