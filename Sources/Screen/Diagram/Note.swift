internal import Topology

extension Snapshot {
  /// What is known of where a label's wire leads, in a few words: `vlan 100`, `member`, `pair of veth1 on br1`.
  func note(on link: Link) -> String {
    if let peer = peer(of: link) {
      let bridge = peer.master.flatMap { self.link($0) }.map { " on \($0.title)" } ?? ""
      let space = peer.id.namespace == link.id.namespace ? "" : namespaces[peer.id.namespace].map { " in \($0.name)" }
      return "pair of \(peer.name)\(bridge)\(space ?? "")"
    }
    if case .unknown(let reason) = link.peer { return reason }
    if let master = link.master.flatMap({ self.link($0) }), !master.isBridge { return "member" }
    if link.kind == "tun", link.state == .noCarrier { return "\(kind(of: link)), nobody holds it" }
    return "\(kind(of: link))\(parent(of: link))"
  }

  /// What kind of child an interface is, from long to short: `macvlan bridge on eth0.100`, `macvlan on eth0.100`.
  func captions(of link: Link) -> [String] {
    let parent = parent(of: link)
    let usual = [kind(of: link) + parent, link.kind + parent, kind(of: link)]
    guard let network = link.network else { return usual }
    return ["\(network) \(kind(of: link))\(parent)", "\(network) \(link.kind)", network]
  }

  /// The parent, where the link is drawn at its master and so tells it by words only.
  private func parent(of link: Link) -> String {
    guard let lower = link.lower.flatMap({ self.link($0) }) else { return "" }
    let isElsewhere = link.master != nil || lower.master != nil || lower.lower != nil
    return isElsewhere ? " on \(lower.name)" : ""
  }

  private func kind(of link: Link) -> String {
    if !link.detail.isEmpty { return link.detail }
    if !link.kind.isEmpty { return link.kind }
    return link.master == nil ? "" : "uplink"
  }
}
