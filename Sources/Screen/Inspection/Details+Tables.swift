internal import Canvas
internal import Labels
internal import Topology

/// Routes, rules, neighbours, forwarding databases and settings: what is read only when somebody looks.
extension Details {
  /// The tables of a namespace; with `link`, of the forwarding database only what belongs to it.
  func tables(of id: NamespaceID, about link: Link?) -> [Line] {
    let published = published(in: id)
    guard let tables = sources.tables, tables.of == id else { return published }
    let rows = tables.rows
    var lines: [Line] = [.blank]
    if let device = link.flatMap({ rows.devices[$0.id] }) {
      lines.append(
        .fact(
          Say.Inspect.Fact.driver,
          device.driver + ((device.driver == "veth" ? nil : device.speed).map { "  \($0) Mb/s" } ?? ""), .text
        ))
    }
    if let holders = link.flatMap({ rows.holders[$0.id] }) {
      let names = holders.map(text).joined(separator: ", ")
      lines.append(
        .fact(Say.Inspect.Fact.program, names.isEmpty ? Say.Inspect.none : names, names.isEmpty ? .dim : .text))
    }
    if let link, let vlans = rows.vlans[link.id] {
      let words = vlans.map { vlan in
        (vlan.first == vlan.last ? "\(vlan.first)" : "\(vlan.first)-\(vlan.last)") + (vlan.isPVID ? " pvid" : "")
          + (vlan.isUntagged ? " untagged" : "")
      }
      lines.append(.fact(Say.Inspect.Fact.vlans, words.joined(separator: ", "), .text))
    }
    if let link, link.isBridge { lines += forwarding(rows.fdb.filter { $0.master == link.id }) }
    lines += published
    if let listeners = rows.listeners { lines += listening(listeners) }
    lines += list(
      Say.Inspect.Heading.routes, rows.routes.filter { $0.table != RoutingTable.local.rawValue }, limit: 12, text)
    let own = rows.rules.filter { ![0, 32766, 32767].contains($0.priority) }
    lines += list(Say.Inspect.Heading.rules, own, limit: 6, text)
    lines += neighbors(rows.neighbors.filter { !$0.state.contains(.noARP) && !$0.state.isEmpty })
    lines += sysctls(rows.sysctls, link)
    for reason in rows.unread { lines.append(.text(reason, .warning)) }
    return lines
  }

  private func text(_ holder: NetworkTables.Holder) -> String {
    var text = "\(holder.process.name) \(holder.process.pid)"
    if let guest = holder.guest { text = "\(guest), \(text)" }
    if let inode = holder.elsewhere {
      let home = snapshot.namespaces.values.first { $0.inode == inode }
      let place = home.map { $0.id == .host ? Say.Inspect.host : $0.name } ?? Say.Inspect.elsewhere
      return Say.Inspect.place(text, in: place)
    }
    return text
  }

  private func name(_ ref: LinkRef) -> String { snapshot.link(ref)?.name ?? "if\(ref.index)" }

  /// The first rows in words; of thousands nobody reads the others.
  private func list<Row>(_ title: String, _ rows: [Row], limit: Int, _ text: (Row) -> String) -> [Line] {
    if rows.isEmpty { return [] }
    var lines: [Line] = [.blank, .heading(title)]
    lines += rows.prefix(limit).map { .text(text($0), .text) }
    if rows.count > limit { lines.append(.text(Say.Inspect.more(rows.count - limit), .dim)) }
    return lines
  }

  private func text(_ route: RouteEntry) -> String {
    var words: [String] = route.type == "unicast" ? [] : [route.type]
    words.append(route.destinationText)
    for hop in route.hops {
      if let gateway = hop.gateway { words.append("via \(gateway)") }
      if let link = hop.link { words.append(name(link)) }
    }
    if route.table != RoutingTable.main.rawValue { words.append("table \(route.tableName)") }
    if let metric = route.metric, metric != 0 { words.append("metric \(metric)") }
    return words.joined(separator: " ")
  }

  private func text(_ rule: RoutingRule) -> String {
    let words = rule.fields.map { fact in
      switch fact.value {
      case .number(let number): "\(fact.key) \(number)"
      case .text(let text): fact.key == "action" ? text : "\(fact.key) \(text)"
      default: fact.key
      }
    }
    return "\(rule.priority): " + words.joined(separator: " ")
  }

  private func neighbors(_ rows: [Neighbor]) -> [Line] {
    if rows.isEmpty { return [] }
    let lines: [Line] = rows.prefix(8).map { row in
      let address = row.hardwareAddress.isEmpty ? "-" : Link.hardwareText(row.hardwareAddress)
      return .text(
        "\(row.address) \(address) \(row.state.names.joined(separator: " "))", row.isUsable ? .text : .fault)
    }
    let rest: [Line] = rows.count > 8 ? [.text(Say.Inspect.more(rows.count - 8), .dim)] : []
    return [.blank, .heading(Say.Inspect.Heading.neighbors)] + lines + rest
  }

  private func forwarding(_ rows: [ForwardingEntry]) -> [Line] {
    let learnt = rows.filter { !$0.isSet }
    return list(
      Say.Inspect.Heading.forwarding(learnt: learnt.count, set: rows.count - learnt.count),
      learnt + rows.filter { $0.stateName == "static" }, limit: 8
    ) { "\(Link.hardwareText($0.hardwareAddress)) \(name($0.link)) \($0.stateName)" }
  }

  /// What decides whether packets pass, in words; what stops them unexpectedly stands out.
  private func sysctls(_ rows: [NetworkTables.Sysctl], _ link: Link?) -> [Line] {
    typealias Setting = Say.Inspect.Setting
    func value(_ name: String) -> String? { rows.first { $0.name == name }?.value }
    var lines: [Line] = []
    func add(_ words: String, _ name: String, _ meanings: [String: String], alarming: String? = nil) {
      guard let value = value(name) else { return }
      lines.append(.setting(words, meanings[value] ?? value, value == alarming ? .warning : .text))
    }
    let (isOn, isYes, strictness) = (
      ["0": Setting.off, "1": Setting.on], ["0": Setting.no, "1": Setting.yes],
      ["0": Setting.off, "1": Setting.strict, "2": Setting.loose]
    )
    add(Setting.forwardsIPv4, "net.ipv4.ip_forward", isYes)
    add(Setting.reversePath, "net.ipv4.conf.all.rp_filter", strictness)
    if let link { add(Setting.reversePath(of: link.name), "net.ipv4.conf.\(link.name).rp_filter", strictness) }
    add(
      Setting.answersPings, "net.ipv4.icmp_echo_ignore_all", ["0": Setting.yes, "1": Setting.no], alarming: "1")
    add(Setting.bridgedIPv4, "net.bridge.bridge-nf-call-iptables", isOn)
    add(Setting.bridgedIPv6, "net.bridge.bridge-nf-call-ip6tables", isOn)
    return lines.isEmpty ? [] : [.blank, .heading(Say.Inspect.Heading.settings)] + lines
  }
}
