public import Canvas
public import Topology

/// The placed diagram: a pure function of snapshot, slots, zoom, folds and width.
public struct Layout: Sendable {
  /// One element and the cells that it takes, in the diagram's own coordinates.
  public struct Placed: Sendable, Hashable {
    public var element: Element
    public var frame: Rect

    public init(element: Element, frame: Rect) {
      self.element = element
      self.frame = frame
    }
  }

  /// The zoom that was taken.
  public let zoom: Zoom
  /// The whole diagram; it may be higher than the screen.
  public let size: Size
  /// In reading order: a bus, then its ports and their containers, from top to bottom.
  public let elements: [Placed]

  let metrics: Metrics
  let buses: [Pieces.Bus]
  let boxes: [Pieces.Box]
  let labels: [Pieces.Label]
  let wires: [Pieces.Wire]
  let ghosts: [Pieces.Ghost]
  let groups: [Pieces.Group]
  let joined: Set<NamespaceID>
  private let positions: [Element: Int]
  private let standIns: [LinkRef: Element]

  /// Lays the diagram out.
  ///
  /// Without a `zoom` it is cards where they fit into `viewport`, else rows. Elements of `folded` buses are left out.
  public init(
    _ snapshot: Snapshot, slots: Slots, zoom: Zoom? = nil, folded: Set<LinkRef> = [], viewport: Size
  ) {
    let plan = Plan(snapshot)
    var placer = Placer(snapshot, plan, slots, folded: folded, width: viewport.width, zoom: zoom ?? .card, gap: 2)
    if zoom == nil, viewport.width < 72 || placer.height > viewport.height {
      placer = Placer(snapshot, plan, slots, folded: folded, width: viewport.width, zoom: .card, gap: 1)
      if viewport.width < 72 || placer.height > viewport.height {
        placer = Placer(snapshot, plan, slots, folded: folded, width: viewport.width, zoom: .row, gap: 0)
      }
    }
    self.zoom = placer.metrics.zoom
    size = Size(width: viewport.width, height: placer.height)
    metrics = placer.metrics
    buses = placer.buses
    boxes = placer.boxes
    labels = placer.labels
    wires = placer.wires
    ghosts = placer.ghosts
    groups = placer.groups
    elements = placer.elements
    joined = Set(slots.joined.keys)
    var positions: [Element: Int] = [:]
    for (index, placed) in elements.enumerated() { positions[placed.element] = index }
    self.positions = positions
    standIns = placer.standIns
  }

  /// The cells of an element; nil where it is not drawn.
  public func frame(of element: Element) -> Rect? { positions[element].map { elements[$0].frame } }

  /// Where an element stands in `elements`.
  public func position(of element: Element) -> Int? { positions[element] }

  /// What is drawn at a place; of nested frames the smallest.
  public func element(at point: Point) -> Element? {
    elements.filter { $0.frame.contains(point) }
      .min { $0.frame.size.width * $0.frame.size.height < $1.frame.size.width * $1.frame.size.height }?.element
  }

  /// The element that stands for a link: its own, or its namespace's box, or the bus that it is folded into.
  public func element(for link: LinkRef) -> Element? {
    positions[.link(link)] != nil ? .link(link) : standIns[link]
  }
}
