internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Topology

/// Something that was opened over the diagram. Esc takes away what was opened last, and nothing else.
///
/// One of each kind is open at a time: what is opened again comes to the top.
protocol Layer: Sendable {
  /// What the footer is about while this is the topmost layer that has a word to say; nil: it has none.
  var context: Context? { get }
  /// What Esc does to it, as the footer's word.
  var escapeLabel: String { get }
  /// Whether it has to be seen: details that would cover it give way.
  var wantsBody: Bool { get }
  /// Whether the diagram is to be seen with it, although a page below it hides that.
  var showsDiagram: Bool { get }
  /// Whether the other is this one, opened again.
  func isSame(as other: any Layer) -> Bool
  /// Takes a key before it means anything else, where no layer above this one does; nil: the key means what it means.
  func type(_ key: Key, in state: inout State) -> [Effect]?
  /// Takes text that was pasted, where no layer above this one does; false: there is no line that it could go into.
  func paste(_ text: String, in state: inout State) -> Bool
  /// Does what a key asks for in its own way; nil: it has none.
  func perform(_ command: Command, in state: inout State) -> [Effect]?
  /// Undoes what came with it; it is off the stack already, and everything is placed anew afterwards.
  func closed(in state: inout State) -> [Effect]
}

extension Layer {
  var context: Context? { nil }
  var escapeLabel: String { Say.Footer.back }
  var wantsBody: Bool { false }
  var showsDiagram: Bool { false }
  func isSame(as other: any Layer) -> Bool { Swift.type(of: other) == Self.self }
  func type(_ key: Key, in state: inout State) -> [Effect]? { nil }
  func paste(_ text: String, in state: inout State) -> Bool { false }
  func perform(_ command: Command, in state: inout State) -> [Effect]? { nil }
  func closed(in state: inout State) -> [Effect] { [] }
}

/// What fills the body of the screen. One that has no elements of its own leaves those questions to the diagram.
protocol Page: Layer {
  /// Whether the diagram need not come forth for a ping that is started on it.
  var showsPings: Bool { get }
  /// Everything that can be selected on it, in reading order.
  func elements(in state: State) -> [Element]
  /// Whether an element can be selected on it.
  func shows(_ element: Element, in state: State) -> Bool
  /// The nearest thing on it to an element that is not on it; nil: none.
  func substitute(for element: Element, in state: State) -> Element?
  /// Scrolls so that what is selected is on the screen.
  func reveal(in state: inout State)
  /// Moves what is selected by a step.
  func walk(_ direction: Direction, in state: inout State)
  /// Moves by so many screens; negative is up.
  func turn(_ screens: Int, in state: inout State)
  /// Goes to the first or to the last thing on it.
  func jump(toEnd: Bool, in state: inout State)
  /// Scrolls by so many rows; negative is up.
  func wheel(_ rows: Int, at point: Point, in state: inout State)
  /// Selects what is at a point of the screen; false where there is nothing.
  func choose(_ point: Point, in state: inout State) -> Bool
  /// Fills the body of the screen.
  func draw(_ screen: Screen, of state: State, on canvas: inout CellCanvas)
  /// Where the real cursor is to be, for screen readers: on what is selected.
  func cursor(_ screen: Screen, in state: State) -> Point?
}

extension Page {
  var wantsBody: Bool { true }
  var showsPings: Bool { false }
  func elements(in state: State) -> [Element] { state.diagram.elements(in: state) }
  func shows(_ element: Element, in state: State) -> Bool { state.diagram.shows(element, in: state) }
  func substitute(for element: Element, in state: State) -> Element? {
    state.diagram.substitute(for: element, in: state)
  }
  func reveal(in state: inout State) { state.diagram.reveal(in: &state) }
}
