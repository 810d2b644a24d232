public import Topology

extension Snapshot {
  /// The name of another one that has the route's destination address on the same bridge; nil where there is none.
  public func twin(of route: PingRoute) -> String? {
    func bridge(of link: Link) -> LinkRef? { (peer(of: link) ?? link).master }
    guard let right = route.destinationLink.flatMap({ link($0) }), let home = bridge(of: right) else { return nil }
    for namespace in namespaces.values {
      for link in namespace.links where link.id != right.id {
        if link.addresses.contains(where: { $0.local == route.destinationAddress }), bridge(of: link) == home {
          return namespace.name
        }
      }
    }
    return nil
  }
}
