public import Canvas
public import Topology

/// The placed diagram: a pure function of snapshot, slots, zoom, folds and viewport.
public struct Layout: Sendable {
  /// One element and the cells that it takes, in the diagram's own coordinates.
  public struct Placed: Sendable, Hashable {
    /// What is placed.
    public var element: Element
    /// The cells that it takes, counted from the top left of the diagram.
    public var frame: Rect

    /// Makes a placed element.
    public init(element: Element, frame: Rect) {
      self.element = element
      self.frame = frame
    }
  }

  /// The scale that was taken.
  public let scale: Scale
  /// The whole diagram; it may be higher than the screen.
  public let size: Size
  /// In reading order: a bus, then its ports and their containers, from top to bottom.
  public let elements: [Placed]

  /// The columns of cards and rows.
  let metrics: Metrics
  /// The columns of a rake, or of dots.
  let grid: Grid
  let placement: Placement
  let joined: Set<NamespaceID>
  private let positions: [Element: Int]

  /// The zoom that was taken.
  public var zoom: Zoom { scale.zoom }

  /// Lays the diagram out. Complexity: O(n log n) in the snapshot's links.
  ///
  /// Without a `zoom` it is the finest one that fits into `viewport`: cards, rows, a rake, dots, but none beyond
  /// `coarsest`. Within a zoom things stand as far apart as fits. Given the scale of the layout `previous` to this one,
  /// a finer one is taken only where it fits with some rows to spare: a container that comes and goes does not make
  /// the picture flicker. Elements of `folded` buses are left out, and what the `arrangement` hides.
  public init(
    _ snapshot: Snapshot, slots: Slots, zoom: Zoom? = nil, folded: Set<LinkRef> = [], viewport: Size,
    after previous: Scale? = nil, coarsest: Zoom = .dots, arrangement: Arrangement = Arrangement()
  ) {
    self.init(
      Plan(snapshot, arrangement), slots: slots, zoom: zoom, folded: folded, viewport: viewport, after: previous,
      coarsest: coarsest)
  }

  /// Settles the slots and lays the diagram out, in less time than the two one after the other.
  public init(
    _ snapshot: Snapshot, settling slots: inout Slots, at now: Timestamp, zoom: Zoom? = nil,
    folded: Set<LinkRef> = [], viewport: Size, after previous: Scale? = nil, coarsest: Zoom = .dots,
    arrangement: Arrangement = Arrangement()
  ) {
    let plan = Plan(snapshot, arrangement)
    slots.settle(plan, snapshot, at: now)
    self.init(plan, slots: slots, zoom: zoom, folded: folded, viewport: viewport, after: previous, coarsest: coarsest)
  }

  private init(
    _ plan: Plan, slots: Slots, zoom: Zoom?, folded: Set<LinkRef>, viewport: Size, after previous: Scale?,
    coarsest: Zoom
  ) {
    let candidates = Scale.candidates(zoom: zoom, columns: viewport.width, coarsest: coarsest)
    var taken: (scale: Scale, placement: Placement, metrics: Metrics?)?
    for scale in candidates {
      let isLast = scale == candidates[candidates.count - 1]
      let limit = { height in isLast || scale.allows(height: height, in: viewport, after: previous) }
      if scale.zoom == .card || scale.zoom == .row {
        guard
          let placer = Placer(plan, slots, folded: folded, width: viewport.width, scale: scale, limit: limit)
        else { continue }
        taken = (scale, placer.placement, placer.metrics)
      } else {
        let grid = Grid(scale: scale, width: viewport.width)
        guard let placer = RakePlacer(plan, slots, folded: folded, grid: grid, limit: limit) else { continue }
        taken = (scale, placer.placement, nil)
      }
      break
    }
    scale = taken?.scale ?? candidates[candidates.count - 1]
    var placement = taken?.placement ?? Placement()
    metrics = taken?.metrics ?? Metrics(scale: scale, width: viewport.width, lanes: 0)
    grid = Grid(scale: scale, width: viewport.width)
    size = Size(width: viewport.width, height: placement.height)
    elements = Layout.inReadingOrder(placement.elements)
    placement.elements = []
    self.placement = placement
    joined = Set(slots.joined.keys)
    var positions: [Element: Int] = [:]
    positions.reserveCapacity(elements.count)
    for (index, placed) in elements.enumerated() { positions[placed.element] = index }
    self.positions = positions
  }

  /// Sorts by rows, then by columns; teeth come sorted.
  private static func inReadingOrder(_ elements: [Placed]) -> [Placed] {
    func isBefore(_ a: Placed, _ b: Placed) -> Bool {
      a.frame.minY != b.frame.minY ? a.frame.minY < b.frame.minY : a.frame.minX < b.frame.minX
    }
    let isSorted = zip(elements, elements.dropFirst()).allSatisfy { !isBefore($1, $0) }
    return isSorted ? elements : elements.sorted(by: isBefore)
  }

  /// The cells of an element; nil where it is not drawn.
  public func frame(of element: Element) -> Rect? { positions[element].map { elements[$0].frame } }

  /// Whether a namespace has come only a few seconds ago.
  public func isNew(_ namespace: NamespaceID) -> Bool { joined.contains(namespace) }

  /// Where an element stands in `elements`; nil where it is not drawn.
  public func position(of element: Element) -> Int? { positions[element] }

  /// What is drawn at a place; of nested frames the smallest. Between the teeth of a rake it is the one that is near.
  public func element(at point: Point) -> Element? {
    let hit = elements.filter { $0.frame.contains(point) }
      .min { $0.frame.size.width * $0.frame.size.height < $1.frame.size.width * $1.frame.size.height }?.element
    if hit != nil || zoom != .rake { return hit }
    return placement.teeth.first { tooth in
      (tooth.y - 1...tooth.y).contains(point.y)
        && (tooth.x - 1...tooth.x + scale.spacing - 2).contains(point.x)
    }?.element
  }

  /// The element that stands for a link: its own, or its namespace's box, or the bus that it is folded into.
  public func element(for link: LinkRef) -> Element? {
    if positions[.link(link)] != nil { return .link(link) }
    guard let standIn = placement.standIns[link] else { return nil }
    if positions[standIn] != nil { return standIn }
    // The row of a container whose port is folded away stands for that port, and that one for the bus.
    if case .link(let port) = standIn, port != link { return placement.standIns[port] }
    return standIn
  }

  /// The links that have no element of their own, by the element that stands for them: what a search for a port's name
  /// finds on a rake. Complexity: O(n) in them.
  public var linksByElement: [Element: [LinkRef]] {
    var links: [Element: [LinkRef]] = [:]
    for link in placement.standIns.keys.sorted() {
      if let element = element(for: link), element != .link(link) { links[element, default: []].append(link) }
    }
    return links
  }

  /// The element that stands for another one at this zoom: itself, or what its links are drawn as.
  public func element(for element: Element, in snapshot: Snapshot) -> Element? {
    if positions[element] != nil { return element }
    switch element {
    case .link(let link): return self.element(for: link)
    case .namespace(let id):
      for link in snapshot.namespaces[id]?.links ?? [] {
        if let found = self.element(for: link.id) { return found }
      }
      return nil
    }
  }
}
