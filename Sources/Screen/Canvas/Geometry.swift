/// A cell's place: columns from the left, rows from the top.
public struct Point: Hashable, Sendable {
  /// Columns from the left, from 0.
  public var x: Int
  /// Rows from the top, from 0.
  public var y: Int
  /// Makes a place.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// Columns and rows.
public struct Size: Hashable, Sendable {
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int
  /// Makes a size; it is taken as it is, negative numbers too.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A rectangle of cells; the right and bottom edges are exclusive.
public struct Rect: Hashable, Sendable {
  /// The top left cell.
  public var origin: Point
  /// Columns and rows.
  public var size: Size
  /// Makes a rectangle of its top left cell and its size.
  public init(x: Int, y: Int, width: Int, height: Int) {
    origin = Point(x: x, y: y)
    size = Size(width: width, height: height)
  }
  /// The first column.
  public var minX: Int { origin.x }
  /// The first row.
  public var minY: Int { origin.y }
  /// The column behind the last one.
  public var maxX: Int { origin.x + size.width }
  /// The row below the last one.
  public var maxY: Int { origin.y + size.height }
  /// Whether there is no cell inside.
  public var isEmpty: Bool { size.width <= 0 || size.height <= 0 }
  /// Whether the cell lies inside.
  public func contains(_ point: Point) -> Bool {
    (minX..<maxX).contains(point.x) && (minY..<maxY).contains(point.y)
  }
  /// Whether any cell lies in both.
  public func intersects(_ other: Rect) -> Bool {
    minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
  }
}
