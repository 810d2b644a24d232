internal import Netfilter
internal import Paths
internal import Topology

extension PacketWalk {
  /// Goes on to a link, and looks whether it is up and has a carrier.
  mutating func look(at link: Link, as role: Hop.Role) {
    enter(link, role)
    switch link.state {
    case .up: check(.ok, "link", link.isBridge ? "bridge, up" : "up, mtu \(link.mtu)")
    case .down:
      let code: CauseCode = link.isBridge ? .bridgeDown : .linkDown
      // Of a cable's near end nobody knows by its name whose it is.
      let owner =
        link.id.namespace == .host
        ? snapshot.peer(of: link).map { ", the host's end of \(name($0.id.namespace))'s cable," } : nil
      let what = link.isBridge ? "The bridge \(place(link)) is down" : "\(place(link))\(owner ?? "") is switched off"
      accuse(
        finding(
          code, link, what,
          [
            Explanation.Evidence(
              "IFF_UP is not set on \(link.name), operstate \(link.operState.name)", source: "ifi_flags")
          ],
          remedy: "ip link set dev \(PacketWalk.quoted(link.name)) up"), .certain, check: "link")
    case .noCarrier: lookForCarrier(of: link)
    }
  }

  /// No carrier is an effect where the other end is down, or where a bridge has no port that is up.
  private mutating func lookForCarrier(of link: Link) {
    if let peer = snapshot.peer(of: link), peer.state == .down {
      check(.bad, "link", "no carrier: its other end \(place(peer)) is down")
      return
    }
    if link.isBridge {
      let ports = snapshot.ports(of: link.id)
      if ports.isEmpty {
        accuse(
          finding(
            .noCarrier, link, "The bridge \(place(link)) has no carrier: it has no port",
            [
              Explanation.Evidence("no link has \(link.name) as its master", source: "IFLA_MASTER"),
              Explanation.Evidence("IFF_LOWER_UP is not set on \(link.name)", source: "ifi_flags"),
            ]), .likely, check: "link")
      } else {
        check(.bad, "link", "no carrier: none of its \(ports.count) ports is up")
      }
      return
    }
    var evidence = [
      Explanation.Evidence(
        "\(link.name) is up without IFF_LOWER_UP, operstate \(link.operState.name)", source: "ifi_flags")
    ]
    if case .unknown(let reason)? = link.peer {
      evidence.append(Explanation.Evidence("its other end can't be seen: \(reason)", source: "IFLA_LINK"))
    }
    accuse(finding(.noCarrier, link, "\(place(link)) has no carrier", evidence), .certain, check: "link")
  }

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
        accuse(
          finding(
            .networkIsolation, child,
            "\(place(child)) is a \(child.kind) on \(place(parent)), and a \(child.kind) can't talk to the link it is on",
            [
              Explanation.Evidence(
                "\(child.name): \(child.kind) \(mode), lower link \(parent.name)", source: "IFLA_LINK"),
              Explanation.Evidence("both ends of the way are \(child.name) and \(parent.name)", source: source),
            ],
            remedy: nil), .certain, check: child.kind)
      } else if mode == "private" || mode == "vepa", way.filter(\.isSibling).count > 1 {
        let why = mode == "private" ? "keeps siblings apart" : "sends everything to the switch outside"
        accuse(
          finding(
            .networkIsolation, child, "\(place(child)) is a \(child.kind) of mode \(mode), which \(why)",
            [Explanation.Evidence("\(child.kind) mode \(mode)", source: source)],
            remedy: "ip link set dev \(PacketWalk.quoted(child.name)) type \(child.kind) mode bridge"), .certain,
          check: child.kind)
      }
    }
  }

  /// Frames of a size that the sender may send and a later link of the segment does not take vanish without a word.
  mutating func lookAtSizes(_ way: [Link], routeMTU: UInt32?) {
    guard let sender = way.first, let narrowest = way.dropFirst().filter({ !$0.isBridge }).min(by: { $0.mtu < $1.mtu })
    else { return }
    // Nothing larger comes to a router than what was sent to it.
    let limit = min(sender.mtu, routeMTU ?? .max, largest)
    largest = limit
    // A veth takes 4 bytes more than its MTU, the room of a VLAN tag (`is_skb_forwardable`).
    guard narrowest.mtu > 0, limit > narrowest.mtu + 4 else { return }
    let known = bottlenecks.contains { $0.sender == sender.id && $0.link == narrowest.id }
    if !known {
      bottlenecks.append(MTUBottleneck(sender: sender.id, size: limit, link: narrowest.id, isReply: isReply))
    }
  }
}

/// A place where large packets vanish.
struct MTUBottleneck: Sendable {
  var sender: LinkRef
  /// The largest packet that the sender may send, in bytes.
  var size: UInt32
  var link: LinkRef
  var isReply: Bool
}
