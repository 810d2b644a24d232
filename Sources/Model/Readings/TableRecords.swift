internal import RTNetlink
internal import Topology

/// Rows of the tables that are read on demand, from the kernel's words into the model's.
enum TableRecords {
  /// A route; cached ones (`RTM_F_CLONED`), which nobody set, only with `cached`.
  static func route(_ message: RouteMessage, in namespace: NamespaceID, cached: Bool = false) -> RouteEntry? {
    guard message.family == Family.inet || message.family == Family.inet6, cached || message.flags & 0x200 == 0 else {
      return nil
    }
    let hops = message.hops.isEmpty ? [message.hop] : message.hops
    return RouteEntry(
      isIPv6: message.family == Family.inet6, type: message.typeName,
      destination: message.destination.flatMap(IPAddress.init), prefixLength: message.destinationLength,
      table: message.table, origin: protocolName(message.routingProtocol), scope: scopeName(message.scope),
      source: message.source.flatMap(IPAddress.init), preferredSource: message.preferredSource.flatMap(IPAddress.init),
      metric: message.priority, tos: message.tos,
      hops: hops.compactMap { hop($0, in: namespace, isMultipath: !message.hops.isEmpty) },
      flags: flagNames(message.flags), metrics: metrics(message.metrics),
      preference: message.preference.map { [0: "medium", 1: "high", 3: "low"][$0] ?? String($0) })
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

  /// `RTPROT_*`, with the names of iproute2's rt_protos.
  private static func protocolName(_ number: UInt8) -> String {
    let names: [UInt8: String] = [
      0: "unspec", 1: "redirect", 2: "kernel", 3: "boot", 4: "static", 8: "gated", 9: "ra", 10: "mrt", 11: "zebra",
      12: "bird", 13: "dnrouted", 14: "xorp", 15: "ntk", 16: "dhcp", 18: "keepalived", 42: "babel", 186: "bgp",
      187: "isis", 188: "ospf", 189: "rip", 192: "eigrp",
    ]
    return names[number] ?? String(number)
  }

  private static func scopeName(_ scope: UInt8) -> String {
    [0: "global", 200: "site", 253: "link", 254: "host", 255: "nowhere"][scope] ?? String(scope)
  }

  private static func flagNames(_ flags: UInt32) -> [String] {
    let names: [(UInt32, String)] = [
      (0x1, "dead"), (0x4, "onlink"), (0x2, "pervasive"), (0x8, "offload"), (0x40, "trap"), (0x100, "notify"),
      (0x10, "linkdown"), (0x20, "unresolved"), (0x4000, "rt_offload"), (0x8000, "rt_trap"),
      (0x2000_0000, "rt_offload_failed"),
    ]
    return names.filter { flags & $0.0 != 0 }.map(\.1)
  }

  /// `RTAX_*`; the locks (1) are said with the metric that they lock.
  private static func metrics(_ values: [UInt16: UInt32]) -> [RouteEntry.Metric] {
    let names = [
      2: "mtu", 3: "window", 4: "rtt", 5: "rttvar", 6: "ssthresh", 7: "cwnd", 8: "advmss", 9: "reordering",
      10: "hoplimit", 11: "initcwnd", 12: "features", 13: "rto_min", 14: "initrwnd", 15: "quickack", 16: "congctl",
      17: "fastopen_no_cookie",
    ]
    return values.sorted { $0.key < $1.key }.compactMap { number, value in
      names[Int(number)].map { RouteEntry.Metric(name: $0, value: value) }
    }
  }

  /// A rule, its fields by the keys of `ip -j rule`.
  static func rule(_ message: RuleMessage) -> RoutingRule? {
    guard message.family == Family.inet || message.family == Family.inet6 else { return nil }
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
    if message.flags & 2 != 0 { add("not", .flag(true)) }
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
    func ports(_ key: String, _ range: RuleMessage.Range?) {
      guard let range else { return }
      if range.low == range.high { return number(key, range.low) }
      number(key + "_start", range.low)
      number(key + "_end", range.high)
    }
    if message.action == 1, !message.isL3Master {
      add("table", .text(RoutingRule.name(ofTable: message.table)))
    }
    number("suppress_prefixlen", message.suppressPrefixLength)
    number("suppress_ifgroup", message.suppressGroup)
    if let target = message.target { number("goto", target) }
    let actions: [UInt8: String] = [3: "nop", 6: "blackhole", 7: "unreachable", 8: "prohibit"]
    if let action = actions[message.action] { add("action", .text(action)) }
    return RoutingRule(isIPv6: message.family == Family.inet6, priority: message.priority, fields: fields)
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
    return ForwardingEntry(
      hardwareAddress: message.lladdr ?? [], link: LinkRef(namespace, message.index),
      master: message.master.map { LinkRef(namespace, $0) }, destination: message.destination.flatMap(IPAddress.init),
      vlan: message.vlan, vni: message.vni, port: message.port,
      via: message.viaIndex.map { LinkRef(namespace, $0) }, state: NeighborState(rawValue: message.state),
      flags: NeighborFlags(rawValue: message.flags))
  }
}
