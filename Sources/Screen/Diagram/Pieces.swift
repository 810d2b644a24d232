internal import Canvas
internal import Topology

/// What the layout puts in place and the painter draws: rectangles and rows in the diagram's own coordinates.
enum Pieces {
  /// The tall box on the left.
  struct Bus: Sendable {
    var rect: Rect
    /// A bridge or an uplink; nil where pairs end in a namespace without one.
    var link: LinkRef?
    var namespace: NamespaceID
    var isFolded: Bool
    /// What hangs on it: a bridge's rates are the sum of its ports'.
    var ports: [LinkRef]
    var level: Level
    /// Whether nothing hangs on it: then there is room beside it.
    var isBare = false
  }

  /// A namespace's box.
  struct Box: Sendable {
    var rect: Rect
    var level: Level
    var namespace: NamespaceID
    var rows: [Row]
    /// Whether the box above shares its bottom border with this one's title.
    var joinsAbove: Bool
    /// On how many buses it is.
    var networks: Int
  }

  /// An interface in a box.
  struct Row: Sendable {
    var link: LinkRef
    /// The first of its rows.
    var y: Int
    /// The row that its wire arrives at.
    var wireY: Int
    /// How far it is set in: behind the branch from its parent.
    var indent = 0
    /// Whether it says what kind it is: where no wire has that word.
    var hasWords = true
  }

  /// An interface in a row of its own, without a box: its wire ends before its namespace's name.
  struct Line: Sendable {
    var y: Int
    var namespace: NamespaceID
    /// Nil for a namespace without interfaces.
    var link: LinkRef?
    /// Whether it is the namespace's first one in its band: that has the name.
    var isFirst: Bool
    var hasWire: Bool
    /// On how many buses the namespace is.
    var networks: Int
    /// How far it is set in: behind the branch from its parent.
    var indent = 0
    /// Whether it says what kind it is: where no wire has that word.
    var hasWords = true
  }

  /// A port's name on its wire.
  struct Label: Sendable {
    /// Where the wire leads.
    enum End: Sendable {
      /// Straight to a box.
      case box
      /// Up or down a lane, to a box or a label of another band.
      case lane
      /// Nowhere that is drawn: the words behind the name say what is known.
      case note
    }

    var link: LinkRef
    var x: Int
    var y: Int
    var end: End
    /// Whether a card is at the other end, which has room above and below the wire.
    var isOnCard: Bool
    /// Where its words have to end: at a lane that passes, or at the last column.
    var limit = 0
  }

  /// A word on a wire that has no label of its own: what kind of child a box's interface is.
  struct Caption: Sendable {
    var link: LinkRef
    var y: Int
  }

  /// A wire as its corners, from the band to the box.
  struct Wire: Sendable {
    var near: LinkRef?
    var far: LinkRef?
    var corners: [Point]
    var isMultiHomed: Bool
    /// Whether it has its port's name above it, not on it.
    var isOnCard = false
    /// Whether it is the end of one that had no lane.
    var isCut = false
  }

  /// A container that has just gone.
  struct Ghost: Sendable {
    var rect: Rect
    var name: String
  }

  /// The title of a group of bands of another namespace than the host.
  struct Group: Sendable {
    var y: Int
    var namespace: NamespaceID
    /// Where its rule ends.
    var end: Int
  }

  /// A band at the zooms above rows: a title line with the teeth of its combs below it, or with dots.
  struct Rail: Sendable {
    var grid: Grid
    /// The title's row.
    var y: Int
    /// The rows of title and lines.
    var height: Int
    var band: BandKey
    var isFolded: Bool
    /// How many of its teeth are taken.
    var count: Int
    /// Into `Placement.teeth`: sorted by place; holes are left out.
    var teeth: Range<Int>
    /// What hangs on it.
    var ports: [LinkRef]

    var link: LinkRef? {
      if case .bus(let ref) = band { ref } else { nil }
    }
  }

  /// A port at the zooms above rows.
  struct Tooth: Sendable {
    /// Whether it hangs on a comb.
    var hasComb: Bool
    /// Whether name and address stand beside it.
    var isNamed: Bool
    /// Nil where a container has just gone.
    var element: Element?
    /// The port; nil for a child without one (macvlan), and for a namespace without links.
    var near: LinkRef?
    /// The interface in the container; nil where the port leads nowhere that is drawn.
    var far: LinkRef?
    /// Where it stands among the teeth and holes of its band.
    var number: Int
    /// The glyph's place.
    var x: Int
    var y: Int
    var isMultiHomed: Bool
    /// The worse of both ends; nil where there is neither.
    var state: LinkState?
    /// The name of one that has just gone.
    var name: String?
  }
}

/// Everything in its place.
struct Placement: Sendable {
  var height = 0
  /// The host's own row above all bands; empty where there is none.
  var head = Rect(x: 0, y: 0, width: 0, height: 0)
  var buses: [Pieces.Bus] = []
  var boxes: [Pieces.Box] = []
  var lines: [Pieces.Line] = []
  var labels: [Pieces.Label] = []
  var captions: [Pieces.Caption] = []
  var wires: [Pieces.Wire] = []
  var ghosts: [Pieces.Ghost] = []
  var groups: [Pieces.Group] = []
  var rails: [Pieces.Rail] = []
  var teeth: [Pieces.Tooth] = []
  var elements: [Layout.Placed] = []
  /// The element that stands for a link that has none of its own.
  var standIns: [LinkRef: Element] = [:]

  /// Ports whose wire ends in a box of another band, and the interface there.
  var crossings: [LinkRef: LinkRef] = [:]

  func crossing(_ port: LinkRef) -> LinkRef? { crossings.isEmpty ? nil : crossings[port] }

  /// Whether some bands have wires, and some have none; an empty picture has room for wires.
  var hasWires: Bool { rails.isEmpty || !buses.isEmpty || !boxes.isEmpty || !lines.isEmpty }
  var hasRails: Bool { !rails.isEmpty }

  mutating func add(_ element: Element, _ frame: Rect) {
    elements.append(Layout.Placed(element: element, frame: frame))
  }

  /// What is folded away is found at its bus.
  mutating func fold(_ item: Entry, _ plan: Plan, into element: Element) {
    switch item {
    case .stub(let ref):
      standIns[ref] = element
      for child in plan.children[ref] ?? [] { standIns[child] = element }
    case .box(let id):
      for ref in plan.rows(of: id) {
        standIns[ref] = element
        if let near = plan.wire(of: ref)?.near { standIns[near] = element }
      }
    }
  }
}
