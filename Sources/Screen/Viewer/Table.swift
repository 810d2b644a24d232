internal import Canvas

/// Lines in aligned columns, fitted to a width.
struct Table {
  /// A column.
  struct Column {
    var title: String
    /// The most columns of the screen that it takes.
    var limit: Int
    /// The fewest that it may be pressed to; below that it is left out.
    var least: Int
    var isRight = false
    /// Who gives way first where there is no room: the highest. 0 never does.
    var yields = 0
    /// Whether the rows go by it.
    var isSorted = false
  }

  /// What stands in one.
  struct Field {
    var text: String
    var role: Role

    init(_ text: String, _ role: Role = .text) {
      self.text = text
      self.role = role
    }
  }

  private let columns: [Column]
  private var widths: [Int]

  /// Sets the widths by what stands in the rows; one that gives way is pressed first, then left out.
  init(_ columns: [Column], rows: some Sequence<[Field]>, width: Int) {
    self.columns = columns
    widths = columns.map { displayWidth($0.title) }
    for row in rows {
      for (index, field) in row.enumerated() {
        widths[index] = min(columns[index].limit, max(widths[index], displayWidth(field.text)))
      }
    }
    for index in columns.indices.sorted(by: { columns[$0].yields > columns[$1].yields }) {
      let excess = total - width
      guard excess > 0 else { break }
      let pressed = max(min(columns[index].least, widths[index]), widths[index] - excess)
      widths[index] = pressed
      if total > width, columns[index].yields > 0 { widths[index] = 0 }
    }
  }

  private var total: Int { widths.reduce(0) { $0 + ($1 > 0 ? $1 + 2 : 0) } - 2 }

  func drawHead(x: Int, y: Int, glyphs: GlyphSet, on canvas: inout CellCanvas) {
    let head = columns.map { Field($0.title, $0.isSorted ? .strong : .dim) }
    draw(head, x: x, y: y, glyphs: glyphs, on: &canvas)
  }

  /// Draws a row; with a `role` all of it in that one.
  func draw(_ row: [Field], x: Int, y: Int, role: Role? = nil, glyphs: GlyphSet, on canvas: inout CellCanvas) {
    var x = x
    for (index, field) in row.enumerated() where widths[index] > 0 {
      let text = fitted(field.text, columns: widths[index], ellipsis: glyphs.ellipsis)
      if columns[index].isRight {
        canvas.put(text, endingAt: x + widths[index], y: y, role: role ?? field.role)
      } else {
        canvas.put(text, x: x, y: y, role: role ?? field.role, limit: widths[index])
      }
      x += widths[index] + 2
    }
  }
}
