public import Canvas
internal import Labels
public import Topology

/// A few neighbours on a bus, with the words that a rake or dots have no room for.
public struct Lens: Sendable, Hashable {
  /// One port.
  public struct Row: Sendable, Hashable {
    /// The element that the row stands for.
    public var element: Element
    /// The container's name, or the port's where it leads to none.
    public var name: String
    /// The container's address without its prefix; empty where it has none.
    public var address: String
    /// The worse of both ends.
    public var state: LinkState
    /// 1 to 8, as `Units.level`.
    public var level: Int
    /// Whether the container is on more than one bus.
    public var isMultiHomed: Bool
  }

  /// The bus: `docker0`.
  public var bus: String
  /// Whether the bus is a bridge; its line is heavy then.
  public var isBridge: Bool
  /// The rows' places among all that hang on the bus, from 1.
  public var range: ClosedRange<Int>
  /// How many hang on the bus.
  public var count: Int
  /// The ports that are shown, in the order in which they hang on the bus.
  public var rows: [Row]
  /// The element that it was asked for; nil where that is the bus itself.
  public var selected: Element?
}

extension Layout {
  /// The ports around an element, so many in all; nil where the zoom names everything itself, or where nothing hangs
  /// on the element's bus. For a bus it is its first ports.
  public func lens(
    around element: Element, count: Int = 5, snapshot: Snapshot, traffic: Traffic = Traffic()
  ) -> Lens? {
    guard hasRails, count > 0 else { return nil }
    let teeth = placement.teeth
    let place = teeth.firstIndex { $0.element == element }
    let found = placement.rails.first { rail in
      if let place { return rail.teeth.contains(place) }
      return rail.link.map { .link($0) == element } ?? false
    }
    guard let rail = found else { return nil }
    let taken = teeth[rail.teeth].filter { $0.element != nil }
    guard !taken.isEmpty else { return nil }
    let here = taken.firstIndex { $0.element == element } ?? 0
    let first = max(0, min(here - count / 2, taken.count - count))
    let range = first..<min(taken.count, first + count)
    let painter = Painter(
      layout: self, snapshot: snapshot, decor: Decor(traffic: traffic), glyphs: .unicode, scroll: 0,
      visible: Rect(x: 0, y: 0, width: 0, height: 0))
    let rows = taken[range].map { tooth in painter.row(of: tooth) }
    let link = rail.link.flatMap { snapshot.link($0) }
    let owner = rail.band.owner.flatMap { snapshot.namespaces[$0]?.name } ?? ""
    return Lens(
      bus: link?.title ?? owner, isBridge: link?.isBridge ?? false, range: first + 1...range.upperBound,
      count: taken.count, rows: rows, selected: place == nil ? nil : element)
  }
}

extension Painter {
  fileprivate func row(of tooth: Pieces.Tooth) -> Lens.Row {
    let ends = [tooth.near, tooth.far].compactMap { link($0) }
    let rates = (tooth.near ?? tooth.far).flatMap { self.rates(of: $0) }
    let address = (ends.last?.primaryAddress ?? ends.first?.primaryAddress)?.local.description ?? ""
    return Lens.Row(
      element: tooth.element ?? .namespace(.host), name: name(of: tooth), address: address,
      state: tooth.state ?? .noCarrier,
      level: Units.level((rates?.rx ?? 0) + (rates?.tx ?? 0)), isMultiHomed: tooth.isMultiHomed)
  }
}

extension Lens {
  /// Draws the lens: a heading and a row a port. Returns the rows that it took.
  @discardableResult
  public func paint(into canvas: inout CellCanvas, rect: Rect, glyphs: GlyphSet) -> Int {
    guard rect.size.width >= 16, rect.size.height >= 2 else { return 0 }
    let heading = Say.Drawn.lens(range.lowerBound, range.upperBound, of: count, on: bus)
    canvas.put(
      fitted(heading, columns: rect.size.width, ellipsis: glyphs.ellipsis), x: rect.minX, y: rect.minY, role: .dim)
    let shown = rows.prefix(rect.size.height - 1)
    var lines = LineLayer()
    let weight = isBridge ? Weight.heavy : .light
    for (number, row) in shown.enumerated() {
      let y = rect.minY + 1 + number
      let isSelected = row.element == selected
      lines.add(
        Arms(
          north: number > 0 ? weight : .none, east: .light, south: number < shown.count - 1 ? weight : .none,
          isRound: true),
        x: rect.minX + 1, y: y, role: isSelected ? .selection : isBridge ? .bridge : .uplink)
      for x in 2...4 {
        let arms = Arms(east: x < 4 ? .light : .none, west: .light)
        lines.add(arms, x: rect.minX + x, y: y, role: isSelected ? .selection : .wire)
      }
    }
    lines.draw(
      on: &canvas, dx: 0, dy: 0, clip: Rect(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height),
      glyphs: glyphs)
    for (number, row) in shown.enumerated() {
      paint(row, into: &canvas, x: rect.minX + 3, end: rect.maxX, y: rect.minY + 1 + number, glyphs)
    }
    return shown.count + 1
  }

  private func paint(_ row: Row, into canvas: inout CellCanvas, x: Int, end: Int, y: Int, _ glyphs: GlyphSet) {
    let glyph = row.state == .up ? glyphs.up : row.state == .down ? glyphs.down : glyphs.noCarrier
    canvas.place(Cell(glyph, role: row.state == .up ? .up : .fault), x: x, y: y)
    let room = end - x - 5
    let address = room >= 12 + displayWidth(row.address) ? row.address : ""
    let name = fitted(
      row.name, columns: room - (address.isEmpty ? 0 : displayWidth(address) + 2), ellipsis: glyphs.ellipsis)
    let role: Role = row.element == selected ? .selected : row.state == .up ? .text : .fault
    canvas.put(name, x: x + 2, y: y, role: role)
    canvas.put(address, endingAt: end - 3, y: y, role: .dim)
    let (last, lastRole): (Unicode.Scalar, Role) =
      row.isMultiHomed ? (glyphs.several, .multiHomed) : (glyphs.bar(row.level), row.level > 1 ? .sparkLow : .dim)
    canvas.place(Cell(row.state == .up ? last : " ", role: lastRole), x: end - 1, y: y)
  }
}
