internal import Canvas
internal import Diagram
internal import Keys
internal import Topology

extension State {
  /// Selects what is there; on the footer it is the key, on the title what it counts; twice it is Enter.
  mutating func click(_ point: Point, isDouble: Bool) -> [Effect] {
    if stack.top is HelpPage { return back() }
    let screen = screen
    if screen.footer.contains(point) { return footerKey(at: point.x).map { press($0) } ?? [] }
    if screen.title.contains(point) {
      switch titleCommand(at: point.x) {
      // The key goes back from any list; who clicks on a count wants to see what was counted.
      case .list: toggle(.interfaces)
      case let command?: return perform(command)
      case nil: break
      }
      return []
    }
    if screen.pane.contains(point) {
      stack[DetailsPane.self]?.isFocused = true
      return []
    }
    guard screen.body.contains(point) else { return [] }
    stack[DetailsPane.self]?.isFocused = false
    // Who clicks has chosen from the picture after all.
    let old = closeAll { $0 is TargetLine || $0 is RouteSearch }
    return old + (page.choose(point, in: &self) && isDouble ? press(.enter, meaning: { _ in .inspect }) : [])
  }

  /// Scrolls what it is over.
  mutating func wheel(_ rows: Int, at point: Point) {
    if let help = stack.top as? HelpPage { return help.scroll(by: rows, in: &self) }
    if screen.pane.contains(point) {
      scrollPane(to: (stack[DetailsPane.self]?.scroll ?? 0) + rows)
    } else {
      page.wheel(rows, at: point, in: &self)
    }
  }
}
