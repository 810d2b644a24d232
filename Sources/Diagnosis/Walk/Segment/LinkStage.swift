internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Topology

/// A link on the way: whether it is up and has a carrier.
struct LinkStage: WalkStage {
  var walk: PacketWalk
  let link: Link
  let role: Hop.Role

  mutating func run() {
    walk.enter(link, role)
    switch link.state {
    case .up: walk.check(.ok, "link", link.isBridge ? "bridge, up" : "up, mtu \(link.mtu)")
    case .down where fallsWithParent, .noCarrier where fallsWithParent: break
    case .down:
      let code: CauseCode = link.isBridge ? .bridgeDown : .linkDown
      // Of a cable's near end nobody knows by its name whose it is.
      let owner =
        link.id.namespace == .host
        ? walk.snapshot.peer(of: link).map { ", the host's end of \(walk.name($0.id.namespace))'s cable," } : nil
      let what =
        link.isBridge ? "The bridge \(walk.place(link)) is down" : "\(walk.place(link))\(owner ?? "") is switched off"
      walk.accuse(
        walk.finding(
          code, link, what,
          [
            Explanation.Evidence(
              "IFF_UP is not set on \(link.name), operstate \(link.operState.name)", source: "ifi_flags")
          ],
          remedy: helps ? "ip link set dev \(PacketWalk.quoted(link.name)) up" : nil), .certain, check: "link")
    case .noCarrier: lookForCarrier()
    }
  }

  /// Whether it is down only because the link is that it lies on: a VLAN is switched off and on with it, a macvlan loses its
  /// carrier (`vlan_device_event`, `macvlan_device_event`).
  private var fallsWithParent: Bool {
    mutating get {
      guard link.isOnItsLower, let parent = link.lower.flatMap({ walk.snapshot.link($0) }), parent.state == .down else {
        return false
      }
      walk.check(.bad, "link", "down with \(walk.place(parent)), which it is on")
      walk.accuse(
        walk.finding(
          .linkDown, parent, "\(walk.place(parent)), which \(walk.place(link)) is on, is switched off",
          [
            Explanation.Evidence(
              "IFF_UP is not set on \(parent.name), operstate \(parent.operState.name)", source: "ifi_flags")
          ],
          remedy: helps ? "ip link set dev \(PacketWalk.quoted(parent.name)) up" : nil), .certain)
      return true
    }
  }

  /// Whether switching it on is enough. The routes through it and its addresses of IPv6 went when it went down, and do not
  /// come back by themselves: what is on its own subnet is reached again, and what a bridge takes.
  private var helps: Bool {
    if link.isBridge || link.master != nil || link.addresses.isEmpty { return true }
    if walk.subject.isIPv6 { return false }
    let ends = [walk.subject.source.address, walk.subject.destination.address].compactMap(\.self)
    return ends.allSatisfy { end in
      link.addresses.contains { $0.local.shares(prefix: Int($0.prefixLength), with: end) }
    }
  }

  /// No carrier is an effect where the other end is down, or where a bridge has no port that is up.
  private mutating func lookForCarrier() {
    if let peer = walk.snapshot.peer(of: link), peer.state == .down {
      walk.check(.bad, "link", "no carrier: its other end \(walk.place(peer)) is down")
      return
    }
    if link.isBridge {
      let ports = walk.snapshot.ports(of: link.id)
      if ports.isEmpty {
        walk.accuse(
          walk.finding(
            .noCarrier, link, "The bridge \(walk.place(link)) has no carrier: it has no port",
            [
              Explanation.Evidence("no link has \(link.name) as its master", source: "IFLA_MASTER"),
              Explanation.Evidence("IFF_LOWER_UP is not set on \(link.name)", source: "ifi_flags"),
            ]), .likely, check: "link")
      } else {
        walk.check(.bad, "link", "no carrier: none of its \(ports.count) ports is up")
      }
      return
    }
    if link.kind == "tun" {
      walk.accuse(
        walk.finding(
          .noProgram, link, "No program has \(walk.place(link)) open: what is sent there goes nowhere",
          [Explanation.Evidence("\(link.name) has no carrier: no process holds it", source: "ifi_flags, tun")]),
        .certain,
        check: "link")
      return
    }
    var evidence = [
      Explanation.Evidence(
        "\(link.name) is up without IFF_LOWER_UP, operstate \(link.operState.name)", source: "ifi_flags")
    ]
    if case .unknown(let reason)? = link.peer {
      evidence.append(Explanation.Evidence("its other end can't be seen: \(reason)", source: "IFLA_LINK"))
    }
    walk.accuse(walk.finding(.noCarrier, link, "\(walk.place(link)) has no carrier", evidence), .certain, check: "link")
  }
}

extension PacketWalk {
  /// Goes on to a link, and looks whether it is up and has a carrier.
  mutating func look(at link: Link, as role: Hop.Role) { run { LinkStage(walk: $0, link: link, role: role) } }
}
