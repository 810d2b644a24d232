internal import Labels
internal import Topology

extension NamespaceMap {
  /// Marks the cables of containers that have left the bridge on which root's engine has them: the near end has no master and
  /// no address of its own, so that nothing leads there.
  ///
  /// An engine's word is needed for it: the near ends of routed pods (Calico's) and of routers look alike, and are healthy.
  /// Nothing is said where there are more such cables than networks that are missing: which of them is meant nobody knows.
  mutating func markStrays(_ directory: ContainerDirectory) {
    for id in ids where id != .host {
      guard let namespace = self[id], let container = namespace.containers.first,
        let word = directory.word(on: container.id, about: namespace.owner), word.owner == nil,
        let bridges = word.bridges[container.id], let host = self[.host]
      else { continue }
      let cables = namespace.links.indices.compactMap { position -> (position: Int, near: Link)? in
        guard let peer = namespace.links[position].peerLink, peer.namespace == .host else { return nil }
        return host.link(peer.index).map { (position, $0) }
      }
      let kept = Set(cables.compactMap { $0.near.master.flatMap { host.link($0.index)?.name } })
      let missing = bridges.subtracting(kept).sorted()
      // The kernel gives every interface a link-local address by itself.
      let loose = cables.filter { $0.near.master == nil && $0.near.addresses.allSatisfy(\.local.isLinkLocal) }
      guard !loose.isEmpty, loose.count <= missing.count else { continue }
      let names = missing.map { bridge in
        word.networks[bridge].map { $0 == "bridge" ? bridge : $0 } ?? bridge
      }
      for cable in loose { self[id]?.links[cable.position].lostNetwork = Say.Trouble.oneOf(names) }
    }
  }
}
