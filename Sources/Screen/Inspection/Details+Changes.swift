internal import Canvas
internal import Diagram
internal import Labels
internal import Listing
internal import Topology

/// What changes with time: traffic, events, and where nothing is selected the host at a glance.
extension Details {
  func traffic(of link: Link, named: Bool = false) -> [Line] {
    let rates = sources.traffic[link.id] ?? Rates()
    let counters = sources.traffic.counters(of: link.id) ?? link.counters
    let (tx, rx) = (rates.txHistory, rates.rxHistory)
    let peak = max(tx.max() ?? 0, rx.max() ?? 0)
    typealias Fact = Say.Inspect.Fact
    func row(_ name: String, _ rx: UInt64, _ tx: UInt64) -> Line {
      .counters(name, Units.count(rx), Units.count(tx), isBad: (rx > 0, tx > 0))
    }
    return [
      .blank,
      .heading(
        named
          ? Say.Inspect.Heading.traffic(of: link.name)
          : link.isBridge ? Say.Inspect.Heading.bridgeTraffic : Say.Inspect.Heading.traffic),
      .graph(glyphs.upward, rates.tx, tx, peak: peak, .txRate),
      .graph(glyphs.downward, rates.rx, rx, peak: peak, .rxRate),
      .counters("", Fact.received, Fact.sent, isBad: (false, false)),
      .counters(Fact.bytes, Units.bytes(counters.rxBytes), Units.bytes(counters.txBytes), isBad: (false, false)),
      .counters(Fact.packets, Units.count(counters.rxPackets), Units.count(counters.txPackets), isBad: (false, false)),
      row(Fact.errors, counters.rxErrors, counters.txErrors), row(Fact.drops, counters.rxDropped, counters.txDropped),
    ]
  }

  func events(_ isWanted: (Change) -> Bool) -> [Line] {
    let events = sources.changes.reversed().filter(isWanted).prefix(6)
    let lines: [Line] = events.map { change in
      .text(
        "\(change.at.clock(utcOffset: sources.utcOffset)) \(change.line)",
        change.severity == .fault ? .fault : change.severity == .good ? .up : .text)
    }
    return [.blank, .heading(Say.Inspect.Heading.events)]
      + (lines.isEmpty ? [.text(Say.Inspect.noEvents, .dim)] : lines)
  }

  /// Nothing is selected: who is busiest, who is in trouble, what happened.
  var dashboard: [Line] {
    let rows = sources.rows
    let rates = rows.map { row in (row, row.ends.compactMap { sources.traffic[$0] }.map { $0.rx + $0.tx }.max() ?? 0) }
    let busiest = rates.filter { $0.1 >= 1 }.sorted { $0.1 > $1.1 }.prefix(5)
    let troubled = rows.compactMap { row in snapshot.trouble(of: row).map { (row, $0) } }
    var lines: [Line] = [.heading(Say.Inspect.Heading.busiest)]
    lines += busiest.map { .setting(name(of: $0.0), Units.rate($0.1), .text) }
    if busiest.isEmpty { lines.append(.text(Say.Inspect.noTraffic, .dim)) }
    lines += [.blank, .heading(Say.Inspect.Heading.trouble)]
    lines += troubled.prefix(8).map { .text(Say.Inspect.trouble(name(of: $0.0), $0.1.text), .fault) }
    if troubled.isEmpty { lines.append(.text(Say.Inspect.none, .up)) }
    if troubled.count > 8 {
      lines.append(.text(Say.Inspect.moreTrouble(troubled.count - 8, key: sources.troubleKey), .dim))
    }
    return lines + events { _ in true }
  }

  private func name(of row: RosterRow) -> String {
    guard row.namespace != .host else { return row.link.flatMap { snapshot.link($0) }?.title ?? Say.Inspect.host }
    return snapshot.namespaces[row.namespace]?.name ?? "?"
  }
}
