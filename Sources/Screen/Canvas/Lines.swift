/// How heavy an arm of a line is.
public enum Weight: UInt8, Sendable, Comparable {
  case none = 0, light = 1, heavy = 2
  /// Orders by weight: none, light, heavy.
  public static func < (a: Weight, b: Weight) -> Bool { a.rawValue < b.rawValue }
}

/// The lines through one cell: an arm to each side. Joining two lines in a cell keeps the heavier arm of each side, so
/// that every junction is right by construction.
public struct Arms: Hashable, Sendable {
  /// The arm from the cell's middle to its upper edge.
  public var north: Weight
  /// The arm from the cell's middle to its right edge.
  public var east: Weight
  /// The arm from the cell's middle to its lower edge.
  public var south: Weight
  /// The arm from the cell's middle to its left edge.
  public var west: Weight
  /// Rounded corners, where all arms are light.
  public var isRound: Bool
  /// Dashed, where the line goes straight.
  public var isDashed: Bool

  /// Makes the lines of one cell; as they are, none.
  public init(
    north: Weight = .none, east: Weight = .none, south: Weight = .none, west: Weight = .none, isRound: Bool = false,
    isDashed: Bool = false
  ) {
    self.north = north
    self.east = east
    self.south = south
    self.west = west
    self.isRound = isRound
    self.isDashed = isDashed
  }

  /// A horizontal line.
  public static func horizontal(_ weight: Weight, dashed: Bool = false) -> Arms {
    Arms(east: weight, west: weight, isDashed: dashed)
  }

  /// A vertical line.
  public static func vertical(_ weight: Weight, dashed: Bool = false) -> Arms {
    Arms(north: weight, south: weight, isDashed: dashed)
  }

  /// Both lines in one cell.
  public func union(_ other: Arms) -> Arms {
    Arms(
      north: max(north, other.north), east: max(east, other.east), south: max(south, other.south),
      west: max(west, other.west), isRound: isRound || other.isRound, isDashed: isDashed && other.isDashed)
  }

  /// The character: U+2500 to U+257F, or its ASCII counterpart.
  public func glyph(_ glyphs: GlyphSet) -> Unicode.Scalar {
    glyphs == .unicode ? unicode : ascii
  }

  private var key: Int {
    Int(north.rawValue) * 27 + Int(east.rawValue) * 9 + Int(south.rawValue) * 3 + Int(west.rawValue)
  }

  private var unicode: Unicode.Scalar {
    if isDashed {
      if north == .none, south == .none { return max(east, west) == .heavy ? "╍" : "╌" }
      if east == .none, west == .none { return max(north, south) == .heavy ? "╏" : "╎" }
    }
    if isRound, [north, east, south, west].allSatisfy({ $0 != .heavy }) {
      switch (north, east, south, west) {
      case (.none, .light, .light, .none): return "╭"
      case (.none, .none, .light, .light): return "╮"
      case (.light, .none, .none, .light): return "╯"
      case (.light, .light, .none, .none): return "╰"
      default: break
      }
    }
    return boxGlyphs[key]
  }

  private var ascii: Unicode.Scalar {
    let heaviest = max(max(north, south), max(east, west))
    if heaviest == .none { return " " }
    if north == .none, south == .none { return heaviest == .heavy ? "=" : "-" }
    if east == .none, west == .none { return heaviest == .heavy ? "#" : "|" }
    return heaviest == .heavy ? "#" : "+"
  }
}

extension Arms {
  /// The arms of a character of U+2500 to U+257F; nil for every other character.
  init?(_ scalar: Unicode.Scalar) {
    guard (0x2500...0x257F).contains(scalar.value) else { return nil }
    switch scalar {
    case "╭": self.init(east: .light, south: .light, isRound: true)
    case "╮": self.init(south: .light, west: .light, isRound: true)
    case "╯": self.init(north: .light, west: .light, isRound: true)
    case "╰": self.init(north: .light, east: .light, isRound: true)
    case "╌": self = .horizontal(.light, dashed: true)
    case "╍": self = .horizontal(.heavy, dashed: true)
    case "╎": self = .vertical(.light, dashed: true)
    case "╏": self = .vertical(.heavy, dashed: true)
    default:
      guard let key = boxGlyphs.firstIndex(of: scalar) else { return nil }
      func weight(_ place: Int) -> Weight { Weight(rawValue: UInt8(key / place % 3)) ?? .none }
      self.init(north: weight(27), east: weight(9), south: weight(3), west: weight(1))
    }
  }
}

/// Indexed by north·27 + east·9 + south·3 + west, each 0 none, 1 light, 2 heavy.
private let boxGlyphs: [Unicode.Scalar] = Array(
  (" ╴╸╷┐┑╻┒┓╶─╾┌┬┭┎┰┱╺╼━┍┮┯┏┲┳" + "╵┘┙│┤┥╽┧┪└┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈" + "╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋")
    .unicodeScalars)

/// Lines that are collected before they are drawn, each cell with its arms and its role.
public struct LineLayer: Sendable {
  private struct Stroke: Sendable {
    var arms: Arms
    var role: Role
    var priority: Int
  }

  /// Cells side by side, from the column `first` on.
  private struct Row: Sendable {
    var first = 0
    var strokes: [Stroke?] = []

    subscript(x: Int) -> Stroke? { strokes.indices.contains(x - first) ? strokes[x - first] : nil }

    /// Where a column's cell is, which is made where there is none.
    mutating func place(of x: Int) -> Int {
      if strokes.isEmpty { first = x }
      if x < first {
        strokes.insert(contentsOf: repeatElement(nil, count: first - x), at: 0)
        first = x
      } else if x - first >= strokes.count {
        strokes.append(contentsOf: repeatElement(nil, count: x - first + 1 - strokes.count))
      }
      return x - first
    }
  }

  /// Rows one below the other, from `top` on: a rake adds thousands of cells to a frame, and a table is far quicker than a
  /// dictionary.
  private var rows: [Row] = []
  private var top = 0

  /// Makes a layer without any line.
  public init() {}

  /// Joins a line into a cell; of two roles the one with the higher priority colours it.
  public mutating func add(_ arms: Arms, x: Int, y: Int, role: Role, priority: Int = 0) {
    if rows.isEmpty { top = y }
    if y < top {
      rows.insert(contentsOf: repeatElement(Row(), count: top - y), at: 0)
      top = y
    } else if y - top >= rows.count {
      rows.append(contentsOf: repeatElement(Row(), count: y - top + 1 - rows.count))
    }
    let place = rows[y - top].place(of: x)
    guard var stroke = rows[y - top].strokes[place] else {
      rows[y - top].strokes[place] = Stroke(arms: arms, role: role, priority: priority)
      return
    }
    stroke.arms = stroke.arms.union(arms)
    if priority >= stroke.priority {
      stroke.role = role
      stroke.priority = priority
    }
    rows[y - top].strokes[place] = stroke
  }

  /// A box's frame.
  public mutating func frame(_ rect: Rect, _ weight: Weight, role: Role, round: Bool = false, priority: Int = 0) {
    guard rect.size.width >= 2, rect.size.height >= 2 else { return }
    let (left, right, top, bottom) = (rect.minX, rect.maxX - 1, rect.minY, rect.maxY - 1)
    for x in (left + 1)..<max(left + 1, right) {
      add(.horizontal(weight), x: x, y: top, role: role, priority: priority)
      add(.horizontal(weight), x: x, y: bottom, role: role, priority: priority)
    }
    for y in (top + 1)..<max(top + 1, bottom) {
      add(.vertical(weight), x: left, y: y, role: role, priority: priority)
      add(.vertical(weight), x: right, y: y, role: role, priority: priority)
    }
    add(Arms(east: weight, south: weight, isRound: round), x: left, y: top, role: role, priority: priority)
    add(Arms(south: weight, west: weight, isRound: round), x: right, y: top, role: role, priority: priority)
    add(Arms(north: weight, east: weight, isRound: round), x: left, y: bottom, role: role, priority: priority)
    add(Arms(north: weight, west: weight, isRound: round), x: right, y: bottom, role: role, priority: priority)
  }

  /// The arms at a place; none where nothing was drawn.
  public func arms(x: Int, y: Int) -> Arms {
    rows.indices.contains(y - top) ? rows[y - top][x]?.arms ?? Arms() : Arms()
  }

  /// Draws every line `dx` columns to the right and `dy` rows down, as far as it lies in `clip`.
  public func draw(on canvas: inout CellCanvas, dx: Int, dy: Int, clip: Rect, glyphs: GlyphSet) {
    for (offset, row) in rows.enumerated() {
      let y = top + offset + dy
      guard clip.minY <= y, y < clip.maxY else { continue }
      for (offset, stroke) in row.strokes.enumerated() {
        let x = row.first + offset + dx
        guard let stroke, clip.minX <= x, x < clip.maxX else { continue }
        canvas.place(Cell(stroke.arms.glyph(glyphs), role: stroke.role), x: x, y: y)
      }
    }
  }
}
