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
  /// The destination's address in the frame.
  let hardware: [UInt8]
  var packet: Packet

  /// Returns whether IP's prerouting has seen the frame, and what it carries now.
  mutating func run() -> (didPrerouting: Bool, packet: Packet) {
    walk.run { PortStage(walk: $0, bridge: bridge, entry: entry, exit: exit, hardware: hardware) }
    let key = walk.subject.isIPv6 ? "net.bridge.bridge-nf-call-ip6tables" : "net.bridge.bridge-nf-call-iptables"
    let callsIP = walk.sysctl(key, in: bridge.id.namespace) == "1"
    let saved = packet
    packet.destinationMAC = hardware
    pass(callsIP)
    // Beyond the bridge the packet is as it was, but for what was translated.
    packet.inInterface = saved.inInterface
    packet.outInterface = saved.outInterface
    packet.physicalIn = saved.physicalIn
    packet.physicalOut = saved.physicalOut
    packet.inBridge = nil
    packet.outBridge = nil
    return (entry != nil && callsIP, packet)
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
    packet.connection = walk.state(in: bridge.id.namespace)
    packet.inInterface = hook == .postrouting ? "" : bridge.name
    packet.outInterface = hook == .prerouting ? "" : bridge.name
    packet.physicalIn = entry?.name ?? ""
    packet.physicalOut = hook == .prerouting ? "" : exit?.name ?? ""
    walk.filter(hook, &packet, in: bridge.id.namespace)
  }
}
