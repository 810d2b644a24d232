/// The answer of a match: yes, no, or that it can't be told.
public enum Truth: Hashable, Sendable {
  case yes
  case no
  case unknown

  static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }
}

/// A value that a packet's field has or is compared with.
public enum MatchValue: Hashable, Sendable {
  /// A number in host order.
  case number(UInt64)
  /// An address, in network order.
  case bytes([UInt8])
  /// A name of an interface, compared byte by byte.
  case name(String)
}

/// One element of a set, or the right side of a comparison.
public enum MatchElement: Hashable, Sendable {
  /// Equal in every bit.
  case exactly(MatchValue)
  /// Equal in the bits of the mask.
  case masked(MatchValue, mask: MatchValue)
  /// Both ends included.
  case range(MatchValue, MatchValue)
  /// A name that begins so (`br-*`, `br-+`).
  case startingWith(String)
  /// Every value; only a field that the packet does not have is no match.
  case anything
  /// Text that is not understood.
  case unreadable(String)
}

/// The left side of a comparison: a field of the packet, and the bits of it that count.
public struct MatchOperand: Hashable, Sendable {
  /// The field.
  public var selector: PacketField
  /// The bits that count; nil: all of them.
  public var mask: MatchValue?

  /// Makes an operand.
  public init(_ selector: PacketField, mask: MatchValue? = nil) {
    self.selector = selector
    self.mask = mask
  }
}

/// How a field is compared.
public enum MatchComparison: Hashable, Sendable {
  case equal
  case notEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
  /// Some bit of the element is set.
  case anyBit
  /// No bit of the element is set.
  case noBit
}

/// What a rule asks of a packet.
public indirect enum Match: Hashable, Sendable {
  /// Whether the operands, one for each part of an element, compare with one of the elements.
  ///
  /// A field that the packet does not have (the port of an echo) never matches, not even with `notEqual`.
  case compare([MatchOperand], MatchComparison, [[MatchElement]])
  /// One of them at least holds.
  case any([Match])
  /// It does not hold; what can't be told stays so.
  case not(Match)
  /// A match that can't be evaluated, by its name.
  case unreadable(String)

  /// A comparison of one field.
  static func compare(_ selector: PacketField, _ comparison: MatchComparison = .equal, _ elements: MatchElement...)
    -> Match
  {
    .compare([MatchOperand(selector)], comparison, elements.map { [$0] })
  }
}

extension Match {
  /// Asks a packet; `note` hears the names of what could not be told.
  func evaluate(_ packet: Packet, _ facts: NamespaceFacts, note: (String) -> Void) -> Truth {
    switch self {
    case .unreadable(let name):
      note(name)
      return .unknown
    case .not(let inner):
      return !inner.evaluate(packet, facts, note: note)
    case .any(let parts):
      var answer = Truth.no
      var unknown: [String] = []
      for part in parts {
        switch part.evaluate(packet, facts, note: { unknown.append($0) }) {
        case .yes: return .yes
        case .unknown: answer = .unknown
        case .no: break
        }
      }
      for name in unknown { note(name) }
      return answer
    case .compare(let operands, let comparison, let elements):
      let values = operands.map { $0.load(packet, facts) }
      if values.contains(.absent) { return .no }
      let answer = Match.compare(values, comparison, elements)
      if answer == .unknown {
        for (operand, value) in zip(operands, values) where value.isUncertain { note(operand.selector.name) }
        for case .unreadable(let text) in elements.joined() { note(text) }
      }
      return answer
    }
  }

  private static func compare(_ values: [FieldValue], _ comparison: MatchComparison, _ elements: [[MatchElement]])
    -> Truth
  {
    switch comparison {
    case .equal: contains(values, elements)
    case .notEqual: !contains(values, elements)
    case .anyBit: anyBit(values, elements)
    case .noBit: !anyBit(values, elements)
    case .less: order(values, elements) { $0 < 0 }
    case .lessOrEqual: order(values, elements) { $0 <= 0 }
    case .greater: order(values, elements) { $0 > 0 }
    case .greaterOrEqual: order(values, elements) { $0 >= 0 }
    }
  }

  private static func contains(_ values: [FieldValue], _ elements: [[MatchElement]]) -> Truth {
    var answer = Truth.no
    for element in elements {
      switch Match.matches(values, element) {
      case .yes: return .yes
      case .unknown: answer = .unknown
      case .no: break
      }
    }
    return answer
  }

  /// Whether the values are one element, part by part.
  static func matches(_ values: [FieldValue], _ element: [MatchElement]) -> Truth {
    guard values.count == element.count else { return .unknown }
    var answer = Truth.yes
    for (value, part) in zip(values, element) {
      switch part.matches(value) {
      case .no: return .no
      case .unknown: answer = .unknown
      case .yes: break
      }
    }
    return answer
  }

  private static func anyBit(_ values: [FieldValue], _ elements: [[MatchElement]]) -> Truth {
    guard values.count == 1, let value = values.first else { return .unknown }
    var answer = Truth.no
    for element in elements {
      guard element.count == 1, case .exactly(.number(let wanted))? = element.first else { return .unknown }
      switch value {
      case .known(.number(let bits)):
        if bits & wanted != 0 { return .yes }
      case .bits(let bits, let known):
        if bits & known & wanted != 0 { return .yes }
        if wanted & ~known != 0 { answer = .unknown }
      default: answer = .unknown
      }
    }
    return answer
  }

  private static func order(_ values: [FieldValue], _ elements: [[MatchElement]], _ holds: (Int) -> Bool) -> Truth {
    guard values.count == 1, elements.count == 1, case .known(let value)? = values.first,
      case .exactly(let bound)? = elements.first?.first, let order = value.compare(bound)
    else { return .unknown }
    return holds(order) ? .yes : .no
  }
}

extension MatchElement {
  /// Whether a field's value is this element.
  func matches(_ value: FieldValue) -> Truth {
    if self == .anything { return value == .absent ? .no : .yes }
    if case .oneOf(let scalars) = value {
      let answers = Set(scalars.map { matches(.known($0)) })
      return answers.count == 1 ? answers.first ?? .unknown : .unknown
    }
    guard case .known(let scalar) = value else { return value == .absent ? .no : .unknown }
    switch self {
    case .anything: return .yes
    case .unreadable: return .unknown
    case .exactly(let wanted):
      guard let order = scalar.compare(wanted) else { return .unknown }
      return order == 0 ? .yes : .no
    case .masked(let wanted, let mask):
      guard let masked = scalar.masked(by: mask), let goal = wanted.masked(by: mask),
        let order = masked.compare(goal)
      else { return .unknown }
      return order == 0 ? .yes : .no
    case .range(let low, let high):
      guard let below = scalar.compare(low), let above = scalar.compare(high) else { return .unknown }
      return below >= 0 && above <= 0 ? .yes : .no
    case .startingWith(let prefix):
      guard case .name(let name) = scalar else { return .unknown }
      return name.utf8.starts(with: prefix.utf8) ? .yes : .no
    }
  }
}

extension MatchValue {
  /// Negative, zero or positive as in memcmp(3); nil where the two are of different kinds.
  func compare(_ other: MatchValue) -> Int? {
    switch (self, other) {
    case (.number(let a), .number(let b)): a < b ? -1 : a == b ? 0 : 1
    // Bytes, not Unicode: two spellings of one letter are two interfaces.
    case (.name(let a), .name(let b)):
      a.utf8.elementsEqual(b.utf8) ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    case (.bytes(let a), .bytes(let b)) where a.count == b.count:
      a == b ? 0 : a.lexicographicallyPrecedes(b) ? -1 : 1
    default: nil
    }
  }

  /// The bits that are set in the mask; nil where the two are of different kinds.
  func masked(by mask: MatchValue) -> MatchValue? {
    switch (self, mask) {
    case (.number(let a), .number(let b)): .number(a & b)
    case (.bytes(let a), .bytes(let b)) where a.count == b.count: .bytes(zip(a, b).map { $0 & $1 })
    default: nil
    }
  }
}
