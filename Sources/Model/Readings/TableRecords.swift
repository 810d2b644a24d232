internal import RTNetlink
internal import Topology

/// Rows of the tables that are read on demand, from the kernel's words into the model's.
enum TableRecords {
  /// A route; cached ones (`RTM_F_CLONED`), which nobody set, only with `cached`.
  static func route(_ message: RouteMessage, in namespace: NamespaceID, cached: Bool = false) -> RouteEntry? {
    guard message.family == Family.inet || message.family == Family.inet6,
      cached || message.flags & RouteMessage.Flag.cloned == 0
    else { return nil }
    let hops = message.hops.isEmpty ? [message.hop] : message.hops
    return RouteEntry(
      isIPv6: message.family == Family.inet6, type: message.typeName,
      destination: message.destination.flatMap(IPAddress.init), prefixLength: message.destinationLength,
      table: message.table, origin: message.originName, scope: InterfaceAddress.name(ofScope: message.scope),
      source: message.source.flatMap(IPAddress.init), preferredSource: message.preferredSource.flatMap(IPAddress.init),
      metric: message.priority, tos: message.tos,
      hops: hops.compactMap { hop($0, in: namespace, isMultipath: !message.hops.isEmpty) },
      flags: flagNames(message.flags), metrics: metrics(message.metrics),
      preference: message.preference.map { number in
        RouteMessage.Preference(rawValue: number).map { "\($0)" } ?? String(number)
      })
  }

  private static func hop(_ hop: RouteMessage.NextHop, in namespace: NamespaceID, isMultipath: Bool)
    -> RouteEntry.Hop?
  {
    let gateway = (hop.gateway ?? hop.via).flatMap(IPAddress.init)
    if gateway == nil, hop.index == nil { return nil }
    return RouteEntry.Hop(
      gateway: gateway, link: hop.index.map { LinkRef(namespace, $0) }, weight: Int(hop.hops) + 1,
      flags: isMultipath ? flagNames(UInt32(hop.flags)) : [])
  }

  private static func flagNames(_ flags: UInt32) -> [String] {
    typealias Flag = RouteMessage.Flag
    typealias HopFlag = RouteMessage.NextHop.Flag
    let names: [(UInt32, String)] = [
      (HopFlag.dead, "dead"), (HopFlag.onLink, "onlink"), (HopFlag.pervasive, "pervasive"),
      (HopFlag.offload, "offload"), (HopFlag.trap, "trap"), (Flag.notify, "notify"), (HopFlag.linkDown, "linkdown"),
      (HopFlag.unresolved, "unresolved"), (Flag.offload, "rt_offload"), (Flag.trap, "rt_trap"),
      (Flag.offloadFailed, "rt_offload_failed"),
    ]
    return names.filter { flags & $0.0 != 0 }.map(\.1)
  }

  /// Those with a name; the locks (`RTAX_LOCK`) are said with the metric that they lock.
  private static func metrics(_ values: [UInt16: UInt32]) -> [RouteEntry.Metric] {
    values.sorted { $0.key < $1.key }.compactMap { number, value in
      RouteMessage.Metric(rawValue: number).map { RouteEntry.Metric(name: $0.name, value: value) }
    }
  }

  /// A rule, its fields by the keys of `ip -j rule`.
  static func rule(_ message: RuleMessage) -> RoutingRule? {
    guard message.family == Family.inet || message.family == Family.inet6 else { return nil }
    var fields = selector(message)
    func number(_ key: String, _ value: UInt32?) {
      if let value { fields.append(LinkFact(key, .number(UInt64(value)))) }
    }
    if message.action == RuleMessage.Action.table, !message.isL3Master {
      fields.append(LinkFact("table", .text(RoutingRule.name(ofTable: message.table))))
    }
    number("suppress_prefixlen", message.suppressPrefixLength)
    number("suppress_ifgroup", message.suppressGroup)
    number("goto", message.target)
    if let action = actions[message.action] { fields.append(LinkFact("action", .text(action))) }
    return RoutingRule(isIPv6: message.family == Family.inet6, priority: message.priority, fields: fields)
  }

  private static let actions = [
    RuleMessage.Action.nop: "nop", RuleMessage.Action.blackhole: "blackhole",
    RuleMessage.Action.unreachable: "unreachable", RuleMessage.Action.prohibit: "prohibit",
  ]

  /// What a packet has to be like.
  private static func selector(_ message: RuleMessage) -> [LinkFact] {
    var fields: [LinkFact] = []
    func add(_ key: String, _ value: LinkFact.Value) { fields.append(LinkFact(key, value)) }
    func number(_ key: String, _ value: UInt32?) {
      if let value { add(key, .number(UInt64(value))) }
    }
    func prefix(_ key: String, _ lengthKey: String, _ bytes: [UInt8]?, _ length: UInt8) {
      guard let address = bytes.flatMap(IPAddress.init) else { return }
      add(key, .text(address.description))
      if Int(length) != address.bytes.count * 8 { number(lengthKey, UInt32(length)) }
    }
    func ports(_ key: String, _ range: RuleMessage.Range?) {
      guard let range else { return }
      if range.low == range.high { return number(key, range.low) }
      number(key + "_start", range.low)
      number(key + "_end", range.high)
    }
    if message.flags & RuleMessage.invert != 0 { add("not", .flag(true)) }
    if message.source == nil { add("src", .text("all")) }
    prefix("src", "srclen", message.source, message.sourceLength)
    prefix("dst", "dstlen", message.destination, message.destinationLength)
    if message.tos != 0 { add("tos", .text("0x" + String(message.tos, radix: 16))) }
    if let mark = message.mark, mark != 0 || message.mask ?? 0 != 0 {
      add("fwmark", .text("0x" + String(mark, radix: 16)))
      if let mask = message.mask, mask != .max { add("fwmask", .text("0x" + String(mask, radix: 16))) }
    }
    if let name = message.inputName { add("iif", .text(SafeText.decode(name))) }
    if let name = message.outputName { add("oif", .text(SafeText.decode(name))) }
    if message.isL3Master { add("l3mdev", .flag(true)) }
    number("uid_start", message.userRange?.low)
    number("uid_end", message.userRange?.high)
    if let number = message.ipProtocol { add("ipproto", .text(ipProtocol(number))) }
    ports("sport", message.sourcePorts)
    ports("dport", message.destinationPorts)
    return fields
  }

  private static func ipProtocol(_ number: UInt8) -> String {
    [
      1: "icmp", 2: "igmp", 4: "ipencap", 6: "tcp", 17: "udp", 33: "dccp", 41: "ipv6", 47: "gre", 50: "esp", 51: "ah",
      58: "ipv6-icmp", 89: "ospf", 103: "pim", 115: "l2tp", 132: "sctp", 136: "udplite",
    ][number] ?? "ipproto-\(number)"
  }

  static func neighbor(_ message: NeighborMessage, in namespace: NamespaceID) -> Neighbor? {
    guard message.family == Family.inet || message.family == Family.inet6,
      let address = message.destination.flatMap(IPAddress.init)
    else { return nil }
    return Neighbor(
      address: address, link: LinkRef(namespace, message.index), hardwareAddress: message.lladdr ?? [],
      state: NeighborState(rawValue: message.state),
      flags: NeighborFlags(rawValue: message.flags))
  }

  static func forwarding(_ message: NeighborMessage, in namespace: NamespaceID) -> ForwardingEntry? {
    guard message.family == Family.bridge else { return nil }
    var entry = ForwardingEntry(
      hardwareAddress: message.lladdr ?? [], link: LinkRef(namespace, message.index),
      master: message.master.map { LinkRef(namespace, $0) }, destination: message.destination.flatMap(IPAddress.init),
      vlan: message.vlan, vni: message.vni, sourceVNI: message.sourceVNI, port: message.port,
      via: message.linkNamespaceID == nil ? message.viaIndex.map { LinkRef(namespace, $0) } : nil,
      state: NeighborState(rawValue: message.state),
      flags: NeighborFlags(rawValue: message.flags),
      isLocked: message.extendedFlags & NeighborMessage.Flag.locked != 0)
    entry.viaElsewhere = message.linkNamespaceID.map {
      ForwardingEntry.Elsewhere(index: message.viaIndex, nsid: $0)
    }
    return entry
  }
}
