internal import Canvas
internal import Keys
internal import Labels
internal import Listing

extension State {
  /// A click on a column's head: the rows go by it; where they do already the order is turned round.
  mutating func order(byHeadAt point: Point, of page: ListPage) {
    let body = screen.body
    guard let column = table(of: page, body).table.column(at: point.x - body.minX - 1) else { return }
    guard let key = column.key.flatMap(Sorting.Key.init) else {
      return notify(Say.Notice.noOrder(by: column.title))
    }
    order(by: key, isInverted: rows.sorting.key == key && !rows.sorting.isInverted)
  }

  /// Goes by a key, the right way round or not.
  mutating func order(by key: Sorting.Key, isInverted: Bool) {
    if let list = shownList?.kind, !list.isSortable { return notify(Say.Notice.oneOrderOnly(keys.cap(.list))) }
    rows.sorting = Sorting(by: key, isInverted: isInverted)
    takeRanks()
  }
}
