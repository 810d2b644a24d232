internal import Canvas

/// Where the teeth of a rail stand: the columns of the levels without boxes.
struct Grid: Sendable {
  let level: Level
  /// The width that is drawn on, without the column at the right that the minimap takes.
  let width: Int
  /// The bus that runs down on the left.
  static let busX = 1
  var busX: Int { Grid.busX }
  /// Columns from tooth to tooth.
  let pitch: Int
  /// Teeth in a line.
  let perLine: Int

  /// The columns of a band's title, where teeth stand behind it.
  private static let titleRoom = 25

  /// The columns at the left that teeth can't have, and at the right: a bracket stands behind a tooth of a comb.
  private static func margins(_ level: Level) -> (left: Int, right: Int) {
    switch level {
    case .dots: (2, 2)
    case .inlineCells: (3 + titleRoom, 2)
    default: (3, 2)
    }
  }

  /// What a tooth takes: its glyph, name and address, and what stands between two.
  private static func leastPitch(_ level: Level, _ gauge: Gauge) -> Int {
    if level == .dots { return 1 }
    if level == .comb { return 2 }
    return 2 + gauge.name + (level.hasAddress && gauge.address > 0 ? 2 + gauge.address : 0) + 2
  }

  /// The grid of a level; `isAiry`: with a blank row between two lines. It depends on nobody's coming and going.
  init(_ level: Level, width: Int, gauge: Gauge, isAiry: Bool = false) {
    self.level = level
    lineHeight = (level.hasComb ? 2 : 1) + (isAiry ? 1 : 0)
    let usable = max(12, width)
    self.width = usable - 1
    let margins = Self.margins(level)
    let least = Self.leastPitch(level, gauge)
    // Behind the last one there is nothing to keep away from.
    let room = usable - margins.left - margins.right + (level.isNamed ? 2 : level == .comb ? 1 : 0)
    perLine = max(1, room / least)
    pitch = level.isNamed ? max(least, min(room / perLine, least + 8)) : least
  }

  /// The first tooth's column.
  var firstX: Int { Self.margins(level).left }

  /// The rows of a line: a comb and what stands below it, or cells alone; where there is air, a blank one above.
  let lineHeight: Int

  func x(_ number: Int) -> Int { firstX + number % perLine * pitch }

  /// The row of a tooth's glyph below its band's title.
  func y(_ number: Int, below title: Int) -> Int {
    title + number / perLine * lineHeight + (level == .inlineCells ? 0 : level.hasComb ? 2 : 1)
  }

  /// The rows of a band with so many teeth, its title's included.
  func height(of teeth: Int) -> Int {
    let lines = (teeth + perLine - 1) / perLine
    if lines == 0 { return 1 }
    return y((lines - 1) * perLine, below: 0) + 1
  }

  /// The columns of name and address beside a tooth.
  var nameRoom: Int { level.isNamed ? pitch - 4 : 0 }
  /// The last column of a title, where teeth stand behind it.
  var titleEnd: Int { level == .inlineCells ? firstX - 1 : width }
}
