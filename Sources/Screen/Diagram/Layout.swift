public import Canvas
public import Topology

/// How much of each band a layout drew: what the next one is to keep to.
public struct Density: Hashable, Sendable {
  var levels: [BandKey: Level] = [:]
  var air = Air()
  var gauge: Gauge?
}

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

  /// How much of each band is drawn.
  public let density: Density
  /// The zoom of the band that shows least.
  public let zoom: Zoom
  /// Whether some ports are teeth, cells or dots, of which not everything is said.
  public var hasRails: Bool { placement.hasRails }
  /// The whole diagram; it may be higher than the screen.
  public let size: Size
  /// In reading order: a bus, then its ports and their containers, from top to bottom.
  public let elements: [Placed]

  /// The columns of the bands with wires.
  let metrics: Metrics
  let placement: Placement
  let joined: Set<NamespaceID>
  private let positions: [Element: Int]

  /// Lays the diagram out. Complexity: O(n log n) in the snapshot's links.
  ///
  /// Without a `zoom` each band is drawn at the level at which the whole fits into `viewport` and gives up least, but none
  /// beyond `coarsest`; a picture that loses nothing but blank rows by it leaves `reserve` rows free. Given the density of
  /// the layout `previous` to this one, more is shown only where it fits with some rows to spare: a container that comes
  /// and goes does not make the picture flicker. Elements of `folded` buses are left out, and what the `arrangement` hides.
  /// Where there are no rates to be drawn, there are no cards.
  public init(
    _ snapshot: Snapshot, slots: Slots, zoom: Zoom? = nil, folded: Set<LinkRef> = [], viewport: Size, reserve: Int = 0,
    after previous: Density? = nil, coarsest: Zoom = .dots, hasRates: Bool = true,
    arrangement: Arrangement = Arrangement()
  ) {
    var wish = Fit.Wish(zoom: zoom, coarsest: coarsest, viewport: viewport, reserve: reserve)
    wish.hasRates = hasRates
    self.init(snapshot, Plan(snapshot, arrangement), slots: slots, wish, folded: folded, after: previous)
  }

  /// Settles the slots and lays the diagram out, in less time than the two one after the other.
  public init(
    _ snapshot: Snapshot, settling slots: inout Slots, at now: Timestamp, zoom: Zoom? = nil,
    folded: Set<LinkRef> = [], viewport: Size, reserve: Int = 0, after previous: Density? = nil,
    coarsest: Zoom = .dots, arrangement: Arrangement = Arrangement()
  ) {
    let plan = Plan(snapshot, arrangement)
    slots.settle(plan, snapshot, at: now)
    self.init(
      snapshot, plan, slots: slots,
      Fit.Wish(zoom: zoom, coarsest: coarsest, viewport: viewport, reserve: reserve), folded: folded, after: previous)
  }

  private init(
    _ snapshot: Snapshot, _ plan: Plan, slots: Slots, _ wish: Fit.Wish, folded: Set<LinkRef>,
    after previous: Density?
  ) {
    let sizes = Layout.sizes(plan, slots, folded: folded)
    var wish = wish
    wish.hasGuests = snapshot.namespaces[.host]?.containers.isEmpty == false
    // Names are not measured where there are far too many of them for the screen.
    let area = wish.viewport.width * wish.viewport.height
    let small = zip(plan.bands, sizes).filter { $1.teeth * 8 <= area }.map(\.0)
    let isMeasured = !small.isEmpty
    var measured =
      isMeasured ? Gauge(plan, snapshot, in: small.count == plan.bands.count ? nil : Set(small)) : nil
    if let gauge = previous?.gauge { measured?.grow(to: gauge) }
    let fit = Fit(sizes, of: plan.bands, wish, measured, after: previous)
    // A zoom that was asked for may need them all the same.
    let isWanting = zip(fit.levels, sizes).contains { $0.isWired && $1.teeth * 8 > area }
    let gauge = isWanting ? Gauge(plan, snapshot) : measured ?? Gauge()
    let placer = Placer(
      plan, slots, folded: folded, width: wish.viewport.width, fit, gauge: gauge, hasGuests: wish.hasGuests)
    density = Density(
      levels: Dictionary(zip(plan.bands, fit.levels), uniquingKeysWith: { first, _ in first }), air: fit.air,
      gauge: isMeasured ? gauge : nil)
    zoom = fit.levels.map(\.zoom).max { $0.rawValue < $1.rawValue } ?? wish.zoom ?? .card
    metrics = placer.metrics
    var placement = placer.placement
    size = Size(width: wish.viewport.width, height: placement.height)
    elements = Layout.inReadingOrder(placement.elements)
    placement.elements = []
    self.placement = placement
    joined = Set(slots.joined.keys)
    var positions: [Element: Int] = [:]
    positions.reserveCapacity(elements.count)
    for (index, placed) in elements.enumerated() { positions[placed.element] = index }
    self.positions = positions
  }

  static func sizes(_ plan: Plan, _ slots: Slots, folded: Set<LinkRef>) -> [BandSize] {
    var last = NamespaceID.host
    return plan.bands.map { band in
      var size = BandSize(slots.bands[band] ?? [])
      if let ref = band.bus {
        size.isBridge = plan.isBridge(ref)
        size.isFolded = folded.contains(ref)
      }
      size.isBus = band.isBus
      size.isLonely = band == .lonely
      size.extra = Placer.group(of: band, after: last) == nil ? 0 : 1
      last = band.owner ?? last
      return size
    }
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
    if hit != nil { return hit }
    // Between the teeth of a comb, and on the comb above them, it is the one that is near.
    return placement.teeth.first { tooth in
      tooth.hasComb && (tooth.y - 1...tooth.y).contains(point.y) && (tooth.x - 1...tooth.x).contains(point.x)
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
