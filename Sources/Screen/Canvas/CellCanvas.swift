/// A grid of styled cells: what every picture is drawn on before a terminal, a pipe or a test sees it.
public struct CellCanvas: Hashable, Sendable {
  /// Columns and rows, none of them negative.
  public let size: Size
  /// Row by row, `size.width` cells each.
  public private(set) var cells: [Cell]

  /// Makes an empty canvas; a negative size counts as 0.
  public init(_ size: Size) {
    self.size = Size(width: max(0, size.width), height: max(0, size.height))
    cells = Array(repeating: Cell(), count: self.size.width * self.size.height)
  }

  /// The cell at a place; writing outside the canvas does nothing, reading there gives a space.
  public subscript(x: Int, y: Int) -> Cell {
    get { contains(x, y) ? cells[y * size.width + x] : Cell() }
    set { if contains(x, y) { cells[y * size.width + x] = newValue } }
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && y >= 0 && x < size.width && y < size.height
  }
}
