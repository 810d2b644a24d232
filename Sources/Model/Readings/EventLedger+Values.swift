internal import RTNetlink
internal import Topology

/// What a message holds, by the keys of `ip -j -d`, as text.
typealias TextValues = [String: String]

extension TextValues {
  /// What differs from `old`: the state and what people look for first, then the rest in the order of the keys.
  func differences(from old: TextValues) -> [Event.Difference] {
    let first = ["operstate", "flags", "master", "mtu", "address"]
    func rank(_ key: String) -> (Int, String) { (first.firstIndex(of: key) ?? first.count, key) }
    return Set(keys).union(old.keys).filter { self[$0] != old[$0] }.sorted { rank($0) < rank($1) }
      .map { Event.Difference($0, from: old[$0], to: self[$0]) }
  }
}

extension EventLedger {
  /// The values of a link; `name` knows other links of the same namespace.
  static func values(of message: LinkMessage, name: (UInt32) -> String) -> TextValues {
    var values: TextValues = [:]
    func set(_ key: String, _ value: (some CustomStringConvertible)?) {
      if let value { values[key] = value.description }
    }
    if message.family == Family.unspecified {
      values["flags"] = LinkFlags(rawValue: message.flags).names.joined(separator: ",")
    }
    set("operstate", message.operState.map { OperState($0).name })
    set("mtu", message.mtu)
    let linkType = LinkMessage.name(ofHardware: message.type)
    set("address", message.address.map { Link.hardwareText($0, linkType: linkType) })
    set("broadcast", message.broadcast.map { Link.hardwareText($0, linkType: linkType) })
    set("permaddr", LinkRecord.permanentAddress(message))
    set("master", message.master.map(name))
    set("link", message.link)
    set("netnsid", message.linkNamespaceID)
    set("qdisc", message.qdisc.map(SafeText.decode))
    set("txqlen", message.txQueueLength)
    set("alias", message.alias.map(SafeText.decode))
    set("group", message.group)
    set("kind", message.kind.map(SafeText.decode))
    set("slave_kind", message.slaveKind.map(SafeText.decode))
    if !message.alternativeNames.isEmpty {
      values["altnames"] = message.alternativeNames.map(SafeText.decode).joined(separator: ",")
    }
    if !message.vlans.isEmpty {
      values["vlans"] = message.vlans.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
        .joined(separator: ",")
    }
    flatten(message.attributes, "", name, &values)
    flatten(message.facts, "", name, &values)
    flatten(message.slaveFacts, "port.", name, &values)
    if let state = message.port?.state { values["port.state"] = BridgePort.State(state).name }
    return values
  }

  private static func flatten(
    _ facts: [KindFact], _ prefix: String, _ name: (UInt32) -> String, _ values: inout TextValues
  ) {
    for fact in facts {
      if case .object(let inner) = fact.value {
        flatten(inner, prefix + fact.key + ".", name, &values)
      } else {
        values[prefix + fact.key] = text(fact.value, name)
      }
    }
  }

  private static func text(_ value: KindValue, _ name: (UInt32) -> String) -> String {
    switch value {
    case .number(let number): String(number)
    case .signed(let number): String(number)
    case .flag(let flag): flag ? "on" : "off"
    case .nothing: "none"
    case .text(let text): text
    case .bytes(let bytes): SafeText.decode(bytes)
    case .link(let index): name(index)
    case .list(let values): values.map { text($0, name) }.joined(separator: ",")
    case .object(let facts): facts.map { "\($0.key) \(text($0.value, name))" }.joined(separator: " ")
    }
  }

  /// The values of an address, without the address itself.
  static func values(of message: AddressMessage) -> TextValues {
    guard let address = LinkRecord.address(message) else { return [:] }
    var values: TextValues = ["scope": address.scopeName]
    values["flags"] = address.flags.names.isEmpty ? nil : address.flags.names.joined(separator: ",")
    values["label"] = address.label
    values["broadcast"] = address.broadcast?.description
    values["peer"] = address.peer?.description
    return values
  }

  /// The values of a route, in the order in which `ip route` prints them.
  static func values(of message: RouteMessage, name: (UInt32) -> String) -> [Event.Difference] {
    let any = NamespaceID.host
    guard let route = TableRecords.route(message, in: any, cached: true) else {
      return [Event.Difference("family", from: nil, to: String(message.family))]
    }
    var values: [Event.Difference] = []
    func add(_ key: String, _ value: String?) {
      if let value { values.append(Event.Difference(key, from: nil, to: value)) }
    }
    if route.type != "unicast" { add("type", route.type) }
    add("dst", route.destinationText)
    add("from", route.source?.description)
    for hop in route.hops {
      add("via", hop.gateway?.description)
      add("dev", hop.link.map { name($0.index) })
      if route.hops.count > 1 { add("weight", String(hop.weight)) }
    }
    if route.table != RoutingTable.main.rawValue { add("table", route.tableName) }
    if route.origin != "boot" { add("proto", route.origin) }
    if route.scope != "global" { add("scope", route.scope) }
    add("src", route.preferredSource?.description)
    add("metric", route.metric.map(String.init))
    for metric in route.metrics { add(metric.name, String(metric.value)) }
    for flag in route.flags { add(flag, "on") }
    add("pref", route.preference)
    return values
  }

  /// The values of a rule.
  static func values(of message: RuleMessage) -> [Event.Difference] {
    guard let rule = TableRecords.rule(message) else {
      return [Event.Difference("family", from: nil, to: String(message.family))]
    }
    let facts = rule.fields.map { fact in
      switch fact.value {
      case .number(let number): Event.Difference(fact.key, from: nil, to: String(number))
      case .text(let text): Event.Difference(fact.key, from: nil, to: text)
      default: Event.Difference(fact.key, from: nil, to: "on")
      }
    }
    return [Event.Difference("priority", from: nil, to: String(rule.priority))] + facts
  }

  /// The values of a neighbour, or of an entry of a forwarding database.
  static func values(of message: NeighborMessage, name: (UInt32) -> String) -> [Event.Difference] {
    var values: [Event.Difference] = []
    func add(_ key: String, _ value: String?) {
      if let value { values.append(Event.Difference(key, from: nil, to: value)) }
    }
    add("dst", message.destination.flatMap(IPAddress.init)?.description)
    add("dev", name(message.index))
    add("lladdr", message.lladdr.map(Link.hardwareText))
    add("master", message.master.map(name))
    add("vlan", message.vlan.map { String($0) })
    add("vni", message.vni.map { String($0) })
    add("state", NeighborState(rawValue: message.state).names.joined(separator: ","))
    return values
  }

  static func sentence(_ values: [Event.Difference]) -> String {
    values.map { $0.key == "dst" ? $0.to ?? "" : "\($0.key) \($0.to ?? "")" }.joined(separator: " ")
  }
}
