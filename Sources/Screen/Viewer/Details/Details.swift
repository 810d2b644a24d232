internal import Canvas
internal import Diagram
internal import Listing
internal import Topology

/// What the detail pane says of the selection, line by line.
struct Details {
  enum Line {
    case blank
    case heading(String)
    case fact(String, String, Role)
    case text(String, Role)
    case spark(Unicode.Scalar, [Float], Role)
    case counters(String, String, String, isBad: (rx: Bool, tx: Bool))
  }

  private(set) var title = ""
  private(set) var subtitle = ""
  private(set) var state: LinkState?
  /// Facts, and what changes with time.
  private(set) var columns: [[Line]] = [[], []]

  let app: State
  private var snapshot: Snapshot { app.snapshot }

  init(_ app: State) {
    self.app = app
    switch app.selection {
    case nil:
      title = "nothing"
      columns[0] = [.text("nothing is selected", .dim)]
    case .link(let ref):
      guard let link = app.snapshot.link(ref), let namespace = app.snapshot.namespaces[ref.namespace] else { return }
      title = link.isBridge || ref.namespace == .host ? link.title : namespace.name
      subtitle = link.isBridge || ref.namespace == .host ? (link.title == link.name ? link.kind : link.name) : link.name
      state = link.state
      describe(link, in: namespace)
    case .namespace(let id):
      guard let namespace = app.snapshot.namespaces[id] else { return }
      title = namespace.name
      let links = namespace.shownLinks
      if links.count == 1 {
        subtitle = links[0].name
        state = links[0].state
        describe(links[0], in: namespace)
      } else {
        subtitle = "\(links.count) interfaces"
        describe(namespace, links)
      }
    }
  }

  /// The lines in two columns where there is room for them, else in one.
  func columns(width: Int) -> [[Line]] { width >= 74 ? columns : [columns[0] + [.blank] + columns[1]] }

  // MARK: A link

  private mutating func describe(_ link: Link, in namespace: Namespace) {
    var lines: [Line] = []
    lines.append(
      .fact(
        "state", link.operState.name + (link.state == .up ? "" : "  \(link.state.word)"),
        link.state == .up ? .up : .fault))
    if link.isStale { lines.append(.text("as before: its last reading failed", .warning)) }
    let flags = link.flags.names
    lines.append(.fact("flags", flags.prefix(2).joined(separator: " "), .text))
    if flags.count > 2 { lines.append(.fact("", flags.dropFirst(2).joined(separator: " "), .text)) }
    let peer = snapshot.peer(of: link)
    if let peer {
      let place = snapshot.namespaces[peer.id.namespace]?.name ?? "?"
      lines.append(.fact("peer", "\(peer.name) (\(peer.id.namespace == .host ? "host" : place))", .text))
      lines.append(.fact("ifindex", "\(link.id.index) \(app.glyphs.pair) \(peer.id.index)", .text))
    } else {
      if case .unknown(let reason) = link.peer { lines.append(.fact("peer", "? \(reason)", .warning)) }
      lines.append(.fact("ifindex", "\(link.id.index)", .text))
    }
    lines += bridge(of: link, peer)
    lines += addresses(of: link)
    lines.append(.fact("mtu", "\(link.mtu)" + (link.qdisc.isEmpty ? "" : "   qdisc \(link.qdisc)"), .text))
    if !link.kind.isEmpty {
      lines.append(.fact("kind", link.detail.isEmpty ? link.kind : link.detail, .text))
    }
    if let lower = link.lower.flatMap({ snapshot.link($0) }) { lines.append(.fact("on", lower.name, .text)) }
    if !link.alternativeNames.isEmpty {
      lines.append(.fact("altnames", link.alternativeNames.joined(separator: ", "), .text))
    }
    if link.isBridge { lines += ports(of: link) }
    if namespace.id != .host {
      lines += identity(of: namespace)
    } else if link.kind.isEmpty, !namespace.containers.isEmpty {
      lines += [.blank, .heading("containers on the host's network")]
      lines += namespace.containers.map { .text($0.name, .text) }
    }
    columns[0] = lines + tables(of: link.id.namespace, about: link)
    columns[1] = traffic(of: link) + events { $0.link == link.id || ($0.link != nil && $0.link == peer?.id) }
  }

  /// The most addresses that are shown: of thousands nobody reads the others.
  private static let addressLimit = 64

  private func addresses(of link: Link) -> [Line] {
    var lines: [Line] = []
    if !link.hardwareAddress.isEmpty { lines.append(.fact("mac", link.hardwareAddressText, .text)) }
    for address in link.addresses.prefix(Self.addressLimit) {
      lines.append(
        .fact(
          address.local.isIPv6 ? "ipv6" : "ipv4",
          address.text + (address.flags.contains(.tentative) ? " tentative" : ""), .text))
    }
    let rest = link.addresses.count - Self.addressLimit
    if rest > 0 { lines.append(.fact("", "and \(rest) more: /, or show --format json", .dim)) }
    if link.addresses.isEmpty, link.master == nil { lines.append(.fact("address", "none", .dim)) }
    return lines
  }

  private func bridge(of link: Link, _ peer: Link?) -> [Line] {
    var lines: [Line] = []
    let port = link.master != nil ? link : peer?.master != nil ? peer : nil
    if let port, let master = port.master.flatMap({ snapshot.link($0) }) {
      let number = port.port.map { "  port \($0.number)" } ?? ""
      lines.append(.fact(master.isBridge ? "bridge" : "master", master.title + number, .text))
      if let facts = port.port {
        var words = [facts.state.name]
        if facts.isolated { words.append("isolated") }
        if facts.hairpin { words.append("hairpin") }
        if !facts.learning { words.append("no learning") }
        if !facts.flood { words.append("no flooding") }
        lines.append(
          .fact("port", words.joined(separator: ", "), facts.state == .forwarding && !facts.isolated ? .text : .warning)
        )
      }
    }
    if let facts = link.bridge {
      lines.append(.fact("stp", facts.stp ? "on" : "off", .text))
      lines.append(.fact("ageing", "\(Units.fixed(facts.ageingSeconds, digits: 0)) s", .text))
      if facts.vlanFiltering { lines.append(.fact("vlans", "filtering", .text)) }
    }
    return lines
  }

  private func ports(of bridge: Link) -> [Line] {
    let ports = snapshot.ports(of: bridge.id)
    var lines: [Line] = [.blank, .heading("\(ports.count) port\(ports.count == 1 ? "" : "s")")]
    for port in ports {
      let far = snapshot.peer(of: port).flatMap { snapshot.namespaces[$0.id.namespace]?.name } ?? ""
      lines.append(.text("\(port.name)  \(far)", port.state == .up ? .text : .fault))
    }
    return lines
  }

  // MARK: A namespace

  private mutating func describe(_ namespace: Namespace, _ links: [Link]) {
    var lines: [Line] = []
    for link in links {
      lines.append(
        .fact(link.name, link.addresses.first?.text ?? link.state.word, link.state == .up ? .text : .fault))
      if let peer = snapshot.peer(of: link) {
        let bridge = peer.master.flatMap { snapshot.link($0)?.title }
        lines.append(.fact("", "\(app.glyphs.pair) \(peer.name)" + (bridge.map { "  \($0)" } ?? ""), .dim))
      }
    }
    if links.isEmpty { lines.append(.text("no interfaces", .dim)) }
    columns[0] = lines + identity(of: namespace) + tables(of: namespace.id, about: nil)
    columns[1] = links.prefix(3).flatMap { traffic(of: $0, named: true) } + events { $0.namespace == namespace.id }
  }

  private func identity(of namespace: Namespace) -> [Line] {
    var lines: [Line] = [.blank, .fact("netns", namespace.name, .text)]
    if let inode = namespace.inode { lines.append(.fact("inode", "\(inode)", .text)) }
    if let owner = namespace.owner { lines.append(.fact("owner", "uid \(owner)", .text)) }
    if let cookie = namespace.cookie { lines.append(.fact("cookie", "\(cookie)", .text)) }
    for path in namespace.paths.prefix(2) { lines.append(.fact("path", path, .text)) }
    for process in namespace.processes.prefix(3) {
      lines.append(.fact("pid", "\(process.pid)  \(process.name)", .text))
    }
    if namespace.processes.count > 3 {
      lines.append(.fact("", "and \(namespace.processes.count - 3) more processes", .dim))
    }
    for container in namespace.containers {
      lines.append(.fact(container.runtime == "unknown" ? "container" : container.runtime, container.name, .text))
      lines.append(.fact("id", String(container.id.prefix(12)), .text))
      if !container.image.isEmpty { lines.append(.fact("image", container.image, .text)) }
      if let project = container.composeProject {
        lines.append(.fact("compose", project + (container.composeService.map { " / \($0)" } ?? ""), .text))
      }
      for port in container.ports { lines.append(.fact("publish", port, .text)) }
    }
    return lines
  }

  // MARK: What changes with time

  private func traffic(of link: Link, named: Bool = false) -> [Line] {
    let rates = app.traffic[link.id]
    let counters = app.traffic.counters(of: link.id) ?? link.counters
    var lines: [Line] = [.heading(named ? "\(link.name), last 60 s" : "traffic, last 60 s")]
    lines.append(
      .text(
        "\(app.glyphs.upward) \(Units.rate(rates?.tx ?? 0))   \(app.glyphs.downward) \(Units.rate(rates?.rx ?? 0))",
        .text))
    lines.append(.spark(" ", rates?.history ?? [], .sparkLow))
    lines.append(.blank)
    lines.append(.counters("", "rx", "tx", isBad: (false, false)))
    lines.append(
      .counters("bytes", Units.bytes(counters.rxBytes), Units.bytes(counters.txBytes), isBad: (false, false)))
    lines.append(
      .counters("packets", Units.count(counters.rxPackets), Units.count(counters.txPackets), isBad: (false, false)))
    lines.append(
      .counters(
        "errors", Units.count(counters.rxErrors), Units.count(counters.txErrors),
        isBad: (counters.rxErrors > 0, counters.txErrors > 0)))
    lines.append(
      .counters(
        "drops", Units.count(counters.rxDropped), Units.count(counters.txDropped),
        isBad: (counters.rxDropped > 0, counters.txDropped > 0)))
    lines.append(.blank)
    return lines
  }

  private func events(_ isWanted: (Change) -> Bool) -> [Line] {
    let events = app.changes.reversed().filter(isWanted).prefix(8)
    if events.isEmpty { return [.heading("events"), .text("none since the start", .dim)] }
    return [.heading("events")]
      + events.map { change in
        .text(
          "\(change.at.clock(utcOffset: app.utcOffset)) \(change.text)",
          change.severity == .fault ? .fault : change.severity == .good ? .up : .text)
      }
  }
}
