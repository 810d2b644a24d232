/// Lines in aligned columns, fitted to a width.
public struct Table: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// What stands at its head.
    public var title: String
    /// The most columns of the screen that it takes.
    public var limit: Int
    /// The fewest that it may be pressed to, where it has as many; where there is no room for them it is left out.
    public var least: Int
    /// Whether what stands in it ends at its right edge.
    public var isRight: Bool
    /// Who gives way first where there is no room: the highest. 0 never does.
    public var yields: Int
    /// Whether it gives way before any other is pressed; whoever does not, gives way once pressing does not help.
    public var isSpare: Bool
    /// Whether the rows go by it.
    public var isSorted: Bool
    /// What the rows can go by, in the words of whoever makes the table; nil: not by this one.
    public var key: String?

    /// Makes a column.
    public init(
      title: String, limit: Int, least: Int, isRight: Bool = false, yields: Int = 0, isSpare: Bool = false,
      isSorted: Bool = false, key: String? = nil
    ) {
      self.title = title
      self.limit = limit
      self.least = least
      self.isRight = isRight
      self.yields = yields
      self.isSpare = isSpare
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

    /// A share of the whole, 0 to 1, for a field that is a bar as long as its column is wide; nil: it is words.
    private(set) var share: Double?

    /// Makes a field.
    public init(_ text: String, _ role: Role = .text) {
      self.text = text
      self.role = role
    }

    /// Makes a bar; `columns` are those that it would like to have.
    public init(share: Double, columns: Int, _ role: Role) {
      self.init(String(repeating: " ", count: columns), role)
      self.share = share
    }
  }

  private let columns: [Column]
  private var widths: [Int]

  /// The fewest columns that anything is pressed to where nothing more can be left out.
  private static let stub = 4

  /// Sets the widths by what stands in the rows.
  ///
  /// Columns are left out, the first to yield before the others (and with them those that yield alike), until each of the
  /// rest has room for its least; then those that yield first are pressed to that.
  public init(_ columns: [Column], rows: some Sequence<[Field]>, width: Int) {
    self.columns = columns
    widths = columns.map { displayWidth($0.title) }
    for row in rows {
      for (index, field) in row.enumerated() {
        widths[index] = min(columns[index].limit, max(widths[index], displayWidth(field.text)))
      }
    }
    let order = columns.indices.sorted { (-columns[$0].yields, -$0) < (-columns[$1].yields, -$1) }
    func least(_ index: Int) -> Int { min(columns[index].least, widths[index]) }
    var yielding = 0
    for index in order where columns[index].yields > 0 {
      let needed = columns.indices.map { columns[index].isSpare && !columns[$0].isSpare ? widths[$0] : least($0) }
      if columns[index].yields != yielding, Self.total(needed) <= width { continue }
      yielding = columns[index].yields
      widths[index] = 0
    }
    func press(_ index: Int, to least: Int) {
      let excess = Self.total(widths) - width
      if excess > 0 { widths[index] = max(min(least, widths[index]), widths[index] - excess) }
    }
    for index in order { press(index, to: least(index)) }
    for index in order { press(index, to: Self.stub) }
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

  private static func total(_ widths: [Int]) -> Int { widths.reduce(0) { $0 + ($1 > 0 ? $1 + 2 : 0) } - 2 }

  /// Draws the titles of the columns.
  public func drawHead(x: Int, y: Int, glyphs: GlyphSet, on canvas: inout CellCanvas) {
    let head = columns.map { Field($0.title, $0.isSorted ? .strong : .dim) }
    draw(head, x: x, y: y, glyphs: glyphs, on: &canvas)
  }

  /// Draws a row; with a `role` all of it in that one.
  public func draw(_ row: [Field], x: Int, y: Int, role: Role? = nil, glyphs: GlyphSet, on canvas: inout CellCanvas) {
    var x = x
    for (index, field) in row.enumerated() where widths[index] > 0 {
      let text =
        field.share.map { glyphs.meter($0, columns: widths[index]) }
        ?? fitted(field.text, columns: widths[index], ellipsis: glyphs.ellipsis)
      if columns[index].isRight {
        canvas.put(text, endingAt: x + widths[index], y: y, role: role ?? field.role)
      } else {
        canvas.put(text, x: x, y: y, role: role ?? field.role, limit: widths[index])
      }
      x += widths[index] + 2
    }
  }
}
