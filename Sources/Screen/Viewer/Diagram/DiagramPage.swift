internal import Canvas
internal import Diagram
internal import Keys
internal import Topology

/// The diagram: where everybody stands, and what of it is on the screen.
struct DiagramPage: Sendable {
  /// Where everybody stands on the whole diagram.
  var slots = Slots()
  /// The slots of a filtered or sorted diagram; `slots` go on being those of the whole one.
  var arrangedSlots: Slots?
  /// The diagram as it is placed now.
  var layout: Layout
  /// The buses whose ports and containers are left out.
  var folded: Set<LinkRef> = []
  /// The first row that is on the screen.
  var scroll = 0
  /// The column that walking up and down keeps to.
  var walkColumn: Int?
  /// When the wheel changed the zoom: what is left of its turn is not to scroll what came of it.
  var wheelZoomedAt: Timestamp?

  init(viewport: Size) { layout = Layout(Snapshot(), slots: slots, viewport: viewport) }

  /// When a gap closes by itself; nil: none is open.
  var nextDeadline: Timestamp? { [slots.nextDeadline, arrangedSlots?.nextDeadline].compactMap(\.self).min() }

  /// A turn of the wheel goes on for so many milliseconds.
  private static let wheelMilliseconds: Int64 = 300
}

extension DiagramPage: Page {
  var context: Context? { .walk }

  func elements(in state: State) -> [Element] { layout.elements.map(\.element) }
  func shows(_ element: Element, in state: State) -> Bool { layout.frame(of: element) != nil }
  func substitute(for element: Element, in state: State) -> Element? {
    layout.element(for: element, in: state.snapshot)
  }

  /// The rows that the diagram scrolls in: where not everything is said of a port, the last one is for what is selected.
  func region(_ screen: Screen) -> Rect {
    var rect = screen.body
    if layout.hasRails, layout.size.height > rect.size.height - 1, rect.size.height > 3 { rect.size.height -= 1 }
    return rect
  }

  /// With a row to spare where there is room.
  func reveal(in state: inout State) {
    let height = region(state.screen).size.height
    var first = scroll
    if let selection = state.selection, let frame = layout.frame(of: selection) {
      state.selectionPosition = layout.position(of: selection) ?? 0
      if frame.minY - 1 < first { first = frame.minY - 1 }
      if frame.maxY + 1 > first + height { first = min(frame.minY - 1, frame.maxY + 1 - height) }
    }
    state.diagram.scroll = max(0, min(first, layout.size.height - height))
  }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    switch command {
    case .zoomIn, .zoomOut: state.stepZoom(command == .zoomIn ? -1 : 1)
    default: return nil
    }
    return []
  }

  func walk(_ direction: Direction, in state: inout State) {
    guard let selection = state.selection, let here = layout.frame(of: selection) else {
      return state.select(layout.elements.first?.element)
    }
    // Past the title of a bus, which begins at the left, walking goes on in the column that it came from.
    let isVertical = direction == .up || direction == .down
    let column = isVertical ? walkColumn ?? here.minX : nil
    state.select(layout.next(from: selection, toward: direction, column: column))
    state.diagram.walkColumn = column
  }

  func turn(_ screens: Int, in state: inout State) {
    guard let selection = state.selection, let here = layout.frame(of: selection) else { return }
    let target = here.minY + screens * state.screenful
    let column = layout.elements.filter { $0.frame.minX == here.minX }
    state.select(column.min { abs($0.frame.minY - target) < abs($1.frame.minY - target) }?.element)
  }

  func jump(toEnd: Bool, in state: inout State) {
    state.select((toEnd ? layout.elements.last : layout.elements.first)?.element)
  }

  /// A rake has no rows to scroll by: there it goes closer, to what it is over, or away.
  func wheel(_ rows: Int, at point: Point, in state: inout State) {
    if let since = wheelZoomedAt, state.now.seconds(since: since) * 1000 < Double(Self.wheelMilliseconds) { return }
    state.diagram.wheelZoomedAt = nil
    let isWidest = layout.zoom == Zoom.allCases.last
    if layout.hasRails, layout.zoom == .rake || (isWidest && rows < 0) {
      state.select(element(at: point, region(state.screen)) ?? state.selection)
      state.stepZoom(rows < 0 ? -1 : 1)
      state.diagram.wheelZoomedAt = state.now
    } else {
      state.diagram.scroll = max(0, min(scroll + rows, layout.size.height - region(state.screen).size.height))
    }
  }

  func choose(_ point: Point, in state: inout State) -> Bool {
    guard let element = element(at: point, region(state.screen)) else { return false }
    state.select(element)
    return true
  }

  private func element(at point: Point, _ region: Rect) -> Element? {
    guard region.contains(point) else { return nil }
    return layout.element(at: Point(x: point.x - region.minX, y: point.y - region.minY + scroll))
  }

  func cursor(_ screen: Screen, in state: State) -> Point? {
    guard let selection = state.selection, let frame = layout.frame(of: selection) else { return nil }
    let point = Point(x: screen.body.minX + frame.minX, y: screen.body.minY + frame.minY - scroll)
    return region(screen).contains(point) ? point : nil
  }
}
