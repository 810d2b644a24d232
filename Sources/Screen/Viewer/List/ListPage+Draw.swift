internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

extension ListPage {
  /// A heading, and a line a thing.
  func draw(_ screen: Screen, of state: State, on canvas: inout CellCanvas) {
    let rect = screen.body
    guard rect.size.height > 1 else { return }
    state.drawList(self, rect, on: &canvas)
  }

  /// On the row that is selected.
  func cursor(_ screen: Screen, in state: State) -> Point? {
    let row = kind == .events ? event : state.listRows.firstIndex { $0.element == state.selection }
    guard let row else { return nil }
    let point = Point(x: screen.body.minX + 1, y: screen.body.minY + 1 + row - scroll)
    return screen.body.contains(point) && point.y > screen.body.minY ? point : nil
  }
}

extension State {
  fileprivate func drawList(_ page: ListPage, _ rect: Rect, on canvas: inout CellCanvas) {
    let list = page.kind
    let left = rect.minX + 1
    if list == .events {
      let (table, rows) = table(of: page, rect)
      table.drawHead(x: left, y: rect.minY, glyphs: glyphs, on: &canvas)
      draw(rows, table, rect, of: page, selected: page.event, dimmed: [], on: &canvas)
    } else {
      let shown = listRows
      let (table, rows) = table(of: page, rect)
      table.drawHead(x: left, y: rect.minY, glyphs: glyphs, on: &canvas)
      let found = matches.map(Set.init)
      let dimmed = found.map { found in Set(shown.indices.filter { !found.contains(shown[$0].element) }) } ?? []
      draw(
        rows, table, rect, of: page, selected: shown.firstIndex { $0.element == selection }, dimmed: dimmed, on: &canvas
      )
    }
  }

  /// The table of a list, as wide as its columns need; what is clicked is looked up in it, too.
  func table(of page: ListPage, _ rect: Rect) -> (table: Table, rows: [[Table.Field]]) {
    let list = page.kind
    let width = rect.size.width - 3
    if list == .events {
      let rows = shownChanges.map(fields)
      return (Table(Self.eventColumns, rows: rows, width: width), rows)
    }
    let shown = listRows
    let peak = list == .busiest ? shown.first.map { traffic.minute(of: $0) } ?? 0 : 0
    let rows = shown.map { fields($0, list, peak: peak) }
    return (Table(columns(of: list), rows: rows, width: width), rows)
  }

  private func draw(
    _ rows: [[Table.Field]], _ table: Table, _ rect: Rect, of page: ListPage, selected: Int?, dimmed: Set<Int>,
    on canvas: inout CellCanvas
  ) {
    if rows.isEmpty {
      canvas.put(emptyText(page.kind), x: rect.minX + 1, y: rect.minY + 2, role: .dim, limit: rect.size.width - 2)
    }
    let height = listHeight
    let first = max(0, min(page.scroll, rows.count - height))
    for (offset, row) in rows.dropFirst(first).prefix(height).enumerated() {
      let y = rect.minY + 1 + offset
      let isSelected = first + offset == selected
      if isSelected { canvas.fill(Rect(x: rect.minX, y: y, width: rect.size.width - 1, height: 1), role: .selected) }
      let role: Role? = isSelected ? .selected : dimmed.contains(first + offset) ? .gone : nil
      table.draw(row, x: rect.minX + 1, y: y, role: role, glyphs: glyphs, on: &canvas)
    }
    canvas.scrollbar(
      x: rect.maxX - 1, y: rect.minY + 1, height: height, first: first, count: rows.count, glyphs: glyphs)
    let below = rect.minY + 2 + min(height, max(2, rows.count))
    for (offset, line) in warningLines.enumerated() {
      canvas.put(line, x: rect.minX + 1, y: below + offset, role: .warning, limit: rect.size.width - 2)
    }
  }

  private func emptyText(_ list: ListPage.Kind) -> String {
    if isFiltering { return Say.FindLine.nothingPasses }
    switch list {
    case .busiest: return Say.ListPage.noTraffic
    case .trouble: return Say.ListPage.noTrouble(keys.cap(.why))
    case .events: return Say.ListPage.noEvents
    case .interfaces: return Say.ListPage.noInterfaces
    }
  }

  // MARK: Columns

  private static var eventColumns: [Table.Column] {
    [
      Table.Column(title: Say.ListPage.time, limit: 8, least: 8),
      Table.Column(title: Say.ListPage.owner, limit: 24, least: 8, yields: 1),
      Table.Column(title: Say.ListPage.change, limit: 200, least: 48),
    ]
  }

  private func columns(of list: ListPage.Kind) -> [Table.Column] {
    let sorted: Sorting.Key? = list == .busiest ? nil : rows.sorting.key
    // Which veth, on which bridge, is whose: that is asked first, and names that are typed are not cut.
    let name = Table.Column(
      title: Say.ListPage.container, limit: 28, least: 20, isSorted: sorted == .name, key: Sorting.Key.name.rawValue)
    let port = Table.Column(title: "veth", limit: 15, least: 15, yields: 1, key: Sorting.Key.port.rawValue)
    let bridge = Table.Column(
      title: Say.ListPage.bridge, limit: 16, least: 12, yields: 2, key: Sorting.Key.port.rawValue)
    let address = Table.Column(
      title: Say.ListPage.address, limit: 39, least: 18, yields: 3, isSorted: sorted == .address,
      key: Sorting.Key.address.rawValue
    )
    let device = Table.Column(title: Say.ListPage.interface, limit: 15, least: 15, yields: 4)
    let state = Table.Column(title: Say.ListPage.state, limit: 12, least: 12)
    // The rates give way, unless the list goes by them.
    let isByTraffic = sorted == .traffic || list == .busiest
    // What was carried in a minute stands beside what is carried now.
    let (up, down) =
      list == .busiest ? (Say.ListPage.now, Say.ListPage.now) : (Say.ListPage.sent, Say.ListPage.received)
    let sent = Table.Column(
      title: "\(glyphs.upward) \(up)", limit: 9, least: 8, isRight: true, yields: isByTraffic ? 0 : 6,
      isSpare: !isByTraffic, isSorted: sorted == .traffic, key: Sorting.Key.traffic.rawValue)
    let received = Table.Column(
      title: "\(glyphs.downward) \(down)", limit: 9, least: 8, isRight: true, yields: isByTraffic ? 0 : 6,
      isSpare: !isByTraffic, key: Sorting.Key.traffic.rawValue)
    let minute = Table.Column(
      title: Say.ListPage.minute, limit: 12, least: 12, yields: 7, isSpare: true, key: Sorting.Key.traffic.rawValue)
    switch list {
    case .interfaces: return [state, name, device, address, bridge, port, sent, received, minute]
    case .busiest:
      return [
        name, device,
        Table.Column(title: Say.ListPage.bothInMinute, limit: 12, least: 12, isRight: true, isSorted: true),
        Table.Column(title: Say.ListPage.share, limit: 24, least: 14, yields: 5), sent, received, bridge, minute,
      ]
    case .trouble:
      return [
        state, name, device, Table.Column(title: Say.ListPage.bridge, limit: 16, least: 8, yields: 5),
        Table.Column(title: Say.ListPage.since, limit: 8, least: 8, yields: 3),
        Table.Column(title: Say.ListPage.why, limit: 80, least: 48),
      ]
    case .events: return Self.eventColumns
    }
  }

  // MARK: Fields

  private func fields(_ row: RosterRow, _ list: ListPage.Kind, peak: Double) -> [Table.Field] {
    let link = row.link.flatMap { snapshot.link($0) }
    let isNew = layout.isNew(row.namespace)
    let isMarked = stack[SourceMark.self]?.element == row.element || stack[Pick.self]?.origin == row.element
    let owner = row.namespace == .host ? Say.ListPage.host : snapshot.namespaces[row.namespace]?.name ?? "?"
    let name = Table.Field(
      (isNew ? "+ " : "") + owner, isMarked ? .mark : isNew ? .joined : row.namespace == .host ? .dim : .strong)
    let device = Table.Field(link?.name ?? "-", link == nil ? .dim : .text)
    // A bridge's own row has the title that its ports' rows name.
    let isBridge = link?.isBridge == true
    let bridge = Table.Field(
      row.bridge.flatMap { snapshot.link($0)?.title } ?? (isBridge ? link?.title ?? "" : ""), isBridge ? .dim : .text)
    let rates = traffic.rates(of: row)
    func rate(_ value: Double?, _ role: Role) -> Table.Field {
      Table.Field(value.map { Units.shortRate($0) } ?? "", (value ?? 0) < 1 ? .dim : role)
    }
    let (sent, received) = (rate(rates?.tx, .txRate), rate(rates?.rx, .rxRate))
    let minute = Table.Field(rates.map { glyphs.sparkline($0.history, columns: 12) } ?? "", .sparkLow)
    switch list {
    case .interfaces:
      let address = link?.primaryAddress?.text ?? ""
      let port = row.near.flatMap { snapshot.link($0)?.name } ?? (isBridge ? "" : link?.kindWords.last ?? "")
      return [
        stateField(row), name, device, Table.Field(address), bridge, Table.Field(port, row.near == nil ? .dim : .text),
        sent, received, minute,
      ]
    case .busiest:
      let average = traffic.minute(of: row)
      let meter = Table.Field(share: peak > 0 ? average / peak : 0, columns: 24, .sparkLow)
      return [name, device, Table.Field(Units.shortRate(average), .strong), meter, sent, received, bridge, minute]
    case .trouble:
      let since = changes.last { change in change.link.map { row.ends.contains($0) } ?? false }
      return [
        troubleField(row), name, device, bridge,
        Table.Field(since?.at.clock(utcOffset: utcOffset) ?? Say.ListPage.start, .dim),
        Table.Field(snapshot.trouble(of: row)?.text ?? "", .fault),
      ]
    case .events: return []
    }
  }

  private func stateField(_ row: RosterRow) -> Table.Field {
    guard let state = row.state else { return Table.Field("- \(Say.ListPage.none)", .dim) }
    let isIdle = state == .noCarrier && row.near == nil
    switch state {
    case .up: return Table.Field("\(glyphs.up) \(state.word)", .up)
    case .noCarrier: return Table.Field("\(glyphs.noCarrier) \(state.word)", isIdle ? .noCarrier : .fault)
    case .down:
      return Table.Field(
        "\(glyphs.down) \(state.word)", row.namespace == .host && row.near == nil ? .noCarrier : .fault)
    }
  }

  /// The state of a row in trouble: nothing that is wrong says that it is up.
  private func troubleField(_ row: RosterRow) -> Table.Field {
    switch snapshot.trouble(of: row) {
    case .port(let state): Table.Field("\(glyphs.noCarrier) \(state.name)", .fault)
    case .unplugged: Table.Field("\(glyphs.noCarrier) \(Say.ListPage.noBridge)", .fault)
    case .duplicateAddress: Table.Field("\(glyphs.noCarrier) \(Say.ListPage.duplicate)", .fault)
    case .off, .bridgeOff, .farEndOff, .noCarrier, nil: stateField(row)
    }
  }

  private func fields(_ change: Change) -> [Table.Field] {
    let role: Role = change.severity == .fault ? .fault : change.severity == .good ? .up : .text
    let owner =
      change.link == nil
      ? ""
      : change.namespace == .host
        ? Say.ListPage.host
        : snapshot.namespaces[change.namespace]?.name ?? (change.owner.isEmpty ? Say.ListPage.gone : change.owner)
    return [
      Table.Field(change.at.clock(utcOffset: utcOffset), .dim), Table.Field(owner, .strong),
      Table.Field(change.line, role),
    ]
  }
}
