internal import Canvas

/// Where the teeth of a rake, or the dots, stand: the columns of the zooms above rows.
struct Grid {
  let scale: Scale
  /// The columns that are drawn on, without the one at the right that the minimap takes.
  let width: Int
  /// The bus that runs down on the left.
  let busX = 1
  /// Teeth in a line.
  let perLine: Int
  /// The rows of a line: a comb and what stands below it, or dots alone.
  let lineHeight: Int

  init(scale: Scale, width: Int) {
    self.scale = scale
    let usable = max(12, width)
    self.width = usable - 1
    let pitch = max(1, scale.spacing)
    lineHeight = scale.zoom == .dots ? 1 : 2
    // Columns from the first tooth to the last one that may be used; a bracket stands behind a tooth of a comb.
    let room = scale.zoom == .dots ? usable - 5 : usable - 6
    perLine = max(1, scale.isNamed ? (room + 2) / pitch : room / pitch + 1)
  }

  /// The first tooth's column.
  var firstX: Int { scale.zoom == .dots ? busX + 1 : busX + 2 }

  func x(_ number: Int) -> Int { firstX + number % perLine * scale.spacing }

  /// The row of a tooth's glyph below its band's title.
  func y(_ number: Int, below title: Int) -> Int { title + (number / perLine + 1) * lineHeight }

  /// The rows that so many teeth take.
  func height(of teeth: Int) -> Int { (teeth + perLine - 1) / perLine * lineHeight }

  /// The columns of a name beside a tooth.
  var nameRoom: Int { scale.spacing - 4 }
}
