internal import Netfilter
internal import Paths
internal import Questions
internal import Topology

extension PacketWalk {
  /// Whether the two ends are known well enough to send something.
  var canProbe: Bool {
    subject.source.namespace.map { snapshot.namespaces[$0] != nil } ?? false && subject.destination.address != nil
      && subject.source.address != nil
  }

  /// Follows the packet there, and its reply back.
  mutating func follow() {
    guard run({ EndsStage(walk: $0) }) else { return }
    guard let from = subject.source.namespace, let source = subject.source.address,
      let destination = subject.destination.address
    else { return }
    if subject.isLocal, subject.source.name != subject.destination.name {
      note("both ends are in one network namespace: they share interfaces, addresses and ports")
    }
    let sender = chosenSource(in: from, to: destination) ?? source
    self.sender = sender
    let request = request(sender, destination, from)
    run { [subject] in TravelStage(walk: $0, packet: request, from: from, to: subject.destination.link) }
    guard let arrival, let reply = reply(to: arrival.packet, from: arrival) else { return }
    isReply = true
    largest = .max
    current = steps.indices.last
    run { [subject] in
      TravelStage(
        walk: $0, packet: reply, from: arrival.namespace, by: arrival.isBeyond ? arrival.link : nil,
        to: subject.source.link)
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

  private mutating func request(_ source: IPAddress, _ destination: IPAddress, _ namespace: NamespaceID) -> Packet {
    var packet =
      Packet.echoRequest(from: source, to: destination, length: subject.echoSize)
      ?? Packet(family: .ipv4, source: source, destination: destination)
    if let port = subject.options.port {
      packet.transport = .tcp(source: nil, destination: port, flags: .syn)
      packet.length = nil
    }
    packet.isLocallySent = true
    packet.ttl = timeToLive(in: namespace, isIPv6: destination.isIPv6)
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
    } else {
      packet.transport = request.family == .ipv6 ? .icmpv6(type: 129, code: 0) : .icmp(type: 0, code: 0)
    }
    packet.isLocallySent = !arrival.isBeyond
    packet.ttl = arrival.isBeyond ? nil : timeToLive(in: arrival.namespace, isIPv6: request.family == .ipv6)
    return packet
  }
}
