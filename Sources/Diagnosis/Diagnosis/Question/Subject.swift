internal import Netfilter
internal import Paths
internal import Questions
internal import Topology

/// What a diagnosis is about: the two ends with their links and addresses, as far as they can be chosen.
struct Subject: Sendable {
  /// One end.
  struct End: Sendable {
    var name: String
    var namespace: NamespaceID?
    var link: LinkRef?
    var address: IPAddress?
    /// The container, where the end is one that is not running.
    var stopped: Container?
  }

  let source: End
  let destination: End
  let options: PairDiagnosis.Options
  let snapshot: Snapshot
  let graph: LinkGraph
  /// Why no addresses could be chosen.
  let trouble: String?
  /// Whether the source address is the kernel's choice, as it is for an application: only a namespace was named.
  let leavesSource: Bool

  init(
    _ source: PairDiagnosis.Target, _ destination: PairDiagnosis.Target, _ options: PairDiagnosis.Options,
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
    if case .endpoint(let from) = source, case .endpoint(let to) = destination {
      if from.namespace == to.namespace, let same = Subject.local(from, to, options, snapshot) {
        (self.source, self.destination) = same
        trouble = nil
        return
      }
      switch PingRoute.choose(from: from, to: to, family: options.family, in: snapshot) {
      case .success(let route)
      where options.family != .any || !route.sourceAddress.isLinkLocal
        || Subject.hasGlobal(from, snapshot) == Subject.hasGlobal(to, snapshot):
        self.source = End(
          name: from.name, namespace: from.namespace, link: route.sourceLink, address: route.sourceAddress)
        self.destination = End(
          name: to.name, namespace: to.namespace, link: route.destinationLink, address: route.destinationAddress)
        trouble = nil
        return
      case .failure(let error):
        trouble = error.description
      case .success:
        // One of the two has nothing but the address that every interface has: that is what is wrong.
        trouble = nil
      }
    } else {
      trouble = nil
    }
    self.source = Subject.end(source, options, snapshot)
    self.destination = Subject.end(destination, options, snapshot)
  }

  private static func hasGlobal(_ endpoint: Endpoint, _ snapshot: Snapshot) -> Bool {
    (snapshot.namespaces[endpoint.namespace]?.links ?? []).contains { link in
      !link.isLoopback && (endpoint.link == nil || endpoint.link == link.id)
        && link.addresses.contains { !$0.local.isLinkLocal }
    }
  }

  /// Two ends in one namespace: the destination's own address is enough.
  private static func local(
    _ from: Endpoint, _ to: Endpoint, _ options: PairDiagnosis.Options, _ snapshot: Snapshot
  ) -> (End, End)? {
    let there = end(.endpoint(to), options, snapshot)
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
  private static func end(_ target: PairDiagnosis.Target, _ options: PairDiagnosis.Options, _ snapshot: Snapshot) -> End
  {
    switch target {
    case .outside(let address): return End(name: address.description, address: address)
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
      let choices = links.flatMap { link in link.addresses.filter(fits).map { (link.id, $0.local) } }
      let best = choices.min { a, b in
        (a.1.isIPv6 ? 1 : 0, a.1.isLinkLocal ? 1 : 0) < (b.1.isIPv6 ? 1 : 0, b.1.isLinkLocal ? 1 : 0)
      }
      // Of links without an address the one with a cable is meant.
      let link = best?.0 ?? endpoint.link ?? (links.first { $0.isPair } ?? links.first)?.id
      return End(name: endpoint.name, namespace: endpoint.namespace, link: link, address: best?.1)
    }
  }

  /// Whether it is about IPv6.
  var isIPv6: Bool { (destination.address ?? source.address)?.isIPv6 ?? (options.family == .ipv6) }

  /// Bytes of the echo with its IP header.
  var echoSize: Int { (options.size ?? 56) + (isIPv6 ? 48 : 28) }

  /// Whether both ends are in one namespace.
  var isLocal: Bool { source.namespace != nil && source.namespace == destination.namespace }

  /// The echo requests that the verdict is about.
  var probe: EchoProbe {
    // To an address that is not known nothing is sent.
    EchoProbe(
      namespace: source.namespace ?? .host, source: leavesSource ? nil : source.address,
      destination: destination.address ?? .unspecified, outLink: scope, size: echoSize,
      forbidsFragments: options.size != nil, count: options.count, interval: options.interval)
  }

  /// One echo request of another size, that may not be cut into pieces where it is large.
  func probe(size: Int) -> EchoProbe {
    var one = probe
    one.size = size
    one.forbidsFragments = size > 84
    one.count = 2
    one.interval = 50
    return one
  }

  /// A packet as large as its sender may make it, from the end whose large ones are in doubt.
  func probe(of bottleneck: MTUBottleneck) -> EchoProbe {
    var one = probe(size: Int(bottleneck.size))
    if bottleneck.isReply, let there = destination.namespace, let back = source.address {
      (one.namespace, one.source, one.destination, one.outLink) = (there, one.destination, back, nil)
    }
    return one
  }

  func connect(_ port: UInt16) -> ConnectProbe {
    ConnectProbe(
      namespace: source.namespace ?? .host, source: leavesSource ? nil : source.address, destination: probe.destination,
      outLink: scope,
      port: port)
  }

  /// A connection to one of the endpoints of a service.
  func connect(_ endpoint: PacketWalk.Service, _ port: UInt16) -> ConnectProbe {
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
