internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// A link on the way: whether it is up and has a carrier.
struct LinkStage: WalkStage {
  var walk: PacketWalk
  let link: Link
  let role: Hop.Role

  mutating func run() {
    walk.enter(link, role)
    switch link.state {
    case .up:
      walk.check(.ok, Say.Walking.link, link.isBridge ? Say.Segment.bridgeIsUp : Say.Segment.isUp(mtu: Int(link.mtu)))
    case .down where fallsWithParent, .noCarrier where fallsWithParent: break
    case .down:
      let code: CauseCode = link.isBridge ? .bridgeDown : .linkDown
      walk.accuse(
        walk.finding(
          code, link, whatIsDown,
          [
            Explanation.Evidence(Say.Segment.isNotUp(link.name, state: link.operState.name), source: "ifi_flags")
          ],
          remedy: helps ? "ip link set dev \(PacketWalk.quoted(link.name)) up" : nil), .certain, check: Say.Walking.link
      )
    case .noCarrier: lookForCarrier()
    }
  }

  private var whatIsDown: String {
    let place = walk.place(link)
    if link.isBridge { return Say.Segment.bridgeIsDown(place) }
    // Of a cable's near end nobody knows by its name whose it is.
    guard link.id.namespace == .host, let peer = walk.snapshot.peer(of: link) else { return Say.Segment.isOff(place) }
    return Say.Segment.isOff(place, cableOf: walk.name(peer.id.namespace))
  }

  /// Whether it is down only because the link is that it lies on: a VLAN is switched off and on with it, a macvlan loses its
  /// carrier (`vlan_device_event`, `macvlan_device_event`).
  private var fallsWithParent: Bool {
    mutating get {
      guard link.isOnItsLower, let parent = link.lower.flatMap({ walk.snapshot.link($0) }), parent.state == .down else {
        return false
      }
      walk.check(.bad, Say.Walking.link, Say.Segment.fellWith(walk.place(parent)))
      walk.accuse(
        walk.finding(
          .linkDown, parent, Say.Segment.isOff(walk.place(parent), under: walk.place(link)),
          [
            Explanation.Evidence(Say.Segment.isNotUp(parent.name, state: parent.operState.name), source: "ifi_flags")
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
      walk.check(.bad, Say.Walking.link, Say.Segment.noCarrier(peerIsDown: walk.place(peer)))
      return
    }
    if link.isBridge {
      let ports = walk.snapshot.ports(of: link.id)
      if ports.isEmpty {
        walk.accuse(
          walk.finding(
            .noCarrier, link, Say.Segment.noPort(walk.place(link)),
            [
              Explanation.Evidence(Say.Segment.noMember(of: link.name), source: "IFLA_MASTER"),
              Explanation.Evidence(Say.Segment.isNotLowerUp(link.name), source: "ifi_flags"),
            ]), .likely, check: Say.Walking.link)
      } else {
        walk.check(.bad, Say.Walking.link, Say.Segment.noCarrier(ofPorts: ports.count))
      }
      return
    }
    if link.kind == "tun" {
      walk.accuse(
        walk.finding(
          .noProgram, link, Say.Segment.noProgram(walk.place(link)),
          [Explanation.Evidence(Say.Segment.noHolder(link.name), source: "ifi_flags, tun")]),
        .certain, check: Say.Walking.link)
      return
    }
    var evidence = [
      Explanation.Evidence(Say.Segment.isUpWithoutLower(link.name, state: link.operState.name), source: "ifi_flags")
    ]
    if case .unknown(let reason)? = link.peer {
      evidence.append(Explanation.Evidence(Say.Segment.peerIsUnseen(reason), source: "IFLA_LINK"))
    }
    walk.accuse(
      walk.finding(.noCarrier, link, Say.Segment.noCarrier(walk.place(link)), evidence), .certain,
      check: Say.Walking.link)
  }
}

extension PacketWalk {
  /// Goes on to a link, and looks whether it is up and has a carrier.
  mutating func look(at link: Link, as role: Hop.Role) { run { LinkStage(walk: $0, link: link, role: role) } }
}
