internal import Conclusions
internal import Knowledge
internal import Paths
internal import Sentences
internal import Topology

/// A frame in a bridge that filters by VLAN: which VLAN it belongs to, and whether the port that it leaves by is in it,
/// forwards it, and gives it the tag that is taken there (IEEE 802.1Q, `br_allowed_ingress`, `br_allowed_egress`).
struct VLANStage: WalkStage {
  var walk: PacketWalk
  let bridge: Link
  /// The ports; nil: the bridge itself, which has VLANs of its own.
  let entry: Link?
  let exit: Link?
  var tags: FrameTags
  /// Who is behind the exit.
  let taker: FrameTags.Taker

  /// What comes of it.
  struct Outcome: Sendable {
    /// The VLAN; nil: the bridge does not filter, or it is not known.
    var vlan: UInt16?
    /// The tags behind the bridge; nil where a mismatch was found: what comes then follows from that.
    var tags: FrameTags?
  }

  mutating func run() -> Outcome {
    guard bridge.bridge?.vlanFiltering == true, let tables = walk.tables(bridge.id.namespace),
      !tables.lacks(.portVLANs)
    else { return Outcome(tags: tags) }
    let here = (entry ?? bridge, tables.vlans[(entry ?? bridge).id] ?? [])
    let there = (exit ?? bridge, tables.vlans[(exit ?? bridge).id] ?? [])
    guard let own = take(by: here.0, here.1, to: there) else { return Outcome() }
    guard passes(own, here.0, here.1), give(own, to: there.0, there.1, from: here.0) else {
      return Outcome(vlan: own, tags: nil)
    }
    return Outcome(vlan: own, tags: tags)
  }

  // MARK: In

  /// The VLAN of a frame that comes in by that port.
  private mutating func take(
    by port: Link, _ vlans: [NetworkTables.PortVLAN], to exit: (Link, [NetworkTables.PortVLAN])
  ) -> UInt16? {
    if let id = tags.pop(isService: bridge.filtersServiceTags) {
      if vlans.contains(id) { return id }
      mismatch(
        port, Say.VLANTags.notMember(place(port), vlan: Int(id), bridge: bridge.title),
        [listed(vlans, port)], remedy: "bridge vlan add dev \(quoted(port)) vid \(id)\(suffix(port))")
      return nil
    }
    if let own = vlans.first(where: \.isPVID)?.first { return own }
    // The VLAN that the other port gives to frames without a tag.
    let other = exit.1.first { $0.isPVID }?.first ?? 1
    mismatch(
      port,
      port.id == bridge.id
        ? Say.VLANTags.sendsNoUntagged(bridge.title)
        : Say.VLANTags.takesNoUntagged(port.name, of: bridge.title),
      [Explanation.Evidence(Say.VLANTags.noPVID(port.name), source: "IFLA_BRIDGE_VLAN_INFO")],
      remedy: "bridge vlan add dev \(quoted(port)) vid \(other) pvid untagged\(suffix(port))")
    return nil
  }

  // MARK: Out

  /// Whether a frame of the VLAN leaves by the port as it is taken there.
  private mutating func give(_ own: UInt16, to port: Link, _ vlans: [NetworkTables.PortVLAN], from entry: Link) -> Bool
  {
    guard let row = vlans.row(of: own) else {
      mismatch(
        port, Say.VLANTags.apart(place(entry), vlan: Int(own), place(port), bridge: bridge.title),
        [
          Explanation.Evidence(Say.VLANTags.frames(from: entry.name, areIn: Int(own)), source: "IFLA_BRIDGE_VLAN_INFO"),
          listed(vlans, port),
        ], remedy: membership(own, port))
      return false
    }
    guard passes(own, port, vlans) else { return false }
    let isTagged = !row.isUntagged
    if isTagged { tags.stack.append(FrameTags.Tag(id: own, isService: bridge.filtersServiceTags)) }
    switch taker {
    case .plain(let link) where isTagged:
      mismatch(
        port,
        Say.VLANTags.sendsTagged(
          place(port), vlan: Int(own), to: walk.place(link), taken: walk.tagsTaken(on: link)),
        [listed(vlans, port)], remedy: membership(own, port))
    case .vlan(let wanted, let link) where tags.stack.last != wanted:
      mismatch(
        port,
        Say.VLANTags.sends(
          place(port), vlan: Int(own), isTagged: isTagged, to: walk.place(link), wants: wanted.words),
        [listed(vlans, port), Explanation.Evidence("\(link.name): id \(wanted.id)", source: "IFLA_VLAN_ID")],
        remedy: wanted.id == own && !wanted.isService ? membership(own, port) : nil)
    default:
      walk.check(
        .ok, Say.VLANTags.title,
        Say.VLANTags.passes(from: place(entry), to: place(port), vlan: Int(own), isTagged: isTagged))
      return true
    }
    return false
  }

  /// What makes the port a member as whoever is behind it needs it; nil where that is not known.
  private func membership(_ own: UInt16, _ port: Link) -> String? {
    let add = "bridge vlan add dev \(quoted(port)) vid \(own)"
    switch taker {
    // Where there are links of VLANs on it, it may want another one's tag.
    case .plain(let link): return walk.hasVLANs(link) ? nil : "\(add) pvid untagged\(suffix(port))"
    case .vlan(let wanted, _): return wanted.id == own ? add + suffix(port) : nil
    case .any: return add + suffix(port)
    }
  }

  // MARK: States

  /// Whether the VLAN is forwarded at the port: each has a state of its own (`BRIDGE_VLANDB_ENTRY_STATE`), that of its
  /// spanning tree where there are several (`br_mst_set_state`).
  private mutating func passes(_ own: UInt16, _ port: Link, _ vlans: [NetworkTables.PortVLAN]) -> Bool {
    guard port.id != bridge.id, let row = vlans.row(of: own),
      case .text(let state)? = row.facts.first(where: { $0.key == "state" })?.value, state != "forwarding"
    else { return true }
    let tree = bridge.hasSeveralTrees ? self.tree(of: own) : nil
    let before = walk.current
    walk.enter(port, .bridgePort)
    defer { walk.current = before }
    var evidence = [
      Explanation.Evidence("\(port.name) vid \(own): state \(state)", source: "BRIDGE_VLANDB_ENTRY_STATE")
    ]
    if let tree {
      evidence.append(
        Explanation.Evidence(Say.VLANTags.tree(of: Int(own), "\(tree)"), source: "IFLA_BRIDGE_MST"))
    }
    walk.accuse(
      walk.finding(
        .portNotForwarding, port,
        Say.VLANTags.notForwarding(vlan: Int(own), state: state, port.name, of: bridge.title), evidence,
        // A spanning tree blocks where a ring would be closed: that is no one's to undo without looking.
        remedy: bridge.hasSeveralTrees || bridge.bridge?.stp == true
          ? nil : "bridge vlan set dev \(quoted(port)) vid \(own) state forwarding"), .certain,
      check: Say.BridgePort.title)
    return false
  }

  /// The number of the spanning tree that a VLAN is in (`BRIDGE_VLANDB_GOPTS_MSTI`); 0: the first, common one.
  private mutating func tree(of own: UInt16) -> UInt64? {
    guard let rows = walk.tables(bridge.id.namespace)?.globalVLANs[bridge.id] else { return nil }
    for row in rows {
      func number(_ key: String) -> UInt64? {
        if case .number(let value)? = row.first(where: { $0.key == key })?.value { value } else { nil }
      }
      guard let first = number("vlan"), (first...max(first, number("vlanEnd") ?? first)).contains(UInt64(own)) else {
        continue
      }
      return number("msti") ?? 0
    }
    return nil
  }

  // MARK: Words

  private mutating func mismatch(
    _ port: Link, _ claim: String, _ evidence: [Explanation.Evidence], remedy: String?
  ) {
    walk.accuse(walk.finding(.vlanMismatch, port, claim, evidence, remedy: remedy), .certain, check: Say.VLANTags.title)
  }

  private func place(_ port: Link) -> String { port.id == bridge.id ? Say.VLANTags.itself(bridge.title) : port.name }
  private func quoted(_ port: Link) -> String { PacketWalk.quoted(port.name) }
  private func suffix(_ port: Link) -> String { port.id == bridge.id ? " self" : "" }

  private func listed(_ vlans: [NetworkTables.PortVLAN], _ port: Link) -> Explanation.Evidence {
    let list = vlans.map { row in
      let flags = (row.isPVID ? " PVID" : "") + (row.isUntagged ? " untagged" : "")
      return (row.first == row.last ? "\(row.first)" : "\(row.first)-\(row.last)") + flags
    }
    return Explanation.Evidence(Say.VLANTags.vlans(of: port.name, list), source: "IFLA_BRIDGE_VLAN_INFO")
  }
}
