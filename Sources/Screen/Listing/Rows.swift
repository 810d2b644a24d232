package import Diagram
internal import Topology

/// All interfaces as rows, those of them that are shown, and the order that was asked for.
package struct Rows: Sendable {
  /// All interfaces, and those of them that the filter lets through; empty where nobody asks for them.
  package var roster = Roster()
  package var visible: [RosterRow] = []
  /// The order of rows and slots.
  package var sorting = Sorting()
  /// Where every element comes by the sort, taken at the key press.
  package var ranks: [Element: Int] = [:]

  package init() {}

  /// Rows in the order that was asked for, as it was when the sort was taken; newcomers come last.
  package func ordered(_ rows: [RosterRow]) -> [RosterRow] {
    if ranks.isEmpty { return rows }
    let places = rows.map { ranks[$0.element] ?? .max }
    return rows.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { rows[$0] }
  }
}
