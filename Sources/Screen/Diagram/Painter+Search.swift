internal import Canvas
internal import Topology

extension Painter {
  func dim(all matches: Set<Element>, on sheet: inout CellCanvas) {
    for y in 0..<sheet.size.height {
      for x in 0..<sheet.size.width where ![.selected, .ping, .trail].contains(sheet[x, y].role) {
        var cell = sheet[x, y]
        cell.role = .gone
        sheet[x, y] = cell
      }
    }
    for placed in layout.elements where matches.contains(placed.element) && placed.frame.intersects(visible) {
      // A bus, and a namespace with a box of its own, have borders.
      let isNamespace = if case .namespace = placed.element { true } else { false }
      let isTall = placed.frame.size.height > (isNamespace ? 1 : 3)
      let rect = Rect(
        x: placed.frame.minX + (isTall ? 1 : 0), y: placed.frame.minY - scroll,
        width: placed.frame.size.width - (isTall ? 2 : 0), height: min(2, placed.frame.size.height))
      for y in max(0, rect.minY)..<max(0, rect.minY, rect.maxY) {
        for x in rect.minX..<max(rect.minX, rect.maxX) where sheet[x, y].role == .gone {
          var cell = sheet[x, y]
          let isLine = (0x2500...0x257F).contains(cell.scalar.value)
          cell.role = isLine ? .box : .pingTitle
          sheet[x, y] = cell
        }
      }
    }
  }
}
