internal import Conclusions
internal import Netfilter
internal import Sentences
internal import Topology

/// The question who has an address, and its answer, on their way through a segment: they are packets, too, and bridges
/// and rules can stop them (RFC 826, RFC 4861).
struct SolicitationStage: WalkStage {
  var walk: PacketWalk
  let address: IPAddress
  let sender: IPAddress?
  /// From the link that asks to the one that is to answer.
  let way: [Link]

  mutating func run() {
    guard let asker = way.first, let answerer = way.last, way.count > 1 else { return }
    let before = walk.solicitation
    defer { walk.solicitation = before }
    walk.solicitation = PacketWalk.Solicitation(address: address, isAnswer: false)
    send(question(asker), from: asker, to: answerer, along: way, isGroup: true)
    walk.solicitation?.isAnswer = true
    send(answer(asker, answerer), from: answerer, to: asker, along: way.reversed(), isGroup: false)
  }

  private func question(_ asker: Link) -> Packet {
    guard address.isIPv6 else {
      var packet = Packet(family: .arp, source: sender, destination: address)
      packet.arpOperation = 1
      packet.sourceMAC = asker.hardwareAddress
      packet.destinationMAC = [UInt8](repeating: 0xFF, count: 6)
      packet.packetType = .broadcast
      packet.connection = .untracked
      return packet
    }
    // The solicited-node address (RFC 4291, 2.7.1), and its Ethernet address (RFC 2464, 7).
    let last = Array(address.bytes.suffix(3))
    var packet = Packet(
      family: .ipv6, source: sender,
      destination: IPAddress([0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF] + last),
      transport: .icmpv6(type: 135, code: 0), connection: .untracked)
    packet.ttl = 255
    packet.sourceMAC = asker.hardwareAddress
    packet.destinationMAC = [0x33, 0x33, 0xFF] + last
    packet.packetType = .multicast
    return packet
  }

  private func answer(_ asker: Link, _ answerer: Link) -> Packet {
    var packet: Packet
    if address.isIPv6 {
      packet = Packet(
        family: .ipv6, source: address, destination: sender, transport: .icmpv6(type: 136, code: 0),
        connection: .untracked)
      packet.ttl = 255
    } else {
      packet = Packet(family: .arp, source: address, destination: sender)
      packet.arpOperation = 2
      packet.connection = .untracked
    }
    packet.sourceMAC = answerer.hardwareAddress
    packet.destinationMAC = asker.hardwareAddress
    packet.packetType = .host
    return packet
  }

  /// Out of a namespace, through the bridges on the way, into the other one.
  private mutating func send(_ packet: Packet, from: Link, to: Link, along way: [Link], isGroup: Bool) {
    var packet = packet
    packet.inInterface = ""
    packet.outInterface = from.name
    packet.isLocallySent = true
    walk.filter(.output, &packet, in: from.id.namespace)
    packet.isLocallySent = false
    for (number, bridge) in way.enumerated() where bridge.isBridge {
      let entry = number > 0 && way[number - 1].master == bridge.id ? way[number - 1] : nil
      let exit = number + 1 < way.count && way[number + 1].master == bridge.id ? way[number + 1] : nil
      if isGroup, entry != nil, let exit { lookAtFlood(bridge, exit) }
      let frame = packet
      walk.run {
        BridgeStage(walk: $0, bridge: bridge, entry: entry, exit: exit, source: [], hardware: [], packet: frame)
      }
    }
    packet.inInterface = to.name
    packet.outInterface = ""
    walk.filter(.input, &packet, in: to.id.namespace)
  }

  /// Whether the bridge sends what is for everybody, or for a group, to that port.
  private mutating func lookAtFlood(_ bridge: Link, _ exit: Link) {
    guard let port = exit.port else { return }
    let isOff = address.isIPv6 ? exit.slaveFact("mcast_flood") == .flag(false) : !port.broadcastFlood
    guard isOff else { return }
    let word = address.isIPv6 ? "mcast_flood" : "bcast_flood"
    // A bridge that snoops sends to the ports that asked for the group, where somebody made them ask.
    let isSnooping = address.isIPv6 && bridge.fact("mcast_snooping") != .number(0)
    walk.accuse(
      walk.finding(
        .floodingOff, exit,
        Say.Neighbor.floodingOff(
          bridge.title, isMulticast: address.isIPv6, port: exit.name, setting: "\(word) off", about: "\(address)"),
        [
          Explanation.Evidence(
            "\(exit.name): \(word) off",
            source: address.isIPv6 ? "IFLA_BRPORT_MCAST_FLOOD" : "IFLA_BRPORT_BCAST_FLOOD")
        ],
        remedy: "bridge link set dev \(PacketWalk.quoted(exit.name)) \(word) on"), isSnooping ? .likely : .certain,
      check: Say.Walking.neighbour)
  }
}

extension PacketWalk {
  /// A question who has an address, or its answer, that is followed instead of the packet.
  struct Solicitation: Sendable {
    var address: IPAddress
    var isAnswer: Bool
  }
}
