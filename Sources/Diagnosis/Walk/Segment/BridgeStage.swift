internal import Knowledge
internal import Netfilter
internal import Paths
internal import Topology

/// A frame's way through a bridge, from one of its ports, or from itself (nil), to another, or to itself: its ports, its
/// forwarding database, and the hooks of the bridge family and, where the bridge calls them, of IP.
struct BridgeStage: WalkStage {
  var walk: PacketWalk
  let bridge: Link
  let entry: Link?
  let exit: Link?
  /// The source's address in the frame; empty where it does not matter.
  let source: [UInt8]
  /// The destination's address in the frame; empty for one that goes to many.
  let hardware: [UInt8]
  var packet: Packet
  /// The frame's tags; nil: not known any more.
  var tags: FrameTags?
  /// Who is behind the exit.
  var taker = FrameTags.Taker.any

  /// What comes out.
  struct Outcome: Sendable {
    /// Whether IP's prerouting has seen the frame.
    var didPrerouting: Bool
    var packet: Packet
    var tags: FrameTags?
  }

  mutating func run() -> Outcome {
    // What is wrong with the ports the frames of the packet itself tell.
    if walk.solicitation == nil { passPorts() }
    let key = walk.subject.isIPv6 ? "net.bridge.bridge-nf-call-ip6tables" : "net.bridge.bridge-nf-call-iptables"
    let callsIP = packet.family != .arp && walk.sysctl(key, in: bridge.id.namespace) == "1"
    let saved = packet
    if !source.isEmpty { packet.sourceMAC = source }
    if !hardware.isEmpty { packet.destinationMAC = hardware }
    pass(callsIP)
    // Beyond the bridge the packet is as it was, but for what was translated.
    packet.inInterface = saved.inInterface
    packet.outInterface = saved.outInterface
    packet.physicalIn = saved.physicalIn
    packet.physicalOut = saved.physicalOut
    packet.inBridge = nil
    packet.outBridge = nil
    return Outcome(didPrerouting: entry != nil && callsIP, packet: packet, tags: tags)
  }

  private mutating func passPorts() {
    var vlan: UInt16?
    if let tags {
      let outcome = walk.run {
        VLANStage(walk: $0, bridge: bridge, entry: entry, exit: exit, tags: tags, taker: taker)
      }
      vlan = outcome.vlan
      self.tags = outcome.tags
    }
    walk.run {
      PortStage(
        walk: $0, bridge: bridge, entry: entry, exit: exit, source: source, hardware: hardware, vlan: vlan)
    }
  }

  private mutating func pass(_ callsIP: Bool) {
    // What the bridge itself sends has been through IP's hooks already.
    guard entry != nil else {
      frame(.output)
      return frame(.postrouting)
    }
    frame(.prerouting)
    if callsIP { asIP(.prerouting) }
    guard exit != nil else { return frame(.input) }
    frame(.forward)
    if callsIP { asIP(.forward) }
    frame(.postrouting)
    if callsIP { asIP(.postrouting) }
  }

  private mutating func frame(_ hook: Hook) {
    packet.inInterface = entry?.name ?? ""
    packet.outInterface = hook == .prerouting ? "" : exit?.name ?? ""
    packet.inBridge = entry == nil ? nil : bridge.name
    packet.outBridge = exit == nil || hook == .prerouting ? nil : bridge.name
    walk.filter(hook, &packet, in: bridge.id.namespace, layer: .bridge)
  }

  private mutating func asIP(_ hook: Hook) {
    if walk.solicitation == nil { packet.connection = walk.state(in: bridge.id.namespace) }
    packet.inInterface = hook == .postrouting ? "" : bridge.name
    packet.outInterface = hook == .prerouting ? "" : bridge.name
    packet.physicalIn = entry?.name ?? ""
    packet.physicalOut = hook == .prerouting ? "" : exit?.name ?? ""
    walk.filter(hook, &packet, in: bridge.id.namespace)
    if walk.isReply, let done = walk.translations[bridge.id.namespace] { restore(hook, done.before, done.after) }
  }

  /// Conntrack undoes on the bridge what it has done to the request.
  private mutating func restore(_ hook: Hook, _ before: Packet, _ after: Packet) {
    if hook == .prerouting, packet.destination == after.source { packet.destination = before.source }
    if hook == .postrouting, packet.source == after.destination { packet.source = before.destination }
  }
}
