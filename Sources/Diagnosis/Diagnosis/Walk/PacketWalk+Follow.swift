internal import Netfilter
internal import Paths
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
    let request = request(source, destination)
    run { [subject] in TravelStage(walk: $0, packet: request, from: from, to: subject.destination.link) }
    guard let arrival, let reply = reply(to: arrival.packet) else { return }
    // Beyond the picture nobody can be followed.
    if subject.destination.namespace == nil { return }
    isReply = true
    largest = .max
    current = steps.indices.last
    run { [subject] in TravelStage(walk: $0, packet: reply, from: arrival.namespace, to: subject.source.link) }
    isReply = false
  }

  private func request(_ source: IPAddress, _ destination: IPAddress) -> Packet {
    var packet =
      Packet.echoRequest(from: source, to: destination, length: subject.echoSize)
      ?? Packet(family: .ipv4, source: source, destination: destination)
    if let port = subject.options.port {
      packet.transport = .tcp(source: nil, destination: port, flags: .syn)
      packet.length = nil
    }
    packet.isLocallySent = true
    return packet
  }

  private func reply(to request: Packet) -> Packet? {
    guard let source = request.destination else { return nil }
    var packet = Packet(family: request.family, source: source, destination: request.source, connection: .established)
    packet.length = request.length
    if case .tcp(let from, let to, _)? = request.transport {
      packet.transport = .tcp(source: to, destination: from, flags: [.syn, .ack])
    } else {
      packet.transport = request.family == .ipv6 ? .icmpv6(type: 129, code: 0) : .icmp(type: 0, code: 0)
    }
    packet.isLocallySent = true
    return packet
  }
}
