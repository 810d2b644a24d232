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
  }

  /// A namespace's box.
  struct Box: Sendable {
    var rect: Rect
    var namespace: NamespaceID
    var rows: [Row]
    /// Whether the box above shares its bottom border with this one's title.
    var joinsAbove: Bool
  }

  /// An interface in a box.
  struct Row: Sendable {
    var link: LinkRef
    /// The first of its rows.
    var y: Int
    /// The row that its wire arrives at.
    var wireY: Int
  }

  /// A port's name on its wire.
  struct Label: Sendable {
    var link: LinkRef
    var x: Int
    var y: Int
    /// What is written behind it, where its wire leads nowhere.
    var note: String?
    var isMultiHomed: Bool
  }

  /// A wire as its corners, from the band to the box.
  struct Wire: Sendable {
    var near: LinkRef?
    var far: LinkRef?
    var corners: [Point]
    var isMultiHomed: Bool
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
  }
}
