internal import Topology

/// A horizontal band of the diagram.
enum BandKey: Hashable {
  /// A bridge, or an uplink that others hang on: drawn as a bus.
  case bus(LinkRef)
  /// Pairs that end in that namespace without a bridge.
  case direct(NamespaceID)
  /// Namespaces that nothing leads to.
  case lonely

  var isBus: Bool {
    if case .bus = self { true } else { false }
  }

  /// The namespace that the band's bus is in.
  var owner: NamespaceID? {
    switch self {
    case .bus(let ref): ref.namespace
    case .direct(let id): id
    case .lonely: nil
    }
  }
}

/// Something that has a slot in a band.
enum Entry: Hashable {
  /// A namespace's box.
  case box(NamespaceID)
  /// A port whose other end is drawn elsewhere, or not at all: a label on a short wire.
  case stub(LinkRef)
}

/// How much room an entry takes at each zoom: what its hole keeps open after it has gone.
struct Shape: Hashable {
  var isStub: Bool
  /// Rows of interfaces: a box's, or a label with what hangs on it. 0 is a box without any.
  var rows: Int
  /// Teeth of a comb.
  var teeth: Int
  /// Rows where each interface has one: those whose wires lead to other bands stand there.
  var lines: Int
}
