public import Canvas
public import Diagram
internal import Paths
public import Topology

/// Everything that the screen depends on.
public struct State: Sendable {
  /// What the user is doing.
  public enum Mode: Sendable, Hashable {
    /// Nothing of what follows: the arrow keys move the selection.
    case walk
    /// Choosing the target of a ping from `source`.
    case pick(source: Element)
    /// Typing a search; `origin` is where the selection goes back to.
    case search(origin: Element?)
    /// Typing a filter; `origin` is the element to stay at while it is shown.
    case filter(origin: Element?)
    /// Reading the page of keys; any key ends it.
    case help
  }

  /// Columns and rows of the terminal.
  public var size = Size(width: 80, height: 24)
  /// The characters to draw with.
  public var glyphs = GlyphSet.unicode
  /// Seconds that the local time is ahead of UTC.
  public var utcOffset = 0
  /// Whether the ping's head runs.
  public var reducesMotion = false
  /// When the newest action happened.
  public var now = Timestamp(milliseconds: 0)

  /// The model that is drawn: the newest one, or the one at which the picture was frozen.
  public internal(set) var snapshot = Snapshot() {
    didSet { tally = Tally(snapshot) }
  }
  private(set) var tally = Tally(Snapshot())
  /// The rates that are drawn, in bytes per second.
  public internal(set) var traffic = Traffic()
  /// Where everybody stands on the whole diagram.
  public internal(set) var slots = Slots()
  /// The diagram as it is placed now.
  public internal(set) var layout: Layout
  /// What has been seen since the picture was frozen; nil: live.
  public internal(set) var thawed: (snapshot: Snapshot, traffic: Traffic)?
  /// When the picture was frozen; nil: live.
  public internal(set) var frozenAt: Timestamp?

  /// What the body of the screen shows.
  public internal(set) var page = Page.diagram
  /// All interfaces, and those of them that the filter lets through; empty where nobody asks for them.
  var roster = Roster()
  var visibleRows: [RosterRow] = []
  /// The filter as it was typed, and what is understood of it.
  public internal(set) var filterText = ""
  var filter = Filter()
  /// The order of rows and slots.
  public internal(set) var sorting = Sorting()
  /// Where every element comes by the sort, taken at the key press.
  var ranks: [Element: Int] = [:]
  /// The slots of a filtered or sorted diagram; `slots` go on being those of the whole one.
  var arrangedSlots: Slots?
  /// The first row of a list that is on the screen, and the event that is selected: 0 is the newest.
  var listScroll = 0
  var eventCursor = 0
  /// The pings of all pairs on a bridge; nil until they are asked for.
  public internal(set) var matrix: Matrix?
  /// What the page of the explanation is about, where it goes back to, and its first line on the screen.
  public internal(set) var explained: ExplanationState?
  var pageBeforeExplanation = Page.diagram
  var pageScroll = 0
  /// Whether the target that is chosen is for an explanation, not for a ping.
  var picksForWhy = false
  /// The source of a ping whose target is being searched for.
  var pickedSource: Element?
  /// Whether the ping on the diagram was started from a cell of the matrix.
  var comesFromMatrix = false
  /// The column that walking up and down keeps to.
  var walkColumn: Int?

  /// What is selected; nil: nothing.
  public internal(set) var selection: Element?
  /// The first row of the diagram that is on the screen.
  public internal(set) var scroll = 0
  /// The zoom that the user chose; nil: the finest that fits.
  public internal(set) var zoom: Zoom?
  /// The buses whose ports and containers are left out.
  public internal(set) var folded: Set<LinkRef> = []
  /// What the user is doing.
  public internal(set) var mode = Mode.walk
  /// Whether the detail pane is on the screen.
  public internal(set) var isPaneOpen = false
  /// Whether the arrow keys scroll the pane.
  public internal(set) var isPaneFocused = false
  /// The first line of the pane that is on the screen.
  public internal(set) var paneScroll = 0
  /// The search as it was typed; empty: none.
  public internal(set) var searchText = ""
  /// What the search found, in reading order; nil: no search.
  public internal(set) var matches: [Element]?
  /// A container marked as the source of the next ping.
  public internal(set) var marked: Element?
  /// The ping on the screen; nil: none.
  public internal(set) var ping: PingState?
  /// What was pinged last, whether it is still on the screen or not.
  var lastRoute: PingRoute?
  /// What has changed since the start, the newest last; at most 200.
  public internal(set) var changes: [Change] = []
  /// One line for a few seconds.
  public internal(set) var notice: (text: String, until: Timestamp)?
  /// Routes, neighbours and the like of the namespace that the pane is about, as they were read last.
  public internal(set) var tables: (of: NamespaceID, rows: NetworkTables)?
  /// The element whose tables were asked for last.
  var askedTables: Element?
  var nextPingID = 1
  /// When the wheel changed the zoom: what is left of its turn is not to scroll what came of it.
  var wheelZoomedAt: Timestamp?

  /// Where the screen's position of an element in reading order is remembered, for when it vanishes.
  var selectionPosition = 0

  /// Makes the state before the first snapshot, for a terminal of 80 columns and 24 rows.
  public init() {
    layout = Layout(Snapshot(), slots: Slots(), viewport: Size(width: 80, height: 22))
  }

  /// Until when something on the screen changes by itself; nil: nothing does.
  public var nextDeadline: Timestamp? {
    var deadlines: [Timestamp] = []
    if let notice { deadlines.append(notice.until) }
    if let next = slots.nextDeadline { deadlines.append(next) }
    if let next = arrangedSlots?.nextDeadline { deadlines.append(next) }
    if let whyDeadline { deadlines.append(whyDeadline) }
    if isAnimating { deadlines.append(Timestamp(milliseconds: now.milliseconds + 66)) }
    return deadlines.min()
  }

  /// Whether a ping's head is on its way.
  public var isAnimating: Bool { head != nil }

  /// Where the head is: it runs there and back once for each reply that came.
  var head: (position: Double, isReply: Bool)? {
    guard !reducesMotion, let ping, let start = ping.replyAt, ping.stop == nil else { return nil }
    let share = now.seconds(since: start) / State.animationSeconds
    guard share >= 0, share < 1 else { return nil }
    return share < 0.5 ? (share * 2, false) : ((1 - share) * 2, true)
  }

  static let animationSeconds = 0.8

  /// The selected link, or the first of the selected namespace.
  public var selectedLink: Link? {
    switch selection {
    case .link(let ref): snapshot.link(ref)
    case .namespace(let id): snapshot.namespaces[id]?.shownLinks.first
    case nil: nil
    }
  }

  /// What the footer is about.
  var context: Context {
    switch mode {
    case .help: .help
    case .pick: .pick
    case .search: .search
    case .filter: .filter
    case .walk:
      switch shownPage {
      case .matrix: .matrix
      case .explanation: .explanation
      case .list(.events): .events
      case .list: ping?.isRunning == true ? .ping : .list
      case .diagram: ping?.isRunning == true ? .ping : isPaneOpen ? .pane : .walk
      }
    }
  }
}
