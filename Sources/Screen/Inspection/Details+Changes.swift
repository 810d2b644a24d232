internal import Canvas
internal import Diagram
internal import Listing
internal import Topology

/// What changes with time: traffic, events, and where nothing is selected the host at a glance.
extension Details {
  func traffic(of link: Link, named: Bool = false) -> [Line] {
    let rates = sources.traffic[link.id] ?? Rates()
    let counters = sources.traffic.counters(of: link.id) ?? link.counters
    let (tx, rx) = (rates.txHistory, rates.rxHistory)
    let peak = max(tx.max() ?? 0, rx.max() ?? 0)
    func row(_ name: String, _ rx: UInt64, _ tx: UInt64) -> Line {
      .counters(name, Units.count(rx), Units.count(tx), isBad: (rx > 0, tx > 0))
    }
    return [
      .blank,
      .heading(
        named
          ? "\(link.name), last 60 s"
          : link.isBridge ? "the bridge's own traffic, last 60 s" : "traffic, last 60 s"),
      .graph(glyphs.upward, rates.tx, tx, peak: peak, .txRate),
      .graph(glyphs.downward, rates.rx, rx, peak: peak, .rxRate),
      .counters("", "rx", "tx", isBad: (false, false)),
      .counters("bytes", Units.bytes(counters.rxBytes), Units.bytes(counters.txBytes), isBad: (false, false)),
      .counters("packets", Units.count(counters.rxPackets), Units.count(counters.txPackets), isBad: (false, false)),
      row("errors", counters.rxErrors, counters.txErrors), row("drops", counters.rxDropped, counters.txDropped),
    ]
  }

  func events(_ isWanted: (Change) -> Bool) -> [Line] {
    let events = sources.changes.reversed().filter(isWanted).prefix(6)
    let lines: [Line] = events.map { change in
      .text(
        "\(change.at.clock(utcOffset: sources.utcOffset)) \(change.line)",
        change.severity == .fault ? .fault : change.severity == .good ? .up : .text)
    }
    return [.blank, .heading("events")] + (lines.isEmpty ? [.text("none since the start", .dim)] : lines)
  }

  /// Nothing is selected: who is busiest, who is in trouble, what happened.
  var dashboard: [Line] {
    let rows = sources.rows
    let rates = rows.map { row in (row, row.ends.compactMap { sources.traffic[$0] }.map { $0.rx + $0.tx }.max() ?? 0) }
    let busiest = rates.filter { $0.1 >= 1 }.sorted { $0.1 > $1.1 }.prefix(5)
    let troubled = rows.compactMap { row in snapshot.trouble(of: row).map { (row, $0) } }
    var lines: [Line] = [.heading("busiest")]
    lines += busiest.map { .setting(name(of: $0.0), Units.rate($0.1), .text) }
    if busiest.isEmpty { lines.append(.text("nobody sends anything", .dim)) }
    lines += [.blank, .heading("trouble")]
    lines += troubled.prefix(8).map { .text("\(name(of: $0.0)): \($0.1.text)", .fault) }
    if troubled.isEmpty { lines.append(.text("none", .up)) }
    if troubled.count > 8 { lines.append(.text("and \(troubled.count - 8) more: !", .dim)) }
    return lines + events { _ in true }
  }

  private func name(of row: RosterRow) -> String {
    guard row.namespace != .host else { return row.link.flatMap { snapshot.link($0) }?.title ?? "host" }
    return snapshot.namespaces[row.namespace]?.name ?? "?"
  }
}
