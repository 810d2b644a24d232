internal import Canvas
internal import Topology

/// The columns of the bands with wires: a bus, its ports' names, the border of the namespaces, what is behind it.
struct Metrics: Sendable {
  let hasCards: Bool
  /// Columns that are used; a wider screen leaves the rest empty, for a wire of a hundred columns helps nobody.
  let width: Int
  let busX: Int
  let busWidth: Int
  /// Where a port's bullet stands.
  let labelX: Int
  /// The border of the namespaces.
  let borderX: Int
  let boxX: Int
  let boxWidth: Int
  let lanes: Int
  /// Of a line behind the border: the columns of the namespace's name, and of the interface's.
  let nameWidth: Int
  let linkWidth: Int

  /// The widest diagram, in columns.
  static let maximumWidth = 118
  /// A title takes its state beside it, and both the corners.
  static var titleTrim: Int { 9 + displayWidth(LinkState.up.word) }
  /// The widest bus.
  private static let busLimit = 34

  init(_ levels: [Level], width: Int, lanes: Int, gauge: Gauge) {
    hasCards = levels.contains(where: \.isCard)
    let hasLines = levels.contains(where: \.isLine)
    self.lanes = min(6, lanes)
    let usable = max(40, min(width, Self.maximumWidth))
    self.width = usable
    busX = hasCards ? 2 : 1
    // On a narrow screen the address needs the columns more than the wire does.
    let isNarrow = usable < 66
    let tail = isNarrow ? 4 : 5
    let wire = isNarrow ? 2 : 4
    // Docker's names have eleven letters. Beside lanes the blank before the border is theirs.
    var label = hasCards ? 15 : self.lanes > 0 ? 13 : 14
    // What a line would take: bullet, name, interface, address, rates, graph.
    let words = 4 + gauge.name + 1 + gauge.link + 1 + gauge.address
    let most = hasLines ? words + 21 : hasCards ? 44 : 48
    // As wide as Docker's own bridge with its state, where a box keeps its address; wider for a longer title, where that
    // takes nothing from what a box or a line has to say.
    let least = usable >= 72 && hasCards ? 21 : usable >= 63 ? 19 : 17
    let need = hasLines ? words : 36
    var spare = usable - busX - least - wire - label - 2 * self.lanes - tail - need
    // Where no lane passes words run on to the right.
    let port = self.lanes > 0 ? max(gauge.port, gauge.branch) : gauge.port
    let longer = max(0, min(port + 4 - label, spare))
    label += longer
    spare -= longer
    busWidth = least + max(0, min(gauge.title + Self.titleTrim - least, Self.busLimit - least, spare))
    labelX = busX + busWidth + wire
    let room = usable - labelX - label - 2 * self.lanes - tail
    boxWidth = max(18, min(most, room))
    boxX = max(labelX + 8, usable - boxWidth - (hasCards || isNarrow ? 1 : 2))
    borderX = boxX - (hasCards ? 4 : 3)
    // Interfaces and addresses stand below each other; a name that is longer than that leaves pushes its own aside.
    linkWidth = boxWidth >= words ? gauge.link : 4
    nameWidth = max(8, min(gauge.name, boxWidth - 6 - linkWidth - gauge.address))
  }

  /// The column of a lane, counted from the border.
  func laneX(_ lane: Int) -> Int { borderX - 2 - 2 * lane }

  /// The columns that a port's name may take, its blanks included: up to the first lane, or to the border.
  var labelRoom: Int { (lanes > 0 ? laneX(lanes - 1) : borderX - 1) - labelX }

  /// Between the buses and their labels: the columns of wires that branch off others, the best first.
  var branchColumns: [Int] { labelX - edge > 4 ? [edge + 2, edge + 1, edge + 3] : [edge + 1] }

  /// The last column of the buses, where every wire begins.
  var edge: Int { busX + busWidth - 1 }
  /// Where a line's name stands, and where its interface does.
  var nameX: Int { boxX + 4 }
  var linkX: Int { nameX + nameWidth + 1 }
}

extension Level {
  /// The rows of a namespace's box without its bottom border.
  func boxHeight(rows: Int) -> Int { isCard && rows > 0 ? 1 + cardRows * rows : 1 + max(1, rows) }
}
