/// Lines in aligned columns, fitted to a width.
public struct Table: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// What stands at its head.
    public var title: String
    /// The most columns of the screen that it takes.
    public var limit: Int
    /// The fewest that it may be pressed to; below that it is left out.
    public var least: Int
    /// Whether what stands in it ends at its right edge.
    public var isRight: Bool
    /// Who gives way first where there is no room: the highest. 0 never does.
    public var yields: Int
    /// Whether the rows go by it.
    public var isSorted: Bool
    /// What the rows can go by, in the words of whoever makes the table; nil: not by this one.
    public var key: String?

    /// Makes a column.
    public init(
      title: String, limit: Int, least: Int, isRight: Bool = false, yields: Int = 0, isSorted: Bool = false,
      key: String? = nil
    ) {
      self.title = title
      self.limit = limit
      self.least = least
      self.isRight = isRight
      self.yields = yields
      self.isSorted = isSorted
      self.key = key
    }
  }

  /// What stands in one.
  public struct Field: Sendable {
    /// The words, in one line.
    public var text: String
    /// What they mean.
    public var role: Role

    /// Makes a field.
    public init(_ text: String, _ role: Role = .text) {
      self.text = text
      self.role = role
    }
  }

  private let columns: [Column]
  private var widths: [Int]

  /// Sets the widths by what stands in the rows; one that gives way is pressed first, then left out.
  public init(_ columns: [Column], rows: some Sequence<[Field]>, width: Int) {
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

  /// The column at so many columns of the screen from the table's left edge, the gap behind it included; nil: none.
  public func column(at x: Int) -> Column? {
    var end = 0
    guard x >= 0 else { return nil }
    for index in columns.indices where widths[index] > 0 {
      end += widths[index] + 2
      if x < end { return columns[index] }
    }
    return nil
  }

  private var total: Int { widths.reduce(0) { $0 + ($1 > 0 ? $1 + 2 : 0) } - 2 }

  /// Draws the titles of the columns.
  public func drawHead(x: Int, y: Int, glyphs: GlyphSet, on canvas: inout CellCanvas) {
    let head = columns.map { Field($0.title, $0.isSorted ? .strong : .dim) }
    draw(head, x: x, y: y, glyphs: glyphs, on: &canvas)
  }

  /// Draws a row; with a `role` all of it in that one.
  public func draw(_ row: [Field], x: Int, y: Int, role: Role? = nil, glyphs: GlyphSet, on canvas: inout CellCanvas) {
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
