public import LinuxSystem
public import Paths
internal import Questions
internal import Sentences
internal import Topology

/// Finds which addresses a ping is sent between, where that takes more than the picture: a name is resolved as the
/// sender's programs would, and the way to an address beyond the picture is asked of the kernel's routing.
///
/// Lives on the event loop.
public final class RouteFinder {
  private let source: Endpoint
  private let destination: Target
  private let family: AddressFamily
  private let access: KernelAccess
  private let loop: EventLoop
  private var naming: NameTask?

  /// Makes a finder of the way between two ends.
  public init(
    from source: Endpoint, to destination: Target, family: AddressFamily, access: KernelAccess, loop: EventLoop
  ) {
    self.source = source
    self.destination = destination
    self.family = family
    self.access = access
    self.loop = loop
  }

  /// Begins; `done` is called once, at once where no name server has to be asked.
  public func start(_ done: @escaping (Result<PingRoute, ResolutionError>) -> Void) {
    guard case .name(let name) = destination else { return done(route(to: destination)) }
    let task = NameTask(ResolutionQuery(name, asked: source, family, in: access.snapshot()), access, loop)
    naming = task
    task.start { [weak self] answer in
      guard let self else { return }
      naming = nil
      done(route(to: name, answer))
    }
  }

  /// Gives up; `done` is not called.
  public func stop() {
    naming?.stop()
    naming = nil
  }

  private func route(to name: String, _ answer: Answer) -> Result<PingRoute, ResolutionError> {
    guard case .resolution(let resolution) = answer else {
      let reason = if case .unread(let unread) = answer { unread.reason } else { Say.Lookup.noAnswer }
      return .failure(ResolutionError(Say.Lookup.cannotResolve(SafeText.clean(name), by: source.name, reason)))
    }
    let snapshot = access.snapshot()
    var failure = ResolutionError(resolution.refusal(to: source.name))
    // One word may be meant for somebody in the picture.
    if !name.contains("."), case .failure(let unknown) = Endpoint.resolve(name, in: snapshot) {
      failure.description = Say.Lookup.alsoFailed(unknown.description, failure.description)
    }
    for address in resolution.usable(by: .endpoint(source), family, in: snapshot) {
      switch Target.destination(address.description, from: .endpoint(source), in: snapshot).flatMap({
        route(to: $0.target)
      }) {
      case .success(var route):
        route.destination = destination
        return .success(route)
      case .failure(let error): failure = error
      }
    }
    return .failure(failure)
  }

  private func route(to target: Target) -> Result<PingRoute, ResolutionError> {
    let snapshot = access.snapshot()
    switch target {
    case .endpoint(let endpoint):
      // One's own loopback is on no interface that leads anywhere.
      if let address = endpoint.address, address.isLoopback { return outward(to: address, snapshot) }
      return PingRoute.choose(from: source, to: endpoint, family: family, in: snapshot)
    case .outside(let address?, _): return outward(to: address, snapshot)
    case .outside(nil, _):
      return .failure(ResolutionError(Say.Lookup.noAddressOfInternet))
    case .stopped(let container):
      return .failure(ResolutionError(Say.Lookup.isNotRunning(container.name, container.state)))
    case .name(let name): return .failure(ResolutionError(Say.Lookup.isName(SafeText.clean(name))))
    }
  }

  private func outward(to address: IPAddress, _ snapshot: Snapshot) -> Result<PingRoute, ResolutionError> {
    let isWrong = address.isIPv6 ? family == .ipv4 : family == .ipv6
    if isWrong { return .failure(ResolutionError(Say.Lookup.isOfOtherFamily(address.description))) }
    let (chosen, hops) = Path.outward(in: snapshot, from: source, to: address) { namespace, arrival, from in
      let query = RouteQuery(
        namespace: namespace, destination: address, source: from, inLink: arrival,
        outLink: arrival == nil ? source.link : nil)
      // Who can't be asked leaves the way open.
      guard case .route(let decision)? = try? RouteAnswer.lookup(query, access), decision.type == "unicast",
        let link = decision.outLink
      else { return nil }
      return Path.NextHop(link: link, gateway: decision.gateway, source: decision.preferredSource)
    }
    let first = PingRoute.first(of: source, isIPv6: address.isIPv6, in: snapshot)
    if address.isLoopback, let loopback = snapshot.namespaces[source.namespace]?.links.first(where: \.isLoopback) {
      return .success(PingRoute(from: source, link: loopback.id, address: address, to: address, path: []))
    }
    guard let link = hops.first?.link ?? first?.link, let own = chosen ?? first?.address else {
      return .failure(ResolutionError(Say.Lookup.hasNoAddress(source.name, address.isIPv6 ? "IPv6" : "IPv4")))
    }
    return .success(PingRoute(from: source, link: link, address: own, to: address, path: hops))
  }
}
