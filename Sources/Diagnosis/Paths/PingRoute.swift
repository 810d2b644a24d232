internal import Sentences
public import Topology

/// Which addresses a ping is sent between.
public struct PingRoute: Hashable, Sendable {

  /// The end that the request is sent from.
  public var source: Endpoint
  /// What was named as the end that the request is sent to.
  public var destination: Target
  /// The interface that the echo leaves by, as far as addresses tell.
  public var sourceLink: LinkRef
  /// The address that the echo comes from, as far as addresses tell; the kernel has the last word.
  public var sourceAddress: IPAddress
  /// The interface that has the destination address; nil: none of the picture is known to.
  public var destinationLink: LinkRef?
  /// The address that the echo is sent to.
  public var destinationAddress: IPAddress
  /// Whether the two are in one subnet.
  public var isSameSubnet: Bool
  /// The links on the way; empty where nothing connects the two. To an address beyond the picture it ends at the border.
  public var path: [Hop]

  /// A way to an address that is on no interface of the picture, or on several.
  public init(
    from source: Endpoint, link: LinkRef, address: IPAddress, to destination: IPAddress, path: [Hop]
  ) {
    self.source = source
    self.destination = .outside(destination)
    sourceLink = link
    sourceAddress = address
    destinationAddress = destination
    isSameSubnet = false
    self.path = path
  }

  private init(
    source: Endpoint, destination: Endpoint, sourceLink: LinkRef, sourceAddress: IPAddress, destinationLink: LinkRef,
    destinationAddress: IPAddress, isSameSubnet: Bool, path: [Hop]
  ) {
    self.source = source
    self.destination = .endpoint(destination)
    self.sourceLink = sourceLink
    self.sourceAddress = sourceAddress
    self.destinationLink = destinationLink
    self.destinationAddress = destinationAddress
    self.isSameSubnet = isSameSubnet
    self.path = path
  }

  /// What the destination is called.
  public var destinationName: String { destination.destinationName }

  /// The interface and the address that a ping to an address would leave by, where the kernel does not say: the first of
  /// that family.
  public static func first(
    of source: Endpoint, isIPv6: Bool, in snapshot: Snapshot
  ) -> (link: LinkRef, address: IPAddress)? {
    let all = candidates(source, isIPv6 ? .ipv6 : .ipv4, snapshot)
    return (all.first { !$0.address.local.isLinkLocal } ?? all.first).map { ($0.link, $0.address.local) }
  }

  /// Chooses addresses: the destination's first one in a subnet of the source, else its first global one.
  ///
  /// IPv4 comes first unless a family is wanted; link-local IPv6 is taken only within one subnet and where there is
  /// nothing else. Fails with a line for people where the two have no address of one family.
  public static func choose(
    from source: Endpoint, to destination: Endpoint, family: AddressFamily, in snapshot: Snapshot
  ) -> Result<PingRoute, ResolutionError> {
    let here = candidates(source, family, snapshot)
    let there = candidates(destination, family, snapshot)
    guard !here.isEmpty else { return .failure(nothing(source, family, snapshot)) }
    guard !there.isEmpty else { return .failure(nothing(destination, family, snapshot)) }
    var best: (rank: Int, route: (Candidate, Candidate), same: Bool)?
    for (i, from) in here.enumerated() {
      for (j, to) in there.enumerated() where from.address.local.isIPv6 == to.address.local.isIPv6 {
        let same = from.address.local.shares(prefix: Int(from.address.prefixLength), with: to.address.local)
        let linkLocal = from.address.local.isLinkLocal || to.address.local.isLinkLocal
        if linkLocal, from.address.local.isLinkLocal != to.address.local.isLinkLocal { continue }
        let rank =
          (linkLocal ? 100_000 : 0) + (from.address.local.isIPv6 ? 10_000 : 0) + (same ? 0 : 1000) + i * 10 + j
        if rank < best?.rank ?? .max { best = (rank, (from, to), same) }
      }
    }
    guard let best else {
      return .failure(
        ResolutionError(Say.PingPath.noCommonFamily(source.name, destination.name)))
    }
    let (from, to) = best.route
    return .success(
      PingRoute(
        source: source, destination: destination, sourceLink: from.link, sourceAddress: from.address.local,
        destinationLink: to.link, destinationAddress: to.address.local, isSameSubnet: best.same,
        path: Path.find(in: snapshot, from: from.link, to: to.link) ?? []))
  }

  private struct Candidate {
    var link: LinkRef
    var address: InterfaceAddress
  }

  private static func candidates(_ endpoint: Endpoint, _ family: AddressFamily, _ snapshot: Snapshot) -> [Candidate] {
    guard let namespace = snapshot.namespaces[endpoint.namespace] else { return [] }
    return namespace.links.flatMap { link -> [Candidate] in
      if let wanted = endpoint.link, wanted != link.id { return [] }
      // A service's address may live there: who names it, means it.
      if link.isLoopback, endpoint.address == nil { return [] }
      return link.addresses.filter { address in
        if let wanted = endpoint.address, wanted != address.local { return false }
        switch family {
        case .any: return true
        case .ipv4: return !address.local.isIPv6
        case .ipv6: return address.local.isIPv6
        }
      }.map { Candidate(link: link.id, address: $0) }
    }
  }

  private static func nothing(
    _ endpoint: Endpoint, _ family: AddressFamily, _ snapshot: Snapshot
  ) -> ResolutionError {
    // What can't be seen is not missing.
    if snapshot.namespaces[endpoint.namespace]?.permission == Namespace.Permission.none {
      return ResolutionError(Say.PingPath.addressesUnread(of: endpoint.name))
    }
    return switch family {
    case .any: ResolutionError(Say.PingPath.noAddress(endpoint.name))
    case .ipv4: ResolutionError(Say.PingPath.noIPv4Address(endpoint.name))
    case .ipv6: ResolutionError(Say.PingPath.noIPv6Address(endpoint.name))
    }
  }
}

extension PingRoute {
  /// The family of its addresses.
  package var family: AddressFamily { sourceAddress.isIPv6 ? .ipv6 : .ipv4 }
}
