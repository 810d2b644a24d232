internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// What the links of a segment are to each other.
extension SegmentStage {
  /// What a netkit does with what no program of its own decides about (`netkit_xmit`). With one that lets frames pass, as
  /// Cilium has, that is as it should be: programs can't be seen.
  mutating func lookAtPolicy(_ link: Link) {
    guard link.kind == "netkit", link.fact("policy") == .text("blackhole") else { return }
    walk.accuse(
      walk.finding(
        .opaqueProgram, link,
        Say.Segment.blackhole(walk.place(link)),
        [Explanation.Evidence("\(link.name): policy blackhole", source: "IFLA_NETKIT_POLICY")]), .possible,
      check: "netkit")
  }

  /// A way that the frame would have if its VLAN did not matter: what is wrong with that is said on the way.
  mutating func followWithOtherTags(to far: Link) -> SegmentExit? {
    let open = walk.subject.graph.domain(of: out.id, ignoresTags: true)
    guard let way = open.ways[far.id]?.compactMap({ walk.snapshot.link($0) }) else { return nil }
    hardware = far.hardwareAddress
    lookAtSiblings(way)
    return follow(way)
  }

  /// A link of a VLAN puts its tag on the frame, or takes off its own; `tags` is nil once a mismatch was found.
  mutating func tag(_ tags: inout FrameTags?, from link: Link, to next: Link) {
    if let tag = link.tag, link.lower == next.id { tags?.stack.append(tag) }
    guard let tag = next.tag, next.lower == link.id, let carried = tags else { return }
    if carried.stack.last == tag {
      tags?.stack.removeLast()
      return
    }
    tags = nil
    let (place, wanted) = (walk.place(next), tag.words)
    accuseTags(
      next,
      carried.stack.last.map { Say.VLANTags.come(with: $0.words, to: place, wants: wanted) }
        ?? Say.VLANTags.comeUntagged(to: place, wants: wanted))
  }

  /// A frame that still has a tag is for none of the links without a VLAN.
  mutating func lookAtTags(_ tags: FrameTags?, at owner: Link) {
    guard let last = tags?.stack.last else { return }
    accuseTags(owner, Say.VLANTags.come(with: last.words, to: walk.place(owner), taken: walk.tagsTaken(on: owner)))
  }

  private mutating func accuseTags(_ link: Link, _ claim: String) {
    guard walk.solicitation == nil else { return }
    var evidence = [out, link].compactMap { link in
      link.tag.map { Explanation.Evidence("\(walk.place(link)): id \($0.id)", source: "IFLA_VLAN_ID") }
    }
    if evidence.isEmpty { evidence = [Explanation.Evidence(Say.VLANTags.noVLAN(link.name), source: "IFLA_INFO_KIND")] }
    walk.accuse(walk.finding(.vlanMismatch, link, claim, evidence), .certain, check: Say.VLANTags.title)
  }

  /// Two links on one lower link talk to each other as their modes allow, and never to that link itself.
  mutating func lookAtSiblings(_ way: [Link]) {
    for (here, next) in zip(way, way.dropFirst()) {
      let isUp = here.isSibling && here.lower == next.id
      let isDown = next.isSibling && next.lower == here.id
      guard isUp || isDown else { continue }
      let (child, parent) = isUp ? (here, next) : (next, here)
      let mode = child.siblingMode
      if way.first?.id == parent.id || way.last?.id == parent.id {
        walk.accuse(
          walk.finding(
            .networkIsolation, child,
            Say.Segment.parentIsDeaf(walk.place(child), kind: child.kind, on: walk.place(parent)),
            [
              Explanation.Evidence(
                Say.Segment.sibling(child.name, kind: child.kind, mode: mode, lower: parent.name), source: "IFLA_LINK"),
              Explanation.Evidence(
                Say.Segment.bothEnds(child.name, parent.name), source: child.siblingModeSource),
            ],
            remedy: nil), .certain, check: child.kind)
      } else if mode != "bridge", way.filter(\.isSibling).count > 1, isLocal(way, parent), !isReflected(parent, mode) {
        accuse(child, of: parent, mode)
      }
    }
  }

  /// Whether a sibling's frames turn round at the parent, and come to a sibling again.
  private func isLocal(_ way: [Link], _ parent: Link) -> Bool {
    guard let position = way.firstIndex(where: { $0.id == parent.id }), position > 0, position + 1 < way.count else {
      return false
    }
    return way[position - 1].lower == parent.id && way[position + 1].lower == parent.id
  }

  /// Whether the switch outside sends back what a macvlan of mode vepa gives it, as that mode expects (802.1Qbg).
  private func isReflected(_ parent: Link, _ mode: String) -> Bool {
    mode == "vepa" && walk.snapshot.peer(of: parent)?.port?.hairpin == true
  }

  private mutating func accuse(_ child: Link, of parent: Link, _ mode: String) {
    let isIPVLAN = child.kind.hasPrefix("ipv")
    let name = PacketWalk.quoted(child.name)
    walk.accuse(
      walk.finding(
        .networkIsolation, child,
        Say.Segment.isolatingMode(walk.place(child), kind: child.kind, mode: mode, on: walk.place(parent)),
        [
          Explanation.Evidence(
            "\(child.name): \(child.kind) \(mode)", source: child.siblingModeSource)
        ],
        // Of macvlans each has its own mode, and both have to have that one (`macvlan_queue_xmit`).
        remedy: mode == "passthru" || mode == "source"
          ? nil : "ip link set dev \(name) type \(child.kind) \(isIPVLAN ? "" : "mode ")bridge"),
      mode == "vepa" && parent.isUplink ? .possible : .certain, check: child.kind)
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

extension PacketWalk {
  /// `VLAN 20 (eth0.20)`: what the links of VLANs on a link take, the first of them; empty: nothing with a tag.
  func tagsTaken(on link: Link) -> [String] {
    let known = vlans(on: link).compactMap { upper in upper.tag.map { "\($0.words) (\(upper.name))" } }
    return Array(known.prefix(4))
  }

  func hasVLANs(_ link: Link) -> Bool { !vlans(on: link).isEmpty }

  private func vlans(on link: Link) -> [Link] {
    snapshot.namespaces[link.id.namespace]?.links.filter { $0.lower == link.id && $0.tag != nil } ?? []
  }

  /// Whether two neighbours would meet, if it were not for their VLANs.
  func isKeptApartByTags(_ link: Link, _ goal: LinkRef) -> Bool {
    guard let far = snapshot.link(goal), link.isNeighbor(of: far) else { return false }
    return subject.graph.domain(of: link.id, ignoresTags: true).contains(goal)
  }
}
