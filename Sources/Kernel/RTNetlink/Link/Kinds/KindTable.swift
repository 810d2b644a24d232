internal import Netlink

/// The rows of one kind, found by attribute type. No two rows of a table have the same type.
struct KindTable: Sendable, ExpressibleByArrayLiteral {
  let fields: [KindField]
  /// For each type its place in `fields`; -1 for one without a row.
  private let places: [Int]
  /// A fact that is told in the place of another one: with a key of this side, that of the other is not told.
  private let replacing: [String: String]
  /// A fact that is told only with a mark, and the mark itself not at all.
  private let marks: [String: String]
  /// Keys before whose dot stands the name of an object that they are gathered in; an object is told only with this one
  /// of its keys.
  private let gathered: [String: String]

  init(
    _ fields: [KindField], replacing: [String: String] = [:], marks: [String: String] = [:],
    gathered: [String: String] = [:]
  ) {
    self.fields = fields
    self.replacing = replacing
    self.marks = marks
    self.gathered = gathered
    var places = [Int](repeating: -1, count: 1 + Int(fields.map(\.type).max() ?? 0))
    for (place, field) in fields.enumerated() { places[Int(field.type)] = place }
    self.places = places
  }

  init(arrayLiteral fields: KindField...) { self.init(fields) }

  /// Reads one attribute and adds its fact; one without a row is passed over.
  func decode(_ type: UInt16, _ payload: RawSpan, into facts: inout [KindFact]) throws(DecodeError) {
    guard Int(type) < places.count, places[Int(type)] >= 0 else { return }
    // Lent, not copied: a format may hold names.
    let fields = fields.span
    try fields[places[Int(type)]].read(payload, into: &facts)
  }

  /// Reads the attributes of `data`, and passes over those without a row and those too short for their format. Throws
  /// where a length can't be; the caller says where `data` is from.
  func decode(_ data: RawSpan) throws(DecodeError) -> [KindFact] {
    var facts: [KindFact] = []
    // An attribute takes eight bytes or more, but for those without a payload.
    facts.reserveCapacity(min(data.byteCount / 8, fields.count))
    // The row that is being read: what an error comes from. Said here, not caught there: that took 4 % of all decoding.
    var current: Int?
    do {
      try forEachAttribute(in: data) { type, payload throws(DecodeError) in
        guard Int(type) < places.count, places[Int(type)] >= 0 else { return }
        let fields = fields.span
        let place = places[Int(type)]
        current = place
        try fields[place].read(payload, into: &facts)
        current = nil
      }
    } catch { throw current.map { error.within(fields[$0].name) } ?? error }
    if !replacing.isEmpty || !marks.isEmpty { choose(&facts) }
    if !gathered.isEmpty { gather(&facts) }
    return facts
  }

  /// Takes away what another fact stands for, and what lacks its mark.
  private func choose(_ facts: inout [KindFact]) {
    let keys = Set(facts.map(\.key))
    let replaced = Set(replacing.filter { keys.contains($0.key) }.values)
    let unmarked = Set(marks.filter { !keys.contains($0.value) }.keys)
    let hidden = Set(marks.values)
    facts.removeAll { replaced.contains($0.key) || unmarked.contains($0.key) || hidden.contains($0.key) }
  }

  private func gather(_ facts: inout [KindFact]) {
    for (name, first) in gathered {
      let prefix = name + "."
      let inner = facts.filter { $0.key.hasPrefix(prefix) }
      facts.removeAll { $0.key.hasPrefix(prefix) }
      guard inner.contains(where: { $0.key == prefix + first }) else { continue }
      facts.append(
        KindFact(name, .object(inner.map { KindFact(String($0.key.dropFirst(prefix.count)), $0.value) })))
    }
  }
}
