internal import Canvas
internal import Topology

/// What a port says in one cell, the most important first: trouble, newcomer, several networks, traffic.
struct Mark {
  var glyph: Unicode.Scalar
  var role: Role
  var isFault = false
  /// The height of the bar, where it is one.
  var level: Int?
}

extension Painter {
  func mark(of tooth: Pieces.Tooth) -> Mark {
    guard let element = tooth.element else { return Mark(glyph: glyphs.ghost, role: .gone) }
    if tooth.near == nil, tooth.far == nil { return mark(of: element.namespace) }
    switch tooth.state ?? .noCarrier {
    case .down: return Mark(glyph: glyphs.down, role: .fault, isFault: true)
    case .noCarrier: return Mark(glyph: glyphs.noCarrier, role: .fault, isFault: true)
    case .up: break
    }
    if case .namespace(let id) = element, layout.joined.contains(id) {
      return Mark(glyph: glyphs.joined, role: .joined)
    }
    if tooth.isMultiHomed { return Mark(glyph: glyphs.several, role: .multiHomed) }
    guard isMeasured else { return Mark(glyph: glyphs.up, role: .up) }
    let rates = (tooth.near ?? tooth.far).flatMap { self.rates(of: $0) }
    let level = Units.level((rates?.rx ?? 0) + (rates?.tx ?? 0))
    return Mark(glyph: glyphs.bar(level), role: sparkRole(rates), level: level)
  }

  /// A namespace that nothing leads to.
  private func mark(of id: NamespaceID) -> Mark {
    guard let namespace = snapshot.namespaces[id] else { return Mark(glyph: " ", role: .dim) }
    if namespace.permission == .none { return Mark(glyph: "?", role: .warning) }
    if layout.joined.contains(id) { return Mark(glyph: glyphs.joined, role: .joined) }
    return Mark(glyph: glyphs.bar(1), role: .dim)
  }
}

extension Snapshot {
  /// A link's state, without a copy of the link.
  func state(of ref: LinkRef) -> LinkState? {
    guard let namespace = namespaces[ref.namespace], let position = namespace.linkPosition(ref.index) else {
      return nil
    }
    return namespace.links[position].state
  }
}
