internal import Canvas
internal import Story
internal import Topology

extension GuidedTour {
  package var exhibit: Exhibit? {
    // As text the tables stand once, when all of it was told.
    if isPlain, beat == .ping || beat == .flood || beat == .answer { return nil }
    switch beat {
    case .host: return Exhibit(hostLines)
    case .inside: return facts.first.map { cable($0, isLit: false, showsBoth: hasActed) }
    case .cable: return facts.first.map { cable($0, isLit: hasActed, showsBoth: true) }
    case .second: return hasActed ? Exhibit(pairs) : nil
    case .ping, .flood, .answer, .echo: return Exhibit(learning)
    default: return nil
    }
  }

  private func command(_ place: String, _ command: String) -> Exhibit.Line {
    [Exhibit.Span("\(place)  ", .title), Exhibit.Span("$ \(command)", .dim)]
  }

  /// All that `ip a` prints on the host, but for links that are none of the story's.
  private var hostLines: [Exhibit.Line] {
    let links = facts.snapshot.namespaces[.host]?.links ?? []
    return [command(Say.Exhibit.onHost, "ip a")] + links.flatMap { lines(of: $0) }
  }

  private func lines(of link: Link, lit: (own: Role, other: Role)? = nil) -> [Exhibit.Line] {
    let far = link.peerLink.flatMap { $0.namespace == link.id.namespace ? nil : $0 }
    let farID =
      link.id.namespace == .host
      ? far.flatMap { facts.snapshot.namespaces[$0.namespace]?.nsid } : tables[link.id.namespace]?.namespaceIDs[link.id]
    return AddressListing(link.id, in: facts.snapshot, farID: farID)?.lines(lit: lit) ?? []
  }

  /// The two ends of a cable as `ip a` prints them, and the border between.
  private func cable(_ end: TourFacts.End, isLit: Bool, showsBoth: Bool) -> Exhibit {
    guard let port = end.port else { return Exhibit() }
    let name = end.namespace.name
    // A number has one colour wherever it stands.
    let (first, second): (Role, Role) = (.ping, .multiHomed)
    var lines = [command(Say.Exhibit.onHost, "ip a show dev \(port.name)")]
    lines += self.lines(of: port, lit: isLit ? (first, second) : nil)
    guard showsBoth else { return Exhibit(lines) }
    if isLit {
      lines.append([
        Exhibit.Span("  ╞══ ", .wire), Exhibit.Span("\(port.id.index)", first), Exhibit.Span(" ═══ ", .wire),
        Exhibit.Span("\(end.eth.id.index)", second),
        Exhibit.Span(" ══╡ \(Say.Exhibit.oneCable(port.name, "\(name)/\(end.eth.name)"))", .wire),
      ])
    } else {
      lines.append([Exhibit.Span("  ──── \(Say.Exhibit.border(name)) ────", .guide)])
    }
    lines.append(command(Say.Exhibit.inside(name), "ip a show dev \(end.eth.name)"))
    lines += self.lines(of: end.eth, lit: isLit ? (second, first) : nil)
    return Exhibit(lines)
  }

  /// Both cables, a line each.
  private var pairs: [Exhibit.Line] {
    [facts.first, facts.second].compactMap { end in
      guard let end, let port = end.port else { return nil }
      return [
        Exhibit.Span("  \(written(port)) ", .strong), Exhibit.Span("═══", .wire),
        Exhibit.Span(" \(written(end.eth))", .strong), Exhibit.Span("  link-netns \(end.namespace.name)", .dim),
      ]
    }
  }

  /// What the neighbour tables and the bridge's table hold now.
  private var learning: [Exhibit.Line] {
    guard let first = facts.first, let second = facts.second, let bridge = facts.bridge else { return [] }
    return neighborLines(of: first) + forwardingLines(of: bridge) + neighborLines(of: second)
  }

  private func neighborLines(of end: TourFacts.End) -> [Exhibit.Line] {
    let entries = neighbors(of: end).map { entry in
      "\(entry.address) dev \(end.eth.name) lladdr \(Link.hardwareText(entry.hardwareAddress)) "
        + entry.state.names.joined(separator: " ")
    }
    let told: Beat = end.namespace.id == facts.first?.namespace.id ? .echo : .answer
    return rows(Say.Exhibit.neighbors(of: end.namespace.name), entries.map { ($0, told) })
  }

  private func forwardingLines(of bridge: Link) -> [Exhibit.Line] {
    let entries = learned.map { entry in
      let mac = Link.hardwareText(entry.hardwareAddress)
      let told: Beat = mac == facts.second?.mac ? .answer : .flood
      return ("\(mac) dev \(facts.snapshot.link(entry.link)?.name ?? "") master \(bridge.name)", told)
    }
    return rows(Say.Exhibit.fdb(of: bridge.name), entries.sorted { $0.0 < $1.0 })
  }

  /// A table's name beside its first row. All rows are shown, for they are there; what the beat is about stands out, and what
  /// is told later is dim.
  private func rows(_ title: String, _ entries: [(text: String, told: Beat)]) -> [Exhibit.Line] {
    let width = 22
    let head = title + String(repeating: " ", count: max(1, width - displayWidth(title)))
    if entries.isEmpty { return [[Exhibit.Span(head, .title), Exhibit.Span(Say.Exhibit.nothing, .dim)]] }
    return entries.enumerated().map { index, entry in
      [
        Exhibit.Span(index == 0 ? head : String(repeating: " ", count: width), .title),
        Exhibit.Span(entry.text, entry.told == beat ? .ping : entry.told.rawValue > beat.rawValue ? .dim : .text),
      ]
    }
  }
}
