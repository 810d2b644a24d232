internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
internal import Topology

/// A frame's way through a bridge: from the port `entry` to the port `exit`; nil where it comes from, or goes to, the
/// bridge itself.
struct PortStage: WalkStage {
  var walk: PacketWalk
  let bridge: Link
  let entry: Link?
  let exit: Link?
  /// The source's address in the frame; empty where it does not matter.
  let source: [UInt8]
  /// The destination's address in the frame; empty for one that goes to many.
  let hardware: [UInt8]
  /// The VLAN that the frame belongs to on the bridge; nil: none, or not known.
  let vlan: UInt16?

  mutating func run() {
    for port in [entry, exit].compactMap(\.self) { lookAt(port) }
    if let entry { lookAtLock(entry) }
    if let entry, let exit {
      lookAtIsolation(entry, exit)
    }
    if let exit { lookAtForwardingTable(exit) }
  }

  /// Whether a bridge's port passes frames at all. Where the link is down, the port's state is only an effect of that.
  private mutating func lookAt(_ link: Link) {
    guard let port = link.port, link.state == .up, bridge.state != .down, !bridge.hasSeveralTrees else { return }
    let before = walk.current
    walk.enter(link, .bridgePort)
    defer { walk.current = before }
    guard port.state != .forwarding else { return walk.check(.ok, Say.BridgePort.title, Say.BridgePort.forwards) }
    var evidence = [Explanation.Evidence("\(link.name): state \(port.state.name)", source: "IFLA_BRPORT_STATE")]
    if bridge.bridge?.stp == true {
      evidence.append(
        Explanation.Evidence(Say.BridgePort.runsTree(bridge.name), source: "IFLA_BR_STP_STATE"))
    }
    let byTree = bridge.bridge?.stp == true
    walk.accuse(
      walk.finding(
        .portNotForwarding, link,
        Say.BridgePort.notForwarding(link.name, of: bridge.title, state: port.state.name, byTree: byTree), evidence,
        remedy: byTree ? nil : "bridge link set dev \(PacketWalk.quoted(link.name)) state 3"), .certain,
      check: Say.BridgePort.title)
  }

  /// A locked port takes frames only of the addresses that its forwarding database has behind it.
  private mutating func lookAtLock(_ entry: Link) {
    guard entry.slaveFact("locked") == .flag(true), source.count == 6, let tables = walk.tables(bridge.id.namespace)
    else { return }
    if tables.fdb.contains(where: { $0.hardwareAddress == source && $0.link == entry.id }) { return }
    let mac = Link.hardwareText(source)
    let before = walk.current
    walk.enter(entry, .bridgePort)
    defer { walk.current = before }
    walk.accuse(
      walk.finding(
        .portLocked, entry,
        Say.BridgePort.locked(entry.name, of: bridge.title, mac),
        [
          Explanation.Evidence("\(entry.name): locked on", source: "IFLA_BRPORT_LOCKED"),
          Explanation.Evidence(Say.BridgePort.noEntry(for: mac, at: entry.name), source: "RTM_GETNEIGH, AF_BRIDGE"),
        ],
        remedy: "bridge fdb replace \(mac) dev \(PacketWalk.quoted(entry.name)) master static"), .certain,
      check: Say.BridgePort.title)
  }

  private mutating func lookAtIsolation(_ entry: Link, _ exit: Link) {
    guard entry.port?.isolated == true, exit.port?.isolated == true else { return }
    // It holds for both ways.
    if walk.isReply,
      walk.accusations.contains(where: { $0.finding.code == .portIsolated && $0.finding.link == entry.id })
    {
      return
    }
    let before = walk.current
    walk.enter(exit, .bridgePort)
    defer { walk.current = before }
    walk.accuse(
      walk.finding(
        .portIsolated, exit,
        Say.BridgePort.isolated(entry.name, exit.name, of: bridge.title),
        [entry, exit].map { Explanation.Evidence("\($0.name): isolated on", source: "IFLA_BRPORT_ISOLATED") },
        remedy: "bridge link set dev \(PacketWalk.quoted(exit.name)) isolated off"), .certain,
      check: Say.BridgePort.title)
  }

  /// Where the bridge believes the destination to be, and what it does when it does not know.
  private mutating func lookAtForwardingTable(_ exit: Link) {
    guard let tables = walk.tables(bridge.id.namespace), !hardware.isEmpty else { return }
    let mac = Link.hardwareText(hardware)
    let entries = tables.fdb.filter {
      $0.hardwareAddress == hardware && $0.master == bridge.id && ($0.vlan == nil || vlan == nil || $0.vlan == vlan)
    }
    if entries.contains(where: { $0.link == exit.id }) {
      return walk.check(.ok, Say.BridgePort.tableTitle, Say.BridgePort.entry(mac, behind: exit.name))
    }
    if let wrong = entries.first, let port = walk.snapshot.link(wrong.link) {
      let isStatic = wrong.isSet
      walk.accuse(
        walk.finding(
          .fdbWrongPort, port,
          Say.BridgePort.wrongPort(bridge.title, mac, to: port.name, insteadOf: exit.name),
          [
            Explanation.Evidence(
              "\(mac) dev \(port.name) \(wrong.stateName)", source: "RTM_GETNEIGH, AF_BRIDGE"),
            Explanation.Evidence(Say.BridgePort.owner(of: mac, behind: exit.name), source: "IFLA_ADDRESS"),
          ],
          remedy: "bridge fdb del \(mac) dev \(PacketWalk.quoted(port.name)) master"),
        isStatic ? .certain : .likely, check: Say.BridgePort.tableTitle)
      return
    }
    guard let port = exit.port, !port.flood else { return }
    walk.accuse(
      walk.finding(
        .floodingOff, exit,
        Say.BridgePort.noFlood(bridge.title, mac, to: exit.name),
        [
          Explanation.Evidence(Say.BridgePort.noEntry(for: mac), source: "RTM_GETNEIGH, AF_BRIDGE"),
          Explanation.Evidence("\(exit.name): flood off", source: "IFLA_BRPORT_UNICAST_FLOOD"),
          Explanation.Evidence(
            "\(exit.name): learning \(port.learning ? "on" : "off")", source: "IFLA_BRPORT_LEARNING"),
        ],
        remedy:
          "bridge link set dev \(PacketWalk.quoted(exit.name)) flood on learning on\(port.broadcastFlood ? "" : " bcast_flood on")"
      ),
      port.learning ? .likely : .certain, check: Say.BridgePort.tableTitle)
  }
}
