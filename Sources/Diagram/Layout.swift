public import Canvas
public import Topology

/// Something on the diagram that can be selected.
public enum Element: Hashable, Sendable {
  /// An interface: a bridge's box, a port's label on its wire, an uplink's box, or a row `eth0` inside a namespace's box.
  case link(LinkRef)
  /// A namespace's box, by its title.
  case namespace(NamespaceID)
}

/// A direction of the arrow keys.
public enum Direction: Sendable, CaseIterable { case up, down, left, right }

/// How much of each container is drawn; `automatic` takes the first that fits.
public enum Zoom: Int, Sendable, CaseIterable { case automatic = 0, card = 1, row = 2, rake = 3, dots = 4 }

/// Which slot every element has: a newcomer takes the lowest free one, a survivor keeps its own.
public struct Slots: Sendable, Equatable {
  public init() {}
  /// Gives slots to newcomers, turns leavers into ghosts, and ghosts older than 5 s into holes.
  public mutating func settle(_ snapshot: Snapshot, at now: Timestamp) {}
  /// When the next ghost ends, if there is one: the caller has to settle again then.
  public var nextDeadline: Timestamp? { nil }
  /// Closes all holes.
  public mutating func compact() {}
}

/// What is laid over the picture, and changes without moving anything.
public struct Decor: Sendable {
  public var selection: Element?
  /// The container marked as the source of a ping.
  public var source: Element?
  /// Where a search is under way: what matches; everything else is dimmed.
  public var matches: Set<Element>?
  /// The path of a ping, as links in the order of the hops, and how far it is lit.
  public var trail: Trail?
  public var traffic: Traffic
  public init(
    selection: Element? = nil, source: Element? = nil, matches: Set<Element>? = nil, trail: Trail? = nil,
    traffic: Traffic = Traffic()
  ) {
    self.selection = selection
    self.source = source
    self.matches = matches
    self.trail = trail
    self.traffic = traffic
  }
}

/// The lit path of a ping.
public struct Trail: Sendable, Equatable {
  /// The links in order: eth0, veth, docker0, veth, eth0.
  public var hops: [LinkRef]
  /// Where the head is, from 0 (at the source) to 1 (at the destination); nil when nothing runs.
  public var head: Double?
  /// Whether the head runs back with the reply.
  public var isReply: Bool
  /// The hop at which the echo was seen last, where one was lost: the path is lit up to here and ends in ✕.
  public var stop: Int?
  public init(hops: [LinkRef], head: Double? = nil, isReply: Bool = false, stop: Int? = nil) {
    self.hops = hops
    self.head = head
    self.isReply = isReply
    self.stop = stop
  }
}

/// The placed diagram: a pure function of snapshot, slots, zoom, folds and size.
public struct Layout: Sendable {
  /// One element and the cells that it takes, in the diagram's own coordinates.
  public struct Placed: Sendable, Hashable {
    public var element: Element
    public var frame: Rect
  }
  /// The zoom that was taken (never `automatic`).
  public let zoom: Zoom
  /// The whole diagram; it may be higher than the viewport.
  public let size: Size
  /// In reading order: bridge, then its ports and their containers, from top to bottom.
  public let elements: [Placed]

  public init(_ snapshot: Snapshot, slots: Slots, zoom: Zoom, folded: Set<LinkRef>, viewport: Size, glyphs: GlyphSet) {
    self.zoom = zoom
    self.size = viewport
    self.elements = []
  }
  public func frame(of element: Element) -> Rect? { elements.first { $0.element == element }?.frame }
  public func element(at point: Point) -> Element? { nil }
  /// The nearest element in that direction; nil at the border.
  public func next(from element: Element, toward direction: Direction) -> Element? { nil }
  /// The element that stands for this link here: its own, or its namespace's where the row itself can't be selected.
  public func element(for link: LinkRef) -> Element? { nil }
  /// Draws the rows from `scroll` on into `rect`.
  public func paint(into canvas: inout Canvas, rect: Rect, scroll: Int, snapshot: Snapshot, decor: Decor) {}
}
