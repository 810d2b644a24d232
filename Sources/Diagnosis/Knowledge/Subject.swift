internal import Netfilter
package import Paths
package import Questions
internal import Sentences
package import Topology

/// What a diagnosis is about: the two ends with their links and addresses, as far as they can be chosen.
package struct Subject: Sendable {
  /// One end.
  package struct End: Sendable {
    package var name: String
    package var namespace: NamespaceID?
    package var link: LinkRef?
    package var address: IPAddress?
    /// The container, where the end is one that is not running.
    package var stopped: Container?
  }

  package let source: End
  package let destination: End
  package let options: DiagnosisOptions
  package let snapshot: Snapshot
  package let graph: LinkGraph
  /// Why no addresses could be chosen.
  package let trouble: String?
  /// Whether the source address is the kernel's choice, as it is for an application: only a namespace was named.
  package let leavesSource: Bool
  /// Whether the source is somebody beyond the picture: nothing can be sent from there.
  package let isPredicted: Bool
  /// The uplink by which the packet of such a source comes in, where one was named.
  package let uplink: LinkRef?
  /// Whether the destination is the internet as a whole: its address only stands for all of them, and nothing is sent to it.
  package let isInternet: Bool

  package init(
    _ source: Target, _ destination: Target, _ options: DiagnosisOptions,
    _ snapshot: Snapshot
  ) {
    self.options = options
    self.snapshot = snapshot
    graph = LinkGraph(snapshot)
    var leavesSource = false
    if case .endpoint(let from) = source {
      leavesSource = from.link == nil && from.address == nil
      if case .endpoint(let to) = destination, to.namespace == from.namespace { leavesSource = false }
    }
    self.leavesSource = leavesSource
    isPredicted = if case .outside = source { true } else { false }
    uplink = if case .outside(_, let link) = source { link } else { nil }
    isInternet = if case .outside(nil, _) = destination { true } else { false }
    switch Subject.pair(source, destination, options, snapshot) {
    case .success(let pair?):
      (self.source, self.destination) = pair
      trouble = nil
      return
    case .failure(let error): trouble = error.description
    case .success(nil): trouble = nil
    }
    var from = Subject.end(source, options, snapshot)
    var to = Subject.end(destination, options, snapshot, seenFrom: source)
    if case .outside(nil, _) = source {
      from = End(name: Say.Endpoint.outside, address: Subject.publicAddress(isIPv6: to.address?.isIPv6 == true))
    }
    // Who has no IPv4 goes out by IPv6.
    if isInternet, options.family == .any, from.address?.isIPv6 == true {
      to.address = Subject.publicAddress(isIPv6: true)
    }
    (self.source, self.destination) = (from, to)
  }

  /// Two ends of the model, chosen for each other; nil: each by itself.
  private static func pair(
    _ source: Target, _ destination: Target, _ options: DiagnosisOptions, _ snapshot: Snapshot
  ) -> Result<(End, End)?, ResolutionError> {
    guard case .endpoint(let from) = source, case .endpoint(let to) = destination else { return .success(nil) }
    if from.namespace == to.namespace, let same = local(from, to, options, snapshot) { return .success(same) }
    switch PingRoute.choose(from: from, to: to, family: options.family, in: snapshot) {
    case .success(let route)
    where options.family != .any || !route.sourceAddress.isLinkLocal
      || hasGlobal(from, snapshot) == hasGlobal(to, snapshot):
      return .success(
        (
          End(name: from.name, namespace: from.namespace, link: route.sourceLink, address: route.sourceAddress),
          End(name: to.name, namespace: to.namespace, link: route.destinationLink, address: route.destinationAddress)
        ))
    case .failure(let error): return .failure(error)
    // One of the two has nothing but the address that every interface has: that is what is wrong.
    case .success: return .success(nil)
    }
  }

  /// An address that stands for all those beyond the picture: a root name server's (a.root-servers.net), which no
  /// list of any firewall is likely to single out.
  private static func publicAddress(isIPv6: Bool) -> IPAddress? {
    IPAddress(isIPv6 ? "2001:503:ba3e::2:30" : "198.41.0.4")
  }

  private static func hasGlobal(_ endpoint: Endpoint, _ snapshot: Snapshot) -> Bool {
    (snapshot.namespaces[endpoint.namespace]?.links ?? []).contains { link in
      !link.isLoopback && (endpoint.link == nil || endpoint.link == link.id)
        && link.addresses.contains { !$0.local.isLinkLocal }
    }
  }

  /// Two ends in one namespace: the destination's own address is enough.
  private static func local(
    _ from: Endpoint, _ to: Endpoint, _ options: DiagnosisOptions, _ snapshot: Snapshot
  ) -> (End, End)? {
    var there = end(.endpoint(to), options, snapshot)
    if let asked = to.address, asked.isLoopback {
      // The whole of 127.0.0.0/8 is on the loopback.
      there = End(
        name: to.name, namespace: to.namespace,
        link: snapshot.namespaces[to.namespace]?.links.first(where: \.isLoopback)?.id, address: asked)
    }
    if let link = there.link, let address = there.address {
      let here = End(name: from.name, namespace: from.namespace, link: link, address: address)
      return (here, there)
    }
    guard let loopback = snapshot.namespaces[to.namespace]?.links.first(where: \.isLoopback) else { return nil }
    let address = IPAddress(options.family == .ipv6 ? "::1" : "127.0.0.1")
    return (
      End(name: from.name, namespace: from.namespace, link: loopback.id, address: address),
      End(name: to.name, namespace: to.namespace, link: loopback.id, address: address)
    )
  }

  /// An end by itself: the interface that was named, or the one with the first fitting address, or the first there is.
  private static func end(
    _ target: Target, _ options: DiagnosisOptions, _ snapshot: Snapshot, seenFrom source: Target? = nil
  ) -> End {
    switch target {
    case .outside(let address?, _): return End(name: address.description, address: address)
    case .outside(nil, _):
      return End(name: Say.Endpoint.internet, address: publicAddress(isIPv6: options.family == .ipv6))
    case .name(let name): return End(name: name)
    case .stopped(let container): return End(name: container.name, stopped: container)
    case .endpoint(let endpoint):
      let links = (snapshot.namespaces[endpoint.namespace]?.links ?? []).filter {
        (!$0.isLoopback || endpoint.address != nil) && !$0.isFallbackTunnel
          && (endpoint.link == nil || endpoint.link == $0.id)
      }
      func fits(_ address: InterfaceAddress) -> Bool {
        switch options.family {
        case .any: endpoint.address.map { $0 == address.local } ?? !address.local.isLinkLocal
        case .ipv4: !address.local.isIPv6
        case .ipv6: address.local.isIPv6
        }
      }
      // From outside the host is the address that its uplink has.
      func distance(_ link: LinkRef) -> Int {
        guard case .outside(let address, let uplink)? = source else { return 0 }
        if let uplink { return link == uplink ? 0 : 1 }
        let isNear = address.map { far in
          snapshot.link(link)?.addresses.contains { $0.local.shares(prefix: Int($0.prefixLength), with: far) } ?? false
        }
        if isNear == true { return 0 }
        guard let link = snapshot.link(link) else { return 4 }
        return link.isUplink ? 1 : link.isBridge ? 3 : 2
      }
      let choices = links.flatMap { link in link.addresses.filter(fits).map { (link.id, $0.local) } }
      let best = choices.min { a, b in
        (a.1.isIPv6 ? 1 : 0, distance(a.0), a.1.isLinkLocal ? 1 : 0)
          < (b.1.isIPv6 ? 1 : 0, distance(b.0), b.1.isLinkLocal ? 1 : 0)
      }
      // Of links without an address the one with a cable is meant.
      let link = best?.0 ?? endpoint.link ?? (links.first { $0.isPair } ?? links.first)?.id
      return End(name: endpoint.name, namespace: endpoint.namespace, link: link, address: best?.1)
    }
  }

  /// Whether it is about IPv6.
  package var isIPv6: Bool { (destination.address ?? source.address)?.isIPv6 ?? (options.family == .ipv6) }

  /// Bytes of the echo with its IP header.
  package var echoSize: Int { (options.size ?? 56) + (isIPv6 ? 48 : 28) }

  /// Whether both ends are in one namespace.
  package var isLocal: Bool { source.namespace != nil && source.namespace == destination.namespace }

  /// The echo requests that the verdict is about.
  package var probe: EchoProbe {
    // To an address that is not known nothing is sent.
    EchoProbe(
      namespace: source.namespace ?? .host, source: leavesSource ? nil : source.address,
      destination: destination.address ?? .unspecified, outLink: scope, size: echoSize,
      forbidsFragments: options.size != nil, count: options.count, interval: options.interval)
  }

  /// One echo request of another size, that may not be cut into pieces where it is large.
  package func probe(size: Int) -> EchoProbe {
    var one = probe
    one.size = size
    one.forbidsFragments = size > 84
    one.count = 2
    one.interval = 50
    return one
  }

  /// A packet as large as its sender may make it, from the end whose large ones are in doubt.
  package func probe(of bottleneck: MTUBottleneck) -> EchoProbe {
    var one = probe(size: Int(bottleneck.size))
    if bottleneck.isReply, let there = destination.namespace, let back = source.address {
      (one.namespace, one.source, one.destination, one.outLink) = (there, one.destination, back, nil)
    }
    return one
  }

  package func connect(_ port: UInt16) -> ConnectProbe {
    ConnectProbe(
      namespace: source.namespace ?? .host, source: leavesSource ? nil : source.address, destination: probe.destination,
      outLink: scope,
      port: port)
  }

  /// A datagram to the port.
  package func datagram(_ port: UInt16) -> DatagramProbe {
    DatagramProbe(
      namespace: source.namespace ?? .host, source: leavesSource ? nil : source.address, destination: probe.destination,
      outLink: scope, port: port)
  }

  /// A connection to one of the endpoints of a service.
  package func connect(_ endpoint: ServicePlace, _ port: UInt16) -> ConnectProbe {
    ConnectProbe(
      namespace: source.namespace ?? .host, source: leavesSource ? nil : source.address,
      destination: endpoint.address, port: endpoint.port ?? port)
  }

  /// The interface to send by, where the address means nothing without.
  private var scope: LinkRef? {
    guard let address = destination.address, address.isIPv6, address.isLinkLocal else { return nil }
    return source.link
  }
}
