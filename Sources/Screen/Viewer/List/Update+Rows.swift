internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

extension State {
  /// Reads the rows of the snapshot again where somebody needs them.
  mutating func updateRows() {
    let isNeeded = isFiltering || isTight || !rows.ranks.isEmpty || stack.page != nil || stack[FilterLine.self] != nil
    guard isNeeded else {
      rows.roster = Roster()
      rows.visible = []
      return
    }
    rows.roster = Roster(snapshot)
    let filter = filter
    rows.visible = isFiltering ? rows.roster.rows.filter { filter.accepts($0, in: snapshot) } : rows.roster.rows
  }

  /// The rows that the filter lets through, whether the page has read them or not.
  var filteredRows: [RosterRow] { isFiltering ? rows.visible : Roster(snapshot).rows }

  // MARK: Sort

  /// Goes by the next key, or turns the order round.
  mutating func order(by command: Command) {
    if let list = shownList?.kind, !list.isSortable { return notify(Say.Notice.oneOrderOnly(keys.cap(.list))) }
    if command == .sort { rows.sorting.advance() } else { rows.sorting.isInverted.toggle() }
    takeRanks()
  }

  /// Sorts now; what comes later finds its place without moving anybody.
  mutating func takeRanks() {
    rows.roster = Roster(snapshot)
    rows.ranks = rows.sorting.ranks(rows.roster.rows, snapshot, traffic)
    diagram.arrangedSlots = nil
    relayout()
  }
}
