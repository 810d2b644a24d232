internal import Conclusions
internal import Netfilter
internal import Paths
internal import Topology

/// What the links of a segment are to each other.
extension SegmentStage {
  /// Two links on one lower link talk to each other as their modes allow, and never to that link itself.
  mutating func lookAtSiblings(_ way: [Link]) {
    for (here, next) in zip(way, way.dropFirst()) {
      let isUp = here.isSibling && here.lower == next.id
      let isDown = next.isSibling && next.lower == here.id
      guard isUp || isDown else { continue }
      let (child, parent) = isUp ? (here, next) : (next, here)
      let mode = if case .text(let mode)? = child.fact("mode") { mode } else { "" }
      let source = child.kind.hasPrefix("ipvlan") ? "IFLA_IPVLAN_MODE" : "IFLA_MACVLAN_MODE"
      if way.first?.id == parent.id || way.last?.id == parent.id {
        walk.accuse(
          walk.finding(
            .networkIsolation, child,
            "\(walk.place(child)) is a \(child.kind) on \(walk.place(parent)), and a \(child.kind) can't talk to the link it is on",
            [
              Explanation.Evidence(
                "\(child.name): \(child.kind) \(mode), lower link \(parent.name)", source: "IFLA_LINK"),
              Explanation.Evidence("both ends of the way are \(child.name) and \(parent.name)", source: source),
            ],
            remedy: nil), .certain, check: child.kind)
      } else if mode == "private" || mode == "vepa", way.filter(\.isSibling).count > 1 {
        let why = mode == "private" ? "keeps siblings apart" : "sends everything to the switch outside"
        walk.accuse(
          walk.finding(
            .networkIsolation, child, "\(walk.place(child)) is a \(child.kind) of mode \(mode), which \(why)",
            [Explanation.Evidence("\(child.kind) mode \(mode)", source: source)],
            remedy: "ip link set dev \(PacketWalk.quoted(child.name)) type \(child.kind) mode bridge"), .certain,
          check: child.kind)
      }
    }
  }

  /// Frames of a size that the sender may send and a later link of the segment does not take vanish without a word.
  mutating func lookAtSizes(_ way: [Link]) {
    guard let sender = way.first, let narrowest = way.dropFirst().filter({ !$0.isBridge }).min(by: { $0.mtu < $1.mtu })
    else { return }
    // Nothing larger comes to a router than what was sent to it.
    let limit = min(sender.mtu, mtu ?? .max, walk.largest)
    walk.largest = limit
    // A veth takes 4 bytes more than its MTU, the room of a VLAN tag (`is_skb_forwardable`).
    guard narrowest.mtu > 0, limit > narrowest.mtu + 4 else { return }
    let known = walk.bottlenecks.contains { $0.sender == sender.id && $0.link == narrowest.id }
    if !known {
      walk.bottlenecks.append(MTUBottleneck(sender: sender.id, size: limit, link: narrowest.id, isReply: walk.isReply))
    }
  }
}
