internal import Netlink

/// The rows of one kind, found by attribute type. No two rows of a table have the same type.
struct KindTable: Sendable, ExpressibleByArrayLiteral {
  let fields: [KindField]
  /// For each type its place in `fields`; -1 for one without a row.
  private let places: [Int]

  init(_ fields: [KindField]) {
    self.fields = fields
    var places = [Int](repeating: -1, count: 1 + Int(fields.map(\.type).max() ?? 0))
    for (place, field) in fields.enumerated() { places[Int(field.type)] = place }
    self.places = places
  }

  init(arrayLiteral fields: KindField...) { self.init(fields) }

  /// Reads one attribute and adds its fact; one without a row is passed over.
  func decode(_ type: UInt16, _ payload: RawSpan, into facts: inout [KindFact]) throws(DecodeError) {
    guard Int(type) < places.count, places[Int(type)] >= 0 else { return }
    let fields = fields.span
    let place = places[Int(type)]
    if let value = try fields[place].format.read(payload) { facts.append(KindFact(fields[place].key, value)) }
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
        // Lent, not copied: a format may hold names.
        let fields = fields.span
        let place = places[Int(type)]
        current = place
        let read = try fields[place].format.read(payload)
        current = nil
        guard let value = read else { return }
        if case .groupOr(let remote) = fields[place].format, let first = payload.u8(), first >> 4 != 0xE, first != 0xFF
        {
          facts.append(KindFact(remote, value))
        } else {
          facts.append(KindFact(fields[place].key, value))
        }
      }
    } catch { throw current.map { error.within(fields[$0].name) } ?? error }
    return facts
  }
}
