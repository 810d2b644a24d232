internal import Canvas

/// The columns of the diagram at a width and a zoom.
struct Metrics {
  let zoom: Zoom
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
  /// Blank rows between two cards.
  let cardGap: Int

  /// The widest diagram, in columns.
  static let maximumWidth = 118

  init(scale: Scale, width: Int, lanes: Int) {
    let zoom = scale.zoom
    self.zoom = zoom
    self.lanes = min(6, lanes)
    cardGap = scale.spacing
    let usable = max(40, min(width, Self.maximumWidth))
    self.width = usable
    busX = zoom == .card ? 2 : 1
    // As wide as Docker's own bridge with its state, where a box keeps its address.
    busWidth = usable >= 72 && zoom == .card ? 21 : usable >= 63 ? 19 : 17
    // On a narrow screen the address needs the columns more than the wire does.
    let isNarrow = usable < 66
    labelX = busX + busWidth + (isNarrow ? 2 : 4)
    // Docker's names have eleven letters. Beside lanes the blank before the border is theirs.
    let label = zoom == .card ? 15 : self.lanes > 0 ? 13 : 14
    let room = usable - labelX - label - 2 * self.lanes - (isNarrow ? 4 : 5)
    boxWidth = max(18, min(zoom == .card ? 44 : 48, room))
    boxX = max(labelX + 8, usable - boxWidth - (zoom == .card || isNarrow ? 1 : 2))
    borderX = boxX - (zoom == .card ? 4 : 3)
  }

  /// The column of a lane, counted from the border.
  func laneX(_ lane: Int) -> Int { borderX - 2 - 2 * lane }

  /// The columns that a port's name may take, its blanks included: up to the first lane, or to the border.
  var labelRoom: Int { (lanes > 0 ? laneX(lanes - 1) : borderX - 1) - labelX }

  /// The rows of a namespace's box without its bottom border.
  func boxHeight(rows: Int) -> Int {
    zoom == .card && rows > 0 ? 1 + 3 * rows : 1 + max(1, rows)
  }
}
