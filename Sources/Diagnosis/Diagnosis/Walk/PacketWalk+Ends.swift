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
    guard lookAtEnds() else { return }
    guard let from = subject.source.namespace, let source = subject.source.address,
      let destination = subject.destination.address
    else { return }
    noteSharing()
    travel(request(source, destination), from: from, to: subject.destination.link)
    guard let arrival, let reply = reply(to: arrival.packet) else { return }
    // Beyond the picture nobody can be followed.
    if subject.destination.namespace == nil { return }
    isReply = true
    largest = .max
    current = steps.indices.last
    travel(reply, from: arrival.namespace, to: subject.source.link)
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

  // MARK: The ends

  /// Whether both ends are there and have addresses; if not, that is the finding.
  private mutating func lookAtEnds() -> Bool {
    var isWhole = true
    for end in [subject.source, subject.destination] where !lookAt(end) { isWhole = false }
    if isWhole, let trouble = subject.trouble {
      accuse(
        finding(
          .noAddress, nil, in: subject.source.namespace, trouble,
          [
            Explanation.Evidence(trouble, source: "IFA_LOCAL")
          ]), .certain)
      return false
    }
    return isWhole
  }

  /// Whether one end is there and has an address.
  private mutating func lookAt(_ end: Subject.End) -> Bool {
    if let container = end.stopped {
      accuse(
        finding(
          .namespaceGone, nil, "The container \(end.name) is not running (\(container.state))",
          [Explanation.Evidence("state \(container.state)", source: "\(container.runtime) API")],
          remedy: EngineWords(container).start(PacketWalk.quoted(container.name))), .certain)
      return false
    }
    guard let id = end.namespace else { return true }
    guard let namespace = snapshot.namespaces[id] else {
      accuse(
        finding(
          .namespaceGone, nil, in: id, "The network namespace of \(end.name) is gone",
          [Explanation.Evidence("no namespace has its cookie", source: "RTM_GETNSID")]), .certain)
      return false
    }
    if end.address != nil { return true }
    guard let link = end.link.flatMap({ snapshot.link($0) }) else {
      // What can't be seen is not missing.
      if namespace.permission == .none {
        noteUnread(
          "interfaces and addresses of \(end.name): not permitted (CAP_NET_ADMIN in its user namespace is missing)")
        return false
      }
      let isContainer = !namespace.containers.isEmpty
      accuse(
        finding(
          .noAddress, nil, in: id,
          isContainer
            ? "\(end.name) has no network: nothing but the loopback (network=none)"
            : "\(end.name) has no interface but the loopback",
          [Explanation.Evidence("no link but lo", source: "RTM_GETLINK")]), .certain)
      if let container = container(end), !accusations.isEmpty {
        accusations[accusations.count - 1].finding.remedy = joinCommand(container, beside: end)
      }
      return false
    }
    look(at: link, as: end.name == subject.source.name ? .source : .destination)
    let family = subject.options.family == .ipv6 ? "IPv6 " : subject.options.family == .ipv4 ? "IPv4 " : ""
    accuse(
      finding(
        .noAddress, link, "\(place(link)) has no \(family)address",
        [Explanation.Evidence("no address on \(link.name)", source: "IFA_LOCAL")],
        remedy: "ip address add ADDRESS/PREFIX dev \(PacketWalk.quoted(link.name))"), .certain, check: "address")
    return false
  }

  private mutating func noteSharing() {
    guard subject.isLocal, subject.source.name != subject.destination.name else { return }
    note("both ends are in one network namespace: they share interfaces, addresses and ports")
  }

  /// A container whose only network has no way out, by the engine's wish.
  mutating func accuseInternalNetwork(_ right: Link, _ answer: Explanation.Evidence) -> Bool {
    guard let here = snapshot.namespaces[right.id.namespace], !here.containers.isEmpty,
      let network = network(of: right.id), let known = tables(here.id),
      !known.routes.contains(where: { $0.prefixLength == 0 && $0.isIPv6 == subject.isIPv6 && $0.type == "unicast" })
    else { return false }
    let other = differentNetworks?.destination
    accuse(
      finding(
        .networkIsolation, right,
        "\(here.name) is on the network \(network.name) only, which has no way out (--internal)",
        [answer, Explanation.Evidence("no default route in \(here.name)", source: "RTM_GETROUTE dump")], remedy: nil),
      .certain, check: "route")
    if let other, let container = here.containers.first, !accusations.isEmpty {
      accusations[accusations.count - 1].finding.remedy = connectCommand(other, container)
    }
    return true
  }
}
