internal import Canvas

/// How much of each container is drawn.
public enum Zoom: Int, Sendable, CaseIterable {
  /// Several rows a container: address, rates, a minute of traffic.
  case card = 1
  /// A row or two an interface, at the end of its wire.
  case row = 2
  /// Several containers a row, with their names where there is room: a comb or its cells.
  case rake = 3
  /// A cell a port.
  case dots = 4
}

/// How a band is drawn, from the one that shows most to the one that shows least.
enum Level: UInt8, CaseIterable, Sendable {
  /// Cards, two blank rows between them; one; none.
  case wideCards, cards, closeCards
  /// Cards without graphs.
  case briefCards
  /// Boxes that share their borders: a row for the name, one an interface.
  case rows
  /// One row an interface, and a blank one below the band; none.
  case lines, closeLines
  /// A comb with name and address beside each tooth; with the name alone.
  case addressedComb, namedComb
  /// Name and address beside each cell, without a comb; the name alone.
  case addressedCells, namedCells
  /// Names behind the band's title, in the same row.
  case inlineCells
  /// A comb without names.
  case comb
  /// A cell a port.
  case dots

  var zoom: Zoom {
    switch self {
    case .wideCards, .cards, .closeCards, .briefCards: .card
    case .rows, .lines, .closeLines: .row
    case .addressedComb, .namedComb, .addressedCells, .namedCells, .inlineCells, .comb: .rake
    case .dots: .dots
    }
  }

  var isCard: Bool { zoom == .card }
  var isLine: Bool { self == .lines || self == .closeLines }
  /// Whether its bus stands at the left and its containers at the right, with a wire between.
  var isWired: Bool { zoom == .card || zoom == .row }
  /// Whether lines lead to the teeth from a comb.
  var hasComb: Bool { self == .addressedComb || self == .namedComb || self == .comb }
  /// Whether there is a name beside each tooth.
  var isNamed: Bool { zoom == .rake && self != .comb }
  /// Whether there is an address behind the name.
  var hasAddress: Bool { self == .addressedComb || self == .addressedCells }

  /// The blank rows between two cards.
  var cardGap: Int { self == .wideCards ? 2 : self == .cards ? 1 : 0 }
  /// The blank rows below the band.
  var bandGap: Int { self == .wideCards || self == .cards || self == .lines ? 1 : 0 }
  /// The rows of an interface on a card.
  var cardRows: Int { self == .briefCards ? 2 : 3 }

  /// The rows that one more container may take.
  var growth: Int {
    switch zoom {
    case .card: 2 + cardRows + cardGap
    case .row: isLine ? 1 : 2
    case .rake, .dots: hasComb ? 2 : 1
    }
  }

  /// What it takes to be drawn, in columns: a card and a row need room for their words.
  var leastColumns: Int { isCard ? 72 : 0 }

  /// What is taken where not even the closest fits and `zoom` was asked for.
  static func usual(_ zoom: Zoom) -> Level {
    switch zoom {
    case .card: .cards
    case .row: .rows
    case .rake: .comb
    case .dots: .dots
    }
  }
}

/// What is given up of the picture, the dearest first: names are given up last of all.
struct Loss: Comparable, Sendable {
  /// How many ports lose it, fourteen bits each, from the top: name, wire, veth name, address, divider, MAC and MTU, rates,
  /// graph, blank rows.
  private var bits: UInt128 = 0

  private static let width: UInt128 = 14

  init() {}

  /// What `ports` of them lose at a level. All that are added up may count some thousands, and no more.
  init(_ level: Level, ports: Int) {
    for (place, units) in Self.given(at: level).enumerated() {
      bits |= UInt128(ports * units) << (UInt128(8 - place) * Self.width)
    }
  }

  private static func given(at level: Level) -> [Int] {
    switch level {
    case .wideCards: [0, 0, 0, 0, 0, 0, 0, 0, 0]
    case .cards: [0, 0, 0, 0, 0, 0, 0, 0, 1]
    case .closeCards: [0, 0, 0, 0, 0, 0, 0, 0, 2]
    case .briefCards: [0, 0, 0, 0, 0, 0, 0, 1, 2]
    case .rows: [0, 0, 0, 0, 0, 1, 0, 0, 1]
    case .lines: [0, 0, 0, 0, 1, 1, 0, 0, 1]
    case .closeLines: [0, 0, 0, 0, 1, 1, 0, 0, 2]
    case .addressedComb: [0, 0, 1, 0, 1, 1, 1, 1, 2]
    case .namedComb: [0, 0, 1, 1, 1, 1, 1, 1, 2]
    case .addressedCells: [0, 1, 1, 0, 1, 1, 1, 1, 2]
    case .namedCells: [0, 1, 1, 1, 1, 1, 1, 1, 2]
    // What is lost besides is the bus's own address.
    case .inlineCells: [0, 2, 1, 1, 1, 1, 1, 1, 2]
    case .comb: [1, 0, 1, 1, 1, 1, 1, 1, 2]
    case .dots: [1, 1, 1, 1, 1, 1, 1, 1, 2]
    }
  }

  /// Whether nothing but blank rows is missing.
  var isBlankOnly: Bool { bits < 1 << Self.width }

  /// Whether names, wires and addresses are all there.
  var isSmall: Bool { bits < 1 << (5 * Self.width) }

  static func + (a: Loss, b: Loss) -> Loss {
    var sum = Loss()
    sum.bits = a.bits &+ b.bits
    return sum
  }

  static func < (a: Loss, b: Loss) -> Bool { a.bits < b.bits }
}
