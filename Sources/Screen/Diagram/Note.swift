internal import Labels
internal import Topology

extension Snapshot {
  /// What is known of where a label's wire leads, from long to short: `vlan 100 on eth0`, `member`, `pair of veth1 on br1`.
  func notes(on link: Link) -> [String] {
    if let peer = peer(of: link) {
      let bridge = peer.master.flatMap { self.link($0) }?.title
      let space = peer.id.namespace == link.id.namespace ? nil : namespaces[peer.id.namespace]?.name
      return [Say.Drawn.pair(of: peer.name, bridge: bridge ?? "", namespace: space ?? "")]
    }
    if case .unknown(let reason) = link.peer { return [reason] }
    if let master = link.master.flatMap({ self.link($0) }), !master.isBridge { return [Say.Drawn.member] }
    if link.kind == "tun", link.state == .noCarrier { return [Say.Drawn.unheld(link.detail)] }
    if link.kind.isEmpty { return link.master == nil ? [] : [Say.Drawn.uplink] }
    return words(link, parent(of: link))
  }

  /// What kind of child an interface is, from long to short: `macvlan bridge on eth0.100`, `macvlan on eth0.100`.
  func captions(of link: Link) -> [String] {
    let parent = parent(of: link)
    guard let network = link.network else { return words(link, parent) }
    let long = "\(network) \(link.detail)"
    return [parent.map { Say.Drawn.child(long, on: $0) } ?? long, "\(network) \(link.kind)", network]
  }

  /// What an interface in a box is, from long to short: `vlan 10 on eth0`, `vlan 10`; nothing of the end of a cable, for
  /// that is seen, and of what leads nowhere else.
  func rowWords(of link: Link) -> [String] {
    link.isPair || link.kind.isEmpty || link.kind == "dummy"
      ? [] : words(link, link.lower.flatMap { self.link($0) }?.name)
  }

  private func words(_ link: Link, _ parent: String?) -> [String] {
    (parent.map { parent in link.kindWords.map { Say.Drawn.child($0, on: parent) } } ?? []) + link.kindWords
  }

  /// The parent, where the wire alone does not tell it: of a VLAN, for that is its name as much as its number is; where
  /// the link is drawn at its master, and where the parent has no box of its own.
  private func parent(of link: Link) -> String? {
    guard let lower = link.lower.flatMap({ self.link($0) }) else { return nil }
    let isElsewhere = link.master != nil || lower.master != nil || lower.lower != nil || lower.isPair
    return isElsewhere || link.kind == "vlan" ? lower.name : nil
  }
}
