internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

/// All interfaces as rows, those of them that are shown, and the order that was asked for.
struct Rows: Sendable {
  /// All interfaces, and those of them that the filter lets through; empty where nobody asks for them.
  var roster = Roster()
  var visible: [RosterRow] = []
  /// The order of rows and slots.
  var sorting = Sorting()
  /// Where every element comes by the sort, taken at the key press.
  var ranks: [Element: Int] = [:]

  /// Rows in the order that was asked for, as it was when the sort was taken; newcomers come last.
  func ordered(_ rows: [RosterRow]) -> [RosterRow] {
    if ranks.isEmpty { return rows }
    let places = rows.map { ranks[$0.element] ?? .max }
    return rows.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { rows[$0] }
  }
}

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
    if let list = shownList?.kind, !list.isSortable { return notify(Say.Notice.oneOrderOnly) }
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
