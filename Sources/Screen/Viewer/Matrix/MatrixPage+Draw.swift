internal import Canvas
internal import Conclusions
internal import Diagnosis
internal import Diagram
internal import Keys
internal import Labels
internal import Paths
internal import Topology

/// Where the matrix's cells are on the screen.
struct MatrixGrid {
  let origin: Point
  /// The columns of a cell: with the time where there is room for it, else a mark.
  let pitch: Int
  let nameWidth: Int
  /// The first row and column that are shown, and how many.
  let first: MatrixPage.Place
  let rows: Int
  let columns: Int
  private let cursorPlace: MatrixPage.Place
  /// The round trip that half of all replies are faster than, in milliseconds.
  private let usual: Double

  init(_ matrix: MatrixPage, _ rect: Rect) {
    let count = matrix.members.count
    let names = matrix.members.map { displayWidth($0.endpoint.name) }.max() ?? 0
    nameWidth = min(max(4, names), max(8, rect.size.width / 5)) + 4
    let room = max(2, rect.size.width - nameWidth - 3)
    pitch = room / max(1, count) >= 7 ? min(14, room / count) : max(2, min(4, room / max(1, count)))
    columns = min(count, room / pitch)
    rows = max(1, min(count, rect.size.height - 6))
    cursorPlace = matrix.cursor
    usual = matrix.usualRoundTrip
    first = MatrixPage.Place(
      row: max(0, min(matrix.cursor.row - rows / 2, count - rows)),
      column: max(0, min(matrix.cursor.column - columns / 2, count - columns)))
    origin = Point(x: rect.minX + 1 + nameWidth, y: rect.minY + 3)
  }

  var hasTimes: Bool { pitch >= 7 }

  /// How slow a reply is, beside the others; what takes less than a millisecond is never slow.
  func heat(_ milliseconds: Double) -> Role {
    if milliseconds < 1 || milliseconds < 3 * usual { return .up }
    return milliseconds < 10 * usual ? .sparkMedium : .sparkHigh
  }

  var cursor: Point {
    Point(x: origin.x + (cursorPlace.column - first.column) * pitch, y: origin.y + cursorPlace.row - first.row)
  }

  func place(at point: Point) -> MatrixPage.Place? {
    let (row, column) = (point.y - origin.y, (point.x - origin.x) / pitch)
    guard row >= 0, row < rows, point.x >= origin.x, column < columns else { return nil }
    return MatrixPage.Place(row: first.row + row, column: first.column + column)
  }
}

extension MatrixPage {
  func draw(_ screen: Screen, of state: State, on canvas: inout CellCanvas) {
    guard screen.body.size.height > 4 else { return }
    state.drawMatrix(self, screen.body, on: &canvas)
  }

  func cursor(_ screen: Screen, in state: State) -> Point? { MatrixGrid(self, screen.body).cursor }
}

extension State {
  /// Who reaches whom on a bridge: a row the source, a column the target.
  fileprivate func drawMatrix(_ matrix: MatrixPage, _ rect: Rect, on canvas: inout CellCanvas) {
    let grid = MatrixGrid(matrix, rect)
    let left = rect.minX + 1
    drawHead(matrix, x: left, y: rect.minY, width: rect.size.width - 2, on: &canvas)
    for offset in 0..<grid.columns {
      let number = grid.first.column + offset
      let isHere = number == matrix.cursor.column
      let x = grid.origin.x + offset * grid.pitch
      let name = matrix.members[number].endpoint.name
      let text =
        grid.hasTimes
        ? fitted("\(number + 1) \(name)", columns: grid.pitch - 1, ellipsis: glyphs.ellipsis) : "\(number + 1)"
      let role: Role = isHere ? .strong : .dim
      if grid.pitch < 3, number >= 9 {
        // Two digits side by side would run into the next number's.
        canvas.put("\((number + 1) / 10)", x: x, y: grid.origin.y - 2, role: role)
        canvas.put("\((number + 1) % 10)", x: x, y: grid.origin.y - 1, role: role)
      } else {
        canvas.put(text, x: x, y: grid.origin.y - 1, role: role)
      }
    }
    for offset in 0..<grid.rows {
      let row = grid.first.row + offset
      let y = grid.origin.y + offset
      let name = fitted(
        matrix.members[row].endpoint.name, columns: grid.nameWidth - 4, ellipsis: glyphs.ellipsis)
      canvas.put("\(row + 1)", endingAt: left + 2, y: y, role: .dim)
      canvas.put(name, x: left + 3, y: y, role: row == matrix.cursor.row ? .strong : .text)
      for offset in 0..<grid.columns {
        let place = MatrixPage.Place(row: row, column: grid.first.column + offset)
        drawCell(matrix, place, grid, x: grid.origin.x + offset * grid.pitch, y: y, on: &canvas)
      }
    }
    drawVerdict(
      matrix, x: left, y: min(rect.maxY - 2, grid.origin.y + grid.rows + 1), width: rect.size.width - 2, on: &canvas)
  }

  private func drawHead(_ matrix: MatrixPage, x: Int, y: Int, width: Int, on canvas: inout CellCanvas) {
    let bridge = snapshot.link(matrix.bridge)?.title ?? "?"
    var x = x
    let end = x + width
    x += canvas.put(" \(bridge) ", x: x, y: y, role: .bridgeTitle) + 1
    func say(_ text: String, _ role: Role, gap: Int = 2) {
      x += canvas.put(text, x: x, y: y, role: role, limit: end - x) + gap
    }
    let family = matrix.family == .any ? "" : matrix.family == .ipv6 ? "IPv6" : "IPv4"
    let count = matrix.members.count
    say(Say.MatrixPage.pairs(count * (count - 1), family: family), .text, gap: 3)
    let score = matrix.score
    say("\(glyphs.check) \(score.replies)", .up)
    say("\(glyphs.down) \(score.failures)", score.failures > 0 ? .fault : .dim)
    if score.unsent > 0 { say("\(glyphs.unsent) \(Say.MatrixPage.notSent(score.unsent))", .warning) }
    if score.pending > 0 { say("\(glyphs.dot) \(Say.MatrixPage.toCome(score.pending))", .dim) }
    if matrix.total > count {
      let text = Say.MatrixPage.first(count, of: matrix.total, keys.cap(.filter))
      canvas.put(text, x: x, y: y, role: .warning, limit: max(0, end - x))
    }
  }

  private func drawCell(
    _ matrix: MatrixPage, _ place: MatrixPage.Place, _ grid: MatrixGrid, x: Int, y: Int, on canvas: inout CellCanvas
  ) {
    let isSelected = place == matrix.cursor
    var text: String
    var role: Role
    if place.row == place.column {
      (text, role) = ("\(glyphs == .unicode ? "╲" : "\\")", .guide)
    } else {
      switch matrix[place].outcome {
      case .waiting: (text, role) = ("\(glyphs.dot)", .gone)
      case .sent: (text, role) = ("\(glyphs.dot)", .ping)
      case .reply(let ms):
        let time = ms < 10 ? Units.fixed(ms, digits: grid.pitch > 8 ? 3 : 2) : Units.fixed(ms, digits: ms < 100 ? 1 : 0)
        (text, role) = (grid.hasTimes ? "\(glyphs.check) \(time)" : "\(glyphs.check)", grid.heat(ms))
      case .lost: (text, role) = (grid.hasTimes ? "\(glyphs.down) \(Say.MatrixPage.lost)" : "\(glyphs.down)", .fault)
      case .refused:
        (text, role) = (grid.hasTimes ? "\(glyphs.down) \(Say.MatrixPage.refused)" : "\(glyphs.down)", .fault)
      case .unsent: (text, role) = (grid.hasTimes ? Say.MatrixPage.unsent : "\(glyphs.unsent)", .warning)
      }
      if let code = matrix[place].code, grid.hasTimes {
        text = "\(role == .warning ? glyphs.unsent : glyphs.down) \(code.rawValue)"
      }
    }
    text = fitted(text, columns: grid.pitch - 1, ellipsis: glyphs.ellipsis)
    if isSelected {
      canvas.fill(Rect(x: x, y: y, width: max(1, grid.pitch - 1), height: 1), role: .selected)
      role = .selected
    }
    canvas.put(text, x: x, y: y, role: role)
  }

  /// What is known of the selected pair.
  private func drawVerdict(_ matrix: MatrixPage, x: Int, y: Int, width: Int, on canvas: inout CellCanvas) {
    let place = matrix.cursor
    let (from, to) = (matrix.members[place.row].endpoint.name, matrix.members[place.column].endpoint.name)
    guard place.row != place.column else {
      canvas.put(fitted(from, columns: width, ellipsis: glyphs.ellipsis), x: x, y: y, role: .dim)
      return
    }
    let cell = matrix[place]
    let (text, role): (String, Role) =
      switch cell.outcome {
      case .waiting: (Say.MatrixPage.notAsked, .dim)
      case .sent: (Say.MatrixPage.waiting, .ping)
      case .reply(let ms): ("\(Units.fixed(ms, digits: 3)) ms", .up)
      case .lost: (Say.MatrixPage.noReply, .fault)
      case .refused(let words): (words, .fault)
      case .unsent(let words): (words, .warning)
      }
    let title = fitted("\(from) \(glyphs.arrow) \(to)", columns: max(8, width / 2), ellipsis: glyphs.ellipsis)
    let used = canvas.put(title, x: x, y: y, role: .strong) + 2
    canvas.put(fitted(text, columns: width - used, ellipsis: glyphs.ellipsis), x: x + used, y: y, role: role)
    if let cause = cell.cause {
      canvas.put(fitted(cause, columns: width, ellipsis: glyphs.ellipsis), x: x, y: y + 1, role: .fault)
    }
  }
}
