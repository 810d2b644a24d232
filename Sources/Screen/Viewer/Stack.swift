/// What has been opened over the diagram, the last at the end.
struct Stack: Sendable {
  private(set) var layers: [any Layer] = []

  /// The topmost layer; nil: nothing is open.
  var top: (any Layer)? { layers.last }

  /// Those that may take what is typed, the topmost first: a page hides what is below it.
  var typed: [any Layer] {
    let first = layers.lastIndex { $0 is any Page } ?? layers.startIndex
    return layers[first...].reversed()
  }

  /// The layer of a kind; setting nil takes it away, setting another value leaves it at its place.
  subscript<L: Layer>(_ kind: L.Type) -> L? {
    get { layers.last { $0 is L } as? L }
    set {
      guard let place = layers.lastIndex(where: { $0 is L }) else {
        if let newValue { layers.append(newValue) }
        return
      }
      if let newValue { layers[place] = newValue } else { layers.remove(at: place) }
    }
  }

  /// Puts a layer on top, in place of the one that it is.
  mutating func push(_ layer: any Layer) {
    layers.removeAll { layer.isSame(as: $0) }
    layers.append(layer)
  }

  /// Puts a layer below the one of a kind.
  mutating func insert<L: Layer>(_ layer: any Layer, below kind: L.Type) {
    guard let place = layers.lastIndex(where: { $0 is L }) else { return }
    layers.insert(layer, at: place)
  }

  /// Takes the topmost layer away.
  mutating func pop() -> (any Layer)? { layers.popLast() }

  /// Replaces the layer that this one is, at its place.
  mutating func replace(_ layer: any Layer) {
    if let place = layers.firstIndex(where: { layer.isSame(as: $0) }) { layers[place] = layer }
  }

  /// Takes layers away and returns them, the topmost first.
  mutating func remove(where isWanted: (any Layer) -> Bool) -> [any Layer] {
    let gone = layers.reversed().filter(isWanted)
    layers.removeAll(where: isWanted)
    return gone
  }

  /// The page that hides the diagram; nil: none does.
  var page: (any Page)? {
    for layer in layers.reversed() {
      if layer.showsDiagram { return nil }
      if let page = layer as? any Page { return page }
    }
    return nil
  }

  /// Whether a layer above that of a kind has to be seen where it is.
  func covers<L: Layer>(_ kind: L.Type) -> Bool {
    guard let place = layers.lastIndex(where: { $0 is L }) else { return false }
    return layers[(place + 1)...].contains { $0.wantsBody }
  }

  /// Whether the layer of a kind belongs to what is seen now: no page was opened after it.
  func isCurrent<L: Layer>(_ kind: L.Type) -> Bool {
    guard let place = layers.lastIndex(where: { $0 is L }) else { return false }
    return !layers[(place + 1)...].contains { $0 is any Page }
  }
}
