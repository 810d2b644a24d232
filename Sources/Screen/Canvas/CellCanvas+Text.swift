extension CellCanvas {
  /// Writes text from a place on, at most `limit` columns of it, and returns how many columns it took.
  ///
  /// A wide character that does not fit is left out, never split; half of one that was there is blanked. Marks join the
  /// character before them (two at most); characters outside the canvas are clipped, but counted.
  @discardableResult
  public mutating func put(
    _ text: String, x: Int, y: Int, role: Role, emphasis: Emphasis = [], limit: Int? = nil
  ) -> Int {
    var column = x
    let end = limit.map { x + max(0, $0) } ?? .max
    var last: Int?
    for scalar in text.unicodeScalars {
      let width = displayWidth(scalar)
      if width == 0 {
        if let last { combine(scalar, x: last, y: y) }
        continue
      }
      if column + width > end { break }
      place(Cell(scalar, role: role, emphasis: emphasis, width: UInt8(width)), x: column, y: y)
      last = column
      column += width
    }
    return column - x
  }

  /// Writes text so that it ends before the column `end`.
  public mutating func put(
    _ text: String, endingAt end: Int, y: Int, role: Role, emphasis: Emphasis = []
  ) {
    put(text, x: end - displayWidth(text), y: y, role: role, emphasis: emphasis)
  }

  /// Writes one character of any width; the other half of a wide one that it overwrites becomes a space.
  public mutating func place(_ cell: Cell, x: Int, y: Int) {
    guard y >= 0, y < size.height, x >= 0, x + Int(cell.width) <= size.width else { return }
    if self[x, y].width == 0 { self[x - 1, y] = Cell(role: self[x - 1, y].role) }
    let last = x + Int(cell.width) - 1
    if self[last, y].width == 2 || (cell.width == 1 && self[x, y].width == 2) {
      self[last + 1, y] = Cell(role: self[last + 1, y].role)
    }
    self[x, y] = cell
    if cell.width == 2 { self[x + 1, y] = Cell(" ", role: cell.role, emphasis: cell.emphasis, width: 0) }
  }

  private mutating func combine(_ mark: Unicode.Scalar, x: Int, y: Int) {
    var cell = self[x, y]
    if cell.mark1 == "\0" { cell.mark1 = mark } else if cell.mark2 == "\0" { cell.mark2 = mark } else { return }
    self[x, y] = cell
  }

  /// Fills a rectangle with spaces of a role.
  public mutating func fill(_ rect: Rect, role: Role, emphasis: Emphasis = []) {
    for y in max(0, rect.minY)..<max(0, rect.minY, min(size.height, rect.maxY)) {
      for x in max(0, rect.minX)..<max(0, rect.minX, min(size.width, rect.maxX)) {
        place(Cell(" ", role: role, emphasis: emphasis), x: x, y: y)
      }
    }
  }

  /// Copies another canvas to a place on this one.
  public mutating func blit(_ other: CellCanvas, x: Int, y: Int) {
    for row in 0..<other.size.height {
      for column in 0..<other.size.width { self[x + column, y + row] = other[column, row] }
    }
  }
}
