public import Canvas
internal import Diagram
internal import Labels
internal import Topology

extension State {
  /// Draws the whole screen and returns where the real cursor is to be: on the selection, where screen readers look.
  @discardableResult
  public func draw(into canvas: inout CellCanvas) -> Point? {
    guard size.width >= 20, size.height >= 5 else {
      canvas.put(Say.Screenful.tooSmall, x: 0, y: 0, role: .text)
      return nil
    }
    let (screen, page) = (screen, page)
    if screen.isPaneBeside || screen.pane.isEmpty { page.draw(screen, of: self, on: &canvas) }
    drawTitle(screen.title, on: &canvas)
    if !screen.banner.isEmpty { drawBanner(screen.banner, on: &canvas) }
    if !screen.pane.isEmpty { drawPane(screen, on: &canvas) }
    if !screen.ping.isEmpty { drawPing(screen.ping, on: &canvas) }
    drawFooter(screen.footer, on: &canvas)
    guard let help = stack.top as? HelpPage else { return page.cursor(screen, in: self) }
    help.draw(of: self, on: &canvas)
    return nil
  }

  private func drawBanner(_ rect: Rect, on canvas: inout CellCanvas) {
    canvas.put(
      fitted("! " + banner, columns: rect.size.width - 2, ellipsis: glyphs.ellipsis), x: 1, y: rect.minY, role: .warning
    )
  }
}
